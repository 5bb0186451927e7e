//! The points of a curve and their sums.
//!
//! One formula adds any two points, also a point to itself, to its opposite and to infinity: it is complete on every curve
//! of prime order (Renes, Costello, Batina, "Complete addition formulas for prime order elliptic curves",
//! <https://eprint.iacr.org/2015/1060>, algorithm 4). So there is no special case that a forged key could aim at. A formula
//! for doubling (algorithm 6) would save little. In variable time: all of it is public.

use super::{
    digits::{Digits, bit, digits, places},
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
        let b = field.residue(parameters.b())?;
        let base =
            Point { x: field.residue(parameters.x())?, y: field.residue(parameters.y())?, z: field.one().clone() };
        Some(Self { b, base, field })
    }

    /// The point with these coordinates; none if one is not below the prime, or the point does not lie on the curve. Infinity
    /// has no coordinates. Every other point has the order of the group, a prime: no small subgroup has to be kept out.
    pub(super) fn point(&self, x: &[u8], y: &[u8]) -> Option<Point> {
        let field = &self.field;
        let (x, y) = (field.residue(digits(x))?, field.residue(digits(y))?);
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
        for place in places(first) {
            sum = self.add(&sum, &sum);
            for (factor, point) in [(first, &self.base), (second, point)] {
                if bit(factor, place) {
                    sum = self.add(&sum, point);
                }
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

#[cfg(test)]
#[expect(clippy::arithmetic_side_effects, reason = "a test fails by panicking")]
pub(super) mod tests {
    use super::{super::parameters::SMALL, Curve, Point};

    /// `0 * G` to `78 * G` as the textbook adds them, case by case; infinity is None.
    pub(in super::super) fn multiples() -> Vec<Option<(u32, u32)>> {
        let mut multiples = vec![None];
        for _ in 1..79 {
            multiples.push(textbook(multiples[multiples.len() - 1], Some((0, 2))));
        }
        multiples
    }

    fn textbook(a: Option<(u32, u32)>, b: Option<(u32, u32)>) -> Option<(u32, u32)> {
        const P: u32 = 89;
        let (Some((x, y)), Some((u, v))) = (a, b) else { return a.or(b) };
        if x == u && (y + v) % P == 0 {
            return None;
        }
        let (rise, run) = if x == u { (3 * x * x + P - 3, 2 * y) } else { (v + P - y, u + P - x) };
        let inverse = (1..P).find(|inverse| inverse * run % P == 1).unwrap();
        let slope = rise % P * inverse % P;
        let w = (slope * slope + 2 * P - x - u) % P;
        Some((w, (slope * (x + P - w) + P - y) % P))
    }

    /// The same point with its coordinates times `z`.
    fn projective(curve: &Curve, point: Option<(u32, u32)>, z: u32) -> Point {
        let (x, y, z) = point.map_or((0, z, 0), |(x, y)| (x * z % 89, y * z % 89, z));
        let [x, y, z] = [x, y, z].map(|number| curve.field.residue(vec![number]).unwrap());
        Point { x, y, z }
    }

    fn affine(curve: &Curve, point: &Point) -> Option<(u32, u32)> {
        let inverse = curve.field.inverse(&point.z);
        let [x, y] = [&point.x, &point.y].map(|number| curve.field.number(&curve.field.multiply(number, &inverse))[0]);
        assert_eq!(curve.x(point), (!point.z.is_zero()).then(|| vec![x]));
        (!point.z.is_zero()).then_some((x, y))
    }

    #[test]
    fn every_sum_on_a_small_curve() {
        let (curve, multiples) = (Curve::new(&SMALL).unwrap(), multiples());
        assert_eq!(textbook(multiples[78], multiples[1]), None);
        for (i, p) in multiples.iter().enumerate() {
            for (j, q) in multiples.iter().enumerate() {
                let sum = curve.add(&projective(&curve, *p, 1), &projective(&curve, *q, 1));
                assert_eq!(affine(&curve, &sum), multiples[(i + j) % 79], "{i} + {j}");
                let sum = curve.add(&projective(&curve, *p, 5), &projective(&curve, *q, 88));
                assert_eq!(affine(&curve, &sum), multiples[(i + j) % 79], "{i} + {j}");
            }
        }
    }

    #[test]
    fn every_multiple_on_a_small_curve() {
        let (curve, multiples) = (Curve::new(&SMALL).unwrap(), multiples());
        for (factor, d) in [(0, 1), (1, 1), (1, 78), (2, 5), (78, 1), (77, 40)] {
            let point = projective(&curve, multiples[d as usize], 1);
            for i in 0..79 {
                let sum = affine(&curve, &curve.combination(&[i], &[factor], &point));
                assert_eq!(sum, multiples[((i + factor * d) % 79) as usize], "{i} G + {factor} * {d} G");
            }
        }
    }

    #[test]
    fn every_pair_of_coordinates_on_a_small_curve() {
        let (curve, multiples) = (Curve::new(&SMALL).unwrap(), multiples());
        let mut points = 0;
        for x in 0..100_u32 {
            for y in 0..100_u32 {
                let point = curve.point(&x.to_be_bytes(), &y.to_be_bytes());
                assert_eq!(point.is_some(), multiples.contains(&Some((x, y))), "({x}, {y})");
                points += u32::from(point.is_some());
            }
        }
        assert_eq!(points, 78);
    }
}
