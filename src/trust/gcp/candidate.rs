//! Claims of made-up jobs, built from what a provider's condition, and a service account's IAM policy, ask for.

use super::{
    cel::{Form, Macro, Node, Style},
    iam::{IamPolicy, may_act},
    member::{Identity, Member},
    pool::Pool,
    provider::WorkloadProvider,
};
use crate::{
    json::Value,
    search::Search as _,
    token::{Claims, Issuer, Subject, is_uuid},
    trust::job,
};

/// Ways to satisfy an expression that are looked at. A typical condition has one.
const WAYS: usize = 16;

const ORGANIZATION: &str = "11111111-1111-4111-8111-111111111111";
const PROJECT: &str = "22222222-2222-4222-8222-222222222222";
const USER: &str = "33333333-3333-4333-8333-333333333333";
const REPOSITORY: &str = "github.com/example/repository";
const REF: &str = "refs/heads/main";

/// Claims and their values that are asked for together.
type Way = Vec<(String, Value)>;

/// Jobs that the provider may well let in, the likeliest first.
pub(super) fn all(pool: &Pool) -> Vec<Claims> {
    let provider = &pool.provider;
    let root = provider.condition.as_ref().and_then(|condition| condition.expression.as_ref());
    let mut asked = root.map_or_else(none, |expression| ways(expression.root(), provider));
    for (claim, value) in asked.iter_mut().flatten() {
        // A ref has its whole name in every token, so who asks for less is asked for nothing that there is.
        if let Some(name) = value.as_str().filter(|name| claim.ends_with("vcs-ref") && !name.starts_with("refs/")) {
            *value = ["refs/heads/", name].concat().into();
        }
    }
    let asked = both(asked, pool.iam.as_ref().map_or_else(none, |iam| members(iam, provider)));
    let mut found = Vec::new();
    for way in &asked {
        found.push(claims(provider, way, false));
        found.push(claims(provider, way, true));
    }
    found
}

/// Nothing is asked for.
fn none() -> Vec<Way> {
    vec![Way::new()]
}

/// What every part of the first asks for together with every part of the second.
fn both(left: Vec<Way>, right: Vec<Way>) -> Vec<Way> {
    let mut all = Vec::new();
    for one in &left {
        for other in right.iter().take(WAYS.saturating_sub(all.len())) {
            all.push([&**one, &**other].concat());
        }
    }
    all
}

/// The ways to make an expression true, as far as they can be seen in it.
fn ways(node: &Node, provider: &WorkloadProvider) -> Vec<Way> {
    match &node.form {
        Form::And => node.parts.iter().fold(none(), |ways_so_far, part| both(ways_so_far, ways(part, provider))),
        Form::Or => {
            let mut all = Vec::new();
            for part in &node.parts {
                all.extend(ways(part, provider));
            }
            all.truncate(WAYS);
            all
        }
        Form::Call { name, style, .. } => comparison(name, *style, node, provider),
        // One of a list is this text.
        Form::Macro(Macro::Exists, own) => match &*node.parts {
            [list, body] if body.is("==") && body.parts.iter().any(|part| is_name(part, own)) => {
                let value = body.parts.iter().find_map(literal);
                vec![
                    value
                        .zip(about(list, provider))
                        .map(|(value, claim)| (claim, Value::Array(vec![value])))
                        .into_iter()
                        .collect(),
                ]
            }
            _ => none(),
        },
        _ => none(),
    }
}

fn is_name(node: &Node, name: &str) -> bool {
    matches!(&node.form, Form::Name(own) if own == name)
}

/// The claim that a part of an expression is made of, whatever of it is taken.
fn about(part: &Node, provider: &WorkloadProvider) -> Option<String> {
    const TAKES: [&str; 5] = ["[]", "split", "extract", "lowerAscii", "trim"];
    let mut part = part;
    let mut mapped = false;
    loop {
        if let Some(claim) = provider.claim(part) {
            return Some(claim);
        }
        part = match (part.entry(), &part.form) {
            (Some((variable, name)), _) if !mapped => {
                mapped = true;
                let key = [variable, ".", name].concat();
                provider.mapped(&key)?.written.expression.as_ref()?.root()
            }
            (None, Form::Call { name, .. }) if TAKES.contains(&&**name) => part.parts.first()?,
            _ => return None,
        };
    }
}

