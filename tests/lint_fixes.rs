//! Every fix of a remark in the tables, pasted into the policy's text where it says, settles the remark: the same remark is
//! then made fewer times, and no graver one in its place.

#![cfg(not(target_arch = "wasm32"))]
#![expect(clippy::expect_used, clippy::indexing_slicing, reason = "a test fails by panicking")]

use circleci_oidc::boundary::call;
use serde_json::{Value, json};

fn findings(trust: &Value) -> Vec<Value> {
    let answer = call("lint", &json!({ "trust": trust }).to_string()).expect("findings");
    serde_json::from_str(&answer).expect("JSON")
}

/// The text with a fix in place: the new content of a string, or JSON.
fn pasted(text: &str, finding: &Value) -> Option<String> {
    let fix = finding["fix"].as_str()?;
    let place = |end: &str| usize::try_from(finding["at"][end].as_u64().expect("a place")).expect("a place");
    let (before, rest) = text.split_at(place("start"));
    let (old, after) = rest.split_at(place("end").checked_sub(before.len()).expect("a place"));
    let new = if old.starts_with('"') { Value::from(fix).to_string() } else { fix.to_owned() };
    Some([before, &new, after].concat())
}

#[test]
fn a_fix_of_a_remark_settles_it() {
    let table: Value = serde_json::from_str(include_str!("cases/aws/lint.json")).expect("a table");
    let mut tried = 0_usize;
    for case in table["cases"].as_array().expect("cases") {
        let policy = &case["input"]["trust"]["policy"];
        if !policy.is_object() {
            continue;
        }
        let mut trust = table["base"]["trust"].clone();
        for (name, value) in case["input"]["trust"].as_object().expect("a configuration") {
            trust[name] = value.clone();
        }
        let text = serde_json::to_string_pretty(policy).expect("JSON");
        trust["policy"] = Value::from(&*text);
        let before = findings(&trust);
        let errors = |all: &[Value]| all.iter().filter(|finding| finding["severity"] == "error").count();
        for finding in &before {
            let Some(fixed) = pasted(&text, finding) else { continue };
            trust["policy"] = Value::from(fixed);
            let after = findings(&trust);
            let same = |all: &[Value]| all.iter().filter(|other| other["code"] == finding["code"]).count();
            let (name, code) = (&case["name"], &finding["code"]);
            assert!(same(&after) < same(&before), "{name}: {code} is still there: {after:#?}");
            assert!(errors(&after) <= errors(&before), "{name}: {code} is settled by an error: {after:#?}");
            tried = tried.saturating_add(1);
        }
    }
    assert!(tried > 30, "only {tried} fixes");
}
