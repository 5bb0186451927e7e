//! Base64 in the two alphabets of RFC 4648. Strict: every byte string has one spelling.
//!
//! The crate `base64` does the same, and tests compare the two. Its engines are for speed and for every alphabet there is:
//! 6 KB of the module.

use std::fmt;

/// RFC 4648, 5.
const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

/// Decodes strict base64url: no padding, and no bits left over in the last character.
///
/// # Errors
/// [`Base64Error`] with the place of the first character that does not belong there.
pub fn base64url(text: &str) -> Result<Vec<u8>, Base64Error> {
    if let Some((at, character)) = text.char_indices().find(|(_, character)| value(*character).is_none()) {
        return Err(if character == '=' {
            Base64Error::Padding { at }
        } else {
            Base64Error::Character { at, character }
        });
    }
    let length = text.len();
    match decode(text) {
        _ if length % 4 == 1 => Err(Base64Error::Length { length }),
        (bytes, 0) => Ok(bytes),
        _ => Err(Base64Error::TrailingBits { at: length.saturating_sub(1) }),
    }
}

/// Decodes the other alphabet (RFC 4648, 4), which has `+` and `/` and is padded; none if it is not exactly that.
#[must_use]
pub fn base64(text: &str) -> Option<Vec<u8>> {
    if text.len() % 4 != 0 || text.contains(['-', '_']) {
        return None;
    }
    let text = text.strip_suffix("==").or_else(|| text.strip_suffix('=')).unwrap_or(text);
    base64url(&text.replace('+', "-").replace('/', "_")).ok()
}

/// Encodes base64url without padding.
#[must_use]
pub fn to_base64url(bytes: &[u8]) -> String {
    let mut text = String::new();
    for chunk in bytes.chunks(3) {
        let bits = chunk.iter().zip([16, 8, 0]).fold(0, |bits, (byte, place)| bits | usize::from(*byte) << place);
        let characters = [18, 12, 6, 0].map(|place| ALPHABET.get(bits >> place & 63).copied().unwrap_or_default());
        text.extend(characters.into_iter().take(chunk.len().saturating_add(1)).map(char::from));
    }
    text
}

/// The bytes of a text in the alphabet of base64url, and the bits that are left over. Other characters are passed over.
pub(super) fn decode(text: &str) -> (Vec<u8>, u32) {
    let mut bytes = Vec::with_capacity(text.len());
    let (mut bits, mut count) = (0_u32, 0_u32);
    for value in text.chars().filter_map(value) {
        bits = bits << 6 | value;
        count = count.saturating_add(6);
        if let Some(rest) = count.checked_sub(8) {
            let [.., byte] = (bits >> rest).to_be_bytes();
            bytes.push(byte);
            (bits, count) = (bits & !(u32::MAX << rest), rest);
        }
    }
    (bytes, bits)
}

/// The six bits that a character stands for.
pub(super) fn value(character: char) -> Option<u32> {
    let (first, value) = match character {
        'A'..='Z' => ('A', 0),
        'a'..='z' => ('a', 26),
        '0'..='9' => ('0', 52),
        '-' => ('-', 62),
        '_' => ('_', 63),
        _ => return None,
    };
    Some(u32::from(character).wrapping_sub(first.into()).wrapping_add(value))
}

/// Why a text is not strict base64url. Places are bytes of the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Base64Error {
    /// A character that is not in the alphabet `A-Z a-z 0-9 - _`.
    Character {
        /// Where.
        at: usize,
        /// Which.
        character: char,
    },
    /// `=`, which JOSE leaves out.
    Padding {
        /// Where.
        at: usize,
    },
    /// The last character carries bits that belong to no byte.
    TrailingBits {
        /// Where.
        at: usize,
    },
    /// No byte string has this many characters.
    Length {
        /// How many.
        length: usize,
    },
}

impl Base64Error {
    /// The byte of the text where it goes wrong.
    #[must_use]
    pub const fn at(&self) -> usize {
        match *self {
            Self::Character { at, .. } | Self::Padding { at } | Self::TrailingBits { at } => at,
            Self::Length { length } => length,
        }
    }
}

impl fmt::Display for Base64Error {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Character { character, .. } if matches!(character, '+' | '/') => {
                write!(formatter, "'{character}' belongs to base64, not base64url, which has - and _ instead")
            }
            Self::Character { character, .. } => {
                write!(formatter, "'{}' is not a base64url character", character.escape_default())
            }
            Self::Padding { .. } => formatter.write_str("base64url is written without padding (=)"),
            Self::TrailingBits { .. } => formatter.write_str("the last character has bits left over"),
            Self::Length { length } => write!(formatter, "{length} characters cannot be base64url: it was cut off"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Base64Error, base64url, to_base64url};

    #[test]
    fn strict_base64url() {
        assert_eq!(base64url("AQ"), Ok(vec![1]));
        assert_eq!(to_base64url(&[1]), "AQ");
        assert_eq!(base64url("AR"), Err(Base64Error::TrailingBits { at: 1 }));
        assert_eq!(base64url("AQ=="), Err(Base64Error::Padding { at: 2 }));
        assert_eq!(base64url("A"), Err(Base64Error::Length { length: 1 }));
        assert_eq!(base64url("AA é"), Err(Base64Error::Character { at: 2, character: ' ' }));
        assert_eq!(base64url("A/A"), Err(Base64Error::Character { at: 1, character: '/' }));
    }

    #[test]
    fn written_without_padding() {
        assert_eq!(to_base64url(&[1]), "AQ");
        assert_eq!(to_base64url(&[0xfb, 0xff]), "-_8");
    }
}
