//! The cryptography behind `jsonwebtoken`: verification of the five algorithms and nothing else.
//!
//! It is called directly. The crate's own functions would ask for a process-wide default, which panics where none is
//! installed.

use jsonwebtoken::{
    Algorithm, DecodingKey, DecodingKeyKind, EncodingKey,
    crypto::{CryptoProvider, JwtSigner, JwtVerifier, KeyUtils},
    errors::{Error, ErrorKind, new_error},
};

use super::{
    ecdsa::EcdsaVerifier,
    hash::Hash,
    parameters::{P256, P384},
    rsa::RsaVerifier,
};

/// Verifies; refuses to sign and to take private keys apart, always with an error.
pub(super) static PROVIDER: CryptoProvider = CryptoProvider {
    signer_factory: refuse_to_sign,
    verifier_factory: verifier,
    key_utils: KeyUtils {
        rsa_pub_components_from_private_key: |_| Err(unsupported()),
        rsa_pub_components_from_public_key: |_| Err(unsupported()),
        ec_pub_components_from_private_key: |_, _| Err(unsupported()),
        ed_pub_components_from_private_key: |_, _| Err(unsupported()),
        compute_digest: |_, _| Err(unsupported()),
    },
};

fn unsupported() -> Error {
    new_error(ErrorKind::UnsupportedAlgorithm)
}

fn refuse_to_sign(_: &Algorithm, _: &EncodingKey) -> Result<Box<dyn JwtSigner>, Error> {
    Err(unsupported())
}

fn verifier(algorithm: &Algorithm, key: &DecodingKey) -> Result<Box<dyn JwtVerifier>, Error> {
    if algorithm.family() != key.family() {
        return Err(new_error(ErrorKind::InvalidKeyFormat));
    }
    let rsa = |hash| -> Result<Box<dyn JwtVerifier>, Error> {
        match key.kind() {
            DecodingKeyKind::RsaModulusExponent { n, e } => Ok(Box::new(RsaVerifier::new(hash, n, e))),
            DecodingKeyKind::SecretOrDer(_) => Err(new_error(ErrorKind::InvalidKeyFormat)),
        }
    };
    match algorithm {
        Algorithm::RS256 => rsa(Hash::Sha256),
        Algorithm::RS384 => rsa(Hash::Sha384),
        Algorithm::RS512 => rsa(Hash::Sha512),
        Algorithm::ES256 => Ok(Box::new(EcdsaVerifier::new(&P256, key.try_get_as_bytes()?))),
        Algorithm::ES384 => Ok(Box::new(EcdsaVerifier::new(&P384, key.try_get_as_bytes()?))),
        _ => Err(unsupported()),
    }
}

#[cfg(test)]
mod tests {
    use jsonwebtoken::{
        Algorithm, DecodingKey, EncodingKey,
        jwk::{EllipticCurve, ThumbprintHash},
    };

    use super::PROVIDER;

    #[test]
    fn refuses_with_an_error_what_it_does_not_do() {
        let utils = &PROVIDER.key_utils;
        assert!((PROVIDER.signer_factory)(&Algorithm::RS256, &EncodingKey::from_secret(b"x")).is_err());
        assert!((utils.rsa_pub_components_from_private_key)(b"x").is_err());
        assert!((utils.rsa_pub_components_from_public_key)(b"x").is_err());
        assert!((utils.ec_pub_components_from_private_key)(b"x", Algorithm::ES256).is_err());
        assert!((utils.ed_pub_components_from_private_key)(b"x", &EllipticCurve::Ed25519).is_err());
        assert!((utils.compute_digest)(b"x", ThumbprintHash::SHA256).is_err());
    }

    #[test]
    fn refuses_other_algorithms_and_keys_of_another_family() {
        let [secret, rsa, ec, ed] = [
            DecodingKey::from_secret(b"x"),
            DecodingKey::from_rsa_raw_components(&[1], &[3]),
            DecodingKey::from_ec_der(&[4]),
            DecodingKey::from_ed_der(&[0; 32]),
        ];
        for (algorithm, key) in [
            (Algorithm::HS256, &secret),
            (Algorithm::PS256, &rsa),
            (Algorithm::EdDSA, &ed),
            (Algorithm::RS256, &secret),
            (Algorithm::RS256, &ec),
            (Algorithm::RS256, &DecodingKey::from_rsa_der(&[0x30])),
            (Algorithm::ES256, &rsa),
        ] {
            assert!((PROVIDER.verifier_factory)(&algorithm, key).is_err(), "{algorithm:?}");
        }
    }

    #[test]
    fn a_malformed_key_verifies_nothing() {
        for (algorithm, key) in [
            (Algorithm::RS256, DecodingKey::from_rsa_raw_components(&[], &[])),
            (Algorithm::RS256, DecodingKey::from_rsa_raw_components(&[0; 300], &[3])),
            (Algorithm::RS512, DecodingKey::from_rsa_raw_components(&[1], &[1])),
            (Algorithm::RS256, DecodingKey::from_rsa_raw_components(&[0xfe; 256], &[3])),
            (Algorithm::ES256, DecodingKey::from_ec_der(&[])),
            (Algorithm::ES384, DecodingKey::from_ec_der(&[4; 65])),
        ] {
            let verifier = (PROVIDER.verifier_factory)(&algorithm, &key).unwrap();
            assert_eq!(verifier.algorithm(), algorithm);
            for length in [0, 1, 64, 96, 256, 300] {
                assert!(verifier.verify(b"message", &vec![1; length]).is_err(), "{algorithm:?}");
            }
        }
    }
}
