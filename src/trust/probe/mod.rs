//! Who else gets in? The same configuration, tried with tokens that differ from the given one in a known way.
//!
//! Nothing here knows a cloud: it only asks a configuration for its decision.

mod job;
mod mutation;

use serde::Serialize;

pub(super) use self::mutation::is_family;
use self::{
    job::Job,
    mutation::{Danger, Mutation},
};
use super::{Request, Trust};
use crate::{
    json::Value,
    report::{Code, Decision},
    token::Known,
};

/// Another token that the configuration was tried with.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Probe {
    /// Stable code, for example `probe.fork`.
    pub code: Code,
    /// Whose token it is.
    pub title: String,
    /// The claims that differ from the given token's; `null` where it has no such claim.
    pub claims: Value,
    /// What the cloud answers to it.
    pub decision: Decision,
    /// It gets in, and that is very likely not what the owner wants.
    pub dangerous: bool,
}

/// Tries every mutation that the claims allow. None for claims that are not a job's.
pub(super) fn run(trust: &dyn Trust, request: &Request<'_>) -> Vec<Probe> {
    some(trust, request, |_| true)
}

/// Tries the mutations with the codes that are wanted.
pub(super) fn some(trust: &dyn Trust, request: &Request<'_>, wanted: impl Fn(Code) -> bool) -> Vec<Probe> {
    let Some(job) = Job::of(request.claims) else { return Vec::new() };
    let decide =
        |changes: &mutation::Changes| trust.decide(&Request { claims: &request.claims.with(changes), ..*request });
    let mutations = mutation::all(&job, request.claims).into_iter().filter(|mutation| wanted(mutation.code));
    mutations
        .map(|Mutation { code, title, changes, danger }| {
            let decision = decide(&changes);
            let dangerous = decision == Decision::Allow
                && match danger {
                    Danger::Never => false,
                    Danger::Always => true,
                    Danger::Unless(pairs) => !pairs.iter().any(|(honest, other)| {
                        let refused = |other| decide(other) == Decision::Deny;
                        decide(honest) == Decision::Allow && other.as_ref().is_none_or(refused)
                    }),
                };
            let differs = |(name, value): &(&'static str, Option<Value>)| match request.claims.get(name) {
                Known::Present(same) => value.as_ref() != Some(same),
                Known::Absent => value.is_some(),
                Known::NotKnown => true,
            };
            let changes = changes.into_iter().filter(differs);
            let claims = changes.map(|(name, value)| (name.to_owned(), value.unwrap_or(Value::Null)));
            Probe { code, title, claims: Value::Object(claims.collect()), decision, dangerous }
        })
        .collect()
}
