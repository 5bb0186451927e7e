//! Finds a role, or the configuration of a mount, in what was given: what `vault read -format=json` prints, the body that is
//! written, or the attributes of Terraform's `vault_jwt_auth_backend_role` and `vault_jwt_auth_backend` (alone, or with what is
//! known only after apply).

use super::settings::Settings;
use crate::json::{Data, Node};

/// Members that a JWT role has and no other thing.
const OF_ROLE: [&str; 6] =
    ["user_claim", "bound_claims", "bound_audiences", "bound_subject", "cel_program", "auth_program"];
/// The same for the configuration of a mount.
const OF_MOUNT: [&str; 6] =
    ["oidc_discovery_url", "jwks_url", "jwks_pairs", "jwt_validation_pubkeys", "jwt_supported_algs", "bound_issuer"];
/// Members that only Terraform writes beside a role's or a mount's own.
const OF_TERRAFORM: [&str; 4] = ["backend", "role_name", "disable_bound_claims_parsing", "path"];

/// The member of the configuration object that a JSON document is for.
pub(super) fn field(node: &Node) -> Option<&'static str> {
    let settings = find(node)?;
    let told = |names: &[&str]| names.iter().any(|name| settings.has(name));
    if told(&OF_ROLE) {
        Some("role")
    } else if told(&OF_MOUNT) {
        Some("mount")
    } else {
        None
    }
}

/// Looks for the members of a role or a mount. A list of one is taken for the one.
pub(super) fn find(node: &Node) -> Option<Settings> {
    if let Some([only]) = node.as_array() {
        return find(only);
    }
    let within = |name: &str| node.get(name).filter(|inner| matches!(inner.data, Data::Object(_)));
    let (inner, wrapped) = match (within("values").or(within("attributes")), within("data")) {
        (Some(values), _) => (values, true),
        (None, Some(data)) => (data, false),
        (None, None) => (node, false),
    };
    inner.as_object()?;
    let terraform = wrapped || OF_TERRAFORM.iter().any(|name| inner.get(name).is_some());
    Some(Settings::new(inner.clone(), node.get("after_unknown").filter(|_| wrapped).cloned(), terraform))
}
