//! Workload identity pool providers: what is said of evidence that tells only a part holds for every token that it may
//! come from; whatever is pasted ends in an answer whose places lie in what was pasted.

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

use circleci_oidc::boundary::call;
use proptest::{prelude::*, sample::select};
use serde_json::{Map, Value, json};

use partial::{Pool, evaluate, run};

const ISSUED: i64 = 1_763_071_432;
const PROVIDER: &str = "projects/1/locations/global/workloadIdentityPools/pool/providers/circleci";
const POOL: &str = "//iam.googleapis.com/projects/1/locations/global/workloadIdentityPools/pool";
const SUBJECTS: [&str; 3] = ["org/o/project/p/user/u", "org/o/project/q/user/u", "org/o/project/p/user/v/vcs-origin/x"];
const NAMES: [&str; 9] = [
    "iss",
    "sub",
    "aud",
    "iat",
    "exp",
    "oidc.circleci.com/project-id",
    "oidc.circleci.com/vcs-ref",
    "oidc.circleci.com/context-ids",
    "email",
];
/// What every CircleCI token has is taken for granted.
const REQUIRED: usize = 5;

/// What a claim could be.
fn pool(name: &str) -> Vec<Value> {
    match name {
        "iss" => [vec![json!("https://host/o"); 6], vec![json!("https://host/x")]].concat(),
        "sub" => SUBJECTS.map(Value::from).into(),
        "aud" => {
            let others = vec![json!("x"), json!(["o"]), json!(format!("{POOL}/providers/circleci"))];
            [vec![json!("o"); 6], others].concat()
        }
        "iat" => vec![json!(ISSUED), json!(ISSUED - 86_400)],
        "exp" => vec![json!(ISSUED + 3_600), json!(ISSUED + 7_200)],
        "oidc.circleci.com/context-ids" => vec![json!([]), json!(["p"]), json!(["p", "q"]), json!("p")],
        "email" => vec![json!("p"), json!(true), json!(null), json!("")],
        _ => vec![json!("p"), json!("q"), json!("refs/heads/main"), json!(["p"])],
    }
}

static CLAIMS: Pool = Pool { names: &NAMES, required: REQUIRED, values: pool };

/// A part of a condition that may be true or false, an error or unknown.
fn part() -> impl Strategy<Value = String> {
    let operands = vec![
        "assertion.sub",
        "assertion.aud",
        "assertion.email",
        "assertion['oidc.circleci.com/project-id']",
        "assertion['oidc.circleci.com/vcs-ref']",
        "attribute.project",
        "attribute.guarded",
        "attribute.unmapped",
        "google.subject",
        "assertion.sub.split('/')[3]",
        "assertion.sub.extract('project/{p}/')",
    ];
    let operand = || select(operands.clone());
    let literal = || select(vec!["'p'", "'q'", "'o'", "''", "'refs/heads/main'", "true"]);
    let compared = (operand(), select(vec!["==", "!="]), literal()).prop_map(|(a, by, b)| format!("{a} {by} {b}"));
    let called = (operand(), select(vec!["startsWith", "contains", "matches"]), literal())
        .prop_map(|(a, by, b)| format!("{a}.{by}({b})"));
    let whole = select(vec![
        "true",
        "has(assertion.email)",
        "has(assertion.sub)",
        "has(attribute.project)",
        "has(attribute.unmapped)",
        "has(google.groups)",
        "'p' in google.groups",
        "'email' in assertion",
        "'oidc.circleci.com/vcs-ref' in assertion",
        "'p' in assertion['oidc.circleci.com/context-ids']",
        "assertion['oidc.circleci.com/context-ids'].all(c, c == 'p')",
        "assertion['oidc.circleci.com/context-ids'].exists(c, c == assertion.email)",
        "assertion['oidc.circleci.com/context-ids'].exists_one(c, c != 'p')",
        "size(assertion['oidc.circleci.com/context-ids'].filter(c, c == 'p')) == 1",
        "size(assertion) > 6",
        "assertion.all(name, name != 'email')",
        "assertion.exists(name, name == 'email')",
        "attribute == {'project': 'p'}",
        "assertion.iat > 1763000000",
        "assertion.email",
    ])
    .prop_map(str::to_owned);
    prop_oneof![3 => compared, 1 => called, 3 => whole]
}

fn condition() -> impl Strategy<Value = String> {
    part().prop_recursive(3, 12, 3, |inner| {
        prop_oneof![
            2 => (inner.clone(), inner.clone()).prop_map(|(a, b)| format!("({a} && {b})")),
            3 => (inner.clone(), inner.clone()).prop_map(|(a, b)| format!("({a} || {b})")),
            1 => inner.clone().prop_map(|a| format!("!({a})")),
            1 => (inner.clone(), inner.clone(), inner).prop_map(|(a, b, c)| format!("({a} ? {b} : {c})")),
        ]
    })
}

