//! Conversions between types.

use super::super::{
    budget::Budget,
    cause::{Cause, Reason},
    double,
    number::{spell, to_double, to_int, to_uint},
    value::Value,
};

fn converted(value: Option<Value>, wanted: &str) -> Result<Value, Cause> {
    value.ok_or_else(|| Cause::new(Reason::Value, ["the value cannot be converted to ", wanted].concat()))
}

/// `int(x)`: a double without what is behind the point.
pub(super) fn int(arguments: &[Value], _: &Budget) -> Result<Value, Cause> {
    let value = match arguments {
        [Value::Int(value)] => Some(*value),
        [Value::Uint(value)] => i64::try_from(*value).ok(),
        // The lowest int is refused as a double, by the conformance suite's word.
        [Value::Double(value)] => to_int(*value).filter(|value| *value != i64::MIN),
        [Value::String(text)] if !text.starts_with('+') => text.parse().ok(),
        _ => None,
    };
    converted(value.map(Value::Int), "an int")
}

/// `uint(x)`
pub(super) fn uint(arguments: &[Value], _: &Budget) -> Result<Value, Cause> {
    let value = match arguments {
        [Value::Int(value)] => u64::try_from(*value).ok(),
        [Value::Uint(value)] => Some(*value),
        [Value::Double(value)] => to_uint(*value),
        [Value::String(text)] if !text.starts_with('+') => text.parse().ok(),
        _ => None,
    };
    converted(value.map(Value::Uint), "a uint")
}

/// `double(x)`
pub(super) fn double(arguments: &[Value], _: &Budget) -> Result<Value, Cause> {
    let value = match arguments {
        [Value::String(text)] => double::read(text, double::EXPONENT),
        [number] => to_double(number),
        _ => None,
    };
    converted(value.map(Value::Double), "a double")
}

/// `string(x)`
pub(super) fn string(arguments: &[Value], budget: &Budget) -> Result<Value, Cause> {
    // From here on, and below 0.0001, cel-cpp and cel-go write 1e+06.
    const LARGE: f64 = 1e6;
    const SMALL: f64 = 1e-4;
    let spelled = match arguments {
        [text @ Value::String(_)] => return Ok(text.clone()),
        [Value::Bool(value)] => Some(if *value { "true" } else { "false" }.to_owned()),
        [Value::Bytes(bytes)] => {
            budget.spend(bytes.len())?;
            String::from_utf8(bytes.to_vec()).ok()
        }
        [Value::Double(value)] => {
            let size = value.abs();
            let agreed = if size == 0.0 || (SMALL..LARGE).contains(&size) { double::spell(*value) } else { None };
            return agreed.map(|text| Value::from(&*text)).ok_or_else(|| {
                let message =
                    "implementations of CEL do not agree how string() spells this number (1767225600 or 1.7672256e+09)";
                Cause::new(Reason::Undocumented, message)
            });
        }
        [number] => spell(number),
        _ => None,
    };
    converted(spelled.map(|text| Value::from(&*text)), "a string")
}

/// `bytes(x)`
pub(super) fn bytes(arguments: &[Value], budget: &Budget) -> Result<Value, Cause> {
    match arguments {
        [Value::String(text)] => {
            budget.spend(text.len())?;
            Ok(Value::Bytes(text.as_bytes().into()))
        }
        _ => same(arguments, budget),
    }
}

/// `bool(x)`: of a text `1 t true TRUE True 0 f false FALSE False`.
pub(super) fn bool(arguments: &[Value], budget: &Budget) -> Result<Value, Cause> {
    let value = match arguments.first().and_then(Value::as_str) {
        None => return same(arguments, budget),
        Some("1" | "t" | "true" | "TRUE" | "True") => Some(true),
        Some("0" | "f" | "false" | "FALSE" | "False") => Some(false),
        Some(_) => None,
    };
    converted(value.map(Value::Bool), "a boolean")
}

/// `type(x)`
pub(super) fn kind(arguments: &[Value], _: &Budget) -> Result<Value, Cause> {
    converted(arguments.first().and_then(Value::kind).map(Value::Type), "a type")
}

/// The argument itself.
pub(super) fn same(arguments: &[Value], _: &Budget) -> Result<Value, Cause> {
    converted(arguments.first().cloned(), "a value")
}
