//! Functions of texts. Places and lengths count characters (Unicode code points).

use super::super::{
    budget::Budget,
    cause::{Cause, Reason},
    regex,
    value::Value,
};

fn out_of_range() -> Cause {
    Cause::new(Reason::Value, "the place lies outside of the text")
}

/// The text arguments, those left out as empty ones.
fn texts<'a>(arguments: &'a [Value], budget: &Budget) -> Result<[&'a str; 3], Cause> {
    let mut texts = [""; 3];
    for (text, argument) in texts.iter_mut().zip(arguments) {
        *text = argument.as_str().unwrap_or_default();
        budget.spend(text.len())?;
    }
    Ok(texts)
}

/// A whole number among the arguments.
fn whole(arguments: &[Value], at: usize) -> Option<i64> {
    match arguments.get(at) {
        Some(Value::Int(number)) => Some(*number),
        _ => None,
    }
}

/// `text.contains(part)`
pub(super) fn contains(arguments: &[Value], budget: &Budget) -> Result<Value, Cause> {
    let [text, part, _] = texts(arguments, budget)?;
    Ok(Value::Bool(text.contains(part)))
}

/// `text.startsWith(prefix)`
pub(super) fn starts_with(arguments: &[Value], budget: &Budget) -> Result<Value, Cause> {
    let [text, prefix, _] = texts(arguments, budget)?;
    Ok(Value::Bool(text.starts_with(prefix)))
}

/// `text.endsWith(suffix)`
pub(super) fn ends_with(arguments: &[Value], budget: &Budget) -> Result<Value, Cause> {
    let [text, suffix, _] = texts(arguments, budget)?;
    Ok(Value::Bool(text.ends_with(suffix)))
}

/// `text.matches(pattern)`: whether it matches anywhere.
pub(super) fn matches(arguments: &[Value], budget: &Budget) -> Result<Value, Cause> {
    let [text, pattern, _] = texts(arguments, budget)?;
    regex::matches(pattern, text, budget).map(Value::Bool)
}

/// `text.lowerAscii()`
pub(super) fn lower(arguments: &[Value], budget: &Budget) -> Result<Value, Cause> {
    Ok(Value::from(&*texts(arguments, budget)?[0].to_ascii_lowercase()))
}

/// `text.upperAscii()`
pub(super) fn upper(arguments: &[Value], budget: &Budget) -> Result<Value, Cause> {
    Ok(Value::from(&*texts(arguments, budget)?[0].to_ascii_uppercase()))
}

/// `text.trim()`: without Unicode's white space at the ends.
pub(super) fn trim(arguments: &[Value], budget: &Budget) -> Result<Value, Cause> {
    Ok(Value::from(texts(arguments, budget)?[0].trim()))
}

/// `text.reverse()`
pub(super) fn reverse(arguments: &[Value], budget: &Budget) -> Result<Value, Cause> {
    Ok(Value::from(&*texts(arguments, budget)?[0].chars().rev().collect::<String>()))
}

/// `text.replace(old, new)`, `text.replace(old, new, times)`; a negative number of times is all of them.
pub(super) fn replace(arguments: &[Value], budget: &Budget) -> Result<Value, Cause> {
    let [text, old, new] = texts(arguments, budget)?;
    let times = whole(arguments, 3).and_then(|times| usize::try_from(times).ok()).unwrap_or(usize::MAX);
    let found = text.matches(old).count().min(times);
    budget.spend(found.saturating_mul(new.len()))?;
    Ok(Value::from(&*text.replacen(old, new, found)))
}

/// `text.split(separator)`, `text.split(separator, most)`: at most so many parts, the last one with all the rest; a
/// negative number is all of them, 0 none.
pub(super) fn split(arguments: &[Value], budget: &Budget) -> Result<Value, Cause> {
    let [text, separator, _] = texts(arguments, budget)?;
    let most = whole(arguments, 2).and_then(|most| usize::try_from(most).ok()).unwrap_or(usize::MAX);
    let parts: Vec<Value> = match most {
        0 => Vec::new(),
        // Between all characters; the library would also split at both ends.
        _ if separator.is_empty() => {
            let mut parts = Vec::new();
            let mut rest = text.chars();
            while parts.len().saturating_add(1) < most {
                let Some(character) = rest.next() else { break };
                parts.push(Value::from(character.encode_utf8(&mut [0; 4]) as &str));
            }
            if !rest.as_str().is_empty() {
                parts.push(Value::from(rest.as_str()));
            }
            parts
        }
        _ => text.splitn(most, separator).map(Value::from).collect(),
    };
    Ok(Value::list(parts))
}

/// `text.substring(start)`, `text.substring(start, end)`
pub(super) fn substring(arguments: &[Value], budget: &Budget) -> Result<Value, Cause> {
    let [text, ..] = texts(arguments, budget)?;
    let length = text.chars().count();
    let start = whole(arguments, 1).map_or(Some(0), |start| usize::try_from(start).ok());
    let end = whole(arguments, 2).map_or(Some(length), |end| usize::try_from(end).ok());
    match (start, end) {
        (Some(start), Some(end)) if start <= end && end <= length => {
            let part: String = text.chars().skip(start).take(end.saturating_sub(start)).collect();
            Ok(Value::from(&*part))
        }
        _ => Err(out_of_range()),
    }
}

/// `text.charAt(place)`; empty at the end.
pub(super) fn character(arguments: &[Value], budget: &Budget) -> Result<Value, Cause> {
    let [text, ..] = texts(arguments, budget)?;
    let place = whole(arguments, 1).and_then(|place| usize::try_from(place).ok()).ok_or_else(out_of_range)?;
    if place > text.chars().count() {
        return Err(out_of_range());
    }
    Ok(Value::from(&*text.chars().skip(place).take(1).collect::<String>()))
}

/// `text.indexOf(part)`, `text.indexOf(part, from)`: −1 if it is not there.
pub(super) fn index_of(arguments: &[Value], budget: &Budget) -> Result<Value, Cause> {
    let places = places(arguments, budget)?;
    let from = whole(arguments, 2).unwrap_or(0);
    Ok(Value::Int(places.into_iter().find(|place| *place >= from).unwrap_or(-1)))
}

/// `text.lastIndexOf(part)`, `text.lastIndexOf(part, from)`: the last place that is not behind `from`.
pub(super) fn last_index_of(arguments: &[Value], budget: &Budget) -> Result<Value, Cause> {
    let places = places(arguments, budget)?;
    let from = whole(arguments, 2).unwrap_or(i64::MAX);
    Ok(Value::Int(places.into_iter().rev().find(|place| *place <= from).unwrap_or(-1)))
}

/// All places, overlapping ones too, at which the second text stands in the first.
fn places(arguments: &[Value], budget: &Budget) -> Result<Vec<i64>, Cause> {
    let [text, part, _] = texts(arguments, budget)?;
    let length = i64::try_from(text.chars().count()).unwrap_or(i64::MAX);
    if whole(arguments, 2).is_some_and(|from| from < 0 || from > length) {
        return Err(out_of_range());
    }
    budget.spend(text.len().saturating_mul(part.len()) / 8)?;
    let starts = text.char_indices().map(|(at, _)| at).chain([text.len()]);
    let at_start = |at: usize| text.get(at..).is_some_and(|rest| rest.starts_with(part));
    Ok(starts.zip(0_i64..).filter(|(at, _)| at_start(*at)).map(|(_, place)| place).collect())
}