/// Conditions that many tokens meet: others would hide nearly everything behind a refusal.
fn likely() -> impl Strategy<Value = String> {
    select(vec![
        "assertion.sub.startsWith('org/o/')",
        "has(assertion.email) || assertion.aud == 'o'",
        "google.subject.contains('/project/') && assertion.iat > 1",
        "assertion.email == 'p' || assertion.sub != ''",
        "!has(attribute.project) && assertion.sub != ''",
        "!(assertion.email == 'p' && assertion.sub == '')",
        "assertion.aud == 'o' ? true : assertion.email == 'p'",
    ])
    .prop_map(str::to_owned)
}

fn trust() -> impl Strategy<Value = Value> {
    let optional = |of: Vec<&'static str>| proptest::option::of(select(of));
    (
        proptest::option::weighted(0.8, prop_oneof![likely(), condition()]),
        optional(vec!["assertion['oidc.circleci.com/project-id']", "assertion.email", "assertion.aud"]),
        optional(vec!["'oidc.circleci.com/vcs-ref' in assertion ? 'p' : 'q'", "has(assertion.email) ? 'p' : ''"]),
        optional(vec!["assertion['oidc.circleci.com/context-ids']"]),
        select(vec![json!(["o"]), json!(["o"]), json!([]), json!(["o", "x"])]),
        proptest::option::weighted(
            0.25,
            proptest::collection::vec(
                select(vec!["*", "*", "attribute.project/p", "attribute.guarded/p", "group/p", "attribute.unmapped/p"]),
                0..3,
            ),
        ),
    )
        .prop_map(|(condition, project, guarded, groups, audiences, members)| {
            let mut mapping = json!({ "google.subject": "assertion.sub" });
            let told = [("attribute.project", project), ("attribute.guarded", guarded), ("google.groups", groups)];
            for (name, expression) in told {
                if let Some(expression) = expression {
                    mapping[name] = expression.into();
                }
            }
            let oidc = json!({ "issuerUri": "https://host/o", "allowedAudiences": audiences });
            let mut provider = json!({ "name": PROVIDER, "oidc": oidc, "attributeMapping": mapping });
            if let Some(condition) = condition {
                provider["attributeCondition"] = condition.into();
            }
            let mut trust = json!({ "provider": "gcp", "workloadProvider": provider });
            if let Some(members) = members {
                let members: Vec<String> =
                    members.iter().map(|member| format!("principalSet:{POOL}/{member}")).collect();
                trust["iamPolicy"] =
                    json!({ "bindings": [{ "role": "roles/iam.workloadIdentityUser", "members": members }] });
            }
            trust
        })
}

fn answer(function: &str, argument: &Value) -> Value {
    serde_json::from_str(&call(function, &argument.to_string()).expect("a result")).expect("JSON")
}

#[test]
fn a_certain_answer_to_partial_claims_holds_for_every_token() {
    let told = prop_oneof![3 => CLAIMS.told(6..NAMES.len()), 1 => CLAIMS.told(0..NAMES.len())];
    let completions = proptest::collection::vec(CLAIMS.token(), 6);
    let (allowed, denied) = (Cell::new(0), Cell::new(0));
    run(1_500, &(trust(), CLAIMS.token(), told, completions), |(trust, original, told, completions)| {
        let options = |partial: bool| json!({ "partial": partial, "probes": false });
        let partial = CLAIMS.object(&original, |index| told.contains(&index));
        let result = evaluate(&partial, &trust, &options(true));
        let decision = &result["decision"];
        if decision == "unknown" {
            return Ok(());
        }
        let counter = if decision == "allow" { &allowed } else { &denied };
        counter.set(counter.get() + 1);
        for completion in completions.iter().chain([&original]) {
            let choice = |index| if told.contains(&index) { &original } else { completion };
            let whole: Vec<_> = (0..NAMES.len()).map(|index| choice(index)[index].clone()).collect();
            let claims = CLAIMS.object(&whole, |_| true);
            let other = evaluate(&claims, &trust, &options(false));
            let why = format!("{trust}: {claims} gets {}\nof {partial}: {}", other["headline"], result["headline"]);
            prop_assert_eq!(&other["decision"], decision, "{}", why);
        }
        Ok(())
    });
    let (allowed, denied) = (allowed.get(), denied.get());
    println!("{allowed} allowed, {denied} denied");
    assert!(allowed > 30 && denied > 300, "only {allowed} allowed and {denied} denied: the cases say too little");
}

