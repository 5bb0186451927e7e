//! What a condition key holds, and how a claim becomes that.

use crate::{json::Value, token::Known};

/// What a condition key holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Held {
    /// One value; an array of one counts as that.
    One(String),
    /// No value, or several, in an array.
    Many(Vec<String>),
    /// The key is not in the request.
    Absent,
    /// Not told, or not documented; the sentence says which.
    NotKnown(&'static str),
}

/// How STS shows a claim.
pub(super) fn of_claim(claim: Known<'_>) -> Held {
    const TYPE: Held = Held::NotKnown("AWS does not say how it shows a claim of this type.");
    match claim {
        Known::Absent => Held::Absent,
        Known::NotKnown => Held::NotKnown("The evidence does not tell this claim, or tells two values of it."),
        Known::Present(Value::String(text)) => Held::One(text.clone()),
        Known::Present(Value::Array(items)) => {
            let texts: Option<Vec<String>> = items.iter().map(|item| item.as_str().map(str::to_owned)).collect();
            match texts.as_deref() {
                None => TYPE,
                Some([only]) => Held::One(only.clone()),
                Some(several) => Held::Many(several.to_vec()),
            }
        }
        Known::Present(_) => TYPE,
    }
}

/// The same, but for a claim that is there: of it something else is said.
pub(super) fn present_as(claim: Known<'_>, present: Held) -> Held {
    match claim {
        Known::Present(_) => present,
        other => of_claim(other),
    }
}
