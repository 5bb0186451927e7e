//! Equality and order.
//!
//! Numbers of different types compare by their value; values of different other types are unequal, which is no error
//! (<https://github.com/google/cel-spec/blob/master/doc/langdef.md#equality>).

use std::cmp::Ordering;

use super::{
    limit::Budget,
    number,
    value::{Data, Map, Reason, Value},
};

/// Whether two values are equal; none where that hangs on an unknown part.
pub(super) fn equal(left: &Value, right: &Value, budget: &Budget) -> Option<bool> {
    if left.is_unknown() || right.is_unknown() || !budget.spend(0) {
        return None;
    }
    Some(match (&**left, &**right) {
        (Data::List(left), Data::List(right)) => {
            let mut result = Some(left.len() == right.len());
            for (left, right) in left.iter().zip(right) {
                result = both(result, equal(left, right, budget));
            }
            return result;
        }
        (Data::Map(left), Data::Map(right)) => {
            let known = !left.partial && !right.partial;
            let mut result = known.then_some(left.entries.len() == right.entries.len());
            for (key, value) in &left.entries {
                let missing = if right.partial { None } else { Some(false) };
                result = both(result, find(right, key, budget).map_or(missing, |other| equal(value, other, budget)));
            }
            return result;
        }
        (Data::Null, Data::Null) => true,
        (Data::Type(left), Data::Type(right)) => left == right,
        _ => order(left, right, budget) == Some(Ordering::Equal),
    })
}

/// False if one of the two is, else unknown if one of the two is.
const fn both(left: Option<bool>, right: Option<bool>) -> Option<bool> {
    match (left, right) {
        (Some(false), _) | (_, Some(false)) => Some(false),
        (Some(true), Some(true)) => Some(true),
        _ => None,
    }
}

/// A boolean that hangs on something that is not told, if there is none.
#[inline(never)]
pub(super) fn told(result: Option<bool>) -> Value {
    match result {
        Some(value) => Value::bool(value),
        None => Value::missing(Reason::NotTold, &["the evidence does not tell all parts of the value"]),
    }
}

/// The value of a key.
pub(super) fn find<'a>(map: &'a Map, key: &Value, budget: &Budget) -> Option<&'a Value> {
    for (own, value) in &map.entries {
        if equal(own, key, budget) == Some(true) {
            return Some(value);
        }
    }
    None
}

/// The order of two values; none if they have none, or one is NaN.
pub(super) fn order(left: &Value, right: &Value, budget: &Budget) -> Option<Ordering> {
    let (left, right) = match (&**left, &**right) {
        (Data::String(left), Data::String(right)) => (left.as_bytes(), right.as_bytes()),
        (Data::Bytes(left), Data::Bytes(right)) => (&**left, &**right),
        (Data::Bool(left), Data::Bool(right)) => return Some(left.cmp(right)),
        _ => return number::order(left, right),
    };
    budget.spend(left.len() / 16);
    Some(left.cmp(right))
}
