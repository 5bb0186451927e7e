//! Vault's patterns, pointers and Terraform's splitting against naive references; and that what is not known is never let in for
//! being absent.

#![cfg(not(target_arch = "wasm32"))]
#![expect(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::string_slice,
    clippy::arithmetic_side_effects,
    reason = "a test fails by panicking"
)]

use circleci_oidc::{
    boundary,
    json::{self, Text},
    token::{Claims, Known},
    trust::vault::{pattern, pointer, terraform},
};
use proptest::prelude::*;
use serde_json::{Map, Value, json};

/// Whether a text is of a pattern, by trying every length for every star.
fn like(pattern: &str, text: &str) -> bool {
    match pattern.split_at_checked(1) {
        None => text.is_empty(),
        Some(("*", rest)) => (0..=text.len()).any(|skipped| like(rest, &text[skipped..])),
        Some((one, rest)) => text.strip_prefix(one).is_some_and(|text| like(rest, text)),
    }
}

/// What a pointer leads to, as RFC 6901 and Go's strconv say.
fn follow<'a>(value: &'a Value, name: &str) -> Option<&'a Value> {
    let Some(rest) = name.strip_prefix('/') else { return value.get(name) };
    rest.split('/').map(|part| part.replace("~1", "/").replace("~0", "~")).try_fold(value, |value, part| match value {
        Value::Object(members) => members.get(&part),
        Value::Array(items) => {
            let index = if part.is_empty() { Some(0) } else { part.parse::<i64>().ok() };
            items.get(usize::try_from(index?).ok()?)
        }
        _ => None,
    })
}

fn claims(value: &Value) -> Claims {
    let node = json::read(&Text::pasted(&value.to_string())).expect("JSON").root;
    Claims::from_node(&node, false).expect("an object")
}

/// Names that get in each other's way.
fn name() -> impl Strategy<Value = String> {
    prop::sample::select(vec!["a", "b", "a/b", "~", "~1", "/a", "", "0", "a~b"]).prop_map(str::to_owned)
}

fn tree() -> impl Strategy<Value = Value> {
    let leaf = prop::sample::select(vec![json!("x"), json!(true), json!(7), json!([])]);
    leaf.prop_recursive(3, 24, 4, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
            prop::collection::vec((name(), inner), 0..4)
                .prop_map(|members| Value::Object(members.into_iter().collect())),
        ]
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2_000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn patterns_are_those_of_the_reference(pattern in "[ab/*]{0,8}", text in "[ab/\n]{0,10}") {
        prop_assert_eq!(pattern::matches(&pattern, &text), like(&pattern, &text));
    }

    #[test]
    fn a_text_is_of_every_pattern_that_hides_a_part_of_it(text in "[a-c/é]{0,12}", from in 0..12_usize, to in 0..12_usize) {
        let (from, to) = (text.floor_char_boundary(from.min(to)), text.floor_char_boundary(from.max(to)));
        let pattern = format!("{}*{}", &text[..from], &text[to..]);
        prop_assert!(pattern::matches(&pattern, &text));
    }

    #[test]
    fn pointers_are_those_of_the_reference(
        members in prop::collection::vec((name(), tree()), 0..5),
        parts in prop::collection::vec(prop::sample::select(vec!["a", "b", "~1a", "a~1b", "~0", "~01", "", "0", "1", "3", "a/b", "a~0b"]), 1..5),
        plain in any::<bool>(),
    ) {
        let value = Value::Object(members.into_iter().collect::<Map<_, _>>());
        let name = if plain { parts.join("/") } else { format!("/{}", parts.join("/")) };
        let claims = claims(&value);
        let found = match pointer::look_up(&claims, &name) {
            Known::Present(value) => Some(serde_json::from_str::<Value>(&value.to_json()).expect("JSON")),
            Known::Absent => None,
            Known::NotKnown => return Err(TestCaseError::fail("nothing is unknown here")),
        };
        prop_assert_eq!(found.as_ref(), follow(&value, &name));
    }

    #[test]
    fn every_pointer_that_is_written_leads_to_its_claim(name in "[a~/1 0.]{0,8}") {
        let value = json!({ name.clone(): "x" });
        let written = format!("/{}", name.replace('~', "~0").replace('/', "~1"));
        prop_assert!(matches!(pointer::look_up(&claims(&value), &written), Known::Present(_)));
    }

    #[test]
    fn terraform_splits_at_every_comma(parts in prop::collection::vec("[a-c]{0,3}", 1..6), spaces in " {0,3}") {
        let text = parts.iter().map(|part| format!("{spaces}{part}{spaces}")).collect::<Vec<_>>().join(",");
        let mut naive = vec![String::new()];
        for character in text.chars() {
            match character {
                ',' => naive.push(String::new()),
                ' ' => {}
                other => naive.last_mut().expect("one").push(other),
            }
        }
        prop_assert_eq!(terraform::commas(&text), naive);
        prop_assert_eq!(terraform::commas(&text), parts);
    }
}

