//! What people write in place of CEL, and what they should write.

use super::{
    lex::{Kind, Token},
    problem::Problem,
};

/// Words of other languages.
const WORDS: [(&str, &str); 9] = [
    ("and", "&&"),
    ("or", "||"),
    ("not", "!"),
    ("is", "=="),
    ("eq", "=="),
    ("equals", "=="),
    ("ne", "!="),
    ("then", "?"),
    ("else", ":"),
];

/// A character that begins no word of CEL.
pub(super) fn character(text: &str, at: usize, found: char) -> Problem {
    let before = text.get(..at).unwrap_or_default();
    let rest = text.get(at..).unwrap_or_default();
    let end = at.saturating_add(found.len_utf8());
    let no = |message: &str| Problem::new(&(at..end), message);
    match found {
        '=' => {
            let longer = ["==", "!="].into_iter().find(|pair| before.ends_with(pair));
            let start = at.saturating_sub(longer.map_or(0, str::len));
            let fix = longer.unwrap_or("==");
            let message = format!("CEL has no {}; write {fix}", text.get(start..end).unwrap_or("="));
            Problem::new(&(start..end), message).fix(fix)
        }
        '&' => no("CEL has no single &; write &&").fix("&&"),
        '|' => no("CEL has no single |; write ||").fix("||"),
        ';' => no("an expression does not end with a semicolon; leave it out").fix(""),
        '#' => no("a comment begins with //, not with #"),
        '`' => no("Google does not say whether it takes names in backticks").uncertain(),
        '‘' | '’' | '“' | '”' | '„' | '«' | '»' => {
            let inside = rest.get(found.len_utf8()..).and_then(|rest| rest.split_once(['’', '”', '‘', '“', '»', '«']));
            let problem = "these are typographic quotes; a text stands between ' or \"";
            match inside {
                Some((inside, behind)) if !inside.contains(['\'', '\\', '\n']) => {
                    let end = text.len().saturating_sub(behind.len());
                    Problem::new(&(at..end), problem).fix(["'", inside, "'"].concat())
                }
                _ => no(problem),
            }
        }
        _ => no(&format!("no word of CEL begins with {} (U+{:04X})", found.escape_default(), u32::from(found))),
    }
}

/// A word where no such word can stand. `open`: the last bracket that is not closed.
pub(super) fn unexpected(before: &Token<'_>, token: &Token<'_>, open: Option<usize>) -> Problem {
    for word in [token, before] {
        let known =
            WORDS.iter().find(|(word_of, _)| word.kind == Kind::Name && word.text.eq_ignore_ascii_case(word_of));
        if let Some((_, symbol)) = known {
            return Problem::new(&word.at, format!("CEL has no word {}; write {symbol}", word.text)).fix(*symbol);
        }
    }
    match (&token.kind, open) {
        (Kind::End, Some(open)) => Problem::new(&(open..open.saturating_add(1)), "this bracket is not closed"),
        (Kind::End, None) if before.kind == Kind::End => Problem::new(&token.at, "the expression is empty"),
        (Kind::End, None) => Problem::new(&before.at, "the expression ends where it should go on"),
        _ if open.is_none() && matches!(token.text, ")" | "]" | "}") => {
            Problem::new(&token.at, "no bracket is open that this one could close")
        }
        _ if before.kind != Kind::Symbol && token.kind != Kind::Symbol => {
            Problem::new(&token.at, format!("an operator is missing between {} and {}", before.text, token.text))
        }
        _ => Problem::new(&token.at, format!("{} cannot stand here", token.text)),
    }
}

/// CircleCI's claims after `assertion.` without quotes, which CEL reads as a division and subtractions: the name of the
/// claim that is meant, and the byte after it.
pub(super) fn dotted(text: &str, start: usize) -> Option<(&str, usize)> {
    const VARIABLE: &str = "assertion.";
    const PREFIX: &str = "oidc.circleci.com/";
    let claim = text.get(start..)?.strip_prefix(VARIABLE)?;
    let name = claim.strip_prefix(PREFIX)?;
    let belongs = |character: char| character.is_ascii_lowercase() || character == '-';
    let length = PREFIX.len().saturating_add(name.find(|character| !belongs(character)).unwrap_or(name.len()));
    Some((claim.get(..length)?, start.saturating_add(VARIABLE.len()).saturating_add(length)))
}
