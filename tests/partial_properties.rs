//! What evidence does not tell: the answer to it has to hold for every token that it could have come from. And what is
//! said of other tokens has to be what they get.

#![cfg(not(target_arch = "wasm32"))]
#![expect(
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    reason = "a test fails by panicking"
)]

#[path = "support/partial.rs"]
mod partial;

use std::cell::Cell;

use proptest::{prelude::*, sample::select};
use serde_json::{Map, Value, json};

use partial::{Pool, evaluate, run};

const PROVIDER: &str = "oidc.circleci.com/org/o";
const ISSUED: i64 = 1_763_071_432;
const SUBJECTS: [&str; 4] = [
    "org/o/project/p/user/u",
    "org/o/project/q/user/u",
    "org/o/project/p/user/u/vcs-origin/github.com/a/b/vcs-ref/refs/heads/main",
    "org/o/project/p/user/v/vcs-origin/github.com/a/b/vcs-ref/refs/tags/main",
];

/// Claims that a condition can see, or that decide what it sees, and what each could be. A token may lack the last ones.
///
/// Not among them is `azp`, which CircleCI's tokens do not have, and which changes what AWS shows as the audience.
fn pool(name: &str) -> Vec<Value> {
    match name {
        "iss" => vec![json!(format!("https://{PROVIDER}")), json!("https://oidc.circleci.com"), json!("https://host")],
        "sub" => SUBJECTS.map(Value::from).into(),
        "aud" => vec![json!("o"), json!("x"), json!(["o"]), json!(["o", "x"]), json!(["x", "y"])],
        "iat" => vec![json!(ISSUED), json!(ISSUED - 86_400)],
        "exp" => vec![json!(ISSUED + 3_600), json!(ISSUED + 7_200)],
        "oidc.circleci.com/project-id" => vec![json!("p"), json!("q"), json!(["p"])],
        "amr" => vec![json!("p"), json!(["p", "q"]), json!([])],
        _ => vec![json!("p"), json!(true)],
    }
}

static CLAIMS: Pool = Pool { names: &NAMES, required: REQUIRED, values: pool };

const NAMES: [&str; 8] = ["iss", "sub", "aud", "iat", "exp", "oidc.circleci.com/project-id", "amr", "email"];
/// What every CircleCI token has is taken for granted, and listed under `assumed`.
const REQUIRED: usize = 5;

/// Any value of a claim, or none where a token may lack it.
fn operator() -> impl Strategy<Value = String> {
    let names = vec![
        "StringEquals",
        "StringNotEquals",
        "StringEqualsIgnoreCase",
        "StringNotEqualsIgnoreCase",
        "StringLike",
        "StringNotLike",
        "NumericLessThan",
        "NumericNotEquals",
        "DateLessThan",
        "DateNotEquals",
        "Bool",
        "BinaryEquals",
        "IpAddress",
        "NotIpAddress",
        "ArnLike",
        "ArnNotLike",
        "Null",
    ];
    (select(vec!["", "", "ForAnyValue:", "ForAllValues:"]), select(names), select(vec!["", "", "IfExists"]))
        .prop_map(|(set, name, suffix)| format!("{set}{name}{}", if name == "Null" { "" } else { suffix }))
}

fn key() -> impl Strategy<Value = String> {
    let of_token =
        vec!["sub", "aud", "oaud", "amr", "email", "oidc.circleci.com/project-id", "oidc.circleci.com/vcs-ref"];
    let others = vec![
        "token.actions.githubusercontent.com:sub",
        "oidc.circleci.com:sub",
        "host:sub",
        "OIDC.circleci.com/org/o:SUB",
        "aws:CurrentTime",
        "aws:EpochTime",
        "aws:SourceIp",
        "sts:RoleSessionName",
    ];
    prop_oneof![
        3 => select(of_token).prop_map(|name| format!("{PROVIDER}:{name}")),
        1 => select(others).prop_map(str::to_owned),
    ]
}

