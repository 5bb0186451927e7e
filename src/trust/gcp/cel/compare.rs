//! Equality and order.
//!
//! Numbers of different types compare by their value; values of different other types are unequal, which is no error
//! (<https://github.com/google/cel-spec/blob/master/doc/langdef.md#equality>).

use std::cmp::Ordering;

use super::{
    budget::Budget,
    cause::{Cause, Reason},
    number,
    value::{Map, Value},
};

/// Whether two values are equal. Unknown where that hangs on an unknown part.
pub(super) fn equal(left: &Value, right: &Value, budget: &Budget) -> Result<bool, Cause> {
    budget.spend(1)?;
    if let Some(cause) = left.cause().or(right.cause()) {
        return Err((**cause).clone());
    }
    match (left, right) {
        (Value::String(left), Value::String(right)) => {
            budget.spend(left.len() / 16)?;
            Ok(left == right)
        }
        (Value::List(left), Value::List(right)) => {
            let pairs = left.iter().zip(right.iter());
            all(left.len() == right.len(), pairs.map(|(left, right)| equal(left, right, budget)))
        }
        (Value::Map(left), Value::Map(right)) => maps(left, right, budget),
        (Value::Null, Value::Null) => Ok(true),
        (Value::Bool(left), Value::Bool(right)) => Ok(left == right),
        (Value::Bytes(left), Value::Bytes(right)) => Ok(left == right),
        (Value::Type(left), Value::Type(right)) => Ok(left == right),
        _ => Ok(number::order(left, right) == Ok(Some(Ordering::Equal))),
    }
}

fn maps(left: &Map, right: &Map, budget: &Budget) -> Result<bool, Cause> {
    if left.partial || right.partial {
        return Err(Cause::new(Reason::NotTold, "the evidence does not tell all entries of the map"));
    }
    let entries = left.entries.iter().map(|(key, value)| match find(right, key, budget)? {
        Some(other) => equal(value, other, budget),
        None => Ok(false),
    });
    all(left.entries.len() == right.entries.len(), entries)
}

/// False if one part is, else unknown if one part is.
fn all(same_size: bool, parts: impl Iterator<Item = Result<bool, Cause>>) -> Result<bool, Cause> {
    let mut so_far = Ok(same_size);
    if same_size {
        for part in parts {
            match part {
                Ok(false) => return Ok(false),
                Ok(true) => {}
                Err(cause) => so_far = so_far.and(Err(cause)),
            }
        }
    }
    so_far
}

/// The value of a key.
pub(super) fn find<'a>(map: &'a Map, key: &Value, budget: &Budget) -> Result<Option<&'a Value>, Cause> {
    for (own, value) in &map.entries {
        if equal(own, key, budget)? {
            return Ok(Some(value));
        }
    }
    Ok(None)
}

/// The order of two values; `None` if one is NaN.
pub(super) fn order(left: &Value, right: &Value, budget: &Budget) -> Result<Option<Ordering>, Cause> {
    budget.spend(1)?;
    match (left, right) {
        (Value::String(left), Value::String(right)) => Ok(Some(left.cmp(right))),
        (Value::Bytes(left), Value::Bytes(right)) => Ok(Some(left.cmp(right))),
        (Value::Bool(left), Value::Bool(right)) => Ok(Some(left.cmp(right))),
        _ => number::order(left, right).map_err(|()| Cause::new(Reason::Type, "these two have no order")),
    }
}
