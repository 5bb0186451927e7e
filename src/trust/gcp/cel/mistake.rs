//! What people write in place of CEL, and what they should write.

use std::ops::Range;

use super::{lex::Kind, node::Node, parse::Token, problem::Problem};

/// Words and signs of other languages. Without a cure: what to do is said in words.
const FOREIGN: [(&str, &str); 11] = [
    ("and", "&&"),
    ("or", "||"),
    ("not", "!"),
    ("is", "=="),
    ("eq", "=="),
    ("ne", "!="),
    ("=", "=="),
    ("===", "=="),
    ("!==", "!="),
    ("&", "&&"),
    ("|", "||"),
];

fn foreign(word: &str) -> Option<&'static str> {
    FOREIGN.iter().find(|(own, _)| own.eq_ignore_ascii_case(word)).map(|(_, meant)| *meant)
}

/// A character that begins no word of CEL.
pub(super) fn character(text: &str, token: Token<'_>) -> Box<Problem> {
    let before = text.get(..token.start).unwrap_or_default();
    let longer = token.text == "=" && (before.ends_with("==") || before.ends_with("!="));
    let start = token.start.saturating_sub(if longer { 2 } else { 0 });
    let at = start..token.end();
    let word = text.get(at.clone()).unwrap_or_default();
    if let Some(meant) = foreign(word) {
        return Problem::new(at, &["CEL has no ", word, "; write ", meant]).fix(&[meant]);
    }
    match word {
        ";" => Problem::new(at, &["an expression does not end with a semicolon"]).fix(&[""]),
        "‘" | "’" | "“" | "”" | "„" => {
            let problem = ["this is a typographic quote; a text stands between ' or \""];
            let behind = text.get(token.end()..).unwrap_or_default();
            let closing = behind.char_indices().find(|(_, character)| matches!(character, '‘' | '’' | '“' | '”'));
            match closing.and_then(|(end, quote)| Some((behind.get(..end)?, end.saturating_add(quote.len_utf8())))) {
                Some((inside, length)) if !inside.bytes().any(|byte| matches!(byte, b'\'' | b'\\' | b'\n')) => {
                    Problem::new(start..token.end().saturating_add(length), &problem).fix(&["'", inside, "'"])
                }
                _ => Problem::new(at, &problem),
            }
        }
        "`" => Problem::uncertain(at, "Google does not say whether it takes names in backticks"),
        _ => Problem::new(at, &["CEL has no ", word]),
    }
}

/// A word where no such word can stand. `open`: the last bracket that is not closed.
#[inline(never)]
pub(super) fn unexpected(before: Token<'_>, token: Token<'_>, open: Option<usize>) -> Box<Problem> {
    for word in [token, before] {
        if let (Kind::Name, Some(meant)) = (word.kind, foreign(word.text)) {
            return Problem::new(word.at(), &["CEL has no ", word.text, "; write ", meant]).fix(&[meant]);
        }
    }
    match (token.kind, open) {
        (Kind::End, Some(open)) => Problem::new(open..open.saturating_add(1), &["this bracket is not closed"]),
        (Kind::End, None) => Problem::new(before.at(), &["the expression ends where it should go on"]),
        (Kind::Symbol, _) => Problem::new(token.at(), &[token.text, " cannot stand here"]),
        _ => Problem::new(token.at(), &["an operator is missing between ", before.text, " and ", token.text]),
    }
}

/// `has()` of anything but `map.name`.
pub(super) fn no_field(at: Range<usize>, argument: Option<&Node>, text: &str) -> Box<Problem> {
    let problem = Problem::new(at, &["has() takes the form has(map.name); for other names write 'name' in map"]);
    let Some(argument) = argument else { return problem };
    if let Some((claim, _)) = dotted(text, argument.at.start) {
        return problem.fix(&["'", claim, "' in assertion"]);
    }
    match argument.entry() {
        Some((map, name)) if argument.is("[]") => problem.fix(&["'", name, "' in ", map]),
        _ => problem,
    }
}

/// CircleCI's claims after `assertion.` without quotes, which CEL reads as a division and subtractions: the name of the
/// claim that is meant, and the byte behind it.
pub(super) fn dotted(text: &str, start: usize) -> Option<(&str, usize)> {
    const VARIABLE: &str = "assertion.";
    const PREFIX: &str = "oidc.circleci.com/";
    let claim = text.get(start..)?.strip_prefix(VARIABLE)?;
    let name = claim.strip_prefix(PREFIX)?;
    let length = name.bytes().take_while(|byte| byte.is_ascii_lowercase() || *byte == b'-').count();
    let claim = claim.get(..PREFIX.len().saturating_add(length))?;
    Some((claim, start.saturating_add(VARIABLE.len()).saturating_add(claim.len())))
}
