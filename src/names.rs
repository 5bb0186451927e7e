//! Names in the place of ids, for people: tokens and configurations hold nothing but ids.
//!
//! Done to the written result, so that no rule has to know of it. What a program reads (`claims`, `expected`, `actual`, `fix`, …) stays as it is.

use crate::{
    Error,
    json::{Data, Fields, Node, Value},
    report::is_deceptive,
    token::{Claim, is_uuid},
};

/// Names in one call.
const COUNT: usize = 10_000;
/// Bytes of a name.
const LENGTH: usize = 200;
/// Bytes of an id.
const ID: usize = 36;
/// Bytes of an id that are shown.
const START: usize = 4;

/// Members of results that hold texts for people, or lists of them.
const TEXTS: [&str; 8] = ["title", "headline", "detail", "message", "meaning", "assumed", "newlyAdmits", "named"];
/// Members of results that hold values as they are, whatever members those have.
const VALUES: [&str; 7] = ["header", "claims", "value", "expected", "actual", "identity", "testable"];

/// What projects, contexts, users and organizations are called.
#[derive(Debug, Default)]
pub(crate) struct Names(Vec<(String, String)>);

impl Names {
    /// Takes the member `names`: an object with a name for each id.
    ///
    /// # Errors
    /// [`Error::Argument`] that names the entry whose id is no UUID in small letters, as in tokens, or whose name is no plain text;
    /// [`Error::TooMany`].
    pub(crate) fn read(fields: &mut Fields<'_>) -> Result<Self, Error> {
        let path = fields.path_of("names");
        let Some(node) = fields.any("names") else { return Ok(Self::default()) };
        let Data::Object(members) = &node.data else {
            return Err(Error::argument(path, format!("expected an object, got {}", node.kind())));
        };
        if members.len() > COUNT {
            return Err(Error::TooMany { what: "names", actual: members.len(), limit: COUNT });
        }
        let mut names = Vec::with_capacity(members.len());
        for member in members {
            let wrong = |message: &str| {
                let shown = member.name.chars().take(80).collect::<String>();
                Err(Error::argument([&*path, ".", &*shown].concat(), message))
            };
            if !is_uuid(&member.name) {
                return wrong("is no UUID in small letters, as the ids in tokens are");
            }
            match Node::as_str(&member.value) {
                Some(name) if is_plain(name) => names.push((member.name.clone(), name.to_owned())),
                _ => return wrong("expected a name: plain text of 1 to 200 bytes, without control characters"),
            }
        }
        Ok(Self(names))
    }

    /// Says beside the claims what the ids in them are called.
    pub(crate) fn add_to(&self, table: &mut [Claim]) {
        for claim in table.iter_mut().filter(|_| !self.0.is_empty()) {
            let text = match &claim.value {
                Value::String(text) => text.clone(),
                value => value.to_json(),
            };
            let has_named = ids_in(&text).iter().any(|id| self.of(id).is_some());
            claim.named = has_named.then_some(text);
        }
    }

    /// A written result with names in its texts.
    pub(crate) fn put_into(&self, json: String) -> String {
        if self.0.is_empty() {
            return json;
        }
        let known = ids_in(&json);
        let mut named = String::with_capacity(json.len());
        // How deep inside a member whose values stay as they are; what the last member's name says of the value.
        let (mut inside, mut is_value, mut is_text) = (0_usize, false, false);
        let mut rest = &*json;
        while let Some(at) = rest.find(['"', '{', '}', '[', ']']) {
            let (before, from) = rest.split_at_checked(at).unwrap_or_default();
            let length = if from.starts_with('"') { string(from) } else { 1 };
            let (token, after) = from.split_at_checked(length).unwrap_or((from, ""));
            named.push_str(before);
            match token {
                "{" | "[" if inside > 0 || is_value => inside = inside.saturating_add(1),
                "}" | "]" => (inside, is_value) = (inside.saturating_sub(1), false),
                _ if inside > 0 => {}
                _ if after.starts_with(':') => {
                    let name = token.trim_matches('"');
                    (is_value, is_text) = (VALUES.contains(&name), TEXTS.contains(&name));
                }
                // A branch is called what it is called.
                _ if is_text && !token.starts_with("\"a branch named ") => {
                    self.write(token, &known, &mut named);
                    rest = after;
                    continue;
                }
                _ => {}
            }
            named.push_str(token);
            rest = after;
        }
        named.push_str(rest);
        named
    }

    /// Writes a text with names. Texts shorten ids to four digits and an ellipsis: one of those is named where the result holds one
    /// id alone that begins so.
    fn write(&self, text: &str, known: &[&str], named: &mut String) {
        let mut written = 0_usize;
        for (at, start) in words(text) {
            let rest = text.get(at..).unwrap_or_default();
            let mut all = known.iter().filter(|id| id.starts_with(start));
            let (id, length) = match (id_at(rest), all.next(), all.next()) {
                (Some(id), ..) => (id, ID),
                (None, Some(id), None) if rest.get(START..).is_some_and(|rest| rest.starts_with('…')) => {
                    (*id, START.saturating_add('…'.len_utf8()))
                }
                _ => continue,
            };
            if let Some(name) = self.of(id) {
                // As it stands in a JSON string.
                let name = Value::from(name).to_json();
                let name = name.get(1..name.len().saturating_sub(1)).unwrap_or_default();
                named.push_str(&[text.get(written..at).unwrap_or_default(), name, " (", start, "…)"].concat());
                written = at.saturating_add(length);
            }
        }
        named.push_str(text.get(written..).unwrap_or_default());
    }

    fn of(&self, id: &str) -> Option<&str> {
        self.0.iter().find(|(other, _)| other == id).map(|(_, name)| &**name)
    }
}

fn is_plain(name: &str) -> bool {
    !name.trim().is_empty() && name.len() <= LENGTH && !name.chars().any(is_deceptive)
}

/// Every id of a text, once.
fn ids_in(text: &str) -> Vec<&str> {
    let mut known = Vec::new();
    for (at, _) in words(text) {
        if let Some(id) = text.get(at..).and_then(id_at).filter(|id| !known.contains(id)) {
            known.push(id);
        }
    }
    known
}

/// Where words begin that may be ids, and their first digits.
fn words(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut before = b' ';
    text.bytes().enumerate().filter_map(move |(at, byte)| {
        let begins = byte.is_ascii_hexdigit() && !(before.is_ascii_alphanumeric() || before == b'-');
        before = byte;
        begins.then_some((at, text.get(at..at.checked_add(START)?)?))
    })
}

/// The id that a text begins with.
fn id_at(text: &str) -> Option<&str> {
    let (id, rest) = text.split_at_checked(ID)?;
    let goes_on = rest.starts_with(|next: char| next.is_ascii_alphanumeric() || next == '-');
    (is_uuid(id) && !goes_on).then_some(id)
}

/// Bytes of the JSON string that a text begins with, quotes included.
fn string(text: &str) -> usize {
    let mut escaped = true;
    let end = text.bytes().position(|byte| {
        let ends = byte == b'"' && !escaped;
        escaped = byte == b'\\' && !escaped;
        ends
    });
    end.map_or(text.len(), |end| end.saturating_add(1))
}
