//! What holds for every fix that is shown: pasted into the policy's text where it says, it lets the token in, and besides
//! it those whom it names and nobody else of those that were tried.

#![cfg(not(target_arch = "wasm32"))]
#![expect(clippy::expect_used, clippy::indexing_slicing, reason = "a test fails by panicking")]

use std::{cell::Cell, time::Instant};

use circleci_oidc::boundary::call;
use proptest::{prelude::*, test_runner::TestRunner};
use serde_json::{Value, json};

const CASES: u32 = 300;
const ROLE: &str = "arn:aws:iam::123456789012:role/deploy";

/// A job, as its token tells it.
#[derive(Clone, Debug)]
struct Job {
    org: String,
    project: String,
    user: String,
    /// Repository and ref, of a V2 token.
    vcs: Option<(String, String)>,
    audience: Option<String>,
}

impl Job {
    fn provider(&self) -> String {
        format!("oidc.circleci.com/org/{}", self.org)
    }

    fn v1(&self) -> String {
        format!("org/{}/project/{}/user/{}", self.org, self.project, self.user)
    }

    fn v2(&self, origin: &str, reference: &str) -> String {
        format!("{}/vcs-origin/{origin}/vcs-ref/{reference}", self.v1())
    }

    fn subject(&self) -> String {
        self.vcs.as_ref().map_or_else(|| self.v1(), |(origin, reference)| self.v2(origin, reference))
    }

    fn claims(&self) -> Value {
        json!({
            "iss": format!("https://{}", self.provider()), "aud": self.audience.as_ref().unwrap_or(&self.org),
            "sub": self.subject(), "iat": 1_763_071_432, "exp": 1_763_075_032,
            "oidc.circleci.com/org-id": self.org, "oidc.circleci.com/project-id": self.project,
            "oidc.circleci.com/vcs-origin": self.vcs.as_ref().map_or("github.com/acme/web", |(origin, _)| origin),
            "oidc.circleci.com/vcs-ref": self.vcs.as_ref().map_or("refs/heads/main", |(_, reference)| reference),
            "oidc.circleci.com/ssh-rerun": false,
        })
    }
}

fn id() -> impl Strategy<Value = String> {
    "[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}"
}

fn job() -> impl Strategy<Value = Job> {
    let reference = prop::sample::select(vec![
        "refs/heads/main",
        "refs/heads/Release/1.0",
        "refs/tags/v1",
        "refs/heads/pull/7",
        "refs/heads/a\"b",
        "refs/heads/a*b",
        "refs/heads/${aws:username}",
        "refs/heads/m\u{430}in",
        "refs/heads/é",
        "refs/heads/a\u{ad}b",
    ]);
    let vcs = prop::option::weighted(
        0.7,
        (prop::sample::select(vec!["github.com/acme/web", "github.com/Acme/W"]), reference),
    );
    let audience = prop::option::weighted(0.1, Just("pypi".to_owned()));
    (id(), id(), id(), vcs, audience).prop_map(|(org, project, user, vcs, audience)| Job {
        org,
        project,
        user,
        vcs: vcs.map(|(origin, reference)| (origin.to_owned(), reference.to_owned())),
        audience,
    })
}

/// What goes wrong when people write down a text: some of it settled by a fix, some of it not.
#[derive(Clone, Debug)]
enum Slip {
    None,
    Upper,
    Slash,
    Space,
    Hidden,
    Before,
    Behind,
    OneDigit(usize),
    NoDigit(usize),
    Star(usize),
    Swapped,
    Foreign,
    NoHeads,
    Cut,
}

fn slip() -> impl Strategy<Value = Slip> {
    prop_oneof![
        6 => Just(Slip::None),
        1 => Just(Slip::Upper),
        1 => Just(Slip::Slash),
        1 => Just(Slip::Space),
        1 => Just(Slip::Hidden),
        1 => Just(Slip::Before),
        1 => Just(Slip::Behind),
        1 => (0_usize..36).prop_map(Slip::OneDigit),
        1 => (0_usize..36).prop_map(Slip::NoDigit),
        3 => (0_usize..12).prop_map(Slip::Star),
        1 => Just(Slip::Swapped),
        1 => Just(Slip::Foreign),
        1 => Just(Slip::NoHeads),
        1 => Just(Slip::Cut),
    ]
}

