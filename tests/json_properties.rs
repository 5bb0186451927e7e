//! The JSON reader held against `serde_json`: the same texts are taken, with the same values.

#![cfg(not(target_arch = "wasm32"))]
#![expect(clippy::arithmetic_side_effects, clippy::panic, clippy::string_slice, reason = "a test fails by panicking")]

use circleci_oidc::{
    Seconds,
    json::{self, Data, Node, Number, Text, read},
};
use proptest::prelude::*;

/// What `serde_json` says; None where it has an opinion of its own: it refuses numbers beyond every double.
fn oracle(text: &str) -> Option<Result<serde_json::Value, ()>> {
    match serde_json::from_str(text) {
        Err(error) if error.to_string().starts_with("number out of range") => None,
        other => Some(other.map_err(|_| ())),
    }
}

/// Whether a value that was read is the oracle's: of members that occur twice it keeps the last.
fn same(node: &Node, value: &serde_json::Value) -> bool {
    match (&node.data, value) {
        (Data::Null, serde_json::Value::Null) => true,
        (Data::Bool(left), serde_json::Value::Bool(right)) => left == right,
        (Data::Number(spelled), serde_json::Value::Number(_)) => {
            serde_json::from_str::<serde_json::Value>(spelled).is_ok_and(|number| number == *value)
        }
        (Data::String(left), serde_json::Value::String(right)) => left == right,
        (Data::Array(left), serde_json::Value::Array(right)) => {
            left.len() == right.len() && left.iter().zip(right).all(|(left, right)| same(left, right))
        }
        (Data::Object(members), serde_json::Value::Object(right)) => {
            members.iter().all(|member| right.contains_key(&member.name))
                && right.iter().all(|(name, right)| node.get(name).is_some_and(|left| same(left, right)))
        }
        _ => false,
    }
}

/// Places are those of the text: each value and name is read again from its own.
fn places(node: &Node, text: &str) {
    let again = |at: std::ops::Range<usize>| {
        let part = text.get(at).unwrap_or_else(|| panic!("a place outside of the characters of {text:?}"));
        read(&Text::pasted(part)).unwrap_or_else(|error| panic!("{part:?}: {error}")).root.data
    };
    let spelled = |data: &Data| json::Value::from(&Node { at: 0..0, data: data.clone() });
    assert_eq!(spelled(&again(node.at.clone())), spelled(&node.data), "{text:?}");
    match &node.data {
        Data::Array(items) => items.iter().for_each(|item| places(item, text)),
        Data::Object(members) => {
            for member in members {
                assert_eq!(again(member.name_at.clone()), Data::String(member.name.clone()), "{text:?}");
                places(&member.value, text);
            }
        }
        Data::Null | Data::Bool(_) | Data::Number(_) | Data::String(_) => {}
    }
}

fn compare(text: &str) {
    let Some(expected) = oracle(text) else { return };
    match (read(&Text::pasted(text)), expected) {
        (Ok(document), Ok(value)) => {
            assert!(same(&document.root, &value), "{text:?}");
            places(&document.root, text);
        }
        (Err(error), Err(())) => {
            assert!(error.at.start <= error.at.end && error.at.end <= text.len(), "{text:?}: {error:?}");
        }
        (ours, theirs) => panic!("{text:?}: {ours:?}, {theirs:?}"),
    }
}

