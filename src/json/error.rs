//! What is wrong with a JSON text.

use std::{fmt, ops::Range};

use super::DEPTH;

/// Why a text was not read, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct JsonError {
    /// What is wrong.
    pub kind: JsonErrorKind,
    /// Bytes of the pasted text.
    pub at: Range<usize>,
}

/// What is wrong with a JSON text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum JsonErrorKind {
    /// Nothing but white space.
    Empty,
    /// It starts with a byte order mark, which JSON forbids (RFC 8259, 8.1).
    ByteOrderMark,
    /// Something follows the value.
    TrailingText,
    /// More than [`DEPTH`] levels.
    TooDeep,
    /// Not JSON; the parser's words, without its place.
    Syntax(String),
}

impl fmt::Display for JsonError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.kind {
            JsonErrorKind::Empty => formatter.write_str("the text is empty"),
            JsonErrorKind::ByteOrderMark => {
                formatter.write_str("the text starts with a byte order mark (U+FEFF), which JSON does not allow")
            }
            JsonErrorKind::TrailingText => formatter.write_str("something follows the end of the JSON value"),
            JsonErrorKind::TooDeep => write!(formatter, "the text is nested deeper than {DEPTH} levels"),
            JsonErrorKind::Syntax(words) => write!(formatter, "not JSON: {words}"),
        }
    }
}

impl std::error::Error for JsonError {}