fn values() -> impl Strategy<Value = Value> {
    let texts = vec![
        "o",
        "x",
        "p",
        "q",
        "*",
        "?",
        "true",
        "false",
        "org/o/project/p/*",
        "org/o/*",
        SUBJECTS[0],
        SUBJECTS[2],
        "${oidc.circleci.com/org/o:aud}",
        "org/${oidc.circleci.com/org/o:aud}/*",
        "${oidc.circleci.com/org/o:amr, 'p'}",
        "2025-11-13T00:00:00Z",
        "2030-01-01T00:00:00Z",
        "192.0.2.0/24",
    ];
    let one = select(texts).prop_map(Value::from);
    prop_oneof![3 => one.clone(), 1 => proptest::collection::vec(one, 0..3).prop_map(Value::Array)]
}

/// Conditions, of which many satisfy a likely token: others would hide nearly everything behind a refusal.
fn condition() -> impl Strategy<Value = Value> {
    let likely = select(vec![
        json!({}),
        json!({ "StringEquals": { format!("{PROVIDER}:aud"): "o" } }),
        json!({ "StringLike": { format!("{PROVIDER}:sub"): "org/o/*" } }),
        json!({ "ForAnyValue:StringEquals": { format!("{PROVIDER}:aud"): ["o", "x"] } }),
    ]);
    let any = proptest::collection::vec((operator(), key(), values()), 0..3).prop_map(|all| {
        let mut condition = Map::new();
        for (operator, key, values) in all {
            let keys = condition.entry(operator).or_insert_with(|| json!({}));
            keys[&key] = values;
        }
        Value::Object(condition)
    });
    prop_oneof![likely, any]
}

fn statement() -> impl Strategy<Value = Value> {
    let arn = |provider: &str| format!("arn:aws:iam::123456789012:oidc-provider/{provider}");
    let principals = vec![
        json!(arn(PROVIDER)),
        json!(arn(PROVIDER)),
        json!([arn(PROVIDER), arn("oidc.circleci.com")]),
        json!(arn("host")),
    ];
    let actions =
        select(vec!["sts:AssumeRoleWithWebIdentity", "sts:AssumeRoleWithWebIdentity", "sts:*", "sts:TagSession"]);
    (select(vec!["Allow", "Allow", "Allow", "Deny"]), select(principals), actions, condition()).prop_map(
        |(effect, federated, action, condition)| {
            json!({ "Effect": effect, "Principal": { "Federated": federated }, "Action": action, "Condition": condition })
        },
    )
}

/// A resource control policy with one statement.
fn control() -> impl Strategy<Value = Value> {
    let actions = select(vec!["sts:AssumeRoleWithWebIdentity", "sts:*", "s3:*"]);
    (actions, condition()).prop_map(|(action, condition)| {
        let statement =
            json!({ "Effect": "Deny", "Principal": "*", "Action": action, "Resource": "*", "Condition": condition });
        json!({ "Version": "2012-10-17", "Statement": [statement] })
    })
}

fn trust() -> impl Strategy<Value = Value> {
    let optional = |of: Vec<Value>| proptest::option::of(select(of));
    (
        select(vec!["2012-10-17", "2008-10-17"]),
        proptest::collection::vec(statement(), 1..4),
        proptest::option::weighted(0.3, proptest::collection::vec(control(), 0..3)),
        optional(vec![json!({}), json!({ "aws:SourceIp": "192.0.2.7", "sts:RoleSessionName": "o" })]),
        proptest::option::weighted(
            0.2,
            Just(json!({ "url": format!("https://{PROVIDER}"), "clientIdList": ["o", "x"] })),
        ),
    )
        .prop_map(|(version, statements, control, context, provider)| {
            let mut trust = json!({ "provider": "aws", "policy": { "Version": version, "Statement": statements } });
            let told = [
                ("resourceControlPolicies", control.map(Value::Array)),
                ("context", context),
                ("oidcProvider", provider),
            ];
            for (name, value) in told {
                if let Some(value) = value {
                    trust[name] = value;
                }
            }
            trust
        })
}

