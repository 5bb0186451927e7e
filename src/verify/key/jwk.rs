//! One JWK (RFC 7517, 4; RFC 7518, 6): whether it fits an algorithm, and the key that it holds.

use super::PublicKey;
use crate::{
    json::Node,
    token::base64url,
    verify::{
        Algorithm,
        quote::{list, quoted},
    },
};

/// Members that only a private or a shared key has (RFC 7518, 6.2.2, 6.3.2 and 6.4).
const SECRET: [&str; 8] = ["d", "p", "q", "dp", "dq", "qi", "oth", "k"];

/// The key for this algorithm; why it is left out, as the end of a sentence about it.
pub(super) fn public_key(jwk: &Node, algorithm: Algorithm) -> Result<PublicKey, String> {
    let kty = text(jwk, "kty")?.ok_or("it has no kty")?;
    let secret: Vec<_> = SECRET.into_iter().filter(|name| jwk.get(name).is_some()).collect();
    if !secret.is_empty() {
        // As npm jose does. A set that shows its private keys vouches for nothing: its readers can sign.
        let names = secret.join(", ");
        return Err(format!("it shows its secret part ({names}). Whoever read it can sign tokens: have it replaced"));
    }
    let (wanted_kty, curve) = match algorithm {
        Algorithm::Rs256 | Algorithm::Rs384 | Algorithm::Rs512 => ("RSA", None),
        Algorithm::Es256 => ("EC", Some("P-256")),
        Algorithm::Es384 => ("EC", Some("P-384")),
    };
    if kty != wanted_kty {
        return Err(format!("its kty is {}; {algorithm} needs {wanted_kty}", quoted(kty)));
    }
    declared_for(jwk, algorithm)?;
    match curve {
        None => PublicKey::rsa(&bytes(jwk, "n")?, &bytes(jwk, "e")?),
        Some(curve) => {
            match text(jwk, "crv")?.ok_or("it has no crv")? {
                crv if crv == curve => {}
                other => return Err(format!("its crv is {}; {algorithm} needs {curve}", quoted(other))),
            }
            let (x, y) = (bytes(jwk, "x")?, bytes(jwk, "y")?);
            if algorithm == Algorithm::Es256 { PublicKey::p256(&x, &y) } else { PublicKey::p384(&x, &y) }
        }
    }
    .map_err(|error| error.to_string())
}

/// `alg`, `use` and `key_ops` (RFC 7517, 4.2 to 4.4): each is optional, each that is there has to allow it.
fn declared_for(jwk: &Node, algorithm: Algorithm) -> Result<(), String> {
    match text(jwk, "alg")? {
        Some(alg) if alg != algorithm.name() => {
            return Err(format!("it is for {}, not {algorithm} (alg)", quoted(alg)));
        }
        _ => {}
    }
    match text(jwk, "use")? {
        Some(purpose) if purpose != "sig" => return Err(format!("its use is {}, not \"sig\"", quoted(purpose))),
        _ => {}
    }
    let Some(operations) = jwk.get("key_ops") else { return Ok(()) };
    let names: Option<Vec<_>> = operations.as_array().and_then(|items| items.iter().map(Node::as_str).collect());
    match names {
        Some(names) if names.contains(&"verify") => Ok(()),
        Some(names) if names.is_empty() => Err("its key_ops are empty, without \"verify\"".to_owned()),
        Some(names) => Err(format!("its key_ops are {}, without \"verify\"", list(names.into_iter().map(quoted)))),
        None => Err("its key_ops is not an array of texts".to_owned()),
    }
}

/// A member that is text if it is there.
fn text<'a>(jwk: &'a Node, name: &str) -> Result<Option<&'a str>, String> {
    let Some(node) = jwk.get(name) else { return Ok(None) };
    node.as_str().map(Some).ok_or_else(|| format!("its {name} is {}, not text", node.kind()))
}

/// A member that holds bytes.
fn bytes(jwk: &Node, name: &str) -> Result<Vec<u8>, String> {
    let encoded = text(jwk, name)?.ok_or_else(|| format!("it has no {name}"))?;
    base64url(encoded).map_err(|error| format!("its {name} is not base64url: {error}"))
}
