//! Whole reports on the samples, as JSON, below `tests/golden/`. The same reports as text stand beside them; the package's
//! tests compare those.

#![cfg(not(target_arch = "wasm32"))]
#![expect(clippy::expect_used, reason = "a test fails by panicking")]

#[path = "support/golden.rs"]
mod golden;

use circleci_oidc::boundary::call;
use serde_json::{Value, json};

/// The answer of `inspect` to a token and configurations of the samples.
fn inspect(samples: &Value, token: &Value, trust: &Value) -> Value {
    let argument = json!({
        "token": token, "jwks": samples["jwks"], "organization": samples["organization"], "now": samples["now"], "trust": trust,
    })
    .to_string();
    serde_json::from_str(&call("inspect", &argument).expect("a report")).expect("JSON")
}

fn samples() -> Value {
    serde_json::from_str(&call("samples", "{}").expect("samples")).expect("JSON")
}

#[test]
fn every_sample_case_has_the_decision_it_promises_and_its_golden_report() {
    let samples = samples();
    let cases = samples["cases"].as_array().expect("cases");
    assert!(cases.len() >= 8, "only {} cases", cases.len());
    for case in cases {
        let name = case["name"].as_str().expect("a name");
        let report = inspect(&samples, &case["token"], &json!([case["trust"]]));
        assert_eq!(report["trust"][0]["decision"], case["expect"], "{name}: {}", report["trust"][0]["headline"]);
        let json = serde_json::to_string_pretty(&report).expect("JSON");
        golden::compare(&format!("tests/golden/{name}.json"), &format!("{json}\n"));
    }
}

#[test]
fn every_entry_of_the_samples_lets_the_sample_token_in() {
    let samples = samples();
    let report = inspect(&samples, &samples["token"], &samples["trust"]);
    assert_eq!(report["verification"]["verdict"], "valid", "{}", report["verification"]["headline"]);
    assert_eq!(report["decoded"]["subject"]["format"], "v1");
    assert_eq!(report["decoded"]["claims"]["sub"].as_str().map(str::len), Some(127));
    let trust = report["trust"].as_array().expect("results");
    assert!(!trust.is_empty() && trust.iter().all(|result| result["decision"] == "allow"), "{trust:#?}");
}

/// The first lines about refusals that a change of the policy settles: what somebody reads at night.
#[test]
fn what_is_said_of_near_misses() {
    const ORGANIZATION: &str = "9c6f6d1a-3f0e-4b64-9d6a-1d2f6f6f0a11";
    const PROJECT: &str = "5e1f2c3d-8a7b-4c6d-9e0f-1a2b3c4d5e6f";
    const USER: &str = "b7d0c1e2-4f5a-4b6c-8d7e-9f0a1b2c3d4e";
    let name = format!("oidc.circleci.com/org/{ORGANIZATION}");
    let (aud, sub) = (format!("{name}:aud"), format!("{name}:sub"));
    let arn = |name: &str| format!("arn:aws:iam::123456789012:oidc-provider/{name}");
    let project = format!("org/{ORGANIZATION}/project/{PROJECT}");
    let v1 = format!("{project}/user/{USER}");
    let tail = "/vcs-origin/github.com/acme/web/vcs-ref/refs/heads/main";
    let statement = |principal: &str, action: &str, condition: Value| json!({ "Effect": "Allow", "Principal": { "Federated": principal }, "Action": action, "Condition": condition });
    let own = |condition: Value| statement(&arn(&name), "sts:AssumeRoleWithWebIdentity", condition);
    let short = "oidc.circleci.com";
    let policies = [
        (
            "the audience of other guides, and the V1 subject",
            json!([own(json!({ "StringEquals": { &aud: "sts.amazonaws.com", &sub: &v1 } }))]),
        ),
        (
            "no organization anywhere",
            json!([statement(
                &arn(short),
                "sts:AssumeRoleWithWebIdentity",
                json!({ "StringEquals": { "oidc.circleci.com:aud": ORGANIZATION },
                "StringLike": { "oidc.circleci.com:sub": format!("{project}/*") } })
            )]),
        ),
        (
            "a star before the branch",
            json!([own(json!({ "StringEquals": { &sub: format!("{project}/user/*{tail}") } }))]),
        ),
        ("letter case", json!([own(json!({ "StringLike": { &sub: format!("{}/user/*", project.to_uppercase()) } }))])),
        (
            "the action for credentials",
            json!([statement(&arn(&name), "sts:AssumeRole", json!({ "StringEquals": { &aud: ORGANIZATION } }))]),
        ),
        (
            "another account",
            json!([statement(
                &arn(&name).replace("123456789012", "210987654321"),
                "sts:AssumeRoleWithWebIdentity",
                json!({ "StringEquals": { &aud: ORGANIZATION } })
            )]),
        ),
        (
            "a character that nobody sees",
            json!([own(json!({ "StringLike": { &sub: format!("{project}/us\u{ad}er/*") } }))]),
        ),
        (
            "the second statement is the near one",
            json!([
                own(json!({ "StringEquals": { &aud: "x", &sub: "y" } })),
                own(json!({ "StringEquals": { &aud: ORGANIZATION, &sub: format!("{v1}{tail}/") } }))
            ]),
        ),
        (
            "two near misses, of which one is none",
            json!([own(json!({ "StringEquals": { &aud: "sts.amazonaws.com", &sub: "y" } }))]),
        ),
    ];
    let mut all = Vec::new();
    for (title, statements) in policies {
        let policy = serde_json::to_string_pretty(&json!({ "Version": "2012-10-17", "Statement": statements }));
        let argument = json!({
            "claims": {
                "iss": format!("https://{name}"), "aud": ORGANIZATION, "sub": format!("{v1}{tail}"),
                "iat": 1_763_071_432, "exp": 1_763_075_032, "oidc.circleci.com/project-id": PROJECT,
            },
            "trust": { "provider": "aws", "name": "arn:aws:iam::123456789012:role/deploy-prod", "policy": policy.expect("JSON") },
        });
        let answer = call("evaluate", &argument.to_string()).expect("a result");
        let mut result: Value = serde_json::from_str(&answer).expect("JSON");
        // The other reports show who else gets in.
        result["probes"] = json!([]);
        all.push(json!({ "title": title, "result": result }));
    }
    let json = serde_json::to_string_pretty(&all).expect("JSON");
    golden::compare("tests/golden/near-misses.json", &format!("{json}\n"));
}

