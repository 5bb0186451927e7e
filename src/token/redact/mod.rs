//! A token that can be shown to others.

mod ids;
mod secrets;

use super::{Compact, decode::has_claims, lenient, remark, serialization::Parts, to_base64url, trim};
use crate::json::{Node, Text, Value, read};

/// The token without its signature: `header.payload.`, with the last dot, so that it still has three parts and any tool
/// can decode it. What [`decode`](super::decode) takes for a payload alone stays a payload alone; a JSON serialization
/// comes out in the compact form. Where there is no token whose claims can be read (encrypted, nested, cut off in the
/// payload, any other text), the answer is empty: nothing is repeated that is not known to be header or claims.
///
/// With `ids`, the ids of the user, the pipeline, the workflow, the job and the token are replaced by zero UUIDs wherever
/// they occur, also inside `sub`. Lengths stay as they are.
///
/// Texts inside header or claims that are credentials themselves (another token, a private key, the signature once more)
/// are replaced by `[redacted]`.
#[must_use]
pub fn redact(token: &str, ids: bool) -> String {
    let text = trim(token).text;
    let (mut header, mut payload, dropped) =
        if text.starts_with('{') { from_json(text) } else { from_compact(text) }.unwrap_or_default();
    if header.as_ref().is_some_and(|header| remark::is_encrypted(&header.root)) {
        return String::new();
    }
    // A payload whose header is missing stands in the first place.
    if payload.is_none() && header.as_ref().is_some_and(Part::is_claims) {
        payload = header.take();
    }
    match (header, payload) {
        (Some(header), Some(payload)) => {
            let ids = if ids { ids::found_in(&payload.value) } else { ids::Ids::default() };
            format!("{}.{}.", header.written(&ids, &dropped), payload.written(&ids, &dropped))
        }
        (None, Some(payload)) if payload.is_claims() => {
            let ids = if ids { ids::found_in(&payload.value) } else { ids::Ids::default() };
            payload.written(&ids, &dropped)
        }
        _ => String::new(),
    }
}

/// Claims without credentials inside them and, with `ids`, without the ids that [`redact`] replaces.
#[must_use]
pub fn redact_claims(claims: &Value, ids: bool) -> Value {
    let mut claims = claims.clone();
    secrets::remove(&mut claims, &[]);
    if ids {
        ids::found_in(&claims).replace(&mut claims);
    }
    claims
}

/// An object that was in base64url.
struct Part {
    bytes: Vec<u8>,
    root: Node,
    value: Value,
}

/// What was found: header, payload, and the texts that must not come out again.
type Found = (Option<Part>, Option<Part>, Vec<String>);

impl Part {
    fn read(part: &str) -> Option<Self> {
        let bytes = lenient::decode(part, &|at| at).ok()?.bytes;
        let root = read(&Text::pasted(std::str::from_utf8(&bytes).ok()?)).ok()?.root;
        root.as_object()?;
        let value = Value::from(&root);
        Some(Self { bytes, root, value })
    }

    fn is_claims(&self) -> bool {
        has_claims(&self.root) && !remark::is_header(&self.root)
    }

    /// The part in base64url again: byte for byte as it was if there is nothing to take out.
    fn written(&self, ids: &ids::Ids, dropped: &[String]) -> String {
        let mut value = self.value.clone();
        secrets::remove(&mut value, dropped);
        ids.replace(&mut value);
        if value == self.value { to_base64url(&self.bytes) } else { to_base64url(value.to_json().as_bytes()) }
    }
}

fn from_compact(text: &str) -> Option<Found> {
    let parts = Compact::split(text).parts;
    // Five parts are an encrypted token, whatever the header says.
    if parts.len() == 5 {
        return None;
    }
    let part = |index: usize| parts.get(index).map(|part| part.text);
    let (header, payload) = (part(0).and_then(Part::read), part(1).and_then(Part::read));
    let kept = if payload.is_some() { 2 } else { 1 };
    let dropped = parts.iter().skip(kept).map(|part| part.text.to_owned()).collect();
    Some((header, payload, dropped))
}

fn from_json(text: &str) -> Option<Found> {
    let root = read(&Text::pasted(text)).ok()?.root;
    let parts = Parts::of(&root)?;
    let header = parts.header.and_then(Node::as_str).and_then(Part::read);
    let payload = parts.payload.as_str().and_then(Part::read);
    let signed = root.get("signatures").map(Node::one_or_many).unwrap_or_default();
    let dropped = std::iter::once(&root)
        .chain(signed)
        .filter_map(|object| object.get("signature")?.as_str().map(str::to_owned))
        .collect();
    Some((header, payload, dropped))
}

#[cfg(test)]
mod tests {
    use super::{redact, redact_claims};
    use crate::{
        json::{Text, Value, read},
        token::{base64url, decode, to_base64url},
    };

    const USER: &str = "11111111-1111-4111-8111-111111111111";
    const ZERO: &str = "00000000-0000-0000-0000-000000000000";
    const SIGNATURE: &str = "c2lnbmF0dXJlLXNlY3JldC1zaWduYXR1cmU";

    fn encoded(json: &str) -> String {
        to_base64url(json.as_bytes())
    }

