//! Runs the tables below `tests/cases/` against the interface. The same tables run through the packed npm package.

use circleci_oidc::{
    boundary,
    json::{self, Text},
};
use serde_json::{Map, Value, json};

/// Runs every case of a table and panics with all that failed.
pub(crate) fn run(file: &str, text: &str) {
    let table: Value = serde_json::from_str(text).unwrap_or_else(|error| panic!("{file}: {error}"));
    let function = table["function"].as_str().unwrap_or_else(|| panic!("{file}: no function"));
    let cases = table["cases"].as_array().unwrap_or_else(|| panic!("{file}: no cases"));
    assert!(!cases.is_empty(), "{file}: a table without cases checks nothing");
    let failures: Vec<String> = cases
        .iter()
        .flat_map(|case| {
            let name = case["name"].as_str().unwrap_or("(no name)");
            check(function, &table["base"], case).into_iter().map(move |why| format!("{file} · {name}: {why}"))
        })
        .collect();
    assert!(failures.is_empty(), "{} of {} cases:\n{}", failures.len(), cases.len(), failures.join("\n"));
}

fn check(function: &str, base: &Value, case: &Value) -> Vec<String> {
    let mut argument = if base.is_null() { json!({}) } else { base.clone() };
    merge(&mut argument, &case["input"]);
    let expected = match case["expect"].as_object() {
        Some(expected) if !expected.is_empty() => expected,
        _ => return vec!["expects nothing".to_owned()],
    };
    let result = match boundary::call(function, &argument.to_string()) {
        Ok(text) => plain(&Text::pasted(&text)),
        Err(error) => json!({ "error": error.code(), "message": error.to_string() }),
    };
    let told = argument["options"]["refused"].is_string();
    if function == "evaluate" && !told && result["error"].is_null() && decided(&argument) != result["decision"] {
        return vec![format!("decide says {}, evaluate {}", decided(&argument), result["decision"])];
    }
    let failures: Vec<_> = expected.iter().filter_map(|(key, value)| expect(&result, key, value)).collect();
    if expected.contains_key("error") || result["error"].is_null() { failures } else { vec![result.to_string()] }
}

/// What `decide` says where `evaluate` was asked.
fn decided(argument: &Value) -> Value {
    let mut argument = argument.clone();
    argument["claims"] = json!([argument["claims"]]);
    if let Some(options) = argument.get_mut("options").and_then(Value::as_object_mut) {
        options.remove("probes");
        options.remove("derived");
        options.remove("names");
    }
    let decisions = boundary::call("decide", &argument.to_string()).unwrap_or_else(|error| format!("[\"{error}\"]"));
    plain(&Text::pasted(&decisions))[0].clone()
}

/// The result for comparing. A number beyond every double, which a token may hold, is JSON but not for `serde_json`.
fn plain(text: &Text) -> Value {
    fn of(value: &json::Value) -> Value {
        match value {
            json::Value::Array(items) => items.iter().map(of).collect(),
            json::Value::Object(members) => members.iter().map(|(name, value)| (name.clone(), of(value))).collect(),
            other => serde_json::from_str(&other.to_json()).unwrap_or_else(|_| other.to_json().into()),
        }
    }
    of(&json::Value::from(&json::read(text).expect("results are JSON").root))
}

