//! What comes along when a token is copied: white space, quotes, `Bearer `.

use std::ops::Range;

use crate::report::{Code, Finding, Severity, Source};

/// A text without what was around it.
#[derive(Clone, Debug)]
pub struct Trimmed<'a> {
    /// What is left.
    pub text: &'a str,
    /// Where it stands in the text as pasted, in bytes.
    pub at: Range<usize>,
    /// Says what was taken off, if anything was.
    pub findings: Vec<Finding>,
}

/// Pairs of quotes as they are typed and as word processors make them.
const QUOTES: [(char, char); 7] = [
    ('"', '"'),
    ('\'', '\''),
    ('`', '`'),
    ('\u{201c}', '\u{201d}'),
    ('\u{2018}', '\u{2019}'),
    ('\u{201e}', '\u{201c}'),
    ('\u{ab}', '\u{bb}'),
];
/// The prefix of an `Authorization` header (RFC 6750, 2.1), in any letter case.
const BEARER: &str = "bearer";

/// Takes off outer white space, matching quotes and a `Bearer ` prefix, as often as they occur. The verifier gets a token
/// exactly as given; this is for front ends, before it.
#[must_use]
pub fn trim(text: &str) -> Trimmed<'_> {
    let mut rest = text;
    let (mut space, mut quotes, mut bearer) = (false, false, false);
    loop {
        let before = rest.len();
        let trimmed = rest.trim_matches(is_space);
        space |= trimmed.len() < before;
        rest = trimmed;
        if let Some(inner) = unquoted(rest) {
            quotes = true;
            rest = inner;
        }
        if let Some(inner) = without_bearer(rest) {
            bearer = true;
            rest = inner;
        }
        if rest.len() == before {
            break;
        }
    }
    // Every step leaves a part of the same text, so its place is the distance of the addresses.
    let start = rest.as_ptr().addr().saturating_sub(text.as_ptr().addr());
    let at = start..start.saturating_add(rest.len());
    let removed: Vec<_> = [(space, "white space"), (quotes, "quotes"), (bearer, "the prefix Bearer")]
        .into_iter()
        .filter_map(|(applies, what)| applies.then_some(what))
        .collect();
    let mut findings = Vec::new();
    if !removed.is_empty() && !rest.is_empty() {
        let title = format!("Taken off around the token: {}", removed.join(", "));
        let detail = "They are not part of the token: hand it over without them.";
        let span = Source::new("token", text).span(at.clone());
        findings.push(Finding::new(Code::TokenTrimmed, Severity::Info, title, detail).at(Some(span)));
    }
    Trimmed { text: rest, at, findings }
}

/// White space, and what editors leave at the ends of a text without showing it.
fn is_space(character: char) -> bool {
    character.is_whitespace() || matches!(character, '\u{feff}' | '\u{200b}'..='\u{200f}' | '\u{2060}' | '\0')
}

fn unquoted(text: &str) -> Option<&str> {
    QUOTES.iter().find_map(|(open, close)| text.strip_prefix(*open)?.strip_suffix(*close))
}

fn without_bearer(text: &str) -> Option<&str> {
    let (word, rest) = text.split_at_checked(BEARER.len())?;
    (word.eq_ignore_ascii_case(BEARER) && rest.starts_with(is_space)).then_some(rest)
}

#[cfg(test)]
mod tests {
    use super::trim;

    #[test]
    fn takes_off_what_came_along() {
        for (text, left) in [
            ("a.b.c", "a.b.c"),
            ("a.b.c\n", "a.b.c"),
            (" \"a.b.c\" ", "a.b.c"),
            ("'Bearer a.b.c'", "a.b.c"),
            ("bearer \u{201c}a.b.c\u{201d}\r\n", "a.b.c"),
            ("\u{feff}a.b.c", "a.b.c"),
            ("\"a.b.c", "\"a.b.c"),
            ("\"", "\""),
            ("Bearera.b.c", "Bearera.b.c"),
            ("Bearer", "Bearer"),
            ("\"\"", ""),
            (" ", ""),
        ] {
            let trimmed = trim(text);
            assert_eq!((trimmed.text, text.get(trimmed.at.clone())), (left, Some(left)), "{text:?}");
            assert_eq!(trimmed.findings.len(), usize::from(left != text && !left.is_empty()), "{text:?}");
        }
    }

    #[test]
    fn says_what_was_taken_off() {
        let findings = trim("\"Bearer a.b.c\"\n").findings;
        assert_eq!(findings[0].title, "Taken off around the token: white space, quotes, the prefix Bearer");
    }
}
