//! Decimal text to a double and back, for what expressions and tokens hold: the standard library's way is 21 KB of the
//! packed module (docs/decisions/cel.md).

use crate::json::Number;

/// Decimal digits that are read.
const DIGITS: usize = 40;

/// Powers of ten that an expression may spell.
pub(super) const EXPONENT: i64 = 400;

/// The nearest double, ties to even. None if the text is not spelled as JSON spells numbers, if it has too many digits or
/// an exponent beyond `exponent`, and where the double would not have all its bits (below 2.3e-308).
pub(super) fn read(spelled: &str, exponent: i64) -> Option<f64> {
    let number = Number::parse(spelled)?;
    if number.digits.is_empty() {
        return Some(if spelled.starts_with('-') { -0.0 } else { 0.0 });
    }
    let scale = number.exponent.checked_sub(i64::try_from(number.digits.len()).ok()?)?;
    if number.digits.len() > DIGITS || scale.abs() > exponent {
        return None;
    }
    // The digits as a large number, the lowest word first; room below it for the digits of a quotient.
    let shift = if scale < 0 { usize::try_from(scale.unsigned_abs().div_ceil(8)).ok()?.saturating_add(3) } else { 0 };
    let mut words = vec![0_u32; shift];
    let mut top = vec![0_u32];
    for digit in number.digits.chars() {
        multiply(&mut top, digit.to_digit(10)?);
    }
    for _ in 0..scale.max(0) {
        multiply(&mut top, 0);
    }
    words.append(&mut top);
    let mut inexact = false;
    for _ in scale..0 {
        inexact |= divide(&mut words);
    }
    let size = nearest(&words, i32::try_from(shift).ok()?.saturating_mul(32), inexact)?;
    Some(if number.negative { -size } else { size })
}

/// Times ten, plus a digit.
fn multiply(words: &mut Vec<u32>, digit: u32) {
    let mut carry = u64::from(digit);
    for word in words.iter_mut() {
        let product = u64::from(*word).saturating_mul(10).saturating_add(carry);
        *word = low(product);
        carry = product >> 32;
    }
    if carry != 0 {
        words.push(low(carry));
    }
}

/// Divided by ten; whether something was left over.
fn divide(words: &mut [u32]) -> bool {
    let mut rest = 0_u64;
    for word in words.iter_mut().rev() {
        let dividend = rest << 32 | u64::from(*word);
        *word = low(dividend / 10);
        rest = dividend % 10;
    }
    rest != 0
}

fn low(number: u64) -> u32 {
    u32::try_from(number & u64::from(u32::MAX)).unwrap_or_default()
}

/// The nearest double to a large number divided by two to the power of `below`.
fn nearest(words: &[u32], below: i32, inexact: bool) -> Option<f64> {
    let length = words.iter().rposition(|word| *word != 0)?;
    let word = |back: usize| length.checked_sub(back).and_then(|at| words.get(at)).copied().map_or(0, u64::from);
    let lead = word(0).leading_zeros().saturating_sub(32);
    // The 64 highest bits; the last of them also stands for all that follows.
    let whole = (word(0) << 32 | word(1)) << lead | (word(2) << lead) >> 32;
    let rest = low(word(2) << lead) != 0 || words.iter().take(length.saturating_sub(2)).any(|word| *word != 0);
    let mantissa = whole | u64::from(rest || inexact);
    let power =
        i32::try_from(length).ok()?.saturating_sub(1).saturating_mul(32).saturating_sub(i32::try_from(lead).ok()?);
    let power = power.saturating_sub(below);
    // In two steps, so that neither power is out of range before the product is.
    let half = power / 2;
    let size = mantissa as f64 * 2_f64.powi(half) * 2_f64.powi(power.saturating_sub(half));
    (size >= f64::MIN_POSITIVE || size == 0.0).then_some(size)
}

/// The shortest decimal text that reads back as the same double, without an exponent. None where it has more than 15
/// digits, or where implementations of CEL spell it with an exponent and do not agree how.
pub(super) fn spell(value: f64) -> Option<String> {
    const LIMIT: f64 = 1e15;
    if value == 0.0 {
        return Some(if value.is_sign_negative() { "-0" } else { "0" }.to_owned());
    }
    let size = value.abs();
    let mut scale = 1_f64;
    for places in 0..=15_usize {
        let digits = (size * scale).round_ties_even();
        if digits >= LIMIT {
            return None;
        }
        if digits / scale == size {
            let digits = digits as u64;
            let text = format!("{digits:0>width$}", width = places.saturating_add(1));
            let (whole, fraction) = text.split_at(text.len().saturating_sub(places));
            let sign = if value < 0.0 { "-" } else { "" };
            let point = if places == 0 { "" } else { "." };
            return Some([sign, whole, point, fraction].concat());
        }
        scale *= 10.0;
    }
    None
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{EXPONENT, read, spell};

    proptest! {
        #[test]
        fn reads_as_the_standard_library(whole in 0_u64.., fraction in "[0-9]{0,19}", exponent in -320_i32..320) {
            let text = format!("{whole}.{fraction}0e{exponent}");
            let expected: f64 = text.parse().unwrap_or_else(|_| panic!("{text}"));
            match read(&text, EXPONENT) {
                Some(value) => prop_assert_eq!(value.to_bits(), expected.to_bits(), "{}", text),
                None => prop_assert!(expected < 1e-290, "{}", text),
            }
        }

        #[test]
        fn spells_what_reads_back(digits in 0_u64..1_000_000_000_000_000, places in 0_i64..15) {
            let value = read(&format!("-{digits}e-{places}"), EXPONENT).unwrap_or_else(|| panic!("{digits} {places}"));
            let text = spell(value).unwrap_or_else(|| panic!("{value}"));
            prop_assert_eq!(&text, &format!("{value}"));
        }
    }

    #[test]
    fn ends_of_the_range() {
        assert_eq!(read("1e400", EXPONENT), Some(f64::INFINITY));
        assert_eq!(read("1e-324", EXPONENT), Some(0.0));
        assert_eq!(read("1e-310", EXPONENT), None);
        assert_eq!(read("9223372036854776832", 0), Some(9_223_372_036_854_775_808.0));
        assert_eq!(read("9223372036854776833.0", 0), Some(9_223_372_036_854_777_856.0));
        assert_eq!(spell(1e15), None);
        assert_eq!(spell(f64::NAN), None);
        assert_eq!(spell(0.1 + 0.2), None);
    }
}
