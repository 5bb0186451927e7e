//! Which release answers, where releases differ.

use crate::Error;

/// HashiCorp Vault or OpenBao.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Product {
    Vault,
    OpenBao,
}

/// A release: `1.16.2`, also as `v1.16.2+ent`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Version([u32; 3]);

/// Reads a release. A part that is not told is 0.
///
/// # Errors
/// [`Error::Argument`] if it is none.
pub(super) fn read(path: String, text: &str) -> Result<Version, Error> {
    let numbers = text.trim_start_matches('v').split(['+', '-']).next().unwrap_or_default();
    let mut parts = numbers.split('.');
    let mut next = || parts.next().map(|part| part.parse::<u32>().ok());
    match (next(), next(), next(), next()) {
        (Some(Some(major)), Some(Some(minor)), None, _) => Ok(Version([major, minor, 0])),
        (Some(Some(major)), Some(Some(minor)), Some(Some(patch)), None) => Ok(Version([major, minor, patch])),
        _ => Err(Error::argument(path, "expected a release such as 1.16.2")),
    }
}

impl Version {
    /// Whether a text as audience is refused where the role binds none: from 1.17 on, and in two releases before that whose
    /// successors took it back (<https://github.com/hashicorp/vault-plugin-auth-jwt/pull/310>, CVE-2024-5798, read 2026-11-22).
    pub(super) fn refuses_unbound(self) -> bool {
        self >= Self([1, 17, 0]) || [[1, 15, 9], [1, 16, 3]].contains(&self.0)
    }
}
