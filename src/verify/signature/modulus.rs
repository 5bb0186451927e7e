//! Powers modulo an odd number, by Montgomery multiplication (Handbook of Applied Cryptography, 14.36). In variable time:
//! all of it is public.
//!
//! `crypto-bigint` computes the same, and a test compares the two. Its form for numbers of any size brings Karatsuba
//! multiplication for every size with it, which is a tenth of the whole module: docs/decisions/signature-provider.md.

use std::cell::Cell;

/// Digits of 32 bits, the lowest first.
type Digits = Vec<u32>;

/// An odd number above 1, with what multiplying modulo it needs. `R` is 2 to the power of 32 times the number of digits.
pub(super) struct Modulus {
    digits: Digits,
    /// `-1 / modulus` modulo 2^32.
    negated_inverse: u32,
    /// `R² mod modulus`: a product with it is in Montgomery form.
    square: Digits,
}

impl Modulus {
    /// From a big-endian number without leading zeros; none for an even one, and for 1.
    pub(super) fn new(number: &[u8]) -> Option<Self> {
        let digits = digits(number);
        let (lowest, highest) = (*digits.first()?, *digits.last()?);
        if lowest & 1 == 0 || highest == 0 || number == [1] {
            return None;
        }
        // Newton's method doubles the right bits each time: 3, 6, 12, 24, 48.
        let inverse =
            (0..4).fold(lowest, |inverse, _| inverse.wrapping_mul(2_u32.wrapping_sub(lowest.wrapping_mul(inverse))));
        // The highest power of two below the modulus, doubled until it is R.
        let mut one = vec![0; digits.len()];
        *one.last_mut()? = 1_u32.rotate_left(highest.ilog2());
        let mut modulus = Self { digits, negated_inverse: inverse.wrapping_neg(), square: Vec::new() };
        for _ in 0..=highest.leading_zeros() {
            modulus.double(&mut one);
        }
        // One doubling for each digit makes 2^digits of it (in Montgomery form); five squarings 2^(32 * digits), which is R.
        let mut square = one;
        for _ in 0..modulus.digits.len() {
            modulus.double(&mut square);
        }
        for _ in 0..5 {
            square = modulus.multiply(&square, &square);
        }
        modulus.square = square;
        Some(modulus)
    }

    /// `base` to the power of `exponent`, both big-endian; none if the base is not below the modulus, has another number
    /// of digits, or the exponent is 0.
    ///
    /// Plain squaring and multiplying: a table of powers costs more than it saves for an exponent like 65537.
    pub(super) fn power(&self, base: &[u8], exponent: &[u8]) -> Option<Digits> {
        let base = digits(base);
        if base.len() != self.digits.len() || !self.is_above(&base) {
            return None;
        }
        let base = self.multiply(&base, &self.square);
        let mut bits =
            exponent.iter().flat_map(|byte| (0..8).rev().map(move |bit| byte >> bit & 1 == 1)).skip_while(|bit| !bit);
        bits.next()?;
        let mut power = base.clone();
        for bit in bits {
            power = self.multiply(&power, &power);
            if bit {
                power = self.multiply(&power, &base);
            }
        }
        let mut one = vec![0; self.digits.len()];
        *one.first_mut()? = 1;
        Some(self.multiply(&power, &one))
    }

    /// `a * b / R`, for numbers below the modulus; the result is below it too.
    fn multiply(&self, a: &[u32], b: &[u32]) -> Digits {
        // One digit more, below the lowest: what is divided away goes there.
        let mut sum = vec![0; self.digits.len().saturating_add(1)];
        let lowest = b.first().copied().unwrap_or_default();
        let mut top = 0;
        for digit in a {
            let cells = Cell::from_mut(sum.as_mut_slice()).as_slice_of_cells();
            let Some((highest, here)) = cells.split_last().zip(cells.get(1..)) else { continue };
            let first = here.first().map_or(0, Cell::get);
            let factor = digit.wrapping_mul(lowest).wrapping_add(first).wrapping_mul(self.negated_inverse);
            // Neither sum is over 2^64 - 1 = (2^32 - 1)² + 2 * (2^32 - 1).
            let (mut carry, mut reduced) = (0, 0);
            for (((here, below), b), modulus) in here.iter().zip(cells).zip(b).zip(&self.digits) {
                carry = product(*digit, *b).wrapping_add(here.get().into()).wrapping_add(carry);
                reduced = product(factor, *modulus).wrapping_add(low(carry).into()).wrapping_add(reduced);
                below.set(low(reduced));
                (carry, reduced) = (carry >> 32, reduced >> 32);
            }
            top = carry.wrapping_add(reduced).wrapping_add(top);
            highest.0.set(low(top));
            top >>= 32;
        }
        sum.remove(0);
        self.reduce(&mut sum, top != 0);
        sum
    }

    fn double(&self, number: &mut [u32]) {
        let mut carry = 0;
        for digit in number.iter_mut() {
            (*digit, carry) = (*digit << 1 | carry, *digit >> 31);
        }
        self.reduce(number, carry != 0);
    }

