//! ECDSA against `p256` and `p384`, and against published vectors.
//!
//! A verifier computes `first * base + second * key`. Whoever knows the sum can make the signature that leads there, so
//! every sum and every key is tried, and not only those of honest signers.
#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    reason = "a test fails by panicking"
)]

use ecdsa::{
    DigestAlgorithm, EcdsaCurve, Signature, SigningKey,
    elliptic_curve::{
        CurveArithmetic, FieldBytes, Group as _, ProjectivePoint, Scalar,
        ff::{Field as _, PrimeField as _},
        ops::Reduce as _,
        point::{AffineCoordinates as _, DecompressPoint},
    },
    hazmat::verify_prehashed,
    signature::hazmat::PrehashSigner as _,
};
use p256::NistP256;
use p384::NistP384;
use proptest::{collection::vec, prelude::*, sample::Index};

use super::{
    curve::Curve,
    digits::{add, digits},
    ecdsa::verifies,
    parameters::{P256, P384, Parameters},
};

/// A curve of the library with ours.
trait Oracle: EcdsaCurve + DigestAlgorithm + CurveArithmetic<AffinePoint: DecompressPoint<Self>> {
    const OURS: &'static Parameters;
}

impl Oracle for NistP256 {
    const OURS: &'static Parameters = &P256;
}

impl Oracle for NistP384 {
    const OURS: &'static Parameters = &P384;
}

fn field_bytes<C: Oracle>(bytes: &[u8]) -> FieldBytes<C> {
    FieldBytes::<C>::try_from(bytes).unwrap()
}

/// The uncompressed form; None for infinity.
fn point<C: Oracle>(point: ProjectivePoint<C>) -> Option<Vec<u8>> {
    let affine: C::AffinePoint = point.into();
    (!bool::from(point.is_identity())).then(|| [&[4], affine.x().as_slice(), &affine.y()].concat())
}

/// What is verified: the uncompressed point, the hash, the signature.
type Parts = [Vec<u8>; 3];

/// Hash and signature that lead the verifier to this sum.
fn leading<C: Oracle>(key: Vec<u8>, first: Scalar<C>, second: Scalar<C>, sum: ProjectivePoint<C>) -> Parts {
    let sum: C::AffinePoint = sum.into();
    let r = Scalar::<C>::reduce(&sum.x());
    let s = r * second.invert().unwrap_or(Scalar::<C>::ZERO);
    [key, (first * s).to_repr().to_vec(), [r.to_repr(), s.to_repr()].concat()]
}

/// The verdict of both. Malformed is false too.
fn verdict<C: Oracle>([point, hash, signature]: &Parts) -> bool {
    let ours = verifies(C::OURS, point, hash, signature) == Some(true);
    let (x, y) = point[1..].split_at(C::OURS.length());
    let key = C::AffinePoint::from_coordinates(&field_bytes::<C>(x), &field_bytes::<C>(y)).into_option();
    let theirs = key.filter(|_| point[0] == 4).is_some_and(|key| {
        Signature::<C>::from_slice(signature)
            .is_ok_and(|signature| verify_prehashed::<C>(&key.into(), hash, &signature).is_ok())
    });
    assert_eq!(ours, theirs, "{point:02x?} {hash:02x?} {signature:02x?}");
    ours
}

/// A number of any size, and often one that arithmetic goes wrong with.
fn number<C: Oracle>() -> impl Strategy<Value = Vec<u8>> {
    let length = C::OURS.length();
    let small = move |at: usize, byte: u8| {
        let mut number = vec![0; length];
        number[length - 1 - at] = byte;
        number
    };
    prop_oneof![
        3 => vec(any::<u8>(), length),
        1 => vec(prop_oneof![Just(0), Just(0xff)], length),
        1 => (0_u8..5).prop_map(move |byte| small(0, byte)),
        1 => (0..length, 0_u8..8).prop_map(move |(at, bit)| small(at, 1 << bit)),
    ]
}

/// The same below the order, and near the order as often as near zero.
fn scalar<C: Oracle>() -> impl Strategy<Value = Scalar<C>> {
    (number::<C>(), any::<bool>()).prop_map(|(number, negated)| {
        let scalar = Scalar::<C>::reduce(&field_bytes::<C>(&number));
        if negated { -scalar } else { scalar }
    })
}

