//! AWS role trust policies for `sts:AssumeRoleWithWebIdentity`.
//!
//! `document` finds the policy in what was pasted and `read` turns it into a `policy::Policy`, which `role` keeps; what IAM
//! would refuse in it (`fault`, `whole`) is `validity`'s to say. `sts` says what STS asks of the token beside the policy, and `evaluate`
//! judges the policy: `statement` by statement, `principal`, `action` and each `condition`, whose key `context` looks up
//! and whose `operator` compares. `rcp` judges the organization's resource control policies with the same parts, but asks for
//! the `resource` and not for the principal. `headline` says it in one sentence. `lint` remarks on what is dead, wrong or too
//! wide, with jobs that `candidate` makes up where no token was given.

mod action;
mod answer;
mod arn;
mod budget;
mod candidate;
mod candidate_subject;
mod clock;
mod compared;
mod condition;
mod context;
mod difference;
mod document;
mod evaluate;
mod explain;
mod fault;
mod headline;
mod held;
mod hint;
mod input;
mod link;
mod lint;
mod lint_catalogue;
mod lint_probe;

mod lint_step;

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

pub(crate) use self::answer::earlier;
use self::{context::Context, evaluate::Evaluation, explain::Places, principal::Expected, role::Role};
use super::{Configuration, Probe, Proposal, Provider, Remark, Request, Trust, TrustResult, result::decide};
use crate::{
    Error,
    json::{Node, Value},
    report::{Decision, Finding, Outcome, Step, Words},
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
        let (steps, mut assumed) = self.steps(request, false);
        let decision = decide(&steps);
        if let Some(code) = request.claims.refused().filter(|_| decision == Decision::Allow) {
            assumed.push(
                format!("What AWS refused this token for ({code}) was changed since, or is not in what was judged.")
                    .into(),
            );
        }
        let said = headline::write(self.name.as_deref(), decision, &steps, self.policy.as_ref());
        let mut findings: Vec<Finding> = self.size_remark.iter().cloned().collect();

        findings.extend(self.policy.iter().flat_map(|policy| lint_step::of_policy(self, policy, &steps, None)));
        for finding in &mut findings {
            finding.subject.clone_from(&self.name);
        }
        let identity = (decision == Decision::Allow).then(|| identity(request.claims));
        TrustResult { findings, assumed, identity, ..TrustResult::new("aws", self.name.clone(), decision, said, steps) }
    }

    fn decide(&self, request: &Request<'_>) -> Decision {
        if self.problems.iter().any(|problem| problem.fault.outcome() == Outcome::Fail) {
            // Whatever else it says.
            return Decision::Invalid;
        }
        let mut steps = self.steps(request, true).0;
        if let Some(document) = steps.first_mut()
            && self.stored
            && document.outcome == Outcome::Unknown
        {
            document.outcome = Outcome::Pass;
        }
        decide(&steps)
    }

    fn limit(&self) {
        self.tries.set(Some(budget::TRIES));
    }

    fn exhausted(&self) -> bool {
        self.tries.get() == Some(0)
    }

    fn issuers(&self) -> Vec<String> {
        self.policy.as_ref().map(candidate::issuers).unwrap_or_default()
    }

    fn candidates(&self) -> Vec<Claims> {
        let mut above = Vec::new();
        for rcp in self.given.resource_control_policies.iter().flatten() {
            above.extend(rcp.denies());
        }
        self.policy.as_ref().map(|policy| candidate::all(policy, &above)).unwrap_or_default()
    }

    fn proposals(&self, request: &Request<'_>, steps: &[Step]) -> Vec<Proposal> {
        propose::all(self, request, steps)
    }

    fn remarks(&self, request: &Request<'_>, probes: &[Probe]) -> Vec<Remark> {
        lint::remarks(self, request, probes)
    }
}

impl Role {
    /// The steps, and what they take for granted. `quiet`: without words, and without what cannot change the decision.
    fn steps(&self, request: &Request<'_>, quiet: bool) -> (Vec<Step>, Vec<Words>) {
        let places = Places { quiet, ..self.places() };
        let document = validity::step(&self.problems, &places);
        let Some(policy) = &self.policy else { return (vec![document], Vec::new()) };
        let mut assumed = Vec::new();
        if self.form == Some(document::Form::Statements) {
            assumed.push("The statements are the whole policy, and it is valid otherwise.".into());
        }
        let provider = self.given.oidc_provider.as_ref();
        let context = Context::new(request.claims, self.given.context.as_ref(), request.now);
        let named = context.provider().clone();
        let expected = self.expected(request, &named);
        let mut evaluation = Evaluation::new(context, expected, places, &self.tries);
        let judged = evaluate::step(policy, &evaluation);
        if quiet && judged.outcome == Outcome::Fail {
            return (vec![document, judged], assumed);
        }
        let account = self.arn().map(|role| role.account);
        let sts = sts::steps(request, provider, account, &mut assumed, quiet);
        let mut steps = vec![document, sts, judged];
        let mut told = "No resource control policy forbids the call.";
        if let Some(all) = &self.given.resource_control_policies {
            steps.push(rcp::step(all, &mut evaluation));
            told = "No other resource control policies apply to the role, and its account is no management account.";
        }
        assumed.push(told.into());
        (steps, assumed)
    }

    /// What principals are compared with.
    fn expected<'a>(&'a self, request: &Request<'a>, provider: &'a context::Provider) -> Expected<'a> {
        let role = self.arn();
        let given = self.given.oidc_provider.as_ref().and_then(|provider| provider.account.as_deref());
        let account = role.map(|role| role.account).or(given);
        Expected { provider, issuer: request.claims.text("iss"), role, account }
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
