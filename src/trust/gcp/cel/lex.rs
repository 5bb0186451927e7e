//! From characters to words.

use std::ops::Range;

use super::{literal, mistake, problem::Read, value::Value};

/// One word of an expression.
#[derive(Clone, Debug)]
pub(super) struct Token<'t> {
    pub(super) kind: Kind,
    /// As it is written.
    pub(super) text: &'t str,
    pub(super) at: Range<usize>,
}

#[derive(Clone, Debug, PartialEq)]
pub(super) enum Kind {
    Name,
    /// A number without its sign.
    Number,
    /// A string or bytes.
    Text(Value),
    Symbol,
    End,
}

const PAIRS: [&str; 6] = ["&&", "||", "==", "!=", "<=", ">="];
const SINGLE: &str = "<>+-*/%!?:.,[](){}";

/// Reads the word at or after a byte.
pub(super) fn next(text: &str, from: usize) -> Read<Token<'_>> {
    let start = skip_space(text, from);
    let rest = text.get(start..).unwrap_or_default();
    let token = |kind, length: usize| {
        let at = start..start.saturating_add(length);
        Ok(Token { kind, text: text.get(at.clone()).unwrap_or_default(), at })
    };
    let Some(first) = rest.chars().next() else { return token(Kind::End, 0) };
    if let Some((value, end)) = literal::text(text, start)? {
        return token(Kind::Text(value), end.saturating_sub(start));
    }
    let behind = rest.chars().nth(1).unwrap_or(' ');
    if first.is_ascii_digit() || (first == '.' && behind.is_ascii_digit()) {
        return token(Kind::Number, number(rest));
    }
    if is_name(first) {
        return token(Kind::Name, run(rest, is_name));
    }
    if PAIRS.iter().any(|pair| rest.starts_with(pair)) {
        return token(Kind::Symbol, 2);
    }
    if SINGLE.contains(first) {
        return token(Kind::Symbol, 1);
    }
    Err(Box::new(mistake::character(text, start, first)))
}

/// White space, and comments to the end of their line.
fn skip_space(text: &str, from: usize) -> usize {
    let mut rest = text.get(from..).unwrap_or_default();
    loop {
        rest = rest.trim_start_matches([' ', '\t', '\n', '\r', '\u{c}']);
        if !rest.starts_with("//") {
            return text.len().saturating_sub(rest.len());
        }
        rest = rest.split_once('\n').map_or("", |(_, rest)| rest);
    }
}

fn is_name(character: char) -> bool {
    character.is_ascii_alphanumeric() || character == '_'
}

/// Bytes at the start that belong together; they are all ASCII.
fn run(text: &str, belongs: impl Fn(char) -> bool) -> usize {
    text.find(|character| !belongs(character)).unwrap_or(text.len())
}

/// Bytes of a number with its point, exponent and suffix; whatever follows it directly is taken along, so that `1x` is one
/// faulty number.
fn number(rest: &str) -> usize {
    let end = |from: usize| from.saturating_add(run(rest.get(from..).unwrap_or_default(), is_name));
    let is = |at: usize, wanted: &[u8]| rest.as_bytes().get(at).is_some_and(|byte| wanted.contains(byte));
    let mut length = end(0);
    if is(length, b".") && is(length.saturating_add(1), b"0123456789") {
        length = end(length.saturating_add(1));
    }
    let signed = is(length.saturating_sub(1), b"eE") && !rest.starts_with("0x") && is(length, b"+-");
    if signed { end(length.saturating_add(1)) } else { length }
}