/// How often the answer to less than a whole token was a certain one.
#[derive(Default)]
struct Certain {
    allow: Cell<u32>,
    deny: Cell<u32>,
}

impl Certain {
    fn count(&self, decision: &Value) {
        let counter = if decision == "allow" { &self.allow } else { &self.deny };
        counter.set(counter.get() + 1);
    }
}

#[test]
fn a_certain_answer_to_partial_claims_holds_for_every_token() {
    // A token is presented once it was minted, and before it expires: what the answer takes for granted.
    let now = proptest::option::of(Just(ISSUED + 60));
    let told = prop_oneof![3 => CLAIMS.told(3..NAMES.len()), 1 => CLAIMS.told(0..NAMES.len())];
    let completions = proptest::collection::vec(CLAIMS.token(), 6);
    let certain = Certain::default();
    run(1_500, &(trust(), CLAIMS.token(), told, completions, now), |(trust, original, told, completions, now)| {
        let options = |partial: bool| match now {
            Some(now) => json!({ "partial": partial, "probes": false, "now": now }),
            None => json!({ "partial": partial, "probes": false }),
        };
        let partial = CLAIMS.object(&original, |index| told.contains(&index));
        let answer = evaluate(&partial, &trust, &options(true));
        let decision = &answer["decision"];
        if decision == "unknown" {
            return Ok(());
        }
        certain.count(decision);
        for completion in completions.iter().chain([&original]) {
            let choice = |index| if told.contains(&index) { &original } else { completion };
            let whole: Vec<_> = (0..NAMES.len()).map(|index| choice(index)[index].clone()).collect();
            let claims = CLAIMS.object(&whole, |_| true);
            let result = evaluate(&claims, &trust, &options(false));
            let why = format!("{}: {claims} gets {}\nof {partial}: {}", trust, result["headline"], answer["headline"]);
            prop_assert_eq!(&result["decision"], decision, "{}", why);
        }
        Ok(())
    });
    let (allow, deny) = (certain.allow.get(), certain.deny.get());
    println!("{allow} allowed, {deny} denied");
    assert!(allow > 30 && deny > 400, "only {allow} allowed and {deny} denied: the cases say too little");
}

#[test]
fn a_probe_gets_what_its_token_gets() {
    let tried = Cell::new(0);
    let dangerous = Cell::new(0);
    run(
        150,
        &(trust(), CLAIMS.token(), CLAIMS.told(6..NAMES.len()), any::<bool>()),
        |(trust, original, told, partial)| {
            let claims = CLAIMS.object(&original, |index| !partial || told.contains(&index));
            let result = evaluate(&claims, &trust, &json!({ "partial": partial }));
            for probe in result["probes"].as_array().expect("probes") {
                let mut other = claims.clone();
                for (name, value) in probe["claims"].as_object().expect("claims") {
                    let members = other.as_object_mut().expect("an object");
                    match value {
                        Value::Null => members.remove(name),
                        value => members.insert(name.clone(), value.clone()),
                    };
                }
                let its = evaluate(&other, &trust, &json!({ "partial": partial, "probes": false }));
                prop_assert_eq!(&probe["decision"], &its["decision"], "{} of {} in {}", probe, claims, trust);
                prop_assert!(probe["dangerous"] != true || probe["decision"] == "allow", "{}", probe);
                tried.set(tried.get() + 1);
                dangerous.set(dangerous.get() + u32::from(probe["dangerous"] == true));
            }
            Ok(())
        },
    );
    println!("{} probes, {} dangerous", tried.get(), dangerous.get());
    assert!(tried.get() > 1_000 && dangerous.get() > 20, "{} probes, {} dangerous", tried.get(), dangerous.get());
}
