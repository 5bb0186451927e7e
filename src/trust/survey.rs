//! What can be said of a configuration without a token.

use serde::Serialize;

use super::{Configuration, Probe, Request, Trust, probe, proof, read};
use crate::{
    Error,
    inspect::CIRCLECI_ALGORITHM,
    json::Value,
    report::{Decision, Finding},
    token::Claims,
};

/// What can be said of a configuration without a token.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Survey {
    /// `aws`, …
    pub provider: String,
    /// The resource: a role ARN, a provider name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// CircleCI's issuers that it trusts. None: it is about other identity providers.
    pub issuers: Vec<String>,
    /// What the cloud answers to a token with `claims`; unknown without them.
    pub decision: Decision,
    /// Claims of a made-up job that gets in, if one could be found; or that may get in, where the decision is unknown
    /// because it depends on what was not told, such as the address that the request comes from.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub claims: Option<Value>,
    /// Remarks on the configuration.
    pub findings: Vec<Finding>,
    /// Who else gets in, beside the made-up job.
    pub probes: Vec<Probe>,
}

/// Looks at a configuration without a token: with a made-up one that it lets in, if one can be found.
///
/// # Errors
/// What [`read`] says.
pub fn survey(configuration: &Configuration<'_>) -> Result<Survey, Error> {
    let trust = read(configuration)?;
    let trust = &*trust;
    trust.limit();
    let (claims, decision) = likeliest(trust).unwrap_or_else(|| (Claims::new(Vec::new(), true), Decision::Deny));
    let request = Request::made_up(&claims);
    let mut result = trust.judge(&request);
    // Of a token that was made up and is refused there is nothing to learn.
    let found = matches!(decision, Decision::Allow | Decision::Unknown);
    if found {
        result.probes = probe::run(trust, &request);
    }
    proof::findings(trust, &request, &mut result);
    Ok(Survey {
        provider: result.provider,
        name: result.name,
        issuers: trust.issuers(),
        decision: match result.decision {
            // That a token which was made up gets refused says nothing of others.
            Decision::Deny => Decision::Unknown,
            other => other,
        },
        claims: found.then(|| Value::Object(claims.members().to_vec())),
        findings: result.findings,
        probes: result.probes,
    })
}

/// Claims of a made-up job that certainly gets in.
pub(super) fn admitted(trust: &dyn Trust) -> Option<Claims> {
    let (claims, decision) = likeliest(trust)?;
    (decision == Decision::Allow).then_some(claims)
}

/// Claims of a made-up job that gets in; where that is certain of none, of one that may, else of any.
fn likeliest(trust: &dyn Trust) -> Option<(Claims, Decision)> {
    let mut best: Option<(Claims, Decision)> = None;
    for claims in trust.candidates() {
        let decision = trust.decide(&Request::made_up(&claims));
        let better = best.as_ref().is_none_or(|(_, best)| *best == Decision::Deny && decision != Decision::Deny);
        if better || decision == Decision::Allow {
            best = Some((claims, decision));
        }
        if decision == Decision::Allow {
            break;
        }
    }
    best
}

impl<'a> Request<'a> {
    /// A made-up token. When it is presented is not known, so that what a configuration says of the time is unknown.
    pub(super) const fn made_up(claims: &'a Claims) -> Self {
        Self { claims, alg: CIRCLECI_ALGORITHM, now: None }
    }
}
