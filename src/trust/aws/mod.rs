//! AWS role trust policies for `sts:AssumeRoleWithWebIdentity`.
//!
//! `document` finds the policy in what was pasted and `read` turns it into a `policy::Policy`; what IAM would refuse in it
//! (`fault`, `whole`) is `validity`'s to say. `sts` says what STS asks of the token beside the policy, and `evaluate`
//! judges the policy: `statement` by statement, `principal`, `action` and each `condition`, whose key `context` looks up
//! and whose `operator` compares. `headline` says it in one sentence.

mod action;
mod arn;
mod budget;
mod clock;
mod compared;
mod condition;
mod context;
mod difference;
mod document;
mod evaluate;
mod explain;
mod fault;
mod finding;
mod headline;
mod held;
mod hint;
mod input;
mod link;
mod operator;
mod pattern;
mod policy;
mod principal;
mod quantify;
mod read;
mod read_condition;
mod read_principal;
mod statement;
mod sts;
mod sts_claims;
mod validity;
mod variable;
mod whole;

use self::{
    arn::Arn, context::Context, evaluate::Evaluation, explain::Places, fault::Problem, input::Input,
    principal::Expected,
};
use super::{Configuration, Provider, Request, TrustResult};
use crate::{
    Error,
    json::{Node, Value},
    report::{Decision, Finding, Outcome, Step},
    token::Claims,
};

/// The provider `aws`.
#[derive(Debug)]
pub struct Aws;

impl Provider for Aws {
    fn id(&self) -> &'static str {
        "aws"
    }

    fn evaluate(&self, configuration: &Configuration<'_>, request: &Request<'_>) -> Result<TrustResult, Error> {
        input::read(configuration).map(|input| judge(&input, request))
    }

    fn detect(&self, document: &Node) -> Option<&'static str> {
        document::recognises(document).then_some("policy")
    }
}

fn judge(input: &Input, request: &Request<'_>) -> TrustResult {
    let places = Places(input.source.as_ref());
    let found = match &input.document {
        Ok(found) => found,
        Err(problem) => return unreadable(input, problem, &places),
    };
    let name = input.name.clone().or_else(|| found.role.clone());
    let (policy, of_parts) = read::policy(found);
    let (mut problems, size) = whole::check(found);
    problems.extend(of_parts);

    // The role's own ARN says which account STS looks in; a given name may be anything.
    let names = [found.role.as_deref(), input.name.as_deref()].into_iter().flatten();
    let role = names.filter_map(Arn::read).find(Arn::is_real);
    let account = role.map(|role| role.account);
    let mut assumed = Vec::new();
    if found.form == document::Form::Statements {
        assumed.push("The statements are the whole policy, and it is valid otherwise.".to_owned());
    }
    let sts = sts::steps(request, input.oidc_provider.as_ref(), account, &mut assumed);
    let context = Context::new(request.claims, input.context.as_ref(), request.now);
    let expected = Expected {
        provider: &context.provider().clone(),
        issuer: request.claims.text("iss"),
        role,
        account: account.or(input.oidc_provider.as_ref().and_then(|provider| provider.account.as_deref())),
    };
    let evaluation = Evaluation::new(context, expected, places);
    let judged = evaluate::step(&policy, &evaluation);
    assumed.push("No resource control policy forbids the call.".to_owned());

    let steps = vec![validity::step(&problems, &places), sts, judged];
    let decision = decide(&steps);
    let mut findings: Vec<Finding> = size.into_iter().collect();
    findings.extend(finding::of_policy(&policy, &steps, &places));
    for finding in &mut findings {
        finding.subject.clone_from(&name);
    }
    TrustResult {
        provider: "aws".to_owned(),
        headline: headline::write(name.as_deref(), decision, &steps, Some(&policy)),
        name,
        decision,
        identity: (decision == Decision::Allow).then(|| identity(request.claims)),
        steps,
        findings,
        probes: Vec::new(),
        assumed,
    }
}

/// A document that IAM refuses is invalid whatever else; otherwise every step is needed.
fn decide(steps: &[Step]) -> Decision {
    match steps.first().map(|document| document.outcome) {
        Some(Outcome::Fail) => Decision::Invalid,
        _ => Outcome::all(steps.iter().map(|step| step.outcome)).into(),
    }
}

fn unreadable(input: &Input, problem: &Problem, places: &Places<'_>) -> TrustResult {
    let steps = vec![validity::step(std::slice::from_ref(problem), places)];
    TrustResult {
        provider: "aws".to_owned(),
        headline: headline::write(input.name.as_deref(), Decision::Invalid, &steps, None),
        name: input.name.clone(),
        decision: Decision::Invalid,
        steps,
        findings: Vec::new(),
        probes: Vec::new(),
        assumed: Vec::new(),
        identity: None,
    }
}

/// What STS answers beside the credentials
/// (<https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRoleWithWebIdentity.html>).
fn identity(claims: &Claims) -> Value {
    let members = [("provider", "iss"), ("audience", "aud"), ("subjectFromWebIdentityToken", "sub")];
    let told = members.iter().filter_map(|(member, claim)| {
        claims
            .members()
            .iter()
            .rev()
            .find(|(name, _)| name == claim)
            .map(|(_, value)| ((*member).to_owned(), value.clone()))
    });
    Value::Object(told.collect())
}
