//! Pages of Microsoft that rules are taken from (the state of July 2026).

/// Rules of issuer, subject, audience and names; limits; algorithms; errors on creation.
pub(super) const CONSIDERATIONS: &str =
    "https://learn.microsoft.com/entra/workload-id/workload-identity-federation-considerations";
pub(super) const CREDENTIAL: &str = "https://learn.microsoft.com/graph/api/resources/federatedidentitycredential";
pub(super) const FLEXIBLE: &str =
    "https://learn.microsoft.com/entra/workload-id/workload-identities-flexible-federated-identity-credentials";
/// "August 2024": the comparison is case-sensitive from then on.
pub(super) const CASE: &str = "https://learn.microsoft.com/entra/identity-platform/reference-breaking-changes";
