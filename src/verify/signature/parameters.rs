//! The two curves that JWS signs with here.

use jsonwebtoken::Algorithm;

use super::{digits::Digits, hash::Hash};

/// A curve `y² = x³ - 3x + b` over a prime field, whose points are a group of prime order. Numbers stand as the standards
/// print them: 32 bits a digit, the highest first.
#[derive(Debug, PartialEq, Eq)]
pub(in crate::verify) struct Parameters {
    pub(in crate::verify) name: &'static str,
    pub(super) algorithm: Algorithm,
    /// Its values have as many bits as `n`, so ECDSA cuts none off.
    pub(super) hash: Hash,
    /// The prime of the field.
    p: &'static [u32],
    /// How many points there are, infinity among them: a prime too, and below `p`.
    n: &'static [u32],
    b: &'static [u32],
    /// The base point.
    x: &'static [u32],
    y: &'static [u32],
}

impl Parameters {
    pub(super) fn p(&self) -> Digits {
        lowest_first(self.p)
    }

    pub(super) fn n(&self) -> Digits {
        lowest_first(self.n)
    }

    pub(super) fn b(&self) -> Digits {
        lowest_first(self.b)
    }

    pub(super) fn x(&self) -> Digits {
        lowest_first(self.x)
    }

    pub(super) fn y(&self) -> Digits {
        lowest_first(self.y)
    }

    /// Two numbers after each other, as points and signatures have them; none if either has another length.
    pub(super) fn halves<'a>(&self, bytes: &'a [u8]) -> Option<(&'a [u8], &'a [u8])> {
        bytes.split_at_checked(self.length()).filter(|(_, second)| second.len() == self.length())
    }

    /// How many bytes a coordinate has, and each half of a signature.
    pub(in crate::verify) const fn length(&self) -> usize {
        self.p.len().saturating_mul(4)
    }
}

fn lowest_first(number: &[u32]) -> Digits {
    number.iter().rev().copied().collect()
}

/// NIST SP 800-186, 3.2.1.3 (<https://doi.org/10.6028/NIST.SP.800-186>); SEC 2, 2.4.2, secp256r1
/// (<https://www.secg.org/sec2-v2.pdf>).
pub(in crate::verify) static P256: Parameters = Parameters {
    name: "P-256",
    algorithm: Algorithm::ES256,
    hash: Hash::Sha256,
    p: &[0xFFFFFFFF, 0x00000001, 0x00000000, 0x00000000, 0x00000000, 0xFFFFFFFF, 0xFFFFFFFF, 0xFFFFFFFF],
    n: &[0xFFFFFFFF, 0x00000000, 0xFFFFFFFF, 0xFFFFFFFF, 0xBCE6FAAD, 0xA7179E84, 0xF3B9CAC2, 0xFC632551],
    b: &[0x5AC635D8, 0xAA3A93E7, 0xB3EBBD55, 0x769886BC, 0x651D06B0, 0xCC53B0F6, 0x3BCE3C3E, 0x27D2604B],
    x: &[0x6B17D1F2, 0xE12C4247, 0xF8BCE6E5, 0x63A440F2, 0x77037D81, 0x2DEB33A0, 0xF4A13945, 0xD898C296],
    y: &[0x4FE342E2, 0xFE1A7F9B, 0x8EE7EB4A, 0x7C0F9E16, 0x2BCE3357, 0x6B315ECE, 0xCBB64068, 0x37BF51F5],
};

/// NIST SP 800-186, 3.2.1.4; SEC 2, 2.5.1, secp384r1.
pub(in crate::verify) static P384: Parameters = Parameters {
    name: "P-384",
    algorithm: Algorithm::ES384,
    hash: Hash::Sha384,
    p: &[
        0xFFFFFFFF, 0xFFFFFFFF, 0xFFFFFFFF, 0xFFFFFFFF, 0xFFFFFFFF, 0xFFFFFFFF, 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFF,
        0x00000000, 0x00000000, 0xFFFFFFFF,
    ],
    n: &[
        0xFFFFFFFF, 0xFFFFFFFF, 0xFFFFFFFF, 0xFFFFFFFF, 0xFFFFFFFF, 0xFFFFFFFF, 0xC7634D81, 0xF4372DDF, 0x581A0DB2,
        0x48B0A77A, 0xECEC196A, 0xCCC52973,
    ],
    b: &[
        0xB3312FA7, 0xE23EE7E4, 0x988E056B, 0xE3F82D19, 0x181D9C6E, 0xFE814112, 0x0314088F, 0x5013875A, 0xC656398D,
        0x8A2ED19D, 0x2A85C8ED, 0xD3EC2AEF,
    ],
    x: &[
        0xAA87CA22, 0xBE8B0537, 0x8EB1C71E, 0xF320AD74, 0x6E1D3B62, 0x8BA79B98, 0x59F741E0, 0x82542A38, 0x5502F25D,
        0xBF55296C, 0x3A545E38, 0x72760AB7,
    ],
    y: &[
        0x3617DE4A, 0x96262C6F, 0x5D9E98BF, 0x9292DC29, 0xF8F41DBD, 0x289A147C, 0xE9DA3113, 0xB5F0B8C0, 0x0A60B1CE,
        0x1D7E819D, 0x7A431D7C, 0x90EA0E5F,
    ],
};

/// A curve of the same kind that is small enough to try everything: it has points with `x` = 0 and with `x` above `n`.
#[cfg(test)]
pub(super) static SMALL: Parameters = Parameters {
    name: "small",
    algorithm: Algorithm::ES256,
    hash: Hash::Sha256,
    p: &[89],
    n: &[79],
    b: &[4],
    x: &[0],
    y: &[2],
};
