//! What holds for every text that somebody could take for an expression: a tree or a problem, soon, and places inside.

#![cfg(not(target_arch = "wasm32"))]
#![expect(
    clippy::expect_used,
    clippy::panic,
    clippy::string_slice,
    clippy::arithmetic_side_effects,
    reason = "a test fails by panicking"
)]

use std::time::Instant;

use circleci_oidc::{
    json::{Text, read},
    report::Outcome,
    token::Claims,
    trust::gcp::cel::{
        CONDITION_CHARACTERS, Data, Environment, Expression, Form, Kinds, NESTING, NODES, Node, Reason, Traced, Value,
        assertion,
    },
};
use proptest::prelude::*;

fn environment(claims: &str, partial: bool) -> Environment {
    let document = read(&Text::pasted(claims)).expect("JSON");
    let claims = Claims::from_node(&document.root, partial).expect("an object");
    Environment::default().with("assertion", assertion(&claims)).with("x", Value::text("é😀"))
}

/// Reads, checks and evaluates a text; everything that has a place lies inside of it.
fn hold(text: &str) {
    let environment =
        environment(r#"{"sub": "org/o/project/p", "n": 1.5, "list": ["a", 2], "map": {"é": null}}"#, true);
    let inside = |at: &std::ops::Range<usize>| {
        assert!(at.start <= at.end && text.get(at.clone()).is_some(), "{at:?} of {text:?}");
    };
    let expression = match Expression::parse(text) {
        Ok(expression) => expression,
        Err(problem) => {
            inside(&problem.at);
            return;
        }
    };
    node(&expression, expression.root());
    expression.check(&environment, Kinds::BOOL).iter().for_each(|problem| inside(&problem.at));
    expression
        .undocumented()
        .iter()
        .for_each(|(name, at)| assert!(text.get(at.clone()).expect("a place").contains(name)));
    expression.references().iter().for_each(|reference| inside(&reference.node.at));
    let result = expression.evaluate(&environment);
    traced(&result);
    assert!(result.outcome() != Outcome::NotApplicable && !result.deciding().is_empty());
    let _ = result.value.to_json();
}

/// A part lies inside the part above it, behind the one before it, and reads as what it is.
fn node(expression: &Expression, above: &Node) {
    let mut from = above.at.start;
    for part in &above.parts {
        assert!(
            from <= part.at.start && part.at.start < part.at.end && part.at.end <= above.at.end,
            "{part:?} in {above:?}"
        );
        from = part.at.end;
        node(expression, part);
    }
    // A name behind a point is kept as a text.
    let slice = expression.slice(above);
    let is_field = above.text().is_some() && !slice.contains(['"', '\'']);
    if !is_field {
        let again = Expression::parse(slice).unwrap_or_else(|problem| panic!("{slice:?}: {problem:?}"));
        assert_eq!(shape(again.root()), shape(above), "{slice:?} of {:?}", expression.text());
    }
}

/// A tree without its places.
fn shape(node: &Node) -> String {
    let form = match &node.form {
        Form::Call { name, style, .. } => format!("{name} {style:?}"),
        other => format!("{other:?}"),
    };
    format!("{form}({})", node.parts.iter().map(shape).collect::<Vec<_>>().join(", "))
}

fn traced(part: &Traced<'_>) {
    let error = part.value.cause().filter(|cause| cause.reason < Reason::NotTold);
    assert_eq!(error.is_some(), matches!(&*part.value, Data::Error(_)));
    for below in &part.parts {
        assert!(part.node.parts.iter().any(|node| std::ptr::eq(node, below.node)));
        traced(below);
    }
}

const WORDS: &[&str] = &[
    "assertion",
    "assertion.sub",
    "x",
    "'a'",
    "\"b\"",
    "r'\\d'",
    "b'c'",
    "1",
    "2u",
    "1.5",
    "0x1F",
    "1e9",
    "-",
    "!",
    "(",
    ")",
    "[",
    "]",
    "{",
    "}",
    ",",
    ":",
    "?",
    ".",
    "==",
    "!=",
    "<",
    ">=",
    "in",
    "&&",
    "||",
    "+",
    "*",
    "/",
    "%",
    "true",
    "null",
    "has",
    "has(x.y)",
    ".all(e, e)",
    ".exists(e,",
    ".map(e, [e])",
    "size(",
    ".matches('",
    ".extract('{",
    "’",
    "=",
    "&",
    ";",
    "and",
    "// c\n",
    "'''",
    "\\",
    "`",
    "é",
    " ",
    "\n",
    "math.greatest(1)",
    ".?",
    "assertion.oidc.circleci.com/project-id",
    "as",
    "list",
    "\u{0}",
];

proptest! {
    #![proptest_config(ProptestConfig { cases: 2_000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_text_is_read(text in prop_oneof![any::<String>(), "\\PC{0,40}", "[-a-z0-9'\"()\\[\\]{}.,:?!=<>&|+*/% \\\\]{0,40}"]) {
        hold(&text);
    }

    #[test]
    fn any_words_are_read(words in prop::collection::vec(prop::sample::select(WORDS), 0..24), space in prop::bool::ANY) {
        hold(&words.join(if space { " " } else { "" }));
    }

    #[test]
    fn an_expression_cut_off_or_damaged_is_read(at in 0_usize..200, cut in 0_usize..4, put in prop::sample::select(WORDS)) {
        let text = "assertion.sub.startsWith(\"org/é/\") && ('c1' in assertion['oidc.circleci.com/context-ids'] || has(assertion.x)) \
            ? [1, 2.5, -3].all(n, n * 2 < 7) : {'a': [x], 'b': r'\\d'} == {'a': x + '😀'}";
        let start = text.floor_char_boundary(at.min(text.len()));
        let end = text.ceil_char_boundary((start + cut).min(text.len()));
        hold(&text[..start]);
        hold(&format!("{}{put}{}", &text[..start], &text[end..]));
    }

    #[test]
    fn any_pattern_is_matched(pattern in prop_oneof!["\\PC{0,20}", "[-a-c()\\[\\]{}0-9,*+?|^$.\\\\dwsbiSpQE:=<>!P]{0,20}"], text in "\\PC{0,20}") {
        let environment = Environment::default().with("p", Value::text(&pattern)).with("t", Value::text(&text));
        let expression = Expression::parse("t.matches(p)").expect("an expression");
        let result = expression.evaluate(&environment);
        assert!(result.value.cause().is_none_or(|cause| cause.reason != Reason::Budget));
    }
}

