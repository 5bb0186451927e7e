//! The strict reader.

use std::{collections::BTreeMap, fmt, ops::Range};

use serde::{
    Deserialize, Deserializer,
    de::{MapAccess, Visitor},
};
use serde_json::value::RawValue;

use super::{DEPTH, Data, Duplicate, JsonError, JsonErrorKind, Member, Node, Text};

/// A JSON text that was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Document {
    /// The value.
    pub root: Node,
    /// Member names that occur twice in one object, at any depth. Whether they are an error is for the caller to say:
    /// a verdict refuses them, a display shows them.
    pub duplicates: Vec<Duplicate>,
}

/// Reads a JSON text (RFC 8259) with the place of every value.
///
/// `serde_json` parses each level and hands over its members as slices of the text; their addresses are their places.
/// Levels are read one after another, so the work is at most size times [`DEPTH`].
///
/// # Errors
/// [`JsonError`] for anything but one JSON value, and for nesting deeper than [`DEPTH`].
pub fn read(text: &Text) -> Result<Document, JsonError> {
    let content = text.content();
    let refuse = |kind, at| Err(JsonError { kind, at: text.origin_of(at) });
    if content.starts_with('\u{feff}') {
        return refuse(JsonErrorKind::ByteOrderMark, 0..'\u{feff}'.len_utf8());
    }
    if content.trim_ascii().is_empty() {
        return refuse(JsonErrorKind::Empty, 0..content.len());
    }
    let mut reader = Reader { text, duplicates: Vec::new() };
    let raw = reader.parse::<&RawValue>(content)?;
    let root = reader.node(raw.get(), 0)?;
    Ok(Document { root, duplicates: reader.duplicates })
}

struct Reader<'a> {
    text: &'a Text,
    duplicates: Vec<Duplicate>,
}

impl<'a> Reader<'a> {
    fn node(&mut self, raw: &'a str, depth: usize) -> Result<Node, JsonError> {
        let at = self.place(raw);
        if depth > DEPTH {
            return Err(JsonError { kind: JsonErrorKind::TooDeep, at });
        }
        let below = depth.saturating_add(1);
        let data = match raw.as_bytes().first() {
            Some(b'{') => {
                let members = self.parse::<Members<'a>>(raw)?.0;
                Data::Object(self.members(members, below)?)
            }
            Some(b'[') => {
                let items = self.parse::<Vec<&RawValue>>(raw)?;
                Data::Array(items.into_iter().map(|item| self.node(item.get(), below)).collect::<Result<_, _>>()?)
            }
            Some(b'"') => Data::String(self.parse(raw)?),
            Some(b't') => Data::Bool(true),
            Some(b'f') => Data::Bool(false),
            Some(b'n') => Data::Null,
            _ => Data::Number(raw.to_owned()),
        };
        Ok(Node { at, data })
    }

    fn members(&mut self, members: Vec<(&'a RawValue, &'a RawValue)>, depth: usize) -> Result<Vec<Member>, JsonError> {
        let mut first_places: BTreeMap<String, Range<usize>> = BTreeMap::new();
        let mut read = Vec::with_capacity(members.len());
        for (raw_name, raw_value) in members {
            let name: String = self.parse(raw_name.get())?;
            let name_at = self.place(raw_name.get());
            if let Some(first) = first_places.get(&name) {
                self.duplicates.push(Duplicate { name: name.clone(), first: first.clone(), again: name_at.clone() });
            } else {
                first_places.insert(name.clone(), name_at.clone());
            }
            read.push(Member { name, name_at, value: self.node(raw_value.get(), depth)? });
        }
        Ok(read)
    }

    fn parse<T: Deserialize<'a>>(&self, raw: &'a str) -> Result<T, JsonError> {
        serde_json::from_str(raw).map_err(|error| {
            let message = error.to_string();
            let words = message.split(" at line ").next().unwrap_or_default();
            let kind = if words == "trailing characters" {
                JsonErrorKind::TrailingText
            } else {
                JsonErrorKind::Syntax(words.to_owned())
            };
            let start = self.offset(raw).saturating_add(byte_of(raw, error.line(), error.column()));
            JsonError { kind, at: self.text.origin_of(start..start.saturating_add(1).min(self.text.content().len())) }
        })
    }

    /// Where a slice of the content starts.
    fn offset(&self, raw: &str) -> usize {
        raw.as_ptr().addr().saturating_sub(self.text.content().as_ptr().addr())
    }

    fn place(&self, raw: &str) -> Range<usize> {
        let start = self.offset(raw);
        self.text.origin_of(start..start.saturating_add(raw.len()))
    }
}

/// Byte offset of `serde_json`'s line (from 1) and column (bytes, the last one read).
fn byte_of(raw: &str, line: usize, column: usize) -> usize {
    let before: usize = raw.split_inclusive('\n').take(line.saturating_sub(1)).map(str::len).sum();
    before.saturating_add(column.saturating_sub(1))
}

/// The members of one object as slices of the text, duplicates included.
struct Members<'a>(Vec<(&'a RawValue, &'a RawValue)>);

impl<'de: 'a, 'a> Deserialize<'de> for Members<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct InOrder;
        impl<'de> Visitor<'de> for InOrder {
            type Value = Members<'de>;
            fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                formatter.write_str("an object")
            }
            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
                let mut members = Vec::new();
                while let Some(member) = map.next_entry()? {
                    members.push(member);
                }
                Ok(Members(members))
            }
        }
        deserializer.deserialize_map(InOrder)
    }
}
