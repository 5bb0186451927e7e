//! What expressions come to, which part decides, and what is said of those that Google refuses.

#![cfg(not(target_arch = "wasm32"))]
#![expect(clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

use circleci_oidc::{
    json::{Text, read},
    report::Outcome::{self, Fail, Pass, Unknown},
    token::Claims,
    trust::gcp::cel::{Data, Environment, Expression, Kinds, Map, Reason, Traced, Value, assertion},
};

const CLAIMS: &str = r#"{
    "iss": "https://oidc.circleci.com/org/o", "sub": "org/o/project/p/user/u", "aud": "o", "iat": 1763071432,
    "oidc.circleci.com/vcs-ref": "refs/heads/main", "oidc.circleci.com/vcs-origin": "github.com/acme/web",
    "oidc.circleci.com/ssh-rerun": false, "oidc.circleci.com/context-ids": ["c1", "c2"], "twice": 1, "twice": 2, "same": 1, "same": 1.0,
    "large": 1e300, "nothing": null
}"#;

fn environment(partial: bool) -> Environment {
    let document = read(&Text::pasted(CLAIMS)).expect("JSON");
    let claims = Claims::from_node(&document.root, partial).expect("an object");
    let attributes = vec![(Value::text("project"), Value::text("p"))];
    let map = |entries| Value::from(Data::Map(Map { entries, partial: false }));
    Environment::default()
        .with("assertion", assertion(&claims))
        .with("google", map(vec![(Value::text("subject"), Value::text("org/o/project/p/user/u"))]))
        .with("attribute", map(attributes))
}

fn parse(text: &str) -> Expression {
    Expression::parse(text).unwrap_or_else(|problem| panic!("{text}: {problem:?}"))
}

/// The outcome, the texts of the parts that decide, and the reason of the first of them.
fn decide(text: &str, partial: bool) -> (Outcome, Vec<String>, Option<Reason>) {
    let (expression, environment) = (parse(text), environment(partial));
    let traced = expression.evaluate(&environment);
    let deciding = traced.deciding();
    let texts = deciding.iter().map(|part| expression.slice(part.node).to_owned()).collect();
    let reason = deciding.first().and_then(|part| part.value.cause()).map(|cause| cause.reason);
    (traced.outcome(), texts, reason)
}

/// `t`, `f`, `e` and `u` as expressions with these values.
fn operand(letter: char) -> &'static str {
    match letter {
        't' => "(assertion.aud == 'o')",
        'f' => "(assertion.aud == 'x')",
        'e' => "(assertion.missing == 'x')",
        'u' => "(assertion.twice == 1)",
        other => panic!("{other}"),
    }
}

fn letter(traced: &Traced<'_>) -> char {
    match &*traced.value {
        Data::Bool(true) => 't',
        Data::Bool(false) => 'f',
        Data::Error(_) => 'e',
        Data::Unknown(..) => 'u',
        other => panic!("{other:?}"),
    }
}

