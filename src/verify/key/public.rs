//! A public key that was checked. Only such a key ever reaches the arithmetic.

use std::fmt;

use super::{ec, rsa};
use crate::verify::{
    Algorithm,
    signature::{self, P256, P384, Parameters},
};

/// A public key whose every part was checked, and nothing else can be made into one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PublicKey(Kind);

#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::verify) enum Kind {
    /// Modulus and exponent, big-endian, without leading zeros.
    Rsa { modulus: Vec<u8>, exponent: Vec<u8> },
    /// An uncompressed point (SEC 1, 2.3.3) on this curve.
    Ec { curve: &'static Parameters, point: Vec<u8> },
}

impl PublicKey {
    /// An RSA key from its big-endian modulus and exponent; leading zero bytes are dropped.
    ///
    /// # Errors
    /// [`KeyError`] outside [`rsa::MODULUS_BITS`](super::MODULUS_BITS), over
    /// [`rsa::EXPONENT_BITS`](super::EXPONENT_BITS), for an even modulus, an even exponent and one below 3.
    pub fn rsa(modulus: &[u8], exponent: &[u8]) -> Result<Self, KeyError> {
        let (modulus, exponent) = rsa::check(modulus, exponent)?;
        Ok(Self(Kind::Rsa { modulus, exponent }))
    }

    /// A point on P-256 from its big-endian coordinates of 32 bytes.
    ///
    /// # Errors
    /// [`KeyError`] for another length, and for a point that is not on the curve.
    pub fn p256(x: &[u8], y: &[u8]) -> Result<Self, KeyError> {
        Ok(Self(Kind::Ec { curve: &P256, point: ec::check(&P256, x, y)? }))
    }

    /// A point on P-384 from its big-endian coordinates of 48 bytes.
    ///
    /// # Errors
    /// [`KeyError`] for another length, and for a point that is not on the curve.
    pub fn p384(x: &[u8], y: &[u8]) -> Result<Self, KeyError> {
        Ok(Self(Kind::Ec { curve: &P384, point: ec::check(&P384, x, y)? }))
    }

    /// Whether this signature over this message is made with this key and algorithm. False too where the two do not fit.
    #[must_use]
    pub fn verifies(&self, algorithm: Algorithm, message: &[u8], signature: &[u8]) -> bool {
        signature::verifies(self, algorithm, message, signature)
    }

    /// How many bytes a signature has.
    #[must_use]
    pub const fn signature_length(&self) -> usize {
        match &self.0 {
            Kind::Rsa { modulus, .. } => modulus.len(),
            Kind::Ec { curve, .. } => curve.length().saturating_mul(2),
        }
    }

    pub(in crate::verify) const fn kind(&self) -> &Kind {
        &self.0
    }
}

impl fmt::Display for PublicKey {
    /// `RSA 2048`, `P-256`
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0 {
            Kind::Rsa { modulus, .. } => write!(formatter, "RSA {}", rsa::bits(modulus)),
            Kind::Ec { curve, .. } => formatter.write_str(curve.name),
        }
    }
}

/// Why a key is not used.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum KeyError {
    /// Fewer bits than [`super::MODULUS_BITS`] allows.
    ModulusTooSmall(usize),
    /// More bits than [`super::MODULUS_BITS`] allows.
    ModulusTooLarge(usize),
    /// No product of two odd primes is even.
    ModulusEven,
    /// More bits than [`super::EXPONENT_BITS`].
    ExponentTooLarge(usize),
    /// Zero, one or even.
    ExponentUnfit,
    /// A coordinate has this many bytes and not the second number.
    CoordinateLength(usize, usize),
    /// The two coordinates are no point of the curve.
    NotOnCurve,
}

impl fmt::Display for KeyError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (least, most) = (rsa::MODULUS_BITS.start(), rsa::MODULUS_BITS.end());
        match self {
            Self::ModulusTooSmall(bits) => {
                write!(formatter, "its modulus has {bits} bits; at least {least} are needed (RFC 7518, 3.3)")
            }
            Self::ModulusTooLarge(bits) => {
                write!(formatter, "its modulus has {bits} bits; at most {most} are taken here")
            }
            Self::ModulusEven => formatter.write_str("its modulus is even, so it is no RSA key"),
            Self::ExponentTooLarge(bits) => {
                let limit = rsa::EXPONENT_BITS;
                write!(formatter, "its exponent has {bits} bits; at most {limit} are taken here")
            }
            Self::ExponentUnfit => formatter.write_str("its exponent is not an odd number of at least 3"),
            Self::CoordinateLength(actual, expected) => {
                write!(formatter, "a coordinate has {actual} bytes, not {expected} (RFC 7518, 6.2.1)")
            }
            Self::NotOnCurve => formatter.write_str("its point is not on the curve"),
        }
    }
}

impl std::error::Error for KeyError {}
