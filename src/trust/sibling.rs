//! The other token of the same job: CircleCI gives each job a V1 and a V2 token, which differ in the subject alone
//! (<https://circleci.com/docs/openid-connect-tokens/>, as of 2026-08-20).

use serde::Serialize;

use super::{Request, Trust};
use crate::{
    json::Value,
    report::Decision,
    search::Search as _,
    token::{Claims, Subject, SubjectFormat},
};

/// What the other token of the same job would get.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Sibling {
    /// Which form its subject has.
    pub format: SubjectFormat,
    /// What the cloud answers to it.
    pub decision: Decision,
}

/// Builds the other token, if the claims tell it, and judges it.
pub(super) fn judge(trust: &dyn Trust, request: &Request<'_>) -> Option<Sibling> {
    let (format, claims) = other(request.claims)?;
    Some(Sibling { format, decision: trust.decide(&Request { claims: &claims, ..*request }) })
}

/// The claims of the other token. None where they do not tell it: the V1-shaped token of a pipeline that a custom webhook
/// started has no other form.
pub(super) fn other(claims: &Claims) -> Option<(SubjectFormat, Claims)> {
    let sub = claims.text("sub")?;
    let with = |sub: String| claims.with(&[("sub", Some(Value::from(sub)))]);
    match Subject::parse(sub).format {
        SubjectFormat::V2 => {
            let (before, _) = sub.cut("/vcs-origin/")?;
            Some((SubjectFormat::V1, with(before.to_owned())))
        }
        SubjectFormat::V1 => {
            let origin = claims.text("oidc.circleci.com/vcs-origin")?;
            let reference = claims.text("oidc.circleci.com/vcs-ref")?;
            Some((SubjectFormat::V2, with(format!("{sub}/vcs-origin/{origin}/vcs-ref/{reference}"))))
        }
        SubjectFormat::AuditLog | SubjectFormat::Other => None,
    }
}
