//! What a job is made of, and the claims that follow from it.

use super::mutation::Changes;
use crate::{
    json::Value,
    token::{Claims, Subject, SubjectFormat},
};

/// The facts about a job that its subject and its issuer tell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Job {
    pub(super) issuer: String,
    pub(super) org: String,
    pub(super) project: String,
    pub(super) user: String,
    /// Repository and branch or tag; none where the token does not tell, or has none.
    pub(super) vcs: Option<(String, String)>,
    /// Whether the subject goes on with repository and branch: the V2 form.
    pub(super) long: bool,
}

impl Job {
    /// None for claims that are not a job's, or do not tell the subject.
    pub(super) fn of(claims: &Claims) -> Option<Self> {
        let text = |name| claims.text(name).map(str::to_owned);
        let subject = Subject::parse(claims.text("sub")?);
        let vcs = match (subject.vcs_origin, subject.vcs_ref) {
            (Some(origin), Some(reference)) => Some((origin, reference)),
            _ => text("oidc.circleci.com/vcs-origin").zip(text("oidc.circleci.com/vcs-ref")),
        };
        Some(Self {
            issuer: text("iss").unwrap_or_default(),
            org: subject.org?,
            project: subject.project?,
            user: subject.user?,
            vcs,
            long: subject.format == SubjectFormat::V2,
        })
    }

    /// The subject, from the part with this number on: 0 the organization, 1 the project, 2 the user, 3 the repository, 4
    /// the branch.
    pub(super) fn subject_from(&self, part: usize) -> String {
        let (origin, reference) = self.vcs.clone().filter(|_| self.long).unwrap_or_default();
        let parts = [
            ("org/", &self.org),
            ("/project/", &self.project),
            ("/user/", &self.user),
            ("/vcs-origin/", &origin),
            ("/vcs-ref/", &reference),
        ];
        let told = parts.iter().filter(|(_, value)| !value.is_empty()).skip(part);
        told.map(|(name, value)| format!("{name}{value}")).collect::<String>().trim_start_matches('/').to_owned()
    }

    /// The claims in which a token of this job differs from one of `base`.
    pub(super) fn changes(&self, base: &Self) -> Changes {
        let facts = |job: &Self| {
            let (origin, reference) = job.vcs.clone().unzip();
            [
                ("iss", Some(job.issuer.clone())),
                ("sub", Some(job.subject_from(0))),
                ("oidc.circleci.com/org-id", Some(job.org.clone())),
                ("oidc.circleci.com/project-id", Some(job.project.clone())),
                ("oidc.circleci.com/vcs-origin", origin),
                ("oidc.circleci.com/vcs-ref", reference),
            ]
        };
        facts(self)
            .into_iter()
            .zip(facts(base))
            .filter(|(own, other)| own != other)
            .map(|((name, value), _)| (name, value.map(Value::from)))
            .collect()
    }
}
