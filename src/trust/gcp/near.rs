//! Why a comparison of a condition nearly was true, and what to write instead. A fix here is a guess: only what then lets the
//! token in is ever shown.

use std::ops::Range;

use super::{
    cel::{Data, Form, Node, Reason, Traced},
    provider::WorkloadProvider,
};
use crate::{
    report::{Code, Hint, is_deceptive},
    search::Search as _,
    token::Claims,
    trust::near::{BARE, Ids, bare, of_text},
};

const PREFIX: &str = "oidc.circleci.com/";

/// Why a part nearly was true.
#[derive(Clone, Debug)]
pub(super) struct Near {
    pub(super) code: Code,
    pub(super) message: String,
    /// Bytes of the text, and what to put in their place.
    pub(super) fix: Option<(Range<usize>, String)>,
}

impl Near {
    // Never inlined: the code that moves the parts would be in the module many times.
    #[inline(never)]
    fn new(code: Code, message: &str, at: &Range<usize>, text: Option<String>) -> Self {
        Self { code, message: message.to_owned(), fix: text.map(|text| (at.clone(), text)) }
    }

    /// What is said of it while nothing is proved.
    pub(super) fn hint(&self) -> Hint {
        Hint { code: self.code, message: self.message.clone(), fix: None, at: None, newly_admits: Vec::new() }
    }
}

/// A text as it stands in an expression inside JSON; none where it would need to be escaped there, or nobody sees what it is.
pub(super) fn quoted(text: &str) -> Option<String> {
    let plain = |character: char| {
        !matches!(character, '\'' | '"' | '\\') && !character.is_control() && !is_deceptive(character)
    };
    text.chars().all(plain).then(|| ["'", text, "'"].concat())
}

/// Why a part that is not true nearly was. `written`: the whole expression.
pub(super) fn of(traced: &Traced<'_>, written: &str, provider: &WorkloadProvider, claims: &Claims) -> Option<Near> {
    if let Some(cause) = traced.value.cause() {
        let blamed = *traced.deciding().first()?;
        return if cause.reason == Reason::Absent { absent(blamed.node, provider, claims) } else { None };
    }
    let sides = traced.sides()?;
    let Form::Call { name, .. } = &traced.node.form else { return None };
    let (node, actual, expected) = (traced.node, sides.actual, sides.expected);
    let slice = |node: &Node| written.get(node.at.clone()).unwrap_or_default();
    let ids = Ids::of(claims);
    match (&**name, &*actual.value, &*expected.value) {
        ("==", Data::List(_), Data::String(text)) => {
            let message = "The claim is a list, which is never equal to a text; in asks whether it holds one.";
            let fix = quoted(text).map(|text| [&*text, " in ", slice(actual.node)].concat());
            Some(Near::new(Code::HintType, message, &node.at, fix))
        }
        ("==", Data::Bool(_), Data::String(text)) if matches!(&**text, "true" | "false") => {
            let message = "The claim is a boolean, which is never equal to a text: write it without quotes.";
            Some(Near::new(Code::HintType, message, &expected.node.at, Some(text.clone())))
        }
        ("==", Data::String(held), Data::String(text)) => {
            if let Some(start) = text.strip_suffix('*').filter(|start| held.starts_with(start)) {
                let message = "== takes * literally: CEL has no wildcards. startsWith asks for the beginning.";
                let fix = quoted(start).map(|start| [slice(actual.node), ".startsWith(", &start, ")"].concat());
                return Some(Near::new(Code::HintLiteralWildcard, message, &node.at, fix));
            }
            let (code, message) = of_text(text, held, &ids)?;
            Some(Near::new(code, &message, &expected.node.at, quoted(held)))
        }
        ("in", Data::String(held), Data::List(_)) => expected.node.parts.iter().find_map(|part| {
            let (code, message) = of_text(part.text()?, held, &ids)?;
            Some(Near::new(code, &message, &part.at, quoted(held)))
        }),
        ("in", Data::List(items), Data::String(text)) => items.iter().find_map(|item| {
            let held = item.as_str()?;
            let (code, message) = of_text(text, held, &ids)?;
            Some(Near::new(code, &message, &expected.node.at, quoted(held)))
        }),
        ("startsWith" | "endsWith" | "contains", Data::String(held), Data::String(text)) => {
            let at = &expected.node.at;
            let plain = text.trim_end_matches('*');
            if plain.len() < text.len() && held.holds(plain) {
                let message = "It takes * literally, and needs none.";
                return Some(Near::new(Code::HintLiteralWildcard, message, at, quoted(plain)));
            }
            // Of the same length from the same end.
            let units = text.chars().count();
            let skipped = if name == "endsWith" { held.chars().count().saturating_sub(units) } else { 0 };
            let part: String = held.chars().skip(skipped).take(units).collect();
            let branch = ["refs/heads/", text].concat();
            if name == "startsWith" && bare(text) != *text && held.starts_with(&bare(text)) {
                return Some(Near::new(Code::HintScheme, BARE, at, quoted(&bare(text))));
            }
            let (part, found) = match of_text(text, &part, &ids) {
                None if name == "startsWith" && held.starts_with(&branch) => {
                    let found = of_text(text, &branch, &ids);
                    (branch, found)
                }
                found => (part, found),
            };
            let (code, message) = found?;
            Some(Near::new(code, &message, at, quoted(&part)))
        }
        _ => None,
    }
}

/// A name that is not there, and nearly is one that is.
fn absent(node: &Node, provider: &WorkloadProvider, claims: &Claims) -> Option<Near> {
    let (variable, name) = node.entry()?;
    let like = |one: &str| one.replace('_', "-").to_ascii_lowercase();
    let (meant, message) = if variable == "assertion" {
        let own = |(claim, _): &&(String, _)| {
            let short = like(claim.strip_prefix(PREFIX).unwrap_or(claim));
            short == like(name) || short.strip_prefix("vcs-") == Some(&*like(name))
        };
        let (claim, _) = claims.members().iter().find(own)?;
        (["assertion['", claim, "']"].concat(), ["The claim is called ", claim, "."].concat())
    } else {
        let keys = provider.mapping.iter().map(|mapping| &*mapping.key);
        // One that is mapped and gets no value is no near miss.
        let whole = [variable, ".", name].concat();
        let own = |key: &&str| **key != *whole && like(key.rsplit('.').next().unwrap_or(key)) == like(name);
        let key = { keys }.find(own)?;
        (key.to_owned(), ["The mapping has ", key, "."].concat())
    };
    Some(Near::new(Code::HintKeyName, &message, &node.at, Some(meant)))
}
