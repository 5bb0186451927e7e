//! The job that a pattern for subjects is meant for: what its wildcards leave open is filled in, and what no job of CircleCI's
//! has is put right. Whether the pattern does match it is for the evaluation to say.

use super::{
    budget::{self, Budget},
    pattern::like,
};

use crate::{search::Search as _, token::is_uuid};

/// What stands before each part of a V2 subject; the first three parts are the V1 subject
/// (<https://circleci.com/docs/openid-connect-tokens/>, as of 2026-08-20).
const PARTS: [&str; 5] = ["org/", "/project/", "/user/", "/vcs-origin/", "/vcs-ref/"];

/// One value for each part: organization, project, user, repository, branch.
pub(super) type Job<'a> = [&'a str; 5];

/// What a pattern says of each part; `None` where it does not name the part and a star has to cover it.
pub(super) fn slots(pattern: &str) -> [Option<&str>; 5] {
    let mut slots = [None; 5];
    let mut rest = pattern;
    let mut last: Option<&mut Option<&str>> = None;
    for (name, slot) in PARTS.iter().zip(&mut slots) {
        // "org/" is the end of many a host's name too.
        let start = *name != "org/" || rest.trim_start_matches('*').starts_with(*name);
        let Some((before, after)) = rest.cut(name).filter(|_| start) else { continue };
        if let Some(last) = last.replace(slot) {
            *last = Some(before);
        }
        rest = after;
    }
    if let Some(last) = last {
        *last = Some(rest);
    }
    slots
}

/// The V2 subject that the pattern is meant for, with what it leaves open taken from `job`. `own`: the organization is
/// certain.
pub(super) fn subject(pattern: &str, job: &Job<'_>, own: bool) -> String {
    let mut slots = slots(pattern);
    if let [.., origin, reference @ None] = &mut slots {
        // What follows the last star is the end of the subject, whatever part it belongs to.
        *reference = pattern.rfind('*').and_then(|at| pattern.get(at..));
        // A repository has two slashes: after a third one a star covers the branch.
        *origin = origin.map(|origin| match origin.strip_suffix("/*") {
            Some(whole) if whole.matches('/').count() > 1 => whole,
            _ => origin,
        });
    }
    let mut sub = String::new();
    for (index, ((name, slot), open)) in PARTS.iter().zip(slots).zip(job).enumerate() {
        let slot = slot.unwrap_or("*");
        sub.push_str(name);
        let part = match index {
            0 if own => (*open).to_owned(),
            0 | 1 => id(slot, open),
            // How CircleCI writes the user of a scheduled pipeline is not documented.
            2 => fill(until_star(slot), "", open),
            3 => {
                let slot = slot.strip_prefix("https://").unwrap_or(slot);
                fill(slot.strip_suffix(".git").unwrap_or(slot), "github.com/", open)
            }
            _ => fill(slot, "refs/heads/", open),
        };
        sub.push_str(&part);
    }
    sub
}

/// An id has no slash: from there on a star covers the parts that the pattern does not name.
fn until_star(slot: &str) -> &str {
    let id = slot.split('/').next().unwrap_or_default();
    id.split_once('*').map_or(id, |(start, _)| if start.is_empty() { "*" } else { start })
}

/// The id that is meant; `open` where none is.
pub(super) fn id(written: &str, open: &str) -> String {
    let id = fill(until_star(written), "", open).to_ascii_lowercase();
    if is_uuid(&id) { id } else { open.to_owned() }
}

/// A text that a pattern may match: `open`, if it does match, else what it spells out. `start`: how such a text begins
/// where it does not say.
pub(super) fn fill(pattern: &str, start: &str, open: &str) -> String {
    if like(pattern, open, &Budget::new(budget::HINT_STEPS)) {
        return open.to_owned();
    }
    let spelled = pattern.replace('*', "").replace('?', "0");
    let spelled = spelled.trim_start_matches('/');
    let end = if spelled.ends_with('/') { "x" } else { "" };
    let branch = start == "refs/heads/";
    let begun = if branch { spelled.starts_with("refs/") } else { !pattern.starts_with('*') };
    [if begun { "" } else { start }, spelled, end].concat()
}

#[cfg(test)]
mod tests {
    use super::{Job, subject};

    const P: &str = "5e1f2c3d-8a7b-4c6d-9e0f-1a2b3c4d5e6f";
    const OTHER: &str = "00000000-0000-4000-8000-000000000000";
    const JOB: Job<'_> = ["O", OTHER, "U", "github.com/example/repository", "refs/heads/main"];

    #[test]
    fn fills_what_is_open_and_puts_right_what_cannot_be() {
        let v2 = |project: &str, user: &str, origin: &str, reference: &str| {
            format!("org/O/project/{project}/user/{user}/vcs-origin/{origin}/vcs-ref/{reference}")
        };
        let [.., origin, reference] = JOB;
        let whole = |origin: &str, reference: &str| v2(P, "V", origin, reference);
        for (pattern, expected) in [
            ("*".to_owned(), v2(OTHER, "U", origin, reference)),
            ("org/A/*".to_owned(), v2(OTHER, "U", origin, reference)),
            (format!("org/A/project/{P}*"), v2(P, "U", origin, reference)),
            (format!("org/A/project/{P}"), v2(P, "U", origin, reference)),
            (format!("org/A/project/{}/user/*", P.to_uppercase()), v2(P, "U", origin, reference)),
            ("org/A/project/web/user/*".to_owned(), v2(OTHER, "U", origin, reference)),
            (format!("org/A/project/{P}/user/V"), whole(origin, reference)),
            ("org/A/*/refs/heads/prod".to_owned(), v2(OTHER, "U", origin, "refs/heads/prod")),
            ("org/A/*/prod".to_owned(), v2(OTHER, "U", origin, "refs/heads/prod")),
            ("*main".to_owned(), v2(OTHER, "U", origin, reference)),
            ("*/vcs-ref/refs/heads/prod".to_owned(), v2(OTHER, "U", origin, "refs/heads/prod")),
            (format!("org/A/project/{P}/user/V/vcs-origin/*/vcs-ref/*/main"), whole(origin, reference)),
            (format!("org/A/project/{P}/user/V/vcs-origin/*/vcs-ref/*prod"), whole(origin, "refs/heads/prod")),
            (format!("org/A/project/{P}/user/V/vcs-origin/*/vcs-ref/prod"), whole(origin, "refs/heads/prod")),
            (format!("org/A/project/{P}/user/V/vcs-origin/*/vcs-ref/refs/heads/p*"), whole(origin, "refs/heads/p")),
            (format!("org/A/project/{P}/user/V/vcs-origin/*/vcs-ref/refs/tags/*"), whole(origin, "refs/tags/x")),
            (format!("org/A/project/{P}/user/V/vcs-origin/github.com/*/vcs-ref/*"), whole(origin, reference)),
            (
                format!("org/A/project/{P}/user/V/vcs-origin/github.com/a/*/vcs-ref/*"),
                whole("github.com/a/x", reference),
            ),
            (
                format!("org/A/project/{P}/user/V/vcs-origin/https://github.com/a/w.git/*"),
                whole("github.com/a/w", reference),
            ),
            (
                format!("org/A/project/{P}/user/V/vcs-origin/gitlab.com/a/b/w/vcs-ref/*"),
                whole("gitlab.com/a/b/w", reference),
            ),
            (format!("org/A/project/{P}/user/V/vcs-origin/*/a/w/vcs-ref/*"), whole("github.com/a/w", reference)),
        ] {
            assert_eq!(subject(&pattern, &JOB, true), expected, "{pattern}");
        }
    }
}
