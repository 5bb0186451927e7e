//! Equality and order.
//!
//! Numbers of different types compare by their value; values of different other types are unequal, which is no error
//! (<https://github.com/google/cel-spec/blob/master/doc/langdef.md#equality>).

use std::cmp::Ordering;

use super::{
    limit::Budget,
    number,
    value::{Map, Reason, Value},
};

/// Whether two values are equal: a boolean, or unknown where that hangs on an unknown part.
pub(super) fn equal(left: &Value, right: &Value, budget: &Budget) -> Value {
    if !budget.spend(0) {
        return Value::Null;
    }
    let equal = match (left, right) {
        (Value::Unknown(..), _) => return left.clone(),
        (_, Value::Unknown(..)) => return right.clone(),
        (Value::List(left), Value::List(right)) => {
            let mut result = Value::Bool(left.len() == right.len());
            for (left, right) in left.iter().zip(&**right) {
                result = both(result, equal(left, right, budget));
            }
            return result;
        }
        (Value::Map(left), Value::Map(right)) => {
            let mut result = Value::Bool(left.entries.len() == right.entries.len());
            if left.partial || right.partial {
                result = not_all_told();
            }
            for (key, value) in &left.entries {
                let other = find(right, key, budget);
                result = both(result, other.map_or(Value::Bool(right.partial), |other| equal(value, other, budget)));
            }
            return result;
        }
        (Value::Null, Value::Null) => true,
        (Value::Type(left), Value::Type(right)) => left == right,
        _ => order(left, right, budget) == Some(Ordering::Equal),
    };
    Value::Bool(equal)
}

/// False if one of the two is, else unknown if one of the two is.
fn both(left: Value, right: Value) -> Value {
    match (&left, &right) {
        (Value::Bool(false), _) | (Value::Unknown(..), Value::Bool(true) | Value::Unknown(..)) => left,
        _ => right,
    }
}

/// What hangs on entries of a map that may be there or not.
pub(super) fn not_all_told() -> Value {
    Value::missing(Reason::NotTold, &["the evidence does not tell all entries of the map"])
}

/// The value of a key.
pub(super) fn find<'a>(map: &'a Map, key: &Value, budget: &Budget) -> Option<&'a Value> {
    map.entries.iter().find(|(own, _)| matches!(equal(own, key, budget), Value::Bool(true))).map(|(_, value)| value)
}

/// The order of two values; none if they have none, or one is NaN.
pub(super) fn order(left: &Value, right: &Value, budget: &Budget) -> Option<Ordering> {
    let (left, right) = match (left, right) {
        (Value::String(left), Value::String(right)) => (left.as_bytes(), right.as_bytes()),
        (Value::Bytes(left), Value::Bytes(right)) => (&**left, &**right),
        (Value::Bool(left), Value::Bool(right)) => return Some(left.cmp(right)),
        _ => return number::order(left, right),
    };
    budget.spend(left.len() / 16);
    Some(left.cmp(right))
}
