//! Base64url without padding (RFC 4648, 5), and what stands on it.
//!
//! The crate `base64` is general and fast, and 7 KB of the wasm module; a test compares the two.

const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

/// The six bits that a character stands for.
pub(super) fn value(character: char) -> Option<u32> {
    let value = |first: char, offset: u32| u32::from(character).checked_sub(first.into())?.checked_add(offset);
    match character {
        'A'..='Z' => value('A', 0),
        'a'..='z' => value('a', 26),
        '0'..='9' => value('0', 52),
        '-' => Some(62),
        '_' => Some(63),
        _ => None,
    }
}

/// The bytes that a text stands for, and whether bits of its last character are left over that are not zero. None if a
/// character is not in the alphabet, or the last one carries no whole byte.
pub(super) fn decode(text: &str) -> Option<(Vec<u8>, bool)> {
    let mut bytes = Vec::with_capacity(text.len());
    // The lowest `held` bits are those of no byte yet.
    let (mut bits, mut held) = (0_u32, 0_u32);
    for character in text.chars() {
        bits = bits << 6 | value(character)?;
        held = held.saturating_add(6);
        if let Some(rest) = held.checked_sub(8) {
            let [byte, ..] = bits.wrapping_shr(rest).to_le_bytes();
            bytes.push(byte);
            bits &= 1_u32.wrapping_shl(rest).wrapping_sub(1);
            held = rest;
        }
    }
    (held < 6).then_some((bytes, bits != 0))
}

/// The bytes that strict base64 in its first alphabet stands for, with its padding (RFC 4648, 4).
pub(crate) fn padded(text: &str) -> Option<Vec<u8>> {
    let digits = text.strip_suffix("==").or_else(|| text.strip_suffix('=')).unwrap_or(text);
    let digits = digits.chars().map(|character| match character {
        '+' => '-',
        '/' => '_',
        // Of the other alphabet.
        '-' | '_' => '=',
        other => other,
    });
    match decode(&digits.collect::<String>())? {
        (bytes, false) if text.len() % 4 == 0 => Some(bytes),
        _ => None,
    }
}

/// The text that stands for these bytes.
pub(super) fn encode(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len().saturating_mul(4).div_ceil(3));
    for three in bytes.chunks(3) {
        let byte = |index: usize| u32::from(three.get(index).copied().unwrap_or_default());
        let bits = byte(0) << 16 | byte(1) << 8 | byte(2);
        let digits = [bits >> 18, bits >> 12, bits >> 6, bits].map(|digit| digit & 63);
        let digits = digits.into_iter().take(three.len().saturating_add(1));
        text.extend(digits.filter_map(|digit| ALPHABET.get(digit as usize)).map(|letter| char::from(*letter)));
    }
    text
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use base64::{
        Engine as _,
        engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD},
    };
    use proptest::prelude::*;

    use super::{decode, encode, padded};

    proptest! {
        #[test]
        fn writes_as_another_library(bytes: Vec<u8>) {
            let text = encode(&bytes);
            prop_assert_eq!(&text, &URL_SAFE_NO_PAD.encode(&bytes));
            prop_assert_eq!(decode(&text), Some((bytes, false)));
        }

        #[test]
        fn reads_as_another_library(text in "[A-Za-z0-9_-]{0,24}[A-Za-z0-9_+/= é-]{0,2}") {
            let strict = decode(&text).and_then(|(bytes, rest)| (!rest).then_some(bytes));
            prop_assert_eq!(strict, URL_SAFE_NO_PAD.decode(&text).ok());
        }

        #[test]
        fn reads_padded_as_another_library(text in "([A-Za-z0-9+/]{4}){0,4}[A-Za-z0-9+/_-]{0,4}[AQgw=]{0,4}") {
            prop_assert_eq!(padded(&text), STANDARD.decode(&text).ok());
        }
    }
}