/// Whether a job that was made up for an expression makes it true, unless nothing does: it asks for claims as they are.
pub(super) fn is_clear(node: &Node, provider: &WorkloadProvider) -> bool {
    match &node.form {
        Form::And | Form::Or => node.parts.iter().all(|part| is_clear(part, provider)),
        Form::Call { name, .. } => {
            let is_value = |part: &Node| literal(part).is_some() || name == "in" && part.form == Form::List;
            matches!(&**name, "==" | "in" | "startsWith")
                && node.parts.iter().any(is_value)
                && node.parts.iter().any(|part| provider.claim(part).is_some())
        }
        _ => false,
    }
}

fn comparison(name: &str, style: Style, node: &Node, provider: &WorkloadProvider) -> Vec<Way> {
    let ask = |claim: Option<String>, value: Value| {
        let claim = match value.as_str().filter(|_| claim.as_deref() == Some("sub")) {
            // An id that is taken out of the subject is the project's, likely.
            Some(id) if is_uuid(id) => Some("oidc.circleci.com/project-id".to_owned()),
            Some(part) => claim.filter(|_| part.holds("project/")),
            None => claim,
        };
        vec![claim.map(|claim| (claim, value)).into_iter().collect()]
    };
    match (name, style, &*node.parts) {
        ("!", _, [part]) => ask(provider.claim(part), false.into()),
        ("." | "[]", ..) => ask(provider.claim(node), true.into()),
        ("in", _, [part, list]) if list.form == Form::List => {
            let each = list.parts.iter().filter_map(literal).take(WAYS);
            each.flat_map(|value| ask(about(part, provider), value)).collect()
        }
        ("in", _, [part, list]) => match literal(part) {
            // A claim's name in `assertion` asks only that the claim be there.
            Some(value) if provider.claim(node).is_none() => ask(provider.claim(list), Value::Array(vec![value])),
            _ => none(),
        },
        ("==", _, [left, right]) => match (literal(left), literal(right)) {
            (Some(value), None) => ask(about(right, provider), value),
            (None, Some(value)) => ask(about(left, provider), value),
            _ => none(),
        },
        ("startsWith" | "endsWith" | "contains" | "matches", Style::Method, [left, right]) => {
            let claim = provider.claim(left);
            let text = right.text().unwrap_or_default();
            let text = match name {
                "startsWith" => whole(claim.as_deref(), text),
                "endsWith"
                    if claim.as_deref().is_some_and(|claim| claim.ends_with("vcs-ref"))
                        && !text.starts_with("refs") =>
                {
                    ["refs/heads", if text.starts_with('/') { "" } else { "/" }, text].concat()
                }
                "matches" => whole(claim.as_deref(), &plain(text)),
                _ => text.to_owned(),
            };
            ask(claim, text.into())
        }
        _ => none(),
    }
}

fn literal(node: &Node) -> Option<Value> {
    match &node.form {
        Form::Literal(value) => value.to_json(),
        _ => None,
    }
}

/// A value that begins like this: a repository's whole name, a branch, a subject.
fn whole(claim: Option<&str>, start: &str) -> String {
    let short = claim.unwrap_or_default();
    let like = match short.strip_prefix("oidc.circleci.com/").unwrap_or(short) {
        "vcs-origin" => REPOSITORY.to_owned(),
        "vcs-ref" => "refs/heads/x".to_owned(),
        "sub" => ["org/", ORGANIZATION, "/project/", PROJECT, "/user/", USER].concat(),
        _ => String::new(),
    };
    // It goes on with the segments that are not told.
    let open = start.ends_with('/');
    let told = start.split('/').count().saturating_sub(usize::from(open));
    let rest: Vec<&str> = like.split('/').skip(told).collect();
    let slash = if rest.is_empty() || open { "" } else { "/" };
    [start, slash, &rest.join("/")].concat()
}