/// What is found in a file below `tests/evidence/`: `claimsFrom` or `trustsFrom`.
fn found(function: &str, file: &str) -> Value {
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/evidence").join(file);
    let text = std::fs::read_to_string(path).expect("a text");
    serde_json::from_str(&call(function, &json!({ "text": text }).to_string()).expect("an answer")).expect("JSON")
}

fn compare_json(file: &str, value: &Value) {
    let json = serde_json::to_string_pretty(value).expect("JSON");
    let name = file.split('.').next().expect("a name");
    golden::compare(&format!("tests/golden/evidence/{name}.json"), &format!("{json}\n"));
}

#[test]
fn what_events_and_logs_tell() {
    for file in [
        "cloudtrail-denied.json",
        "cloudtrail-allowed.json",
        "cloudtrail-records.json",
        "lookup-events.json",
        "eventbridge.json",
        "job.log",
        "azure.log",
    ] {
        compare_json(file, &found("claimsFrom", file));
    }
}

#[test]
fn what_documents_hold_and_how_it_is_judged() {
    let evidence = found("claimsFrom", "cloudtrail-denied.json");
    let options = json!({ "partial": true, "derived": evidence["derived"], "probes": false });
    for file in ["list-roles.json", "authorization-details.json", "plan.json", "state.json"] {
        let mut all = found("trustsFrom", file);
        for one in all.as_array_mut().expect("configurations") {
            let argument = json!({ "claims": evidence["claims"], "trust": one["trust"], "options": options });
            let result: Value =
                serde_json::from_str(&call("evaluate", &argument.to_string()).expect("a result")).expect("JSON");
            one["judged"] = json!([result["decision"], result["headline"]]);
        }
        compare_json(file, &all);
    }
}

/// The trust policy lets a branch in; the organization's policy, as `describe-policy` prints it, does not.
#[test]
fn a_resource_control_policy_denies_what_the_role_allows() {
    let samples = samples();
    let cases = samples["cases"].as_array().expect("cases");
    let case = |name: &str| cases.iter().find(|case| case["name"] == name).expect("the case").clone();
    let provider = format!("oidc.circleci.com/org/{}", samples["organization"].as_str().expect("an id"));
    let content = json!({
        "Version": "2012-10-17",
        "Statement": [
            { "Sid": "OnlyOurCircleCI", "Effect": "Deny", "Principal": "*", "Action": "sts:AssumeRoleWithWebIdentity", "Resource": "*",
              "Condition": { "StringNotEqualsIfExists": { format!("{provider}:aud"): samples["organization"] } } },
            { "Sid": "DeployFromMain", "Effect": "Deny", "Principal": "*", "Action": "sts:AssumeRoleWithWebIdentity",
              "Resource": "arn:aws:iam::*:role/deploy*",
              "Condition": { "StringNotLike": { format!("{provider}:sub"): "*/vcs-ref/refs/heads/main" } } },
        ],
    });
    let described = json!({ "Policy": {
        "PolicySummary": {
            "Id": "p-example1234", "Arn": "arn:aws:organizations::111122223333:policy/o-example5678/resource_control_policy/p-example1234",
            "Name": "circleci-guard", "Type": "RESOURCE_CONTROL_POLICY", "AwsManaged": false,
        },
        "Content": serde_json::to_string_pretty(&content).expect("JSON"),
    } });
    let full = json!({ "Version": "2012-10-17", "Statement": [{ "Effect": "Allow", "Principal": "*", "Action": "*", "Resource": "*" }] });
    let mut trust = case("one-project-v2")["trust"].clone();
    trust["resourceControlPolicies"] = json!([full, serde_json::to_string_pretty(&described).expect("JSON")]);
    let report = inspect(&samples, &case("main-only-branch")["token"], &json!([trust]));
    let json = serde_json::to_string_pretty(&report).expect("JSON");
    golden::compare("tests/golden/resource-control.json", &format!("{json}\n"));
}

/// Nothing but a refused event and what `get-role` prints.
#[test]
fn a_refused_event_and_a_role() {
    let samples = samples();
    let cases = samples["cases"].as_array().expect("cases");
    let case = cases.iter().find(|case| case["name"] == "exact-v1-got-v2").expect("the case");
    let evidence = found("claimsFrom", "cloudtrail-denied.json");
    let argument = json!({
        "claims": evidence["claims"], "partial": evidence["partial"], "derived": evidence["derived"],
        "organization": samples["organization"], "now": evidence["presentedAt"], "trust": [case["trust"]],
    });
    let report: Value = serde_json::from_str(&call("inspect", &argument.to_string()).expect("a report")).expect("JSON");
    let json = serde_json::to_string_pretty(&report).expect("JSON");
    golden::compare("tests/golden/cloudtrail-denied.json", &format!("{json}\n"));
}