/// Left, right, `&&`, `||`, `==` of the two (which absorbs nothing); whether `&&` and `||` may let in.
#[test]
fn absorption() {
    let environment = environment(false);
    for row in [
        "tt ttt PP",
        "tf ftf FP",
        "te ete FP",
        "tu utu UP",
        "ff fft FF",
        "fe fee FF",
        "fu fuu FU",
        "ee eee FF",
        "eu uue FU",
        "uu uuu UU",
    ] {
        let [left, right, _, and, or, equal, _, and_outcome, or_outcome] = row.chars().collect::<Vec<_>>()[..] else {
            panic!("{row}");
        };
        for (left, right) in [(left, right), (right, left)] {
            let joined = |operator: &str| format!("{} {operator} {}", operand(left), operand(right));
            for (operator, expected, outcome) in
                [("&&", and, Some(and_outcome)), ("||", or, Some(or_outcome)), ("==", equal, None)]
            {
                let expression = parse(&joined(operator));
                let traced = expression.evaluate(&environment);
                assert_eq!(letter(&traced), expected, "{}", joined(operator));
                let own = match traced.outcome() {
                    Pass => 'P',
                    Fail => 'F',
                    _ => 'U',
                };
                assert!(outcome.is_none_or(|outcome| outcome == own), "{}: {own}", joined(operator));
            }
            // The macros absorb as the operators do.
            let over = |name: &str| {
                format!(
                    "['{left}', '{right}'].{name}(e, e == 't' ? {} : e == 'f' ? {} : e == 'e' ? {} : {})",
                    operand('t'),
                    operand('f'),
                    operand('e'),
                    operand('u')
                )
            };
            for (name, expected) in [("all", and), ("exists", or)] {
                let expression = parse(&over(name));
                assert_eq!(letter(&expression.evaluate(&environment)), expected, "{}", over(name));
            }
        }
    }
    for (text, expected) in [
        ("!t", 'f'),
        ("!f", 't'),
        ("!e", 'e'),
        ("!u", 'u'),
        ("t ? f : e", 'f'),
        ("f ? e : t", 't'),
        ("e ? t : t", 'e'),
        ("u ? t : t", 'u'),
    ] {
        let text: String =
            text.chars().map(|c| if c.is_alphabetic() { operand(c).to_owned() } else { c.to_string() }).collect();
        assert_eq!(letter(&parse(&text).evaluate(&environment)), expected, "{text}");
    }
}

