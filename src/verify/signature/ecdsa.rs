//! ECDSA with the signature as two numbers of fixed length (RFC 7518, 3.4). Both halves of the range of `s` are valid:
//! JWS has no rule of the lower one.

use std::marker::PhantomData;

use jsonwebtoken::{
    Algorithm,
    crypto::JwtVerifier,
    signature::{Error, Verifier},
};
use p256::ecdsa::signature::Verifier as _;

use crate::verify::key;

/// A curve with the hash function that JWS pairs it with.
pub(super) trait Curve {
    const ALGORITHM: Algorithm;
    /// None where point or signature is malformed: a wrong length, or a number out of range.
    fn verifies(point: &[u8], message: &[u8], signature: &[u8]) -> Option<()>;
}

/// P-256 with SHA-256.
pub(super) struct P256;

impl Curve for P256 {
    const ALGORITHM: Algorithm = Algorithm::ES256;

    fn verifies(point: &[u8], message: &[u8], signature: &[u8]) -> Option<()> {
        let signature = p256::ecdsa::Signature::from_slice(signature).ok()?;
        p256::ecdsa::VerifyingKey::from(key::p256(point)?).verify(message, &signature).ok()
    }
}

/// P-384 with SHA-384.
pub(super) struct P384;

impl Curve for P384 {
    const ALGORITHM: Algorithm = Algorithm::ES384;

    fn verifies(point: &[u8], message: &[u8], signature: &[u8]) -> Option<()> {
        let signature = p384::ecdsa::Signature::from_slice(signature).ok()?;
        p384::ecdsa::VerifyingKey::from(key::p384(point)?).verify(message, &signature).ok()
    }
}

/// Verifies with one point.
pub(super) struct EcdsaVerifier<C> {
    point: Vec<u8>,
    curve: PhantomData<C>,
}

impl<C> EcdsaVerifier<C> {
    pub(super) fn new(point: &[u8]) -> Self {
        Self { point: point.to_vec(), curve: PhantomData }
    }
}

impl<C: Curve> Verifier<Vec<u8>> for EcdsaVerifier<C> {
    fn verify(&self, message: &[u8], signature: &Vec<u8>) -> Result<(), Error> {
        C::verifies(&self.point, message, signature).ok_or_else(Error::new)
    }
}

impl<C: Curve> JwtVerifier for EcdsaVerifier<C> {
    fn algorithm(&self) -> Algorithm {
        C::ALGORITHM
    }
}
