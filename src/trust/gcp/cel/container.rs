//! Lists and maps: literals, `[ ]`, `.name`, `has()` and `in`.

use super::{
    compare::{equal, find, not_all_told},
    kinds::Kinds,
    limit::Budget,
    number,
    traced::Traced,
    value::{Map, Reason, Value},
};

/// A list literal, or a map literal with its keys and values in turn.
pub(super) fn literal(is_list: bool, parts: &[Traced<'_>], budget: &Budget) -> Value {
    let mut items = Vec::new();
    let mut map = Map { entries: Vec::new(), partial: false };
    for part in parts {
        let value = part.value.clone();
        match items.pop() {
            Some(key) if !is_list => map.entries.push((key, value)),
            before => {
                let keys = Kinds::STRING.or(Kinds::BOOL).or(Kinds::INT).or(Kinds::UINT);
                if !is_list && (!value.kinds().meets(keys) || find(&map, &value, budget).is_some()) {
                    return Value::missing(Reason::Value, &["the map has a key twice, or one that cannot be a key"]);
                }
                items.extend(before);
                items.push(value);
            }
        }
    }
    if is_list { Value::list(items) } else { Value::map(map.entries, false) }
}

/// `container[key]` and `container.key`, or (`presence`) whether the container holds it: `key in container`,
/// `has(container.key)`.
pub(super) fn look_up(container: &Value, key: &Value, presence: bool, budget: &Budget) -> Value {
    match container {
        Value::Map(map) => {
            let name = || key.spelled().unwrap_or_default();
            match find(map, key, budget) {
                Some(_) if presence => Value::Bool(true),
                Some(value) => value.clone(),
                None if map.partial => Value::missing(Reason::NotTold, &["the evidence does not tell ", &*name()]),
                None if presence => Value::Bool(false),
                None => Value::missing(Reason::Absent, &["there is no ", &*name()]),
            }
        }
        Value::List(items) if presence => {
            let mut found = Value::Bool(false);
            for item in &**items {
                match equal(key, item, budget) {
                    Value::Bool(false) => {}
                    Value::Bool(true) => return Value::Bool(true),
                    unknown => found = unknown,
                }
            }
            found
        }
        Value::List(items) => {
            let place = match key {
                Value::Int(place) => usize::try_from(*place).ok(),
                Value::Uint(place) => usize::try_from(*place).ok(),
                Value::Double(place) if place.trunc() == *place => {
                    number::to_uint(*place).and_then(|place| usize::try_from(place).ok())
                }
                _ => None,
            };
            match place.and_then(|place| items.get(place)) {
                Some(item) => item.clone(),
                None => {
                    let size = items.len().to_string();
                    Value::missing(Reason::Value, &["there is no such place in a list of ", &*size])
                }
            }
        }
        other => Value::missing(Reason::Type, &["expected a map or a list, got ", &*other.kinds().words()]),
    }
}

/// `size(x)`: characters, bytes, items, entries.
pub(super) fn size(value: &Value) -> Option<Value> {
    let size = match value {
        Value::String(text) => text.chars().count(),
        Value::Bytes(bytes) => bytes.len(),
        Value::List(items) => items.len(),
        Value::Map(map) if map.partial => return Some(not_all_told()),
        Value::Map(map) => map.entries.len(),
        _ => return None,
    };
    i64::try_from(size).ok().map(Value::Int)
}
