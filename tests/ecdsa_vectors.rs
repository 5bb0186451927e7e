//! The signatures that RFC 6979 prints (<https://www.rfc-editor.org/rfc/rfc6979#appendix-A.2.5>), through the same provider
//! that judges tokens.
#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test fails by panicking")]

use circleci_oidc::verify::{Algorithm, PublicKey};

/// One algorithm with the RFC's key for its curve.
struct Key {
    algorithm: Algorithm,
    key: PublicKey,
}

impl Key {
    fn p256() -> Self {
        let x = "60FED4BA255A9D31C961EB74C6356D68C049B8923B61FA6CE669622E60F29FB6";
        let y = "7903FE1008B8BC99A41AE9E95628BC64F2F1B20C2D7E9F5177A3C294D4462299";
        Self { algorithm: Algorithm::Es256, key: PublicKey::p256(&hex(x), &hex(y)).unwrap() }
    }

    fn p384() -> Self {
        let x = concat!(
            "EC3A4E415B4E19A4568618029F427FA5DA9A8BC4AE92E02E06AAE5286B300C64",
            "DEF8F0EA9055866064A254515480BC13"
        );
        let y = concat!(
            "8015D9B72D7D57244EA8EF9AC0C621896708A59367F9DFB9F54CA84B3F1C9DB1",
            "288B231C3AE0D4FE7344FD2533264720"
        );
        Self { algorithm: Algorithm::Es384, key: PublicKey::p384(&hex(x), &hex(y)).unwrap() }
    }

    /// The signature fits this message; no other message, no change of one bit, no other order of its halves.
    fn made(&self, message: &str, r: &str, s: &str) {
        let mut signature = [hex(r), hex(s)].concat();
        let verifies =
            |message: &str, signature: &[u8]| self.key.verifies(self.algorithm, message.as_bytes(), signature);
        assert!(verifies(message, &signature), "{message}");
        assert!(!verifies("simple", &signature), "{message}");
        assert!(!verifies(message, &[hex(s), hex(r)].concat()), "{message}");
        *signature.last_mut().unwrap() ^= 1;
        assert!(!verifies(message, &signature), "{message}");
    }
}

fn hex(digits: &str) -> Vec<u8> {
    let digits: Vec<u8> = digits.chars().map(|digit| digit.to_digit(16).unwrap() as u8).collect();
    digits.chunks(2).map(|pair| pair[0] << 4 | pair[1]).collect()
}

#[test]
fn p256_with_sha256() {
    let key = Key::p256();
    key.made(
        "sample",
        "EFD48B2AACB6A8FD1140DD9CD45E81D69D2C877B56AAF991C34D0EA84EAF3716",
        "F7CB1C942D657C41D436C7A1B6E29F65F3E900DBB9AFF4064DC4AB2F843ACDA8",
    );
    key.made(
        "test",
        "F1ABB023518351CD71D881567B1EA663ED3EFCF6C5132B354F28D3B0B7D38367",
        "019F4113742A2B14BD25926B49C649155F267E60D3814B4C0CC84250E46F0083",
    );
}

#[test]
fn p384_with_sha384() {
    let key = Key::p384();
    key.made(
        "sample",
        concat!("94EDBB92A5ECB8AAD4736E56C691916B3F88140666CE9FA73D64C4EA95AD133C", "81A648152E44ACF96E36DD1E80FABE46"),
        concat!("99EF4AEB15F178CEA1FE40DB2603138F130E740A19624526203B6351D0A3A94F", "A329C145786E679E7B82C71A38628AC8"),
    );
    key.made(
        "test",
        concat!("8203B63D3C853E8D77227FB377BCF7B7B772E97892A80F36AB775D509D7A5FEB", "0542A7F0812998DA8F1DD3CA3CF023DB"),
        concat!("DDD0760448D42D8A43AF45AF836FCE4DE8BE06B485E9B61B827C2F13173923E0", "6A739F040649A667BF3B828246BAA5A5"),
    );
}
