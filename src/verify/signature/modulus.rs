//! Arithmetic modulo an odd number, by Montgomery multiplication (Handbook of Applied Cryptography, 14.36). In variable
//! time: all of it is public.
//!
//! `crypto-bigint` computes the same, and a test compares the two. Its form for numbers of any size brings Karatsuba
//! multiplication for every size with it, which is a tenth of the whole module: docs/decisions/signature-provider.md.

use std::cell::Cell;

use super::digits::{self, Digits, bits};

/// An odd number above 1, with what multiplying modulo it needs. `R` is 2 to the power of 32 times the number of digits.
pub(super) struct Modulus {
    digits: Digits,
    /// `-1 / modulus` modulo 2^32.
    negated_inverse: u32,
    one: Residue,
    /// `R² mod modulus`: a product with it is in Montgomery form.
    square: Residue,
}

/// A number below the modulus that made it and in Montgomery form, which is the number times `R`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Residue(Digits);

impl Residue {
    pub(super) fn is_zero(&self) -> bool {
        self.0.iter().all(|digit| *digit == 0)
    }
}

impl Modulus {
    /// None for an even number, for 1, and for one with zeros in front.
    pub(super) fn new(digits: Digits) -> Option<Self> {
        let (lowest, highest) = (*digits.first()?, *digits.last()?);
        if lowest & 1 == 0 || highest == 0 || digits == [1] {
            return None;
        }
        // Newton's method doubles the right bits each time: 3, 6, 12, 24, 48.
        let inverse =
            (0..4).fold(lowest, |inverse, _| inverse.wrapping_mul(2_u32.wrapping_sub(lowest.wrapping_mul(inverse))));
        // The highest power of two below the modulus, doubled until it is R.
        let mut one = Residue(vec![0; digits.len()]);
        *one.0.last_mut()? = 1_u32.rotate_left(highest.ilog2());
        let mut modulus = Self { digits, negated_inverse: inverse.wrapping_neg(), one: one.clone(), square: one };
        for _ in 0..=highest.leading_zeros() {
            modulus.one = modulus.add(&modulus.one, &modulus.one);
        }
        // One doubling for each digit makes 2^digits of it (in Montgomery form); five squarings 2^(32 * digits), which is R.
        modulus.square = modulus.one.clone();
        for _ in 0..modulus.digits.len() {
            modulus.square = modulus.add(&modulus.square, &modulus.square);
        }
        for _ in 0..5 {
            modulus.square = modulus.multiply(&modulus.square, &modulus.square);
        }
        Some(modulus)
    }

    pub(super) const fn one(&self) -> &Residue {
        &self.one
    }

    /// None if the number is not below the modulus or has another number of digits.
    pub(super) fn residue(&self, number: Digits) -> Option<Residue> {
        let fits = number.len() == self.digits.len() && self.is_above(&number);
        fits.then(|| self.multiply(&Residue(number), &self.square))
    }

    /// The same for a number below twice the modulus, which is taken away from it.
    pub(super) fn wrapped(&self, mut number: Digits) -> Option<Residue> {
        self.reduce(&mut number, false);
        self.residue(number)
    }

    /// The number itself.
    pub(super) fn number(&self, residue: &Residue) -> Digits {
        self.multiply(residue, &Residue(self.small(1))).0
    }

    /// Plain squaring and multiplying: a table of powers costs more than it saves for an exponent like 65537.
    pub(super) fn power(&self, base: &Residue, exponent: &[u32]) -> Residue {
        let mut bits = bits(exponent).skip_while(|bit| !bit);
        let mut power = if bits.next().is_some() { base } else { &self.one }.clone();
        for bit in bits {
            power = self.multiply(&power, &power);
            if bit {
                power = self.multiply(&power, base);
            }
        }
        power
    }

    /// What times `number` is 1, if the modulus is a prime (Fermat's little theorem); 0 for 0.
    pub(super) fn inverse(&self, number: &Residue) -> Residue {
        let mut exponent = self.digits.clone();
        digits::subtract(&mut exponent, &self.small(2));
        self.power(number, &exponent)
    }

    #[inline(never)]
    pub(super) fn add(&self, a: &Residue, b: &Residue) -> Residue {
        let mut sum = a.0.clone();
        let has_carry = digits::add(&mut sum, &b.0);
        self.reduce(&mut sum, has_carry);
        Residue(sum)
    }

    #[inline(never)]
    pub(super) fn subtract(&self, a: &Residue, b: &Residue) -> Residue {
        let mut difference = a.0.clone();
        if digits::subtract(&mut difference, &b.0) {
            digits::add(&mut difference, &self.digits);
        }
        Residue(difference)
    }

    /// In Montgomery form: of what is inside, `a * b / R`.
    #[inline(never)]
    pub(super) fn multiply(&self, a: &Residue, b: &Residue) -> Residue {
        // One digit more, below the lowest: what is divided away goes there.
        let mut sum = vec![0; self.digits.len().saturating_add(1)];
        let lowest = b.0.first().copied().unwrap_or_default();
        let mut top = false;
        for digit in &a.0 {
            let cells = Cell::from_mut(sum.as_mut_slice()).as_slice_of_cells();
            let Some((highest, here)) = cells.split_last().zip(cells.get(1..)) else { continue };
            let first = here.first().map_or(0, Cell::get);
            let factor = digit.wrapping_mul(lowest).wrapping_add(first).wrapping_mul(self.negated_inverse);
            let (mut carry, mut reduced) = (0, 0);
            for (((here, below), b), modulus) in here.iter().zip(cells).zip(&b.0).zip(&self.digits) {
                let (added, divided);
                (added, carry) = digit.carrying_mul_add(*b, here.get(), carry);
                (divided, reduced) = factor.carrying_mul_add(*modulus, added, reduced);
                below.set(divided);
            }
            let last;
            (last, top) = carry.carrying_add(reduced, top);
            highest.0.set(last);
        }
        sum.remove(0);
        self.reduce(&mut sum, top);
        Residue(sum)
    }

    /// Takes the modulus away once, if `number`, which may have a bit more than its digits, is not below it.
    fn reduce(&self, number: &mut [u32], has_carry: bool) {
        if has_carry || !self.is_above(number) {
            digits::subtract(number, &self.digits);
        }
    }

    /// For a number with as many digits.
    fn is_above(&self, number: &[u32]) -> bool {
        number.iter().rev().lt(self.digits.iter().rev())
    }

    /// A number of one digit, with as many as the modulus.
    fn small(&self, digit: u32) -> Digits {
        let mut number = vec![0; self.digits.len()];
        number.iter_mut().take(1).for_each(|lowest| *lowest = digit);
        number
    }
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
