//! A job's token that nobody has: what a configuration is tried with where there is no token.

use crate::{
    json::Value,
    token::{Claims, Known, Subject},
};

/// When it was minted, epoch seconds: 2026-01-01 00:00:00 UTC. Any time does, as long as it is the same in every run.
const MINTED: i64 = 1_767_225_600;
/// CircleCI's tokens live an hour (<https://circleci.com/docs/openid-connect-tokens/>, as of 2026-08-20).
const LIFETIME: i64 = 3_600;

/// Whether claims were made up here: they were minted in that very second.
pub(super) fn is_made_up(claims: &Claims) -> bool {
    claims.get("iat") == Known::Present(&Value::from(MINTED))
}

/// The claims of a job with this issuer, audience and subject; the others as CircleCI fills them in from the same facts.
#[must_use]
pub fn job(issuer: &str, audience: &str, sub: &str) -> Claims {
    let subject = Subject::parse(sub);
    let mut members: Vec<(String, Value)> = [("iss", issuer), ("sub", sub), ("aud", audience)]
        .map(|(name, value)| (name.to_owned(), Value::from(value)))
        .into();
    members.push(("iat".to_owned(), Value::from(MINTED)));
    members.push(("exp".to_owned(), Value::from(MINTED.saturating_add(LIFETIME))));
    let is_job = subject.project.is_some();
    let told = [
        ("org-id", subject.org),
        ("project-id", subject.project),
        ("vcs-origin", subject.vcs_origin),
        ("vcs-ref", subject.vcs_ref),
    ];
    for (name, value) in told {
        members.extend(value.map(|value| (format!("oidc.circleci.com/{name}"), Value::from(value))));
    }
    if is_job {
        members.push(("oidc.circleci.com/context-ids".to_owned(), Value::Array(Vec::new())));
        members.push(("oidc.circleci.com/ssh-rerun".to_owned(), Value::from(false)));
    }
    Claims::new(members, false)
}
