//! Values of a token inside a sentence.

use crate::{json::Value, report::clean};

/// Longest text that is quoted whole. The step holds the whole value beside the sentence.
const LONGEST: usize = 120;

/// A text in quotes: escaped where it could mislead a reader (control and bidirectional characters), cut where it is long.
pub(super) fn quoted(text: &str) -> String {
    match text.char_indices().nth(LONGEST) {
        None => in_quotes(text),
        Some((end, _)) => format!("{}…", in_quotes(text.get(..end).unwrap_or_default())),
    }
}

/// As in JSON, and what cannot be seen escaped too.
fn in_quotes(text: &str) -> String {
    clean(&Value::from(text).to_json())
}

/// The first of several; the rest is counted.
pub(super) fn list(items: impl IntoIterator<Item = String>) -> String {
    const SHOWN: usize = 8;
    let mut items = items.into_iter();
    let shown: Vec<_> = items.by_ref().take(SHOWN).collect();
    match items.count() {
        0 => shown.join(", "),
        more => format!("{} and {more} more", shown.join(", ")),
    }
}

/// A value as JSON, cut where it is long.
pub(super) fn shown(value: &Value) -> String {
    match value {
        Value::String(text) => quoted(text),
        other => {
            let json = other.to_json();
            match json.char_indices().nth(LONGEST) {
                None => json,
                Some((end, _)) => format!("{}…", json.get(..end).unwrap_or_default()),
            }
        }
    }
}

/// The type of a value with the value itself: `a number, 42`.
pub(super) fn typed(value: &Value) -> String {
    match value {
        Value::Null => value.kind().to_owned(),
        _ => format!("{}, {}", value.kind(), shown(value)),
    }
}

#[cfg(test)]
mod tests {
    use super::{list, quoted};

    #[test]
    fn a_value_cannot_rearrange_the_sentence() {
        assert_eq!(quoted("a\u{202e}b\n"), r#""a\u{202e}b\n""#);
        assert_eq!(quoted(&"é".repeat(200)).chars().count(), 123);
    }

    #[test]
    fn many_are_counted() {
        assert_eq!(list(["a", "b"].map(quoted)), r#""a", "b""#);
        assert!(list(std::iter::repeat_n("a".to_owned(), 10)).ends_with(" and 2 more"));
    }
}
