//! Remarks on `iss`.

use super::{Payload, shown::shown};
use crate::{
    report::{Code, Finding, Severity},
    search::Search as _,
    token::{IssuerKind, issuer},
};

const DOCS: &str = "https://circleci.com/docs/openid-connect-tokens/";
const CUSTOM: &str = "https://circleci.com/docs/oidc-tokens-with-custom-claims/";

pub(super) fn remarks(payload: &Payload<'_>) -> Vec<Finding> {
    let Some(iss) = payload.text("iss") else { return Vec::new() };
    let finding = match payload.issuer.kind {
        IssuerKind::Org => return Vec::new(),
        IssuerKind::Root => Finding::new(
            Code::TokenIssuerRoot,
            Severity::Info,
            "The issuer is the same for all customers of CircleCI",
            "Whoever runs the job chooses the audience, so only sub, org-id and project-id tell one customer from another. A \
             trust condition that tests none of them lets every CircleCI customer in.",
        )
        .reference(CUSTOM),
        IssuerKind::Server => server(iss),
        IssuerKind::Other => other(iss),
    };
    vec![finding.at(payload.span("iss"))]
}

fn server(iss: &str) -> Finding {
    let host = iss.strip_prefix("https://").unwrap_or(iss).split('/').next().unwrap_or_default();
    if host.holds(issuer::HOST) || host == "circleci.com" || host.ends_with(".circleci.com") {
        let title = format!("{} looks like CircleCI's issuer and is not", shown(host));
        let detail = format!("CircleCI's tokens come from the host {} and from no other.", issuer::HOST);
        return Finding::new(Code::TokenIssuerServer, Severity::Warning, title, detail).reference(DOCS);
    }
    let title = format!("The issuer is on the host {}", shown(host));
    let detail = "This is the form of CircleCI server. Anybody can run a host and sign tokens there: it is yours only if your \
                  own installation has this address.";
    Finding::new(Code::TokenIssuerServer, Severity::Info, title, detail).reference(DOCS)
}

fn other(iss: &str) -> Finding {
    let faults = issuer::faults(iss);
    let why = if faults.is_empty() {
        format!("{} has none of the forms that CircleCI uses", shown(iss))
    } else {
        format!("{}: {}", shown(iss), faults.join(", "))
    };
    let detail = format!(
        "{why}. CircleCI uses {root}/org/<organization id>, {root}, and https://<host>/org/<organization id> on a server. \
         Clouds compare the issuer character by character.",
        root = issuer::ROOT
    );
    Finding::new(Code::TokenIssuerForm, Severity::Warning, "The issuer is not one of CircleCI's", detail)
        .reference(DOCS)
}
