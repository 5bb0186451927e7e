//! The claims of a token, and the difference between absent and not known.

use super::Decoded;
use crate::json::{Node, Value, repetitions};

/// The claims that a trust configuration is judged by.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Claims {
    members: Vec<(String, Value)>,
    partial: bool,
    derived: Vec<String>,
    refused: Option<String>,
}

/// What is known of one claim.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Known<'a> {
    /// The token holds it.
    Present(&'a Value),
    /// The token certainly does not hold it.
    Absent,
    /// The evidence does not tell, or the token tells two different values.
    NotKnown,
}

impl Claims {
    /// Takes the members of the payload. `partial`: they are only those that a log told, so one that is not among them
    /// is not known, which is not the same as absent.
    #[must_use]
    pub const fn new(members: Vec<(String, Value)>, partial: bool) -> Self {
        Self { members, partial, derived: Vec::new(), refused: None }
    }

    /// Takes the members of a payload; `None` if it is not an object.
    #[must_use]
    pub fn from_node(payload: &Node, partial: bool) -> Option<Self> {
        Self::from_value(Value::from(payload), partial)
    }

    /// Takes the members of a payload; `None` if it is not an object.
    #[must_use]
    pub fn from_value(payload: Value, partial: bool) -> Option<Self> {
        match payload {
            Value::Object(members) => Some(Self::new(members, partial)),
            _ => None,
        }
    }

    /// Takes the claims of a decoded token; `None` if they could not be read.
    #[must_use]
    pub fn from_decoded(decoded: &Decoded, partial: bool) -> Option<Self> {
        Self::from_value(decoded.claims.clone()?, partial)
    }

    /// Says which of the claims were not told themselves but follow from the subject.
    #[must_use]
    pub fn derived_from_subject(mut self, names: Vec<String>) -> Self {
        self.derived = names;
        self
    }

    /// Claims that follow from the subject and were not told themselves.
    #[must_use]
    pub fn derived(&self) -> &[String] {
        &self.derived
    }

    /// Says with which error code the cloud refused this very token, where that is known.
    #[must_use]
    pub fn refused_with(mut self, code: Option<String>) -> Self {
        self.refused = code;
        self
    }

    /// The error code with which the cloud refused this very token.
    #[must_use]
    pub fn refused(&self) -> Option<&str> {
        self.refused.as_deref()
    }

    /// The same claims but for some: `None` takes a claim away. It is another token: what the cloud answered to this one
    /// says nothing of it.
    #[must_use]
    pub fn with(&self, changes: &[(&str, Option<Value>)]) -> Self {
        let mut changed = self.clone().refused_with(None);
        for (name, value) in changes {
            changed.members.retain(|(member, _)| member != name);
            changed.members.extend(value.clone().map(|value| ((*name).to_owned(), value)));
        }
        changed
    }

    /// Looks a claim up by its full name. One that the token holds twice with different values is not known: which of
    /// them a cloud reads is not documented.
    #[must_use]
    pub fn get(&self, name: &str) -> Known<'_> {
        let mut known = if self.partial { Known::NotKnown } else { Known::Absent };
        for (member, value) in &self.members {
            if member.as_str() != name {
                continue;
            }
            match known {
                Known::Present(first) if first != value => return Known::NotKnown,
                _ => known = Known::Present(value),
            }
        }
        known
    }

    /// The first name that occurs more than once.
    #[must_use]
    pub fn repeated(&self) -> Option<&str> {
        let names: Vec<&str> = self.members.iter().map(|(name, _)| &**name).collect();
        repetitions(&names).first().and_then(|(_, again)| names.get(*again).copied())
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

#[cfg(test)]
mod tests {
    use super::{Claims, Known};
    use crate::json::{Text, read};

    fn claims(json: &str, partial: bool) -> Claims {
        Claims::from_node(&read(&Text::pasted(json)).unwrap().root, partial).unwrap()
    }

    #[test]
    fn two_values_are_not_one() {
        let claims = claims(r#"{"sub":"a","aud":"x","sub":"b","aud":"x"}"#, false);
        assert_eq!(claims.get("sub"), Known::NotKnown);
        assert_eq!(claims.get("aud"), Known::Present(&"x".into()));
        assert_eq!(claims.get("iss"), Known::Absent);
        assert_eq!(claims.repeated(), Some("sub"));
    }

    #[test]
    fn what_a_log_does_not_tell_is_not_absent() {
        assert_eq!(claims("{}", true).get("sub"), Known::NotKnown);
    }
}
