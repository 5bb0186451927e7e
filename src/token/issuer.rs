//! The kinds of `iss` (<https://circleci.com/docs/openid-connect-tokens/>, as of 2026-08-20; CircleCI server:
//! <https://support.circleci.com/hc/en-us/articles/13832176226203-Troubleshooting-OIDC-in-CircleCI>).

use crate::search::Search as _;

use serde::Serialize;

use super::is_uuid;

/// The issuer of tokens made with `--root-issuer`, and the first part of every organization's own.
pub(super) const ROOT: &str = "https://oidc.circleci.com";
/// Its host.
pub(super) const HOST: &str = "oidc.circleci.com";

/// Who issued the token, as it says itself.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum IssuerKind {
    /// `https://oidc.circleci.com/org/<id>`: one organization.
    Org,
    /// `https://oidc.circleci.com`: the same for all customers of CircleCI.
    Root,
    /// `https://<host>/org/<id>`: the form of a CircleCI server installation. Anybody can run a host.
    Server,
    /// None of these to the letter, or no issuer at all.
    #[default]
    Other,
}

/// What `iss` is. Clouds compare it character by character, so one with a trailing slash is another issuer.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Issuer {
    /// Which kind.
    pub kind: IssuerKind,
    /// The claim as it is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    /// Organization id, for the kinds `org` and `server`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub org: Option<String>,
    /// Where the key set is, where that is documented.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub jwks_url: Option<String>,
    /// The discovery document, whose `jwks_uri` names the key set.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub discovery_url: Option<String>,
}

impl Issuer {
    /// Classifies an issuer.
    ///
    /// The key set's address is filled in for the issuer of an organization only. For the root issuer and for CircleCI
    /// server no source tells it, so their discovery document has to be asked.
    #[must_use]
    pub fn parse(iss: &str) -> Self {
        let (kind, org) = classify(iss);
        let discovery_url = (kind != IssuerKind::Other).then(|| format!("{iss}/.well-known/openid-configuration"));
        let jwks_url = (kind == IssuerKind::Org).then(|| format!("{iss}/.well-known/jwks-pub.json"));
        Self { kind, url: Some(iss.to_owned()), org: org.map(str::to_owned), jwks_url, discovery_url }
    }

    /// The issuer without `https://`: how AWS writes the provider in ARNs and condition keys.
    #[must_use]
    pub fn without_scheme(&self) -> Option<&str> {
        self.url.as_deref()?.strip_prefix("https://")
    }
}

fn classify(iss: &str) -> (IssuerKind, Option<&str>) {
    if iss == ROOT {
        return (IssuerKind::Root, None);
    }
    let parts = iss.strip_prefix("https://").and_then(|rest| rest.rsplit_once('/'));
    match parts.and_then(|(base, org)| Some((base.strip_suffix("/org")?, org))) {
        Some((HOST, org)) if is_uuid(org) => (IssuerKind::Org, Some(org)),
        // A longer path below CircleCI's own host is nothing that CircleCI issues.
        Some((base, org)) if is_uuid(org) && is_server(base) && base.split('/').next() != Some(HOST) => {
            (IssuerKind::Server, Some(org))
        }
        _ => (IssuerKind::Other, None),
    }
}

/// A lower-case host name with at most a path after it: a server's base address can be set by its operator
/// (`oidc_service.base_url`).
fn is_server(text: &str) -> bool {
    let (host, path) = text.split_once('/').map_or((text, None), |(host, path)| (host, Some(path)));
    let is_plain = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || matches!(byte, b'-' | b'.');
    !host.is_empty()
        && host.bytes().all(is_plain)
        && path.is_none_or(|path| {
            path.split('/').all(|segment| !segment.is_empty())
                && path
                    .bytes()
                    .all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_' | b'~' | b'/'))
        })
}

/// How an issuer deviates from every form that CircleCI issues, in words; none for an unsuspicious one.
pub(super) fn faults(iss: &str) -> Vec<&'static str> {
    let after_scheme = iss.cut("://").map_or(iss, |(_, rest)| rest);
    let host = after_scheme.split(['/', '?', '#']).next().unwrap_or_default();
    let checks: [(bool, &'static str); 8] = [
        (iss.trim() != iss || iss.contains(char::is_whitespace), "it holds white space"),
        (iss.starts_with("http://"), "it starts with http:// instead of https://"),
        (!iss.starts_with("http://") && !iss.starts_with("https://"), "it does not start with https://"),
        (iss.ends_with('/'), "it ends with a slash"),
        (host.contains(|character: char| character.is_ascii_uppercase()), "its host has upper-case letters"),
        (host.contains([':']), "it names a port"),
        (host.contains(['@']), "it holds a user name before an @"),
        (iss.contains(['?', '#']), "it has a query or a fragment"),
    ];
    checks.into_iter().filter_map(|(applies, words)| applies.then_some(words)).collect()
}

#[cfg(test)]
mod tests {
    use super::{Issuer, IssuerKind, faults};

    const ID: &str = "17c50866-1802-5aeb-874e-7f4dfce1b6b5";

    #[test]
    fn kinds() {
        for (iss, kind) in [
            (format!("https://oidc.circleci.com/org/{ID}"), IssuerKind::Org),
            ("https://oidc.circleci.com".to_owned(), IssuerKind::Root),
            (format!("https://circleci.acme.example/org/{ID}"), IssuerKind::Server),
            (format!("https://abc123def.execute-api.us-east-1.amazonaws.com/stage/org/{ID}"), IssuerKind::Server),
            (format!("https://oidc.circleci.com.evil.example/org/{ID}"), IssuerKind::Server),
            (format!("https://oidc.circleci.com/org/{ID}/"), IssuerKind::Other),
            (format!("https://OIDC.circleci.com/org/{ID}"), IssuerKind::Other),
            (format!("http://oidc.circleci.com/org/{ID}"), IssuerKind::Other),
            (format!("https://oidc.circleci.com:443/org/{ID}"), IssuerKind::Other),
            (format!("https://a@oidc.circleci.com/org/{ID}"), IssuerKind::Other),
            (format!("https://oidc.circleci.com/org/{}", ID.to_uppercase()), IssuerKind::Other),
            (format!("https:///org/{ID}"), IssuerKind::Other),
            (format!("https://oidc.circleci.com/x/org/{ID}"), IssuerKind::Other),
            (format!("https://oidc.circleci.com/org/{ID}/org/{ID}"), IssuerKind::Other),
            ("https://oidc.circleci.com/".to_owned(), IssuerKind::Other),
            ("https://oidc.circleci.com/org/acme".to_owned(), IssuerKind::Other),
            (String::new(), IssuerKind::Other),
        ] {
            assert_eq!(Issuer::parse(&iss).kind, kind, "{iss}");
        }
    }

    #[test]
    fn key_set_only_where_documented() {
        let org = Issuer::parse(&format!("https://oidc.circleci.com/org/{ID}"));
        assert_eq!(org.jwks_url, Some(format!("https://oidc.circleci.com/org/{ID}/.well-known/jwks-pub.json")));
        let root = Issuer::parse("https://oidc.circleci.com");
        assert_eq!(root.jwks_url, None);
        assert_eq!(root.discovery_url.as_deref(), Some("https://oidc.circleci.com/.well-known/openid-configuration"));
    }

    #[test]
    fn deviations_in_words() {
        assert!(faults("https://oidc.circleci.com").is_empty());
        assert_eq!(faults("http://Oidc.circleci.com:80/?x/").len(), 5);
    }
}
