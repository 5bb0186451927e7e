//! Which RSA keys are strong enough, and small enough to be worth the time.

use std::ops::RangeInclusive;

use super::KeyError;

/// Bits of an RSA modulus. At least 2048: RFC 7518, 3.3. At most 8192: the time grows with the square of the size, and
/// nobody publishes larger ones; the limit of ring and of BoringSSL's default.
pub const MODULUS_BITS: RangeInclusive<usize> = 2048..=8192;

/// Bits of an RSA public exponent: 33, as BoringSSL, ring and the crate `rsa` have it. A verification costs a squaring
/// for each bit, so a key with an exponent as long as its modulus would cost a hundred times as much as 65537.
pub const EXPONENT_BITS: usize = 33;

/// Modulus and exponent without leading zeros, if they are fit.
pub(super) fn check(modulus: &[u8], exponent: &[u8]) -> Result<(Vec<u8>, Vec<u8>), KeyError> {
    let (modulus, exponent) = (trimmed(modulus), trimmed(exponent));
    match bits(modulus) {
        few if few < *MODULUS_BITS.start() => return Err(KeyError::ModulusTooSmall(few)),
        many if many > *MODULUS_BITS.end() => return Err(KeyError::ModulusTooLarge(many)),
        _ => {}
    }
    if !is_odd(modulus) {
        return Err(KeyError::ModulusEven);
    }
    match bits(exponent) {
        many if many > EXPONENT_BITS => return Err(KeyError::ExponentTooLarge(many)),
        many if many < 2 || !is_odd(exponent) => return Err(KeyError::ExponentUnfit),
        _ => {}
    }
    Ok((modulus.to_vec(), exponent.to_vec()))
}

/// How many bits a big-endian number without leading zero bytes has.
pub(super) fn bits(number: &[u8]) -> usize {
    let unused = number.first().map_or(0, |first| first.leading_zeros() as usize);
    number.len().saturating_mul(8).saturating_sub(unused)
}

fn is_odd(number: &[u8]) -> bool {
    number.last().is_some_and(|last| last & 1 == 1)
}

/// RFC 7518, 6.3.1.1 forbids the zero byte that some libraries put in front; it changes nothing, so it is dropped.
fn trimmed(number: &[u8]) -> &[u8] {
    let zeros = number.iter().take_while(|byte| **byte == 0).count();
    number.get(zeros..).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::check;
    use crate::verify::key::KeyError;

    fn modulus(bits: usize, last: u8) -> Vec<u8> {
        let mut modulus = vec![0; bits.div_ceil(8)];
        modulus[0] = 0x80_u8.rotate_left(bits as u32 % 8);
        *modulus.last_mut().unwrap() |= last;
        modulus
    }

    #[test]
    fn modulus_size_is_counted_in_bits() {
        let e = [1, 0, 1];
        assert_eq!(check(&modulus(2047, 1), &e), Err(KeyError::ModulusTooSmall(2047)));
        assert!(check(&modulus(2048, 1), &e).is_ok());
        assert!(check(&modulus(8192, 1), &e).is_ok());
        assert_eq!(check(&modulus(8193, 1), &e), Err(KeyError::ModulusTooLarge(8193)));
        assert_eq!(check(&modulus(2048, 0), &e), Err(KeyError::ModulusEven));
        assert_eq!(check(&[], &e), Err(KeyError::ModulusTooSmall(0)));
    }

    #[test]
    fn leading_zeros_neither_count_nor_harm() {
        let plain = modulus(2048, 1);
        let padded = [&[0, 0][..], &plain].concat();
        assert_eq!(check(&padded, &[0, 1, 0, 1]), Ok((plain, vec![1, 0, 1])));
        let small = [&[0; 128][..], &modulus(1024, 1)].concat();
        assert_eq!(check(&small, &[3]), Err(KeyError::ModulusTooSmall(1024)));
    }

    #[test]
    fn exponent_is_odd_and_bounded() {
        let n = modulus(2048, 1);
        for unfit in [&[][..], &[0], &[1], &[2], &[1, 0, 0]] {
            assert_eq!(check(&n, unfit), Err(KeyError::ExponentUnfit), "{unfit:?}");
        }
        assert!(check(&n, &[3]).is_ok());
        assert!(check(&n, &[1, 0xff, 0xff, 0xff, 0xff]).is_ok());
        assert_eq!(check(&n, &[2, 0, 0, 0, 1]), Err(KeyError::ExponentTooLarge(34)));
    }
}
