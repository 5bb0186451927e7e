//! Texts that are pasted in the place of a token by mistake, each named for what it is.

use crate::search::Search as _;

use crate::report::{Code, Finding, Severity};

/// What to paste instead.
const INSTEAD: &str = "Paste the value of CIRCLE_OIDC_TOKEN_V2 or CIRCLE_OIDC_TOKEN from a job, or the token's claims.";
const DOCS: &str = "https://circleci.com/docs/openid-connect-tokens/";

/// Beginnings of other services' credentials: what it is, where that is documented.
const CREDENTIALS: &[(&str, &str, &str)] = &[
    ("ghp_", "a GitHub personal access token", GITHUB),
    ("github_pat_", "a GitHub personal access token", GITHUB),
    ("gho_", "a GitHub OAuth token", GITHUB),
    ("ghu_", "a GitHub user token", GITHUB),
    ("ghs_", "a GitHub installation token", GITHUB),
    ("ghr_", "a GitHub refresh token", GITHUB),
    ("glpat-", "a GitLab personal access token", "https://docs.gitlab.com/security/tokens/"),
    ("CCIPAT_", "a personal API token of CircleCI", CIRCLECI),
    ("CCIPRJ_", "a project API token of CircleCI", CIRCLECI),
    ("IQoJb3JpZ2lu", "an AWS session token", AWS),
    ("FwoGZXIvYXdz", "an AWS session token", AWS),
    ("FQoGZXIvYXdz", "an AWS session token", AWS),
    ("hvs.", "a Vault token", VAULT),
    ("hvb.", "a Vault token", VAULT),
];
const GITHUB: &str =
    "https://docs.github.com/authentication/keeping-your-account-and-data-secure/about-authentication-to-github";
const CIRCLECI: &str = "https://circleci.com/changelog/new-format-for-api-access-tokens/";
const AWS: &str = "https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_temp_use-resources.html";
const VAULT: &str = "https://developer.hashicorp.com/vault/docs/concepts/tokens";

/// Names a text, trimmed, that is certainly something else than a token, and says what to paste instead; `None` for a text
/// that may be one. The finding repeats nothing of the text: it may be secret.
#[must_use]
pub fn recognize(text: &str) -> Option<Finding> {
    if text.is_empty() {
        let detail = format!("The variable may be unset in this job. {INSTEAD}");
        return Some(Finding::new(Code::TokenEmpty, Severity::Error, "There is no token: the text is empty", detail));
    }
    pem(text).or_else(|| credential(text)).or_else(|| variable(text)).or_else(|| masked(text))
}

fn pem(text: &str) -> Option<Finding> {
    let (_, label) = text.cut("-----BEGIN ")?;
    if label.cut("-----").map_or(label, |(label, _)| label).holds("PRIVATE KEY") {
        let detail = format!(
            "Whoever has it can sign or log in with it. Never paste one into any tool; treat this one as disclosed if the page \
             or machine is not yours alone, and replace it. {INSTEAD}"
        );
        return Some(Finding::new(Code::TokenPrivateKey, Severity::Error, "This is a private key", detail));
    }
    let detail = format!("A key checks tokens, it is none. {INSTEAD}");
    let title = "This is a public key or a certificate (PEM), not a token";
    Some(Finding::new(Code::TokenPem, Severity::Error, title, detail))
}

fn credential(text: &str) -> Option<Finding> {
    let known = CREDENTIALS.iter().find(|(start, ..)| text.starts_with(start)).map(|(_, what, link)| (*what, *link));
    let (what, link) = known.or_else(|| is_aws(text).then_some(("an AWS credential", AWS)))?;
    let detail = format!(
        "Nothing was kept of it, but if it was pasted where others can see it, revoke it. An OIDC token begins with eyJ. {INSTEAD}"
    );
    let title = format!("This is {what}, not an OIDC token");
    Some(Finding::new(Code::TokenOtherCredential, Severity::Error, title, detail).reference(link))
}

/// Whether a text is a credential: a private key, or one of another service.
pub(super) fn is_secret(text: &str) -> bool {
    credential(text).or_else(|| pem(text)).is_some_and(|finding| finding.code != Code::TokenPem)
}

/// An access key id (<https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html>), or a file or an answer
/// that holds a secret key.
fn is_aws(text: &str) -> bool {
    let id = text.strip_prefix("AKIA").or_else(|| text.strip_prefix("ASIA")).unwrap_or_default();
    let length = id.bytes().take_while(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit()).count();
    let lower = text.to_ascii_lowercase();
    length == 16
        || ["aws_secret_access_key", "aws_session_token", "\"secretaccesskey\"", "\"sessiontoken\""]
            .iter()
            .any(|name| lower.holds(name))
}

