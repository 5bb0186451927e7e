//! The conformance suite of CEL: natively, in wasm under Node, and in wasm in a browser.
//!
//! What Google's attribute conditions have no use for (dates, formatting, names in backticks), or what this program does
//! not compute with (uints, bytes), may be unknown, but never wrong.

#![expect(clippy::expect_used, clippy::indexing_slicing, reason = "a test fails by panicking")]

use base64::{Engine as _, engine::general_purpose::STANDARD};
use circleci_oidc::trust::gcp::cel::{Data, Environment, Expression, Kinds, Map, NESTING, Value};
use serde_json::Value as Json;
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test;

/// Features that a condition or mapping has no use for. A case without any of them has to pass.
const BESIDE_THE_POINT: [&str; 6] = ["bytes", "uint", "time", "type", "format", "quoted-ident"];
/// Cases without any of those, and of the others those that pass; the rest of them is unknown.
const ALL: usize = 1_213;
const REQUIRED: usize = 783;
const BEYOND: usize = 279;

#[derive(Debug, PartialEq)]
enum Verdict {
    Pass,
    Unknown,
    Fail(String),
}

fn value(json: &Json) -> Value {
    let text = |name: &str| json.get(name).and_then(Json::as_str);
    if let Some(number) = text("$int") {
        return Value::from(Data::Int(number.parse().expect("an int")));
    }
    if let Some(number) = text("$uint") {
        return Value::from(Data::Uint(number.parse().expect("a uint")));
    }
    if let Some(number) = text("$double") {
        return Value::from(Data::Double(number.parse().expect("a double")));
    }
    if let Some(bytes) = text("$bytes") {
        return Value::from(Data::Bytes(STANDARD.decode(bytes).expect("base64")));
    }
    if let Some(name) = text("$type") {
        return Value::from(Data::Type(Kinds::named(name).unwrap_or(Kinds::ANY)));
    }
    let map = |entries: Vec<(Value, Value)>| Value::from(Data::Map(Map { entries, partial: false }));
    match json {
        Json::Null => Value::from(Data::Null),
        Json::Bool(truth) => Value::bool(*truth),
        Json::Number(number) => Value::from(Data::Int(number.as_i64().expect("an int"))),
        Json::String(text) => Value::text(text),
        Json::Array(items) => Value::from(Data::List(items.iter().map(value).collect())),
        Json::Object(members) => match members.get("$map").and_then(Json::as_array) {
            Some(pairs) => map(pairs.iter().map(|pair| (value(&pair[0]), value(&pair[1]))).collect()),
            None => map(members.iter().map(|(name, member)| (Value::text(name), value(member))).collect()),
        },
    }
}

/// Variables with dots in their names do not exist for Google; as maps in maps they have the same values.
fn nested(bindings: &serde_json::Map<String, Json>) -> serde_json::Map<String, Json> {
    let mut names: Vec<&String> = bindings.keys().collect();
    names.sort_by_key(|name| name.len());
    let mut nested = serde_json::Map::new();
    for name in names {
        let mut parts: Vec<&str> = name.split('.').collect();
        let last = parts.pop().expect("a name");
        let mut at = &mut nested;
        for part in parts {
            let inner = at.entry(part).or_insert_with(|| Json::Object(serde_json::Map::new()));
            at = inner.as_object_mut().expect("a map");
        }
        at.insert(last.to_owned(), bindings[name].clone());
    }
    nested
}

