//! `&&` and `||` over any number of parts: one part may settle the result whatever the others are, errors included
//! (<https://github.com/google/cel-spec/blob/master/doc/langdef.md#logical-operators>).

use super::{
    kinds::Kinds,
    value::{Reason, Value},
};

/// The strength of a value that settles the result, of one that is unknown, and of an error.
pub(super) const SETTLED: u8 = 3;
pub(super) const UNKNOWN: u8 = 2;
pub(super) const ERROR: u8 = 1;

/// A value that has to be a boolean: anything else is an error.
#[inline(never)]
pub(super) fn boolean(value: &Value) -> Value {
    match value.kind() {
        Some(other) if other != Kinds::BOOL => {
            Value::missing(Reason::Type, &["expected true or false, got ", &*other.words()])
        }
        _ => value.clone(),
    }
}

/// How strongly a part pulls the result its way. `absorbing`: the boolean that settles it, false for `&&` and true for
/// `||`. What is unknown comes before an error, because it may turn out to be the absorbing one.
pub(super) const fn pull(value: &Value, absorbing: bool) -> u8 {
    match value {
        Value::Unknown(_) => UNKNOWN,
        Value::Bool(value) if *value == absorbing => SETTLED,
        Value::Bool(_) => 0,
        _ => ERROR,
    }
}
