//! No token and no option makes the verifier panic, and there are always nine steps.
#![cfg(not(target_arch = "wasm32"))]
#![expect(clippy::unwrap_used, clippy::string_slice, reason = "a test may fail")]

use circleci_oidc::{
    Error,
    json::{Fields, Text, read},
    report::{Outcome, Source, Step},
    token::to_base64url,
    verify::{Verdict, Verification, VerifyOptions, verify, verify_claims, verify_unsigned},
};
use proptest::prelude::*;

const NINE: [&str; 9] = [
    "verify.format",
    "verify.header",
    "verify.key",
    "verify.signature",
    "verify.claims",
    "verify.issuer",
    "verify.audience",
    "verify.require",
    "verify.time",
];

/// The key of RFC 7515, appendix A.2: a real one, so that signatures are really tried.
const KEY: &str = concat!(
    r#"{"kty":"RSA","kid":"k","e":"AQAB","n":"ofgWCuLjybRlzo0tZWJjNiuSfb4p4fAkd_wWJcyQoTbji9k0l8W26mPddxHmfHQp-Vaw-4qPC"#,
    r#"JrcS2mJPMEzP1Pt0Bm4d4QlL-yRT-SFd2lZS-pCgNMsD1W_YpRPEwOWvG6b32690r2jZ47soMZo9wGzjb_7OMg0LOL-bSf63kpaSHSXndS5z5r"#,
    r#"exMdbBYUsLA9e-KXBdQOS-UTo7WTBEMa2R2CapHg665xsmtdVMTBQY4uDZlxvb3qCo5ZwKh9kG4LT6_I5IhlJH7aGhyxXFvUK-DWNmoudF8NAco"#,
    r#"9_h9iaGNj8q2ethFkMLs91kzk2PAcDTW9gb54h4FRWyuXpoQ"}"#
);

fn options(text: &str) -> Result<VerifyOptions, Error> {
    let document = read(&Text::pasted(text)).map_err(|error| Error::argument("", error.to_string()))?;
    let mut fields = Fields::new("", &document.root)?;
    let options = VerifyOptions::read(&mut fields)?;
    fields.finish()?;
    Ok(options)
}

fn pinned() -> VerifyOptions {
    options(&format!(r#"{{"jwks":{{"keys":[{KEY}]}},"organization":"o","now":1763071432}}"#)).unwrap()
}

/// What holds for every verification.
fn check(token: &str, verification: &Verification) {
    let codes: Vec<_> = verification.steps.iter().map(|step| step.code.as_str()).collect();
    assert_eq!(codes, NINE);
    assert!(!verification.headline.is_empty());
    let outcomes: Vec<_> = verification.steps.iter().map(|step| step.outcome).collect();
    match verification.verdict {
        Verdict::Invalid => assert!(outcomes.contains(&Outcome::Fail)),
        Verdict::Unverified => assert!(!outcomes.contains(&Outcome::Fail) && outcomes.contains(&Outcome::Unknown)),
        Verdict::Valid => {
            assert!(outcomes.iter().enumerate().all(|(at, outcome)| *outcome == Outcome::Pass || at == 7))
        }
    }
    let length = token.encode_utf16().count();
    verification.steps.iter().for_each(|step| spans_lie_inside(step, length));
}

fn spans_lie_inside(step: &Step, token: usize) {
    assert!(!step.title.is_empty());
    if let Some(at) = step.at.as_ref().filter(|at| at.input == "token") {
        assert!(at.start <= at.end && at.end <= token, "{at:?}");
    }
    step.children.iter().for_each(|child| spans_lie_inside(child, token));
}

fn json() -> impl Strategy<Value = String> {
    let leaf = prop_oneof![
        Just("null".to_owned()),
        Just("true".to_owned()),
        Just("1e999".to_owned()),
        Just("1763071432".to_owned()),
        any::<i64>().prop_map(|number| number.to_string()),
        "[ -~]{0,12}".prop_map(|text| serde_json::to_string(&text).unwrap()),
        Just("\"RS256\"".to_owned()),
        Just("\"\\u202e\u{1F600}\"".to_owned()),
    ];
    leaf.prop_recursive(2, 12, 4, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(|items| format!("[{}]", items.join(","))),
            prop::collection::vec((name(), inner), 0..6).prop_map(|members| object(&members)),
        ]
    })
}

fn name() -> impl Strategy<Value = String> {
    prop::sample::select(vec![
        "alg", "kid", "typ", "cty", "crit", "b64", "enc", "jwk", "iss", "sub", "aud", "exp", "nbf", "iat", "x", "keys",
        "kty", "n", "e", "use", "key_ops", "d", "crv", "y",
    ])
    .prop_map(str::to_owned)
}

fn object(members: &[(String, String)]) -> String {
    let members: Vec<_> = members.iter().map(|(name, value)| format!("\"{name}\":{value}")).collect();
    format!("{{{}}}", members.join(","))
}

