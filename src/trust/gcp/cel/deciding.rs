//! `&&` and `||` over any number of parts: one part may settle the result whatever the others are, errors included
//! (<https://github.com/google/cel-spec/blob/master/doc/langdef.md#logical-operators>).

use super::{
    cause::{Cause, Reason},
    kinds::Kinds,
    node::Node,
    value::Value,
};

/// A value that has to be a boolean: anything else is an error.
pub(super) fn boolean(value: Value, node: &Node) -> Value {
    match value.kind() {
        None | Some(Kinds::BOOL) => value,
        Some(other) => {
            let message = ["expected true or false, got ", &*other.words()].concat();
            Cause { reason: Reason::Type, message, at: node.at.clone() }.into()
        }
    }
}

/// The strength of a value that settles the result, and of one that is unknown.
pub(super) const SETTLED: u8 = 3;
pub(super) const UNKNOWN: u8 = 2;

/// How strongly a part's value pulls the result its way. `absorbing`: the boolean that settles it, false for `&&` and true
/// for `||`. What is unknown comes before an error, because it may turn out to be the absorbing one.
pub(super) fn pull(value: &Value, absorbing: bool) -> u8 {
    match value {
        Value::Bool(value) if *value == absorbing => SETTLED,
        Value::Unknown(_) => UNKNOWN,
        Value::Bool(_) => 0,
        _ => 1,
    }
}