#[test]
fn what_decides() {
    use Reason::{Absent, NotTold, Type, Undocumented};
    let rows: &[(&str, Outcome, &[&str], Option<Reason>)] = &[
        ("assertion.aud == 'o'", Pass, &["assertion.aud == 'o'"], None),
        ("assertion.aud == 'o' && attribute.project == 'q'", Fail, &["attribute.project == 'q'"], None),
        (
            "attribute.project == 'q' || assertion.aud == 'x'",
            Fail,
            &["attribute.project == 'q'", "assertion.aud == 'x'"],
            None,
        ),
        ("attribute.project == 'q' || assertion.aud == 'o'", Pass, &["assertion.aud == 'o'"], None),
        ("assertion.aud == 'o' && assertion.environment == 'x'", Fail, &["assertion.environment"], Some(Absent)),
        ("attribute.branch == 'main'", Fail, &["attribute.branch"], Some(Absent)),
        ("!(assertion.aud == 'o')", Fail, &["(assertion.aud == 'o')"], None),
        ("assertion.sub.startsWith('org/x')", Fail, &["assertion.sub.startsWith('org/x')"], None),
        (
            "'c3' in assertion['oidc.circleci.com/context-ids']",
            Fail,
            &["'c3' in assertion['oidc.circleci.com/context-ids']"],
            None,
        ),
        ("assertion['oidc.circleci.com/context-ids'].all(c, c == 'c1')", Fail, &["c == 'c1'"], None),
        (
            "assertion['oidc.circleci.com/context-ids'].exists(c, c == 'c3')",
            Fail,
            &["assertion['oidc.circleci.com/context-ids'].exists(c, c == 'c3')"],
            None,
        ),
        ("assertion.sub", Fail, &["assertion.sub"], None),
        ("assertion.sub && true", Fail, &["assertion.sub"], Some(Type)),
        (
            "assertion['oidc.circleci.com/ssh-rerun'] != 'true'",
            Pass,
            &["assertion['oidc.circleci.com/ssh-rerun'] != 'true'"],
            None,
        ),
        (
            "assertion['oidc.circleci.com/context-ids'].startsWith('c')",
            Fail,
            &["assertion['oidc.circleci.com/context-ids'].startsWith('c')"],
            Some(Type),
        ),
        ("assertion.twice == 1", Unknown, &["assertion.twice"], Some(Undocumented)),
        ("assertion.same == 1", Unknown, &["assertion.same"], Some(Undocumented)),
        ("assertion.large > 1.0", Unknown, &["assertion.large"], Some(Undocumented)),
        ("string(assertion.iat) == '1763071432'", Unknown, &["string(assertion.iat)"], Some(Undocumented)),
        (
            "timestamp('2026-01-01T00:00:00Z') < timestamp('2027-01-01T00:00:00Z')",
            Unknown,
            &["timestamp('2026-01-01T00:00:00Z')", "timestamp('2027-01-01T00:00:00Z')"],
            Some(Undocumented),
        ),
        ("math.greatest(1, 2) == 2", Unknown, &["math.greatest(1, 2)"], Some(Undocumented)),
        (
            "assertion.sub.extract('no braces') == 'a'",
            Unknown,
            &["assertion.sub.extract('no braces')"],
            Some(Undocumented),
        ),
        (
            "assertion.sub.extract('/user/{user_id}/') == ''",
            Pass,
            &["assertion.sub.extract('/user/{user_id}/') == ''"],
            None,
        ),
        ("assertion.aud == 'x' ? true : assertion.sub == 'y'", Fail, &["assertion.sub == 'y'"], None),
        ("has(assertion.missing)", Fail, &["has(assertion.missing)"], None),
        ("assertion.iat > 1700000000", Pass, &["assertion.iat > 1700000000"], None),
        ("assertion.iat + 1 > 0", Fail, &["assertion.iat + 1"], Some(Type)),
        ("assertion.sub.matches('(')", Fail, &["assertion.sub.matches('(')"], Some(Reason::Value)),
        ("size(google.subject) <= 127", Pass, &["size(google.subject) <= 127"], None),
        (
            "{'refs/heads/main': 'prod'}[assertion['oidc.circleci.com/vcs-ref']] == 'prod'",
            Pass,
            &["{'refs/heads/main': 'prod'}[assertion['oidc.circleci.com/vcs-ref']] == 'prod'"],
            None,
        ),
    ];
    for (text, outcome, deciding, reason) in rows {
        let (own, texts, why) = decide(text, false);
        assert_eq!(
            (own, texts.iter().map(String::as_str).collect::<Vec<_>>(), why),
            (*outcome, deciding.to_vec(), *reason),
            "{text}"
        );
    }
    let partial: &[(&str, Outcome, &[&str])] = &[
        ("assertion.environment == 'x'", Unknown, &["assertion.environment"]),
        ("assertion.environment == 'x' && assertion.aud == 'x'", Fail, &["assertion.aud == 'x'"]),
        ("has(assertion.environment)", Unknown, &["has(assertion.environment)"]),
        ("'sub' in assertion", Pass, &["'sub' in assertion"]),
        ("assertion.all(k, k != 'sub')", Fail, &["k != 'sub'"]),
        ("assertion.exists(k, k == 'x')", Unknown, &["assertion.exists(k, k == 'x')"]),
        ("size(assertion) > 1", Unknown, &["size(assertion)"]),
        ("assertion == {}", Fail, &["assertion == {}"]),
        ("assertion == assertion", Unknown, &["assertion == assertion"]),
        ("assertion.environment.startsWith(1)", Fail, &["assertion.environment.startsWith(1)"]),
    ];
    for (text, outcome, deciding) in partial {
        let (own, texts, why) = decide(text, true);
        assert_eq!(
            (own, texts.iter().map(String::as_str).collect::<Vec<_>>()),
            (*outcome, deciding.to_vec()),
            "{text}"
        );
        assert!(own != Unknown || why == Some(NotTold), "{text}: {why:?}");
    }
}

