//! What is this pasted text? Recognised by its shape alone; nothing is judged.

use serde::{Serialize, Serializer, ser::SerializeMap as _};

use crate::{
    evidence::{is_event, trusts_from},
    foreign,
    json::{Node, Text, read},
    message::explain_error,
    report::{Code, Severity, Source, Span},
    token,
    trust::PROVIDERS,
};

/// What a pasted text is.
#[derive(Clone, Debug, PartialEq, Eq)]
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
    /// CloudTrail's event of a token that was presented, or several: [`claims_from`](crate::evidence::claims_from) reads them.
    Cloudtrail,
    /// A log, or another text, that tells something of a token: [`claims_from`](crate::evidence::claims_from) reads it.
    Log,
    /// A document with any number of configurations: [`trusts_from`] reads it.
    Trusts,
    /// A key set.
    Jwks,
    /// A message that a cloud printed: [`explain_error`] says what it means.
    Error {
        /// Whose message it is; `None`: the job's own.
        provider: Option<&'static str>,
    },
    /// None of these.
    Other {
        /// What it is, as far as can be told.
        what: String,
        /// What to paste instead.
        advice: String,
    },
}

const ADVICE: &str = "Paste a token, the claims of one as JSON, a CloudTrail event of AssumeRoleWithWebIdentity, a key set \
                      ({\"keys\": [...]}), a cloud's error message, or a trust configuration as JSON, for example what aws iam \
                     get-role prints.";

/// Names a pasted text.
#[must_use]
pub fn detect(text: &str) -> Detected {
    let token::Trimmed { text: trimmed, at, .. } = token::trim(text);
    let pasted = Text::pasted(trimmed);
    if trimmed.starts_with(['{', '[', '"']) {
        return match read(&pasted) {
            Ok(document) => json(&document.root, trimmed),
            Err(_) if trimmed.starts_with("{\\") => other(
                "JSON as a text inside of JSON".to_owned(),
                "Paste the whole document, or the text without its backslashes, as jq -r prints it.",
            ),
            Err(error) => large(trimmed).unwrap_or_else(|| {
                let start = error.at.start.saturating_add(at.start);
                let Span { line, column, .. } = Source::new("text", text).span(start..start);
                other(format!("JSON that cannot be read (line {line}, column {column}): {error}"), ADVICE)
            }),
        };
    }
    if let Some(document) = Text::percent_decoded(&pasted).and_then(|decoded| read(&decoded).ok())
        && document.root.as_object().is_some()
    {
        return json(&document.root, trimmed);
    }
    let decoded = token::decode(text);
    if decoded.header.is_some() || decoded.claims.is_some() {
        return Detected::Token;
    }
    if let Some(detected) = large(trimmed) {
        return detected;
    }
    if let Some((what, advice)) = foreign::text(trimmed) {
        return other(what.to_owned(), advice);
    }
    match decoded.findings.into_iter().find(|finding| finding.severity == Severity::Error) {
        // Nobody who pastes several words means a token.
        Some(finding) if finding.code != Code::TokenUnreadable || !trimmed.contains(char::is_whitespace) => {
            other(finding.title.to_string(), &finding.detail)
        }
        _ => other("a text that is neither JSON nor a token".to_owned(), ADVICE),
    }
}

/// The provider whose configuration a document is by itself, and the member that takes it.
pub(crate) fn provider_of(root: &Node) -> Option<(&'static str, &'static str)> {
    PROVIDERS.iter().find_map(|provider| Some((provider.id(), provider.detect(root)?)))
}

fn json(root: &Node, text: &str) -> Detected {
    if let Some(text) = root.as_str() {
        return detect(text);
    }
    if let Some((provider, field)) = provider_of(root) {
        return match foreign::configuration(root, provider, field) {
            Some((what, advice)) => other(what.to_owned(), advice),
            None => Detected::Trust { provider, field },
        };
    }
    let has = |name: &str| root.get(name).is_some();
    if root.get("keys").is_some_and(|keys| keys.as_array().is_some()) {
        return Detected::Jwks;
    } else if has("payload") && (has("signature") || has("signatures") || has("protected")) {
        return Detected::Token;
    } else if has("sub") || (has("iss") && has("aud")) {
        return Detected::Claims;
    } else if let Some(detected) = large(text) {
        return detected;
    }
    if let Some((what, advice)) = foreign::document(root) {
        return other(what.to_owned(), advice);
    }
    let of_many = ["Roles", "RoleDetailList", "workloadIdentityPoolProviders", "resource_changes", "terraform_version"];
    if of_many.into_iter().any(has) {
        let what = "what IAM or Terraform prints, without any role or provider in it";
        return other(what.to_owned(), "Paste one that holds it: aws iam get-role --role-name NAME prints a role.");
    }
    other(format!("JSON ({}) that is none of the known forms", root.kind()), ADVICE)
}

/// A text that tells something beside much else.
fn large(text: &str) -> Option<Detected> {
    if trusts_from(text).is_ok_and(|found| !found.is_empty()) {
        return Some(Detected::Trusts);
    }
    match is_event(text) {
        Some(true) => Some(Detected::Cloudtrail),
        Some(false) => Some(Detected::Log),
        None => explain_error(text).ok()?.map(|found| Detected::Error { provider: found.provider }),
    }
}

fn other(what: String, advice: &str) -> Detected {
    Detected::Other { what, advice: advice.to_owned() }
}

impl Serialize for Detected {
    // By hand: what serde derives for a tagged enum is four times as large.
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let none = ("", "");
        let (kind, more) = match self {
            Self::Trust { provider, field } => ("trust", [("provider", *provider), ("field", *field)]),
            Self::Token => ("token", [none, none]),
            Self::Claims => ("claims", [none, none]),
            Self::Cloudtrail => ("cloudtrail", [none, none]),
            Self::Log => ("log", [none, none]),
            Self::Trusts => ("trusts", [none, none]),
            Self::Jwks => ("jwks", [none, none]),
            Self::Error { provider } => ("error", [provider.map_or(none, |provider| ("provider", provider)), none]),
            Self::Other { what, advice } => ("other", [("what", &**what), ("advice", &**advice)]),
        };
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("kind", kind)?;
        for (name, value) in more {
            if !name.is_empty() {
                map.serialize_entry(name, value)?;
            }
        }
        map.end()
    }
}
