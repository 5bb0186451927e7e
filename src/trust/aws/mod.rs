//! AWS role trust policies for `sts:AssumeRoleWithWebIdentity`.
//!
//! `document` finds the policy in what was pasted and `read` turns it into a `policy::Policy`, which `role` keeps; what IAM
//! would refuse in it (`fault`, `whole`) is `validity`'s to say. `sts` says what STS asks of the token beside the policy, and `evaluate`
//! judges the policy: `statement` by statement, `principal`, `action` and each `condition`, whose key `context` looks up
//! and whose `operator` compares. `rcp` judges the organization's resource control policies with the same parts, but asks for
//! the `resource` and not for the principal. `headline` says it in one sentence.

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
mod listed;
mod operator;
mod pattern;
mod policy;
mod principal;
mod propose;
mod quantify;
mod rcp;
mod read;
mod read_condition;
mod read_principal;
mod resource;
mod role;
mod statement;
mod sts;
mod sts_claims;
mod validity;
mod variable;
mod whole;

use self::{arn::Arn, context::Context, evaluate::Evaluation, principal::Expected, role::Role};
use super::{Configuration, Probe, Proposal, Provider, Remark, Request, Trust, TrustResult};
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

    fn read(&self, configuration: &Configuration<'_>) -> Result<Box<dyn Trust>, Error> {
        Ok(Box::new(Role::new(input::read(configuration)?)))
    }

    fn detect(&self, document: &Node) -> Option<&'static str> {
        document::recognises(document).then_some("policy")
    }
}

impl Trust for Role {
    fn judge(&self, request: &Request<'_>) -> TrustResult {
        let (steps, assumed) = self.steps(request, true);
        let decision = decide(&steps);
        let places = self.places();
        let (headline, deciding) = headline::write(self.name.as_deref(), decision, &steps, self.policy.as_ref());
        let mut findings: Vec<Finding> = self.size_remark.iter().cloned().collect();
        findings.extend(self.policy.iter().flat_map(|policy| finding::of_policy(policy, &steps, &places)));
        for finding in &mut findings {
            finding.subject.clone_from(&self.name);
        }
        TrustResult {
            provider: "aws".to_owned(),
            name: self.name.clone(),
            decision,
            headline,
            deciding,
            steps,
            findings,
            probes: Vec::new(),
            assumed,
            sibling: None,
            identity: (decision == Decision::Allow).then(|| identity(request.claims)),
        }
    }

    fn decide(&self, request: &Request<'_>) -> Decision {
        decide(&self.steps(request, false).0)
    }

    fn issuers(&self) -> Vec<String> {
        Vec::new()
    }

    fn candidates(&self) -> Vec<Claims> {
        Vec::new()
    }

    fn proposals(&self, request: &Request<'_>, steps: &[Step]) -> Vec<Proposal> {
        propose::all(self, request, steps)
    }

    fn remarks(&self, _: &Request<'_>, _: &[Probe]) -> Vec<Remark> {
        Vec::new()
    }
}

impl Role {
    /// The steps, and what they take for granted. Without `hints`, nearly equal values are not looked for.
    fn steps(&self, request: &Request<'_>, hints: bool) -> (Vec<Step>, Vec<String>) {
        let places = self.places();
        let document = validity::step(&self.problems, &places);
        let Some(policy) = &self.policy else { return (vec![document], Vec::new()) };
        let mut assumed = Vec::new();
        if self.form == Some(document::Form::Statements) {
            assumed.push("The statements are the whole policy, and it is valid otherwise.".to_owned());
        }
        let provider = self.given.oidc_provider.as_ref();
        let account = self.arn().map(|role| role.account);
        let sts = sts::steps(request, provider, account, &mut assumed);
        let context = Context::new(request.claims, self.given.context.as_ref(), request.now);
        let named = context.provider().clone();
        let expected = self.expected(request, &named);
        let mut evaluation = Evaluation::new(context, expected, places, hints);
        let mut steps = vec![document, sts, evaluate::step(policy, &evaluation)];
        let mut told = "No resource control policy forbids the call.";
        if let Some(all) = &self.given.resource_control_policies {
            steps.push(rcp::step(all, &mut evaluation));
            told = "No other resource control policies apply to the role, and its account is no management account.";
        }
        assumed.push(told.to_owned());
        (steps, assumed)
    }

    /// The role's own ARN, which says which account STS looks in; a given name may be anything.
    fn arn(&self) -> Option<Arn<'_>> {
        let names = [self.stored_name.as_deref(), self.given.name.as_deref()].into_iter().flatten();
        names.filter_map(Arn::read).find(Arn::is_real)
    }

    /// What principals are compared with.
    fn expected<'a>(&'a self, request: &Request<'a>, provider: &'a context::Provider) -> Expected<'a> {
        let role = self.arn();
        let given = self.given.oidc_provider.as_ref().and_then(|provider| provider.account.as_deref());
        let account = role.map(|role| role.account).or(given);
        Expected { provider, issuer: request.claims.text("iss"), role, account }
    }
}

/// A document that IAM refuses is invalid whatever else; otherwise every step is needed.
fn decide(steps: &[Step]) -> Decision {
    match steps.first().map(|document| document.outcome) {
        Some(Outcome::Fail) => Decision::Invalid,
        _ => Outcome::all(steps.iter().map(|step| step.outcome)).into(),
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
