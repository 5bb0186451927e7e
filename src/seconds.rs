//! Points in time and lengths of time.

use std::{fmt, ops::Neg};

use serde::{Serialize, Serializer};

use crate::json::{Data, Node, Number, Value, write_number};

const MICROSECONDS: i64 = 1_000_000;
/// Digits of a microsecond.
const PLACES: i64 = 6;

/// Seconds to the microsecond: a point in time, counted from the beginning of 1970 in UTC, or a length of time. At most
/// [`Seconds::LARGEST`] in either direction.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Seconds {
    micros: i64,
}

impl Seconds {
    /// No time at all.
    pub const ZERO: Self = Self { micros: 0 };
    /// 10^12 seconds: 30,000 years. A larger number is no time in seconds; milliseconds, perhaps.
    pub const LARGEST: Self = Self::whole(1_000_000_000_000);

    /// Whole seconds.
    #[must_use]
    pub const fn whole(seconds: i64) -> Self {
        Self { micros: seconds.saturating_mul(MICROSECONDS) }
    }

    /// Reads a JSON number. What is finer than a microsecond is cut off. None if it is no number, or over
    /// [`Seconds::LARGEST`].
    #[must_use]
    pub fn parse(spelled: &str) -> Option<Self> {
        // As nearly every time is spelled; more digits may be more seconds than there are.
        if (1..=12).contains(&spelled.len()) && spelled.bytes().all(|byte| byte.is_ascii_digit()) {
            let digit = |so_far: i64, byte| so_far.saturating_mul(10).saturating_add(i64::from(byte & 0xf));
            return Some(Self::whole(spelled.bytes().fold(0, digit)));
        }
        let number = Number::parse(spelled)?;
        let places = number.exponent.saturating_add(PLACES);
        if number.exponent > 13 {
            return None;
        }
        let digits = number.digits.bytes().chain(std::iter::repeat(b'0'));
        let size = digits.take(usize::try_from(places).unwrap_or(0)).fold(0_i64, |micros, digit| {
            micros.saturating_mul(10).saturating_add(i64::from(digit.saturating_sub(b'0')))
        });
        let seconds = Self { micros: if number.negative { size.saturating_neg() } else { size } };
        (seconds.abs() <= Self::LARGEST).then_some(seconds)
    }

    /// A claim's value, if it is a number and a time.
    #[must_use]
    pub fn of(value: &Value) -> Option<Self> {
        match value {
            Value::Number(spelled) => Self::parse(spelled),
            _ => None,
        }
    }

    /// The same of a value with its place.
    #[must_use]
    pub fn at(node: &Node) -> Option<Self> {
        match &node.data {
            Data::Number(spelled) => Self::parse(spelled),
            _ => None,
        }
    }

    /// Whole seconds, rounded down.
    #[must_use]
    pub const fn floor(self) -> i64 {
        self.micros.div_euclid(MICROSECONDS)
    }

    /// The later point in time, or the longer time.
    #[must_use]
    pub const fn plus(self, other: Self) -> Self {
        Self { micros: self.micros.saturating_add(other.micros) }
    }

    /// From `other` to this.
    #[must_use]
    pub const fn minus(self, other: Self) -> Self {
        Self { micros: self.micros.saturating_sub(other.micros) }
    }

    /// Without its sign.
    #[must_use]
    pub const fn abs(self) -> Self {
        Self { micros: self.micros.saturating_abs() }
    }
}

impl Neg for Seconds {
    type Output = Self;

    fn neg(self) -> Self {
        Self { micros: self.micros.saturating_neg() }
    }
}

impl fmt::Display for Seconds {
    /// As a JSON number: `1763071432`, `1763075032.5`.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let size = self.micros.unsigned_abs();
        let micros = MICROSECONDS.unsigned_abs();
        let sign = if self.micros < 0 { "-" } else { "" };
        let text = format!("{sign}{}.{:06}", size.div_euclid(micros), size.rem_euclid(micros));
        formatter.write_str(text.trim_end_matches('0').trim_end_matches('.'))
    }
}

impl From<Seconds> for Value {
    fn from(seconds: Seconds) -> Self {
        Self::Number(seconds.to_string())
    }
}

impl Serialize for Seconds {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        write_number(&self.to_string(), serializer)
    }
}

#[cfg(test)]
mod tests {
    use super::Seconds;

    #[test]
    fn reads_and_writes_numbers() {
        for (spelled, written) in [
            ("1763071432", "1763071432"),
            ("1763075032.5", "1763075032.5"),
            ("1.7e9", "1700000000"),
            ("-0.5", "-0.5"),
            ("0.0000001", "0"),
            ("0", "0"),
            ("1e12", "1000000000000"),
        ] {
            assert_eq!(Seconds::parse(spelled).unwrap().to_string(), written);
        }
        for spelled in ["1e13", "1e400", "1000000000001", "x", ""] {
            assert_eq!(Seconds::parse(spelled), None, "{spelled}");
        }
    }

    #[test]
    fn rounds_down() {
        assert_eq!(Seconds::parse("-0.5").unwrap().floor(), -1);
        assert_eq!(Seconds::parse("0.999").unwrap().floor(), 0);
    }
}
