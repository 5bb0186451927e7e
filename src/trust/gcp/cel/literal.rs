//! Literals: texts and bytes with their escapes, numbers.
//!
//! <https://github.com/google/cel-spec/blob/master/doc/langdef.md#string-and-bytes-values>

use super::{
    double,
    problem::{Problem, Read},
    value::Value,
};

/// Reads the text or bytes that begin at a byte, and says where they end. None if none begin there.
pub(super) fn text(source: &str, start: usize) -> Read<Option<(Value, usize)>> {
    let rest = source.get(start..).unwrap_or_default();
    let Some(quote) = rest.bytes().take(3).position(|byte| matches!(byte, b'"' | b'\'')) else { return Ok(None) };
    let (prefix, rest) = rest.split_at(quote);
    let (raw, is_bytes) = match &*prefix.to_ascii_lowercase() {
        "" => (false, false),
        "r" => (true, false),
        "b" => (false, true),
        "br" => (true, true),
        _ => return Ok(None),
    };
    let triple = rest.starts_with("'''") || rest.starts_with("\"\"\"");
    let (quote, rest) = rest.split_at(if triple { 3 } else { 1 });
    let mut left = rest;
    let mut bytes = Vec::new();
    loop {
        let at = source.len().saturating_sub(left.len());
        if let Some(behind) = left.strip_prefix(quote) {
            let value = if is_bytes {
                Value::Bytes(bytes.into())
            } else {
                Value::from(&*String::from_utf8(bytes).unwrap_or_default())
            };
            return Ok(Some((value, source.len().saturating_sub(behind.len()))));
        }
        let mut characters = left.chars();
        match characters.next() {
            Some('\\') if !raw => match escape(characters.as_str(), is_bytes) {
                Some((Escaped::Byte(byte), behind)) => {
                    bytes.push(byte);
                    left = behind;
                }
                Some((Escaped::Character(character), behind)) => {
                    push(&mut bytes, character);
                    left = behind;
                }
                None => return Err(Box::new(bad_escape(at, characters.as_str()))),
            },
            None => return Err(Box::new(unclosed(start..source.len(), quote))),
            Some('\n' | '\r') if !triple => return Err(Box::new(unclosed(start..at, quote))),
            Some(character) => {
                push(&mut bytes, character);
                left = characters.as_str();
            }
        }
    }
}

fn push(bytes: &mut Vec<u8>, character: char) {
    bytes.extend_from_slice(character.encode_utf8(&mut [0; 4]).as_bytes());
}

fn unclosed(at: std::ops::Range<usize>, quote: &str) -> Problem {
    Problem::new(&at, ["the text that begins here has no closing ", quote].concat())
}

fn bad_escape(at: usize, behind: &str) -> Problem {
    let length = behind.chars().next().map_or(0, char::len_utf8);
    let end = at.saturating_add(1).saturating_add(length);
    let escape = ["\\", behind.get(..length).unwrap_or_default()].concat();
    let message =
        ["a text of CEL has no escape ", &*escape, "; write a backslash twice, or r'…' for a text without escapes"];
    Problem::new(&(at..end), message.concat()).fix(["\\", &*escape].concat())
}

enum Escaped {
    Character(char),
    Byte(u8),
}

/// What follows a backslash.
fn escape(text: &str, is_bytes: bool) -> Option<(Escaped, &str)> {
    const NAMED: [(char, char); 12] = [
        ('a', '\u{7}'),
        ('b', '\u{8}'),
        ('f', '\u{c}'),
        ('n', '\n'),
        ('r', '\r'),
        ('t', '\t'),
        ('v', '\u{b}'),
        ('\\', '\\'),
        ('?', '?'),
        ('"', '"'),
        ('\'', '\''),
        ('`', '`'),
    ];
    let mut characters = text.chars();
    let first = characters.next()?;
    let behind = characters.as_str();
    if let Some((_, character)) = NAMED.iter().find(|(name, _)| *name == first) {
        return Some((Escaped::Character(*character), behind));
    }
    let (digits, radix, length) = match first {
        'x' | 'X' => (behind, 16, 2),
        'u' if !is_bytes => (behind, 16, 4),
        'U' if !is_bytes => (behind, 16, 8),
        '0'..='3' => (text, 8, 3),
        _ => return None,
    };
    let (digits, behind) = digits.split_at_checked(length)?;
    let mut code = 0_u32;
    for digit in digits.chars() {
        code = code.checked_mul(radix)?.checked_add(digit.to_digit(radix)?)?;
    }
    let escaped =
        if is_bytes { Escaped::Byte(u8::try_from(code).ok()?) } else { Escaped::Character(char::from_u32(code)?) };
    Some((escaped, behind))
}

/// Reads a number. None if it is none, or out of range.
pub(super) fn number(spelled: &str, negative: bool) -> Option<Value> {
    let (digits, unsigned) = match spelled.strip_suffix(['u', 'U']) {
        Some(digits) => (digits, true),
        None => (spelled, false),
    };
    let hexadecimal = digits.strip_prefix("0x");
    let radix = if hexadecimal.is_some() { 16 } else { 10 };
    let digits = hexadecimal.unwrap_or(digits);
    if !digits.is_empty() && digits.chars().all(|digit| digit.is_digit(radix)) {
        let mut size = 0_u64;
        for digit in digits.chars() {
            size = size.checked_mul(u64::from(radix))?.checked_add(u64::from(digit.to_digit(radix)?))?;
        }
        return match (unsigned, negative) {
            (true, false) => Some(Value::Uint(size)),
            (true, true) => None,
            (false, false) => i64::try_from(size).ok().map(Value::Int),
            (false, true) => 0_i64.checked_sub_unsigned(size).map(Value::Int),
        };
    }
    if unsigned || hexadecimal.is_some() {
        return None;
    }
    let whole = if spelled.starts_with('.') { "0" } else { "" };
    let sign = if negative { "-" } else { "" };
    double::read(&[sign, whole, spelled].concat(), double::EXPONENT).map(Value::Double)
}
