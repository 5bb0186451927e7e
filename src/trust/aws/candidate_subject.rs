//! Subjects that a pattern may match: what its wildcards leave open is filled in so that the result has CircleCI's form
//! where it can. Whether it does match is for the evaluation to say.

use super::pattern::like;
use crate::search::Search as _;

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

/// A V2 subject that the pattern may match, with what it leaves open taken from `job`.
pub(super) fn subject(pattern: &str, job: &Job<'_>) -> String {
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
        let mut slot = slot.unwrap_or("*");
        let start = match index {
            // An id has no slash: from there on a star covers the parts that the pattern does not name.
            0..3 => {
                slot = slot.split('/').next().unwrap_or_default();
                slot = slot.split_once('*').map_or(slot, |(head, _)| if head.is_empty() { "*" } else { head });
                ""
            }
            3 => "github.com/",
            _ => "refs/heads/",
        };
        sub.push_str(name);
        sub.push_str(&fill(slot, start, open));
    }
    sub
}

/// A text that a pattern may match: `open`, if it does match, else what it spells out. `start`: how such a text begins.
pub(super) fn fill(pattern: &str, start: &str, open: &str) -> String {
    if like(pattern, open) {
        return open.to_owned();
    }
    let spelled = pattern.replace('*', "").replace('?', "0");
    let end = if spelled.ends_with('/') { "x" } else { "" };
    let begun = !pattern.starts_with('*') || spelled.trim_start_matches('/').starts_with("refs/");
    let start = if begun { "" } else { start };
    format!("{start}{}{end}", spelled.trim_start_matches('/'))
}

#[cfg(test)]
mod tests {
    use super::{Job, subject};

    const JOB: Job<'_> = ["O", "P", "U", "github.com/example/repository", "refs/heads/main"];

    #[test]
    fn fills_what_is_open() {
        let v2 = |org: &str, project: &str, user: &str, origin: &str, reference: &str| {
            format!("org/{org}/project/{project}/user/{user}/vcs-origin/{origin}/vcs-ref/{reference}")
        };
        let [.., origin, reference] = JOB;
        let whole = |origin: &str, reference: &str| v2("A", "Q", "V", origin, reference);
        for (pattern, expected) in [
            ("*", v2("O", "P", "U", origin, reference)),
            ("org/A/*", v2("A", "P", "U", origin, reference)),
            ("org/A/project/Q*", v2("A", "Q", "U", origin, reference)),
            ("org/A/project/Q/user/*", v2("A", "Q", "U", origin, reference)),
            ("org/A/project/Q/user/V", whole(origin, reference)),
            ("org/A/*/refs/heads/prod", v2("A", "P", "U", origin, "refs/heads/prod")),
            ("org/A/*/prod", v2("A", "P", "U", origin, "refs/heads/prod")),
            ("*main", v2("O", "P", "U", origin, reference)),
            ("*/vcs-ref/refs/heads/prod", v2("O", "P", "U", origin, "refs/heads/prod")),
            ("org/A/project/Q/user/V/vcs-origin/*/vcs-ref/*/main", whole(origin, reference)),
            ("org/A/project/Q/user/V/vcs-origin/*/vcs-ref/*prod", whole(origin, "refs/heads/prod")),
            ("org/A/project/Q/user/V/vcs-origin/*/vcs-ref/refs/heads/prod*", whole(origin, "refs/heads/prod")),
            ("org/A/project/Q/user/V/vcs-origin/*/vcs-ref/refs/tags/*", whole(origin, "refs/tags/x")),
            ("org/A/project/Q/user/V/vcs-origin/github.com/*/vcs-ref/*", whole(origin, reference)),
            ("org/A/project/Q/user/V/vcs-origin/github.com/a/*/vcs-ref/*", whole("github.com/a/x", reference)),
            ("org/A/project/Q/user/V/vcs-origin/github.com/a/w/*", whole("github.com/a/w", reference)),
            ("org/A/project/Q/user/V/vcs-origin/gitlab.com/a/b/w/vcs-ref/*", whole("gitlab.com/a/b/w", reference)),
            ("org/A/project/Q/user/V/vcs-origin/*/a/w/vcs-ref/*", whole("github.com/a/w", reference)),
        ] {
            assert_eq!(subject(pattern, &JOB), expected, "{pattern}");
        }
    }
}