    fn decoded(part: &str) -> String {
        String::from_utf8(base64url(part).unwrap()).unwrap()
    }

    #[test]
    fn drops_the_signature_and_stays_decodable() {
        let (header, payload) = (encoded(r#"{"alg":"RS256"}"#), encoded(r#"{ "sub" : "x" }"#));
        let plain = format!("{header}.{payload}.");
        for text in [
            format!("{header}.{payload}.{SIGNATURE}"),
            format!("\"Bearer {header}.{payload}.{SIGNATURE}\"\n"),
            format!("{header}.{payload}.{SIGNATURE}.{SIGNATURE}"),
            format!("{header}.{payload}.{SIGNATURE}=="),
            format!("{header}.{payload}"),
            plain.clone(),
            format!(r#"{{"protected":"{header}","payload":"{payload}","signature":"{SIGNATURE}"}}"#),
            format!(r#"{{"payload":"{payload}","signatures":[{{"protected":"{header}","signature":"{SIGNATURE}"}}]}}"#),
        ] {
            assert_eq!(redact(&text, false), plain, "{text}");
        }
        assert!(decode(&plain).claims.is_some());
    }

    #[test]
    fn a_payload_alone_stays_one() {
        let payload = encoded(r#"{"sub":"x"}"#);
        for text in [
            payload.clone(),
            format!("{payload}.{SIGNATURE}"),
            format!("garbage.{payload}.{SIGNATURE}"),
            format!("token: e30.{payload}.{SIGNATURE}"),
        ] {
            assert_eq!(redact(&text, false), payload, "{text}");
        }
    }

    #[test]
    fn repeats_nothing_of_what_is_no_token() {
        let (header, payload) = (encoded(r#"{"alg":"RS256"}"#), encoded(r#"{"sub":"x"}"#));
        let encrypted = encoded(r#"{"alg":"RSA-OAEP","enc":"A256GCM"}"#);
        for text in [
            String::new(),
            "ghp_secret".to_owned(),
            SIGNATURE.to_owned(),
            header.clone(),
            format!("{header}.{SIGNATURE}"),
            format!("{header}.{}.{SIGNATURE}", payload.chars().take(8).collect::<String>()),
            format!("{encrypted}.{payload}.a.b.c"),
            format!("{header}.{payload}.a.b.c"),
            format!(r#"{{"sub":"x","access_token":"{header}.{payload}.{SIGNATURE}"}}"#),
            format!(r#""{header}"#),
        ] {
            assert_eq!(redact(&text, false), "", "{text}");
        }
    }

    #[test]
    fn takes_credentials_out_of_the_claims() {
        let header = encoded(r#"{"alg":"RS256","jwk":{"kty":"RSA","n":"AQ","d":"secret"}}"#);
        let payload = encoded(&format!(
            r#"{{"sub":"x","a":["Bearer eyJh.eyJi.{SIGNATURE}"],"b":"{SIGNATURE}","signature":"s"}}"#
        ));
        let out = redact(&format!("{header}.{payload}.{SIGNATURE}"), false);
        let parts: Vec<_> = out.split('.').collect();
        assert_eq!(decoded(parts[0]), r#"{"alg":"RS256","jwk":{"kty":"RSA","n":"AQ","d":"[redacted]"}}"#);
        assert_eq!(decoded(parts[1]), r#"{"sub":"x","a":["[redacted]"],"b":"[redacted]","signature":"[redacted]"}"#);
    }

    #[test]
    fn replaces_ids_everywhere() {
        let header = encoded(r#"{"alg":"RS256"}"#);
        let job = "22222222-2222-4222-8222-222222222222";
        let claims = format!(
            r#"{{"sub":"org/o/project/p/user/{USER}/vcs-origin/h/vcs-ref/user/bob","iat":1.50,"oidc.circleci.com/job-id":"{job}","oidc.circleci.com/pipeline-definition-id":"d","x":["{}, {job}"],"jti":7}}"#,
            USER.to_uppercase()
        );
        let expected = format!(
            r#"{{"sub":"org/o/project/p/user/{ZERO}/vcs-origin/h/vcs-ref/user/bob","iat":1.50,"oidc.circleci.com/job-id":"{ZERO}","oidc.circleci.com/pipeline-definition-id":"d","x":["{ZERO}, {ZERO}"],"jti":"{ZERO}"}}"#
        )
        .replace(&USER.to_uppercase(), ZERO);
        let out = redact(&format!("{header}.{}.{SIGNATURE}", encoded(&claims)), true);
        assert_eq!(decoded(out.split('.').nth(1).unwrap()), expected);
        let value = Value::from(&read(&Text::pasted(&claims)).unwrap().root);
        assert_eq!(redact_claims(&value, true).to_json(), expected);
        assert_eq!(redact_claims(&value, false), value);
    }

    #[test]
    fn a_user_that_is_no_uuid_is_replaced_in_its_place_only() {
        let value = Value::from(&read(&Text::pasted(r#"{"sub":"org/a/project/a/user/a","b":"a"}"#)).unwrap().root);
        let expected = format!(r#"{{"sub":"org/a/project/a/user/{ZERO}","b":"a"}}"#);
        assert_eq!(redact_claims(&value, true).to_json(), expected);
    }
}
