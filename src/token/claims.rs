//! The claims of a token, and the difference between absent and not known.

use crate::json::Value;

/// The claims that a trust configuration is judged by.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Claims {
    members: Vec<(String, Value)>,
    partial: bool,
}

/// What is known of one claim.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Known<'a> {
    /// The token holds it.
    Present(&'a Value),
    /// The token certainly does not hold it.
    Absent,
    /// The evidence does not tell.
    NotKnown,
}

impl Claims {
    /// Takes the members of the payload. `partial`: they are only those that a log told, so one that is not among them
    /// is not known, which is not the same as absent.
    #[must_use]
    pub const fn new(members: Vec<(String, Value)>, partial: bool) -> Self {
        Self { members, partial }
    }

    /// Looks a claim up by its full name.
    #[must_use]
    pub fn get(&self, name: &str) -> Known<'_> {
        match self.members.iter().rev().find(|(member, _)| member == name) {
            Some((_, value)) => Known::Present(value),
            None if self.partial => Known::NotKnown,
            None => Known::Absent,
        }
    }

    /// The text of a claim that is there and is a string.
    #[must_use]
    pub fn text(&self, name: &str) -> Option<&str> {
        match self.get(name) {
            Known::Present(value) => value.as_str(),
            Known::Absent | Known::NotKnown => None,
        }
    }

    /// All members in the order of the token.
    #[must_use]
    pub fn members(&self) -> &[(String, Value)] {
        &self.members
    }

    /// Whether a claim that is not listed is not known.
    #[must_use]
    pub const fn is_partial(&self) -> bool {
        self.partial
    }
}
