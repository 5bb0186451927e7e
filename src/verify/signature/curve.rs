//! The points of a curve and their sums.
//!
//! One formula adds any two points, also a point to itself, to its opposite and to infinity: it is complete on every curve
//! of prime order (Renes, Costello, Batina, "Complete addition formulas for prime order elliptic curves",
//! <https://eprint.iacr.org/2015/1060>, algorithm 4). So there is no special case that a forged key could aim at. A formula
//! for doubling (algorithm 6) would save little. In variable time: all of it is public.

use super::{
    digits::{Digits, bits},
    modulus::{Modulus, Residue},
    parameters::Parameters,
};

/// The point `(x / z, y / z)`; infinity where `z` is 0.
#[derive(Clone, Debug)]
pub(super) struct Point {
    x: Residue,
    y: Residue,
    z: Residue,
}

/// A curve, made ready for arithmetic.
pub(super) struct Curve {
    field: Modulus,
    b: Residue,
    base: Point,
}

impl Curve {
    /// Always there for the parameters that are; None would say that their prime is none.
    pub(super) fn new(parameters: &Parameters) -> Option<Self> {
        let field = Modulus::new(parameters.p())?;
        let [b, x, y] = parameters.b_and_base();
        let base = Point { x: field.residue(x)?, y: field.residue(y)?, z: field.one().clone() };
        Some(Self { b: field.residue(b)?, base, field })
    }

    /// The point with these coordinates; none if one is not below the prime, or the point does not lie on the curve. Infinity
    /// has no coordinates. Every other point has the order of the group, a prime: no small subgroup has to be kept out.
    pub(super) fn point(&self, [x, y]: [Digits; 2]) -> Option<Point> {
        let field = &self.field;
        let (x, y) = (field.residue(x)?, field.residue(y)?);
        // x³ - 3x + b
        let cube = field.multiply(&field.multiply(&x, &x), &x);
        let right = field.add(&field.subtract(&cube, &self.triple(&x)), &self.b);
        (field.multiply(&y, &y) == right).then(|| Point { x, y, z: field.one().clone() })
    }

    /// `first * base + second * point`, both from their highest bits at once.
    pub(super) fn combination(&self, first: &[u32], second: &[u32], point: &Point) -> Point {
        let one = self.field.one();
        let zero = self.field.subtract(one, one);
        let mut sum = Point { x: zero.clone(), y: one.clone(), z: zero };
        for (first, second) in bits(first).zip(bits(second)) {
            sum = self.add(&sum, &sum);
            if first {
                sum = self.add(&sum, &self.base);
            }
            if second {
                sum = self.add(&sum, point);
            }
        }
        sum
    }

    /// The first coordinate; infinity has none.
    pub(super) fn x(&self, point: &Point) -> Option<Digits> {
        let field = &self.field;
        let x = field.multiply(&point.x, &field.inverse(&point.z));
        (!point.z.is_zero()).then(|| field.number(&x))
    }

    /// Steps 1 to 18 of the algorithm win three products by sums and differences; these are the products themselves.
    fn add(&self, p: &Point, q: &Point) -> Point {
        let field = &self.field;
        let xx = field.multiply(&p.x, &q.x);
        let yy = field.multiply(&p.y, &q.y);
        let zz = field.multiply(&p.z, &q.z);
        let xy = self.products([&p.x, &q.y], [&p.y, &q.x]);
        let yz = self.products([&p.y, &q.z], [&p.z, &q.y]);
        let xz = self.products([&p.x, &q.z], [&p.z, &q.x]);
        // 3 (xz - b zz), and the terms that have it
        let middle = self.triple(&field.subtract(&xz, &field.multiply(&self.b, &zz)));
        let (minus, plus) = (field.subtract(&yy, &middle), field.add(&yy, &middle));
        // 3 (b xz - xx - 3 zz)
        let triple_zz = self.triple(&zz);
        let inner = field.subtract(&field.subtract(&field.multiply(&self.b, &xz), &xx), &triple_zz);
        let inner = self.triple(&inner);
        // 3 xx - 3 zz
        let outer = field.subtract(&self.triple(&xx), &triple_zz);
        Point {
            x: field.subtract(&field.multiply(&xy, &plus), &field.multiply(&yz, &inner)),
            y: self.products([&minus, &plus], [&outer, &inner]),
            z: self.products([&yz, &minus], [&xy, &outer]),
        }
    }

    /// `a * b + c * d`
    fn products(&self, [a, b]: [&Residue; 2], [c, d]: [&Residue; 2]) -> Residue {
        self.field.add(&self.field.multiply(a, b), &self.field.multiply(c, d))
    }

    fn triple(&self, a: &Residue) -> Residue {
        self.field.add(&self.field.add(a, a), a)
    }
}
