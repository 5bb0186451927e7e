//! Pages of Google that rules are taken from (as of 2026-04-02).

pub(super) const PROVIDER: &str =
    "https://cloud.google.com/iam/docs/reference/rest/v1/projects.locations.workloadIdentityPools.providers";
pub(super) const FEDERATION: &str = "https://cloud.google.com/iam/docs/workload-identity-federation";
pub(super) const OTHER_PROVIDERS: &str =
    "https://cloud.google.com/iam/docs/workload-identity-federation-with-other-providers";
pub(super) const TROUBLESHOOTING: &str =
    "https://cloud.google.com/iam/docs/troubleshooting-workload-identity-federation";
pub(super) const EXCHANGE: &str = "https://cloud.google.com/iam/docs/reference/sts/rest/v1/TopLevel/token";
pub(super) const CREDENTIALS: &str = "https://google.aip.dev/auth/4117";
