//! Signature algorithms: the five that are verified, and why each other one is refused.

use std::fmt;

/// An algorithm that this program verifies (RFC 7518, 3.1).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Algorithm {
    /// RSASSA-PKCS1-v1_5 with SHA-256: what CircleCI signs with.
    Rs256,
    /// RSASSA-PKCS1-v1_5 with SHA-384.
    Rs384,
    /// RSASSA-PKCS1-v1_5 with SHA-512.
    Rs512,
    /// ECDSA on P-256 with SHA-256.
    Es256,
    /// ECDSA on P-384 with SHA-384.
    Es384,
}

impl Algorithm {
    /// Every algorithm that is verified.
    pub const ALL: [Self; 5] = [Self::Rs256, Self::Rs384, Self::Rs512, Self::Es256, Self::Es384];

    /// The name in a header's `alg`, which is case-sensitive.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Rs256 => "RS256",
            Self::Rs384 => "RS384",
            Self::Rs512 => "RS512",
            Self::Es256 => "ES256",
            Self::Es384 => "ES384",
        }
    }

    /// The algorithm of exactly this name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|algorithm| algorithm.name() == name)
    }

    /// All names, for messages.
    #[must_use]
    pub fn names(algorithms: &[Self]) -> String {
        algorithms.iter().map(|algorithm| algorithm.name()).collect::<Vec<_>>().join(", ")
    }
}

impl fmt::Display for Algorithm {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.name())
    }
}

/// Registered names that are refused, each with its reason. Names: the IANA registry "JSON Web Signature and Encryption
/// Algorithms".
const REFUSED: &[(&[&str], &str)] = &[
    (
        &["HS256", "HS384", "HS512"],
        "it is made with a shared secret. CircleCI publishes its keys, so anybody could sign like that (RFC 8725, 2.1)",
    ),
    (
        &["PS256", "PS384", "PS512", "ES512", "ES256K", "EdDSA", "Ed25519", "Ed448"],
        "CircleCI does not sign with it, and this program does not verify it",
    ),
    (
        &[
            "RSA1_5",
            "RSA-OAEP",
            "RSA-OAEP-256",
            "RSA-OAEP-384",
            "RSA-OAEP-512",
            "A128KW",
            "A192KW",
            "A256KW",
            "dir",
            "ECDH-ES",
            "ECDH-ES+A128KW",
            "ECDH-ES+A192KW",
            "ECDH-ES+A256KW",
            "A128GCMKW",
            "A192GCMKW",
            "A256GCMKW",
        ],
        "it encrypts; it does not sign",
    ),
];

/// Why a header's `alg` that is none of the five is refused, as the end of a sentence that began with its name.
#[must_use]
pub(super) fn refusal(name: &str) -> String {
    if name.eq_ignore_ascii_case("none") {
        return "the token is not signed at all".to_owned();
    }
    if let Some((_, reason)) = REFUSED.iter().find(|(names, _)| names.contains(&name)) {
        return (*reason).to_owned();
    }
    let respelled = Algorithm::ALL.into_iter().find(|algorithm| algorithm.name().eq_ignore_ascii_case(name));
    match respelled {
        Some(algorithm) => format!("names of algorithms are case-sensitive; this one is written {algorithm}"),
        None => "no signature algorithm of this name is known".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::{Algorithm, refusal};

    #[test]
    fn none_is_refused_in_any_spelling() {
        for name in ["none", "None", "NONE", "nOnE"] {
            assert_eq!(Algorithm::from_name(name), None);
            assert_eq!(refusal(name), "the token is not signed at all");
        }
    }

    #[test]
    fn a_name_in_another_case_is_not_the_algorithm() {
        assert_eq!(Algorithm::from_name("rs256"), None);
        assert!(refusal("rs256").contains("RS256"));
    }
}