/// The order, less one, plus a number that may lead up to the prime or over it.
fn near_prime<C: Oracle>() -> impl Strategy<Value = Vec<u8>> {
    let bits = C::OURS.length() * 8;
    (0..bits, 0_u32..4).prop_map(|(bit, small)| {
        let mut sum = digits(&(-Scalar::<C>::ONE).to_repr());
        let mut addend = vec![0; sum.len()];
        addend[bit / 32] |= 1 << (bit % 32);
        addend[0] ^= small;
        add(&mut sum, &addend);
        bytes(&sum)
    })
}

fn bytes(number: &[u32]) -> Vec<u8> {
    number.iter().rev().flat_map(|digit| digit.to_be_bytes()).collect()
}

/// Changes a bit of a part.
fn damage(parts: &mut Parts, part: Index, at: Index, bit: u8) {
    let part = part.get_mut(parts);
    *at.get_mut(part) ^= 1 << bit;
}

fn runs() -> ProptestConfig {
    ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(16) }
}

fn signed<C: Oracle>() {
    proptest!(runs(), |(key in scalar::<C>(), hash in number::<C>(), part: Index, at: Index, bit in 0_u8..8)| {
        if let Ok(key) = SigningKey::<C>::from_slice(&key.to_repr()) {
            let signature: Signature<C> = key.sign_prehash(&hash).unwrap();
            let public = point::<C>(ProjectivePoint::<C>::generator() * *key.as_nonzero_scalar().as_ref()).unwrap();
            let mut parts = [public, hash, signature.to_bytes().to_vec()];
            prop_assert!(verdict::<C>(&parts));
            damage(&mut parts, part, at, bit);
            prop_assert!(!verdict::<C>(&parts));
        }
    });
}

/// Among the keys are the base point and its opposite, among the sums is infinity.
fn sums<C: Oracle>() {
    proptest!(runs(), |(key in scalar::<C>(), first in scalar::<C>(), second in scalar::<C>(), to_infinity: bool)| {
        let first = if to_infinity { -(second * key) } else { first };
        let base = ProjectivePoint::<C>::generator();
        let Some(public) = point::<C>(base * key) else { return Ok(()) };
        let sum = base * first + base * key * second;
        let mut parts = leading::<C>(public, first, second, sum);
        if point::<C>(sum).is_some() {
            prop_assert_eq!(verdict::<C>(&parts), !bool::from(second.is_zero()));
        } else {
            // No `r` is right; this one leads to the sum.
            parts = leading::<C>(parts[0].clone(), first, second, base);
            prop_assert!(!verdict::<C>(&parts));
        }
    });
}

/// Keys and sums whose `x` is small, near the order or near the prime.
fn coordinates<C: Oracle>() {
    let x = prop_oneof![number::<C>(), near_prime::<C>()];
    proptest!(runs(), |(x in x, odd: bool, first in scalar::<C>(), second in scalar::<C>(), of_sum: bool)| {
        let known = C::AffinePoint::decompress(&field_bytes::<C>(&x), u8::from(odd).into()).into_option();
        let (Some(known), Some(inverse)) = (known, second.invert().into_option()) else { return Ok(()) };
        let (known, added) = (ProjectivePoint::<C>::from(known), ProjectivePoint::<C>::generator() * first);
        let (key, sum) = if of_sum { ((known - added) * inverse, known) } else { (known, added + known * second) };
        if let (Some(key), Some(_)) = (point::<C>(key), point::<C>(sum)) {
            let parts = leading::<C>(key, first, second, sum);
            let is_zero = parts[2].iter().all(|byte| *byte == 0);
            prop_assert_eq!(verdict::<C>(&parts), !is_zero);
        }
    });
}

fn anything<C: Oracle>() {
    let number = || prop_oneof![number::<C>(), near_prime::<C>()];
    proptest!(runs(), |(point in [number(), number()], hash in number(), signature in [number(), number()])| {
        verdict::<C>(&[[vec![4], point.concat()].concat(), hash, signature.concat()]);
    });
}