/// What is known only after apply may be anything: no certain answer may hang on it.
#[test]
fn a_certain_answer_to_a_plan_holds_for_every_apply() {
    let members =
        || select(vec!["attribute_condition", "attribute_mapping", "oidc", "allowed_audiences", "issuer_uri"]);
    let certain = Cell::new(0);
    run(600, &(trust(), trust(), CLAIMS.token(), members()), |(trust, other, original, unknown)| {
        let terraform = |trust: &Value| {
            let mut provider = trust["workloadProvider"].clone();
            let mut oidc = Map::new();
            oidc.insert("issuer_uri".to_owned(), provider["oidc"]["issuerUri"].clone());
            oidc.insert("allowed_audiences".to_owned(), provider["oidc"]["allowedAudiences"].clone());
            provider["oidc"] = json!([oidc]);
            provider["attribute_mapping"] = provider["attributeMapping"].take();
            provider["attribute_condition"] = provider["attributeCondition"].take();
            provider
        };
        let (mut planned, mut applied) = (terraform(&trust), terraform(&trust));
        let filled = terraform(&other);
        let unknown = if planned.get(unknown).is_some() {
            planned[unknown] = Value::Null;
            applied[unknown] = filled[unknown].clone();
            json!({ unknown: true })
        } else {
            planned["oidc"][0][unknown] = Value::Null;
            applied["oidc"][0][unknown] = filled["oidc"][0][unknown].clone();
            json!({ "oidc": [{ unknown: true }] })
        };
        let judge = |document: &Value| {
            let mut trust = trust.clone();
            trust["workloadProvider"] = document.clone();
            evaluate(&CLAIMS.object(&original, |_| true), &trust, &json!({ "probes": false }))
        };
        let before = judge(&json!({ "values": planned, "after_unknown": unknown }));
        if before["decision"] != "unknown" {
            certain.set(certain.get() + 1);
            let after = judge(&applied);
            prop_assert_eq!(&before["decision"], &after["decision"], "{}\n{}", before["headline"], after["headline"]);
        }
        Ok(())
    });
    assert!(certain.get() > 50, "only {} were certain", certain.get());
}

/// Every place in a tree of steps, also of findings.
fn places<'v>(value: &'v Value, found: &mut Vec<&'v Value>) {
    match value {
        Value::Array(items) => items.iter().for_each(|item| places(item, found)),
        Value::Object(members) => {
            found.extend(members.get("at"));
            members.values().for_each(|member| places(member, found));
        }
        _ => {}
    }
}

/// A provider as text with something in it changed: other spellings, pieces left out, twice or in the place of others.
fn broken() -> impl Strategy<Value = String> {
    let cut = |(trust, from, length, put): (Value, usize, usize, &'static str)| {
        let text: Vec<char> = trust["workloadProvider"].to_string().chars().collect();
        let (from, to) = (from % text.len(), (from % text.len() + length).min(text.len()));
        text[..from].iter().collect::<String>() + put + &text[to..].iter().collect::<String>()
    };
    let pieces = vec![
        "",
        "\"",
        "\\u0027",
        "\\n",
        "é😀",
        "\\ud83d\\ude00",
        "{",
        "}",
        "[",
        "null",
        "5",
        "(",
        "'",
        " and ",
        ";",
        "“",
        "assertion.oidc.circleci.com/project-id",
        "has(assertion['a'])",
        "\\",
        "\u{0}",
        ",\"attributeCondition\":7",
    ];
    (trust(), any::<prop::sample::Index>().prop_map(|index| index.index(600)), 0_usize..12, select(pieces))
        .prop_map(cut)
}

#[test]
fn whatever_is_pasted_is_answered_with_places_inside_it() {
    let seen = Cell::new(0);
    let spaced = broken().prop_map(|text| text.replace(',', ",\n ").replace("&&", "\\u0026&\\t"));
    run(600, &(prop_oneof![broken(), spaced], CLAIMS.token()), |(text, original)| {
        let trust = json!({ "provider": "gcp", "workloadProvider": text, "iamPolicy": text, "credentials": text });
        let claims = CLAIMS.object(&original, |_| true);
        let result = evaluate(&claims, &trust, &json!({ "probes": false }));
        let decisions = answer("decide", &json!({ "claims": [claims], "trust": trust, "options": {} }));
        prop_assert_eq!(&decisions[0], &result["decision"], "{}", text);
        prop_assert!(result["decision"] != "allow", "the document is no IAM policy: {}", text);
        let units: Vec<u16> = text.encode_utf16().collect();
        let mut all = Vec::new();
        places(&result, &mut all);
        for place in all {
            let number = |name: &str| usize::try_from(place[name].as_u64().expect("a number")).expect("small");
            let (start, end) = (number("start"), number("end"));
            prop_assert!(start <= end && end <= units.len(), "{} of {}", place, text);
            let fits = String::from_utf16(&units[start..end]).is_ok();
            prop_assert!(fits, "{} splits a character of {}", place, text);
            let line = units[..start].iter().filter(|unit| **unit == 10).count() + 1;
            prop_assert_eq!(number("line"), line, "{} of {}", place, text);
            seen.set(seen.get() + 1);
        }
        Ok(())
    });
    assert!(seen.get() > 500, "only {} places", seen.get());
}

#[test]
fn decide_is_evaluate() {
    run(
        300,
        &(trust(), CLAIMS.token(), CLAIMS.told(0..NAMES.len()), any::<bool>()),
        |(trust, original, told, partial)| {
            let claims = CLAIMS.object(&original, |index| !partial || told.contains(&index));
            let result = evaluate(&claims, &trust, &json!({ "partial": partial }));
            let argument = json!({ "claims": [claims], "trust": trust, "options": { "partial": partial } });
            prop_assert_eq!(&answer("decide", &argument)[0], &result["decision"], "{}", argument);
            // Whom it takes the token for is told only where it lets the token in.
            prop_assert_eq!(result["identity"].is_object(), result["decision"] == "allow", "{}", argument);
            Ok(())
        },
    );
}