/// A token whose header is nearly right, so that the steps behind it are reached.
fn token() -> impl Strategy<Value = String> {
    let members = || prop::collection::vec((name(), json()), 0..8).prop_map(|members| object(&members));
    let header = prop_oneof![
        3 => Just(r#"{"alg":"RS256","kid":"k"}"#.to_owned()),
        1 => Just(r#"{"alg":"RS256"}"#.to_owned()),
        1 => members(),
        1 => json(),
    ];
    let payload = prop_oneof![3 => members(), 1 => json()];
    let signature = prop_oneof![
        prop::collection::vec(any::<u8>(), 256),
        prop::collection::vec(any::<u8>(), 0..300),
        Just(vec![0; 256]),
        Just(vec![0xff; 256]),
    ];
    (header, payload, signature).prop_map(|(header, payload, signature): (String, String, Vec<u8>)| {
        let [header, payload] = [header, payload].map(|part| to_base64url(part.as_bytes()));
        format!("{header}.{payload}.{}", to_base64url(&signature))
    })
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(512) })]

    #[test]
    fn any_text(token in any::<String>()) {
        check(&token, &verify(&token, &pinned()).unwrap());
    }

    #[test]
    fn any_dots_and_characters(token in "[A-Za-z0-9_.=\\-]{0,200}") {
        check(&token, &verify(&token, &VerifyOptions::default()).unwrap());
    }

    #[test]
    fn any_header_and_payload(token in token()) {
        check(&token, &verify(&token, &pinned()).unwrap());
    }

    #[test]
    fn a_token_changed_anywhere(token in token(), at in any::<prop::sample::Index>(), character in any::<char>()) {
        let mut characters: Vec<char> = token.chars().collect();
        let at = at.index(characters.len());
        characters[at] = character;
        let token: String = characters.into_iter().collect();
        check(&token, &verify(&token, &pinned()).unwrap());
    }

    #[test]
    fn any_key_set(token in token(), key_set in json(), key in prop::collection::vec((name(), json()), 0..10)) {
        let key = object(&key);
        for jwks in [key_set, format!(r#"{{"keys":[{key},{KEY}]}}"#)] {
            for jwks in [serde_json::to_string(&jwks).unwrap(), jwks] {
                if let Ok(options) = options(&format!(r#"{{"jwks":{jwks},"organization":"o"}}"#)) {
                    check(&token, &verify(&token, &options).unwrap());
                }
            }
        }
    }

    #[test]
    fn any_options(token in token(), members in prop::collection::vec((option_name(), json()), 0..6)) {
        if let Ok(options) = options(&object(&members)) {
            check(&token, &verify(&token, &options).unwrap());
        }
    }

    #[test]
    fn any_token_without_its_signature(token in token(), pasted in any::<bool>()) {
        let token = if pasted { token } else { token.rsplit_once('.').unwrap().0.to_owned() };
        let source = Source::new("token", format!("Bearer {token}"));
        let verification = verify_unsigned(&source, 7..source.text().len(), &pinned()).unwrap();
        check(source.text(), &verification);
        prop_assert_ne!(verification.verdict, Verdict::Valid);
    }

    #[test]
    fn any_claims_without_a_token(claims in json(), partial in any::<bool>()) {
        let document = read(&Text::pasted(&claims)).unwrap();
        let verification = verify_claims(&document, partial, &pinned());
        check("", &verification);
        prop_assert_ne!(verification.verdict, Verdict::Valid);
    }
}

fn option_name() -> impl Strategy<Value = String> {
    let names = ["jwks", "organization", "issuer", "audience", "require", "algorithms", "now", "leeway", "other"];
    prop::sample::select(names.to_vec()).prop_map(str::to_owned)
}

#[test]
fn a_token_cut_off_at_every_byte() {
    let part = to_base64url(br#"{"alg":"RS256","kid":"k"}"#);
    let token = format!("{part}.{}.{}", to_base64url(br#"{"iss":"i","exp":1,"iat":0,"aud":"a"}"#), "A".repeat(342));
    for end in 0..=token.len() {
        let token = &token[..end];
        check(token, &verify(token, &pinned()).unwrap());
    }
}

#[test]
fn the_largest_token_and_one_byte_more() {
    for fill in [".", "A", "\u{fffd}"] {
        let largest = fill.repeat(65_536 / fill.len());
        check(&largest, &verify(&largest, &pinned()).unwrap());
    }
    let error = verify(&"A".repeat(65_537), &pinned()).unwrap_err();
    assert_eq!(
        (error.code(), error.to_string().as_str()),
        ("ERR_TOO_LARGE", "the token has 65537 bytes; the limit is 65536")
    );
}

#[test]
fn the_largest_key_set_and_one_byte_more() {
    let jwks = |length: usize| {
        let text = format!(r#"{{"keys":[{KEY}],"x":""}}"#);
        let fill = "a".repeat(length - text.len());
        text.replace(r#""x":"""#, &format!(r#""x":"{fill}""#))
    };
    let token = "e30.e30.AA";
    let of = |text: String| options(&format!(r#"{{"jwks":{}}}"#, serde_json::to_string(&text).unwrap()));
    check(token, &verify(token, &of(jwks(1_048_576)).unwrap()).unwrap());
    assert_eq!(of(jwks(1_048_577)).unwrap_err().code(), "ERR_TOO_LARGE");
    let object = options(&format!(r#"{{"jwks":{}}}"#, jwks(1_048_577)));
    assert_eq!(object.unwrap_err().code(), "ERR_TOO_LARGE");
}
