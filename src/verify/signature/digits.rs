//! Numbers of any size as digits of 32 bits, the lowest first.

pub(super) type Digits = Vec<u32>;

/// The digits of a big-endian number.
pub(super) fn digits(number: &[u8]) -> Digits {
    number.rchunks(4).map(|bytes| bytes.iter().fold(0, |digit, byte| digit << 8 | u32::from(*byte))).collect()
}

/// The places of all bits, the highest first.
pub(super) fn places(number: &[u32]) -> impl Iterator<Item = usize> {
    (0..number.len().saturating_mul(32)).rev()
}

/// Whether the bit at this place is set; the lowest is at 0.
#[inline(never)]
pub(super) fn bit(number: &[u32], place: usize) -> bool {
    number.get(place / 32).is_some_and(|digit| digit >> (place % 32) & 1 == 1)
}

/// Adds a number with as many digits; returns what is carried out of the highest.
#[inline(never)]
pub(super) fn add(number: &mut [u32], other: &[u32]) -> bool {
    let mut carry = false;
    for (digit, other) in number.iter_mut().zip(other) {
        (*digit, carry) = digit.carrying_add(*other, carry);
    }
    carry
}

/// Takes away a number with as many digits; returns whether it was the greater one, and the result wrapped around.
#[inline(never)]
pub(super) fn subtract(number: &mut [u32], other: &[u32]) -> bool {
    let mut borrow = false;
    for (digit, other) in number.iter_mut().zip(other) {
        (*digit, borrow) = digit.borrowing_sub(*other, borrow);
    }
    borrow
}

#[cfg(test)]
mod tests {
    use super::{add, bit, digits, places, subtract};

    #[test]
    fn the_lowest_digit_comes_first() {
        assert_eq!(digits(&[1, 2, 3, 4, 5]), [0x0203_0405, 1]);
        assert!(digits(&[]).is_empty());
    }

    #[test]
    fn the_highest_bit_comes_first() {
        let number = [5, 0x8000_0000];
        assert!(places(&number).filter(|place| bit(&number, *place)).eq([63, 2, 0]));
        assert_eq!(places(&number).count(), 64);
        assert!(!bit(&number, 64));
    }

    #[test]
    fn carries_go_through_every_digit() {
        let mut number = [u32::MAX, u32::MAX];
        assert!(add(&mut number, &[1, 0]));
        assert_eq!(number, [0, 0]);
        assert!(subtract(&mut number, &[1, 0]));
        assert_eq!(number, [u32::MAX, u32::MAX]);
        assert!(!subtract(&mut number, &[u32::MAX, 1]));
        assert!(!add(&mut number, &[3, 1]));
        assert_eq!(number, [3, u32::MAX]);
    }
}
