//! Numbers of the three types: how they compare, convert and are spelled.

use std::cmp::Ordering;

use super::{
    double,
    value::{Reason, Value},
};

/// Powers of ten in a token's numbers; what is beyond is unknown, and so cheap.
const CLAIM_EXPONENT: i64 = 40;

/// Two to the power of 63 and of 64: the first doubles that an int and a uint do not hold.
const INT_END: f64 = 9_223_372_036_854_775_808.0;
const UINT_END: f64 = 18_446_744_073_709_551_616.0;

/// A number of a token: a double.
pub(super) fn of_json(spelled: &str) -> Value {
    match double::read(spelled, CLAIM_EXPONENT) {
        Some(value) => Value::Double(value),
        None => Value::missing(Reason::Undocumented, &["this program does not compute with the number ", spelled]),
    }
}

/// Compares two numbers by their value, whatever their types. None if one of the two is no number, or NaN.
pub(super) fn order(left: &Value, right: &Value) -> Option<Ordering> {
    match (left, right) {
        (Value::Int(left), Value::Int(right)) => Some(left.cmp(right)),
        (Value::Uint(left), Value::Uint(right)) => Some(left.cmp(right)),
        (Value::Int(left), Value::Uint(right)) => {
            Some(u64::try_from(*left).map_or(Ordering::Less, |left| left.cmp(right)))
        }
        (Value::Double(left), Value::Double(right)) => left.partial_cmp(right),
        (Value::Double(left), Value::Int(right)) => with_whole(*left, to_int(*left).map(|left| left.cmp(right))),
        (Value::Double(left), Value::Uint(right)) => with_whole(*left, to_uint(*left).map(|left| left.cmp(right))),
        (Value::Uint(_), Value::Int(_)) | (Value::Int(_) | Value::Uint(_), Value::Double(_)) => {
            order(right, left).map(Ordering::reverse)
        }
        _ => None,
    }
}

/// Compares a double with a whole number: by its whole part, then by what is behind the point. A double that has no such
/// part of that type is beyond all of them, below or above.
fn with_whole(value: f64, whole: Option<Ordering>) -> Option<Ordering> {
    match whole {
        Some(Ordering::Equal) => value.partial_cmp(&value.trunc()),
        Some(other) => Some(other),
        None => value.partial_cmp(&0.0),
    }
}

/// The whole part as an int.
pub(super) fn to_int(value: f64) -> Option<i64> {
    (-INT_END..INT_END).contains(&value).then_some(value as i64)
}

/// The whole part as a uint.
pub(super) fn to_uint(value: f64) -> Option<u64> {
    (0.0..UINT_END).contains(&value).then_some(value as u64)
}

/// The digits of a number.
pub(super) fn spell(value: &Value) -> Option<String> {
    match value {
        Value::Int(value) => Some(value.to_string()),
        Value::Uint(value) => Some(value.to_string()),
        Value::Double(value) => double::spell(*value),
        _ => None,
    }
}
