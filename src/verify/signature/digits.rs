//! Numbers of any size as digits of 32 bits, the lowest first.

pub(super) type Digits = Vec<u32>;

/// The digits of a big-endian number.
pub(super) fn digits(number: &[u8]) -> Digits {
    number.rchunks(4).map(|bytes| bytes.iter().fold(0, |digit, byte| digit << 8 | u32::from(*byte))).collect()
}

/// The bits, the highest first.
pub(super) fn bits(number: &[u32]) -> impl Iterator<Item = bool> {
    number.iter().rev().flat_map(|digit| (0..32).rev().map(move |at| digit >> at & 1 == 1))
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
    use super::{add, bits, digits, subtract};

    #[test]
    fn the_lowest_digit_comes_first() {
        assert_eq!(digits(&[1, 2, 3, 4, 5]), [0x0203_0405, 1]);
        assert!(digits(&[]).is_empty());
    }

    #[test]
    fn the_highest_bit_comes_first() {
        let ones: Vec<_> = bits(&[5, 0x8000_0000]).enumerate().filter(|(_, bit)| *bit).map(|(at, _)| at).collect();
        assert_eq!(ones, [0, 61, 63]);
        assert_eq!(bits(&[1, 2, 3]).count(), 96);
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
