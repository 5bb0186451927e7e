//! Credentials inside header or claims. CircleCI puts none there; another issuer, or a mistake, may.

use super::super::paste;
use crate::{json::Value, search::Search as _};

const REDACTED: &str = "[redacted]";
/// Shorter texts that were dropped are not looked for: they occur by chance.
const SHORTEST: usize = 8;
/// Private members of a JSON Web Key (RFC 7518, 6.2.2, 6.3.2 and 6.4.1).
const PRIVATE: [&str; 8] = ["d", "p", "q", "dp", "dq", "qi", "oth", "k"];

/// Replaces every text that holds a credential, or one of the `dropped` texts, by `[redacted]`.
pub(super) fn remove(value: &mut Value, dropped: &[String]) {
    match value {
        Value::String(text) => {
            if is_secret(text, dropped) {
                REDACTED.clone_into(text);
            }
        }
        Value::Array(items) => items.iter_mut().for_each(|item| remove(item, dropped)),
        Value::Object(members) => {
            let is_key = members.iter().any(|(name, _)| name == "kty");
            for (name, value) in members {
                if matches!(&**name, "signature" | "signatures") || (is_key && PRIVATE.contains(&&**name)) {
                    *value = REDACTED.into();
                }
                if is_secret(name, dropped) {
                    REDACTED.clone_into(name);
                }
                remove(value, dropped);
            }
        }
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

fn is_secret(text: &str, dropped: &[String]) -> bool {
    // A compact token, anywhere in the text: its header begins with {" in base64url.
    text.cut("eyJ").is_some_and(|(_, rest)| rest.contains(['.']))
        || paste::is_secret(text)
        || dropped.iter().any(|dropped| dropped.len() >= SHORTEST && text.holds(dropped))
}
