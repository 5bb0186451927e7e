//! The tokens to try: each a job that differs from the given one in a way that has a name.
//!
//! A `*` of a pattern crosses `/`, and a branch name may hold `/`: whoever can push a branch can write any text into the
//! end of a V2 subject. A fork's branch is `refs/heads/pull/<number>` and cannot
//! (<https://circleci.com/docs/openid-connect-tokens/>, as of 2026-08-20).

use super::{super::sibling, job::Job};
use crate::{
    json::Value,
    report::Code,
    token::{Claims, SubjectFormat},
};

/// Claims to set, or to take away.
pub(super) type Changes = Vec<(&'static str, Option<Value>)>;

/// Ids that no organization, project, user or context has.
const OTHER: &str = "00000000-0000-4000-8000-000000000000";
/// A branch of a harmless name, whose job gets in wherever branches do not count.
const BRANCH: &str = "refs/heads/x";
const HEADS: &str = "refs/heads/";
const ROOT_ISSUER: &str = "https://oidc.circleci.com";

/// Another token to try.
pub(super) struct Mutation {
    pub(super) code: Code,
    pub(super) title: String,
    pub(super) changes: Changes,
    pub(super) danger: Danger,
}

/// Whether it is a danger that the token gets in.
pub(super) enum Danger {
    Never,
    Always,
    /// Not if of one of these pairs of tokens the first gets in and the second, where there is one, does not: then what was
    /// disguised is not asked for, or the owner means the whole family.
    Unless(Vec<(Changes, Option<Changes>)>),
}

/// Families of names that one ref may belong to, of those that are tried.
const FAMILIES: usize = 16;
const TAGS: &str = "refs/tags/";

/// Whether names that begin so are a family, as `release/`, `hotfix-`, `v`, `v1` and `2` say; `main` is a name.
pub(in crate::trust) fn is_family(start: &str) -> bool {
    let word = start.rsplit(|one: char| one.is_ascii() && !one.is_ascii_alphanumeric()).next().unwrap_or_default();
    word.trim_start_matches(['v', 'V']).bytes().all(|byte| byte.is_ascii_digit())
}

/// For each family that a ref belongs to: a name of it, and one that is not of it for want of its last character.
fn families(reference: &str) -> impl Iterator<Item = (String, String)> + '_ {
    let ends = reference.char_indices().map(|(at, last)| (at, at.saturating_add(last.len_utf8())));
    let starts = ends.filter_map(|(last, end)| reference.get(..end).zip(reference.get(..last)));
    let families = starts.filter(|(start, _)| is_family(start)).take(FAMILIES);
    families.map(|(start, short)| (format!("{start}x"), format!("{short}x")))
}

/// Every mutation of a job.
pub(super) fn all(base: &Job, claims: &Claims) -> Vec<Mutation> {
    let mut all = Vec::new();
    let mut add = |code, title: &str, changes: Changes, danger| {
        if !changes.is_empty() {
            all.push(Mutation { code, title: title.to_owned(), changes, danger });
        }
    };
    let change = |edit: &dyn Fn(&mut Job)| {
        let mut job = base.clone();
        edit(&mut job);
        job.changes(base)
    };

    add(
        Code::ProbeOtherProject,
        "another project of the organization",
        change(&|job| elsewhere(job, 1)),
        Danger::Always,
    );
    let other_user = change(&|job| job.user = OTHER.to_owned());
    add(Code::ProbeOtherUser, "the same job, started by another user", other_user, Danger::Never);
    if let Some((origin, reference)) = &base.vcs {
        let on = |reference: &str| change(&|job| job.vcs = Some((origin.clone(), reference.to_owned())));
        let name = reference.strip_prefix(HEADS).unwrap_or(reference);
        let plain = || Danger::Unless(vec![(on(BRANCH), None)]);
        let mut meant = vec![(on(BRANCH), None)];
        meant.extend(families(reference).map(|(own, other)| (on(&own), Some(on(&other)))));
        add(Code::ProbeOtherBranch, "another branch of the repository", on("refs/heads/another-branch"), Danger::Never);
        add(
            Code::ProbeBranchPrefix,
            &format!("a branch whose name begins alike: {name}-x"),
            on(&format!("{reference}-x")),
            Danger::Unless(meant),
        );
        add(
            Code::ProbeBranchSuffix,
            &format!("a branch whose name ends alike: x/{name}"),
            on(&format!("{BRANCH}/{name}")),
            plain(),
        );
        let tag = [TAGS, name.strip_prefix(TAGS).unwrap_or(name)].concat();
        add(Code::ProbeTag, &format!("a tag named {name}"), on(&tag), plain());
        let fork = change(&|job| {
            job.user = OTHER.to_owned();
            job.vcs = Some((of_another_owner(origin), "refs/heads/pull/7".to_owned()));
        });
        add(Code::ProbeFork, "a pull request from a fork, where forks get secrets", fork, Danger::Always);
        let webhook = change(&|job| (job.vcs, job.long) = (None, false));
        let title = "a pipeline started by a custom webhook: no repository or branch in its token";
        // Its token has the V1 form; where that gets in for any branch, no branch is asked for.
        let short = change(&|job| (job.vcs, job.long) = (Some((origin.clone(), BRANCH.to_owned())), false));
        add(Code::ProbeWebhook, title, webhook, Danger::Unless(vec![(short, None), (on(BRANCH), None)]));
    }
    for part in 0..5 {
        if let Some((title, attack, honest)) = injection(base, part) {
            add(
                Code::ProbeBranchInjection,
                &title,
                attack.changes(base),
                Danger::Unless(vec![(honest.changes(base), None)]),
            );
        }
    }
    let rerun = vec![("oidc.circleci.com/ssh-rerun", Some(Value::from(true)))];
    add(Code::ProbeSshRerun, "the same job, rerun with SSH", rerun, Danger::Never);
    let contexts = Value::Array(vec![Value::from(OTHER)]);
    let other_context = vec![("oidc.circleci.com/context-ids", Some(contexts))];
    add(Code::ProbeOtherContext, "the same job with another context", other_context, Danger::Never);
    let audience = vec![("aud", Some(Value::from("https://audience.example")))];
    add(Code::ProbeAudience, "the same job with an audience of its own choice", audience, Danger::Never);
    if let Some((format, other)) = sibling::other(claims) {
        let version = if format == SubjectFormat::V1 { "V1" } else { "V2" };
        let sub = other.text("sub").map(Value::from);
        add(
            Code::ProbeOtherVersion,
            &format!("the {version} token of the same job"),
            vec![("sub", sub)],
            Danger::Never,
        );
    }
    // Whoever names it means it: a subject that ends alike is refused.
    let streaming = |what: &str| audit_log(&format!("org/{}/{what}/audit-logs", base.org), base, claims);
    let (own, other) = (streaming("file-streaming"), streaming("x"));
    let meant = Danger::Unless(vec![(own.clone(), Some(other))]);
    add(Code::ProbeAuditLog, "CircleCI's audit-log streaming, which is no job", own, meant);
    if let Some(issuer) = base.issuer.strip_suffix(&*format!("/org/{}", base.org)) {
        let mut changes = change(&|job| {
            elsewhere(job, 0);
            job.issuer = format!("{issuer}/org/{OTHER}");
        });
        changes.push(("aud", Some(Value::from(OTHER))));
        add(Code::ProbeOtherOrganization, "another organization, from its own issuer", changes, Danger::Always);
    }
    if base.issuer.starts_with(ROOT_ISSUER) {
        let changes = change(&|job| {
            elsewhere(job, 0);
            ROOT_ISSUER.clone_into(&mut job.issuer);
        });
        let title = "another organization, from the issuer of all organizations";
        add(Code::ProbeOtherOrganization, title, changes, Danger::Always);
    }
    all
}

