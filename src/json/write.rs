//! Writing results.

use std::io;

use serde::{Serialize, Serializer as SerdeSerializer};
use serde_json::{Serializer, ser::Formatter};

/// The value as compact JSON text. None where it is no JSON: for an object whose names are no strings, which no result is.
#[must_use]
pub fn write(value: &impl Serialize) -> Option<String> {
    let mut text = Vec::new();
    value.serialize(&mut Serializer::with_formatter(&mut text, Spelled)).ok()?;
    String::from_utf8(text).ok()
}

/// Hands a number to [`write`] as it was spelled.
///
/// As bytes: JSON has none, so nothing else comes that way. The form in which `serde_json` knows its `RawValue` is tried at
/// each member of each object, which is 5 KB of the module; making a `RawValue` parses the number again, which is 30 KB.
pub(crate) fn number<S: SerdeSerializer>(spelled: &str, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_bytes(spelled.as_bytes())
}

/// Compact, and bytes as they are.
struct Spelled;

impl Formatter for Spelled {
    fn write_byte_array<W: io::Write + ?Sized>(&mut self, writer: &mut W, value: &[u8]) -> io::Result<()> {
        writer.write_all(value)
    }
}
