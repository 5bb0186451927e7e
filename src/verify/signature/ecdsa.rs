//! ECDSA (FIPS 186-5, 6.4.2) with the signature as two numbers of fixed length (RFC 7518, 3.4). Both halves of the range of
//! `s` are valid: JWS has no rule of the lower one.

use jsonwebtoken::{
    Algorithm,
    crypto::JwtVerifier,
    signature::{Error, Verifier},
};

use super::{
    curve::{Curve, Point},
    digits::digits,
    modulus::{Modulus, Residue},
    parameters::Parameters,
};

/// Verifies with one point of a curve.
pub(super) struct EcdsaVerifier {
    parameters: &'static Parameters,
    point: Vec<u8>,
}

impl EcdsaVerifier {
    pub(super) fn new(parameters: &'static Parameters, point: &[u8]) -> Self {
        Self { parameters, point: point.to_vec() }
    }
}

/// None where point or signature is malformed: a wrong length, a number out of range, a point that is none.
pub(super) fn verifies(parameters: &Parameters, point: &[u8], hash: &[u8], signature: &[u8]) -> Option<bool> {
    let order = Modulus::new(parameters.n())?;
    let (r, s) = parameters.halves(signature)?;
    let (r, s) = (scalar(&order, r)?, scalar(&order, s)?);
    let hash = order.wrapped(digits(hash))?;
    let (curve, point) = point_on(parameters, point)?;
    let inverse = order.inverse(&s);
    let quotient = |number| order.number(&order.multiply(number, &inverse));
    // Infinity is refused.
    let x = curve.x(&curve.combination(&quotient(&hash), &quotient(&r), &point))?;
    Some(order.wrapped(x)? == r)
}

/// A number from 1 to n - 1.
#[inline(never)]
fn scalar(order: &Modulus, number: &[u8]) -> Option<Residue> {
    order.residue(digits(number)).filter(|residue| !residue.is_zero())
}

/// The point of this uncompressed form (SEC 1, 2.3.4), with its curve.
pub(super) fn point_on(parameters: &Parameters, uncompressed: &[u8]) -> Option<(Curve, Point)> {
    let (x, y) = parameters.halves(uncompressed.strip_prefix(&[4])?)?;
    let curve = Curve::new(parameters)?;
    let point = curve.point(x, y)?;
    Some((curve, point))
}

impl Verifier<Vec<u8>> for EcdsaVerifier {
    fn verify(&self, message: &[u8], signature: &Vec<u8>) -> Result<(), Error> {
        match verifies(self.parameters, &self.point, &self.parameters.hash.digest(message), signature) {
            Some(true) => Ok(()),
            Some(false) | None => Err(Error::new()),
        }
    }
}

impl JwtVerifier for EcdsaVerifier {
    fn algorithm(&self) -> Algorithm {
        self.parameters.algorithm
    }
}

#[cfg(test)]
#[expect(clippy::arithmetic_side_effects, reason = "a test fails by panicking")]
mod tests {
    use super::{
        super::{curve::tests::multiples, parameters::SMALL},
        verifies,
    };

    const N: u32 = 79;

    fn point(d: u32) -> Vec<u8> {
        let (x, y) = multiples()[d as usize].unwrap();
        [&[4], &x.to_be_bytes()[..], &y.to_be_bytes()].concat()
    }

    fn judged(d: u32, hash: u32, r: u32, s: u32) -> Option<bool> {
        verifies(&SMALL, &point(d), &hash.to_be_bytes(), &[r.to_be_bytes(), s.to_be_bytes()].concat())
    }

    fn inverse(number: u32) -> u32 {
        (1..N).find(|inverse| inverse * number % N == 1).unwrap()
    }

    #[test]
    fn judged_as_by_the_definition() {
        let multiples = multiples();
        for (d, hash, s) in [(1, 0, 1), (1, 1, 78), (78, 77, 5), (2, 78, 40), (39, 79, 39), (77, 157, 3), (20, 9, 1)] {
            for r in 1..N {
                let sum = multiples[(inverse(s) * (hash + r * d) % N) as usize];
                assert_eq!(judged(d, hash, r, s), sum.map(|(x, _)| x % N == r), "d {d}, hash {hash}, r {r}, s {s}");
            }
        }
    }

    /// Made from the sum that the verifier will come to: every one, also those whose `x` is above `n`.
    #[test]
    fn signatures_for_every_sum() {
        let (multiples, mut above) = (multiples(), 0);
        for (d, second) in [(1, 1), (1, 78), (78, 2), (2, 39), (40, 77)] {
            for first in 0..N {
                let Some((x, _)) = multiples[((first + second * d) % N) as usize] else {
                    assert_eq!(judged(d, first, second, 1), None, "infinity");
                    continue;
                };
                // `x` is `r` or `r + n`.
                let r = x % N;
                let s = r * inverse(second) % N;
                let hash = first * s % N;
                assert_eq!(judged(d, hash, r, s), (r > 0).then_some(true), "{first} G + {second} * {d} G");
                above += u32::from(x > N);
            }
        }
        assert!(above > 0);
    }

    #[test]
    fn numbers_out_of_range_are_refused() {
        for unfit in [0, N, N + 1, u32::MAX] {
            assert_eq!(judged(1, 1, unfit, 1), None);
            assert_eq!(judged(1, 1, 1, unfit), None);
        }
    }

    #[test]
    fn lengths_are_exact() {
        let point = point(1);
        let judge = |point: &[u8], signature: &[u8]| verifies(&SMALL, point, &[0, 0, 0, 1], signature);
        assert!(judge(&point, &[0, 0, 0, 1, 0, 0, 0, 1]).is_some());
        for signature in
            [&[][..], &[0, 0, 0, 1], &[0, 0, 1, 0, 0, 0, 1], &[0, 0, 0, 1, 0, 0, 1], &[0, 0, 0, 1, 0, 0, 0, 0, 1]]
        {
            assert_eq!(judge(&point, signature), None, "{signature:?}");
        }
        for point in
            [&[][..], &point[1..], &point[..8], &[&[2], &point[1..]].concat(), &[&point[..], &[0]].concat(), &[0]]
        {
            assert_eq!(judge(point, &[0, 0, 0, 1, 0, 0, 0, 1]), None, "{point:?}");
        }
    }
}