/// Makes everything from this part of the subject on somebody else's.
fn elsewhere(job: &mut Job, part: usize) {
    if part == 0 {
        OTHER.clone_into(&mut job.org);
    }
    if part <= 1 {
        OTHER.clone_into(&mut job.project);
    }
    if part <= 2 {
        OTHER.clone_into(&mut job.user);
    }
    if part <= 3
        && let Some((origin, _)) = &mut job.vcs
    {
        let owner = origin.rsplit_once('/').map_or("", |(owner, _)| owner);
        // A long name would take an injected branch over the 255 characters that AWS documents, and the answer is unknown.
        *origin = format!("{owner}/x");
    }
}

/// A job that is not the given one from this part on, on a branch whose name is the rest of the given job's subject; and
/// the same job on a branch of a harmless name.
fn injection(base: &Job, part: usize) -> Option<(String, Job, Job)> {
    const WHOSE: [&str; 5] =
        ["of another organization", "of another project", "of another user", "of another repository", ""];
    let mut wanted = base.clone();
    if part <= 1 {
        // Any text does for a user where a pattern has a star. A whole id would make the subject longer than the 255
        // characters that AWS documents, and the answer unknown.
        "x".clone_into(&mut wanted.user);
    }
    let rest = wanted.subject_from(part);
    if rest.is_empty() {
        return None;
    }
    let mut honest = base.clone();
    let (origin, _) = base.vcs.clone().unwrap_or_else(|| ("github.com/example/repository".to_owned(), String::new()));
    honest.vcs = Some((origin, BRANCH.to_owned()));
    honest.long = true;
    elsewhere(&mut honest, part);
    if part == 0 && base.issuer != ROOT_ISSUER {
        // Nobody else can have a token of this organization's issuer.
        return None;
    }
    let mut attack = honest.clone();
    attack.vcs = attack.vcs.map(|(origin, branch)| (origin, format!("{branch}/{rest}")));
    let title = format!("a branch named x/{rest} {}", WHOSE.get(part)?);
    Some((title.trim_end().to_owned(), attack, honest))
}

fn of_another_owner(origin: &str) -> String {
    let mut parts: Vec<&str> = origin.split('/').collect();
    let owner = parts.len().saturating_sub(2);
    if let Some(part) = parts.get_mut(owner) {
        *part = "somebody-else";
    }
    parts.join("/")
}

/// Its subject has no project, and its token none of a job's claims (<https://circleci.com/docs/audit-logs/>, as of
/// 2026-08-20).
fn audit_log(sub: &str, base: &Job, claims: &Claims) -> Changes {
    let mut changes: Changes = vec![("sub", Some(Value::from(sub))), ("aud", Some(Value::from(&base.org)))];
    let names = crate::token::DEFINITIONS.iter().map(|definition| definition.name);
    let of_jobs =
        names.filter(|name| name.contains(['/']) && claims.members().iter().any(|(member, _)| member == name));
    changes.extend(of_jobs.map(|name| (name, None)));
    changes
}
