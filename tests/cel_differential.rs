//! The evaluator of CEL against the crate `cel`, on made-up expressions over a token's claims.
//!
//! What is unknown here is not compared. Known differences are left out of what is made up:
//! - the crate reads `\d`, `\w`, `\s` and `\b` as Unicode's, RE2 as ASCII's;
//! - it spells large and small numbers in `string()` its own way, and reads other texts in `double()`;
//! - it adds a map to a list, of which CEL has no such sum: both sides of `+` are made to be of one type;
//! - it has no order of the entries of a map, so a list made from one is not compared.

#![cfg(not(target_arch = "wasm32"))]
#![expect(clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

use std::{collections::HashMap, sync::Arc};

use cel::{
    Context, Env, Value as Theirs, extensions,
    objects::{Key, Map},
};
use circleci_oidc::{
    json::{self, Text, read},
    token::Claims,
    trust::gcp::cel::{Data, Environment, Expression, Value, assertion},
};
use proptest::prelude::*;

const CLAIMS: &str = r#"{
    "iss": "https://oidc.circleci.com/org/o", "sub": "org/o/project/p/user/u", "aud": "o", "iat": 1763071432, "exp": 1763075032.5,
    "oidc.circleci.com/vcs-ref": "refs/heads/main", "oidc.circleci.com/ssh-rerun": false,
    "oidc.circleci.com/context-ids": ["c1", "c2", "ü😀"], "nothing": null, "empty": [], "mixed": [1, "a", true, null, [2]],
    "deep": { "a": { "b": "c" }, "n": 0, "list": ["x"] }
}"#;

fn theirs(value: &json::Value) -> Theirs {
    match value {
        json::Value::Null => Theirs::Null,
        json::Value::Bool(value) => Theirs::Bool(*value),
        json::Value::Number(spelled) => Theirs::Float(spelled.parse().expect("a number")),
        json::Value::String(text) => Theirs::from(text.clone()),
        json::Value::Array(items) => Theirs::List(Arc::new(items.iter().map(theirs).collect())),
        json::Value::Object(members) => {
            let entries: HashMap<Key, Theirs> =
                members.iter().map(|(name, value)| (Key::String(Arc::new(name.clone())), theirs(value))).collect();
            Theirs::Map(Map { map: Arc::new(entries) })
        }
    }
}

struct Both {
    ours: Environment,
    claims: Theirs,
    env: Arc<Env>,
}

impl Both {
    fn new() -> Self {
        let document = read(&Text::pasted(CLAIMS)).expect("JSON");
        let claims = Claims::from_node(&document.root, false).expect("an object");
        let mut env = Env::stdlib();
        env.add_extension(extensions::strings).expect("the extension");
        env.set_error_on_duplicate_map_keys(true);
        Self {
            ours: Environment::default().with("assertion", assertion(&claims)),
            claims: theirs(&json::Value::from(&document.root)),
            env: Arc::new(env),
        }
    }

    /// Fails where the two differ; whether there was something to compare.
    fn compare(&self, text: &str) -> bool {
        let expression = match Expression::parse(text) {
            Ok(expression) => expression,
            Err(problem) if !problem.certain => return false,
            Err(problem) => panic!("{text}: {problem:?}"),
        };
        let program = self.env.compile(text).unwrap_or_else(|error| panic!("{text}: {error}"));
        let mut context = Context::with_env(Arc::clone(&self.env));
        context.add_variable_from_value("assertion", self.claims.clone());
        let expected = program.execute(&context);
        let traced = expression.evaluate(&self.ours);
        match (&*traced.value, &expected) {
            (Data::Unknown(..), _) => return false,
            (Data::Error(_), Err(_)) => {}
            (_, Ok(expected)) if same(&traced.value, expected) => {}
            (ours, theirs) => panic!("{text}\n  ours   {ours:?}\n  theirs {theirs:?}"),
        }
        true
    }
}

