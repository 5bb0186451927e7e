//! What one configuration answers to one token.

use serde::Serialize;

use crate::{
    json::Value,
    report::{Code, Decision, Finding, Outcome, Step, Words},
    token::{Issuer, IssuerKind},
};

use super::{Probe, Sibling};

/// What one configuration answers to one token, and why.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct TrustResult {
    /// `aws`, …
    pub provider: String,
    /// The resource: a role ARN, a provider name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// What the cloud answers.
    pub decision: Decision,
    /// One sentence that names the decisive comparison and what to do.
    pub headline: String,
    /// The way to the step that decided: its index among `steps`, then among its parent's children, and so on. Not where
    /// the token is let in: that took all of them.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub deciding: Option<Vec<usize>>,
    /// The way to the step whose hint holds the fix to show first: of those with a proved fix the step that decided or one
    /// that it is part of, else the nearest. None without a proved fix.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub fix: Option<Vec<usize>>,
    /// The explanation.
    pub steps: Vec<Step>,
    /// Remarks on the configuration.
    pub findings: Vec<Finding>,
    /// Other tokens that the configuration was tried with.
    pub probes: Vec<Probe>,
    /// What the decision takes for granted and this program was not shown.
    pub assumed: Vec<Words>,
    /// What the other token of the same job would get.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sibling: Option<Sibling>,
    /// What the cloud hands on when it allows.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub identity: Option<Value>,
}

impl TrustResult {
    /// One with nothing but the steps, and what they come to.
    pub(super) fn new(
        provider: &str,
        name: Option<String>,
        decision: Decision,
        (headline, deciding): (String, Option<Vec<usize>>),
        steps: Vec<Step>,
    ) -> Self {
        Self {
            provider: provider.to_owned(),
            name,
            decision,
            headline,
            deciding,
            fix: None,
            steps,
            findings: Vec::new(),
            probes: Vec::new(),
            assumed: Vec::new(),
            sibling: None,
            identity: None,
        }
    }
}

/// What the top steps come to: a document that the cloud refuses to store is invalid whatever else, otherwise every step is
/// needed.
pub(super) fn decide(steps: &[Step]) -> Decision {
    let documents = [Code::AwsDocument, Code::GcpDocument, Code::AzureDocument, Code::VaultRole, Code::VaultMount];
    if steps.iter().any(|step| step.outcome == Outcome::Fail && documents.contains(&step.code)) {
        Decision::Invalid
    } else {
        Outcome::all(steps.iter().map(|step| step.outcome)).into()
    }
}

/// The issuer that a configuration names, if it may be CircleCI's; `*` is any.
pub(super) fn trusted(issuer: &str) -> Vec<String> {
    let may_be = issuer == "*" || Issuer::parse(issuer.trim_end_matches('/')).kind != IssuerKind::Other;
    Some(issuer.to_owned()).filter(|_| may_be).into_iter().collect()
}
