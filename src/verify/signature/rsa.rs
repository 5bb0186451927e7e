//! RSASSA-PKCS1-v1_5 (RFC 8017, 8.2.2): the one encoding that a right signature can have is built and compared as a
//! whole, so there is no padding to be parsed.

use jsonwebtoken::{
    Algorithm,
    crypto::JwtVerifier,
    signature::{Error, Verifier},
};

use super::{digits::digits, hash::Hash, modulus::Modulus};

/// Verifies with one RSA key.
pub(super) struct RsaVerifier {
    hash: Hash,
    modulus: Vec<u8>,
    exponent: Vec<u8>,
}

impl RsaVerifier {
    pub(super) fn new(hash: Hash, modulus: &[u8], exponent: &[u8]) -> Self {
        Self { hash, modulus: modulus.to_vec(), exponent: exponent.to_vec() }
    }

    fn verifies(&self, message: &[u8], signature: &[u8]) -> Option<bool> {
        let length = self.modulus.len();
        if signature.len() != length {
            return None;
        }
        let expected = encoded(self.hash, message, length)?;
        let modulus = Modulus::new(digits(&self.modulus))?;
        let power = modulus.power(&modulus.residue(digits(signature))?, &digits(&self.exponent));
        Some(power == modulus.residue(digits(&expected))?)
    }
}

/// EMSA-PKCS1-v1_5 (RFC 8017, 9.2): `00 01 FF … FF 00`, then the hash with its name. At least eight `FF`.
fn encoded(hash: Hash, message: &[u8], length: usize) -> Option<Vec<u8>> {
    let (prefix, digest) = (hash.prefix(), hash.digest(message));
    let filling = length.checked_sub(3)?.checked_sub(prefix.len())?.checked_sub(digest.len())?;
    if filling < 8 {
        return None;
    }
    Some([&[0, 1], vec![0xff; filling].as_slice(), &[0], &prefix, &digest].concat())
}

impl Verifier<Vec<u8>> for RsaVerifier {
    fn verify(&self, message: &[u8], signature: &Vec<u8>) -> Result<(), Error> {
        match self.verifies(message, signature) {
            Some(true) => Ok(()),
            Some(false) | None => Err(Error::new()),
        }
    }
}

impl JwtVerifier for RsaVerifier {
    fn algorithm(&self) -> Algorithm {
        match self.hash {
            Hash::Sha256 => Algorithm::RS256,
            Hash::Sha384 => Algorithm::RS384,
            Hash::Sha512 => Algorithm::RS512,
        }
    }
}
