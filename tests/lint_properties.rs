//! What holds for every remark on a policy: a fix that is pasted where it says settles it and keeps in who got in before,
//! and who is said to get in does.

#![cfg(not(target_arch = "wasm32"))]
#![expect(clippy::expect_used, clippy::indexing_slicing, clippy::string_slice, reason = "a test fails by panicking")]

use std::cell::Cell;

use circleci_oidc::boundary::call;
use proptest::{prelude::*, test_runner::TestRunner};
use serde_json::{Map, Value, json};

const CASES: u32 = 400;
const ROLE: &str = "arn:aws:iam::123456789012:role/deploy";
const ORG: &str = "9c6f6d1a-3f0e-4b64-9d6a-1d2f6f6f0a11";
const PROJECT: &str = "5e1f2c3d-8a7b-4c6d-9e0f-1a2b3c4d5e6f";
const USER: &str = "b7d0c1e2-4f5a-4b6c-8d7e-9f0a1b2c3d4e";
const OTHER: &str = "0d9c5a4e-1b2c-4d3e-8f4a-5b6c7d8e9f01";
const ANY: &str = "????????????????????????????????????";

fn one_of(texts: &[&'static str]) -> impl Strategy<Value = String> + use<> {
    prop::sample::select(texts.to_vec()).prop_map(str::to_owned)
}

/// Values for `sub`, well made and not.
fn subject() -> impl Strategy<Value = String> {
    let id = |own: &'static str| one_of(&[own, own, own, own, own, own, "*", "*", ANY, ANY, OTHER, "acme"]);
    let origin = one_of(&["github.com/acme/web", "github.com/acme/web", "github.com/acme/*", "*"]);
    let reference = one_of(&[
        "refs/heads/main",
        "refs/heads/main",
        "refs/heads/main*",
        "*/main",
        "*main",
        "*",
        "refs/heads/*",
        "refs/heads/release/*",
        "refs/tags/*",
        "main",
    ]);
    let tail = prop_oneof![
        2 => Just(String::new()),
        1 => one_of(&["*", "/*", "/vcs-ref/refs/heads/main", "*/refs/heads/main"]),
        6 => (origin, reference).prop_map(|(origin, reference)| format!("/vcs-origin/{origin}/vcs-ref/{reference}")),
    ];
    let whole = (id(ORG), id(PROJECT), id(USER), tail)
        .prop_map(|(org, project, user, tail)| format!("org/{org}/project/{project}/user/{user}{tail}"));
    let odd = one_of(&[
        "*",
        "repo:acme/web:*",
        "org/9c6f6d1a-3f0e-4b64-9d6a-1d2f6f6f0a11",
        "org/9c6f6d1a-3f0e-4b64-9d6a-1d2f6f6f0a11/*",
        "org/9c6f6d1a-3f0e-4b64-9d6a-1d2f6f6f0a11/file-streaming/audit-logs",
        "org/9c6f6d1a-3f0e-4b64-9d6a-1d2f6f6f0a11/project/5e1f2c3d-8a7b-4c6d-9e0f-1a2b3c4d5e6f",
        "org/9c6f6d1a-3f0e-4b64-9d6a-1d2f6f6f0a11/project/5e1f2c3d-8a7b-4c6d-9e0f-1a2b3c4d5e6f*",
        "${x}",
    ]);
    prop_oneof![9 => whole, 1 => odd]
}

fn provider() -> impl Strategy<Value = String> {
    let org = format!("oidc.circleci.com/org/{ORG}");
    prop_oneof![
        30 => Just(org.clone()),
        1 => Just("oidc.circleci.com".to_owned()),
        1 => Just(format!("ci.acme.example/org/{ORG}")),
        1 => Just(format!("https://{org}")),
        1 => Just(format!("{org}/")),
        1 => Just(format!("oidc.circleci.com/org/{OTHER}")),
    ]
}

fn operator() -> impl Strategy<Value = String> {
    prop_oneof![
        8 => Just("StringLike".to_owned()),
        4 => Just("StringEquals".to_owned()),
        3 => one_of(&["ForAnyValue:StringLike", "ForAllValues:StringEquals", "StringLikeIfExists", "StringNotLike", "StringEqualsIgnoreCase"]),
    ]
}

/// Conditions as they are put below their operators.
fn conditions() -> impl Strategy<Value = Vec<(String, String, Value)>> {
    let prefix = format!("oidc.circleci.com/org/{ORG}");
    let key = |name: &str| {
        let name = name.to_owned();
        provider().prop_map(move |provider| format!("{provider}:{name}"))
    };
    let subjects = prop_oneof![
        4 => subject().prop_map(|one| json!(one)),
        1 => prop::collection::vec(subject(), 1..4).prop_map(|several| json!(several)),
    ];
    let audience = prop_oneof![
        6 => Just(json!(ORG)), 1 => Just(json!("sts.amazonaws.com")), 1 => Just(json!([ORG, "x"])), 1 => Just(json!("pypi")),
    ];
    let project = prop_oneof![6 => Just(PROJECT), 1 => Just("web"), 1 => Just("*")];
    let project_key = one_of(&[
        "project-id",
        "oidc.circleci.com/project-id",
        "oidc.circleci.com/project-id",
        "oidc.circleci.com/context-ids",
    ])
    .prop_map(move |name| format!("{prefix}:{name}"));
    (
        prop::option::weighted(0.8, (operator(), key("sub"), subjects)),
        prop::option::weighted(0.7, (operator(), key("aud"), audience)),
        prop::option::weighted(0.3, (operator(), project_key, project.prop_map(|id| json!(id)))),
        prop::option::weighted(0.1, Just(("IpAddress".to_owned(), "aws:SourceIp".to_owned(), json!("192.0.2.0/24")))),
    )
        .prop_map(|(subject, audience, project, address)| {
            [subject, audience, project, address].into_iter().flatten().collect()
        })
}

fn statement() -> impl Strategy<Value = Value> {
    let action = prop_oneof![19 => Just("sts:AssumeRoleWithWebIdentity"), 1 => Just("sts:AssumeRole")];
    let account = prop_oneof![19 => Just("123456789012"), 1 => Just("210987654321")];
    let effect = prop_oneof![9 => Just("Allow"), 1 => Just("Deny")];
    (provider(), account, action, effect, conditions()).prop_map(|(provider, account, action, effect, conditions)| {
        let mut operators: Map<String, Value> = Map::new();
        for (operator, key, value) in conditions {
            operators.entry(operator).or_insert_with(|| json!({}))[&key] = value;
        }
        let mut statement = json!({
            "Effect": effect, "Action": action,
            "Principal": { "Federated": format!("arn:aws:iam::{account}:oidc-provider/{provider}") },
        });
        if !operators.is_empty() {
            statement["Condition"] = Value::Object(operators);
        }
        statement
    })
}

fn policy() -> impl Strategy<Value = String> {
    prop::collection::vec(statement(), 1..3)
        .prop_map(|statements| json!({ "Version": "2012-10-17", "Statement": statements }).to_string())
}

fn answer(function: &str, argument: &Value) -> Value {
    serde_json::from_str(&call(function, &argument.to_string()).expect("an answer")).expect("JSON")
}

fn survey(policy: &str) -> Value {
    answer("survey", &json!({ "trust": { "provider": "aws", "name": ROLE, "policy": policy } }))
}

fn evaluate(claims: &Value, policy: &str, probes: bool) -> Value {
    let trust = json!({ "provider": "aws", "name": ROLE, "policy": policy });
    answer("evaluate", &json!({ "claims": claims, "trust": trust, "options": { "probes": probes } }))
}

/// The policy with a fix in its place: where a string with its quotes stands it is its content, else JSON.
fn pasted(policy: &str, finding: &Value) -> String {
    let offset = |name: &str| usize::try_from(finding["at"][name].as_u64().expect("a number")).expect("an offset");
    let (start, end) = (offset("start"), offset("end"));
    let fix = finding["fix"].as_str().expect("a fix");
    let text = if policy[start..end].starts_with('"') { json!(fix).to_string() } else { fix.to_owned() };
    [&policy[..start], &text, &policy[end..]].concat()
}

fn findings(result: &Value) -> &[Value] {
    result["findings"].as_array().map(Vec::as_slice).unwrap_or_default()
}

/// How many remarks of one kind there are.
fn count(result: &Value, code: &Value) -> usize {
    findings(result).iter().filter(|finding| finding["code"] == *code).count()
}

#[test]
fn a_fix_settles_what_it_is_for_and_keeps_in_who_got_in() {
    let fixes = Cell::new(0_u32);
    let job = json!({
        "iss": format!("https://oidc.circleci.com/org/{ORG}"), "aud": ORG, "iat": 1_763_071_432, "exp": 1_763_075_032,
        "sub": format!("org/{ORG}/project/{PROJECT}/user/{USER}/vcs-origin/github.com/acme/web/vcs-ref/refs/heads/main"),
        "oidc.circleci.com/project-id": PROJECT, "oidc.circleci.com/vcs-origin": "github.com/acme/web",
        "oidc.circleci.com/vcs-ref": "refs/heads/main",
    });
    let check = |before: &Value, claims: &Value, policy: &str, after: &dyn Fn(&str) -> Value| {
        for finding in findings(before).iter().filter(|finding| finding["fix"].is_string()) {
            fixes.set(fixes.get() + 1);
            let text = pasted(policy, finding);
            let fixed = after(&text);
            assert_ne!(fixed["decision"], "invalid", "{finding}\n{text}");
            let code = &finding["code"];
            assert!(count(&fixed, code) < count(before, code), "{finding} in {policy}\nleaves {}", fixed["findings"]);
            if before["decision"] == "allow" {
                assert_eq!(
                    evaluate(claims, &text, false)["decision"],
                    "allow",
                    "{finding} in {policy} locks out {claims}"
                );
            }
        }
    };
    TestRunner::new(ProptestConfig::with_cases(CASES))
        .run(&policy(), |policy| {
            let before = survey(&policy);
            check(&before, &before["claims"], &policy, &survey);
            let before = evaluate(&job, &policy, true);
            check(&before, &job, &policy, &|text| evaluate(&job, text, true));
            Ok(())
        })
        .expect("a fix that does what it says");
    assert!(fixes.get() > CASES / 4, "only {} fixes", fixes.get());
}

#[test]
fn a_made_up_job_gets_in_and_probes_are_what_they_say() {
    let (allowed, tried) = (Cell::new(0_u32), Cell::new(0_u32));
    TestRunner::new(ProptestConfig::with_cases(CASES / 2))
        .run(&policy(), |policy| {
            let result = survey(&policy);
            let Some(claims) = result["claims"].as_object() else { return Ok(()) };
            assert_eq!(evaluate(&result["claims"], &policy, false)["decision"], result["decision"], "{policy}");
            allowed.set(allowed.get() + u32::from(result["decision"] == "allow"));
            for probe in result["probes"].as_array().expect("probes") {
                let mut changed = claims.clone();
                for (name, value) in probe["claims"].as_object().expect("claims") {
                    changed.insert(name.clone(), value.clone());
                }
                changed.retain(|_, value| !value.is_null());
                // The short way to a decision and the one with words agree.
                let decision = &evaluate(&Value::Object(changed), &policy, false)["decision"];
                assert_eq!(decision, &probe["decision"], "{probe} in {policy}");
                tried.set(tried.get() + 1);
            }
            // One statement with one value: what was tried is shown.
            let text = serde_json::from_str::<Value>(&policy).expect("JSON");
            let single = text["Statement"].as_array().is_some_and(|all| all.len() == 1) && !policy.contains("[\"");
            let danger =
                result["probes"].as_array().is_some_and(|probes| probes.iter().any(|one| one["dangerous"] == true));
            for finding in findings(&result) {
                let let_in = finding["detail"].as_str().is_some_and(|detail| detail.starts_with("Tried, and let in"));
                assert!(!(single && let_in) || danger, "{finding} in {policy}");
            }
            Ok(())
        })
        .expect("a job that gets in");
    assert!(allowed.get() > CASES / 10 && tried.get() > CASES, "{} of {}", allowed.get(), tried.get());
}
