//! Functions of lists, and `size`.

use super::super::{
    budget::Budget,
    cause::{Cause, Reason},
    environment::not_told,
    value::Value,
};

/// `size(x)`: characters, bytes, items, entries.
pub(super) fn size(arguments: &[Value], budget: &Budget) -> Result<Value, Cause> {
    let size = match arguments {
        [Value::String(text)] => {
            budget.spend(text.len() / 16)?;
            text.chars().count()
        }
        [Value::Bytes(bytes)] => bytes.len(),
        [Value::List(items)] => items.len(),
        [Value::Map(map)] if map.partial => return Err(not_told("all entries of the map")),
        [Value::Map(map)] => map.entries.len(),
        _ => 0,
    };
    Ok(Value::Int(i64::try_from(size).unwrap_or(i64::MAX)))
}

/// `['a', 'b'].join('-')`
pub(super) fn join(arguments: &[Value], budget: &Budget) -> Result<Value, Cause> {
    let (Some(Value::List(items)), separator) = (arguments.first(), arguments.get(1)) else {
        return Ok(Value::from(""));
    };
    let separator = separator.and_then(Value::as_str).unwrap_or_default();
    let mut joined = String::new();
    for (number, item) in items.iter().enumerate() {
        if let Some(cause) = item.cause() {
            return Err((**cause).clone());
        }
        let Some(text) = item.as_str() else {
            return Err(Cause::new(Reason::Type, "join() takes a list of strings"));
        };
        budget.spend(separator.len().saturating_add(text.len()))?;
        if number > 0 {
            joined.push_str(separator);
        }
        joined.push_str(text);
    }
    Ok(Value::from(&*joined))
}
