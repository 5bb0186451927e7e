//! Values of CEL, with *error* and *unknown* among them.

use std::{ops::Deref, rc::Rc};

use super::kinds::Kinds;

/// A value: a pointer to what it is. Copies are cheap, and moving one takes no code.
#[derive(Clone, Debug, PartialEq)]
pub struct Value(Rc<Data>);

/// What a [`Value`] is.
#[derive(Debug, PartialEq)]
pub enum Data {
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
    String(String),
    /// Bytes.
    Bytes(Vec<u8>),
    /// A list.
    List(Vec<Value>),
    /// A map.
    Map(Map),
    /// A type.
    Type(Kinds),
    /// The evaluation fails here: Google rejects the credential unless another part of the expression absorbs it.
    Error(Cause),
    /// Not told or not documented: a value of one of these types, or an error.
    Unknown(Rc<Cause>, Kinds),
}

/// The entries of a map in their order.
#[derive(Debug, PartialEq)]
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

impl Deref for Value {
    type Target = Data;

    fn deref(&self) -> &Data {
        &self.0
    }
}

impl From<Data> for Value {
    #[inline(never)]
    fn from(data: Data) -> Self {
        Self(Rc::new(data))
    }
}

impl Value {
    /// A boolean.
    #[must_use]
    #[inline(never)]
    pub fn bool(value: bool) -> Self {
        Data::Bool(value).into()
    }

    /// A text.
    #[must_use]
    #[inline(never)]
    pub fn text(text: &str) -> Self {
        Data::String(text.to_owned()).into()
    }

    /// An error or something unknown, from the parts of its message.
    #[must_use]
    #[inline(never)]
    pub fn missing(reason: Reason, message: &[&str]) -> Self {
        let cause = Cause { reason, message: message.concat() };
        if reason < Reason::NotTold { Data::Error(cause) } else { Data::Unknown(Rc::new(cause), Kinds::ANY) }.into()
    }

    /// Its type; of what is unknown all types that it may have, of an error none.
    #[must_use]
    pub fn kinds(&self) -> Kinds {
        match **self {
            Data::Null => Kinds::NULL,
            Data::Bool(_) => Kinds::BOOL,
            Data::Int(_) => Kinds::INT,
            Data::Uint(_) => Kinds::UINT,
            Data::Double(_) => Kinds::DOUBLE,
            Data::String(_) => Kinds::STRING,
            Data::Bytes(_) => Kinds::BYTES,
            Data::List(_) => Kinds::LIST,
            Data::Map(_) => Kinds::MAP,
            Data::Type(_) => Kinds::TYPE,
            Data::Error(_) => Kinds::NONE,
            Data::Unknown(_, kinds) => kinds,
        }
    }

    /// Whether it is certainly this boolean.
    #[must_use]
    pub fn is(&self, wanted: bool) -> bool {
        matches!(**self, Data::Bool(value) if value == wanted)
    }

    pub(super) fn is_error(&self) -> bool {
        matches!(**self, Data::Error(_))
    }

    pub(super) fn is_unknown(&self) -> bool {
        matches!(**self, Data::Unknown(..))
    }

    /// Why it is an error or unknown.
    #[must_use]
    pub fn cause(&self) -> Option<&Cause> {
        match &**self {
            Data::Error(cause) => Some(cause),
            Data::Unknown(cause, _) => Some(cause),
            _ => None,
        }
    }

    /// The text of a string.
    #[must_use]
    pub fn as_str(&self) -> Option<&str> {
        match &**self {
            Data::String(text) => Some(text),
            _ => None,
        }
    }

    /// The same; if it is unknown, of these types.
    #[inline(never)]
    pub(super) fn of(&self, kinds: Kinds) -> Self {
        match &**self {
            Data::Unknown(cause, _) => Data::Unknown(Rc::clone(cause), kinds).into(),
            _ => self.clone(),
        }
    }

    /// What has to be a boolean; anything else is an error.
    #[inline(never)]
    pub(super) fn boolean(&self) -> Self {
        let kinds = self.kinds();
        if self.is_error() || kinds.meets(Kinds::BOOL) {
            return self.of(Kinds::BOOL);
        }
        Self::missing(Reason::Type, &["expected true or false, got ", &*kinds.words()])
    }
}
