//! Coordinates of a point.
//!
//! A point is always made of both its coordinates. The general reader of SEC 1 would bring the compressed form with it,
//! and for that square roots: 10 KB of the module that nothing uses, since a JWK has both (RFC 7518, 6.2.1).

use p256::elliptic_curve::point::AffineCoordinates as _;

use super::KeyError;

/// The uncompressed form of a point (SEC 1, 2.3.3), whose coordinates have exactly this length (RFC 7518, 6.2.1.2).
pub(super) fn uncompressed(x: &[u8], y: &[u8], length: usize) -> Result<Vec<u8>, KeyError> {
    match [x, y].into_iter().find(|coordinate| coordinate.len() != length) {
        Some(coordinate) => Err(KeyError::CoordinateLength(coordinate.len(), length)),
        None => Ok([&[4], x, y].concat()),
    }
}

/// The public key whose point has this uncompressed form; none if it does not lie on P-256.
pub(in crate::verify) fn p256(point: &[u8]) -> Option<p256::PublicKey> {
    let (x, y) = coordinates(point)?;
    let point = p256::AffinePoint::from_coordinates(x.try_into().ok()?, y.try_into().ok()?);
    p256::PublicKey::from_affine(point.into_option()?).ok()
}

/// The same for P-384.
pub(in crate::verify) fn p384(point: &[u8]) -> Option<p384::PublicKey> {
    let (x, y) = coordinates(point)?;
    let point = p384::AffinePoint::from_coordinates(x.try_into().ok()?, y.try_into().ok()?);
    p384::PublicKey::from_affine(point.into_option()?).ok()
}

fn coordinates(point: &[u8]) -> Option<(&[u8], &[u8])> {
    let coordinates = point.strip_prefix(&[4])?;
    coordinates.split_at_checked(coordinates.len() / 2)
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
