//! The evaluation of AWS trust policies against a naive reference, written here from the documentation alone.

#![cfg(not(target_arch = "wasm32"))]
#![expect(
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    reason = "a test fails by panicking"
)]

use circleci_oidc::boundary::call;
use proptest::prelude::*;
use serde_json::{Value, json};

const PROVIDER: &str = "oidc.circleci.com/org/o";

fn statement(effect: &str, condition: &Value) -> Value {
    json!({
        "Effect": effect,
        "Principal": { "Federated": format!("arn:aws:iam::123456789012:oidc-provider/{PROVIDER}") },
        "Action": "sts:AssumeRoleWithWebIdentity",
        "Condition": condition,
    })
}

/// What the program says of these statements, a value of the project-id claim and a request context.
fn decision(statements: &Value, project: &str, context: &Value) -> String {
    let argument = json!({
        "claims": {
            "iss": format!("https://{PROVIDER}"), "aud": "o", "sub": "org/o/project/p/user/u", "iat": 1_763_071_432,
            "exp": 1_763_075_032, "oidc.circleci.com/project-id": project,
        },
        "trust": {
            "provider": "aws", "policy": { "Version": "2008-10-17", "Statement": statements }, "context": context,
        },
    });
    let result: Value =
        serde_json::from_str(&call("evaluate", &argument.to_string()).expect("a result")).expect("JSON");
    result["decision"].as_str().expect("a decision").to_owned()
}

/// What one condition comes to: None is unknown.
fn condition(operator: &str, key: &str, values: &Value, project: &str, context: &Value) -> Option<bool> {
    let statements = json!([statement("Allow", &json!({ operator: { key: values } }))]);
    match &*decision(&statements, project, context) {
        "allow" => Some(true),
        "deny" => Some(false),
        "unknown" => None,
        other => panic!("{other}"),
    }
}

/// All ways to split the text; exponential, so for short texts only.
fn like(pattern: &[char], text: &[char]) -> bool {
    match pattern.split_first() {
        None => text.is_empty(),
        Some(('*', rest)) => (0..=text.len()).any(|taken| like(rest, &text[taken..])),
        Some((first, rest)) => text.first().is_some_and(|c| *first == '?' || first == c) && like(rest, &text[1..]),
    }
}

fn characters(text: &str) -> Vec<char> {
    text.chars().collect()
}

fn project_key() -> String {
    format!("{PROVIDER}:oidc.circleci.com/project-id")
}

#[derive(Clone, Debug)]
struct Used {
    prefix: &'static str,
    operator: &'static str,
    if_exists: bool,
}

impl Used {
    fn name(&self) -> String {
        format!("{}{}{}", self.prefix, self.operator, if self.if_exists { "IfExists" } else { "" })
    }

    fn matches(&self, policy: &str, request: &str) -> bool {
        match self.operator {
            "StringEquals" | "StringNotEquals" => policy == request,
            "StringEqualsIgnoreCase" | "StringNotEqualsIgnoreCase" => policy.to_lowercase() == request.to_lowercase(),
            _ => like(&characters(policy), &characters(request)),
        }
    }

    /// From the table of operators: an absent key, an empty list, one value, several values.
    fn expected(&self, values: &[String], request: Option<&[String]>) -> Option<bool> {
        let negated = self.operator.contains("Not");
        let satisfied = |actual: &String| values.iter().any(|value| self.matches(value, actual)) != negated;
        match (self.prefix, request) {
            ("ForAllValues:", None) => Some(true),
            ("ForAnyValue:", None) => {
                if self.if_exists {
                    None
                } else {
                    Some(false)
                }
            }
            (_, None) if self.if_exists => Some(true),
            (_, None) if values.is_empty() => None,
            (_, None) => Some(negated),
            (_, Some(_)) if values.is_empty() && negated => None,
            ("ForAllValues:", Some(actual)) => Some(actual.iter().all(satisfied)),
            ("ForAnyValue:", Some(actual)) => Some(actual.iter().any(satisfied)),
            (_, Some([actual])) if !values.is_empty() || self.if_exists => Some(satisfied(actual)),
            (_, Some(_)) => None,
        }
    }
}

fn used() -> impl Strategy<Value = Used> {
    (
        prop_oneof![Just(""), Just("ForAnyValue:"), Just("ForAllValues:")],
        prop_oneof![
            Just("StringEquals"),
            Just("StringNotEquals"),
            Just("StringEqualsIgnoreCase"),
            Just("StringNotEqualsIgnoreCase"),
            Just("StringLike"),
            Just("StringNotLike")
        ],
        any::<bool>(),
    )
        .prop_map(|(prefix, operator, if_exists)| Used { prefix, operator, if_exists })
}

/// Ranges as people compute them: bit by bit.
fn in_range(network: [u8; 4], length: usize, address: [u8; 4]) -> bool {
    let bits = |bytes: [u8; 4]| characters(&bytes.map(|byte| format!("{byte:08b}")).concat());
    bits(network)[..length] == bits(address)[..length]
}

fn dotted(bytes: [u8; 4]) -> String {
    bytes.map(|byte| byte.to_string()).join(".")
}

