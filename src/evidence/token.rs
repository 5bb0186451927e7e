//! Tokens and parts of them, and claims as JSON.

use super::{
    Evidence,
    told::{ALWAYS, CLAIMS, Kind},
};
use crate::{
    json::{Node, TOKEN, Value},
    token::{Subject, SubjectFormat, decode},
};

/// Reads a whole text: a token, its payload part, or the claims of one as JSON. `None` if it is none of these.
pub(super) fn read(text: &str) -> Option<Box<Evidence>> {
    TOKEN.check(text).ok()?;
    let decoded = decode(text);
    let Value::Object(claims) = decoded.claims? else { return None };
    // Other things than tokens are JSON in base64 too, secrets among them.
    if claims.len() > CLAIMS || !claims.iter().any(|(name, _)| ALWAYS.contains(&&**name)) {
        return None;
    }
    let is_json = decoded.header.is_none() && text.contains(['{']);
    let mut evidence = Evidence::new(if is_json { Kind::Claims } else { Kind::Token }, &claims);
    let alg = |header: &Value| header.get("alg").and_then(Value::as_str).unwrap_or_default().to_owned();
    evidence.alg = decoded.header.as_ref().map(alg);
    Some(evidence)
}

/// Reads a token that somebody decoded: an object with its header and its claims.
pub(super) fn read_decoded(object: &Node) -> Option<Box<Evidence>> {
    let header = object.get("header").filter(|header| header.as_object().is_some())?;
    let mut evidence = read_claims(object.get("payload").or_else(|| object.get("claims"))?)?;
    evidence.alg = Some(header.get("alg").and_then(Node::as_str).unwrap_or_default().to_owned());
    Some(evidence)
}

/// Reads an object among others; `None` if it is not certainly claims.
pub(super) fn read_claims(object: &Node) -> Option<Box<Evidence>> {
    let text = |name: &str| object.get(name).and_then(Node::as_str);
    let issued = text("iss").is_some_and(|iss| iss.starts_with("https://"));
    let of_job = || text("sub").is_some_and(|sub| Subject::parse(sub).format != SubjectFormat::Other);
    if !issued && !of_job() {
        return None;
    }
    let Value::Object(claims) = Value::from(object) else { return None };
    if claims.len() > CLAIMS {
        return None;
    }
    Some(Evidence::new(Kind::Claims, &claims))
}
