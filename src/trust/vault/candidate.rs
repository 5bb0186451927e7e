//! Claims of made-up jobs, built from what a role binds.

use super::{
    login::Login,
    near::never,
    pointer,
    role::{Bound, Kind},
};
use crate::{
    json::Value,
    token::{ClaimType, Claims, DEFINITIONS, Issuer, Subject, is_uuid},
    trust::{job, near::choose},
};

/// Values of one list that are tried.
const VALUES: usize = 6;

/// Bound claims that a made-up job has values for; a role with more lets none of them in.
const CLAIMS: usize = 64;

const ISSUER: &str = "https://oidc.circleci.com/org/";
/// Of whom nothing is told.
pub(super) const ORGANIZATION: &str = "11111111-1111-4111-8111-111111111111";
const PROJECT: &str = "22222222-2222-4222-8222-222222222222";
const USER: &str = "33333333-3333-4333-8333-333333333333";
const REPOSITORY: &str = "github.com/example/repository";
const REF: &str = "refs/heads/main";

/// Jobs that the role may well let in, the likeliest first.
pub(super) fn all(login: &Login) -> Vec<Claims> {
    let lists = login.role.claims.iter().filter_map(|bound| bound.values.as_ref()).map(Vec::len);
    let count = lists.max().unwrap_or(1).clamp(1, VALUES);
    let mut all = Vec::new();
    for number in 0..count {
        all.push(claims(login, number, false));
        all.push(claims(login, number, true));
    }
    all
}

/// The value with this number of every bound claim. `long`: the V2 token.
fn claims(login: &Login, number: usize, long: bool) -> Claims {
    let settings = login.role.settings.as_ref();
    let mount = login.mount.as_ref().and_then(|mount| mount.settings.as_ref());
    let asked: Vec<(String, &Bound, &Value)> =
        login.role.claims.iter().take(CLAIMS).filter_map(|bound| asked(bound, number)).collect();
    let text = |name: &str| {
        let named =
            |(claim, ..): &&(String, &Bound, &Value)| claim.strip_prefix("oidc.circleci.com/").unwrap_or(claim) == name;
        asked.iter().find(named).and_then(|(.., value)| value.as_str())
    };
    let audiences = settings.map(|settings| settings.texts("bound_audiences")).unwrap_or_default();
    let audience = audiences.first().map(super::settings::Item::text);
    let bound_issuer = mount.map(|mount| match mount.text("bound_issuer") {
        "" => mount.text("oidc_discovery_url").trim_end_matches('/'),
        issuer => issuer,
    });
    let bound_issuer = bound_issuer.filter(|issuer| !issuer.is_empty());
    let sub = settings.map(|settings| settings.text("bound_subject")).filter(|sub| !sub.is_empty());
    let pattern = sub.or(text("sub")).unwrap_or_default();
    let told = Subject::parse(pattern);
    let open = |told: Option<&str>| told.filter(|text| !text.contains(['*'])).map(str::to_owned);
    let org = open(told.org.as_deref())
        .or_else(|| bound_issuer.and_then(|issuer| Issuer::parse(issuer).org))
        .or_else(|| open(text("org-id")))
        .or_else(|| audience.filter(|id| is_uuid(id)).map(str::to_owned))
        .unwrap_or_else(|| ORGANIZATION.to_owned());
    let or = |told: Option<&str>, asked: Option<&str>, default: &str| {
        open(told).or_else(|| asked.map(|pattern| filled(pattern, default))).unwrap_or_else(|| default.to_owned())
    };
    let project = or(told.project.as_deref(), text("project-id"), PROJECT);
    let user = or(told.user.as_deref(), None, USER);
    let origin = or(told.vcs_origin.as_deref(), text("vcs-origin"), REPOSITORY);
    let reference = or(told.vcs_ref.as_deref(), text("vcs-ref"), REF);
    let short = ["org/", &org, "/project/", &project, "/user/", &user].concat();
    let whole = [&*short, "/vcs-origin/", &origin, "/vcs-ref/", &reference].concat();
    let issuer = bound_issuer.map_or_else(|| [ISSUER, &org].concat(), str::to_owned);
    let job = job(&issuer, audience.unwrap_or(&org), &whole);
    let own = if long { &whole } else { &short };
    let subject = if pattern.is_empty() { own.clone() } else { filled(pattern, own) };
    let mut changes: Vec<(&str, Option<Value>)> = vec![("sub", Some(subject.into()))];
    let glob = login.role.kind() != Kind::Equal;
    for (claim, _, value) in &asked {
        if ["sub", "aud", "iss"].contains(&&**claim) {
            continue;
        }
        let like = match &**claim {
            "oidc.circleci.com/vcs-origin" => &origin,
            "oidc.circleci.com/vcs-ref" => &reference,
            "oidc.circleci.com/project-id" => &project,
            "oidc.circleci.com/org-id" => &org,
            _ => "x",
        };
        let value = match value.as_str() {
            Some(text) if glob => filled(text, like).into(),
            _ => (*value).clone(),
        };
        let value = if &**claim == "oidc.circleci.com/context-ids" { Value::Array(vec![value]) } else { value };
        changes.push((claim, Some(value)));
    }
    job.with(&changes)
}

/// A bound claim and its value with this number; none for a pointer below a claim, nor for what no job's token has: another name,
/// another type, or a value that it never has.
fn asked(bound: &Bound, number: usize) -> Option<(String, &Bound, &Value)> {
    let parts = pointer::parts(&bound.key);
    let [claim] = &*parts else { return None };
    let row = DEFINITIONS.iter().find(|row| row.name == claim)?;
    let values = bound.values.as_ref()?;
    let item = values.get(number).or_else(|| values.first())?;
    let may_be = match item.value.as_str() {
        Some(text) => !matches!(row.kind, ClaimType::Boolean | ClaimType::Seconds) && !never(row.name, row.kind, text),
        None => matches!(row.kind, ClaimType::Boolean | ClaimType::Seconds),
    };
    may_be.then(|| (claim.clone().into_owned(), bound, &item.value))
}

/// A text of a pattern, filled in from one that is alike.
fn filled(pattern: &str, like: &str) -> String {
    if pattern == "*" {
        return like.to_owned();
    }
    let open = pattern.ends_with('*');
    choose(pattern, like, &mut |written, held| match written {
        "*" => held.to_owned(),
        // The text goes on where the pattern is open.
        "" if open => held.to_owned(),
        "" => String::new(),
        _ => written.replace('*', ""),
    })
}
