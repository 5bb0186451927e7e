//! Claims of made-up jobs, built from what the statements of a policy ask for; and which statements are about CircleCI.

use super::{
    candidate_subject::{Job, fill, id, subject},
    operator::{Family, Named},
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

/// The host of CircleCI's issuers.
pub(super) const HOST: &str = "oidc.circleci.com";
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

/// The statement's identity providers that are, or are meant to be, CircleCI's; each with its name as written. None with a
/// wildcard: whom that takes is not documented.
pub(super) fn providers(statement: &Statement) -> Vec<(&Principal, &str)> {
    let mut found = Vec::new();
    if let Principals::Listed(listed) = &statement.principals {
        for principal in listed {
            let written = principal.value.cut(":oidc-provider/").map_or(&*principal.value, |(_, name)| name);
            let named = principal.kind == "Federated" && !written.contains(['*', '?']);
            if named && is_circleci(&provider_name(written)) {
                found.push((principal, written));
            }
        }
    }
    found
}

/// Whether a wildcard stands where a provider is named: AWS does not say what it does there.
fn is_open(principals: &Principals) -> bool {
    match principals {
        Principals::Listed(listed) => listed.iter().any(|one| {
            let written = one.value.cut(":oidc-provider/").map(|(_, name)| name);
            one.value == "*" || one.kind == "Federated" && written.is_some_and(|name| name.contains(['*', '?']))
        }),
        Principals::Refused => false,
    }
}

/// A host of CircleCI's that people take for the one of its issuers.
pub(super) fn is_site(host: &str) -> bool {
    ["circleci.com", "app.circleci.com", "www.circleci.com"].contains(&host)
}

/// A server's host may have any name; what tells it is the organization's id in the path.
fn is_circleci(name: &str) -> bool {
    name.split('/').next().is_some_and(|host| host.holds("circleci"))
        || Issuer::parse(&format!("https://{name}")).kind == IssuerKind::Server
}

/// The name as CircleCI spells it: no scheme, no slash at the end, in lower case; on its own host, nothing but `/org/` and an
/// id after it. That id is made up where none is told.
pub(super) fn provider_name(written: &str) -> String {
    let name = written.strip_prefix("https://").unwrap_or(written).trim_end_matches('/').to_ascii_lowercase();
    match name.split('/').next() {
        Some(host) if host == HOST || is_site(host) => match name.rsplit('/').next() {
            Some(id) if id != host => [HOST, "/org/", if is_uuid(id) { id } else { ORGANIZATION }].concat(),
            _ => HOST.to_owned(),
        },
        _ => name,
    }
}

/// The issuers that a policy trusts or is meant to, as URLs with the name as it is written; `*` where the policy does not say
/// for certain that CircleCI's are not among them.
pub(super) fn issuers(policy: &Policy) -> Vec<String> {
    let mut issuers = Vec::new();
    for statement in policy.statements.iter().filter(|statement| statement.effect != Some(Effect::Deny)) {
        let named = providers(statement).into_iter();
        let named =
            named.map(|(_, written)| format!("https://{}", written.strip_prefix("https://").unwrap_or(written)));
        let open = is_open(&statement.principals).then(|| "*".to_owned());
        for issuer in named.chain(open) {
            if !issuers.contains(&issuer) {
                issuers.push(issuer);
            }
        }
    }
    issuers
}

/// Whether a condition asks for a text, and not for another one.
pub(super) const fn asks(condition: &Condition) -> bool {
    compares(condition, false)
}

const fn compares(condition: &Condition, negated: bool) -> bool {
    match condition.operator {
        Named::Operator(used) => {
            matches!(used.operator.family, Family::String | Family::StringIgnoreCase | Family::StringLike)
                && used.operator.negated == negated
        }
        _ => false,
    }
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

/// The statements that a job has to satisfy: an Allow, and every Deny, whose negated conditions tell who is not denied.
type Asking<'a> = &'a [&'a Statement];

/// What each condition asks of a claim. The prefix of the key is not looked at, nor whether wildcards count, so that what is
/// wrong there does not make the job another one.
fn each_asked<'a>(statements: Asking<'a>, claim: &str) -> Vec<Vec<&'a str>> {
    let mut all = Vec::new();
    for statement in statements {
        let negated = statement.effect == Some(Effect::Deny);
        for condition in &statement.conditions {
            if compares(condition, negated) && ends_with(&condition.key, claim) {
                let mut texts = texts(condition);
                texts.retain(|text| text.len() <= VALUE);
                texts.truncate(CANDIDATES);
                all.push(texts);
            }
        }
    }
    all
}

/// The same of all conditions together; anything, if nothing.
fn asked<'a>(statements: Asking<'a>, claim: &str) -> Vec<&'a str> {
    let mut asked = each_asked(statements, claim).concat();
    if asked.is_empty() {
        asked.push("*");
    }
    asked
}

