//! What holds for every text that somebody could paste as a trust policy or as a resource control policy: a result or an
//! error, soon, and places inside.

#![cfg(not(target_arch = "wasm32"))]
#![expect(clippy::expect_used, reason = "a test fails by panicking")]

use std::time::Instant;

use circleci_oidc::boundary::call;
use proptest::prelude::*;
use serde_json::{Value, json};

const PROVIDER: &str = "oidc.circleci.com/org/o";

fn evaluate(policy: &Value, subject: &str) -> Value {
    evaluate_trust(&json!({ "provider": "aws", "policy": policy }), subject)
}

/// A role that lets every job in, and resource control policies.
fn evaluate_control(policies: &Value, subject: &str) -> Value {
    let policy = json!({ "Version": "2012-10-17", "Statement": [{ "Effect": "Allow", "Action": "sts:AssumeRoleWithWebIdentity",
        "Principal": { "Federated": format!("arn:aws:iam::123456789012:oidc-provider/{PROVIDER}") } }] });
    let trust = json!({ "provider": "aws", "policy": policy, "resourceControlPolicies": policies });
    evaluate_trust(&trust, subject)
}

fn evaluate_trust(trust: &Value, subject: &str) -> Value {
    let argument = json!({
        "claims": {
            "iss": format!("https://{PROVIDER}"), "aud": "o", "sub": subject, "iat": 1_763_071_432, "exp": 1_763_075_032,
        },
        "trust": trust,
    });
    match call("evaluate", &argument.to_string()) {
        Ok(text) => serde_json::from_str(&text).expect("JSON"),
        Err(error) => json!({ "error": error.code() }),
    }
}

/// Every `at` below a value lies inside the text.
fn assert_inside(value: &Value, text: &str) {
    let length = text.encode_utf16().count() as u64;
    let lines = text.split('\n').count() as u64;
    match value {
        Value::Object(members) => {
            if let Some(at) = members.get("at") {
                let number = |name: &str| at.get(name).and_then(Value::as_u64).expect("a number");
                assert!(number("start") <= number("end") && number("end") <= length, "{at} of {length}");
                assert!((1..=lines).contains(&number("line")) && number("column") >= 1, "{at}");
            }
            members.values().for_each(|member| assert_inside(member, text));
        }
        Value::Array(items) => items.iter().for_each(|item| assert_inside(item, text)),
        _ => {}
    }
}

fn scalar() -> impl Strategy<Value = Value> {
    prop_oneof![
        Just(json!(null)),
        Just(json!(true)),
        Just(json!(7)),
        Just(json!(1.5e3)),
        Just(json!("*")),
        Just(json!("${")),
        Just(json!("${oidc.circleci.com/org/o:aud}")),
        Just(json!("${a, 'b'}${*}")),
        Just(json!("o")),
        Just(json!("2012-10-17")),
        Just(json!("Allow")),
        Just(json!("Deny")),
        Just(json!("sts:AssumeRoleWithWebIdentity")),
        Just(json!("%7B%22a%22:1}")),
        Just(json!("arn:aws:iam::123456789012:oidc-provider/oidc.circleci.com/org/o")),
        Just(json!("{\"Statement\":[]}")),
        "\\PC{0,12}".prop_map(|text| json!(text)),
    ]
}

fn name() -> impl Strategy<Value = String> {
    prop_oneof![
        8 => prop::sample::select(vec![
            "Version", "Statement", "Effect", "Principal", "Action", "NotAction", "Condition", "Sid", "Resource", "Federated",
            "AWS", "StringEquals", "StringLike", "ForAnyValue:StringNotLike", "Null", "DateLessThan", "IpAddress", "ArnLike",
            "oidc.circleci.com/org/o:sub", "oidc.circleci.com/org/o:aud", "OIDC.circleci.com/org/o:sub", "aws:CurrentTime",
            "aws:SourceIp", "Role", "AssumeRolePolicyDocument",
        ])
        .prop_map(str::to_owned),
        1 => "\\PC{0,8}",
    ]
}

/// Documents that look like policies, with anything anywhere.
fn document() -> impl Strategy<Value = Value> {
    scalar().prop_recursive(6, 64, 6, |inner| {
        prop_oneof![
            1 => proptest::collection::vec(inner.clone(), 0..4).prop_map(Value::Array),
            4 => proptest::collection::vec((name(), inner), 0..6).prop_map(|members| Value::Object(members.into_iter().collect())),
        ]
    })
}

