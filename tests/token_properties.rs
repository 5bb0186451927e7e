//! What holds for every text that somebody could paste in the place of a token.
#![cfg(not(target_arch = "wasm32"))]

use circleci_oidc::{
    report::{Finding, Span},
    token::{Claims, decode, redact, to_base64url, trim},
};
use proptest::prelude::*;

/// Texts that look like tokens, in pieces and damaged.
fn token_like() -> impl Strategy<Value = String> {
    let json = prop_oneof![
        Just(r#"{"alg":"RS256","kid":"k","typ":"JWT"}"#.to_owned()),
        Just(r#"{"alg":"none","crit":["b64"],"jwk":{"kty":"oct","k":"AA"},"alg":"HS256"}"#.to_owned()),
        Just(r#"{"sub":"org/o/project/p/user/u/vcs-origin/a/vcs-ref/b/vcs-ref/c","iat":1,"exp":"x"}"#.to_owned()),
        Just(r#"{"iss":"https://oidc.circleci.com/","aud":["é",1],"oidc.circleci.com/ssh-rerun":"false"}"#.to_owned()),
        Just("{\"\u{202e}\":\"\\u200b\",\"a\":{\"a\":1,\"a\":[[{}]]}}".to_owned()),
        "\\PC{0,40}",
        "[\\[\\]{}\":,a1 ]{0,40}",
    ];
    let part = prop_oneof![
        4 => json.prop_map(|json| to_base64url(json.as_bytes())),
        1 => "[A-Za-z0-9_-]{0,60}",
        1 => "[A-Za-z0-9+/= \n]{0,30}",
        1 => proptest::collection::vec(any::<u8>(), 0..40).prop_map(|bytes| to_base64url(&bytes)),
    ];
    let compact = proptest::collection::vec(part, 0..7).prop_map(|parts| parts.join("."));
    let serialized = (compact.clone(), "[ \n]{0,2}").prop_map(|(compact, space)| {
        let mut parts = compact.split('.');
        let mut next = || parts.next().unwrap_or_default();
        format!(r#"{{{space}"protected":"{}","payload":"\u0065{}","signature":"{}"}}"#, next(), next(), next())
    });
    let around =
        prop_oneof![Just(""), Just("\""), Just(" \u{feff}"), Just("Bearer "), Just("'\n"), Just("é"), Just("😀")];
    (around.clone(), prop_oneof![3 => compact, 1 => serialized], around)
        .prop_map(|(before, text, after)| format!("{before}{text}{after}"))
}

fn any_text() -> impl Strategy<Value = String> {
    prop_oneof![3 => token_like(), 1 => any::<String>(), 1 => "\\PC*"]
}

fn assert_inside(text: &str, findings: &[Finding]) {
    let length = text.encode_utf16().count();
    let lines = text.split('\n').count();
    for Span { input, start, end, line, column } in findings.iter().filter_map(|finding| finding.at.as_ref()) {
        assert_eq!(input, "token");
        assert!(start <= end && *end <= length, "{start}..{end} of {length}");
        assert!(*line >= 1 && *line <= lines && *column >= 1);
    }
}

proptest! {
    #[test]
    fn decode_never_panics_and_points_inside(text in any_text()) {
        let decoded = decode(&text);
        assert_inside(&text, &decoded.findings);
        // Who sees nothing is told why.
        prop_assert!(decoded.claims.is_some() || !decoded.findings.is_empty());
        prop_assert_eq!(decoded.claims.is_some(), Claims::from_decoded(&decoded, false).is_some());
    }

    #[test]
    fn trim_leaves_a_part_of_the_text(text in any_text()) {
        let trimmed = trim(&text);
        prop_assert_eq!(text.get(trimmed.at.clone()), Some(trimmed.text));
        prop_assert_eq!(trim(trimmed.text).text, trimmed.text);
        assert_inside(&text, &trimmed.findings);
    }

    #[test]
    fn redact_never_panics_and_what_it_leaves_can_be_decoded(text in any_text(), ids in any::<bool>()) {
        let redacted = redact(&text, ids);
        if !redacted.is_empty() {
            prop_assert!(decode(&redacted).claims.is_some(), "{}", redacted);
        }
        prop_assert_eq!(redact(&redacted, ids), redacted);
    }

    #[test]
    fn redact_leaves_no_signature(
        header in prop_oneof![Just(r#"{"alg":"RS256"}"#.to_owned()), Just(r#"{"alg":"none"}"#.to_owned()), "\\PC{0,20}"],
        payload in prop_oneof![Just(r#"{"sub":"x"}"#.to_owned()), Just(r#"{"iss":"SIG","a":["SIG"]}"#.to_owned()), "\\PC{0,20}"],
        signature in "[A-Za-z0-9_-]{8,90}",
        shape in 0..7_usize,
        ids in any::<bool>(),
    ) {
        let header = to_base64url(header.as_bytes());
        // Also where the claims repeat the signature.
        let payload = to_base64url(payload.replace("SIG", &signature).as_bytes());
        prop_assume!(!header.contains(&signature) && !payload.contains(&signature));
        let text = match shape {
            0 => format!("{header}.{payload}.{signature}"),
            1 => format!("'Bearer {header}.{payload}.{signature}'"),
            2 => format!("{payload}.{signature}"),
            3 => format!("{header}.{payload}.{signature}.{signature}"),
            4 => format!("{header}.{payload}.x.y.{signature}"),
            5 => format!(r#"{{"protected":"{header}","payload":"{payload}","signature":"{signature}"}}"#),
            _ => format!(r#"{{"payload":"{payload}","signatures":[{{"signature":"{signature}","protected":"{header}"}}]}}"#),
        };
        let redacted = redact(&text, ids);
        prop_assert!(!redacted.contains(&signature));
        for part in redacted.split('.') {
            let bytes = circleci_oidc::token::base64url(part).unwrap();
            prop_assert!(!String::from_utf8(bytes).unwrap().contains(&signature));
        }
    }

    #[test]
    fn a_token_cut_off_anywhere_is_named(at in 0..200_usize) {
        let header = to_base64url(br#"{"alg":"RS256","typ":"JWT"}"#);
        let payload = to_base64url(br#"{"iss":"https://oidc.circleci.com","sub":"x","aud":"y"}"#);
        let token = format!("{header}.{payload}.c2lnbmF0dXJl");
        let cut: String = token.chars().take(at).collect();
        let decoded = decode(&cut);
        assert_inside(&cut, &decoded.findings);
        prop_assert!(!decoded.findings.is_empty());
    }
}
