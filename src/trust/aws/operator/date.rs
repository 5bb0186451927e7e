//! `DateEquals` and its five siblings: the W3C profile of ISO 8601 (<https://www.w3.org/TR/NOTE-datetime>), or epoch
//! seconds.

use super::Order;
use crate::{
    iso,
    trust::aws::{compared::Compared, policy::Literal},
};

pub(super) fn compare(order: Order, policy: &Literal, request: &str) -> Compared {
    let expected = match policy {
        Literal::Text(text) | Literal::Number(text) => readings(text),
        Literal::Bool(_) => Vec::new(),
    };
    let actual = readings(request);
    let pairs = expected.iter().flat_map(|expected| actual.iter().map(move |actual| actual.cmp(expected)));
    let not_dates = "One of the two values is not a date of the W3C profile of ISO 8601, nor epoch seconds.";
    if expected.is_empty() || actual.is_empty() {
        return Compared::Unknown(not_dates);
    }
    Compared::agreed(
        pairs.map(|ordering| Compared::from_bool(order.holds(ordering))),
        "AWS does not say whether four digits are a year or epoch seconds.",
    )
}

/// What a text can mean, in seconds since 1970 and nanoseconds after them: nothing, one thing, or (four digits) two.
fn readings(text: &str) -> Vec<(i64, u32)> {
    [iso::read(text), epoch(text)].into_iter().flatten().collect()
}

fn epoch(text: &str) -> Option<(i64, u32)> {
    let digits = text.strip_prefix('-').unwrap_or(text);
    if digits.is_empty() || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    Some((text.parse().ok()?, 0))
}

#[cfg(test)]
mod tests {
    use super::readings;

    #[test]
    fn reads_dates_and_epoch_seconds() {
        let seconds = |text: &str| readings(text).iter().map(|(seconds, _)| *seconds).collect::<Vec<_>>();
        for (text, expected) in [("2025-11-13T22:03:52Z", 1_763_071_432), ("1763071432", 1_763_071_432), ("-1", -1)] {
            assert_eq!(seconds(text), [expected], "{text}");
        }
        assert_eq!(readings("1970").len(), 2);
        for text in ["", "-", "2025-13", "99999999999999999999", "+5"] {
            assert!(readings(text).is_empty(), "{text}");
        }
    }
}