proptest! {
    #[test]
    fn any_document_is_judged(document in document(), subject in "\\PC{0,40}", layers in 0_usize..3) {
        let mut text = document.to_string();
        for _ in 0..layers {
            text = json!(text).to_string();
        }
        assert_inside(&evaluate(&json!(text), &subject), &text);
        evaluate(&document, &subject);
        assert_inside(&evaluate_control(&json!([text]), &subject), &text);
        evaluate_control(&json!([document]), &subject);
    }

    #[test]
    fn any_text_is_judged(text in prop_oneof![any::<String>(), "\\PC*", "[\\[\\]{}\":,a1% 7B22]{0,60}"]) {
        assert_inside(&evaluate(&json!(text), "org/o"), &text);
        assert_inside(&evaluate_control(&json!([text]), "org/o"), &text);
    }

    #[test]
    fn a_policy_cut_off_anywhere_is_judged(at in 0_usize..400) {
        let text = json!({ "Version": "2012-10-17", "Statement": [{ "Effect": "Allow", "Action": "sts:AssumeRoleWithWebIdentity",
            "Principal": { "Federated": format!("arn:aws:iam::123456789012:oidc-provider/{PROVIDER}") },
            "Condition": { "StringLike": { format!("{PROVIDER}:sub"): "org/é/😀*" } } }] })
        .to_string();
        let cut: String = text.chars().take(at).collect();
        assert_inside(&evaluate(&json!(cut), "org/o"), &cut);
    }
}

/// The largest inputs, each built to cost as much as it can. The bound is generous: it is for a debug build on a busy
/// machine, and what it has to catch takes minutes.
#[test]
fn nothing_takes_long() {
    let key = format!("{PROVIDER}:sub");
    let subject = format!("org/{}", "a".repeat(48_000));
    let with = |condition: Value| {
        json!({ "Version": "2012-10-17", "Statement": [{ "Effect": "Allow", "Action": "sts:AssumeRoleWithWebIdentity",
            "Principal": { "Federated": format!("arn:aws:iam::123456789012:oidc-provider/{PROVIDER}") },
            "Condition": condition }] })
        .to_string()
    };
    let many = |name: &dyn Fn(usize) -> String, value: Value, count: usize| {
        Value::Object((0..count).map(|index| (name(index), value.clone())).collect())
    };
    let inputs = [
        ("many statements", format!("[{}{{}}]", "{},".repeat(80_000))),
        ("many statements that are none", format!("{{\"Statement\":[{}1]}}", "1,".repeat(120_000))),
        ("many members", format!("{{{}\"a\":1}}", "\"a\":1,".repeat(40_000))),
        ("many wildcards", with(json!({ "StringLike": { &key: "*a".repeat(100_000) } }))),
        (
            "a long pattern that nearly matches",
            with(json!({ "StringLike": { &key: format!("*{}b", "a".repeat(24_000)) } })),
        ),
        ("many patterns", with(json!({ "StringLike": { &key: vec!["*a*b"; 30_000] } }))),
        ("many values", with(json!({ "StringEqualsIgnoreCase": { &key: vec!["é"; 40_000] } }))),
        ("many values that nearly match", with(json!({ "StringEquals": { &key: vec!["org/*b"; 25_000] } }))),
        ("many variables", with(json!({ "StringLike": { &key: format!("${{{key}}}").repeat(7_000) } }))),
        ("many conditions", with(json!({ "StringLike": many(&|index| format!("x.y:{index}"), json!("*"), 12_000) }))),
        (
            "many keys that differ in case",
            with(json!({ "StringLike": many(
            &|index| format!("{index:016b}").replace('0', "a").replace('1', "A") + ":x", json!("*"), 8_000) })),
        ),
        (
            "many actions",
            with(json!({}))
                .replace("\"sts:AssumeRoleWithWebIdentity\"", &json!(vec!["sts:*a*b*c*d"; 15_000]).to_string()),
        ),
        ("deep nesting", "[".repeat(200_000)),
        ("many layers", (0..12).fold("{}".to_owned(), |text, _| json!(text).to_string())),
    ];
    for (name, text) in inputs {
        assert!(text.len() <= 256 * 1024, "{name} has {} bytes", text.len());
        let start = Instant::now();
        let result = evaluate(&json!(text), &subject);
        let seconds = start.elapsed().as_secs();
        assert!(seconds < 20, "{name} took {seconds} s");
        assert!(result["decision"] != "allow", "{name}: {}", result["headline"]);
        assert!(result.to_string().len() < 40_000_000, "{name}: {} bytes of report", result.to_string().len());
        println!("{name}: {:?}, {} bytes, {}", start.elapsed(), result.to_string().len(), result["decision"]);
    }
    let statement = json!({ "Effect": "Deny", "Principal": "*", "Action": "sts:*a*b*c*", "Resource": "*",
        "Condition": { "StringLike": { &key: vec!["*a*b"; 100] } } });
    let control = json!({ "Version": "2012-10-17", "Statement": vec![statement; 8] }).to_string();
    let start = Instant::now();
    let result = evaluate_control(&json!(vec![control; 27]), &subject);
    let seconds = start.elapsed().as_secs();
    assert!(seconds < 20 && result["decision"] != "allow", "{seconds} s, {}", result["headline"]);
}
