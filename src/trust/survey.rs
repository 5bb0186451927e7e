//! What can be said of a configuration without a token.

use serde::Serialize;

use super::{Configuration, Probe, Request, Trust, probe, proof, provider, read};
use crate::{
    Error,
    inspect::CIRCLECI_ALGORITHM,
    json::Value,
    report::{Decision, Finding},
    token::Claims,
    trust::example::MINTED,
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
    /// What the cloud answers to a token with `claims`.
    pub decision: Decision,
    /// Claims of a made-up job that gets in, if one could be found.
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
    let id = provider(configuration)?.id();
    let trust = read(configuration)?;
    let trust = &*trust;
    let found = admitted(trust);
    let claims = found.clone().or_else(|| trust.candidates().into_iter().next());
    let claims = claims.unwrap_or_else(|| Claims::new(Vec::new(), true));
    let request = Request::made_up(&claims);
    let result = trust.judge(&request);
    let base = found.as_ref().map(|_| &request);
    let probes = base.map(|base| probe::run(trust, base)).unwrap_or_default();
    let mut findings = result.findings;
    findings.extend(proof::remarks(trust, base, &request, &probes));
    for finding in &mut findings {
        finding.subject.clone_from(&result.name);
    }
    Ok(Survey {
        provider: id.to_owned(),
        name: result.name,
        issuers: trust.issuers(),
        decision: match result.decision {
            // That a token which was made up gets refused says nothing of others.
            Decision::Deny => Decision::Unknown,
            other => other,
        },
        claims: found.map(|claims| Value::Object(claims.members().to_vec())),
        findings,
        probes,
    })
}

/// Claims of a made-up job that certainly gets in.
pub(super) fn admitted(trust: &dyn Trust) -> Option<Claims> {
    trust.candidates().into_iter().find(|claims| trust.decide(&Request::made_up(claims)) == Decision::Allow)
}

impl<'a> Request<'a> {
    /// A made-up token, presented when it was minted.
    pub(super) const fn made_up(claims: &'a Claims) -> Self {
        Self { claims, alg: CIRCLECI_ALGORITHM, now: Some(crate::Seconds::whole(MINTED)) }
    }
}