const ORGANIZATION: &str = "3f6b1c52-8d0e-4a97-b3c4-5e92d7a6f018";
const PROJECT: &str = "a8d1f3e0-6b2c-4f57-9e14-0c7b5d2a9e31";

/// A job, with what may differ.
fn job() -> impl Strategy<Value = Value> {
    let issuer = prop::sample::select(vec![
        json!(format!("https://oidc.circleci.com/org/{ORGANIZATION}")),
        json!("https://oidc.circleci.com"),
        json!(5),
    ]);
    let audience = prop::sample::select(vec![json!(ORGANIZATION), json!([ORGANIZATION, "x"]), json!("x"), json!("")]);
    let project = prop::sample::select(vec![json!(PROJECT), json!("x"), json!(null), json!([PROJECT]), json!({})]);
    let rerun = prop::sample::select(vec![json!(false), json!(true), json!("false")]);
    let times =
        prop::sample::select(vec![(1_763_071_432, 1_763_075_032), (0, 1_763_075_032), (1_763_071_432, 0), (0, 0)]);
    (issuer, audience, project, rerun, times, prop::option::of(0..3_i64)).prop_map(
        |(issuer, audience, project, rerun, (iat, exp), nbf)| {
            let mut claims = json!({
                "iss": issuer,
                "sub": format!("org/{ORGANIZATION}/project/{PROJECT}/user/u"),
                "aud": audience,
                "iat": iat,
                "exp": exp,
                "oidc.circleci.com/project-id": project,
                "oidc.circleci.com/context-ids": ["a", "b"],
                "oidc.circleci.com/ssh-rerun": rerun,
                "oidc.circleci.com/vcs-ref": "refs/heads/main",
            });
            if let Some(nbf) = nbf {
                claims["nbf"] = json!(1_763_071_000 + nbf * 5_000);
            }
            claims
        },
    )
}

fn role() -> impl Strategy<Value = Value> {
    let bound = prop::sample::select(vec![
        json!({ "oidc.circleci.com/project-id": PROJECT }),
        json!({ "oidc.circleci.com/project-id": [PROJECT, "y"], "oidc.circleci.com/ssh-rerun": false }),
        json!({ "oidc.circleci.com/vcs-ref": "refs/heads/*", "/oidc.circleci.com~1context-ids/1": "b" }),
        json!({ "nothing": "*" }),
        json!({}),
    ]);
    let audiences =
        prop::sample::select(vec![json!([ORGANIZATION]), json!(format!("{ORGANIZATION}, z")), json!([]), json!(null)]);
    let kind = prop::sample::select(vec![json!("string"), json!("glob"), json!(null), json!("regex")]);
    let user = prop::sample::select(vec!["sub", "oidc.circleci.com/project-id", "oidc.circleci.com/ssh-rerun"]);
    let skew = prop::sample::select(vec![json!(0), json!(-1), json!("10m")]);
    (bound, audiences, kind, user, skew, any::<bool>(), any::<bool>()).prop_map(
        |(bound, audiences, kind, user, skew, terraform, mapped)| {
            let mut role = json!({
                "role_type": "jwt",
                "bound_audiences": audiences,
                "bound_claims": bound,
                "bound_claims_type": kind,
                "user_claim": user,
                "clock_skew_leeway": skew,
                "token_bound_cidrs": null,
            });
            if mapped {
                role["claim_mappings"] =
                    json!({ "oidc.circleci.com/vcs-ref": "ref", "oidc.circleci.com/ssh-rerun": "rerun" });
            }
            if terraform { json!({ "values": role, "after_unknown": {} }) } else { role }
        },
    )
}

/// A configuration around a role.
fn trust(role: &Value, mount: u8, version: Option<&str>) -> Value {
    let mut trust = json!({ "provider": "vault", "role": role });
    let url = format!("https://oidc.circleci.com/org/{ORGANIZATION}");
    match mount {
        0 => {}
        1 => trust["mount"] = json!({ "oidc_discovery_url": url, "bound_issuer": url }),
        2 => trust["mount"] = json!({ "oidc_discovery_url": url }),
        _ => trust["mount"] = json!({ "jwt_validation_pubkeys": ["k"], "jwt_supported_algs": "RS256" }),
    }
    if let Some(version) = version {
        trust["version"] = json!(version);
    }
    trust
}

