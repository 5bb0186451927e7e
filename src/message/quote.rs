//! What messages quote of a token. Most quote nothing.

/// AWS: <https://repost.aws/knowledge-center/iam-oidc-idp-federation>.
pub(crate) const NO_PROVIDER: &str = "No OpenIDConnect provider found in your account for ";
/// Google Cloud: <https://cloud.google.com/iam/docs/troubleshooting-workload-identity-federation>.
pub(super) const GOOGLE_ISSUER: &str = "The issuer in ID Token ";
/// The same page.
pub(super) const GOOGLE_AUDIENCE: &str = "The audience in ID Token [";

/// What stands before a claim's value, what right after it, and the claim. Microsoft Entra (AADSTS70021, 700211, 700212,
/// 700213): <https://learn.microsoft.com/entra/workload-id/workload-identity-federation-considerations>.
pub(crate) static QUOTES: [(&str, &str, &str); 9] = [
    (NO_PROVIDER, "", "iss"),
    ("Assertion Issuer: '", "'.", "iss"),
    ("Assertion Subject: '", "'.", "sub"),
    ("Assertion Audience: '", "'.", "aud"),
    ("presented assertion issuer '", "'.", "iss"),
    ("presented assertion subject '", "'.", "sub"),
    ("presented assertion audience '", "'.", "aud"),
    (GOOGLE_ISSUER, "", "iss"),
    (GOOGLE_AUDIENCE, "]", "aud"),
];
