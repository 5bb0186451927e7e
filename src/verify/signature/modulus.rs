//! Arithmetic modulo an odd number, by Montgomery multiplication (Handbook of Applied Cryptography, 14.36). In variable
//! time: all of it is public.
//!
//! `crypto-bigint` computes the same, and a test compares the two. Its form for numbers of any size brings Karatsuba
//! multiplication for every size with it, which is a tenth of the whole module: docs/decisions/signature-provider.md.

use std::cell::Cell;

use super::digits::{self, Digits, bit, places};

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
        let mut places = places(exponent).skip_while(|place| !bit(exponent, *place));
        let mut power = if places.next().is_some() { base } else { &self.one }.clone();
        for place in places {
            power = self.multiply(&power, &power);
            if bit(exponent, place) {
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
    use super::{super::digits::digits, Modulus};

    #[test]
    fn every_pair_of_small_numbers() {
        for m in (3..64).step_by(2).chain([255]) {
            let modulus = Modulus::new(vec![m]).unwrap();
            let residues: Vec<_> = (0..m).map(|number| modulus.residue(vec![number]).unwrap()).collect();
            for (a, left) in (0..m).zip(&residues) {
                assert_eq!(modulus.number(left), [a]);
                assert_eq!(left.is_zero(), a == 0);
                for (b, right) in (0..m).zip(&residues) {
                    let results =
                        [modulus.add(left, right), modulus.subtract(left, right), modulus.multiply(left, right)];
                    let expected = [a + b, a + m - b, a * b].map(|number| residues[(number % m) as usize].clone());
                    assert_eq!(results, expected, "{a} and {b} mod {m}");
                }
            }
        }
    }

    #[test]
    fn small_powers() {
        for m in (3..=255).step_by(2) {
            let modulus = Modulus::new(vec![m]).unwrap();
            for base in 0..m {
                let residue = modulus.residue(vec![base]).unwrap();
                let mut expected = 1;
                for exponent in 0..20 {
                    let power = modulus.number(&modulus.power(&residue, &[exponent]));
                    assert_eq!(power, [expected], "{base}^{exponent} mod {m}");
                    expected = expected * base % m;
                }
            }
        }
    }

    #[test]
    fn small_inverses() {
        for prime in [3, 5, 7, 11, 13, 127, 251] {
            let modulus = Modulus::new(vec![prime]).unwrap();
            for number in 0..prime {
                let residue = modulus.residue(vec![number]).unwrap();
                let product = modulus.multiply(&residue, &modulus.inverse(&residue));
                assert_eq!(modulus.number(&product), [u32::from(number != 0)], "1 / {number} mod {prime}");
            }
        }
    }

    #[test]
    fn unfit_numbers_are_refused() {
        for unfit in [&[][..], &[0], &[1], &[2], &[0, 0, 0, 0, 3], &[1, 0]] {
            assert!(Modulus::new(digits(unfit)).is_none(), "{unfit:?}");
        }
        let modulus = Modulus::new(vec![1, 1]).unwrap();
        for unfit in [&[1, 1][..], &[2, 1], &[0, 2], &[1], &[1, 0, 0], &[]] {
            assert_eq!(modulus.residue(unfit.to_vec()), None, "{unfit:?}");
        }
        assert_eq!(modulus.residue(vec![0, 1]).map(|residue| modulus.number(&residue)), Some(vec![0, 1]));
    }

    #[test]
    fn up_to_twice_the_modulus_is_wrapped() {
        let modulus = Modulus::new(vec![u32::MAX, 5]).unwrap();
        let wrapped = |number: &[u32]| modulus.wrapped(number.to_vec()).map(|residue| modulus.number(&residue));
        assert_eq!(wrapped(&[u32::MAX - 1, 5]), Some(vec![u32::MAX - 1, 5]));
        assert_eq!(wrapped(&[u32::MAX, 5]), Some(vec![0, 0]));
        assert_eq!(wrapped(&[u32::MAX - 2, 11]), Some(vec![u32::MAX - 1, 5]));
        assert_eq!(wrapped(&[u32::MAX - 1, 11]), None);
        assert_eq!(wrapped(&[1]), None);
        assert_eq!(wrapped(&[1, 0, 0]), None);
    }

    #[cfg(not(target_arch = "wasm32"))]
    mod compared {
        use crypto_bigint::{
            BoxedUint,
            modular::{BoxedMontyForm, BoxedMontyParams},
        };
        use proptest::{collection::vec, prelude::*};

        use super::super::{super::digits::digits, Modulus};

        fn bytes() -> impl Strategy<Value = u8> {
            prop_oneof![3 => any::<u8>(), 1 => Just(0xff), 1 => Just(0)]
        }

        proptest! {
            #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

            #[test]
            fn with_another_library(
                mut m in vec(bytes(), 2..80),
                numbers in [vec(bytes(), 80), vec(bytes(), 80)],
                exponent in 0_u64..=0x1_ffff_ffff,
            ) {
                m[0] |= 1;
                *m.last_mut().unwrap() |= 1;
                let numbers = numbers.map(|mut number| {
                    number.truncate(m.len());
                    number[0] %= m[0];
                    number
                });
                let exponent = exponent.to_be_bytes();

                let modulus = Modulus::new(digits(&m)).unwrap();
                let [a, b] = numbers.each_ref().map(|number| modulus.residue(digits(number)).unwrap());
                let ours = [
                    modulus.add(&a, &b),
                    modulus.subtract(&a, &b),
                    modulus.multiply(&a, &b),
                    modulus.power(&a, &digits(&exponent)),
                ];

                let number = |bytes: &[u8]| BoxedUint::from_be_slice(bytes, u32::try_from(m.len()).unwrap() * 8).unwrap();
                let parameters = BoxedMontyParams::new_vartime(number(&m).to_odd().unwrap());
                let [a, b] = numbers.each_ref().map(|bytes| BoxedMontyForm::new(number(bytes), &parameters));
                let theirs = [
                    a.add(&b),
                    a.sub(&b),
                    a.mul(&b),
                    a.pow(&BoxedUint::from_be_slice(&exponent, 64).unwrap()),
                ];
                for (ours, theirs) in ours.iter().zip(&theirs) {
                    let theirs = theirs.retrieve().to_be_bytes();
                    prop_assert_eq!(modulus.number(ours), digits(&theirs[theirs.len() - m.len()..]));
                }
            }
        }
    }
}
