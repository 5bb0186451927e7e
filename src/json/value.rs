//! A JSON value without places, in its order and with its numbers as spelled.

use std::mem::take;

use serde::{Serialize, Serializer, ser::SerializeMap as _};

use super::{Data, Node, write};

/// A JSON value. Objects keep their order (and a duplicate member, should they hold one); numbers keep their spelling, if
/// [`write`](super::write()) writes them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Value {
    /// `null`
    Null,
    /// `true` or `false`
    Bool(bool),
    /// A number as it was spelled, for example `1.50`.
    Number(String),
    /// A string without quotes and escapes.
    String(String),
    /// An array.
    Array(Vec<Self>),
    /// An object, in the order of its members.
    Object(Vec<(String, Self)>),
}

impl Value {
    /// The value of a node, whose texts are left empty: they are not copied.
    #[must_use]
    pub fn taken(node: &mut Node) -> Self {
        match &mut node.data {
            Data::Null => Self::Null,
            Data::Bool(value) => Self::Bool(*value),
            Data::Number(spelled) => Self::Number(take(spelled)),
            Data::String(text) => Self::String(take(text)),
            Data::Array(items) => Self::Array(items.iter_mut().map(Self::taken).collect()),
            Data::Object(members) => {
                Self::Object(members.iter_mut().map(|one| (take(&mut one.name), Self::taken(&mut one.value))).collect())
            }
        }
    }

    /// The text of a string.
    #[must_use]
    pub fn as_str(&self) -> Option<&str> {
        match self {
            Self::String(text) => Some(text),
            _ => None,
        }
    }

    /// The last member of this name.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&Self> {
        match self {
            Self::Object(members) => members.iter().rev().find(|(member, _)| member == name).map(|(_, value)| value),
            _ => None,
        }
    }

    /// `a string`, `a number`, …, for messages.
    #[must_use]
    pub const fn kind(&self) -> &'static str {
        match self {
            Self::Null => "null",
            Self::Bool(_) => "a boolean",
            Self::Number(_) => "a number",
            Self::String(_) => "a string",
            Self::Array(_) => "an array",
            Self::Object(_) => "an object",
        }
    }

    /// The value as compact JSON text.
    #[must_use]
    pub fn to_json(&self) -> String {
        write(self).unwrap_or_default()
    }
}

impl From<&Node> for Value {
    fn from(node: &Node) -> Self {
        Self::taken(&mut node.clone())
    }
}

impl From<&str> for Value {
    fn from(text: &str) -> Self {
        Self::String(text.to_owned())
    }
}

impl From<String> for Value {
    fn from(text: String) -> Self {
        Self::String(text)
    }
}

impl From<&String> for Value {
    fn from(text: &String) -> Self {
        Self::String(text.clone())
    }
}

impl From<bool> for Value {
    fn from(value: bool) -> Self {
        Self::Bool(value)
    }
}

impl From<i64> for Value {
    fn from(value: i64) -> Self {
        Self::Number(value.to_string())
    }
}

impl From<&Self> for Value {
    fn from(value: &Self) -> Self {
        value.clone()
    }
}

impl Serialize for Value {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Null => serializer.serialize_unit(),
            Self::Bool(value) => serializer.serialize_bool(*value),
            Self::Number(spelled) => write::number(spelled, serializer),
            Self::String(text) => serializer.serialize_str(text),
            Self::Array(items) => serializer.collect_seq(items),
            Self::Object(members) => {
                let mut map = serializer.serialize_map(Some(members.len()))?;
                for (name, value) in members {
                    map.serialize_entry(name, value)?;
                }
                map.end()
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Value;
    use crate::json::{Text, read};

    #[test]
    fn a_value_is_written_as_it_was_read() {
        let text = r#"{"b":[1.50,-0,1e400,9007199254740993],"a":{"b":null,"é":"\u0000\n","b":true}}"#;
        let value = Value::from(&read(&Text::pasted(text)).unwrap().root);
        assert_eq!(value.to_json(), text);
    }
}