/// A statement whose condition is certainly met, certainly not, or not known (`None`).
fn judged(effect: &str, met: Option<bool>) -> Value {
    statement(
        effect,
        &match met {
            Some(true) => json!({ "StringEquals": { format!("{PROVIDER}:aud"): "o" } }),
            Some(false) => json!({ "StringEquals": { format!("{PROVIDER}:aud"): "x" } }),
            None => json!({ "stringequals": { format!("{PROVIDER}:aud"): "o" } }),
        },
    )
}

fn three() -> impl Strategy<Value = Option<bool>> {
    prop_oneof![Just(Some(true)), Just(Some(false)), Just(None)]
}

/// Every way in which what is not known could turn out.
fn outcomes(statements: &[(bool, Option<bool>)]) -> Vec<bool> {
    let mut ways: Vec<Vec<bool>> = vec![Vec::new()];
    for (_, met) in statements {
        let choices = met.map_or(vec![true, false], |met| vec![met]);
        ways = ways
            .iter()
            .flat_map(|way| choices.iter().map(move |choice| way.iter().copied().chain([*choice]).collect()))
            .collect();
    }
    ways.iter()
        .map(|way| {
            let applies = |deny: bool| statements.iter().zip(way).any(|((is_deny, _), met)| *is_deny == deny && *met);
            applies(false) && !applies(true)
        })
        .collect()
}

proptest! {
    #[test]
    fn the_matcher_splits_texts_as_a_person_would(pattern in "[ab/*?]{0,12}", text in "[ab/]{0,12}") {
        let expected = like(&characters(&pattern), &characters(&text));
        prop_assert_eq!(condition("StringLike", &project_key(), &json!(pattern), &text, &json!({})), Some(expected));
        prop_assert_eq!(condition("StringNotLike", &project_key(), &json!(pattern), &text, &json!({})), Some(!expected));
    }

    #[test]
    fn operators_count_values_as_documented(
        used in used(),
        values in proptest::collection::vec("[aAb*?]{0,2}", 0..4),
        request in proptest::option::of(proptest::collection::vec("[aAb*]{0,2}", 0..4)),
    ) {
        let context = request.as_ref().map_or(json!({}), |request| json!({ "sts:RoleSessionName": request }));
        let actual = condition(&used.name(), "sts:RoleSessionName", &json!(values), "p", &context);
        let expected = used.expected(&values, request.as_deref());
        prop_assert_eq!(actual, expected, "{} {:?} {:?}", used.name(), values, request);
    }

    #[test]
    fn numbers_are_ordered(left in -1_000_i64..1_000, right in -1_000_i64..1_000, zeros in 0_usize..3) {
        let context = json!({ "aws:MultiFactorAuthAge": format!("{left}.{}", "0".repeat(zeros + 1)) });
        for (operator, expected) in [
            ("Equals", left == right), ("NotEquals", left != right), ("LessThan", left < right),
            ("LessThanEquals", left <= right), ("GreaterThan", left > right), ("GreaterThanEquals", left >= right),
        ] {
            for value in [json!(right), json!(right.to_string())] {
                let actual = condition(&format!("Numeric{operator}"), "aws:MultiFactorAuthAge", &value, "p", &context);
                prop_assert_eq!(actual, Some(expected), "{} {} {}", left, operator, value);
            }
        }
    }

    #[test]
    fn dates_are_ordered(left in 0_i64..4_000_000_000, right in 10_000_i64..4_000_000_000) {
        let iso = |seconds: i64| {
            let at = time::OffsetDateTime::from_unix_timestamp(seconds).expect("in range");
            let (date, clock) = (at.date(), at.time());
            format!("{date}T{:02}:{:02}:{:02}+00:00", clock.hour(), clock.minute(), clock.second())
        };
        let context = json!({ "aws:CurrentTime": iso(left) });
        for (operator, expected) in [
            ("Equals", left == right), ("NotEquals", left != right), ("LessThan", left < right),
            ("LessThanEquals", left <= right), ("GreaterThan", left > right), ("GreaterThanEquals", left >= right),
        ] {
            for value in [json!(right), json!(iso(right))] {
                let actual = condition(&format!("Date{operator}"), "aws:CurrentTime", &value, "p", &context);
                prop_assert_eq!(actual, Some(expected), "{} {} {}", left, operator, value);
            }
        }
    }

    #[test]
    fn ranges_hold_their_addresses(network: [u8; 4], address: [u8; 4], near in any::<bool>(), length in 0_usize..=32) {
        let address = if near { [network[0], network[1], network[2], address[3]] } else { address };
        let context = json!({ "aws:SourceIp": dotted(address) });
        let value = json!(format!("{}/{length}", dotted(network)));
        let expected = in_range(network, length, address);
        prop_assert_eq!(condition("IpAddress", "aws:SourceIp", &value, "p", &context), Some(expected));
        prop_assert_eq!(condition("NotIpAddress", "aws:SourceIp", &value, "p", &context), Some(!expected));
    }

    #[test]
    fn statements_combine_as_every_way_of_the_unknown_would(
        statements in proptest::collection::vec((any::<bool>(), three()), 1..6),
    ) {
        let written: Vec<Value> =
            statements.iter().map(|(deny, met)| judged(if *deny { "Deny" } else { "Allow" }, *met)).collect();
        let ways = outcomes(&statements);
        let expected = match (ways.contains(&true), ways.contains(&false)) {
            (true, false) => "allow",
            (false, _) => "deny",
            (true, true) => "unknown",
        };
        prop_assert_eq!(decision(&json!(written), "p", &json!({})), expected, "{:?}", statements);
    }
}