fn call(function: &str, argument: &Value) -> Value {
    let text = boundary::call(function, &argument.to_string()).expect("an answer");
    serde_json::from_str(&text).expect("JSON")
}

fn evaluate(claims: &Value, trust: &Value, now: i64, partial: bool) -> String {
    let options = json!({ "partial": partial, "probes": false, "now": now });
    let result = call("evaluate", &json!({ "claims": claims, "trust": trust, "options": options }));
    let decided =
        call("decide", &json!({ "claims": [claims], "trust": trust, "options": { "partial": partial, "now": now } }));
    assert_eq!(result["decision"], decided[0], "{result}");
    result["decision"].as_str().expect("a decision").to_owned()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 800, failure_persistence: None, ..ProptestConfig::default() })]

    /// Whatever of the claims is left out: an answer for certain is the answer to all of them.
    #[test]
    fn what_is_certain_of_a_part_is_so_of_the_whole(
        claims in job(),
        role in role(),
        mount in 0..4_u8,
        version in prop::sample::select(vec![None, Some("1.16.2"), Some("1.17.1")]),
        left_out in any::<u16>(),
        late in 0..5_i64,
    ) {
        let trust = trust(&role, mount, version);
        let now = 1_763_071_432 + late * 1_000;
        let whole = evaluate(&claims, &trust, now, false);
        let mut part = claims.clone();
        let members = part.as_object_mut().expect("an object");
        let names: Vec<String> = members.keys().cloned().collect();
        for (number, name) in names.iter().enumerate() {
            if left_out >> number & 1 == 1 {
                members.remove(name);
            }
        }
        let partly = evaluate(&part, &trust, now, true);
        prop_assert!(partly == whole || partly == "unknown", "{partly}, but {whole}: {part} {trust}");
    }

    /// What a plan does not tell yet decides nothing for certain that any value could turn.
    #[test]
    fn what_a_plan_does_not_tell_is_not_absent(claims in job(), role in role(), hidden in prop::sample::select(vec![
        "bound_subject", "bound_audiences", "bound_claims", "bound_claims_type", "token_bound_cidrs", "claim_mappings",
        "clock_skew_leeway", "user_claim", "groups_claim",
    ])) {
        let values = role.get("values").unwrap_or(&role).clone();
        let now = 1_763_071_432;
        let told = evaluate(&claims, &trust(&json!({ "values": values, "after_unknown": {} }), 1, None), now, false);
        let mut less = values;
        less.as_object_mut().expect("an object").remove(hidden);
        let plan = json!({ "values": less, "after_unknown": { hidden: true } });
        let untold = evaluate(&claims, &trust(&plan, 1, None), now, false);
        // Whom nobody gets into, nobody gets into.
        let refused = untold == "deny" && told == "invalid";
        // A type that Vault does not know is refused when the plan is applied; the two that it knows agree.
        let agreed = hidden == "bound_claims_type" && told == "invalid";
        prop_assert!(untold == told || untold == "unknown" || refused || agreed, "{untold}, but {told}: {plan}");
    }

    /// Every fix that is shown lets the token in when it is pasted.
    #[test]
    fn a_fix_that_is_pasted_lets_the_token_in(
        project in prop::sample::select(vec![PROJECT, ORGANIZATION, "a8d1f3e0-6b2c-4f57-9e14-0c7b5d2a9e32"]),
        reference in prop::sample::select(vec!["refs/heads/main", "main", "refs/heads/*", "refs/heads/Main", "ma*"]),
        key in prop::sample::select(vec!["oidc.circleci.com/project-id", "/oidc.circleci.com/project-id", "project_id"]),
        kind in prop::sample::select(vec!["string", "glob"]),
        rerun in prop::sample::select(vec![json!(null), json!(["x"]), json!("false")]),
        role_type in prop::sample::select(vec!["jwt", "oidc"]),
    ) {
        let mut bound = json!({ key: project, "oidc.circleci.com/vcs-ref": reference });
        if rerun == json!("false") {
            bound["oidc.circleci.com/ssh-rerun"] = rerun;
        }
        let role = json!({
            "role_type": role_type, "bound_audiences": [ORGANIZATION], "user_claim": "sub", "bound_claims_type": kind, "bound_claims": bound,
            "allowed_redirect_uris": ["http://localhost"],
        });
        let claims = json!({
            "iss": format!("https://oidc.circleci.com/org/{ORGANIZATION}"),
            "sub": format!("org/{ORGANIZATION}/project/{PROJECT}/user/u"),
            "aud": ORGANIZATION, "iat": 1_763_071_432, "exp": 1_763_075_032,
            "oidc.circleci.com/project-id": PROJECT, "oidc.circleci.com/vcs-ref": "refs/heads/main", "oidc.circleci.com/ssh-rerun": false,
        });
        let text = serde_json::to_string_pretty(&role).expect("JSON");
        let result = call("evaluate", &json!({ "claims": claims, "trust": { "provider": "vault", "role": text } }));
        for hint in hints(&result["steps"]) {
            let Some(start) = hint["at"]["start"].as_u64() else { continue };
            let (start, end) = (usize::try_from(start).expect("small"), usize::try_from(hint["at"]["end"].as_u64().expect("an end")).expect("small"));
            let fix = hint["fix"].as_str().expect("a fix");
            // Text goes in quotes in the place of text; an object in the place of an object.
            let fix = if text[start..end].starts_with('"') { json!(fix).to_string() } else { fix.to_owned() };
            let pasted = format!("{}{fix}{}", &text[..start], &text[end..]);
            let after = call("evaluate", &json!({ "claims": claims, "trust": { "provider": "vault", "role": pasted } }));
            prop_assert_eq!(&after["decision"], "allow", "{}: {}", hint, pasted);
        }
    }
}

