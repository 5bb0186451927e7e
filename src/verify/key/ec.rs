//! Points of a curve.
//!
//! A point is always made of both its coordinates, since a JWK has both (RFC 7518, 6.2.1).

use super::KeyError;
use crate::verify::signature::{Parameters, lies_on};

/// The uncompressed form (SEC 1, 2.3.3) of a point of this curve, whose coordinates have exactly its length (RFC 7518,
/// 6.2.1.2).
pub(super) fn check(curve: &Parameters, x: &[u8], y: &[u8]) -> Result<Vec<u8>, KeyError> {
    let length = curve.length();
    if let Some(other) = [x, y].into_iter().find(|coordinate| coordinate.len() != length) {
        return Err(KeyError::CoordinateLength(other.len(), length));
    }
    let point = [&[4], x, y].concat();
    if lies_on(curve, &point) { Ok(point) } else { Err(KeyError::NotOnCurve) }
}

#[cfg(test)]
mod tests {
    use crate::verify::key::{KeyError, PublicKey};

    #[test]
    fn a_point_has_to_lie_on_the_curve() {
        assert_eq!(PublicKey::p256(&[0; 32], &[0; 32]), Err(KeyError::NotOnCurve));
        assert_eq!(PublicKey::p256(&[0xff; 32], &[1; 32]), Err(KeyError::NotOnCurve));
        assert_eq!(PublicKey::p256(&[1; 31], &[1; 32]), Err(KeyError::CoordinateLength(31, 32)));
        assert_eq!(PublicKey::p384(&[1; 48], &[1; 49]), Err(KeyError::CoordinateLength(49, 48)));
    }
}
