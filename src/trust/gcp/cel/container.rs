//! Lists and maps: literals, `[ ]`, `.name`, `has()` and `in`.

use super::{
    compare::{equal, find},
    kinds::Kinds,
    limit::Budget,
    number,
    traced::Traced,
    value::{Map, Reason, Value},
};

/// A map literal's keys and values, in turn.
pub(super) fn map(parts: &[Traced<'_>], budget: &Budget) -> Value {
    let mut map = Map { entries: Vec::new(), partial: false };
    let mut key = None;
    for part in parts {
        let Some(name) = key.take() else {
            let keys = Kinds::STRING.or(Kinds::BOOL).or(Kinds::INT).or(Kinds::UINT);
            if !part.value.kind().is_some_and(|kind| kind.meets(keys)) || find(&map, &part.value, budget).is_some() {
                return Value::missing(Reason::Value, &["the map has a key twice, or one that cannot be a key"]);
            }
            key = Some(part.value.clone());
            continue;
        };
        map.entries.push((name, part.value.clone()));
    }
    Value::map(map.entries, false)
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
        other => {
            let kind = other.kind().map_or_else(String::new, Kinds::words);
            Value::missing(Reason::Type, &["expected a map or a list, got ", &*kind])
        }
    }
}
