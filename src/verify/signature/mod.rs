//! The signature itself. The one place that knows `jsonwebtoken`.

#[cfg(all(test, not(target_arch = "wasm32")))]
mod compared;
mod curve;
mod digits;
mod ecdsa;
mod hash;
mod judge;
mod modulus;
mod parameters;
mod provider;
mod rsa;

use jsonwebtoken::DecodingKey;

use super::{
    Algorithm,
    key::{Kind, PublicKey},
};

pub use judge::TRIED_KEYS;
pub(super) use judge::judge;
pub(super) use parameters::{P256, P384, Parameters};

/// Whether this uncompressed form (SEC 1, 2.3.3) is one of a point on this curve.
pub(super) fn lies_on(curve: &Parameters, point: &[u8]) -> bool {
    ecdsa::point_on(curve, point).is_some()
}

/// Whether this signature over this message is made with this key and algorithm.
pub(super) fn verifies(key: &PublicKey, algorithm: Algorithm, message: &[u8], signature: &[u8]) -> bool {
    let key = match key.kind() {
        Kind::Rsa { modulus, exponent } => DecodingKey::from_rsa_raw_components(modulus, exponent),
        Kind::Ec { point, .. } => DecodingKey::from_ec_der(point),
    };
    let algorithm = match algorithm {
        Algorithm::Rs256 => jsonwebtoken::Algorithm::RS256,
        Algorithm::Rs384 => jsonwebtoken::Algorithm::RS384,
        Algorithm::Rs512 => jsonwebtoken::Algorithm::RS512,
        Algorithm::Es256 => jsonwebtoken::Algorithm::ES256,
        Algorithm::Es384 => jsonwebtoken::Algorithm::ES384,
    };
    (provider::PROVIDER.verifier_factory)(&algorithm, &key)
        .is_ok_and(|verifier| verifier.verify(message, &signature.to_vec()).is_ok())
}
