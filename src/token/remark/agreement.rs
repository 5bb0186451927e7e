//! What a token says twice has to agree: CircleCI writes subject, issuer and claims from the same job.

use super::{Payload, shown::shown};
use crate::{
    report::{Code, Finding, Severity},
    token::SubjectFormat,
};

pub(super) fn remarks(payload: &Payload<'_>) -> Vec<Finding> {
    let subject = payload.subject;
    let claim = |name: &str| payload.text(&format!("oidc.circleci.com/{name}"));
    let mut pairs = vec![
        ("organization", "sub", subject.org.as_deref(), "org-id", claim("org-id")),
        ("project", "sub", subject.project.as_deref(), "project-id", claim("project-id")),
        ("organization", "iss", payload.issuer.org.as_deref(), "sub", subject.org.as_deref()),
        ("organization", "iss", payload.issuer.org.as_deref(), "org-id", claim("org-id")),
    ];
    if !is_made_of_claims(payload) {
        pairs.push(("repository", "sub", subject.vcs_origin.as_deref(), "vcs-origin", claim("vcs-origin")));
        pairs.push(("ref", "sub", subject.vcs_ref.as_deref(), "vcs-ref", claim("vcs-ref")));
    }
    pairs
        .into_iter()
        .filter_map(|(what, where_one, one, where_other, other)| {
            let (one, other) = one.zip(other).filter(|(one, other)| one != other)?;
            let title = format!("{where_one} and {where_other} name different values for the {what}");
            let detail = format!(
                "{where_one} says {}, {where_other} says {}. CircleCI writes both from the same job: the token was put \
                 together by hand, or these claims come from more than one token. Check the signature.",
                shown(one),
                shown(other)
            );
            let finding = Finding::new(Code::TokenSubjectDisagrees, Severity::Warning, title, detail);
            Some(finding.at(payload.span(where_one)))
        })
        .collect()
}

/// Whether the end of the subject is exactly what the two claims make. Then they agree, however it is taken apart.
fn is_made_of_claims(payload: &Payload<'_>) -> bool {
    let end = || {
        let origin = payload.text("oidc.circleci.com/vcs-origin")?;
        let name = payload.text("oidc.circleci.com/vcs-ref")?;
        let subject = payload.subject;
        let (org, project, user) = (subject.org.as_ref()?, subject.project.as_ref()?, subject.user.as_ref()?);
        Some(format!("org/{org}/project/{project}/user/{user}/vcs-origin/{origin}/vcs-ref/{name}"))
    };
    payload.subject.format == SubjectFormat::V2 && end().as_deref() == payload.text("sub")
}