fn judge(case: &Json) -> Verdict {
    let mut environment = Environment::default();
    if let Some(bindings) = case.get("bindings").and_then(Json::as_object) {
        for (name, json) in nested(bindings) {
            environment = environment.with(String::leak(name), value(&json));
        }
    }
    let wants_error = case["expect"]["error"] == true;
    let expression = match Expression::parse(case["expr"].as_str().expect("a text")) {
        Ok(expression) => expression,
        Err(problem) if !problem.certain => return Verdict::Unknown,
        Err(_) if wants_error => return Verdict::Pass,
        Err(problem) => return Verdict::Fail(format!("{problem:?}")),
    };
    if case.get("disable_check").is_none()
        && let Some(problem) = expression.check(&environment, Kinds::ANY).into_iter().find(|problem| problem.certain)
    {
        return if wants_error { Verdict::Pass } else { Verdict::Fail(format!("{problem:?}")) };
    }
    let traced = expression.evaluate(&environment);
    match &*traced.value {
        Data::Unknown(..) => Verdict::Unknown,
        Data::Error(_) if wants_error => Verdict::Pass,
        _ if !wants_error && same(&traced.value, &value(&case["expect"])) => Verdict::Pass,
        other => Verdict::Fail(format!("{other:?}")),
    }
}

/// The same value of the same type; maps in any order.
fn same(left: &Value, right: &Value) -> bool {
    match (&**left, &**right) {
        (Data::Double(left), Data::Double(right)) => left.to_bits() == right.to_bits() || left == right,
        (Data::List(left), Data::List(right)) => {
            left.len() == right.len() && left.iter().zip(right).all(|(left, right)| same(left, right))
        }
        (Data::Map(left), Data::Map(right)) => {
            let has = |key: &Value, value: &Value| right.entries.iter().any(|(k, v)| same(k, key) && same(v, value));
            left.entries.len() == right.entries.len() && left.entries.iter().all(|(key, value)| has(key, value))
        }
        _ => left == right,
    }
}

#[cfg_attr(not(target_arch = "wasm32"), test)]
#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test)]
fn the_conformance_suite() {
    let cases: Vec<Json> = serde_json::from_str(include_str!("vectors/cel-spec.json")).expect("JSON");
    let (mut required, mut beyond, mut unknown) = (0_usize, 0_usize, 0_usize);
    let mut failures = Vec::new();
    for case in &cases {
        let features = case.get("features").and_then(Json::as_array).cloned().unwrap_or_default();
        let is_required = !features.iter().any(|feature| BESIDE_THE_POINT.iter().any(|name| feature == name));
        let counted = match judge(case) {
            Verdict::Pass if is_required => &mut required,
            Verdict::Pass => &mut beyond,
            Verdict::Unknown if !is_required => &mut unknown,
            other => {
                failures
                    .push(format!("{}/{}/{} {}: {other:?}", case["file"], case["section"], case["name"], case["expr"]));
                continue;
            }
        };
        *counted = counted.saturating_add(1);
    }
    println!("{required} required cases pass, {beyond} others; {unknown} others are unknown");
    assert!(failures.is_empty(), "{} failures:\n{}", failures.len(), failures.join("\n"));
    assert_eq!((cases.len(), required, beyond), (ALL, REQUIRED, BEYOND));
}

/// The stack of the wasm module holds the deepest expressions, and values as deep as they can make them.
#[cfg_attr(not(target_arch = "wasm32"), test)]
#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test)]
fn the_deepest_expressions() {
    let environment = Environment::default().with("x", value(&serde_json::json!({ "a": [true] })));
    let mut deepest = 0;
    for (before, inside, behind) in [
        ("(", "x", ")"),
        ("[", "x", "]"),
        ("{1: ", "x", "}"),
        ("", "x", " + 1"),
        ("", "x", ".a"),
        ("true ? ", "x", " : x"),
        ("x || (", "x", ")"),
        ("-(", "x", ")"),
        ("[x].map(e, ", "x", ")"),
        ("[", "x", "].all(e, e == e)"),
    ] {
        for levels in (1..=NESTING).rev() {
            let text = format!("{}{inside}{}", before.repeat(levels), behind.repeat(levels));
            let twice = format!("[{text}] == [{text}]");
            if let Ok(expression) = Expression::parse(&twice) {
                let _ = expression.check(&environment, Kinds::BOOL);
                let _ = expression.evaluate(&environment).deciding().len();
                let _ = expression.clone();
                deepest = levels.max(deepest);
                break;
            }
        }
    }
    assert!(deepest > NESTING / 2, "{deepest}");
}