/// A text as it is, inside a JSON string, and percent-encoded: the same value, at places that lead back.
fn wrapped(text: &str) {
    let Ok(direct) = read(&Text::pasted(text)) else { return };
    let quoted = json::Value::from(text).to_json();
    let inner = Text::in_json_string(&quoted, 0..quoted.len(), text);
    let encoded: String = text.bytes().map(|byte| format!("%{byte:02X}")).collect();
    let decoded = Text::percent_decoded(&Text::pasted(&encoded)).unwrap_or_else(|| panic!("{encoded}"));
    for (text, pasted) in [(inner, &quoted), (decoded, &encoded)] {
        let document = read(&text).unwrap_or_else(|error| panic!("{pasted}: {error}"));
        assert_eq!(json::Value::from(&document.root), json::Value::from(&direct.root));
        assert!(pasted.get(document.root.at.clone()).is_some(), "{pasted}");
    }
    let root = read(&Text::percent_decoded(&Text::pasted(&encoded)).unwrap_or_else(|| panic!("{encoded}")));
    let root = root.unwrap_or_else(|error| panic!("{error}")).root;
    assert_eq!(root.at, direct.root.at.start * 3..direct.root.at.end * 3);
}

#[test]
fn texts_that_readers_disagree_on() {
    for text in [
        "01",
        "-01",
        "00",
        "-",
        "--1",
        "+1",
        "1.",
        ".5",
        "1.e1",
        "1e",
        "1e+",
        "1e+-1",
        "1e1.5",
        "1E05",
        "0e0",
        "-0",
        "-0.0",
        "1.50",
        "1_0",
        "0x1",
        "1e400",
        "1e-400",
        "9007199254740993",
        "NaN",
        "Infinity",
        "true",
        "trueX",
        "tru",
        "truefalse",
        "nul",
        "null1",
        "TRUE",
        "\"\t\"",
        "\"\u{7f}\"",
        "\"\u{0}\"",
        "\"\\u0000\"",
        "\u{0}",
        "1\u{0}",
        "\"\\ud800\"",
        "\"\\udc00\"",
        "\"\\ud800\\ud800\"",
        "\"\\ud800x\"",
        "\"\\udbff\\udfff\"",
        "\"\\uD83D\\uDE00\"",
        "\"\\u00g0\"",
        "\"\\u00\"",
        "\"\\x\"",
        "\"\\é\"",
        "\"\\u00é\"",
        "\"\\",
        "\"",
        "'a'",
        "[1,]",
        "[,1]",
        "[,]",
        "{,}",
        "{\"a\":1,}",
        "{\"a\" 1}",
        "{a:1}",
        "{1:1}",
        "{\"a\":}",
        "{\"a\"}",
        "[1 2]",
        "[1",
        "{",
        "[",
        "]",
        "}",
        "[}",
        "1 1",
        "{}{}",
        "[] x",
        "/**/1",
        "1//",
        "\u{a0}1",
        "\u{2028}1",
        "\u{c}1",
        "\r\n\t 1 \n",
        "\"\u{2028}\"",
        "",
        " ",
        "{\"a\":1,\"a\":2}",
        "{\"\":{\"\":[]}}",
        "\"😀\"",
        "\"\\/\\b\\f\\n\\r\\t\\\"\\\\\"",
    ] {
        compare(text);
        wrapped(text);
    }
}

#[test]
fn nesting_is_limited_to_the_named_number_of_levels() {
    let nested = |levels: usize, inside: &str| format!("{}{inside}{}", "[".repeat(levels), "]".repeat(levels));
    for inside in ["", "1", "\"x\""] {
        assert!(read(&Text::pasted(&nested(json::DEPTH, inside))).is_ok(), "{inside}");
        let error = read(&Text::pasted(&nested(json::DEPTH + 1, inside))).map(|_| ()).unwrap_err();
        assert_eq!((error.kind, error.at), (json::JsonErrorKind::TooDeep, json::DEPTH..json::DEPTH + 1));
    }
}