#[test]
fn sides_of_comparisons() {
    let environment = environment(false);
    for (text, actual, expected) in [
        ("assertion.aud == 'x'", "assertion.aud", "'x'"),
        ("'x' == assertion.aud", "assertion.aud", "'x'"),
        ("'c3' in assertion['oidc.circleci.com/context-ids']", "assertion['oidc.circleci.com/context-ids']", "'c3'"),
        ("assertion.aud in ['x', 'y']", "assertion.aud", "['x', 'y']"),
        ("assertion.sub.startsWith('x')", "assertion.sub", "'x'"),
        ("assertion.sub.matches('^x$')", "assertion.sub", "'^x$'"),
        ("google.subject == assertion.sub", "google.subject", "assertion.sub"),
    ] {
        let expression = parse(text);
        let traced = expression.evaluate(&environment);
        let sides = traced.sides().expect("two sides");
        assert_eq!((expression.slice(sides.actual.node), expression.slice(sides.expected.node)), (actual, expected));
    }
    for text in ["has(assertion.sub)", "assertion.sub", "size(assertion.sub)", "!true", "true && false", "1 + 2"] {
        assert!(parse(text).evaluate(&environment).sides().is_none(), "{text}");
    }
    let vacuous = parse("[].all(e, e == 'x')");
    assert!(vacuous.evaluate(&environment).is_vacuous());
}

#[test]
fn references_and_functions_that_are_not_documented() {
    let expression = parse(
        "assertion.sub == 'a' && 'b' in assertion && has(attribute.c) && assertion['d'].all(e, e.f != google[assertion.g].trim())",
    );
    let found: Vec<_> =
        expression.references().iter().map(|found| (found.variable, found.name, found.presence)).collect();
    let expected = [
        ("assertion", "sub", false),
        ("assertion", "b", true),
        ("attribute", "c", true),
        ("assertion", "d", false),
        ("e", "f", false),
        ("assertion", "g", false),
    ];
    assert_eq!(found, expected);
    let names: Vec<_> = expression.undocumented().iter().map(|(name, _)| *name).collect();
    assert_eq!(names, ["trim", "all"]);
}

/// Text, the place that the problem marks, a part of its message, the fix; and whether Google certainly refuses it.
#[test]
fn problems() {
    let rows: &[(&str, &str, &str, Option<&str>, bool)] = &[
        ("", "", "go on", None, true),
        ("assertion.sub = 'x'", "=", "CEL has no =; write ==", Some("=="), true),
        ("assertion.sub === 'x'", "===", "write ==", Some("=="), true),
        ("assertion.sub !== 'x'", "!==", "write !=", Some("!="), true),
        ("assertion.sub == 'x' and true", "and", "CEL has no and; write &&", Some("&&"), true),
        ("assertion.sub == 'x' OR true", "OR", "write ||", Some("||"), true),
        ("not assertion.x", "not", "write !", Some("!"), true),
        ("true & false", "&", "write &&", Some("&&"), true),
        ("true | false", "|", "write ||", Some("||"), true),
        ("assertion.sub == ‘x y’", "‘x y’", "typographic quote", Some("'x y'"), true),
        ("assertion.sub == “x”", "“x”", "typographic quote", Some("'x'"), true),
        ("assertion.sub == 'x';", ";", "semicolon", Some(""), true),
        ("assertion.sub == 'x", "'x", "not closed", None, true),
        ("assertion.sub == \"x'", "\"x'", "not closed", None, true),
        ("(assertion.sub == 'x'", "(", "not closed", None, true),
        ("assertion['sub' == 'x'", "[", "not closed", None, true),
        ("assertion.sub == 'x')", ")", "cannot stand here", None, true),
        ("assertion.sub ==", "==", "go on", None, true),
        ("assertion.sub 'x'", "'x'", "an operator is missing between sub and 'x'", None, true),
        ("assertion.sub == 'a\\d'", "\\d", "no escape", Some("\\\\d"), true),
        ("99999999999999999999 > 1", "99999999999999999999", "no number", None, true),
        ("1x > 1", "1x", "no number", None, true),
        ("assertion.in", "in", "reserved word", None, true),
        ("for == 1", "for", "reserved word", None, true),
        ("has(assertion['a/b'])", "has(assertion['a/b'])", "has() takes", Some("'a/b' in assertion"), true),
        ("has(assertion)", "has(assertion)", "has() takes", None, true),
        (
            "has(assertion.oidc.circleci.com/vcs-ref)",
            "has(assertion.oidc.circleci.com/vcs-ref)",
            "has() takes",
            Some("'oidc.circleci.com/vcs-ref' in assertion"),
            true,
        ),
        ("[1].all(1, true)", "1", "variable", None, true),
        ("assertion.list.exists('c1')", "exists", "takes a variable and what is to hold", None, true),
        ("assertion.?sub == 'x'", "?", "optional syntax", None, false),
        ("assertion.`a/b`", "`", "backticks", None, false),
        ("assertion.sub == $x", "$", "CEL has no $", None, true),
    ];
    for (text, place, words, fix, certain) in rows {
        let problem = Expression::parse(text).expect_err(text);
        let found = text.get(problem.at.clone()).expect("a place");
        assert!(problem.message.contains(words), "{text}: {}", problem.message);
        assert_eq!(
            (found, problem.fix.as_deref(), problem.certain),
            (*place, *fix, *certain),
            "{text}: {}",
            problem.message
        );
        if let Some(fix) = fix {
            let mut fixed = (*text).to_owned();
            fixed.replace_range(problem.at, fix);
            parse(&fixed);
        }
    }
}

