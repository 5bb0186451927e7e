//! Values of CEL, with *error* and *unknown* among them.

use std::rc::Rc;

use super::{
    cause::{Cause, Reason},
    kinds::Kinds,
    number,
};
use crate::json;

/// A value. Copies are cheap: what is large is shared.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// `null`
    Null,
    /// A boolean.
    Bool(bool),
    /// A whole number with a sign.
    Int(i64),
    /// A whole number without a sign.
    Uint(u64),
    /// A floating-point number.
    Double(f64),
    /// A text.
    String(Rc<str>),
    /// Bytes.
    Bytes(Rc<[u8]>),
    /// A list.
    List(Rc<[Self]>),
    /// A map.
    Map(Rc<Map>),
    /// A type.
    Type(Kinds),
    /// The evaluation fails here: Google rejects the credential unless another part of the expression absorbs it.
    Error(Rc<Cause>),
    /// Not told or not documented: any value, or an error.
    Unknown(Rc<Cause>),
}

/// The entries of a map in their order.
#[derive(Clone, Debug, PartialEq)]
pub struct Map {
    /// Keys and values. A value may be unknown, a key may not.
    pub entries: Vec<(Value, Value)>,
    /// Whether there may be further entries that are not told.
    pub partial: bool,
}

impl Value {
    /// Its type; none for an error and for what is unknown.
    #[must_use]
    pub const fn kind(&self) -> Option<Kinds> {
        Some(match self {
            Self::Null => Kinds::NULL,
            Self::Bool(_) => Kinds::BOOL,
            Self::Int(_) => Kinds::INT,
            Self::Uint(_) => Kinds::UINT,
            Self::Double(_) => Kinds::DOUBLE,
            Self::String(_) => Kinds::STRING,
            Self::Bytes(_) => Kinds::BYTES,
            Self::List(_) => Kinds::LIST,
            Self::Map(_) => Kinds::MAP,
            Self::Type(_) => Kinds::TYPE,
            Self::Error(_) | Self::Unknown(_) => return None,
        })
    }

    /// Why it is an error or unknown.
    #[must_use]
    pub const fn cause(&self) -> Option<&Rc<Cause>> {
        match self {
            Self::Error(cause) | Self::Unknown(cause) => Some(cause),
            _ => None,
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

    /// A list.
    #[must_use]
    pub fn list(items: Vec<Self>) -> Self {
        Self::List(items.into())
    }

    /// A map whose keys are texts.
    #[must_use]
    pub fn map(entries: impl IntoIterator<Item = (String, Self)>, partial: bool) -> Self {
        let entries = entries.into_iter().map(|(name, value)| (Self::from(&*name), value)).collect();
        Self::Map(Rc::new(Map { entries, partial }))
    }

    /// A value for people and for reports; none for an error and what is unknown, and for what is too large to show or has
    /// no exact decimal form here.
    #[must_use]
    pub fn to_json(&self) -> Option<json::Value> {
        const PARTS: usize = 500;
        self.shown(&mut { PARTS })
    }

    fn shown(&self, room: &mut usize) -> Option<json::Value> {
        *room = room.checked_sub(1)?;
        Some(match self {
            Self::Null => json::Value::Null,
            Self::Bool(value) => json::Value::Bool(*value),
            Self::Int(_) | Self::Uint(_) | Self::Double(_) => json::Value::Number(number::spell(self)?),
            Self::String(text) => json::Value::from(&**text),
            Self::Bytes(bytes) => json::Value::String(String::from_utf8_lossy(bytes).into_owned()),
            Self::List(items) => {
                json::Value::Array(items.iter().map(|item| item.shown(room)).collect::<Option<Vec<_>>>()?)
            }
            Self::Map(map) => {
                let members = map.entries.iter().map(|(key, value)| {
                    let key = key.shown(room)?;
                    Some((key.as_str().map_or_else(|| key.to_json(), str::to_owned), value.shown(room)?))
                });
                json::Value::Object(members.collect::<Option<Vec<_>>>()?)
            }
            Self::Type(kind) => json::Value::from(kind.name()),
            Self::Error(_) | Self::Unknown(_) => return None,
        })
    }
}

impl From<&str> for Value {
    fn from(text: &str) -> Self {
        Self::String(text.into())
    }
}

impl From<bool> for Value {
    fn from(value: bool) -> Self {
        Self::Bool(value)
    }
}

impl From<Cause> for Value {
    fn from(cause: Cause) -> Self {
        if cause.reason.is_error() { Self::Error(Rc::new(cause)) } else { Self::Unknown(Rc::new(cause)) }
    }
}

impl From<&json::Value> for Value {
    /// Numbers become doubles, as in a `google.protobuf.Value`.
    fn from(value: &json::Value) -> Self {
        match value {
            json::Value::Null => Self::Null,
            json::Value::Bool(value) => Self::Bool(*value),
            json::Value::Number(spelled) => number::of_json(spelled),
            json::Value::String(text) => Self::from(&**text),
            json::Value::Array(items) => Self::list(items.iter().map(Self::from).collect()),
            json::Value::Object(members) => Self::members(members, false),
        }
    }
}

impl Value {
    /// The members of a JSON object. One that occurs twice with different values is unknown: which of them is taken is not
    /// documented.
    pub(super) fn members(members: &[(String, json::Value)], partial: bool) -> Self {
        let names: Vec<&str> = members.iter().map(|(name, _)| &**name).collect();
        let mut values: Vec<Option<Self>> = members.iter().map(|(_, value)| Some(Self::from(value))).collect();
        for (first, again) in json::repetitions(&names) {
            let same = members.get(first).map(|(_, value)| value) == members.get(again).map(|(_, value)| value);
            if let Some(value) = values.get_mut(again) {
                *value = None;
            }
            if let (false, Some(value)) = (same, values.get_mut(first)) {
                let message = "the name occurs twice with different values, and Google does not say which one it takes";
                *value = Some(Cause::new(Reason::Undocumented, message).into());
            }
        }
        let entries = names.into_iter().zip(values).filter_map(|(name, value)| Some((name.to_owned(), value?)));
        Self::map(entries, partial)
    }
}