/// Every hint with a fix.
fn hints(steps: &Value) -> Vec<Value> {
    let all = steps.as_array().into_iter().flatten();
    all.flat_map(|step| {
        let own = Some(step["hint"].clone()).filter(|hint| hint["fix"].is_string());
        own.into_iter().chain(hints(&step["children"])).collect::<Vec<_>>()
    })
    .collect()
}

/// What is as large as may be is answered all the same, within the bounds that are set.
#[test]
fn large_roles_and_tokens_are_answered() {
    let url = format!("https://oidc.circleci.com/org/{ORGANIZATION}");
    let claims = |more: Value| {
        let mut claims = json!({
            "iss": url, "sub": format!("org/{ORGANIZATION}/project/{PROJECT}/user/u"), "aud": ORGANIZATION,
            "iat": 1_763_071_432, "exp": 1_763_075_032, "oidc.circleci.com/project-id": PROJECT,
        });
        claims.as_object_mut().expect("an object").extend(more.as_object().expect("an object").clone());
        claims
    };
    let role = |bound: Value, kind: &str, audiences: Value| json!({ "role_type": "jwt", "bound_audiences": audiences, "user_claim": "sub", "bound_claims_type": kind, "bound_claims": bound });
    let many = |count: usize, name: &dyn Fn(usize) -> String| (0..count).map(name).collect::<Vec<_>>();
    let missing: Map<_, _> = many(5_000, &|number| format!("/oidc.circleci.com/project-id{number}"))
        .into_iter()
        .map(|name| (name, json!("*")))
        .collect();
    let values = many(10_000, &|number| format!("a8d1f3e0-{number}*"));
    let long = "a".repeat(60_000);
    let stars = format!("{}b", "*a".repeat(100_000));
    for (bound, kind, audiences, more) in [
        (Value::Object(missing), "string", json!([ORGANIZATION]), json!({})),
        (json!({ "oidc.circleci.com/project-id": values }), "string", json!([ORGANIZATION]), json!({})),
        (json!({ "long": stars }), "glob", json!([ORGANIZATION]), json!({ "long": long })),
        (
            json!({ "long": format!("*{}b*", "a".repeat(30_000)) }),
            "glob",
            json!([ORGANIZATION]),
            json!({ "long": long }),
        ),
        (
            json!({ "x": "y" }),
            "string",
            json!(many(15_000, &|number| format!("x{number}"))),
            json!({ "aud": many(5_000, &|number| format!("y{number}")) }),
        ),
    ] {
        let role = role(bound, kind, audiences);
        let result = call(
            "evaluate",
            &json!({ "claims": claims(more), "trust": { "provider": "vault", "role": role, "mount": { "oidc_discovery_url": url, "bound_issuer": url } } }),
        );
        assert!(
            ["deny", "unknown"].contains(&result["decision"].as_str().expect("a decision")),
            "{}",
            result["headline"]
        );
    }
}
