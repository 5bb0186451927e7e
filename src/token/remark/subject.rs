//! Remarks on `sub`.

use super::{Payload, shown::shown};
use crate::{
    report::{Code, Finding, Severity},
    token::{Subject, SubjectFormat},
};

const DOCS: &str = "https://circleci.com/docs/openid-connect-tokens/";
/// Bytes of `google.subject`: <https://cloud.google.com/iam/docs/reference/rest/v1/projects.locations.workloadIdentityPools.providers>.
const GOOGLE_LIMIT: usize = 127;
/// Characters of `SubjectFromWebIdentityToken`.
const AWS_LIMIT: usize = 255;

pub(super) fn remarks(payload: &Payload<'_>) -> Vec<Finding> {
    let Some(sub) = payload.text("sub") else { return Vec::new() };
    let mut found = Vec::new();
    match payload.subject.format {
        SubjectFormat::V1 | SubjectFormat::V2 => {}
        SubjectFormat::AuditLog => found.push(
            Finding::new(
                Code::TokenAuditLog,
                Severity::Info,
                "This is the token of CircleCI's audit-log streaming",
                "No job carries it. A condition with a wildcard after the organization lets it in too.",
            )
            .reference("https://circleci.com/docs/audit-logs/"),
        ),
        SubjectFormat::Other => found.push(
            Finding::new(
                Code::TokenSubjectForm,
                Severity::Warning,
                "The subject has none of the forms that CircleCI documents",
                format!(
                    "{} is not org/<id>/project/<id>/user/<id>, optionally with /vcs-origin/<origin>/vcs-ref/<ref>.",
                    shown(sub)
                ),
            )
            .reference(DOCS),
        ),
    }
    if Subject::is_ambiguous(sub) {
        found.push(ambiguous(payload.subject));
    }
    found.extend(lengths(sub));
    found.into_iter().map(|finding| finding.at(payload.span("sub"))).collect()
}

fn ambiguous(subject: &Subject) -> Finding {
    let reading = match (&subject.vcs_origin, &subject.vcs_ref) {
        (Some(origin), Some(name)) => {
            format!("Read from the left, the repository is {} and the ref is {}. ", shown(origin), shown(name))
        }
        _ => String::new(),
    };
    let detail = format!(
        "{reading}A branch name may hold /vcs-origin/ or /vcs-ref/, so whoever can push a branch can write the end of this \
         text: a condition with * before the ref is met by it. Look at the claims vcs-origin and vcs-ref, which cannot be \
         forged like that."
    );
    Finding::new(Code::TokenSubjectAmbiguous, Severity::Warning, "The subject can be read in more than one way", detail)
        .reference(DOCS)
}

fn lengths(sub: &str) -> Vec<Finding> {
    let mut found = Vec::new();
    if sub.len() > GOOGLE_LIMIT {
        let title = format!("The subject has {} bytes; Google Cloud takes {GOOGLE_LIMIT}", sub.len());
        let detail = "The mapping google.subject=assertion.sub is refused for it, whatever the condition says. Map a shorter \
                      claim, or present the V1 token (CIRCLE_OIDC_TOKEN), whose subject has exactly 127 bytes.";
        found.push(Finding::new(Code::TokenSubjectLong, Severity::Info, title, detail).reference(
            "https://cloud.google.com/iam/docs/reference/rest/v1/projects.locations.workloadIdentityPools.providers",
        ));
    }
    let characters = sub.chars().count();
    if characters > AWS_LIMIT {
        let title = format!("The subject has {characters} characters; AWS documents at most {AWS_LIMIT}");
        let detail = "AWS STS describes SubjectFromWebIdentityToken as 6 to 255 characters. Whether it refuses a longer one is \
                      not documented.";
        found.push(
            Finding::new(Code::TokenSubjectLong, Severity::Info, title, detail)
                .reference("https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRoleWithWebIdentity.html"),
        );
    }
    found
}
