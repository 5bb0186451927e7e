//! Lists and maps: literals, `[ ]`, `.name`, `has()` and `in`.

use super::{
    compare::{equal, find, told},
    kinds::Kinds,
    limit::Budget,
    number,
    traced::Traced,
    value::{Data, Map, Reason, Value},
};

/// A list literal.
pub(super) fn list(parts: &[Traced<'_>]) -> Value {
    let mut items = Vec::new();
    for part in parts {
        items.push(part.value.clone());
    }
    Data::List(items).into()
}

/// A map literal's keys and values, in turn.
pub(super) fn map(parts: &[Traced<'_>], budget: &Budget) -> Value {
    let mut map = Map { entries: Vec::new(), partial: false };
    let keys = Kinds::STRING.or(Kinds::BOOL).or(Kinds::INT).or(Kinds::UINT);
    for entry in parts.chunks(2) {
        let [key, value] = entry else { continue };
        if !key.value.kinds().meets(keys) || find(&map, &key.value, budget).is_some() {
            return Value::missing(Reason::Value, &["the map has a key twice, or one that cannot be a key"]);
        }
        map.entries.push((key.value.clone(), value.value.clone()));
    }
    Data::Map(map).into()
}

/// `container[key]` and `container.key`, or (`presence`) whether the container holds it: `key in container`,
/// `has(container.key)`.
pub(super) fn look_up(container: &Value, key: &Value, presence: bool, budget: &Budget) -> Value {
    match &**container {
        Data::Map(map) if key.kinds().meets(Kinds::STRING.or(Kinds::BOOL).or(Kinds::NUMBER)) => {
            let found = find(map, key, budget);
            match found {
                // It may be an attribute that is not set.
                Some(value) if presence && value.is_unknown() => return value.of(Kinds::BOOL),
                Some(value) if !presence => return value.clone(),
                None if !presence || map.partial => {}
                _ => return Value::bool(found.is_some()),
            }
            let name = key.spelled().unwrap_or_default();
            let (reason, words) = if map.partial {
                (Reason::NotTold, "the evidence does not tell ")
            } else {
                (Reason::Absent, "there is no ")
            };
            Value::missing(reason, &[words, &*name])
        }
        Data::List(items) if presence => {
            let mut found = Some(false);
            for item in items {
                match equal(key, item, budget) {
                    Some(false) => {}
                    Some(true) => return Value::bool(true),
                    None => found = None,
                }
            }
            told(found)
        }
        Data::List(items) => {
            let place = match **key {
                Data::Int(place) => usize::try_from(place).ok(),
                Data::Uint(place) => usize::try_from(place).ok(),
                Data::Double(place) if place.trunc() == place => {
                    number::to_int(place).and_then(|place| usize::try_from(place).ok())
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
        _ => Value::missing(Reason::Type, &["a map has no key that is ", &*key.kinds().words()]),
    }
}

/// `size(x)`: characters, bytes, items, entries.
pub(super) fn size(value: &Value) -> Option<Value> {
    let size = match &**value {
        Data::String(text) => text.chars().count(),
        Data::Bytes(bytes) => bytes.len(),
        Data::List(items) => items.len(),
        Data::Map(map) if map.partial => return Some(told(None)),
        Data::Map(map) => map.entries.len(),
        _ => return None,
    };
    Some(Data::Int(i64::try_from(size).ok()?).into())
}
