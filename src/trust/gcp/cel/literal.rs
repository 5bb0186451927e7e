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
    let is_bytes = prefix.starts_with(['b', 'B']);
    let raw = match prefix.get(usize::from(is_bytes)..).unwrap_or_default() {
        "" => false,
        "r" | "R" => true,
        _ => return Ok(None),
    };
    let triple = rest.starts_with("'''") || rest.starts_with("\"\"\"");
    let (quote, mut left) = rest.split_at(if triple { 3 } else { 1 });
    let mut bytes = Vec::new();
    loop {
        let at = source.len().saturating_sub(left.len());
        if let Some(behind) = left.strip_prefix(quote) {
            let value = match String::from_utf8(bytes) {
                Ok(text) if !is_bytes => Value::text(&text),
                Ok(text) => Value::Bytes(text.as_bytes().into()),
                Err(error) => Value::Bytes(error.into_bytes().into()),
            };
            return Ok(Some((value, source.len().saturating_sub(behind.len()))));
        }
        let mut characters = left.chars();
        let mut character = characters.next().unwrap_or('\n');
        left = characters.as_str();
        if at == source.len() || (matches!(character, '\n' | '\r') && !triple) {
            return Problem::at(start..at, &["the text that begins here is not closed with ", quote]);
        }
        if character == '\\' && !raw {
            let Some((code, behind)) = escape(left) else {
                let end = at.saturating_add(1).saturating_add(left.chars().next().map_or(0, char::len_utf8));
                let escape = source.get(at..end).unwrap_or_default();
                let advice =
                    ["there is no escape ", escape, ": write the backslash twice, or r'…' for a text without escapes"];
                return Err(Problem::new(at..end, &advice).fix(&["\\", escape]));
            };
            let spelled = left.as_bytes().first().copied().unwrap_or_default() | 0x20;
            left = behind;
            match (char::from_u32(code), u8::try_from(code)) {
                (_, Ok(byte)) if is_bytes && spelled != b'u' => {
                    bytes.push(byte);
                    continue;
                }
                (Some(escaped), _) if !is_bytes => character = escaped,
                _ => {
                    return Problem::at(
                        at..source.len().saturating_sub(left.len()),
                        &["this escape stands for no character"],
                    );
                }
            }
        }
        bytes.extend_from_slice(character.encode_utf8(&mut [0; 4]).as_bytes());
    }
}

/// What follows a backslash: the code that it stands for.
fn escape(text: &str) -> Option<(u32, &str)> {
    const LETTERS: &str = "abfnrtv\\?\"'`";
    const MEANT: &[u8] = b"\x07\x08\x0c\n\r\t\x0b\\?\"'`";
    let first = text.chars().next()?;
    let behind = text.get(first.len_utf8()..)?;
    if let Some(meant) = LETTERS.find(first).and_then(|at| MEANT.get(at)) {
        return Some((u32::from(*meant), behind));
    }
    let (digits, radix, length) = match first {
        'x' | 'X' => (behind, 16, 2),
        'u' => (behind, 16, 4),
        'U' => (behind, 16, 8),
        '0'..='3' => (text, 8, 3),
        _ => return None,
    };
    let (digits, behind) = digits.split_at_checked(length)?;
    Some((u32::try_from(whole(digits, radix)?).ok()?, behind))
}

/// The value of digits.
fn whole(digits: &str, radix: u32) -> Option<u64> {
    let mut value = 0_u64;
    for digit in digits.chars() {
        value = value.checked_mul(u64::from(radix))?.checked_add(u64::from(digit.to_digit(radix)?))?;
    }
    if digits.is_empty() { None } else { Some(value) }
}

/// Reads a number. None if it is none, or out of range.
pub(super) fn number(spelled: &str, negative: bool) -> Option<Value> {
    let digits = spelled.trim_end_matches(['u', 'U']);
    let size = match digits.strip_prefix("0x") {
        Some(digits) => whole(digits, 16),
        None => whole(digits, 10),
    };
    match (size, spelled.len().saturating_sub(digits.len())) {
        (Some(size), 1) if !negative => Some(Value::Uint(size)),
        (Some(size), 0) if negative => 0_i64.checked_sub_unsigned(size).map(Value::Int),
        (Some(size), 0) => i64::try_from(size).ok().map(Value::Int),
        (None, 0) if spelled.contains(['.', 'e', 'E']) => {
            let sign = if negative { "-" } else { "" };
            let whole = if spelled.starts_with('.') { "0" } else { "" };
            double::read(&[sign, whole, spelled].concat(), double::EXPONENT).map(Value::Double)
        }
        _ => None,
    }
}