/// A text with a slip in it.
fn slipped(text: &str, slip: &Slip, job: &Job) -> String {
    let digit = |at: usize, digit: &str| {
        let start = text.find(&job.project).unwrap_or(0).saturating_add(at);
        let rest: String = text.chars().skip(start.saturating_add(1)).collect();
        format!("{}{digit}{rest}", text.get(..start).unwrap_or(text))
    };
    match slip {
        Slip::None => text.to_owned(),
        Slip::Upper => text.to_uppercase(),
        Slip::Slash => format!("{text}/"),
        Slip::Space => format!("{text} "),
        Slip::Hidden => text.replacen('-', "\u{ad}-", 1),
        Slip::Before => format!("repo:{text}"),
        Slip::Behind => format!("{text}:pull_request"),
        Slip::OneDigit(at) => digit(*at, "0"),
        Slip::NoDigit(at) => digit(*at, ""),
        Slip::Star(at) => {
            let mut segments: Vec<&str> = text.split('/').collect();
            let last = segments.len().saturating_sub(1);
            if let Some(segment) = segments.get_mut((*at).min(last)) {
                *segment = "*";
            }
            segments.join("/")
        }
        Slip::Swapped => text.replace(&job.org, "\n").replace(&job.project, &job.org).replace('\n', &job.project),
        Slip::Foreign => "sts.amazonaws.com".to_owned(),
        Slip::NoHeads => text.replace("/vcs-ref/refs/heads/", "/vcs-ref/"),
        Slip::Cut => text.split("/user/").next().unwrap_or_default().to_owned(),
    }
}

/// One condition of a policy.
#[derive(Clone, Debug)]
struct Condition {
    operator: &'static str,
    claim: &'static str,
    /// Of the subject: whether the policy has the V1 form.
    v1: bool,
    value: Slip,
    key: usize,
    /// Another value before this one.
    list: bool,
}

fn condition() -> impl Strategy<Value = Condition> {
    let operator = prop::sample::select(vec![
        "StringEquals",
        "StringEquals",
        "StringLike",
        "ForAnyValue:StringEquals",
        "StringEqualsIfExists",
        "StringNotEquals",
    ]);
    let claim =
        prop::sample::select(vec!["aud", "sub", "sub", "oidc.circleci.com/project-id", "project-id", "subject"]);
    (operator, claim, any::<bool>(), slip(), 0_usize..16, any::<bool>())
        .prop_map(|(operator, claim, v1, value, key, list)| Condition { operator, claim, v1, value, key, list })
}