/// Whether an evaluation is over the budget of steps.
fn is_over(text: &str) -> bool {
    let environment = environment(r#"{"sub": "org/o"}"#, false);
    let expression = Expression::parse(text).unwrap_or_else(|problem| panic!("{text}: {problem:?}"));
    let start = Instant::now();
    let result = expression.evaluate(&environment);
    // The bound is for a debug build on a busy machine; what it has to catch takes hours.
    assert!(start.elapsed().as_secs() < 20, "{text} took {:?}", start.elapsed());
    println!("{:?} for {} characters", start.elapsed(), text.len());
    let over = result.value.cause().is_some_and(|cause| cause.reason == Reason::Budget);
    assert!(!over || result.outcome() == Outcome::Unknown);
    over
}

#[test]
fn the_budget_of_steps_bounds_every_evaluation() {
    let ten = "[0, 1, 2, 3, 4, 5, 6, 7, 8, 9]";
    let nested =
        |levels: usize| (0..levels).fold("true".to_owned(), |inner, level| format!("{ten}.all(v{level}, {inner})"));
    assert!(!is_over(&nested(3)));
    assert!(is_over(&nested(7)));
    let growing = |times: usize| (0..times).fold("['aaaaaaaa']".to_owned(), |list, _| format!("{list}.map(s, s + s)"));
    assert!(!is_over(&growing(4)));
    assert!(is_over(&growing(60)));
    let lists = |times: usize| (0..times).fold("[1]".to_owned(), |list, _| format!("{list}.map(s, [s, s])"));
    let one = lists(50);
    assert!(is_over(&format!("{one} == {one}")));
    let replaced = (0..60).fold("'ab'".to_owned(), |text, _| format!("{text}.replace('a', 'aa')"));
    assert!(is_over(&replaced));
    let pattern = format!("'{}'.matches('(a|a|a)*{}b')", "a".repeat(3_000), "a?".repeat(400));
    assert!(is_over(&pattern));
}

/// Every way to nest, at the limit and beyond it. The limit is this program's, so it is not certain that Google refuses.
#[test]
fn nesting_and_size_are_limited() {
    let rows = [
        ("(", "x", ")"),
        ("[", "x", "]"),
        ("{1:", "x", "}"),
        ("size(", "x", ")"),
        ("x ? x : ", "x", ""),
        ("x[", "0", "]"),
        ("", "x", ".y"),
        ("", "x", "[0]"),
        ("", "x", " + x"),
        ("", "x", ".f()"),
        ("-(", "x", ")"),
        ("x || (", "x", ")"),
        ("[x].all(e, ", "x", ")"),
        ("1 * 2 + 3 < (", "4", ")"),
        ("has(", "x", ".a)"),
        ("", "x", " == x"),
        ("x.f(", "x", ")"),
    ];
    for (before, middle, after) in rows {
        for levels in [10, NESTING / 2, NESTING, NESTING * 2, 3_000] {
            let text = format!("{}{middle}{}", before.repeat(levels), after.repeat(levels));
            hold(&text);
            let problem = Expression::parse(&text).err();
            let refused = problem.as_ref().is_some_and(|problem| !problem.certain);
            if levels <= 10 {
                assert!(!refused, "{before}{middle}{after} × {levels}: {problem:?}");
            }
            if levels > NESTING {
                assert!(problem.is_some(), "{before}{middle}{after} × {levels}");
            }
        }
    }
    // In a row, nothing is nested.
    for row in ["x && ", "x || ", "!", "--"] {
        hold(&format!("{}x", row.repeat(NODES / 2)));
    }
    assert!(Expression::parse(&format!("{}x", "x || ".repeat(NODES / 2))).is_ok());
    assert!(Expression::parse(&format!("[{}]", "1,".repeat(NODES))).is_err());
    hold(&"a".repeat(200_000));
    hold(&" ".repeat(200_000));
    hold(&format!("'{}'", "a".repeat(200_000)));
    hold(&"'a' ".repeat(50_000));
    const { assert!(CONDITION_CHARACTERS > NODES) };
}
