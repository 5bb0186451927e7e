//! Claims of made-up jobs, built from what the statements of a policy ask for; and which statements are about CircleCI.

use super::{
    candidate_subject::{Job, fill, subject},
    operator::{Family, Named},
    pattern::like,
    policy::{Condition, Effect, Literal, Policy, Principal, Principals, Statement},
};
use crate::{
    json::Value,
    search::Search as _,
    token::{Claims, Issuer, IssuerKind, Subject, is_uuid},
    trust::job,
};

/// Jobs that are made up for one policy. A typical policy needs one.
const CANDIDATES: usize = 48;
/// Longest value of a condition that a subject is made from, in bytes. STS documents 255 characters for a subject.
const VALUE: usize = 512;
/// What only patterns hold: no claim of CircleCI's does.
pub(super) const WILDCARDS: [char; 2] = ['*', '?'];

const ORGANIZATION: &str = "11111111-1111-4111-8111-111111111111";
const PROJECT: &str = "22222222-2222-4222-8222-222222222222";
const USER: &str = "33333333-3333-4333-8333-333333333333";
const REPOSITORY: &str = "github.com/example/repository";

/// What is taken where a policy leaves it open: the likeliest first, the others for policies with a Deny.
const JOBS: [Job<'static>; 3] = [
    [ORGANIZATION, PROJECT, USER, REPOSITORY, "refs/heads/main"],
    [ORGANIZATION, PROJECT, USER, REPOSITORY, "refs/heads/release"],
    [ORGANIZATION, PROJECT, "44444444-4444-4444-8444-444444444444", REPOSITORY, "refs/heads/main"],
];

/// The statement's identity providers that are, or are meant to be, CircleCI's; each with its name as written.
pub(super) fn providers(statement: &Statement) -> Vec<(&Principal, &str)> {
    let mut found = Vec::new();
    if let Principals::Listed(listed) = &statement.principals {
        for principal in listed {
            let written = principal.value.cut(":oidc-provider/").map_or(&*principal.value, |(_, name)| name);
            if principal.kind == "Federated" && is_circleci(&provider_name(written)) {
                found.push((principal, written));
            }
        }
    }
    found
}

/// A server's host may have any name; what tells it is the organization's id in the path.
fn is_circleci(name: &str) -> bool {
    name.split('/').next().is_some_and(|host| host.holds("circleci"))
        || Issuer::parse(&format!("https://{name}")).kind == IssuerKind::Server
}

/// The name as CircleCI spells it: no scheme, no slash at the end, in lower case.
pub(super) fn provider_name(written: &str) -> String {
    written.strip_prefix("https://").unwrap_or(written).trim_end_matches('/').to_ascii_lowercase()
}

/// The organization whose provider it is.
pub(super) fn organization(provider: &str) -> Option<&str> {
    let (before, id) = provider.rsplit_once('/')?;
    before.ends_with("/org").then_some(id)
}

/// The issuers that a policy trusts or is meant to, as URLs with the name as it is written.
pub(super) fn issuers(policy: &Policy) -> Vec<String> {
    let mut issuers = Vec::new();
    for statement in policy.statements.iter().filter(|statement| statement.effect != Some(Effect::Deny)) {
        for (_, written) in providers(statement) {
            let issuer = format!("https://{}", written.strip_prefix("https://").unwrap_or(written));
            if !issuers.contains(&issuer) {
                issuers.push(issuer);
            }
        }
    }
    issuers
}

/// Whether a condition compares texts, and if so whether with wildcards.
pub(super) const fn compares_texts(condition: &Condition) -> Option<bool> {
    match condition.operator {
        Named::Operator(used) => match used.operator.family {
            Family::StringLike => Some(true),
            Family::String | Family::StringIgnoreCase => Some(false),
            _ => None,
        },
        _ => None,
    }
}

/// Whether it is true only where a value does not match.
pub(super) const fn is_negated(condition: &Condition) -> bool {
    matches!(condition.operator, Named::Operator(used) if used.operator.negated)
}