/// `$NAME`, `${NAME}`, `$env:NAME`, `%NAME%`, `<< name >>`, `{{ name }}`, and the bare name.
fn variable(text: &str) -> Option<Finding> {
    let between = |open: &str, close: &str| text.strip_prefix(open).and_then(|rest| rest.strip_suffix(close));
    let inner = between("${", "}")
        .or_else(|| between("$(", ")"))
        .or_else(|| between("%", "%"))
        .or_else(|| between("<<", ">>"))
        .or_else(|| between("{{", "}}"))
        .or_else(|| text.strip_prefix('$'))
        .or_else(|| text.starts_with("CIRCLE_OIDC_TOKEN").then_some(text))?;
    let is_name = |byte: u8| byte.is_ascii_alphanumeric() || b"_-.: ".contains(&byte);
    if inner.len() > 100 || !inner.bytes().all(is_name) {
        return None;
    }
    let detail = format!(
        "It was not expanded: single quotes, a file that no shell reads, or a variable that the job does not have. {INSTEAD}"
    );
    let title = "This is the name of a variable, not its value";
    Some(Finding::new(Code::TokenVariable, Severity::Error, title, detail).reference(DOCS))
}

fn masked(text: &str) -> Option<Finding> {
    let is_mask = text.len() >= 3 && text.chars().all(|character| matches!(character, '*' | '\u{2022}' | 'x' | 'X'));
    is_mask.then(|| mask_finding("This is what a log shows in the place of a secret, not the token"))
}

fn mask_finding(title: &'static str) -> Finding {
    let detail = "Logs show such characters in the place of a secret. Decode the token inside the job, or write its payload part \
                  alone to a file: it is enough for everything but the signature.";
    Finding::new(Code::TokenMasked, Severity::Error, title, detail).reference(DOCS)
}

/// Says what happened to a token on the way here, with the bytes where it shows. What is left is decoded all the same.
pub(super) fn damage(text: &str) -> Option<(Finding, std::ops::Range<usize>)> {
    let place = |pattern: &str| text.place_of(pattern).map(|start| start..start.saturating_add(pattern.len()));
    if let Some(at) = place("***") {
        return Some((mask_finding("A part of the token is masked"), at));
    }
    let at = place("\u{2026}").or_else(|| place("..."))?;
    let detail =
        "A terminal, a log or a chat shortened it. Copy the whole token: it is about 1,000 to 2,000 characters long.";
    Some((Finding::new(Code::TokenTruncated, Severity::Error, "The token was shortened with an ellipsis", detail), at))
}

#[cfg(test)]
mod tests {
    use super::{Code, damage, recognize};

    #[test]
    fn names_what_is_no_token() {
        for (text, code) in [
            ("", Some(Code::TokenEmpty)),
            ("-----BEGIN PUBLIC KEY-----\nMIIB\n-----END PUBLIC KEY-----", Some(Code::TokenPem)),
            ("-----BEGIN CERTIFICATE-----", Some(Code::TokenPem)),
            ("-----BEGIN EC PRIVATE KEY-----", Some(Code::TokenPrivateKey)),
            ("-----BEGIN OPENSSH PRIVATE KEY-----", Some(Code::TokenPrivateKey)),
            ("ghp_0000", Some(Code::TokenOtherCredential)),
            ("CCIPAT_0000", Some(Code::TokenOtherCredential)),
            ("AKIAIOSFODNN7EXAMPLE", Some(Code::TokenOtherCredential)),
            ("AKIAIOSFODNN7EXAMPL", None),
            ("[default]\naws_secret_access_key = x", Some(Code::TokenOtherCredential)),
            ("$CIRCLE_OIDC_TOKEN", Some(Code::TokenVariable)),
            ("${CIRCLE_OIDC_TOKEN_V2}", Some(Code::TokenVariable)),
            ("$env:CIRCLE_OIDC_TOKEN", Some(Code::TokenVariable)),
            ("CIRCLE_OIDC_TOKEN_V2", Some(Code::TokenVariable)),
            ("<< pipeline.parameters.token >>", Some(Code::TokenVariable)),
            ("****", Some(Code::TokenMasked)),
            ("eyJhbGciOiJub25lIn0.e30.", None),
            ("{\"iss\":\"x\"}", None),
            ("...", None),
        ] {
            assert_eq!(recognize(text).map(|finding| finding.code), code, "{text}");
        }
    }

    #[test]
    fn repeats_nothing_of_a_secret() {
        let finding = recognize("ghp_verysecret").unwrap();
        assert!(!format!("{finding:?}").contains("verysecret"));
    }

    #[test]
    fn sees_damage() {
        assert_eq!(
            damage("eyJhbGci\u{2026}").map(|(finding, at)| (finding.code, at)),
            Some((Code::TokenTruncated, 8..11))
        );
        assert_eq!(damage("eyJ****.x").map(|(finding, at)| (finding.code, at)), Some((Code::TokenMasked, 3..6)));
        assert!(damage("a.b.").is_none());
    }
}
