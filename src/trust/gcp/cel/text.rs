//! Functions of texts. Places and lengths count characters (Unicode code points).

use super::{
    limit::Budget,
    regex,
    traced::Traced,
    value::{Data, Reason, Value},
};
use crate::search::Search as _;

/// What to do with a text.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Task {
    /// `list.join(separator)`
    Join,
    /// `text.contains(part)`
    Contains,
    /// `text.startsWith(prefix)`
    StartsWith,
    /// `text.endsWith(suffix)`
    EndsWith,
    /// `text.matches(pattern)`: whether it matches anywhere.
    Matches,
    /// `text.split(separator, most)`: at most so many parts, the last one with all the rest; a negative number is all of
    /// them, 0 none.
    Split,
    /// `text.lowerAscii()`
    Lower,
    /// `text.upperAscii()`
    Upper,
    /// `text.replace(old, new, times)`; a negative number of times is all of them.
    Replace,
    /// `text.trim()`: without Unicode's white space at the ends.
    Trim,
    /// `text.substring(start, end)`
    Substring,
    /// `text.charAt(place)`; empty at the end.
    CharAt,
    /// `text.indexOf(part, from)`: −1 if it is not there.
    IndexOf,
    /// `text.lastIndexOf(part, from)`: the last place that is not behind `from`.
    LastIndexOf,
    /// `text.reverse()`
    Reverse,
}

fn argument<'a>(arguments: &'a [Traced<'_>], at: usize) -> &'a str {
    arguments.get(at).and_then(|argument| argument.value.as_str()).unwrap_or_default()
}

/// Arguments whose types fit. None where they are out of range, or the items of a list are no texts.
pub(super) fn compute(task: Task, arguments: &[Traced<'_>], budget: &Budget) -> Option<Value> {
    let (text, second, third) = (argument(arguments, 0), argument(arguments, 1), argument(arguments, 2));
    // All of these have their number last.
    let number = arguments.last().and_then(|last| match *last.value {
        Data::Int(number) => Some(number),
        _ => None,
    });
    let most = number.and_then(|number| usize::try_from(number).ok()).unwrap_or(usize::MAX);
    // A search looks at a character for every other one in the worst case.
    let is_search = matches!(task, Task::Contains | Task::Split | Task::Replace);
    if is_search && !budget.spend(text.len().saturating_mul(second.len()) / 64) {
        return None;
    }
    let owned = match task {
        Task::Contains => return Some(Value::bool(text.holds(second))),
        Task::StartsWith => return Some(Value::bool(text.starts_with(second))),
        Task::EndsWith => return Some(Value::bool(text.ends_with(second))),
        Task::Matches => return Some(regex::matches(second, text, budget)),
        Task::Split => return Some(Data::List(split(text, second, most)).into()),
        Task::IndexOf | Task::LastIndexOf => return index(text, second, number, task == Task::LastIndexOf, budget),
        Task::Trim => return Some(Value::text(text.trim())),
        Task::Lower => text.to_ascii_lowercase(),
        Task::Upper => text.to_ascii_uppercase(),
        Task::Reverse => text.chars().rev().collect(),
        Task::Replace => {
            if second.is_empty() {
                return Some(Value::missing(Reason::Undocumented, &["this program does not replace an empty text"]));
            }
            return join(&split(text, second, most.saturating_add(1)), third, budget);
        }
        Task::Join => {
            let Data::List(items) = &*arguments.first()?.value else { return None };
            return join(items, second, budget);
        }
        Task::Substring | Task::CharAt => {
            let length = text.chars().count();
            let place = |at: usize| match arguments.get(at).map(|argument| &*argument.value) {
                Some(Data::Int(place)) => usize::try_from(*place).ok().filter(|place| *place <= length),
                Some(_) => None,
                None => Some(length),
            };
            let start = place(1)?;
            let end = if task == Task::CharAt { start.saturating_add(1) } else { place(2)? };
            text.chars().skip(start).take(end.checked_sub(start)?).collect()
        }
    };
    Some(Data::String(owned).into())
}

fn split(text: &str, separator: &str, most: usize) -> Vec<Value> {
    let mut parts = Vec::new();
    let mut rest = text;
    while parts.len().saturating_add(1) < most {
        // Without a separator, between all characters.
        let found = match rest.chars().next() {
            Some(first) if separator.is_empty() && rest.len() > first.len_utf8() => {
                rest.split_at_checked(first.len_utf8())
            }
            _ if separator.is_empty() => None,
            _ => rest.cut(separator),
        };
        let Some((part, behind)) = found else { break };
        parts.push(Value::text(part));
        rest = behind;
    }
    if most > 0 && !(separator.is_empty() && text.is_empty()) {
        parts.push(Value::text(rest));
    }
    parts
}

fn join(items: &[Value], separator: &str, budget: &Budget) -> Option<Value> {
    let mut joined = String::new();
    for (number, item) in items.iter().enumerate() {
        if item.is_unknown() {
            return Some(item.clone());
        }
        let text = item.as_str()?;
        if !budget.spend(separator.len().saturating_add(text.len())) {
            return None;
        }
        if number > 0 {
            joined.push_str(separator);
        }
        joined.push_str(text);
    }
    Some(Data::String(joined).into())
}

/// The first place from `from` on, or the last one up to it, at which a part stands in a text.
fn index(text: &str, part: &str, from: Option<i64>, last: bool, budget: &Budget) -> Option<Value> {
    let mut found = -1;
    let mut place = 0_i64;
    let mut rest = text.chars();
    loop {
        let reached = from.is_none_or(|from| if last { place <= from } else { place >= from });
        if !budget.spend(part.len() / 16) {
            return None;
        }
        if reached && (last || found < 0) && rest.as_str().starts_with(part) {
            found = place;
        }
        if rest.next().is_none() {
            break;
        }
        place = place.saturating_add(1);
    }
    from.is_none_or(|from| (0..=place).contains(&from)).then(|| Data::Int(found).into())
}