/// Whether a key has this name after its last `:` or `/`.
pub(super) fn ends_with(key: &str, name: &str) -> bool {
    let start = key.len().checked_sub(name.len()).and_then(|at| key.split_at_checked(at));
    start.is_some_and(|(prefix, end)| {
        end.eq_ignore_ascii_case(name) && !prefix.ends_with(|one: char| one.is_ascii_alphanumeric())
    })
}

/// Whether a text holds anything of a made-up job: then it is no advice.
pub(super) fn names_made_up(text: &str) -> bool {
    [ORGANIZATION, PROJECT, USER, REPOSITORY].iter().any(|part| text.holds(part))
}

/// Made-up jobs that the policy may let in. The V2 tokens first: CircleCI's AWS orb sends them, and they tell more of a
/// policy. `above`: statements of resource control policies.
pub(super) fn all(policy: &Policy, above: &[&Statement]) -> Vec<Claims> {
    let (denies, allows): (Vec<&Statement>, Vec<&Statement>) =
        policy.statements.iter().partition(|statement| statement.effect == Some(Effect::Deny));
    let denies = [&*denies, above].concat();
    let mut all = Vec::new();
    for long in [true, false] {
        for job in &JOBS {
            for statement in &allows {
                for (_, written) in providers(statement) {
                    of_provider(&[&[*statement], &*denies].concat(), &provider_name(written), job, long, &mut all);
                }
            }
        }
    }
    all
}

/// One value of every condition on the subject, in all combinations: a job has to satisfy all conditions, and who is not
/// denied satisfies those of every Deny. The statement's own first condition comes last.
fn combined<'a>(asking: Asking<'a>) -> Vec<Vec<&'a str>> {
    let mut combined = vec![vec!["*"]];
    for texts in each_asked(asking, "sub").iter().rev().filter(|texts| !texts.is_empty()) {
        let mut longer = Vec::new();
        for (before, text) in combined.iter().flat_map(|before| texts.iter().map(move |text| (before, *text))) {
            longer.push([&**before, &[text]].concat());
        }
        combined = longer;
        combined.truncate(CANDIDATES);
    }
    combined
}

fn of_provider(asking: Asking<'_>, provider: &str, job: &Job<'_>, long: bool, all: &mut Vec<Claims>) {
    let &[other, project, user, origin, reference] = job;
    let own = provider.after_last("/org/");
    for asked_project in asked(asking, "project-id") {
        let project = id(asked_project, project);
        let first = [own.unwrap_or(other), &*project, user, origin, reference];
        for patterns in combined(asking) {
            if all.len() == CANDIDATES {
                return;
            }
            let mut sub = String::new();
            for pattern in patterns {
                let Subject { org, project, user, vcs_origin, vcs_ref, .. } = Subject::parse(&sub);
                let mut job = first;
                for (part, told) in job.iter_mut().zip([&org, &project, &user, &vcs_origin, &vcs_ref]) {
                    *part = told.as_deref().unwrap_or(part);
                }
                sub = if pattern.ends_with("/file-streaming/audit-logs") {
                    pattern.to_owned()
                } else {
                    subject(pattern, &job, own.is_some())
                };
            }
            // No ref of git has these (https://git-scm.com/docs/git-check-ref-format).
            if sub.after_last("/vcs-ref/").is_some_and(|reference| reference.contains([':', ' ', '~', '^'])) {
                continue;
            }
            let mut claims = claims(asking, provider, &sub);
            if let (false, Some((short, _))) = (long, sub.cut("/vcs-origin/")) {
                claims = claims.with(&[("sub", Some(Value::from(short)))]);
            }
            all.push(claims);
        }
    }
}

fn claims(asking: Asking<'_>, provider: &str, sub: &str) -> Claims {
    let own = Subject::parse(sub).org.unwrap_or_default();
    let mut audience = own.clone();
    for (index, asked) in asked(asking, "aud").into_iter().enumerate() {
        let filled = fill(asked, "", &own);
        if filled == own {
            audience = filled;
            break;
        }
        // Another vendor's audience, or the issuer's URL, is a mistake; any other one may be what the job asks for.
        if index == 0 && !asked.holds("amazonaws.com") && !asked.holds("circleci.com") {
            audience = filled;
        }
    }
    job(&format!("https://{provider}"), &audience, sub)
}