    /// Takes the modulus away once, if `number`, which may have a bit more than its digits, is not below it.
    fn reduce(&self, number: &mut [u32], has_carry: bool) {
        if !has_carry && self.is_above(number) {
            return;
        }
        let mut borrow = false;
        for (digit, modulus) in number.iter_mut().zip(&self.digits) {
            let (difference, first) = digit.overflowing_sub(*modulus);
            let (difference, second) = difference.overflowing_sub(borrow.into());
            (*digit, borrow) = (difference, first || second);
        }
    }

    /// For a number with as many digits.
    fn is_above(&self, number: &[u32]) -> bool {
        number.iter().rev().lt(self.digits.iter().rev())
    }
}

/// The digits of a big-endian number.
pub(super) fn digits(number: &[u8]) -> Digits {
    number.rchunks(4).map(|bytes| bytes.iter().fold(0, |digit, byte| digit << 8 | u32::from(*byte))).collect()
}

/// It always fits.
fn product(a: u32, b: u32) -> u64 {
    u64::from(a).wrapping_mul(b.into())
}

#[expect(clippy::cast_possible_truncation, reason = "the lower half is what is wanted")]
const fn low(sum: u64) -> u32 {
    sum as u32
}

#[cfg(test)]
#[expect(clippy::arithmetic_side_effects, reason = "a test fails by panicking")]
mod tests {
    use super::{Modulus, digits};

    #[test]
    fn small_powers() {
        let power = |base: u8, exponent: u8, modulus: u8| Modulus::new(&[modulus]).unwrap().power(&[base], &[exponent]);
        for modulus in (3..=255).step_by(2) {
            for base in 0..modulus {
                let mut expected = u32::from(base);
                for exponent in 1..20 {
                    assert_eq!(power(base, exponent, modulus), Some(vec![expected]), "{base}^{exponent} mod {modulus}");
                    expected = expected * u32::from(base) % u32::from(modulus);
                }
            }
        }
    }

    #[test]
    fn unfit_numbers_are_refused() {
        for unfit in [&[][..], &[0], &[1], &[2], &[0, 0, 0, 0, 3], &[1, 0]] {
            assert!(Modulus::new(unfit).is_none(), "{unfit:?}");
        }
        let modulus = Modulus::new(&[1, 0, 0, 0, 1]).unwrap();
        assert_eq!(modulus.power(&[1, 0, 0, 0, 1], &[3]), None);
        assert_eq!(modulus.power(&[1, 0, 0, 0, 2], &[3]), None);
        assert_eq!(modulus.power(&[1], &[3]), None);
        assert_eq!(modulus.power(&[1, 0, 0, 0, 0], &[0, 0]), None);
        assert_eq!(modulus.power(&[1, 0, 0, 0, 0], &[1]), Some(vec![0, 1]));
    }

    #[test]
    fn the_lowest_digit_comes_first() {
        assert_eq!(digits(&[1, 2, 3, 4, 5]), [0x0203_0405, 1]);
        assert!(digits(&[]).is_empty());
    }

    #[cfg(not(target_arch = "wasm32"))]
    mod compared {
        use crypto_bigint::{
            BoxedUint,
            modular::{BoxedMontyForm, BoxedMontyParams},
        };
        use proptest::{collection::vec, prelude::*};

        use super::super::{Modulus, digits};

        /// The same with `crypto-bigint`.
        fn expected(base: &[u8], exponent: &[u8], modulus: &[u8]) -> Vec<u32> {
            let bits = u32::try_from(modulus.len()).unwrap() * 8;
            let number = |bytes: &[u8]| BoxedUint::from_be_slice(bytes, bits).unwrap();
            let parameters = BoxedMontyParams::new_vartime(number(modulus).to_odd().unwrap());
            let exponent = BoxedUint::from_be_slice(exponent, 64).unwrap();
            let power = BoxedMontyForm::new(number(base), &parameters).pow(&exponent).retrieve();
            let bytes = power.to_be_bytes();
            digits(&bytes[bytes.len() - modulus.len()..])
        }

        proptest! {
            #[test]
            fn with_another_library(
                mut modulus in vec(prop_oneof![3 => any::<u8>(), 1 => Just(0xff), 1 => Just(0)], 2..80),
                base in vec(prop_oneof![3 => any::<u8>(), 1 => Just(0xff), 1 => Just(0)], 80),
                exponent in 1_u64..=0x1_ffff_ffff,
            ) {
                modulus[0] |= 1;
                *modulus.last_mut().unwrap() |= 1;
                let mut base = base[..modulus.len()].to_vec();
                base[0] %= modulus[0];
                let exponent = exponent.to_be_bytes();
                prop_assert_eq!(
                    Modulus::new(&modulus).unwrap().power(&base, &exponent),
                    Some(expected(&base, &exponent, &modulus))
                );
            }
        }
    }
}