/// The points of these numbers that are an `x`: `start` and those after it.
fn points_from<C: Oracle>(start: &[u32]) -> Vec<(Vec<u8>, ProjectivePoint<C>)> {
    let numbers = (0..20).map(|small| {
        let mut x = vec![0; start.len()];
        x[0] = small;
        assert!(!add(&mut x, start));
        bytes(&x)
    });
    let points = numbers.filter_map(|x| {
        let point = C::AffinePoint::decompress(&field_bytes::<C>(&x), 0.into()).into_option()?;
        Some((x, point.into()))
    });
    let points: Vec<_> = points.collect();
    assert!(points.len() > 5);
    points
}

/// `x + p` is no way to write `x`.
fn coordinates_above_the_prime<C: Oracle>() {
    let one = Scalar::<C>::ONE;
    for (x, known) in points_from::<C>(&vec![0; C::OURS.p().len()]) {
        let sum = known + ProjectivePoint::<C>::generator();
        let mut parts = leading::<C>(point::<C>(known).unwrap(), one, one, sum);
        assert!(verdict::<C>(&parts));
        let mut above = digits(&x);
        assert!(!add(&mut above, &C::OURS.p()));
        parts[0].splice(1..=x.len(), bytes(&above));
        assert!(!verdict::<C>(&parts));
    }
}

/// There `r` is `x - n`, and `x` itself is out of its range.
fn sums_above_the_order<C: Oracle>() {
    let one = Scalar::<C>::ONE;
    for (x, sum) in points_from::<C>(&C::OURS.n()) {
        let key = point::<C>(sum - ProjectivePoint::<C>::generator()).unwrap();
        let mut parts = leading::<C>(key, one, one, sum);
        assert_eq!(verdict::<C>(&parts), x != bytes(&C::OURS.n()));
        parts[2].splice(..x.len(), x);
        assert!(!verdict::<C>(&parts));
    }
}

fn multiples<'a, C: Oracle>(published: impl Iterator<Item = (Scalar<C>, &'a [u8], &'a [u8])>) {
    let curve = Curve::new(C::OURS).unwrap();
    let minus_one = digits(&(-Scalar::<C>::ONE).to_repr());
    let mut run = 0;
    for (factor, x, y) in published {
        let point = curve.point(x, y).unwrap();
        let difference = curve.combination(&digits(&factor.to_repr()), &minus_one, &point);
        assert_eq!(curve.x(&difference), None, "{factor:?}");
        run += 1;
    }
    assert!(run > 30, "{run}");
}

#[test]
fn honest_signatures() {
    signed::<NistP256>();
    signed::<NistP384>();
}

#[test]
fn signatures_that_lead_to_any_sum() {
    sums::<NistP256>();
    sums::<NistP384>();
}

#[test]
fn signatures_that_lead_to_any_coordinate() {
    coordinates::<NistP256>();
    coordinates::<NistP384>();
}

#[test]
fn any_bytes() {
    anything::<NistP256>();
    anything::<NistP384>();
}

#[test]
fn only_one_way_to_write_a_coordinate() {
    coordinates_above_the_prime::<NistP256>();
    coordinates_above_the_prime::<NistP384>();
}

#[test]
fn sums_between_the_order_and_the_prime() {
    sums_above_the_order::<NistP256>();
    sums_above_the_order::<NistP384>();
}

/// <http://point-at-infinity.org/ecc/nisttv>, as the crates have them.
#[test]
fn published_multiples_of_the_base_point() {
    use p256::test_vectors::group as of_p256;
    use p384::test_vectors::group as of_p384;
    let counted = of_p256::ADD_TEST_VECTORS.iter().zip(1_u64..).map(|((x, y), factor)| (factor.into(), &x[..], &y[..]));
    let other = of_p256::MUL_TEST_VECTORS
        .iter()
        .map(|(factor, x, y)| (Scalar::<NistP256>::reduce(&field_bytes::<NistP256>(factor)), &x[..], &y[..]));
    multiples::<NistP256>(counted.chain(other));
    let counted = of_p384::ADD_TEST_VECTORS.iter().zip(1_u64..).map(|((x, y), factor)| (factor.into(), &x[..], &y[..]));
    let other = of_p384::MUL_TEST_VECTORS
        .iter()
        .map(|(factor, x, y)| (Scalar::<NistP384>::reduce(&field_bytes::<NistP384>(factor)), &x[..], &y[..]));
    multiples::<NistP384>(counted.chain(other));
}