/// Text, the place that the problem marks, a part of its message, the fix.
#[test]
fn checks() {
    let environment = environment(false);
    let rows: &[(&str, &str, &str, Option<&str>)] = &[
        (
            "assertion.oidc.circleci.com/project-id == 'p'",
            "assertion.oidc.circleci.com/project-id",
            "in brackets and quotes",
            Some("assertion['oidc.circleci.com/project-id']"),
        ),
        ("attribute.ref == refs/heads/main", "refs", "there is no variable refs", None),
        ("sub == 'x'", "sub", "only assertion, google, attribute; a text stands in quotes", None),
        ("assertion.x == True", "True", "no variable", Some("true")),
        ("assertion.x == None", "None", "no variable", Some("null")),
        ("assertion.sub.startswith('x')", "startswith", "no function startswith", Some("startsWith")),
        ("assertion.sub.toLowerCase() == 'x'", "toLowerCase", "no function", Some("lowerAscii")),
        ("len(assertion.sub) > 1", "len", "no function", Some("size")),
        ("frobnicate(assertion.sub)", "frobnicate", "no function", None),
        ("assertion.sub.startsWith(1)", "assertion.sub.startsWith(1)", "takes a string, not an int", None),
        ("assertion.sub.startsWith('a', 'b')", "startsWith", "like this", None),
        ("'a' in 'abc'", "'a' in 'abc'", "takes a list or a map, not a string", None),
        ("assertion.sub && 'x'", "'x'", "expected true or false, got a string", None),
        ("'a' == 1", "'a' == 1", "on its sides", None),
        ("'a' == null", "'a' == null", "a string and null on its sides", None),
        ("assertion.x.split('/')[1] != 1", "assertion.x.split('/')[1] != 1", "a string and an int on its sides", None),
        ("size(assertion.sub) != 1.0", "size(assertion.sub) != 1.0", "an int and a double on its sides", None),
        ("assertion.x ? 'a' : true", "assertion.x ? 'a' : true", "a string and a boolean", None),
        ("size(assertion.sub) == '3'", "size(assertion.sub) == '3'", "on its sides", None),
        ("1 + 'a' == 'b'", "1 + 'a'", "on its sides", None),
        ("'refs/heads/main'", "'refs/heads/main'", "has to be a boolean", None),
        ("assertion.sub + 'x'", "assertion.sub + 'x'", "the result is a string, but it has to be a boolean", None),
        ("size(assertion.sub)", "size(assertion.sub)", "has to be a boolean", None),
        ("'a'.exists(c, true)", "'a'.exists(c, true)", "a list or a map, not a string", None),
        ("[1, 2].all(n, n + assertion.x)", "n + assertion.x", "expected true or false", None),
    ];
    for (text, place, words, fix) in rows {
        let problems = parse(text).check(&environment, Kinds::BOOL);
        let problem = problems.first().unwrap_or_else(|| panic!("{text}: no problem"));
        assert!(problem.message.contains(words), "{text}: {}", problem.message);
        assert_eq!(
            (text.get(problem.at.clone()), problem.fix.as_deref()),
            (Some(*place), *fix),
            "{text}: {}",
            problem.message
        );
    }
    for text in [
        "assertion.sub == 1",
        "assertion.x",
        "assertion.x && google.subject == 'x'",
        "assertion.x == 1.0",
        "assertion.x == null",
        "int(null) < 1",
        "dyn(1) == 'a'",
        "[1, 'a'][0] == 'a'",
        "{'a': 1}.a == 'x'",
        "[1, 'a'].exists(e, e == 'a')",
        "timestamp('x') < timestamp('y')",
        "math.least(1, 2) == 1",
        "assertion.x.map(e, e)[0].y",
        "assertion.x > 1 || assertion.y",
        "type(assertion.x) == string",
        "true ? assertion.x : false",
    ] {
        let mut problems = parse(text).check(&environment, Kinds::BOOL);
        problems.retain(|problem| problem.certain);
        assert_eq!(problems, [], "{text}");
    }
    // What Google may refuse, for all that is known.
    for text in [
        "true || math.least(1, 2) == 1",
        "assertion.x.exists(e, e == 1)",
        "timestamp('x') == timestamp('y')",
        "size('a') < 1.5",
    ] {
        assert!(parse(text).check(&environment, Kinds::BOOL).iter().any(|problem| !problem.certain), "{text}");
    }
    let mapping = Environment::default().with("assertion", Value::text(""));
    assert_eq!(parse("google.subject").check(&mapping, Kinds::STRING).len(), 1);
}