/// The values that are texts.
pub(super) fn texts(condition: &Condition) -> Vec<&str> {
    let mut texts = Vec::new();
    for value in condition.values.iter().flatten() {
        if let Literal::Text(text) = value {
            texts.push(&**text);
        }
    }
    texts
}

/// What the statement asks of a claim: the values, and whether their wildcards count; anything, if nothing. The prefix of the
/// key is not looked at, so that a key with a wrong one does not make the job another one.
fn asked<'a>(statement: &'a Statement, claim: &str) -> Vec<(&'a str, bool)> {
    let mut asked = Vec::new();
    for condition in &statement.conditions {
        let Some(wild) = compares_texts(condition).filter(|_| !is_negated(condition)) else { continue };
        if ends_with(&condition.key, claim) {
            for text in texts(condition) {
                // What is written with a wildcard where none counts was meant as a pattern and lets nobody in.
                let possible = wild || !text.contains(WILDCARDS);
                if possible && text.len() <= VALUE && asked.len() < CANDIDATES {
                    asked.push((text, wild));
                }
            }
        }
    }
    if asked.is_empty() {
        asked.push(("*", true));
    }
    asked
}

/// Whether a key has this name after its last `:` or `/`.
fn ends_with(key: &str, name: &str) -> bool {
    let start = key.len().checked_sub(name.len()).and_then(|at| key.split_at_checked(at));
    start.is_some_and(|(prefix, end)| {
        end.eq_ignore_ascii_case(name) && !prefix.ends_with(|one: char| one.is_ascii_alphanumeric())
    })
}

/// Made-up jobs that the policy may let in. The V2 tokens first: CircleCI's AWS orb sends them, and they tell more of a
/// policy.
pub(super) fn all(policy: &Policy) -> Vec<Claims> {
    let mut all = Vec::new();
    for long in [true, false] {
        for job in &JOBS {
            for statement in policy.statements.iter().filter(|statement| statement.effect != Some(Effect::Deny)) {
                for (_, written) in providers(statement) {
                    of_provider(statement, &provider_name(written), job, long, &mut all);
                }
            }
        }
    }
    all
}

fn of_provider(statement: &Statement, provider: &str, job: &Job<'_>, long: bool, all: &mut Vec<Claims>) {
    let &[other, project, user, origin, reference] = job;
    for (asked_project, _) in asked(statement, "project-id") {
        let project = fill(asked_project, "", project);
        let job = [organization(provider).unwrap_or(other), &*project, user, origin, reference];
        for (pattern, _) in asked(statement, "sub") {
            if all.len() == CANDIDATES {
                return;
            }
            let sub = if pattern.ends_with("/file-streaming/audit-logs") {
                pattern.to_owned()
            } else {
                subject(pattern, &job)
            };
            let Some(mut claims) = claims(statement, provider, &sub) else { continue };
            if let (false, Some((short, _))) = (long, sub.cut("/vcs-origin/")) {
                claims = claims.with(&[("sub", Some(Value::from(short)))]);
            }
            all.push(claims);
        }
    }
}

/// The claims; none for a subject that no job has. Of users that is not said: how CircleCI writes the actor of a scheduled
/// pipeline is not documented. What git takes as a ref: <https://git-scm.com/docs/git-check-ref-format>.
fn claims(statement: &Statement, provider: &str, sub: &str) -> Option<Claims> {
    let subject = Subject::parse(sub);
    let own = subject.org.filter(|id| is_uuid(id) && organization(provider).is_none_or(|own| own == id))?;
    let is_ref = |text: &String| text.starts_with("refs/") && !text.contains([' ', ':', '?', '*', '[', '\\', '^', '~']);
    if !subject.project.is_none_or(|id| is_uuid(&id)) || !subject.vcs_ref.as_ref().is_none_or(is_ref) {
        return None;
    }
    let asked = asked(statement, "aud");
    let mut audience = asked.first().map(|(value, _)| fill(value, "", &own))?;
    if asked.iter().any(|(value, wild)| *value == own || (*wild && like(value, &own))) {
        audience = own;
    }
    Some(job(&format!("https://{provider}"), &audience, sub))
}