/// The start of what a pattern matches, up to the first place that is open.
fn plain(pattern: &str) -> String {
    let mut text = String::new();
    let mut rest = pattern.trim_start_matches('^').chars();
    while let Some(character) = rest.next() {
        match character {
            '\\' => text.extend(rest.next()),
            '[' => {
                let one = rest.next();
                if rest.next() != Some(']') {
                    break;
                }
                text.extend(one);
            }
            '.' if rest.as_str().starts_with(['*', '+']) => break,
            '$' | '(' | '*' | '+' | '?' | '{' | '|' => break,
            _ => text.push(character),
        }
    }
    text
}

/// What the members ask for that may act as the service account.
fn members(iam: &IamPolicy, provider: &WorkloadProvider) -> Vec<Way> {
    let mut all = Vec::new();
    for binding in iam.bindings.iter().flatten().filter(|binding| may_act(&binding.role.text)) {
        for member in binding.members.iter().filter_map(|member| Member::read(&member.text)).take(WAYS) {
            all.push(match member.identity {
                Identity::One(key, value) => {
                    let root = provider.mapped(key).and_then(|mapping| mapping.written.expression.as_ref());
                    let claim = root.and_then(|expression| about(expression.root(), provider));
                    let is_list = key == "google.groups";
                    let value = if is_list { Value::Array(vec![value.into()]) } else { value.into() };
                    claim.map(|claim| (claim, value)).into_iter().collect()
                }
                Identity::All => Way::new(),
            });
        }
    }
    all.truncate(WAYS);
    if all.is_empty() { none() } else { all }
}

/// A job with what is asked for. `long`: its V2 token.
fn claims(provider: &WorkloadProvider, way: &Way, long: bool) -> Claims {
    let asked = |name: &str| {
        let named = |(claim, _): &&(String, Value)| claim.strip_prefix("oidc.circleci.com/").unwrap_or(claim) == name;
        way.iter().find(named).and_then(|(_, value)| value.as_str())
    };
    let subject = Subject::parse(asked("sub").unwrap_or_default());
    let issuer = provider.issuer.as_ref().map_or("", |issuer| issuer.text.trim_end_matches('/'));
    let audience = provider.audiences.first().map(|audience| &*audience.text).or(asked("aud"));
    let organization = Issuer::parse(issuer).org;
    let id = audience.filter(|audience| is_uuid(audience));
    let or = |told: Option<&str>, asked: Option<&str>, default: &str| told.or(asked).unwrap_or(default).to_owned();
    let org = or(subject.org.as_deref().or(organization.as_deref()), asked("org-id").or(id), ORGANIZATION);
    let project = or(subject.project.as_deref(), asked("project-id"), PROJECT);
    let user = subject.user.as_deref().unwrap_or(USER);
    let origin = or(subject.vcs_origin.as_deref(), asked("vcs-origin"), REPOSITORY);
    let reference = or(subject.vcs_ref.as_deref(), asked("vcs-ref"), REF);
    let short = ["org/", &org, "/project/", &project, "/user/", user].concat();
    let whole = [&*short, "/vcs-origin/", &origin, "/vcs-ref/", &reference].concat();
    let own = provider.resource.audience();
    let aud = audience.map_or_else(|| ["https:", &*own].concat(), str::to_owned);
    let job = job(issuer, &aud, &whole);
    let mut changes: Vec<(&str, Option<Value>)> = vec![("sub", Some(if long { whole } else { short }.into()))];
    for (claim, value) in way.iter().filter(|(claim, _)| claim != "aud") {
        let before = changes.iter_mut().find(|(own, _)| own == claim).map(|(_, value)| value);
        match (before, value) {
            // What a list has to hold, it holds together.
            (Some(Some(Value::Array(all))), Value::Array(more)) => all.extend(more.iter().cloned()),
            (Some(before), _) => *before = Some(value.clone()),
            (None, _) => changes.push((claim, Some(value.clone()))),
        }
    }
    job.with(&changes)
}
