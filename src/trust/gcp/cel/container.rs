//! Lists and maps: literals, `[ ]`, `.name`, `has()` and `in`.

use std::rc::Rc;

use super::{
    budget::Budget,
    cause::{Cause, Reason},
    compare::{equal, find},
    environment::not_told,
    kinds::Kinds,
    number,
    value::{Map, Value},
};

/// A map literal's keys and values, in turn.
pub(super) fn map(parts: &[Value], budget: &Budget) -> Result<Value, Cause> {
    let mut map = Map { entries: Vec::new(), partial: false };
    for entry in parts.chunks(2) {
        let [key, value] = entry else { continue };
        let keys = Kinds::STRING.or(Kinds::BOOL).or(Kinds::INT).or(Kinds::UINT);
        if !key.kind().is_some_and(|kind| kind.meets(keys)) {
            return Err(Cause::new(Reason::Type, "the key of a map is a string, a boolean or a whole number"));
        }
        if find(&map, key, budget)?.is_some() {
            return Err(Cause::new(Reason::Value, "the map has the same key twice"));
        }
        map.entries.push((key.clone(), value.clone()));
    }
    Ok(Value::Map(Rc::new(map)))
}

/// `container[key]`
pub(super) fn index(container: &Value, key: &Value, budget: &Budget) -> Result<Value, Cause> {
    match container {
        Value::List(items) => {
            let place = match key {
                Value::Int(place) => usize::try_from(*place).ok(),
                Value::Uint(place) => usize::try_from(*place).ok(),
                Value::Double(place) if place.trunc() == *place => {
                    number::to_uint(*place).and_then(|place| usize::try_from(place).ok())
                }
                _ => return Err(Cause::new(Reason::Type, "the place in a list is a whole number")),
            };
            place.and_then(|place| items.get(place)).cloned().ok_or_else(|| {
                Cause::new(Reason::Value, format!("the list has {} items, and none at this place", items.len()))
            })
        }
        Value::Map(map) => entry(map, key, budget),
        other => Err(no_map(other)),
    }
}

/// The value of a key that has to be there.
fn entry(map: &Map, key: &Value, budget: &Budget) -> Result<Value, Cause> {
    if !key.kind().is_some_and(|kind| kind.meets(Kinds::STRING.or(Kinds::BOOL).or(Kinds::NUMBER))) {
        return Err(Cause::new(Reason::Type, "the key of a map is a string, a boolean or a whole number"));
    }
    match find(map, key, budget)? {
        Some(value) => Ok(value.clone()),
        None if map.partial => Err(not_told(&shown(key))),
        None => Err(Cause::new(Reason::Absent, ["there is no ", &*shown(key)].concat())),
    }
}

fn shown(key: &Value) -> String {
    match key {
        Value::String(text) => (**text).to_owned(),
        key => number::spell(key).unwrap_or_else(|| "such key".to_owned()),
    }
}

fn no_map(value: &Value) -> Cause {
    let kind = value.kind().map_or_else(String::new, Kinds::words);
    Cause::new(Reason::Type, ["expected a map, got ", &*kind].concat())
}

/// `container.name`
pub(super) fn select(container: &Value, name: &str, budget: &Budget) -> Result<Value, Cause> {
    match container {
        Value::Map(map) => entry(map, &Value::from(name), budget),
        other => Err(no_map(other)),
    }
}

/// `has(container.name)`
pub(super) fn has(container: &Value, name: &str, budget: &Budget) -> Result<Value, Cause> {
    match container {
        Value::Map(_) => holds(&Value::from(name), container, budget),
        other => Err(no_map(other)),
    }
}

/// `key in container`
pub(super) fn holds(wanted: &Value, container: &Value, budget: &Budget) -> Result<Value, Cause> {
    match container {
        Value::Map(map) => match find(map, wanted, budget)? {
            Some(_) => Ok(Value::Bool(true)),
            None if map.partial => Err(not_told(&shown(wanted))),
            None => Ok(Value::Bool(false)),
        },
        Value::List(items) => {
            let mut found = Ok(Value::Bool(false));
            for item in items.iter() {
                match equal(wanted, item, budget) {
                    Ok(true) => return Ok(Value::Bool(true)),
                    Ok(false) => {}
                    Err(cause) => found = Err(cause),
                }
            }
            found
        }
        other => Err(no_map(other)),
    }
}

/// The elements that a macro looks at: of a map its keys.
pub(super) fn elements(range: &Value) -> Result<(Vec<Value>, bool), Cause> {
    match range {
        Value::List(items) => Ok((items.to_vec(), false)),
        Value::Map(map) => Ok((map.entries.iter().map(|(key, _)| key.clone()).collect(), map.partial)),
        other => {
            let kind = other.kind().map_or_else(String::new, Kinds::words);
            Err(Cause::new(
                Reason::Type,
                ["a macro looks at the elements of a list or a map, not of ", &*kind].concat(),
            ))
        }
    }
}
