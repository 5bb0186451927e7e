//! Whole reports on the samples, as JSON and as text, below `tests/golden/`.

#![cfg(not(target_arch = "wasm32"))]
#![expect(clippy::expect_used, clippy::indexing_slicing, reason = "a test fails by panicking")]

#[path = "support/golden.rs"]
mod golden;

use circleci_oidc::boundary::call;
use serde_json::{Value, json};

fn value(function: &str, argument: &Value) -> Value {
    serde_json::from_str(&call(function, &argument.to_string()).expect("a result")).expect("JSON")
}

#[test]
fn every_sample_case_has_the_decision_it_promises_and_its_golden_report() {
    let samples = value("samples", &json!({}));
    let cases = samples["cases"].as_array().expect("cases");
    assert!(cases.len() >= 8, "only {} cases", cases.len());
    for case in cases {
        let name = case["name"].as_str().expect("a name");
        let report = value(
            "inspect",
            &json!({
                "token": case["token"], "jwks": samples["jwks"], "organization": samples["organization"],
                "now": samples["now"], "trust": [case["trust"]],
            }),
        );
        assert_eq!(report["trust"][0]["decision"], case["expect"], "{name}: {}", report["trust"][0]["headline"]);
        let text = call("formatText", &json!({ "report": report }).to_string()).expect("a text");

        golden::compare(&format!("tests/golden/{name}.txt"), &text);
        let json = serde_json::to_string_pretty(&report).expect("JSON");
        golden::compare(&format!("tests/golden/{name}.json"), &format!("{json}\n"));
    }
}

#[test]
fn every_entry_of_the_samples_lets_the_sample_token_in() {
    let samples = value("samples", &json!({}));
    let report = value(
        "inspect",
        &json!({
            "token": samples["token"], "jwks": samples["jwks"], "organization": samples["organization"],
            "now": samples["now"], "trust": samples["trust"],
        }),
    );
    assert_eq!(report["verification"]["verdict"], "valid", "{}", report["verification"]["headline"]);
    assert_eq!(report["decoded"]["subject"]["format"], "v1");
    assert_eq!(report["decoded"]["claims"]["sub"].as_str().map(str::len), Some(127));
    let trust = report["trust"].as_array().expect("results");
    assert!(!trust.is_empty() && trust.iter().all(|result| result["decision"] == "allow"), "{trust:#?}");
}