fn policy(job: &Job, conditions: &[Condition], principal: usize, action: usize, other: usize, pretty: bool) -> String {
    let name = job.provider();
    let mut operators = serde_json::Map::new();
    for condition in conditions {
        let (origin, reference) =
            job.vcs.clone().unwrap_or(("github.com/acme/web".to_owned(), "refs/heads/main".to_owned()));
        let right = match condition.claim {
            "aud" => job.org.clone(),
            "sub" | "subject" if condition.v1 => job.v1(),
            "sub" | "subject" => job.v2(&origin, &reference),
            _ => job.project.clone(),
        };
        let prefix = match condition.key {
            0 => "oidc.circleci.com".to_owned(),
            1 => format!("https://{name}"),
            2 => format!("{name}/"),
            3 => format!("oidc.circleci.com/org/{}", job.project),
            4 => name.replacen('-', "\u{ad}-", 1),
            5 => name.to_uppercase(),
            _ => name.clone(),
        };
        let value = slipped(&right, &condition.value, job);
        let value = if condition.list { json!(["x", value]) } else { json!(value) };
        let keys = operators.entry(condition.operator).or_insert_with(|| json!({}));
        keys[format!("{prefix}:{}", condition.claim)] = value;
    }
    let arn = |name: &str| format!("arn:aws:iam::123456789012:oidc-provider/{name}");
    let federated = match principal {
        0 => arn("oidc.circleci.com"),
        1 => arn(&format!("{name}/")),
        2 => arn(&format!("https://{name}")),
        3 => arn(&name.to_uppercase()),
        4 => arn(&name).replace("123456789012", "210987654321"),
        5 => arn(&format!("oidc.circleci.com/org/{}", job.project)),
        6 => arn(&name).replace("123456789012", "ACCOUNT"),
        _ => arn(&name),
    };
    let action =
        ["sts:AssumeRole", "sts:AssumeRoleWithSAML"].get(action).copied().unwrap_or("sts:AssumeRoleWithWebIdentity");
    let statement = json!({
        "Effect": "Allow", "Principal": { "Federated": federated }, "Action": action, "Condition": operators,
    });
    let more = |effect: &str, condition: Value| {
        json!({ "Effect": effect, "Principal": { "Federated": arn(&name) }, "Action": "sts:AssumeRoleWithWebIdentity",
            "Condition": condition })
    };
    let key = format!("{name}:sub");
    let statements = match other {
        0 => json!([more("Deny", json!({ "StringLike": { key: "org/*" } })), statement]),
        1 => json!([more("Deny", json!({ "StringNotLike": { key: format!("org/{}/*", job.org) } })), statement]),
        2 => json!([statement, more("Allow", json!({ "StringEquals": { key: job.v1().to_uppercase() } }))]),
        _ => statement,
    };
    let policy = json!({ "Version": "2012-10-17", "Statement": statements });
    if pretty { serde_json::to_string_pretty(&policy).expect("JSON") } else { policy.to_string() }
}

fn evaluate(job: &Job, policy: &str) -> Value {
    let trust = json!({ "provider": "aws", "name": ROLE, "policy": policy });
    let argument = json!({ "claims": job.claims(), "trust": trust }).to_string();
    serde_json::from_str(&call("evaluate", &argument).expect("a result")).expect("JSON")
}

/// Every hint with a fix below these steps.
fn fixes(steps: &Value) -> Vec<&Value> {
    let steps = steps.as_array().into_iter().flatten();
    steps
        .flat_map(|step| {
            let own = Some(&step["hint"]).filter(|hint| hint["fix"].is_string());
            own.into_iter().chain(fixes(&step["children"]))
        })
        .collect()
}

/// Titles of those who get in.
fn admitted(result: &Value) -> Vec<&str> {
    let probes = result["probes"].as_array().into_iter().flatten();
    probes.filter(|probe| probe["decision"] == "allow").filter_map(|probe| probe["title"].as_str()).collect()
}

/// The text with what a hint says put where it says.
fn pasted(policy: &str, hint: &Value) -> (String, String) {
    let units: Vec<u16> = policy.encode_utf16().collect();
    let at = |name: &str| usize::try_from(hint["at"][name].as_u64().expect("a place")).expect("an offset");
    let text = |units: &[u16]| String::from_utf16(units).expect("whole characters");
    let fix = if hint["code"] == "hint.together" {
        hint["fix"].as_str().expect("a text").to_owned()
    } else {
        hint["fix"].to_string()
    };
    let (start, end) = (at("start"), at("end"));
    (text(&units[start..end]), format!("{}{fix}{}", text(&units[..start]), text(&units[end..])))
}

/// Texts in a JSON document that end with a star.
fn stars(text: &str) -> usize {
    fn of(value: &Value) -> usize {
        match value {
            Value::String(text) => usize::from(text.ends_with('*')),
            Value::Array(items) => items.iter().map(of).sum(),
            Value::Object(members) => members.values().map(of).sum(),
            _ => 0,
        }
    }
    of(&serde_json::from_str(text).expect("JSON"))
}

