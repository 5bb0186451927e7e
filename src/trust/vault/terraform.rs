//! What Terraform's provider makes of a value before it writes it to Vault.

/// The list that one value of `bound_claims` becomes: it is split at its commas, and the white space around the parts is taken
/// away. `disable_bound_claims_parsing` stops that
/// (<https://github.com/hashicorp/terraform-provider-vault/blob/main/vault/resource_jwt_auth_backend_role.go>, as of 2026-08-20).
/// Vault itself takes a text for `bound_audiences` and `jwt_supported_algs` apart like this.
#[must_use]
pub fn commas(text: &str) -> Vec<&str> {
    text.split(',').map(str::trim).collect()
}
