//! Runs `tests/cases/aws/*.json` natively.
#![cfg(not(target_arch = "wasm32"))]

use std::{fs, path::Path};

use circleci_oidc::{
    json::{self, Text, Value},
    token::Claims,
    trust::{self, Configuration, Request, TrustResult},
};
use serde_json::{Value as Json, json};

/// RFC 7396.
fn merge(target: &mut Json, patch: &Json) {
    let Json::Object(patch) = patch else {
        *target = patch.clone();
        return;
    };
    if !target.is_object() {
        *target = json!({});
    }
    let members = target.as_object_mut().unwrap();
    for (name, value) in patch {
        if value.is_null() {
            members.remove(name);
        } else {
            merge(members.entry(name.clone()).or_insert(Json::Null), value);
        }
    }
}

fn evaluate(argument: &Json) -> Result<TrustResult, circleci_oidc::Error> {
    let document = json::read(&Text::pasted(&argument["trust"].to_string())).unwrap();
    let options = &argument["options"];
    let claims: Value = serde_json::from_str(&argument["claims"].to_string()).unwrap();
    let Value::Object(members) = claims else { panic!("claims are no object") };
    let claims = Claims::new(members, options["partial"].as_bool().unwrap_or(false));
    let request = Request {
        claims: &claims,
        alg: options["alg"].as_str().unwrap_or("RS256"),
        now: options["now"].as_f64().or(argument["claims"]["iat"].as_f64()),
    };
    trust::evaluate(&Configuration { node: &document.root, path: "trust".to_owned() }, &request)
}

fn codes(steps: &Json, found: &mut Vec<String>) {
    for step in steps.as_array().into_iter().flatten() {
        found.push(format!("{} {}", step["code"].as_str().unwrap(), step["outcome"].as_str().unwrap()));
        codes(&step["children"], found);
    }
}

fn check(expect: &Json, result: &Json) -> Vec<String> {
    let mut steps = Vec::new();
    codes(&result["steps"], &mut steps);
    let mut wrong = Vec::new();
    for (name, wanted) in expect.as_object().unwrap() {
        let listed = || wanted.as_array().into_iter().flatten().map(|item| item.as_str().unwrap().to_owned());
        let good = match &**name {
            "steps" => listed().all(|wanted| steps.contains(&wanted)),
            "no_steps" => !listed().any(|wanted| steps.contains(&wanted)),
            "findings" => {
                let findings = result["findings"].as_array().unwrap();
                listed().all(|wanted| findings.iter().any(|finding| finding["code"] == *wanted))
            }
            pointer if pointer.starts_with('/') => result.pointer(pointer) == Some(wanted),
            part if part.ends_with('~') => {
                result[part.trim_end_matches('~')].as_str().unwrap().contains(wanted.as_str().unwrap())
            }
            member => result[member] == *wanted,
        };
        if !good {
            wrong.push(format!("{name}: {wanted}"));
        }
    }
    if !wrong.is_empty() {
        wrong.push(format!("headline is {}", result["headline"]));
        wrong.push(format!("decision is {}; steps are {}", result["decision"], steps.join(", ")));
    }
    wrong
}

#[test]
fn tables() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases/aws");
    let mut files: Vec<_> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    let (mut wrong, mut count) = (Vec::new(), 0);
    for file in files {
        let table: Json = serde_json::from_str(&fs::read_to_string(&file).unwrap()).unwrap();
        assert!(table["function"] == "evaluate", "{}", file.display());
        for case in table["cases"].as_array().unwrap() {
            count += 1;
            let mut argument = table["base"].clone();
            merge(&mut argument, &case["input"]);
            let problems = match evaluate(&argument) {
                Ok(result) if case["expect"].get("error").is_none() => {
                    if std::env::var_os("SHOW").is_some() {
                        println!(
                            "{:<9} {}\n          {}",
                            serde_json::to_value(result.decision).unwrap().as_str().unwrap(),
                            case["name"],
                            result.headline
                        );
                    }
                    check(&case["expect"], &serde_json::to_value(&result).unwrap())
                }
                Ok(_) => vec!["should have thrown".to_owned()],
                Err(error) if case["expect"]["error"] == error.code() => Vec::new(),
                Err(error) => vec![error.to_string()],
            };
            if !problems.is_empty() {
                let stem = file.file_stem().unwrap().to_string_lossy().into_owned();
                wrong.push(format!("{stem}: {}\n    {}", case["name"], problems.join("\n    ")));
            }
        }
    }
    assert!(wrong.is_empty(), "{} of {count} cases:\n{}", wrong.len(), wrong.join("\n"));
}
