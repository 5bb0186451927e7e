//! The arithmetic against Project Wycheproof (C2SP), through the same provider that judges tokens.
#![cfg(not(target_arch = "wasm32"))]

use circleci_oidc::verify::{Algorithm, PublicKey};
use wycheproof::{TestResult, ecdsa, rsa_pkcs1_verify as rsa};

/// What is held against the verdict of one vector. "Acceptable" vectors are weak but well-formed; each set below is
/// run with the stance on them that the test states.
fn agrees(passed: bool, expected: &TestResult, lenient: bool) -> bool {
    match expected {
        TestResult::Valid => passed,
        TestResult::Invalid => !passed,
        TestResult::Acceptable => passed == lenient,
    }
}

#[test]
fn rsa_pkcs1() {
    use rsa::TestName::*;
    let sets = [
        (Rsa2048Sha256, Algorithm::Rs256),
        (Rsa2048Sha384, Algorithm::Rs384),
        (Rsa2048Sha512, Algorithm::Rs512),
        (Rsa3072Sha256, Algorithm::Rs256),
        (Rsa3072Sha384, Algorithm::Rs384),
        (Rsa3072Sha512, Algorithm::Rs512),
        (Rsa4096Sha256, Algorithm::Rs256),
        (Rsa4096Sha384, Algorithm::Rs384),
        (Rsa4096Sha512, Algorithm::Rs512),
        (Rsa8192Sha256, Algorithm::Rs256),
        (Rsa8192Sha384, Algorithm::Rs384),
        (Rsa8192Sha512, Algorithm::Rs512),
    ];
    let mut run = 0;
    for (name, algorithm) in sets {
        let set = rsa::TestSet::load(name).unwrap();
        for group in &set.test_groups {
            let key = PublicKey::rsa(&group.key.n, &group.key.e).unwrap();
            for test in &group.tests {
                let passed = key.verifies(algorithm, &test.msg, &test.sig);
                // The acceptable ones leave the NULL out of the algorithm's name, which RFC 8017 does not allow.
                assert!(agrees(passed, &test.result, false), "{name:?} {} {}", test.tc_id, test.comment);
                run += 1;
            }
        }
    }
    assert_eq!(run, 3_106);
}

#[test]
fn ecdsa_fixed_length() {
    use ecdsa::TestName::*;
    let sets = [(EcdsaSecp256r1Sha256P1363, Algorithm::Es256, 32), (EcdsaSecp384r1Sha384P1363, Algorithm::Es384, 48)];
    let mut run = 0;
    for (name, algorithm, length) in sets {
        let set = ecdsa::TestSet::load(name).unwrap();
        for group in &set.test_groups {
            let (x, y) = (coordinate(&group.key.affine_x, length), coordinate(&group.key.affine_y, length));
            let key = match algorithm {
                Algorithm::Es256 => PublicKey::p256(&x, &y),
                _ => PublicKey::p384(&x, &y),
            };
            let key = key.unwrap();
            for test in &group.tests {
                let passed = key.verifies(algorithm, &test.msg, &test.sig);
                assert!(agrees(passed, &test.result, true), "{name:?} {} {}", test.tc_id, test.comment);
                run += 1;
            }
        }
    }
    assert_eq!(run, 542);
}

/// The vectors write a coordinate as a number: with a zero byte in front, or without leading ones.
fn coordinate(number: &[u8], length: usize) -> Vec<u8> {
    let digits: Vec<u8> = number.iter().copied().skip_while(|byte| *byte == 0).collect();
    [vec![0; length.saturating_sub(digits.len())], digits].concat()
}
