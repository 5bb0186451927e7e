//! The compact form: parts between dots, each strict base64url (RFC 7515, 2 and 7.1).

use std::{fmt, ops::Range};

use base64::{
    DecodeError, Engine as _,
    alphabet::URL_SAFE,
    engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig},
};

use crate::json::{Document, JsonError, Text, read};

/// No padding, and no bits left over in the last character (RFC 4648, 3.5): every byte string has one spelling.
const STRICT: GeneralPurpose = GeneralPurpose::new(
    &URL_SAFE,
    GeneralPurposeConfig::new()
        .with_encode_padding(false)
        .with_decode_padding_mode(DecodePaddingMode::RequireNone)
        .with_encode_padding(false)
        .with_decode_allow_trailing_bits(false),
);

/// Decodes strict base64url.
///
/// # Errors
/// [`Base64Error`] with the place of the first character that does not belong there.
pub fn base64url(text: &str) -> Result<Vec<u8>, Base64Error> {
    // Looked for first: the decoder may complain of the length before it has seen the character that is to blame.
    if let Some(at) =
        text.bytes().position(|byte| !matches!(byte, b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'_'))
        && let Some(character) = text.get(at..).and_then(|rest| rest.chars().next())
    {
        return Err(if character == '=' {
            Base64Error::Padding { at }
        } else {
            Base64Error::Character { at, character }
        });
    }
    STRICT.decode(text).map_err(|error| match error {
        DecodeError::InvalidByte(at, _) | DecodeError::InvalidLastSymbol(at, _) => Base64Error::TrailingBits { at },
        DecodeError::InvalidLength(_) | DecodeError::InvalidPadding => Base64Error::Length { length: text.len() },
    })
}

/// Encodes base64url without padding. Bit by bit: the crate's encoder is made for speed, and 2 KB of the wasm module. What
/// decides about tokens is the decoding, which stays with the crate.
#[must_use]
pub fn to_base64url(bytes: &[u8]) -> String {
    let digits = URL_SAFE.as_str().as_bytes();
    let digit =
        |bits: u32| char::from(digits.get(usize::try_from(bits & 63).unwrap_or(0)).copied().unwrap_or_default());
    let mut text = String::new();
    let (mut bits, mut count) = (0_u32, 0_u32);
    for &byte in bytes {
        bits = (bits << 8) | u32::from(byte);
        count = count.saturating_add(8);
        while count >= 6 {
            count = count.saturating_sub(6);
            text.push(digit(bits >> count));
        }
    }
    if count > 0 {
        text.push(digit(bits << 6_u32.saturating_sub(count)));
    }
    text
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

/// A text split at its dots. Any number of parts; whoever needs three asks for three.
#[derive(Clone, Debug)]
pub struct Compact<'a> {
    /// The parts, at least one.
    pub parts: Vec<Part<'a>>,
}

/// One part of a compact form.
#[derive(Clone, Debug)]
pub struct Part<'a> {
    /// As written.
    pub text: &'a str,
    /// Bytes of the whole text.
    pub at: Range<usize>,
    /// The bytes that it stands for.
    pub decoded: Result<Vec<u8>, Base64Error>,
}

impl<'a> Compact<'a> {
    /// Splits a text at its dots and decodes what can be decoded. At most six parts are looked at: the last one then
    /// holds the rest, dots included, so 64 KiB of dots are cheap.
    #[must_use]
    pub fn split(token: &'a str) -> Self {
        let mut start = 0_usize;
        let parts = token
            .splitn(6, '.')
            .map(|text| {
                let at = start..start.saturating_add(text.len());
                start = at.end.saturating_add(1);
                Part { text, at, decoded: base64url(text) }
            })
            .collect();
        Self { parts }
    }
}

/// Why a part does not hold JSON.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PartError {
    /// Not base64url.
    Base64(Base64Error),
    /// Base64url, but its bytes are not UTF-8; the number of good bytes before the first bad one.
    Utf8(usize),
    /// UTF-8, but not JSON. Places are bytes of the decoded text.
    Json(JsonError),
}

impl fmt::Display for PartError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Base64(error) => error.fmt(formatter),
            Self::Utf8(valid) => write!(formatter, "decoded byte {valid} is not UTF-8"),
            Self::Json(error) => write!(formatter, "{error}, at decoded byte {}", error.at.start),
        }
    }
}

impl Part<'_> {
    /// Reads the part as JSON.
    ///
    /// # Errors
    /// [`PartError`] that says at which layer it failed and where.
    pub fn json(&self) -> Result<Document, PartError> {
        let bytes = self.decoded.as_ref().map_err(|error| PartError::Base64(*error))?;
        let text = std::str::from_utf8(bytes).map_err(|error| PartError::Utf8(error.valid_up_to()))?;
        read(&Text::pasted(text)).map_err(PartError::Json)
    }
}

#[cfg(test)]
mod tests {
    use base64::Engine as _;

    use super::{Base64Error, Compact, STRICT, base64url, to_base64url};

    #[test]
    fn strict_base64url() {
        assert_eq!(base64url("AQ"), Ok(vec![1]));
        assert_eq!(to_base64url(&[1]), "AQ");
        for length in 0..300_usize {
            let bytes: Vec<u8> = (0..length).map(|index| u8::try_from(index * 7 % 256).unwrap()).collect();
            assert_eq!(to_base64url(&bytes), STRICT.encode(&bytes));
        }
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

    #[test]
    fn many_dots_are_cheap() {
        assert_eq!(Compact::split(&".".repeat(65_536)).parts.len(), 6);
    }
}
