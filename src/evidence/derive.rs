//! What follows from the subject of a job (<https://circleci.com/docs/openid-connect-tokens/>, as of 2026-08-20).

use super::Evidence;
use crate::{
    json::Value,
    token::{IssuerKind, Subject},
};

impl Evidence {
    /// Adds the claims that the subject of a job is made of. None where the issuer is not known to be CircleCI, or is another
    /// organization's than the subject's. Where the subject can be taken apart in two ways, only the ids are certain.
    pub(super) fn derive(&mut self) {
        let sub = self.claims.get("sub").and_then(Value::as_str).unwrap_or_default();
        let certain = !Subject::is_ambiguous(sub);
        let (issuer, subject) = (self.issuer(), Subject::parse(sub));
        let foreign = issuer.org.is_some() && issuer.org != subject.org;
        // Only the subject of a job has a project.
        if subject.project.is_none() || issuer.kind == IssuerKind::Other || foreign {
            return;
        }
        self.follows("oidc.circleci.com/org-id", subject.org);
        self.follows("oidc.circleci.com/project-id", subject.project);
        if certain {
            self.follows("oidc.circleci.com/vcs-origin", subject.vcs_origin);
            self.follows("oidc.circleci.com/vcs-ref", subject.vcs_ref);
        }
    }

    /// Adds a claim, unless it is told or the subject does not have it.
    fn follows(&mut self, name: &str, value: Option<String>) {
        if self.claims.get(name).is_none()
            && let Some(value) = value
            && let Value::Object(members) = &mut self.claims
        {
            members.push((name.to_owned(), value.into()));
            self.derived.push(name.to_owned());
        }
    }
}
