//! What holds for every list of federated credentials and every token: a naive reading of Microsoft's rule agrees, what
//! evidence does not tell is never an allow that a completion would refuse, and a fix that is pasted lets the token in.

#![cfg(not(target_arch = "wasm32"))]
#![expect(clippy::expect_used, clippy::indexing_slicing, reason = "a test fails by panicking")]

use circleci_oidc::boundary::call;
use proptest::{
    prelude::*,
    sample::{select, subsequence},
};
use serde_json::{Map, Value, json};

const ORG: &str = "3f6b1c52-8d0e-4a97-b3c4-5e92d7a6f018";
const CLAIMS: [&str; 3] = ["iss", "sub", "aud"];
const MEMBERS: [&str; 3] = ["issuer", "subject", "audiences"];

fn issuers() -> Vec<String> {
    let own = format!("https://oidc.circleci.com/org/{ORG}");
    vec![own.clone(), format!("{own}/"), own.to_uppercase(), "https://oidc.circleci.com".to_owned(), format!(" {own}")]
}

fn subjects() -> Vec<String> {
    let v1 =
        format!("org/{ORG}/project/a41d7e39-52c8-4f60-9be1-07c6f3d28b95/user/6c2e9a17-f4b3-4d58-a0c9-81e7d35b4f62");
    vec![
        v1.clone(),
        format!("{v1}/vcs-origin/github.com/acme/web/vcs-ref/refs/heads/main"),
        v1.replace("6c2e", "0c2e"),
        v1.to_uppercase(),
        format!("{v1} "),
        format!("org/{ORG}/project/a41d7e39-52c8-4f60-9be1-07c6f3d28b95/user/*"),
    ]
}

fn audiences() -> Vec<String> {
    vec![ORG.to_owned(), ORG.to_uppercase(), "api://AzureADTokenExchange".to_owned()]
}

fn texts() -> impl Strategy<Value = [String; 3]> {
    (select(issuers()), select(subjects()), select(audiences())).prop_map(|(iss, sub, aud)| [iss, sub, aud])
}

fn credentials() -> impl Strategy<Value = Vec<[String; 3]>> {
    prop::collection::vec(texts(), 0..4)
}

/// The list as it is printed.
fn document(credentials: &[[String; 3]]) -> String {
    let one = |(index, [issuer, subject, audience]): (usize, &[String; 3])| json!({"name": format!("name-{index}"), "issuer": issuer, "subject": subject, "audiences": [audience]});
    serde_json::to_string_pretty(&credentials.iter().enumerate().map(one).collect::<Vec<_>>()).expect("JSON")
}

fn claims(texts: &[String; 3], told: &[usize]) -> Value {
    let mut claims: Map<String, Value> =
        told.iter().map(|index| (CLAIMS[*index].to_owned(), json!(texts[*index]))).collect();
    claims.extend([("iat".to_owned(), json!(1_763_071_432)), ("exp".to_owned(), json!(1_763_075_032))]);
    Value::Object(claims)
}

fn evaluate(claims: &Value, document: &str, partial: bool, probes: bool) -> Value {
    let trust = json!({"provider": "azure", "credentials": document});
    let argument = json!({"claims": claims, "trust": trust, "options": {"partial": partial, "probes": probes}});
    serde_json::from_str(&call("evaluate", &argument.to_string()).expect("an answer")).expect("JSON")
}

fn decide(claims: &Value, document: &str, partial: bool) -> Value {
    let trust = json!({"provider": "azure", "credentials": document});
    let argument = json!({"claims": [claims], "trust": trust, "options": {"partial": partial}});
    let answer: Value = serde_json::from_str(&call("decide", &argument.to_string()).expect("an answer")).expect("JSON");
    answer[0].clone()
}

/// The rule as Microsoft states it: issuer and subject are unique; all three texts of one credential are the token's.
fn naive(token: &[String; 3], credentials: &[[String; 3]]) -> &'static str {
    let twice = |(index, one): (usize, &[String; 3])| {
        credentials.iter().skip(index.saturating_add(1)).any(|other| one[..2] == other[..2])
    };
    if credentials.iter().enumerate().any(twice) {
        return "invalid";
    }
    let spaced = token[0].trim() != token[0];
    match credentials.iter().any(|one| one == token) {
        true if !spaced && token[1].contains('*') => "unknown",
        equal => {
            if equal && !spaced {
                "allow"
            } else {
                "deny"
            }
        }
    }
}

/// Every hint with a fix.
fn fixes(tree: &Value) -> Vec<Value> {
    let steps = tree.as_array().into_iter().flatten();
    steps
        .flat_map(|step| {
            let own = step["hint"]["fix"].is_string().then(|| step["hint"].clone());
            own.into_iter().chain(fixes(&step["children"]))
        })
        .collect()
}

/// The document with a fix in the place that it names, or as one credential more.
fn pasted(document: &str, hint: &Value) -> String {
    let fix = hint["fix"].as_str().expect("a fix");
    let Some(start) = hint["at"]["start"].as_u64() else {
        let mut list: Vec<Value> = serde_json::from_str(document).expect("a list");
        list.push(serde_json::from_str(fix).expect("a credential"));
        return Value::Array(list).to_string();
    };
    // All of it is ASCII, so that UTF-16 offsets are those of bytes.
    let place = |number: u64| usize::try_from(number).expect("a place");
    let (before, after) = (place(start), place(hint["at"]["end"].as_u64().expect("an end")));
    let (head, tail) = (document.get(..before).expect("a place"), document.get(after..).expect("a place"));
    let is_text = document.as_bytes()[before] == b'"';
    let fix = if is_text { json!(fix).to_string() } else { fix.to_owned() };
    [head, &fix, tail].concat()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_naive_reading_agrees(token in texts(), credentials in credentials()) {
        let document = document(&credentials);
        let claims = claims(&token, &[0, 1, 2]);
        let expected = naive(&token, &credentials);
        prop_assert_eq!(decide(&claims, &document, false), expected);
        prop_assert_eq!(&evaluate(&claims, &document, false, false)["decision"], expected);
    }

    #[test]
    fn what_is_not_told_is_never_an_allow(token in texts(), credentials in credentials(), told in subsequence(vec![0, 1, 2], 0..=3)) {
        let document = document(&credentials);
        let partial = decide(&claims(&token, &told), &document, true);
        let whole = decide(&claims(&token, &[0, 1, 2]), &document, false);
        prop_assert!(partial == whole || partial == "unknown", "{} {}", partial, whole);
    }

    #[test]
    fn a_fix_lets_the_token_in(token in texts(), credentials in credentials()) {
        let document = document(&credentials);
        let claims = claims(&token, &[0, 1, 2]);
        let result = evaluate(&claims, &document, false, true);
        for hint in fixes(&result["steps"]) {
            let edited = pasted(&document, &hint);
            prop_assert_eq!(decide(&claims, &edited, false), "allow", "{} {}", hint, edited);
        }
    }

    #[test]
    fn any_member_may_be_missing_or_of_another_type(token in texts(), one in texts(), which in 0_usize..3, value in select(vec![json!(null), json!(7), json!([]), json!({}), json!([null]), json!("")])) {
        let mut list: Value = serde_json::from_str(&document(&[one])).expect("a list");
        list[0][MEMBERS[which]] = value;
        let claims = claims(&token, &[0, 1, 2]);
        prop_assert_eq!(decide(&claims, &list.to_string(), false), "invalid");
    }
}