/// None if the result is as expected, else what is not.
fn expect(result: &Value, key: &str, expected: &Value) -> Option<String> {
    let list = || expected.as_array().into_iter().flatten().filter_map(Value::as_str);
    let text = expected.as_str().unwrap_or_default();
    match key {
        "decision" | "verdict" | "error" => (result[key] != *expected)
            .then(|| format!("{key} is {}, expected {expected} ({})", result[key], result["headline"])),
        "headline~" | "message~" => {
            let actual = result[key.trim_end_matches('~')].as_str().unwrap_or_default();
            (!actual.contains(text)).then(|| format!("{key} {text:?} is not in {actual:?}"))
        }
        "steps" => missing(list(), &steps(&result["steps"])),
        "no_steps" => {
            let all = steps(&result["steps"]);
            list().find(|step| all.iter().any(|other| other == step)).map(|step| format!("there is a step {step}"))
        }
        "findings" => missing(list(), &findings(result)),
        "no_findings" => {
            let all = findings(result);
            list().find(|code| all.iter().any(|other| other == code)).map(|code| format!("there is a finding {code}"))
        }
        "probes" => missing(list(), &probes(&result["probes"])),
        "hints" => {
            let all = hints(&result["steps"]);
            let empty = list().next().is_none();
            // A fix that the case does not expect is one too many.
            let more = all.iter().find(|hint| (empty || hint.contains(": ")) && list().all(|wanted| wanted != *hint));
            missing(list(), &all).or_else(|| more.map(|hint| format!("there is {hint}")))
        }
        "fixes" => missing(list(), &fixes(result)),
        // The empty pointer is the whole result, for functions that answer with a text.
        pointer if pointer.is_empty() || pointer.starts_with('/') => {
            let actual = result.pointer(pointer).unwrap_or(&Value::Null);
            (actual != expected).then(|| format!("{pointer} is {actual}, expected {expected}"))
        }
        other => Some(format!("unknown expectation {other}")),
    }
}

fn missing<'a>(mut expected: impl Iterator<Item = &'a str>, all: &[String]) -> Option<String> {
    expected
        .find(|wanted| !all.iter().any(|one| one == wanted))
        .map(|wanted| format!("no {wanted} among {}", all.join(", ")))
}

/// Every `code outcome` of a tree of steps.
fn steps(tree: &Value) -> Vec<String> {
    tree.as_array()
        .into_iter()
        .flatten()
        .flat_map(|step| {
            let own = format!(
                "{} {}",
                step["code"].as_str().unwrap_or_default(),
                step["outcome"].as_str().unwrap_or_default()
            );
            std::iter::once(own).chain(steps(&step["children"]))
        })
        .collect()
}

fn of(object: &Value, name: &str) -> String {
    object[name].as_str().unwrap_or_default().to_owned()
}

/// The codes of the findings, also of an answer that is nothing but findings.
fn findings(result: &Value) -> Vec<String> {
    let list = result["findings"].as_array().or(result.as_array());
    list.into_iter().flatten().map(|finding| of(finding, "code")).collect()
}

/// Every `code: fix` of the findings that have a fix.
fn fixes(result: &Value) -> Vec<String> {
    let list = result["findings"].as_array().or(result.as_array());
    let fixed = list.into_iter().flatten().filter(|finding| finding["fix"].is_string());
    fixed.map(|finding| format!("{}: {}", of(finding, "code"), of(finding, "fix"))).collect()
}

/// Every `code decision`, with an exclamation mark where it is dangerous.
fn probes(probes: &Value) -> Vec<String> {
    let mark = |probe: &Value| if probe["dangerous"] == true { "!" } else { "" };
    let all = probes.as_array().into_iter().flatten();
    all.map(|probe| format!("{} {}{}", of(probe, "code"), of(probe, "decision"), mark(probe))).collect()
}

/// Every `code` of a tree's hints, with `: fix` where there is a fix.
fn hints(tree: &Value) -> Vec<String> {
    let steps = tree.as_array().into_iter().flatten();
    steps
        .flat_map(|step| {
            let hint = &step["hint"];
            let fix = hint["fix"].as_str().map(|fix| format!(": {fix}")).unwrap_or_default();
            let own = hint.is_object().then(|| of(hint, "code") + &fix);
            own.into_iter().chain(hints(&step["children"]))
        })
        .collect()
}

/// RFC 7396, JSON merge patch.
fn merge(target: &mut Value, patch: &Value) {
    let Some(members) = patch.as_object() else {
        if !patch.is_null() {
            *target = patch.clone();
        }
        return;
    };
    if !target.is_object() {
        *target = Value::Object(Map::new());
    }
    for (name, value) in members {
        if value.is_null() {
            target.as_object_mut().expect("was made one").remove(name);
        } else {
            merge(&mut target[name], value);
        }
    }
}
