//! Coordinates of a point.

use super::KeyError;

/// The uncompressed form of a point (SEC 1, 2.3.3), whose coordinates have exactly this length (RFC 7518, 6.2.1.2).
pub(super) fn uncompressed(x: &[u8], y: &[u8], length: usize) -> Result<Vec<u8>, KeyError> {
    match [x, y].into_iter().find(|coordinate| coordinate.len() != length) {
        Some(coordinate) => Err(KeyError::CoordinateLength(coordinate.len(), length)),
        None => Ok([&[4], x, y].concat()),
    }
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
