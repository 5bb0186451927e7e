//! Literals: texts and bytes with their escapes, numbers.
//!
//! <https://github.com/google/cel-spec/blob/master/doc/langdef.md#string-and-bytes-values>

use super::{
    double,
    problem::Problem,
    value::{Data, Value},
};

/// Reads the text or bytes that begin at a byte; returns their length, 0 if none begin there.
pub(super) fn text(source: &str, start: usize, value: &mut Option<Value>) -> Result<usize, Box<Problem>> {
    let rest = source.get(start..).unwrap_or_default();
    let Some(quote) = rest.bytes().take(3).position(|byte| matches!(byte, b'"' | b'\'')) else { return Ok(0) };
    let (prefix, rest) = rest.split_at(quote);
    let is_bytes = prefix.starts_with(['b', 'B']);
    let raw = match prefix.get(usize::from(is_bytes)..).unwrap_or_default() {
        "" => false,
        "r" | "R" => true,
        _ => return Ok(0),
    };
    let triple = rest.starts_with("'''") || rest.starts_with("\"\"\"");
    let (quote, rest) = rest.split_at(if triple { 3 } else { 1 });
    let mut left = rest.as_bytes();
    let mut bytes = Vec::new();
    loop {
        let at = source.len().saturating_sub(left.len());
        if let Some(behind) = left.strip_prefix(quote.as_bytes()) {
            let data =
                if is_bytes { Data::Bytes(bytes) } else { Data::String(String::from_utf8(bytes).unwrap_or_default()) };
            *value = Some(data.into());
            return Ok(source.len().saturating_sub(behind.len()).saturating_sub(start));
        }
        left = match left {
            [b'\\', behind @ ..] if !raw => match escape(behind, is_bytes, &mut bytes) {
                Some(behind) => behind,
                None => {
                    let letter = source.get(at.saturating_add(1)..).and_then(|rest| rest.chars().next());
                    let end = at.saturating_add(1).saturating_add(letter.map_or(0, char::len_utf8));
                    let escape = source.get(at..end).unwrap_or_default();
                    let advice = ["there is no escape ", escape, " here; write the backslash twice, or r'…'"];
                    return Err(Problem::new(at..end, &advice).fix(&["\\", escape]));
                }
            },
            [b'\n' | b'\r', ..] if !triple => &[],
            [byte, behind @ ..] => {
                bytes.push(*byte);
                behind
            }
            [] => return Err(Problem::new(start..at, &["the text that begins here is not closed with ", quote])),
        };
    }
}

/// Takes what follows a backslash; returns what follows that.
fn escape<'a>(text: &'a [u8], is_bytes: bool, bytes: &mut Vec<u8>) -> Option<&'a [u8]> {
    const LETTERS: &[u8] = b"abfnrtv\\?\"'`";
    const MEANT: &[u8] = b"\x07\x08\x0c\n\r\t\x0b\\?\"'`";
    let (first, behind) = text.split_first()?;
    if let Some(meant) = LETTERS.iter().position(|letter| letter == first).and_then(|at| MEANT.get(at)) {
        bytes.push(*meant);
        return Some(behind);
    }
    let (digits, radix, length) = match first {
        b'x' | b'X' => (behind, 16, 2),
        b'u' if !is_bytes => (behind, 16, 4),
        b'U' if !is_bytes => (behind, 16, 8),
        b'0'..=b'3' => (text, 8, 3),
        _ => return None,
    };
    let (digits, behind) = digits.split_at_checked(length)?;
    let code = u32::try_from(whole(std::str::from_utf8(digits).ok()?, radix)?).ok()?;
    match u8::try_from(code) {
        Ok(byte) if is_bytes => bytes.push(byte),
        _ => bytes.extend_from_slice(char::from_u32(code)?.encode_utf8(&mut [0; 4]).as_bytes()),
    }
    Some(behind)
}

/// The value of digits.
pub(super) fn whole(digits: &str, radix: u32) -> Option<u64> {
    let mut value = 0_u64;
    for digit in digits.chars() {
        value = value.checked_mul(u64::from(radix))?.checked_add(u64::from(digit.to_digit(radix)?))?;
    }
    if digits.is_empty() { None } else { Some(value) }
}

/// An int from its digits, with a minus in front of it or not.
pub(super) fn integer(spelled: &str, radix: u32) -> Option<Data> {
    match spelled.strip_prefix('-') {
        Some(digits) => 0_i64.checked_sub_unsigned(whole(digits, radix)?),
        None => i64::try_from(whole(spelled, radix)?).ok(),
    }
    .map(Data::Int)
}

/// Reads a number, with a minus in front of it or not. None if it is none, or out of range.
pub(super) fn number(spelled: &str) -> Option<Data> {
    let (minus, size) = match spelled.strip_prefix('-') {
        Some(size) => ("-", size),
        None => ("", spelled),
    };
    if let Some(digits) = size.strip_suffix(['u', 'U']) {
        let digits = [minus, digits].concat();
        return digits
            .strip_prefix("0x")
            .map_or_else(|| whole(&digits, 10), |digits| whole(digits, 16))
            .map(Data::Uint);
    }
    if let Some(digits) = size.strip_prefix("0x") {
        return integer(&[minus, digits].concat(), 16);
    }
    if size.contains(['.', 'e', 'E']) {
        let whole = if size.starts_with('.') { "0" } else { "" };
        return double::read(&[minus, whole, size].concat(), double::EXPONENT).map(Data::Double);
    }
    integer(spelled, 10)
}
