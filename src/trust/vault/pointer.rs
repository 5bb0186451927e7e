//! Where Vault looks for a claim: a name that does not begin with `/` is a member of the claims as it stands, so
//! `oidc.circleci.com/project-id` needs nothing more; one that does is a JSON pointer
//! (<https://github.com/mitchellh/pointerstructure>, read 2026-11-22).

use std::borrow::Cow;

use crate::{
    json::Value,
    token::{Claims, Known},
};

/// What a name or a pointer leads to. A claim that is `null` counts as missing.
#[must_use]
pub fn look_up<'a>(claims: &'a Claims, name: &str) -> Known<'a> {
    let mut parts = parts(name).into_iter();
    let first = parts.next().unwrap_or_default();
    let mut value = match claims.get(&first) {
        Known::Present(value) => value,
        other => return other,
    };
    for part in parts {
        let below = match value {
            Value::Object(_) => value.get(&part),
            Value::Array(items) => match index(&part) {
                Index::Number(index) => items.get(index),
                Index::Invalid => None,
                Index::Undocumented => return Known::NotKnown,
            },
            _ => None,
        };
        let Some(below) = below else { return Known::Absent };
        value = below;
    }
    if *value == Value::Null { Known::Absent } else { Known::Present(value) }
}

/// The members that a name leads through, the claim first.
pub(super) fn parts(name: &str) -> Vec<Cow<'_, str>> {
    match name.strip_prefix('/') {
        None => vec![name.into()],
        Some(rest) => rest.split('/').map(|part| unescaped(part).into()).collect(),
    }
}

/// A claim's name as a pointer.
pub(super) fn to(claim: &str) -> String {
    let mut pointer = "/".to_owned();
    for character in claim.chars() {
        match character {
            '~' => pointer.push_str("~0"),
            '/' => pointer.push_str("~1"),
            other => pointer.push(other),
        }
    }
    pointer
}

/// `~1` is read as `/` first, then `~0` as `~`.
fn unescaped(part: &str) -> String {
    let mut text = String::new();
    let mut rest = part.chars().peekable();
    while let Some(character) = rest.next() {
        let meant = match rest.peek() {
            Some('1') if character == '~' => '/',
            Some('0') if character == '~' => '~',
            _ => {
                text.push(character);
                continue;
            }
        };
        text.push(meant);
        rest.next();
    }
    text
}

/// An index of a list, as Go reads it.
enum Index {
    Number(usize),
    Invalid,
    /// Digits with underscores.
    Undocumented,
}

/// Reads an index: `0x1`, `01` and `+1` are numbers too, and nothing is 0.
fn index(part: &str) -> Index {
    if part.is_empty() {
        return Index::Number(0);
    }
    if part.contains(['_']) {
        return Index::Undocumented;
    }
    let (negative, digits) = match part.strip_prefix('-') {
        Some(digits) => (true, digits),
        None => (false, part.strip_prefix('+').unwrap_or(part)),
    };
    let (radix, digits) = match (digits.get(..2), digits.get(2..), digits.strip_prefix('0')) {
        (Some("0x" | "0X"), Some(rest), _) => (16, rest),
        (Some("0b" | "0B"), Some(rest), _) => (2, rest),
        (Some("0o" | "0O"), Some(rest), _) => (8, rest),
        (_, _, Some(rest)) if !rest.is_empty() => (8, rest),
        _ => (10, digits),
    };
    // A sign that follows the base is none of Go's.
    let is_digits = digits.chars().all(|digit| digit.is_digit(radix));
    match usize::from_str_radix(digits, radix) {
        Ok(number) if is_digits && (!negative || number == 0) => Index::Number(number),
        _ => Index::Invalid,
    }
}
