//! Numbers by their value, whatever their spelling, and without floats: a double is not exact, and the code and tables
//! that read and write one are 40 KB of the wasm module.

/// The value of a JSON number: `0.DIGITS` times ten to the power of `exponent`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Number {
    /// Below zero.
    pub negative: bool,
    /// Decimal digits without zeros at either end; empty for zero.
    pub digits: String,
    /// 0 for zero.
    pub exponent: i64,
}

impl Number {
    /// Reads a JSON number (RFC 8259, 6). None if it is none, or if its exponent does not fit 32 bits.
    #[must_use]
    pub fn parse(spelled: &str) -> Option<Self> {
        let (negative, rest) = match spelled.strip_prefix('-') {
            Some(rest) => (true, rest),
            None => (false, spelled),
        };
        let (mantissa, exponent) = match rest.split_once(['e', 'E']) {
            Some((mantissa, exponent)) => (mantissa, i64::from(exponent.parse::<i32>().ok()?)),
            None => (rest, 0),
        };
        let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, "0"));
        let is_digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
        if !is_digits(whole) || !is_digits(fraction) {
            return None;
        }
        let all = format!("{whole}{fraction}");
        let significant = all.trim_start_matches('0');
        let leading = i64::try_from(all.len().saturating_sub(significant.len())).ok()?;
        let digits = significant.trim_end_matches('0').to_owned();
        if digits.is_empty() {
            return Some(Self { negative: false, digits, exponent: 0 });
        }
        let places = i64::try_from(whole.len()).ok()?;
        let exponent = exponent.saturating_add(places).saturating_sub(leading);
        Some(Self { negative, digits, exponent })
    }
}

#[cfg(test)]
mod tests {
    use super::Number;

    #[test]
    fn the_same_value_in_every_spelling() {
        for (left, right) in [
            ("1", "1.0"),
            ("-0", "0.000"),
            ("0e9", "0"),
            ("1763071432", "1.763071432e9"),
            ("1763071432", "1763071432000E-3"),
            ("0.05", "5e-2"),
            ("100", "1e+2"),
        ] {
            assert_eq!(Number::parse(left), Number::parse(right), "{left} {right}");
        }
        assert_ne!(Number::parse("9007199254740993"), Number::parse("9007199254740992"));
        assert_ne!(Number::parse("1"), Number::parse("-1"));
        assert_ne!(Number::parse("1"), Number::parse("10"));
    }

    #[test]
    fn what_is_no_number() {
        for text in ["", "-", "1.", ".5", "1e", "1e99999999999", "0x1", " 1", "1_0", "NaN"] {
            assert_eq!(Number::parse(text), None, "{text}");
        }
    }
}