fn same(ours: &Value, expected: &Theirs) -> bool {
    match (&**ours, expected) {
        (Data::Null, Theirs::Null) => true,
        (Data::Bool(ours), Theirs::Bool(expected)) => ours == expected,
        (Data::Int(ours), Theirs::Int(expected)) => ours == expected,
        (Data::Double(ours), Theirs::Float(expected)) => ours == expected || (ours.is_nan() && expected.is_nan()),
        (Data::String(ours), Theirs::String(expected)) => *ours == **expected,
        (Data::List(ours), Theirs::List(expected)) => {
            ours.len() == expected.len() && ours.iter().zip(expected.iter()).all(|(ours, theirs)| same(ours, theirs))
        }
        (Data::Map(ours), Theirs::Map(expected)) => {
            let key = |key: &Value| match &**key {
                Data::String(text) => Some(Key::String(Arc::new(text.clone()))),
                Data::Int(number) => Some(Key::Int(*number)),
                Data::Bool(value) => Some(Key::Bool(*value)),
                _ => None,
            };
            let holds = |name: &Value, value: &Value| {
                key(name).and_then(|name| expected.map.get(&name)).is_some_and(|theirs| same(value, theirs))
            };
            ours.entries.len() == expected.map.len() && ours.entries.iter().all(|(name, value)| holds(name, value))
        }
        _ => false,
    }
}

fn leaf() -> impl Strategy<Value = String> {
    prop_oneof![
        6 => prop::sample::select(vec![
            "assertion.sub", "assertion.aud", "assertion['oidc.circleci.com/vcs-ref']", "assertion.iss", "assertion.missing",
            "assertion['oidc.circleci.com/ssh-rerun']", "assertion['oidc.circleci.com/context-ids']", "assertion.iat",
            "assertion.exp", "assertion.nothing", "assertion.empty", "assertion.mixed", "assertion.deep", "assertion.deep.a",
            "assertion.deep.a.b", "assertion.deep.list", "assertion.deep.n", "assertion",
        ]).prop_map(str::to_owned),
        4 => prop::sample::select(vec![
            "'refs/heads/main'", "'o'", "'org/'", "''", "\"main\"", "'c1'", "'ü'", "'a'", "r'x'", "'/'", "'sub'", "'refs/heads/'",
        ]).prop_map(str::to_owned),
        3 => prop::sample::select(vec![
            "true", "false", "null", "0", "1", "2", "-1", "-3", "7", "1.5", "0.0", "1763071432", "1e3", "9223372036854775807",
            "-9223372036854775808", "x", "x", "[]", "{}",
        ]).prop_map(str::to_owned),
    ]
}

