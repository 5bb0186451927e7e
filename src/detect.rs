//! What is this pasted text? Recognised by its shape alone; nothing is judged.

use serde::Serialize;

use crate::{
    json::{Node, Text, read},
    report::Severity,
    token,
    trust::PROVIDERS,
};

/// What a pasted text is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Detected {
    /// A configuration.
    Trust {
        /// The provider that reads it.
        provider: &'static str,
        /// The member of that provider's configuration that takes it, for example `policy`.
        field: &'static str,
    },
    /// A token, whole or in part.
    Token,
    /// The claims of a token, as JSON.
    Claims,
    /// A key set.
    Jwks,
    /// None of these.
    Other {
        /// What it is, as far as can be told.
        what: String,
        /// What to paste instead.
        advice: String,
    },
}

const ADVICE: &str = "Paste a token, the claims of one as JSON, a key set ({\"keys\": [...]}), or a trust configuration as JSON, \
                      for example what aws iam get-role prints.";

/// Names a pasted text.
#[must_use]
pub fn detect(text: &str) -> Detected {
    let trimmed = token::trim(text);
    let pasted = Text::pasted(trimmed.text);
    if trimmed.text.starts_with(['{', '[', '"']) {
        return match read(&pasted) {
            Ok(document) => json(&document.root),
            Err(error) => other(format!("JSON that cannot be read: {error}"), ADVICE),
        };
    }
    if let Some(document) = Text::percent_decoded(&pasted).and_then(|decoded| read(&decoded).ok())
        && document.root.as_object().is_some()
    {
        return json(&document.root);
    }
    let decoded = token::decode(text);
    if decoded.header.is_some() || decoded.claims.is_some() {
        return Detected::Token;
    }
    match decoded.findings.into_iter().find(|finding| finding.severity == Severity::Error) {
        Some(finding) => other(finding.title.clone(), &finding.detail),
        None => other("a text that is neither JSON nor a token".to_owned(), ADVICE),
    }
}

fn json(root: &Node) -> Detected {
    if let Some(text) = root.as_str() {
        return detect(text);
    }
    for provider in PROVIDERS {
        if let Some(field) = provider.detect(root) {
            return Detected::Trust { provider: provider.id(), field };
        }
    }
    let has = |name: &str| root.get(name).is_some();
    if root.get("keys").is_some_and(|keys| keys.as_array().is_some()) {
        Detected::Jwks
    } else if has("payload") && (has("signature") || has("signatures") || has("protected")) {
        Detected::Token
    } else if has("sub") || (has("iss") && has("aud")) {
        Detected::Claims
    } else {
        other(format!("JSON ({}) that is none of the known forms", root.kind()), ADVICE)
    }
}

fn other(what: String, advice: &str) -> Detected {
    Detected::Other { what, advice: advice.to_owned() }
}
