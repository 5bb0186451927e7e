//! The grammar of `sub` (<https://circleci.com/docs/openid-connect-tokens/>, as of 2026-08-20; the audit-log form:
//! <https://circleci.com/docs/audit-logs/>).

use crate::search::Search as _;

use serde::Serialize;

/// Which form a subject has.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum SubjectFormat {
    /// `org/<id>/project/<id>/user/<id>`: `CIRCLE_OIDC_TOKEN`, and also `CIRCLE_OIDC_TOKEN_V2` of a custom-webhook
    /// pipeline. Detected from the text and never from the name of a variable.
    V1,
    /// V1 followed by `/vcs-origin/<origin>/vcs-ref/<ref>`.
    V2,
    /// `org/<id>/file-streaming/audit-logs`: CircleCI's audit-log streaming, not a job.
    AuditLog,
    /// None of these, or no subject at all.
    #[default]
    Other,
}

/// What a subject is made of. A part is `None` where the form does not have it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Subject {
    /// Which form it has.
    pub format: SubjectFormat,
    /// Organization id.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub org: Option<String>,
    /// Project id.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub project: Option<String>,
    /// Id of the user, or of the scheduled actor, that started the job.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub user: Option<String>,
    /// Repository that triggered the pipeline, for example `github.com/acme/web`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub vcs_origin: Option<String>,
    /// Branch or tag, for example `refs/heads/main`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub vcs_ref: Option<String>,
}

impl Subject {
    /// Takes a subject apart, from the left: the origin ends at the first `/vcs-ref/`, because a branch name may hold
    /// that text too. See [`Subject::is_ambiguous`].
    ///
    /// The form alone decides. An id that is not a UUID does not make a subject "other": it is still the form that
    /// clouds compare, and how CircleCI writes the actor of a scheduled pipeline is not documented.
    #[must_use]
    pub fn parse(sub: &str) -> Self {
        Self::job(sub).or_else(|| Self::audit_log(sub)).unwrap_or_default()
    }

    fn job(sub: &str) -> Option<Self> {
        let (org, rest) = segment(sub.strip_prefix("org/")?);
        let (project, rest) = segment(rest.strip_prefix("/project/")?);
        let (user, rest) = segment(rest.strip_prefix("/user/")?);
        let ids = Self {
            format: SubjectFormat::V1,
            org: Some(filled(org)?),
            project: Some(filled(project)?),
            user: Some(filled(user)?),
            ..Self::default()
        };
        if rest.is_empty() {
            return Some(ids);
        }
        let (vcs_origin, vcs_ref) = rest.strip_prefix("/vcs-origin/")?.cut("/vcs-ref/")?;
        let (vcs_origin, vcs_ref) = (Some(filled(vcs_origin)?), Some(filled(vcs_ref)?));
        Some(Self { format: SubjectFormat::V2, vcs_origin, vcs_ref, ..ids })
    }

    fn audit_log(sub: &str) -> Option<Self> {
        let (org, rest) = segment(sub.strip_prefix("org/")?);
        (rest == "/file-streaming/audit-logs").then_some(())?;
        Some(Self { format: SubjectFormat::AuditLog, org: Some(filled(org)?), ..Self::default() })
    }

    /// Whether the text can be taken apart in more than one way: `vcs-origin` or `vcs-ref` occurs more than once between
    /// slashes. Git allows both names inside a branch name.
    #[must_use]
    pub fn is_ambiguous(sub: &str) -> bool {
        let occurs_again = |name| {
            let mut segments = sub.split('/').peekable();
            let mut count = 0_usize;
            while let Some(segment) = segments.next() {
                // A name at the very end has no slash after it and separates nothing.
                if segment == name && segments.peek().is_some() {
                    count = count.saturating_add(1);
                }
            }
            count > 1
        };
        occurs_again("vcs-ref") || occurs_again("vcs-origin")
    }
}

/// A text up to its first slash, and the rest with that slash.
fn segment(text: &str) -> (&str, &str) {
    text.split_at_checked(text.find('/').unwrap_or(text.len())).unwrap_or((text, ""))
}

/// `None` for an empty text: no part of a subject is empty.
fn filled(text: &str) -> Option<String> {
    (!text.is_empty()).then(|| text.to_owned())
}

#[cfg(test)]
mod tests {
    use super::{Subject, SubjectFormat};

    fn parts(sub: &str) -> (SubjectFormat, [Option<String>; 5]) {
        let Subject { format, org, project, user, vcs_origin, vcs_ref } = Subject::parse(sub);
        (format, [org, project, user, vcs_origin, vcs_ref])
    }

    fn some(texts: &[&str]) -> [Option<String>; 5] {
        std::array::from_fn(|index| texts.get(index).map(|text| (*text).to_owned()))
    }

    #[test]
    fn forms() {
        assert_eq!(parts("org/o/project/p/user/u"), (SubjectFormat::V1, some(&["o", "p", "u"])));
        let v2 = "org/o/project/p/user/u/vcs-origin/github.com/a/w/vcs-ref/refs/heads/main";
        assert_eq!(parts(v2), (SubjectFormat::V2, some(&["o", "p", "u", "github.com/a/w", "refs/heads/main"])));
        assert_eq!(parts("org/o/file-streaming/audit-logs"), (SubjectFormat::AuditLog, some(&["o"])));
        for other in [
            "",
            "org/o",
            "org//project/p/user/u",
            "org/o/project/p/user/u/",
            "org/o/project/p/user/",
            "org/o/project/p/user/u/vcs-origin/x",
            "org/o/project/p/user/u/vcs-origin//vcs-ref/x",
            "org/o/project/p/user/u/vcs-origin/x/vcs-ref/",
            "org/o/file-streaming/audit-logs/",
            "repo:acme/web:ref:refs/heads/main",
            "/org/o/project/p/user/u",
        ] {
            assert_eq!(parts(other), (SubjectFormat::Other, some(&[])), "{other}");
        }
    }

    #[test]
    fn reads_from_the_left_and_says_what_is_ambiguous() {
        let sub = "org/o/project/p/user/u/vcs-origin/evil/vcs-ref/refs/heads/x/vcs-origin/good/vcs-ref/refs/heads/main";
        let expected = some(&["o", "p", "u", "evil", "refs/heads/x/vcs-origin/good/vcs-ref/refs/heads/main"]);
        assert_eq!(parts(sub), (SubjectFormat::V2, expected));
        assert!(Subject::is_ambiguous(sub));
        // The two separators share a slash.
        assert!(Subject::is_ambiguous("org/o/project/p/user/u/vcs-origin/x/vcs-ref/vcs-ref/main"));
        assert!(!Subject::is_ambiguous("org/o/project/p/user/u/vcs-origin/x/vcs-ref/refs/heads/vcs-ref"));
    }
}
