//! Tokens of other services that are pasted here by mistake.

use super::{Payload, shown::shown};
use crate::report::{Code, Finding, Severity};

/// Beginnings of `iss` and whose they are. Each is from the service's own documentation of its tokens.
const ISSUERS: &[(&str, &str, &str)] = &[
    (
        "https://token.actions.githubusercontent.com",
        "GitHub Actions",
        "https://docs.github.com/actions/security-for-github-actions/security-hardening-your-deployments/about-security-hardening-with-openid-connect",
    ),
    ("https://gitlab.com", "GitLab", "https://docs.gitlab.com/ci/secrets/id_token_authentication/"),
    ("https://agent.buildkite.com", "Buildkite", "https://buildkite.com/docs/agent/v3/cli-oidc"),
    (
        "https://app.terraform.io",
        "HCP Terraform",
        "https://developer.hashicorp.com/terraform/cloud-docs/workspaces/dynamic-provider-credentials/workload-identity-tokens",
    ),
    ("https://accounts.google.com", "Google", "https://developers.google.com/identity/openid-connect/openid-connect"),
    (
        "https://sts.windows.net/",
        "Microsoft Entra",
        "https://learn.microsoft.com/entra/identity-platform/access-tokens",
    ),
    (
        "https://login.microsoftonline.com/",
        "Microsoft Entra",
        "https://learn.microsoft.com/entra/identity-platform/access-tokens",
    ),
    (
        "https://kubernetes.default.svc",
        "a Kubernetes service account",
        "https://kubernetes.io/docs/concepts/security/service-accounts/",
    ),
];

/// Says whose token it is, if the issuer is a well-known other one.
pub(super) fn remark(payload: &Payload<'_>) -> Option<Finding> {
    let iss = payload.text("iss")?;
    let (_, service, reference) = ISSUERS.iter().find(|(start, ..)| {
        // The beginning has to end where a host or a path segment ends.
        iss.strip_prefix(start).is_some_and(|rest| rest.is_empty() || start.ends_with('/') || rest.starts_with('/'))
    })?;
    let title = format!("This is a token of {service}, not of CircleCI");
    let detail = format!(
        "Its issuer is {}. Paste the value of CIRCLE_OIDC_TOKEN_V2 or CIRCLE_OIDC_TOKEN from a CircleCI job.",
        shown(iss)
    );
    let finding = Finding::new(Code::TokenForeignIssuer, Severity::Error, title, detail);
    Some(finding.at(payload.span("iss")).reference(reference))
}
