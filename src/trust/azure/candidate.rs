//! Claims of made-up jobs, built from what a credential names: as CircleCI writes them, so that a credential that nobody's
//! token fits is found to be one.

use super::{application::Application, credential::Credential};
use crate::{
    search::Search as _,
    token::{Claims, Subject, is_uuid},
    trust::job,
};

const ORGANIZATION: &str = "11111111-1111-4111-8111-111111111111";
const PROJECT: &str = "22222222-2222-4222-8222-222222222222";
const USER: &str = "33333333-3333-4333-8333-333333333333";

/// A job for each credential that is for CircleCI.
pub(super) fn all(application: &Application) -> Vec<Claims> {
    application.credentials.iter().filter_map(|credential| of(credential, false)).collect()
}

/// The job that one credential is made for. `own`: with the audience that CircleCI's tokens have unless a job asks for another.
pub(super) fn of(credential: &Credential, own: bool) -> Option<Claims> {
    let issuer = credential.issuer()?;
    let sub = subject(credential.text(1).unwrap_or_default(), issuer.org.as_deref());
    let organization = issuer.org.or_else(|| Subject::parse(&sub).org)?;
    let aud = credential.text(2).filter(|_| !own).map_or(&*organization, str::trim);
    let lower = aud.to_ascii_lowercase();
    let aud = if is_uuid(&lower) { &*lower } else { aud };
    Some(job(&issuer.url?, aud, &sub))
}

/// A job's subject: the credential's with its ids in small letters, or one that is made up where it is none.
pub(super) fn subject(written: &str, organization: Option<&str>) -> String {
    let written = written.trim();
    let lower = written.to_ascii_lowercase();
    let at = lower.place_of("/vcs-origin/").unwrap_or(written.len());
    let is_lower = written.bytes().any(|byte| byte.is_ascii_lowercase());
    let (ids, _) = lower.split_at_checked(at).unwrap_or((&lower, ""));
    let mut behind = if is_lower { written } else { &lower }.get(at..).unwrap_or_default().to_owned();
    for part in ["/vcs-origin/", "/vcs-ref/"] {
        if let Some((before, _)) = behind.to_ascii_lowercase().cut(part)
            && let (start, Some(end)) = (before.len(), behind.get(before.len().saturating_add(part.len())..))
        {
            behind = [behind.get(..start).unwrap_or_default(), part, end].concat();
        }
    }
    let subject = Subject::parse(ids.trim_end_matches('/'));
    let id = |told: Option<&str>, or: &str| told.filter(|told| is_uuid(told)).unwrap_or(or).to_owned();
    let org = id(organization.or(subject.org.as_deref()), ORGANIZATION);
    let (project, user) = (id(subject.project.as_deref(), PROJECT), id(subject.user.as_deref(), USER));
    ["org/", &*org, "/project/", &*project, "/user/", &*user, behind.trim_end_matches('/')].concat()
}
