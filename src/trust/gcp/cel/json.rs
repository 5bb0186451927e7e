//! Values from JSON and to JSON.

use super::{
    kinds::Kinds,
    number,
    value::{Data, Map, Reason, Value},
};
use crate::json;

impl From<&json::Value> for Value {
    /// Numbers become doubles, as in a `google.protobuf.Value`.
    fn from(value: &json::Value) -> Self {
        match value {
            json::Value::Null => Data::Null.into(),
            json::Value::Bool(value) => Self::bool(*value),
            json::Value::Number(spelled) => number::of_json(spelled),
            json::Value::String(text) => Self::text(text),
            json::Value::Array(items) => {
                let mut values = Vec::new();
                for item in items {
                    values.push(Self::from(item));
                }
                Data::List(values).into()
            }
            json::Value::Object(members) => Self::members(members, false),
        }
    }
}

impl Value {
    /// The members of a JSON object. One that occurs twice with different values is unknown: which of them Google takes is
    /// not documented.
    pub(super) fn members(members: &[(String, json::Value)], partial: bool) -> Self {
        let mut names: Vec<&str> = Vec::new();
        let mut entries = Vec::new();
        for (name, value) in members {
            names.push(name);
            entries.push((Self::text(name), Self::from(value)));
        }
        for (first, again) in json::repetitions(&names).into_iter().rev() {
            entries.remove(again);
            if let (Some((_, one)), Some((_, other)), Some((_, value))) =
                (members.get(first), members.get(again), entries.get_mut(first))
                && one != other
            {
                *value = Self::missing(Reason::Undocumented, &["the name occurs twice, with different values"]);
            }
        }
        Data::Map(Map { entries, partial }).into()
    }

    /// A value for people and for reports; none for an error and what is unknown, for bytes, and for what is too large to
    /// show or has no exact decimal form here.
    #[must_use]
    pub fn to_json(&self) -> Option<json::Value> {
        const PARTS: usize = 500;
        self.shown(&mut { PARTS })
    }

    fn shown(&self, room: &mut usize) -> Option<json::Value> {
        *room = room.checked_sub(1)?;
        match &**self {
            Data::Null => Some(json::Value::Null),
            Data::Bool(value) => Some(json::Value::Bool(*value)),
            Data::String(text) => Some(json::Value::from(text)),
            Data::List(items) => {
                let mut shown = Vec::new();
                for item in items {
                    shown.push(item.shown(room)?);
                }
                Some(json::Value::Array(shown))
            }
            Data::Map(map) => {
                let mut shown = Vec::new();
                for (key, value) in &map.entries {
                    shown.push((key.spelled()?, value.shown(room)?));
                }
                Some(json::Value::Object(shown))
            }
            Data::Type(kind) => Some(json::Value::from(kind.name())),
            _ if self.kinds().meets(Kinds::NUMBER) => number::spell(self).map(json::Value::Number),
            _ => None,
        }
    }

    /// The key of a map as text.
    pub(super) fn spelled(&self) -> Option<String> {
        match &**self {
            Data::String(text) => Some(text.clone()),
            Data::Bool(value) => Some(if *value { "true" } else { "false" }.to_owned()),
            _ => number::spell(self),
        }
    }
}
