//! Whatever is pasted ends in a result or in an error with a code: never in a panic, which would trap the wasm module.

#![expect(clippy::expect_used, clippy::string_slice, clippy::indexing_slicing, reason = "a test fails by panicking")]

use circleci_oidc::boundary::call;
use serde_json::{Value, json};
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

fn samples() -> Value {
    serde_json::from_str(&call("samples", "{}").expect("samples")).expect("JSON")
}

/// Every function that takes a text, called with it; each has to answer with JSON or with a code.
fn everything(text: &str) {
    let samples = samples();
    let calls = [
        ("decode", json!({ "token": text })),
        ("redact", json!({ "token": text, "options": { "ids": true } })),
        ("detect", json!({ "text": text })),
        ("claimsFrom", json!({ "text": text })),
        ("trustsFrom", json!({ "text": text })),
        ("explainError", json!({ "text": text })),
        ("verify", json!({ "token": text, "options": { "jwks": samples["jwks"], "now": samples["now"] } })),
        ("verify", json!({ "token": samples["token"], "options": { "jwks": text } })),
        ("inspect", json!({ "token": text, "now": samples["now"], "trust": samples["trust"] })),
        ("inspect", json!({ "claims": text, "now": samples["now"], "trust": samples["trust"] })),
        ("evaluate", json!({ "claims": {}, "trust": { "provider": "aws", "policy": text } })),
        (
            "evaluate",
            json!({ "claims": {}, "trust": { "provider": "gcp", "workloadProvider": text, "iamPolicy": text, "credentials": text } }),
        ),
        (
            "evaluate",
            json!({ "claims": {}, "trust": { "provider": "aws", "policy": "{}", "resourceControlPolicies": [text] } }),
        ),
    ];
    for (function, argument) in calls {
        answer(function, &argument);
    }
}

fn answer(function: &str, argument: &Value) {
    match call(function, &argument.to_string()) {
        Ok(text) => {
            let result: Value = serde_json::from_str(&text).expect("a result is JSON");
            assert!(
                !result.is_null() || ["claimsFrom", "explainError"].contains(&function),
                "{function} answered null"
            );
            if let Some(steps) = result["verification"]["steps"].as_array().or(result["steps"].as_array())
                && function != "evaluate"
            {
                assert_eq!(steps.len(), 9, "{function}");
            }
        }
        Err(error) => assert!(["ERR_ARGUMENT", "ERR_TOO_LARGE"].contains(&error.code()), "{error}"),
    }
}

#[test]
fn degenerate_texts() {
    let deep = "[".repeat(100_000);
    let dots = ".".repeat(64 * 1024);
    let over = "a".repeat(2 * 1024 * 1024);
    for text in [
        "",
        " ",
        ".",
        "..",
        "...",
        "....",
        "a",
        "\u{0}",
        "\u{feff}",
        "😀",
        "{",
        "{}",
        "[]",
        "null",
        "\"",
        "\"\"",
        "e30.e30.e30",
    ] {
        everything(text);
    }
    for text in [&deep, &dots, &over] {
        everything(text);
    }
}

/// The stack of the wasm module is 1 MiB; unoptimized code takes several times what the module does.
#[cfg(not(target_arch = "wasm32"))]
#[test]
fn the_deepest_text_needs_little_stack() {
    let nested = |levels| format!("{}{}", "{\"a\":[".repeat(levels), "]}".repeat(levels));
    let texts = [nested(30), nested(200), format!("{{\"sub\":{}}}", nested(31))];
    let run = move || texts.iter().for_each(|text| everything(text));
    let thread = std::thread::Builder::new().stack_size(512 * 1024).spawn(run).expect("a thread");
    thread.join().expect("no overflow");
}

#[test]
fn a_token_cut_off_at_every_byte() {
    let samples = samples();
    let token = samples["token"].as_str().expect("a token");
    for length in 0..token.len() {
        let cut = &token[..length];
        answer("decode", &json!({ "token": cut }));
        answer(
            "inspect",
            &json!({ "token": cut, "jwks": samples["jwks"], "organization": samples["organization"], "now": samples["now"] }),
        );
    }
}

#[test]
fn a_policy_cut_off_at_every_byte() {
    let samples = samples();
    let policy = samples["trust"][0]["policy"].to_string();
    for length in (0..policy.len()).filter(|length| policy.is_char_boundary(*length)) {
        answer("evaluate", &json!({ "claims": {}, "trust": { "provider": "aws", "policy": policy[..length] } }));
    }
}

/// Replaces the value at every path of an argument by values of every wrong type.
#[test]
fn wrong_types_everywhere() {
    let samples = samples();
    let trust = json!({
        "provider": "aws", "name": "role", "policy": samples["trust"][0]["policy"],
        "oidcProvider": { "url": "https://oidc.circleci.com/org/o", "clientIdList": ["o"], "accountId": "123456789012" },
        "context": { "sts:RoleSessionName": "deploy", "aws:TagKeys": ["a"] },
    });
    let claims = json!({ "iss": "https://oidc.circleci.com/org/o", "sub": "org/o", "aud": ["o"], "iat": 1, "exp": 2 });
    let arguments = [
        (
            "evaluate",
            json!({ "claims": claims, "trust": trust, "options": { "now": 1, "alg": "RS256", "partial": false } }),
        ),
        (
            "inspect",
            json!({
                "claims": claims, "now": 1, "trust": [trust], "trustAt": "now", "organization": "o", "issuer": "i", "audience": ["a"],
                "require": { "sub": "x" }, "algorithms": ["RS256"], "leeway": 1, "jwks": samples["jwks"],
            }),
        ),
        ("verify", json!({ "token": samples["token"], "options": { "jwks": samples["jwks"], "now": 1 } })),
        ("redact", json!({ "token": samples["token"], "options": { "ids": true } })),
    ];
    let wrong = [
        json!(null),
        json!(true),
        json!(-1.5),
        json!(""),
        json!("x"),
        json!([]),
        json!([[]]),
        json!({}),
        json!({ "a": { "a": 1 } }),
    ];
    for (function, argument) in arguments {
        answer(function, &argument);
        for pointer in pointers(&argument) {
            for value in &wrong {
                let mut changed = argument.clone();
                *changed.pointer_mut(&pointer).expect("a pointer into it") = value.clone();
                answer(function, &changed);
            }
        }
    }
}

/// JSON pointers of every value below a value.
fn pointers(value: &Value) -> Vec<String> {
    let below: Vec<(String, &Value)> = match value {
        Value::Object(members) => {
            members.iter().map(|(name, value)| (name.replace('~', "~0").replace('/', "~1"), value)).collect()
        }
        Value::Array(items) => items.iter().enumerate().map(|(index, value)| (index.to_string(), value)).collect(),
        _ => Vec::new(),
    };
    let mut all = Vec::new();
    for (name, value) in below {
        all.push(format!("/{name}"));
        all.extend(pointers(value).into_iter().map(|pointer| format!("/{name}{pointer}")));
    }
    all
}
