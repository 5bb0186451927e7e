//! Why a bound value, or the name of a claim, nearly is the token's.

use super::{
    pattern, pointer,
    role::{Bound, Kind},
};
use crate::{
    json::Value,
    report::Code,
    search::Search as _,
    token::{ClaimType, Claims, DEFINITIONS, Definition, Subject, SubjectFormat, is_uuid},
    trust::near::{Ids, as_meant, of_text, says},
};

/// Values of one list, and bytes of one value, that are looked at for near misses.
pub(super) const VALUES: usize = 16;
pub(super) const LENGTH: usize = 1_024;

const CLAIMS: &str = "oidc.circleci.com/";

/// What is wrong, and what to write in its place.
pub(super) struct Near {
    pub(super) code: Code,
    pub(super) message: String,
    pub(super) put: Put,
}

/// What to write.
pub(super) enum Put {
    /// In the place of the value with this number.
    Text(usize, String),
    /// In the place of the value with this number, and no text.
    Value(usize, Value),
    /// As the type of all bound claims.
    Glob,
}

/// Why a bound claim nearly fits a value of the token.
pub(super) fn of_claim(bound: &Bound, actual: &Value, kind: Kind, ids: &Ids) -> Option<Near> {
    let items = match actual {
        Value::Array(items) => &**items,
        other => std::slice::from_ref(other),
    };
    let values = bound.values.as_deref().unwrap_or_default();
    let short = |value: &Value| value.as_str().is_none_or(|text| text.len() <= LENGTH);
    for (number, value) in values.iter().enumerate().take(VALUES) {
        let Some(written) = value.value.as_str().filter(|_| short(&value.value)) else { continue };
        for item in items.iter().filter(|item| short(item)).take(VALUES) {
            let found = match item {
                Value::String(held) => of_value(number, written, held, kind, ids),
                Value::Bool(_) | Value::Number(_) if kind == Kind::Equal && written == item.to_json() => {
                    let message = "Types count: the token's value is no text, so write it without quotes.";
                    Some(Near {
                        code: Code::HintType,
                        message: message.to_owned(),
                        put: Put::Value(number, item.clone()),
                    })
                }
                _ => None,
            };
            if found.is_some() {
                return found;
            }
        }
    }
    None
}

fn of_value(number: usize, written: &str, held: &str, kind: Kind, ids: &Ids) -> Option<Near> {
    let near = |code, message: &str, text: String| {
        Some(Near { code, message: message.to_owned(), put: Put::Text(number, text) })
    };
    if !written.contains(['*']) {
        let (code, message) = of_text(written, held, ids)?;
        return near(code, &message, held.to_owned());
    }
    if kind == Kind::Equal && pattern::matches(written, held) {
        let message = "* is taken literally: bound_claims_type is string. With glob it stands for any text, / included, in every bound claim.";
        return Some(Near { code: Code::HintLiteralWildcard, message: message.to_owned(), put: Put::Glob });
    }
    if kind != Kind::Glob {
        return None;
    }
    let (clean, odd) = as_meant(written);
    if let Some(odd) = odd.filter(|_| pattern::matches(&clean, held)) {
        let code = if odd.1.is_ascii() { Code::HintWhiteSpace } else { Code::HintLookAlike };
        return near(code, &["The pattern ", &*says(odd), "."].concat(), clean);
    }
    if pattern::matches(&written.to_ascii_lowercase(), held) {
        return near(
            Code::HintCase,
            "The pattern differs in letter case only, which counts here.",
            written.to_ascii_lowercase(),
        );
    }
    let with_heads = ["refs/heads/", written].concat();
    if held.starts_with("refs/heads/") && pattern::matches(&with_heads, held) {
        return near(
            Code::HintRef,
            "The claim has the whole name of the ref, as Git does: refs/heads/… or refs/tags/….",
            with_heads,
        );
    }
    let (code, message, text) = ids.settled(&clean, held).filter(|(.., text)| pattern::matches(text, held))?;
    near(code, &message, text)
}

/// The claim that a name means which leads to none: a pointer in which `/` was not written `~1`, or a name without its beginning.
pub(super) fn of_name(name: &str, claims: &Claims) -> Option<(String, &'static str)> {
    let plain = pointer::parts(name).join("/");
    let meant = |(claim, _): &&(String, Value)| short(claim) == short(&plain) && claim != name;
    let (claim, _) = claims.members().iter().find(meant)?;
    let message = if name.starts_with('/') && plain == *claim {
        "The / in front makes it a JSON pointer, in which each / leads one level down. The plain name needs nothing more."
    } else {
        "That is the claim's whole name."
    };
    Some((claim.clone(), message))
}

/// The claim of CircleCI's that a name means; none for one that other issuers' tokens have.
pub(super) fn known(name: &str) -> Option<&'static Definition> {
    let plain = pointer::parts(name).join("/");
    DEFINITIONS.iter().find(|row| short(row.name) == short(&plain))
}

/// A claim's name without its beginning, as people write it.
fn short(name: &str) -> String {
    name.strip_prefix(CLAIMS).unwrap_or(name).replace('_', "-").to_ascii_lowercase()
}

/// Whether no token of CircleCI's has this value, or one of this pattern.
pub(super) fn never(name: &str, kind: ClaimType, text: &str) -> bool {
    let (head, is_open) = text.split_once('*').map_or((text, false), |(head, _)| (head, true));
    match kind {
        ClaimType::Uuid | ClaimType::Uuids => !is_open && !is_uuid(text),
        _ if name.ends_with("/vcs-ref") => !(head.starts_with("refs/") || is_open && "refs/".starts_with(head)),
        _ if name.ends_with("/vcs-origin") => text.holds("://") || text.ends_with(".git"),
        _ if name == "sub" => !is_open && Subject::parse(text).format == SubjectFormat::Other,
        _ => false,
    }
}
