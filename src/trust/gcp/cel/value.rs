//! Values of CEL, with *error* and *unknown* among them.

use std::rc::Rc;

use super::{kinds::Kinds, number};
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
    List(Rc<Vec<Self>>),
    /// A map.
    Map(Rc<Map>),
    /// A type.
    Type(Kinds),
    /// The evaluation fails here: Google rejects the credential unless another part of the expression absorbs it.
    Error(Rc<Cause>),
    /// Not told or not documented: a value of one of these types, or an error.
    Unknown(Rc<Cause>, Kinds),
}

/// The entries of a map in their order.
#[derive(Clone, Debug, PartialEq)]
pub struct Map {
    /// Keys and values. A value may be unknown, a key may not.
    pub entries: Vec<(Value, Value)>,
    /// Whether there may be further entries that are not told.
    pub partial: bool,
}

/// Why a part of an expression is an error or unknown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cause {
    /// The kind of reason.
    pub reason: Reason,
    /// One line. The place is that of the innermost part with this cause.
    pub message: String,
}

/// The kinds of reasons. The first four are errors, the others leave the value unknown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd)]
pub enum Reason {
    /// A key that the map does not hold: for `assertion`, a claim that the token does not have.
    Absent,
    /// An operator or a function got a type that it does not take.
    Type,
    /// Right types, wrong values: an index out of range, a division by zero, a text that is no number.
    Value,
    /// A name or function that does not exist.
    Undeclared,
    /// The evidence does not tell.
    NotTold,
    /// Google does not document it, or this program does not do it.
    Undocumented,
    /// The evaluation took too many steps.
    Budget,
}

impl Value {
    /// Its type; of what is unknown all types that it may have, of an error none.
    #[must_use]
    pub const fn kinds(&self) -> Kinds {
        match self {
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
            Self::Error(_) => Kinds::NONE,
            Self::Unknown(_, kinds) => *kinds,
        }
    }

    /// Why it is an error or unknown.
    #[must_use]
    pub fn cause(&self) -> Option<&Cause> {
        match self {
            Self::Error(cause) | Self::Unknown(cause, _) => Some(cause),
            _ => None,
        }
    }

    /// The same; if it is unknown, of these types.
    pub(super) fn of(self, kinds: Kinds) -> Self {
        match self {
            Self::Unknown(cause, _) => Self::Unknown(cause, kinds),
            other => other,
        }
    }

    /// What has to be a boolean; anything else is an error.
    #[must_use]
    #[inline(never)]
    pub(super) fn boolean(&self) -> Self {
        match self {
            Self::Error(_) => self.clone(),
            _ if self.kinds().meets(Kinds::BOOL) => self.clone().of(Kinds::BOOL),
            _ => Self::missing(Reason::Type, &["expected true or false, got ", &*self.kinds().words()]),
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

    /// An error or something unknown, from the parts of its message.
    #[must_use]
    #[inline(never)]
    pub fn missing(reason: Reason, message: &[&str]) -> Self {
        let cause = Rc::new(Cause { reason, message: message.concat() });
        if reason < Reason::NotTold { Self::Error(cause) } else { Self::Unknown(cause, Kinds::ANY) }
    }

    /// A text.
    #[must_use]
    #[inline(never)]
    pub fn text(text: &str) -> Self {
        Self::String(text.into())
    }

    /// A list.
    #[must_use]
    pub fn list(items: Vec<Self>) -> Self {
        Self::List(Rc::new(items))
    }

    /// A map.
    #[must_use]
    pub fn map(entries: Vec<(Self, Self)>, partial: bool) -> Self {
        Self::Map(Rc::new(Map { entries, partial }))
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
        Some(match self {
            Self::Null => json::Value::Null,
            Self::Bool(value) => json::Value::Bool(*value),
            Self::Int(_) | Self::Uint(_) | Self::Double(_) => json::Value::Number(number::spell(self)?),
            Self::String(text) => json::Value::from(&**text),
            Self::List(items) => {
                let mut shown = Vec::new();
                for item in &**items {
                    shown.push(item.shown(room)?);
                }
                json::Value::Array(shown)
            }
            Self::Map(map) => {
                let mut shown = Vec::new();
                for (key, value) in &map.entries {
                    shown.push((key.spelled()?, value.shown(room)?));
                }
                json::Value::Object(shown)
            }
            Self::Type(kind) => json::Value::from(kind.name()),
            Self::Bytes(_) | Self::Error(_) | Self::Unknown(..) => return None,
        })
    }

    /// The key of a map as text.
    pub(super) fn spelled(&self) -> Option<String> {
        match self {
            Self::String(text) => Some((**text).to_owned()),
            Self::Bool(value) => Some(if *value { "true" } else { "false" }.to_owned()),
            number => number::spell(number),
        }
    }

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
        Self::map(entries, partial)
    }
}

impl From<&json::Value> for Value {
    /// Numbers become doubles, as in a `google.protobuf.Value`.
    fn from(value: &json::Value) -> Self {
        match value {
            json::Value::Null => Self::Null,
            json::Value::Bool(value) => Self::Bool(*value),
            json::Value::Number(spelled) => number::of_json(spelled),
            json::Value::String(text) => Self::text(text),
            json::Value::Array(items) => {
                let mut values = Vec::new();
                for item in items {
                    values.push(Self::from(item));
                }
                Self::list(values)
            }
            json::Value::Object(members) => Self::members(members, false),
        }
    }
}