fn json_text() -> impl Strategy<Value = String> {
    let number = "-?(0|[1-9][0-9]{0,3})(\\.[0-9]{1,3})?([eE][-+]?[0-9]{1,2})?";
    let string = prop_oneof![
        any::<String>().prop_map(|text| json::Value::from(text).to_json()),
        "\"([a-z]|\\\\[nrtbf/\"\\\\]|\\\\u[0-9a-fA-F]{4}|é|😀){0,6}\"",
    ];
    let leaf = prop_oneof![
        Just("null".to_owned()),
        Just("true".to_owned()),
        Just("false".to_owned()),
        number.prop_map(String::from),
        string.clone()
    ];
    leaf.prop_recursive(4, 24, 4, move |inner| {
        prop_oneof![
            (prop::collection::vec(inner.clone(), 0..4), "[ \n\t]{0,2}")
                .prop_map(|(items, space)| format!("[{space}{}{space}]", items.join(","))),
            prop::collection::vec((string.clone(), inner), 0..4).prop_map(|members| {
                let members: Vec<_> = members.iter().map(|(name, value)| format!("{name} : {value}")).collect();
                format!("{{{}}}", members.join(" ,"))
            }),
        ]
    })
}

/// A number of JSON in units of 10^-18, and how it may be spelled.
fn spelled_number() -> impl Strategy<Value = (i128, String)> {
    (any::<bool>(), 0_u64..100_000_000_000, "[0-9]{0,9}", -9_i32..=9).prop_map(
        |(negative, whole, fraction, exponent)| {
            let sign = if negative { "-" } else { "" };
            let places = i32::try_from(fraction.len()).unwrap_or_else(|_| panic!("nine at most"));
            let digits: i128 = format!("{sign}{whole}{fraction}").parse().unwrap_or_else(|_| panic!("digits"));
            let scale = u32::try_from(18 + exponent - places).unwrap_or_else(|_| panic!("{exponent} {places}"));
            let point = if fraction.is_empty() { "" } else { "." };
            let power = if exponent == 0 { String::new() } else { format!("e{exponent}") };
            (digits * 10_i128.pow(scale), format!("{sign}{whole}{point}{fraction}{power}"))
        },
    )
}

proptest! {
    #[test]
    fn numbers_are_equal_by_their_value((left, one) in spelled_number(), (right, other) in spelled_number(), zeros in 0_usize..4) {
        assert_eq!(Number::parse(&one) == Number::parse(&other), left == right, "{one} {other}");
        let point = if one.contains('.') { "" } else { ".0" };
        let (mantissa, power) = one.split_once('e').unwrap_or((&one, "0"));
        let padded = format!("{mantissa}{point}{}E{power}", "0".repeat(zeros));
        assert_eq!(Number::parse(&one), Number::parse(&padded), "{one} {padded}");
    }

    /// Cut off at the microsecond, toward zero.
    #[test]
    fn seconds_are_the_number_to_the_microsecond((value, spelled) in spelled_number()) {
        let micros = value / 1_000_000_000_000;
        match Seconds::parse(&spelled) {
            None => assert!(micros.abs() > 1_000_000_000_000_000_000, "{spelled}"),
            Some(seconds) => {
                assert_eq!(Number::parse(&seconds.to_string()), Number::parse(&format!("{micros}e-6")), "{spelled}");
                assert_eq!(i128::from(seconds.floor()), micros.div_euclid(1_000_000), "{spelled}");
            }
        }
    }

    #[test]
    fn json_is_read_as_serde_json_reads_it(text in json_text()) {
        compare(&text);
        wrapped(&text);
    }

    /// One place of a JSON text replaced by something that may break it.
    #[test]
    fn damaged_json_is_refused_as_serde_json_refuses_it(text in json_text(), at in any::<prop::sample::Index>(), cut in 0_usize..3, put in "[-+.0-9eE\"\\\\{}\\[\\],: \n\t\u{0}\u{1f}a-zéu]{0,3}") {
        let start = text.floor_char_boundary(at.index(text.len()));
        let end = text.ceil_char_boundary((start + cut).min(text.len()));
        compare(&format!("{}{put}{}", &text[..start], &text[end..]));
    }

    #[test]
    fn soup(text in "[-+.0-9eE\"\\\\{}\\[\\],: \n\tnulltrefasud]{0,16}") {
        compare(&text);
    }
}
