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
    hash::Hash,
    modulus::Modulus,
    parameters::{P256, P384, Parameters},
};

/// A curve with the hash function that JWS pairs it with. Its values have as many bits as the curve's order, so none is cut
/// off.
#[derive(Clone, Copy)]
pub(super) enum Pair {
    P256Sha256,
    P384Sha384,
}

/// Verifies with one point.
pub(super) struct EcdsaVerifier {
    pair: Pair,
    point: Vec<u8>,
}

impl EcdsaVerifier {
    pub(super) fn new(pair: Pair, point: &[u8]) -> Self {
        Self { pair, point: point.to_vec() }
    }

    fn verifies(&self, message: &[u8], signature: &[u8]) -> Option<bool> {
        let (parameters, hash) = match self.pair {
            Pair::P256Sha256 => (&P256, Hash::Sha256),
            Pair::P384Sha384 => (&P384, Hash::Sha384),
        };
        verifies(parameters, &self.point, &hash.digest(message), signature)
    }
}

/// None where point or signature is malformed: a wrong length, a number out of range, a point that is none.
fn verifies(parameters: &Parameters, point: &[u8], hash: &[u8], signature: &[u8]) -> Option<bool> {
    let order = Modulus::new(parameters.n())?;
    // From 1 to n - 1.
    let [r, s] = parameters.halves(signature)?.map(|half| order.residue(half).filter(|half| !half.is_zero()));
    let (r, s, hash) = (r?, s?, order.wrapped(digits(hash))?);
    let (curve, point) = point_on(parameters, point)?;
    let inverse = order.inverse(&s);
    let [first, second] = [&hash, &r].map(|number| order.number(&order.multiply(number, &inverse)));
    // Infinity is refused.
    let x = curve.x(&curve.combination(&first, &second, &point))?;
    Some(order.wrapped(x)? == r)
}

/// The point of this uncompressed form (SEC 1, 2.3.4), with its curve.
pub(super) fn point_on(parameters: &Parameters, uncompressed: &[u8]) -> Option<(Curve, Point)> {
    let coordinates = parameters.halves(uncompressed.strip_prefix(&[4])?)?;
    let curve = Curve::new(parameters)?;
    let point = curve.point(coordinates)?;
    Some((curve, point))
}

impl Verifier<Vec<u8>> for EcdsaVerifier {
    fn verify(&self, message: &[u8], signature: &Vec<u8>) -> Result<(), Error> {
        match self.verifies(message, signature) {
            Some(true) => Ok(()),
            Some(false) | None => Err(Error::new()),
        }
    }
}

impl JwtVerifier for EcdsaVerifier {
    fn algorithm(&self) -> Algorithm {
        match self.pair {
            Pair::P256Sha256 => Algorithm::ES256,
            Pair::P384Sha384 => Algorithm::ES384,
        }
    }
}
