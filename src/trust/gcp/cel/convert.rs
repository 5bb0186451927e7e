//! Conversions between types.

use super::{
    double,
    kinds::Kinds,
    literal::{integer, whole},
    number::{spell, to_int, to_uint},
    value::{Reason, Value},
};

/// `int(x)` and its siblings. None where the value has no such form.
pub(super) fn convert(value: &Value, wanted: Kinds) -> Option<Value> {
    // From here on, and below 0.0001, cel-cpp and cel-go write 1e+06.
    const LARGE: f64 = 1e6;
    const SMALL: f64 = 1e-4;
    Some(match (wanted, value) {
        // Without what is behind the point. The lowest int is refused as a double, by the conformance suite's word.
        (Kinds::INT, Value::Double(value)) => Value::Int(to_int(*value).filter(|value| *value != i64::MIN)?),
        (Kinds::INT, Value::Uint(value)) => Value::Int(i64::try_from(*value).ok()?),
        (Kinds::INT, Value::String(text)) => integer(text, 10)?,
        (Kinds::UINT, Value::Double(value)) => Value::Uint(to_uint(*value)?),
        (Kinds::UINT, Value::Int(value)) => Value::Uint(u64::try_from(*value).ok()?),
        (Kinds::UINT, Value::String(text)) => Value::Uint(whole(text, 10)?),
        (Kinds::DOUBLE, Value::Int(value)) => Value::Double(*value as f64),
        (Kinds::DOUBLE, Value::Uint(value)) => Value::Double(*value as f64),
        (Kinds::DOUBLE, Value::String(text)) => Value::Double(double::read(text, double::EXPONENT)?),
        (Kinds::STRING, Value::Bool(value)) => Value::text(if *value { "true" } else { "false" }),
        (Kinds::STRING, Value::Bytes(bytes)) => Value::text(std::str::from_utf8(bytes).ok()?),
        (Kinds::STRING, Value::Double(value))
            if *value != 0.0 && !(SMALL..LARGE).contains(&value.abs()) || double::spell(*value).is_none() =>
        {
            let message = "implementations of CEL spell this number differently (1767225600 or 1.7672256e+09)";
            Value::missing(Reason::Undocumented, &[message])
        }
        (Kinds::STRING, Value::Int(_) | Value::Uint(_) | Value::Double(_)) => Value::text(&spell(value)?),
        (Kinds::BYTES, Value::String(text)) => Value::Bytes(text.as_bytes().into()),
        (Kinds::BOOL, Value::String(text)) => match &**text {
            "1" | "t" | "true" | "TRUE" | "True" => Value::Bool(true),
            "0" | "f" | "false" | "FALSE" | "False" => Value::Bool(false),
            _ => return None,
        },
        // It is of this type already, or of any.
        (wanted, value) if value.kinds().meets(wanted) => value.clone(),
        _ => return None,
    })
}
