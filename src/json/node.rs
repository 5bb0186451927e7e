//! A JSON value with its place in the pasted text.

use std::ops::Range;

/// A value and where it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Node {
    /// Bytes of the pasted text, quotes included.
    pub at: Range<usize>,
    /// What stands there.
    pub data: Data,
}

/// What a JSON text says at one place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Data {
    /// `null`
    Null,
    /// `true` or `false`
    Bool(bool),
    /// A number as spelled.
    Number(String),
    /// A string without quotes and escapes.
    String(String),
    /// An array.
    Array(Vec<Node>),
    /// An object: every member in its order, duplicates included.
    Object(Vec<Member>),
}

/// One member of an object.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Member {
    /// Name without quotes and escapes.
    pub name: String,
    /// Bytes of the name in the pasted text, quotes included.
    pub name_at: Range<usize>,
    /// Its value.
    pub value: Node,
}

/// A member name that occurs again in the same object.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Duplicate {
    /// The name.
    pub name: String,
    /// Bytes of its first place.
    pub first: Range<usize>,
    /// Bytes of the place that repeats it.
    pub again: Range<usize>,
}

impl Node {
    /// The text of a string.
    #[must_use]
    pub fn as_str(&self) -> Option<&str> {
        match &self.data {
            Data::String(text) => Some(text),
            _ => None,
        }
    }

    /// The items of an array.
    #[must_use]
    pub fn as_array(&self) -> Option<&[Self]> {
        match &self.data {
            Data::Array(items) => Some(items),
            _ => None,
        }
    }

    /// The members of an object.
    #[must_use]
    pub fn as_object(&self) -> Option<&[Member]> {
        match &self.data {
            Data::Object(members) => Some(members),
            _ => None,
        }
    }

    /// The last member of this name (the one that a lenient parser would see).
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&Self> {
        self.as_object()?.iter().rev().find(|member| member.name == name).map(|member| &member.value)
    }

    /// An array's items, or the value itself as the only item: many formats take one value for a list of one.
    #[must_use]
    pub fn one_or_many(&self) -> &[Self] {
        self.as_array().unwrap_or(std::slice::from_ref(self))
    }

    /// Puts another text in the place of the string that stands at these bytes, here or below.
    pub(crate) fn write(&mut self, at: &Range<usize>, text: &str) {
        match &mut self.data {
            Data::String(old) if self.at == *at => text.clone_into(old),
            Data::Array(items) => items.iter_mut().for_each(|item| item.write(at, text)),
            Data::Object(members) => members.iter_mut().for_each(|member| member.value.write(at, text)),
            _ => {}
        }
    }

    /// `a string`, `a number`, …, for messages.
    #[must_use]
    pub const fn kind(&self) -> &'static str {
        match self.data {
            Data::Null => "null",
            Data::Bool(_) => "a boolean",
            Data::Number(_) => "a number",
            Data::String(_) => "a string",
            Data::Array(_) => "an array",
            Data::Object(_) => "an object",
        }
    }
}
