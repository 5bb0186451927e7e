//! Conversions between types.

use super::{
    double,
    kinds::Kinds,
    literal::{integer, whole},
    number::{to_double, to_int, to_uint},
    value::{Data, Reason, Value},
};

/// `int(x)` and its siblings. None where the value has no such form.
pub(super) fn convert(value: &Value, wanted: Kinds) -> Option<Value> {
    // From here on, and below 0.0001, cel-cpp and cel-go write 1e+06.
    const LARGE: f64 = 1e6;
    const SMALL: f64 = 1e-4;
    let converted = match (wanted, &**value) {
        // Without what is behind the point. The lowest int is refused as a double, by the conformance suite's word.
        (Kinds::INT, Data::Double(value)) => Data::Int(to_int(*value).filter(|value| *value != i64::MIN)?),
        (Kinds::INT, Data::Uint(value)) => Data::Int(i64::try_from(*value).ok()?),
        (Kinds::INT, Data::String(text)) => integer(text, 10)?,
        (Kinds::INT, Data::Bool(_)) => {
            return Some(Value::missing(Reason::Undocumented, &["cel-cpp takes int() of a boolean, cel-go does not"]));
        }
        (Kinds::UINT, Data::Double(value)) => Data::Uint(to_uint(*value)?),
        (Kinds::UINT, Data::Int(value)) => Data::Uint(u64::try_from(*value).ok()?),
        (Kinds::UINT, Data::String(text)) => Data::Uint(whole(text, 10)?),
        (Kinds::DOUBLE, Data::String(text)) => match double::read(text, double::EXPONENT) {
            Some(value) => Data::Double(value),
            None if !text.contains(['n', 'N', 'x', 'X']) => return None,
            None => {
                return Some(Value::missing(Reason::Undocumented, &["this program does not read the number ", text]));
            }
        },
        (Kinds::DOUBLE, _) => Data::Double(to_double(value)?),
        (Kinds::STRING, Data::Bytes(bytes)) => Data::String(String::from_utf8(bytes.clone()).ok()?),
        (Kinds::STRING, Data::Double(number))
            if *number != 0.0 && !(SMALL..LARGE).contains(&number.abs()) || double::spell(*number).is_none() =>
        {
            let message = "implementations of CEL spell this number differently (1767225600 or 1.7672256e+09)";
            return Some(Value::missing(Reason::Undocumented, &[message]));
        }
        (Kinds::STRING, _) => Data::String(value.spelled()?),
        (Kinds::BYTES, Data::String(text)) => Data::Bytes(text.as_bytes().to_vec()),
        (Kinds::BOOL, Data::String(text)) => match &**text {
            "1" | "t" | "true" | "TRUE" | "True" => Data::Bool(true),
            "0" | "f" | "false" | "FALSE" | "False" => Data::Bool(false),
            _ => return None,
        },
        // It is of this type already, or of any.
        _ => return Some(value.clone()),
    };
    Some(converted.into())
}
