//! What a token says, without a verdict: the answer of [`decode`](super::decode).

use serde::Serialize;

use super::{Issuer, Subject, Times};
use crate::{json::Value, report::Finding};

/// What could be read of a token. Nothing here says that it is genuine.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Decoded {
    /// The header, in the order of the token; `None` where it could not be read or there is none, and a finding says why.
    pub header: Option<Value>,
    /// The payload, likewise.
    pub claims: Option<Value>,
    /// Every claim, known or not, in the order of the token.
    pub table: Vec<Claim>,
    /// What `sub` is made of.
    pub subject: Subject,
    /// What `iss` is.
    pub issuer: Issuer,
    /// `iat` and `exp`.
    pub times: Times,
    /// Remarks: what could not be read and where, what was trimmed, what is unusual.
    pub findings: Vec<Finding>,
}

/// One claim with its meaning.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Claim {
    /// Full name, for example `oidc.circleci.com/project-id`.
    pub name: String,
    /// Its value.
    pub value: Value,
    /// What it says, for a person.
    pub meaning: String,
    /// Link to the page or the RFC that says so.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reference: Option<String>,
    /// Under which name each cloud can test it.
    pub testable: Testable,
    /// The value with the names of the ids in it, where those were given.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub named: Option<String>,
}

/// Under which name each cloud can test a claim; `None` where that cloud cannot see it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Testable {
    /// A condition key of a role trust policy, for example `oidc.circleci.com/org/…:sub`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub aws: Option<String>,
    /// An expression of a Google Cloud attribute condition or mapping, for example `assertion.sub`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub gcp: Option<String>,
    /// A member of a Microsoft Entra federated identity credential, for example `subject`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub azure: Option<String>,
    /// A member of a Vault or OpenBao JWT role, for example `bound_subject`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub vault: Option<String>,
}