fn check(job: &Job, policy: &str) -> usize {
    let result = evaluate(job, policy);
    let all = fixes(&result["steps"]);
    for hint in &all {
        let (replaced, edited) = pasted(policy, hint);
        let again = evaluate(job, &edited);
        let context = || format!("{hint}\nin the place of {replaced}\nin {policy}\nfor {}", job.claims());
        assert_ne!(result["decision"], "allow", "{}", context());
        assert_ne!(result["decision"], "invalid", "{}", context());
        assert_eq!(again["decision"], "allow", "{}\n{}", again["headline"], context());
        assert_ne!(hint["fix"], "*", "{}", context());
        assert!(stars(&edited) <= stars(policy), "{}", context());
        let before = admitted(&result);
        let mut new: Vec<&str> = admitted(&again).into_iter().filter(|title| !before.contains(title)).collect();
        let mut told: Vec<&str> =
            hint["newlyAdmits"].as_array().into_iter().flatten().filter_map(Value::as_str).collect();
        new.sort_unstable();
        told.sort_unstable();
        assert_eq!(told, new, "{}", context());
        // What refuses others is as it was.
        let denies = |text: &str| {
            let policy: Value = serde_json::from_str(text).expect("JSON");
            policy["Statement"]
                .as_array()
                .into_iter()
                .flatten()
                .filter(|one| one["Effect"] == "Deny")
                .cloned()
                .collect()
        };
        let (kept, own): (Vec<Value>, Vec<Value>) = (denies(&edited), denies(policy));
        assert_eq!(kept, own, "{}", context());
    }
    all.len()
}

#[test]
fn a_fix_does_what_it_says() {
    let found = Cell::new(0);
    let conditions = proptest::collection::vec(condition(), 1..4);
    let input = (job(), conditions, 0_usize..24, 0_usize..16, 0_usize..8, any::<bool>());
    let mut runner = TestRunner::new(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(CASES) });
    let outcome = runner.run(&input, |(job, conditions, principal, action, other, pretty)| {
        let count = check(&job, &policy(&job, &conditions, principal, action, other, pretty));
        found.set(found.get() + usize::from(count > 0));
        Ok(())
    });
    if let Err(error) = outcome {
        panic!("{error}");
    }
    println!("{} of {CASES} policies have a fix", found.get());
    assert!(found.get() > 50, "only {} policies have a fix: the test checks next to nothing", found.get());
}

/// A policy of the largest size with nothing but near misses. The bound is for a debug build on a busy machine.
#[test]
fn many_near_misses_take_no_longer() {
    let id = |digit: &str| {
        format!("{0}-{1}-4{2}-8{2}-{3}", digit.repeat(8), digit.repeat(4), digit.repeat(3), digit.repeat(12))
    };
    let vcs = Some(("github.com/acme/web".to_owned(), "refs/heads/main".to_owned()));
    let job = Job { org: id("a"), project: id("b"), user: id("c"), vcs, audience: None };
    let name = job.provider();
    let statement = json!({
        "Effect": "Allow", "Principal": { "Federated": format!("arn:aws:iam::123456789012:oidc-provider/{name}/") },
        "Action": "sts:AssumeRole", "Condition": { "StringEquals": { "oidc.circleci.com:sub": "ORG/*/USER/*" } },
    });
    let many = 8_000_usize.checked_div(statement.to_string().len()).expect("a length");
    let values: Vec<String> = (0..700).map(|number| format!("ORG*{number}")).collect();
    let single = json!({
        "Effect": "Allow", "Principal": { "Federated": format!("arn:aws:iam::123456789012:oidc-provider/{name}") },
        "Action": "sts:AssumeRoleWithWebIdentity", "Condition": { "StringEquals": { format!("{name}:sub"): values } },
    });
    for statements in [vec![statement; many], vec![single]] {
        let policy = json!({ "Version": "2012-10-17", "Statement": statements }).to_string();
        let start = Instant::now();
        check(&job, &policy);
        let seconds = start.elapsed().as_secs();
        assert!(seconds < 20, "{seconds} s");
        println!("{} characters: {:?}", policy.len(), start.elapsed());
    }
}
