//! `NumericEquals` and its five siblings: integers and decimals, compared exactly.

use std::cmp::Ordering;

use super::Order;
use crate::trust::aws::{compared::Compared, policy::Literal};

pub(super) fn compare(order: Order, policy: &Literal, request: &str) -> Compared {
    let expected = match policy {
        Literal::Text(text) | Literal::Number(text) => Decimal::read(text),
        Literal::Bool(_) => None,
    };
    match (expected, Decimal::read(request)) {
        (Some(expected), Some(actual)) => Compared::from_bool(order.holds(actual.cmp(&expected))),
        _ => Compared::Unknown("One of the two values is not an integer or a decimal."),
    }
}

/// A decimal number without loss.
#[derive(Debug, PartialEq, Eq)]
struct Decimal<'a> {
    negative: bool,
    /// Without leading zeros.
    whole: &'a str,
    /// Without trailing zeros.
    fraction: &'a str,
}

impl<'a> Decimal<'a> {
    /// Reads `-12.50`; no exponent, no white space, digits on both sides of a point.
    fn read(text: &'a str) -> Option<Self> {
        let digits = text.strip_prefix('-').unwrap_or(text);
        let (whole, fraction) = digits.split_once('.').unwrap_or((digits, "0"));
        let all_digits = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
        if !all_digits(whole) || !all_digits(fraction) {
            return None;
        }
        let (whole, fraction) = (whole.trim_start_matches('0'), fraction.trim_end_matches('0'));
        let zero = whole.is_empty() && fraction.is_empty();
        Some(Self { negative: text.starts_with('-') && !zero, whole, fraction })
    }

    fn cmp(&self, other: &Self) -> Ordering {
        let size = self
            .whole
            .len()
            .cmp(&other.whole.len())
            .then_with(|| self.whole.cmp(other.whole))
            .then_with(|| self.fraction.cmp(other.fraction));
        match (self.negative, other.negative) {
            (false, false) => size,
            (true, true) => size.reverse(),
            (true, false) => Ordering::Less,
            (false, true) => Ordering::Greater,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Decimal;

    #[test]
    fn compares_exactly() {
        for (left, right) in [("9007199254740993", "9007199254740992"), ("-1", "-2"), ("0.1", "0.01"), ("10", "9.9")] {
            let (left, right) = (Decimal::read(left).unwrap(), Decimal::read(right).unwrap());
            assert!(left.cmp(&right).is_gt() && right.cmp(&left).is_lt());
        }
        for (left, right) in [("-0", "0.0"), ("007.50", "7.5")] {
            assert!(Decimal::read(left).unwrap().cmp(&Decimal::read(right).unwrap()).is_eq());
        }
        for text in ["", "1e3", ".5", "5.", " 1", "--1", "+7", "0x1"] {
            assert_eq!(Decimal::read(text), None, "{text}");
        }
    }
}
