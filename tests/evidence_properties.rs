//! What holds for every text that somebody could paste as evidence, or as a document with configurations.
#![cfg(not(target_arch = "wasm32"))]
#![expect(clippy::indexing_slicing, reason = "a test fails by panicking")]

use circleci_oidc::{
    evidence::{claims_from, trusts_from},
    json::Value,
    report::Span,
    token::to_base64url,
};
use proptest::prelude::*;

const FILES: [&str; 11] = [
    include_str!("evidence/cloudtrail-denied.json"),
    include_str!("evidence/cloudtrail-allowed.json"),
    include_str!("evidence/cloudtrail-records.json"),
    include_str!("evidence/lookup-events.json"),
    include_str!("evidence/eventbridge.json"),
    include_str!("evidence/job.log"),
    include_str!("evidence/azure.log"),
    include_str!("evidence/list-roles.json"),
    include_str!("evidence/authorization-details.json"),
    include_str!("evidence/plan.json"),
    include_str!("evidence/state.json"),
];

/// One of the files with pieces cut out, put in, or swapped.
fn mutated() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        Just(String::new()),
        Just("\"".to_owned()),
        Just("\\".to_owned()),
        Just("{".to_owned()),
        Just("]}".to_owned()),
        Just("****".to_owned()),
        Just("\u{1b}[31m".to_owned()),
        Just("\n2026-11-20T09:31:07Z ".to_owned()),
        Just("eyJ".to_owned()),
        Just("é😀\u{feff}".to_owned()),
        "\\PC{0,8}",
    ];
    let changes = proptest::collection::vec((any::<prop::sample::Index>(), 0..40_usize, piece), 0..4);
    (0..FILES.len(), changes).prop_map(|(file, changes)| {
        let mut text = FILES[file].to_owned();
        for (at, length, piece) in changes {
            let start = text.floor_char_boundary(at.index(text.len()));
            let end = text.floor_char_boundary(start.saturating_add(length).min(text.len()));
            text.replace_range(start..end.max(start), &piece);
        }
        text
    })
}

fn any_text() -> impl Strategy<Value = String> {
    prop_oneof![4 => mutated(), 1 => any::<String>(), 1 => "[\\[\\]{}\":,%a1 \n]{0,80}"]
}

fn assert_inside(text: &str, span: &Span) {
    let length = text.encode_utf16().count();
    assert_eq!(span.input, "text");
    assert!(span.start <= span.end && span.end <= length, "{}..{} of {length}", span.start, span.end);
    assert!(span.line >= 1 && span.line <= text.split('\n').count() && span.column >= 1);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn evidence_never_panics_and_points_inside(text in any_text()) {
        if let Some(evidence) = claims_from(&text).expect("within the limit") {
            let Value::Object(claims) = &evidence.claims else { panic!("claims are an object") };
            for span in evidence.findings.iter().filter_map(|finding| finding.at.as_ref()) {
                assert_inside(&text, span);
            }
            // What was derived is there, and nothing stands there twice.
            for name in &evidence.derived {
                prop_assert!(evidence.partial && claims.iter().any(|(claim, _)| claim == name));
            }
            let mut names: Vec<_> = claims.iter().map(|(name, _)| name).collect();
            names.sort();
            names.dedup();
            prop_assert_eq!(names.len(), claims.len());
            prop_assert!(!evidence.claims.to_json().contains("***"), "a mask is not a value");
        }
    }

    #[test]
    fn documents_never_panic_and_point_at_their_policies(text in any_text()) {
        let units: Vec<u16> = text.encode_utf16().collect();
        for found in trusts_from(&text).unwrap_or_default() {
            let policy = found.trust.get("policy").expect("a policy");
            match (&found.at, policy) {
                (None, policy) => prop_assert_eq!(policy, &Value::Null),
                (Some(span), Value::String(policy)) => {
                    assert_inside(&text, span);
                    let slice = String::from_utf16(&units[span.start..span.end]).expect("whole characters");
                    let content = serde_json::from_str::<String>(&slice).unwrap_or_default();
                    prop_assert!(policy.contains(&slice) || *policy == content);
                }
                (Some(_), other) => panic!("{other:?}"),
            }
        }
    }

    /// A token is a live credential: whatever it is pasted in, its signature does not come out.
    #[test]
    fn no_signature_comes_out(
        before in "[ \n\"a-z{:]{0,12}",
        after in "[ \n\"a-z}:]{0,12}",
        payload in prop_oneof![
            Just(r#"{"iss":"https://oidc.circleci.com","sub":"x","aud":"y"}"#),
            Just(r#"{"sub":"x","sub":"y"}"#),
            Just("not JSON"),
        ],
        signature in "[A-Za-z0-9_-]{40,90}",
        file in 0..FILES.len(),
    ) {
        let token = format!("{}.{}.{signature}", to_base64url(br#"{"alg":"RS256","typ":"JWT"}"#), to_base64url(payload.as_bytes()));
        for text in [format!("{before}{token}{after}"), format!("{}\n{before}{token}{after}", FILES[file])] {
            let evidence = claims_from(&text).expect("within the limit");
            prop_assert!(!serde_json::to_string(&evidence).expect("JSON").contains(&signature));
        }
    }

    /// With anything taken away from an event, what is still told is what the whole event tells.
    #[test]
    fn an_event_that_lost_fields_tells_less_and_nothing_else(
        file in 0..2_usize,
        lost in proptest::collection::vec(any::<prop::sample::Index>(), 1..4),
    ) {
        let whole = claims_from(FILES[file]).expect("within the limit").expect("evidence");
        let mut event: serde_json::Value = serde_json::from_str(FILES[file]).expect("JSON");
        for index in lost {
            for part in ["userIdentity", "responseElements"] {
                if let Some(members) = event[part].as_object_mut().filter(|members| !members.is_empty()) {
                    let name = members.keys().nth(index.index(members.len())).cloned().unwrap_or_default();
                    members.remove(&name);
                }
            }
        }
        let left = claims_from(&event.to_string()).expect("within the limit").expect("evidence");
        let Value::Object(claims) = &left.claims else { panic!("claims are an object") };
        for (name, value) in claims {
            prop_assert_eq!(whole.claims.get(name), Some(value), "{}", name);
        }
    }
}

/// Over the limits there is an error with a code, and just below them an answer in reasonable time.
#[test]
fn limits() {
    let over = "x".repeat(5 * 1024 * 1024);
    assert_eq!(claims_from(&over).expect_err("too large").code(), "ERR_TOO_LARGE");
    let over = " ".repeat(33 * 1024 * 1024);
    assert_eq!(trusts_from(&over).expect_err("too large").code(), "ERR_TOO_LARGE");
    for piece in ["{", "{\"a\":", "[{\"a\":1},", "eyJ", "eyJ.", "\u{1b}[", "1:1 ", "{\"a\":\"", "Assertion Issuer: '"] {
        let text = piece.repeat(4 * 1024 * 1024 / piece.len());
        assert!(claims_from(&text).expect("within the limit").is_none(), "{piece}");
    }
}
