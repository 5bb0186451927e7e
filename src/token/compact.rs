//! The compact form: parts between dots, each strict base64url (RFC 7515, 2 and 7.1).

use std::{fmt, ops::Range};

use super::{Base64Error, base64url};
use crate::json::{Document, JsonError, Text, read};

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
    use super::Compact;

    #[test]
    fn many_dots_are_cheap() {
        assert_eq!(Compact::split(&".".repeat(65_536)).parts.len(), 6);
    }
}
