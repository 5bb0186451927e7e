//! Remarks on the header (RFC 7515, 4.1; RFC 8725).

use super::{super::Place, shown::shown};
use crate::{
    json::{Data, Node},
    report::{Code, Finding, Severity},
};

/// Members that bring or name a key (RFC 7515, 4.1.2, 4.1.3, 4.1.5 to 4.1.8).
const KEY_MATERIAL: [&str; 6] = ["jku", "jwk", "x5u", "x5c", "x5t", "x5t#S256"];

/// Whether an object is a header rather than claims.
pub(in super::super) fn is_header(root: &Node) -> bool {
    ["alg", "enc"].iter().any(|name| root.get(name).is_some())
}

/// Whether a header is that of an encrypted token (RFC 7516, 4.1.2).
pub(in super::super) fn is_encrypted(root: &Node) -> bool {
    root.get("enc").is_some()
}

pub(super) fn remarks(root: &Node, place: &Place<'_>) -> Vec<Finding> {
    let members = root.as_object().unwrap_or_default();
    let find = |name: &str| members.iter().rev().find(|member| member.name == name);
    let mut found = Vec::new();
    if !is_encrypted(root) {
        let finding = algorithm(root.get("alg"));
        let at = root.get("alg").unwrap_or(root).at.clone();
        found.extend(finding.map(|finding| finding.at(place.span(at))));
    }
    for member in KEY_MATERIAL.iter().filter_map(|name| find(name)) {
        let title = format!("The header brings its own key or certificate ({}); it is ignored", member.name);
        let detail = "Whoever makes a token could make the key for it. Keys come from the issuer's key set only, and nothing \
                      is fetched from an address in a token.";
        let finding = Finding::new(Code::TokenKeyMaterial, Severity::Warning, title, detail);
        found.push(
            finding
                .at(place.span(member.name_at.clone()))
                .reference("https://www.rfc-editor.org/rfc/rfc8725#section-3.10"),
        );
    }
    for member in ["crit", "b64"].iter().filter_map(|name| find(name)) {
        let title = format!("The header demands an extension ({})", member.name);
        let detail = "CircleCI uses none. A verifier that does not understand an extension in crit has to refuse the token, and \
                      b64 is not allowed in a JWT.";
        let finding = Finding::new(Code::TokenCritical, Severity::Error, title, detail);
        found.push(
            finding
                .at(place.span(member.name_at.clone()))
                .reference("https://www.rfc-editor.org/rfc/rfc7515#section-4.1.11"),
        );
    }
    if let Some(node) = root.get("typ").filter(|node| !node.as_str().is_some_and(|typ| typ.eq_ignore_ascii_case("JWT")))
    {
        let title = match node.as_str() {
            Some(typ) => format!("The header's typ is {}, not \"JWT\"", shown(typ)),
            None => format!("The header's typ is {}, not \"JWT\"", node.kind()),
        };
        let detail = "A token with another type was made for another purpose.";
        let finding = Finding::new(Code::TokenType, Severity::Warning, title, detail);
        found.push(
            finding.at(place.span(node.at.clone())).reference("https://www.rfc-editor.org/rfc/rfc7519#section-5.1"),
        );
    }
    if let Some(node) = root.get("cty").filter(|node| is_jwt(node)) {
        let detail = "The header says cty: JWT. What clouds read as claims is the inner token only after it was unpacked; \
                      CircleCI's tokens are not nested.";
        let finding = Finding::new(Code::TokenNested, Severity::Error, "The payload is another token", detail);
        found.push(
            finding.at(place.span(node.at.clone())).reference("https://www.rfc-editor.org/rfc/rfc7519#section-5.2"),
        );
    }
    found
}

fn is_jwt(node: &Node) -> bool {
    node.as_str().is_some_and(|cty| cty.eq_ignore_ascii_case("JWT") || cty.eq_ignore_ascii_case("application/jwt"))
}

fn algorithm(alg: Option<&Node>) -> Option<Finding> {
    let (code, severity, title, detail) = match alg.map(|node| (&node.data, node.kind())) {
        Some((Data::String(alg), _)) if alg == "RS256" => return None,
        Some((Data::String(alg), _)) if alg.eq_ignore_ascii_case("none") => (
            Code::TokenUnsigned,
            Severity::Error,
            format!("The header says alg: {alg}: the token is not signed"),
            "Anybody can write such a token. No cloud documents that it takes one.",
        ),
        Some((Data::String(alg), _)) if alg.get(..2).is_some_and(|start| start.eq_ignore_ascii_case("HS")) => (
            Code::TokenSymmetric,
            Severity::Error,
            format!("The header says alg: {}: signed with a shared secret", shown(alg)),
            "CircleCI signs with a private key. Where a public key is taken for the secret, anybody can make such a token.",
        ),
        Some((Data::String(alg), _)) => (
            Code::TokenAlgorithm,
            Severity::Info,
            format!("The header says alg: {}; CircleCI signs with RS256", shown(alg)),
            "The operator of a CircleCI server can set another key. Microsoft Entra tests RS256 only, Google Cloud takes RS256 \
             and ES256, AWS takes RS and ES with 256, 384 and 512.",
        ),
        Some((_, kind)) => (
            Code::TokenAlgorithm,
            Severity::Error,
            format!("The header's alg is {kind}, not a string"),
            "No verifier can tell how the token is signed.",
        ),
        None => (
            Code::TokenAlgorithm,
            Severity::Error,
            "The header has no alg".to_owned(),
            "No verifier can tell how the token is signed.",
        ),
    };
    Some(Finding::new(code, severity, title, detail).reference("https://www.rfc-editor.org/rfc/rfc8725#section-3.1"))
}