/// The examples of <https://cloud.google.com/iam/docs/conditions-attribute-reference#extract>.
#[test]
fn extract() {
    let value = "projects/_/buckets/acme-orders-aaa/objects/data_lake/orders/order_date=2019-11-03/aef87g87ae0876";
    for (template, expected) in [
        ("/order_date={date}/", Some("2019-11-03")),
        ("buckets/{name}/", Some("acme-orders-aaa")),
        ("/orders/{empty}order_date", Some("")),
        ("{start}/objects/data_lake", Some("projects/_/buckets/acme-orders-aaa")),
        ("orders/{end}", Some("order_date=2019-11-03/aef87g87ae0876")),
        ("{all}", Some(value)),
        ("/orders/{none}/order_date=", Some("")),
        ("/orders/order_date=2019-11-03/{id}/data_lake", Some("")),
        ("", None),
        ("projects", None),
        ("{", None),
        ("}{a}", None),
        ("{a}{b}", None),
        ("{}", None),
        ("{a b}", None),
    ] {
        let expression = parse(&format!("'{value}'.extract('{template}')"));
        let traced = expression.evaluate(&Environment::default());
        assert_eq!(traced.value.as_str(), expected, "{template}");
        assert_eq!(traced.value.cause().map(|cause| cause.reason), expected.is_none().then_some(Reason::Undocumented));
    }
}

#[test]
fn values_as_json() {
    let environment = environment(false);
    for (text, expected) in [
        ("assertion['oidc.circleci.com/context-ids']", Some(r#"["c1","c2"]"#)),
        ("assertion.iat", Some("1763071432")),
        ("1.5 + 2.25", Some("3.75")),
        ("-0.0001", Some("-0.0001")),
        ("9223372036854775807", Some("9223372036854775807")),
        ("{'a': [true, null], 1: {}}", Some(r#"{"a":[true,null],"1":{}}"#)),
        ("type(1)", Some(r#""int""#)),
        ("1e300", None),
        ("b'a'", None),
        ("assertion", None),
        ("assertion.missing", None),
        (
            "[1].map(x, 'abc'.split('').map(y, 'abc'.split('').map(z, 'abcdefghijklmnopqrstuvwxyz0123456789abcdefghijklmnopqrstuvwxyz'.split(''))))",
            None,
        ),
    ] {
        let value = parse(text).evaluate(&environment).value.to_json();
        assert_eq!(value.map(|value| value.to_json()).as_deref(), expected, "{text}");
    }
}
