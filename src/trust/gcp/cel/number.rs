//! Numbers of the three types: how they compare, convert and are spelled.

use std::cmp::Ordering;

use super::{
    double,
    value::{Data, Reason, Value},
};

/// Powers of ten in a token's numbers; what is beyond is unknown, and so cheap.
const CLAIM_EXPONENT: i64 = 40;

/// Two to the power of 63 and of 64: the first doubles that an int and a uint do not hold.
const INT_END: f64 = 9_223_372_036_854_775_808.0;
const UINT_END: f64 = 18_446_744_073_709_551_616.0;

/// A number of a token: a double.
pub(super) fn of_json(spelled: &str) -> Value {
    match double::read(spelled, CLAIM_EXPONENT) {
        Some(value) => Data::Double(value).into(),
        None => Value::missing(Reason::Undocumented, &["this program does not compute with the number ", spelled]),
    }
}

/// Compares two numbers, whatever their types; whole numbers with doubles as doubles, as cel-go and cel-cpp do. None if one
/// of the two is no number, or NaN.
pub(super) fn order(left: &Value, right: &Value) -> Option<Ordering> {
    match (&**left, &**right) {
        (Data::Int(left), Data::Int(right)) => Some(left.cmp(right)),
        (Data::Uint(left), Data::Uint(right)) => Some(left.cmp(right)),
        (Data::Int(left), Data::Uint(right)) => {
            Some(u64::try_from(*left).map_or(Ordering::Less, |left| left.cmp(right)))
        }
        (Data::Uint(_), Data::Int(_)) => order(right, left).map(Ordering::reverse),
        _ => to_double(left)?.partial_cmp(&to_double(right)?),
    }
}

/// The nearest double.
pub(super) fn to_double(value: &Value) -> Option<f64> {
    match **value {
        Data::Int(value) => Some(value as f64),
        Data::Uint(value) => Some(value as f64),
        Data::Double(value) => Some(value),
        _ => None,
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
    match &**value {
        Data::Int(value) => Some(value.to_string()),
        Data::Uint(value) => Some(value.to_string()),
        Data::Double(value) => double::spell(*value),
        _ => None,
    }
}
