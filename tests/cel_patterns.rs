//! The matcher of regular expressions: against the crate `regex`, and a table of what RE2 says.
//!
//! <https://github.com/google/re2/wiki/Syntax>. Every answer of the table but `Unknown` was compared with cel-cpp, which uses RE2.

#![cfg(not(target_arch = "wasm32"))]
#![expect(clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

use circleci_oidc::trust::gcp::cel::{Data, Environment, Expression, Reason, Value};
use proptest::prelude::*;
use regex::bytes::RegexBuilder;

#[derive(Clone, Copy, Debug, PartialEq)]
enum Answer {
    Yes,
    No,
    Refused,
    Unknown,
}
use Answer::{No, Refused, Unknown, Yes};

fn matches(pattern: &str, text: &str) -> Answer {
    let environment = Environment::default().with("p", Value::text(pattern)).with("t", Value::text(text));
    let expression = Expression::parse("t.matches(p)").expect("an expression");
    match &*expression.evaluate(&environment).value {
        Data::Bool(true) => Yes,
        Data::Bool(false) => No,
        Data::Error(cause) if cause.reason == Reason::Value => Refused,
        Data::Unknown(..) => Unknown,
        other => panic!("{pattern} {text}: {other:?}"),
    }
}

/// Patterns that both know, over characters of ASCII: there a byte is a character.
fn pattern() -> impl Strategy<Value = String> {
    let one = prop::sample::select(vec![
        "a",
        "b",
        "c",
        "A",
        "_",
        "1",
        " ",
        "-",
        "\\.",
        "\\d",
        "\\D",
        "\\w",
        "\\W",
        "\\s",
        "\\S",
        ".",
        "[a-c]",
        "[^a-c]",
        "[-a]",
        "[a\\d]",
        "[^\\s1]",
        "[]a]",
        "[A-Za-z_]",
        "^",
        "$",
        "\\b",
        "\\B",
        "\\A",
        "\\z",
        "/",
        "\\/",
        "\\n",
        "refs",
        "[\\W_]",
        "(?:)",
    ])
    .prop_map(str::to_owned);
    one.prop_recursive(5, 24, 3, |inner| {
        let times =
            prop::sample::select(vec!["*", "+", "?", "*?", "+?", "??", "{2}", "{0,2}", "{1,}", "{0}", "{1,3}?"]);
        let flags = prop::sample::select(vec!["i", "s", "m", "is", "-i", "i-s"]);
        prop_oneof![
            4 => prop::collection::vec(inner.clone(), 1..4).prop_map(|parts| parts.concat()),
            2 => prop::collection::vec(inner.clone(), 1..4).prop_map(|parts| format!("({})", parts.join("|"))),
            1 => prop::collection::vec(inner.clone(), 1..3).prop_map(|parts| parts.join("|")),
            3 => (inner.clone(), times).prop_map(|(part, times)| format!("(?:{part}){times}")),
            1 => (inner.clone(), flags).prop_map(|(part, flags)| format!("(?{flags}:{part})")),
            1 => (inner.clone(), inner).prop_map(|(before, behind)| format!("{before}(?i){behind}")),
        ]
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 4_000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn patterns_match_as_in_the_crate(pattern in pattern(), text in "[abcA1_ ./\n-]{0,10}|refs/[a-c]{0,4}") {
        let expected = RegexBuilder::new(&pattern).unicode(false).build().expect("a pattern").is_match(text.as_bytes());
        match matches(&pattern, &text) {
            Unknown => {}
            answer => prop_assert_eq!(answer, if expected { Yes } else { No }, "{:?} {:?}", pattern, text),
        }
    }
}

#[test]
fn as_re2_says() {
    for (pattern, text, expected) in [
        ("main", "refs/heads/main", Yes),
        ("^main$", "refs/heads/main", No),
        ("^refs/heads/(main|release/[0-9.]+)$", "refs/heads/release/1.2", Yes),
        ("^refs/heads/(main|release/[0-9.]+)$", "refs/heads/main2", No),
        ("github.com", "githubXcom", Yes),
        ("", "", Yes),
        ("^$", "", Yes),
        ("$", "a\n", Yes),
        ("^a$", "a\n", No),
        ("(?m)^a$", "a\nb", Yes),
        (".", "\n", No),
        ("(?s).", "\n", Yes),
        ("^.$", "é", Yes),
        ("^..$", "😀é", Yes),
        ("[é-ü]", "ñ", Yes),
        ("^\\w$", "é", No),
        ("^\\W$", "é", Yes),
        ("\\d", "٣", No),
        ("\\bé", "é", No),
        ("(?i)MAIN", "main", Yes),
        ("(?i)[^m]", "M", No),
        ("(?i)é", "É", Unknown),
        ("(?i)k", "\u{212a}", Unknown),
        ("(?i)s", "\u{17f}", Unknown),
        ("a{2}", "aa", Yes),
        ("a{2", "a{2", Yes),
        ("a{,2}", "a{,2}", Yes),
        ("x{a}", "x{a}", Yes),
        ("{", "{", Yes),
        ("a]", "a]", Yes),
        ("[]]", "]", Yes),
        ("[^]]", "]", No),
        ("[a-]", "-", Yes),
        ("[a\\-z]", "-", Yes),
        ("\\/", "/", Yes),
        ("a{1001}", "", Refused),
        ("a{2,1}", "", Refused),
        ("*main*", "", Refused),
        ("a**", "", Refused),
        ("a*+", "", Refused),
        ("a|*", "", Refused),
        ("(", "", Refused),
        (")", "", Refused),
        ("[a", "", Refused),
        ("[z-a]", "", Refused),
        ("[a-\\d]", "", Refused),
        ("\\", "", Refused),
        ("(?=a)", "", Refused),
        ("(?!a)", "", Refused),
        ("\\pL", "", Unknown),
        ("\\p{Greek}", "", Unknown),
        ("[[:alpha:]]", "", Unknown),
        ("\\x41", "", Unknown),
        ("\\1", "", Unknown),
        ("\\C", "", Unknown),
        ("\\Qa\\E", "", Unknown),
        ("(?P<name>a)", "", Unknown),
        ("(?<=a)", "", Unknown),
        ("(a{1000}){1000}", "", Unknown),
    ] {
        assert_eq!(matches(pattern, text), expected, "{pattern:?} {text:?}");
    }
}