/// Expressions in which the variable `x` may stand; around the whole a macro declares it.
fn expression() -> impl Strategy<Value = String> {
    leaf().prop_recursive(6, 40, 4, |inner| {
        let two = (inner.clone(), inner.clone());
        let three = (inner.clone(), inner.clone(), inner.clone());
        let binary = prop::sample::select(vec![
            "==", "!=", "<", "<=", ">", ">=", "in", "-", "*", "/", "%", "&&", "||", "==", "&&", "||", "in",
        ]);
        let sum =
            prop::sample::select(vec![("string(", ")"), ("[", "]"), ("size(", ")"), ("1 + (", ")"), ("'a' + (", ")")]);
        let pair = prop::sample::select(vec![
            "startsWith",
            "endsWith",
            "contains",
            "indexOf",
            "lastIndexOf",
            "split",
            "join",
            "charAt",
            "substring",
            "matches",
        ]);
        let single = prop::sample::select(vec!["lowerAscii", "upperAscii", "trim", "reverse", "size", "join"]);
        let function = prop::sample::select(vec!["size", "int", "double", "string", "bool", "dyn"]);
        let looks = prop::sample::select(vec!["all", "exists", "exists_one", "filter", "map"]);
        prop_oneof![
            8 => (two.clone(), binary).prop_map(|((left, right), operator)| format!("({left}) {operator} ({right})")),
            1 => (two.clone(), sum).prop_map(|((left, right), (before, behind))| {
                format!("{before}{left}{behind} + {before}{right}{behind}")
            }),
            2 => (two.clone(), pair).prop_map(|((left, right), name)| format!("({left}).{name}({right})")),
            1 => (inner.clone(), single).prop_map(|(text, name)| format!("({text}).{name}()")),
            2 => (inner.clone(), function).prop_map(|(argument, name)| format!("{name}({argument})")),
            1 => three.clone().prop_map(|(test, yes, no)| format!("({test}) ? ({yes}) : ({no})")),
            1 => three.clone().prop_map(|(text, old, new)| format!("({text}).replace({old}, {new})")),
            1 => three.clone().prop_map(|(text, start, end)| format!("({text}).substring({start}, {end})")),
            2 => inner.clone().prop_map(|operand| format!("!({operand})")),
            1 => inner.clone().prop_map(|operand| format!("-({operand})")),
            2 => two.clone().prop_map(|(container, key)| format!("({container})[{key}]")),
            1 => inner.clone().prop_map(|map| format!("has(({map}).a)")),
            1 => inner.clone().prop_map(|map| format!("({map}).a")),
            3 => (two.clone(), looks).prop_map(|((range, body), name)| format!("({range}).{name}(x, {body})")),
            1 => three.prop_map(|(range, test, body)| format!("({range}).map(x, {test}, {body})")),
            1 => prop::collection::vec(inner.clone(), 0..4).prop_map(|items| format!("[{}]", items.join(", "))),
            1 => prop::collection::vec(two, 0..3).prop_map(|entries| {
                let entries: Vec<_> = entries.iter().map(|(key, value)| format!("{key}: {value}")).collect();
                format!("{{{}}}", entries.join(", "))
            }),
        ]
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1_000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_is_known_is_what_the_crate_says(text in expression()) {
        Both::new().compare(&format!("['a', 1, [2], true].map(x, {text})[0]"));
    }
}

/// Expressions of Google's documentation and of public configurations, and corners.
#[test]
fn chosen_expressions() {
    let both = Both::new();
    for text in [
        "assertion.sub == 'org/o/project/p/user/u' && 'c1' in assertion['oidc.circleci.com/context-ids']",
        "assertion.sub.split('/')[1]",
        "assertion.sub + (has(assertion.principal_id) ? ':usr:' + assertion.principal_id : '')",
        "assertion['oidc.circleci.com/vcs-ref'].startsWith('refs/heads/')",
        "assertion['oidc.circleci.com/vcs-ref'].matches('^refs/heads/(main|release/[0-9]+)$')",
        "int(assertion.iat) == 1763071432",
        "assertion.iat > 1700000000",
        "assertion.iat + 1",
        "['c9'].exists(c, c in assertion['oidc.circleci.com/context-ids'])",
        "assertion['oidc.circleci.com/context-ids'].map(c, c + '!')",
        "assertion.deep == {'a': {'b': 'c'}, 'n': 0, 'list': ['x']}",
        "assertion.missing == 'a' || true",
        "true || assertion.missing == 'a'",
        "assertion.missing == 'a' && false",
        "assertion['oidc.circleci.com/ssh-rerun'] != 'true'",
        "[1, 2.0, 3] == [1.0, 2, 3]",
        "{'a': 1}['a'] == 1.0",
        "size('ü😀') == 2",
        "'tacocat'.indexOf('c', 3)",
        "[[1], [2]].exists(l, l.all(n, n > 1))",
        "assertion.all(k, k != 'x')",
        "'o' in assertion",
        "'sub' in assertion && assertion.sub != ''",
    ] {
        assert!(both.compare(text), "{text}: unknown");
    }
}
