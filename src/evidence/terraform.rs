//! Resources that hold a configuration, in what `terraform show -json` prints
//! (<https://developer.hashicorp.com/terraform/internals/json-format>), and in a state as Terraform stores it, version 4
//! (<https://github.com/hashicorp/terraform/blob/main/internal/states/statefile/version4.go>).

use super::trusts::{Place, Search, named};
use crate::json::{Data, Node, Value};
use crate::search::Search as _;

/// A type of resource that holds a configuration.
struct Row {
    /// The type's name.
    kind: &'static str,
    provider: &'static str,
    /// The member of that provider's configuration.
    field: &'static str,
    /// The attribute that is the configuration, a text. Empty: all attributes are, and the provider reads them as
    /// `{"values": {…}, "after_unknown": {…}}` with Terraform's own objects. An attribute of which `after_unknown` says `true`
    /// is missing in `values`, or is `null` there, and is not known before the plan is applied; it is not absent.
    attribute: &'static str,
    /// The attribute that tells which configuration and what goes beside it belong together. Empty: nothing goes beside it.
    key: &'static str,
}

static ROWS: &[Row] = &[
    Row { kind: "aws_iam_role", provider: "aws", field: "policy", attribute: "assume_role_policy", key: "" },
    Row { kind: "aws_iam_policy_document", provider: "aws", field: "policy", attribute: DOCUMENT, key: "" },
    Row {
        kind: "google_iam_workload_identity_pool_provider",
        provider: "gcp",
        field: "workloadProvider",
        attribute: "",
        key: "",
    },
    Row {
        kind: "azuread_application_federated_identity_credential",
        provider: "azure",
        field: "credentials",
        attribute: "",
        key: "",
    },
    Row {
        kind: "azuread_application_flexible_federated_identity_credential",
        provider: "azure",
        field: "credentials",
        attribute: "",
        key: "",
    },
    Row {
        kind: "azurerm_federated_identity_credential",
        provider: "azure",
        field: "credentials",
        attribute: "",
        key: "",
    },
    Row { kind: "vault_jwt_auth_backend_role", provider: "vault", field: "role", attribute: "", key: "backend" },
    Row { kind: "vault_jwt_auth_backend", provider: "vault", field: "mount", attribute: "", key: "path" },
    #[cfg(test)]
    Row { kind: "test_whole", provider: "test", field: "whole", attribute: "", key: "" },
];
/// Of a policy document, which need not be a trust policy.
const DOCUMENT: &str = "json";

/// A resource that has a configuration.
struct Resource<'a> {
    address: &'a str,
    row: &'static Row,
}

/// Takes the configurations of a resource of a state, or of one that a plan changes; false if the object is neither.
pub(super) fn resource(search: &mut Search, node: &Node) -> bool {
    let text = |name: &str| node.get(name).and_then(Node::as_str);
    let Some(kind) = text("type") else { return false };
    let (values, change) = (node.get("values"), node.get("change"));
    let instances = node.get("instances").and_then(Node::as_array);
    let row = ROWS.iter().find(|row| row.kind == kind);
    if let (Some(row), Some(address)) = (row, text("address")) {
        let resource = Resource { address, row };
        match (values, change) {
            (Some(values), _) => resource.take(search, values, None, true, None),
            (None, Some(change)) => resource.change(search, change),
            (None, None) => {}
        }
    } else if let Some(row) = row {
        for instance in instances.unwrap_or_default() {
            let address = address(kind, node, instance);
            // Attributes in the form of Terraform before 0.12 are not told.
            let attributes = instance.get("attributes").unwrap_or(instance);
            Resource { address: &address, row }.take(search, attributes, None, true, None);
        }
    }
    instances.is_some() || (values.or(change).is_some() && text("address").is_some())
}

/// The address of an instance of a resource, which a stored state has in parts.
fn address(kind: &str, resource: &Node, instance: &Node) -> String {
    let part = |name: &str| resource.get(name).and_then(Node::as_str).unwrap_or_default();
    let mut address = part("module").to_owned();
    if !address.is_empty() {
        address += ".";
    }
    if part("mode") == "data" {
        address += "data.";
    }
    address = address + kind + "." + part("name");
    match instance.get("index_key") {
        Some(index) => address + "[" + &Value::from(index).to_json() + "]",
        None => address,
    }
}

impl Resource<'_> {
    fn change(&self, search: &mut Search, change: &Node) {
        let state = |name: &str| change.get(name).filter(|state| state.as_object().is_some());
        let (before, after, unknown) = (state("before"), state("after"), change.get("after_unknown"));
        let text = self.written(search, after);
        let is_known = !self.written(search, unknown).holds("true");
        let same = is_known && !text.is_empty() && text == self.written(search, before);
        if let Some(before) = before {
            self.take(search, before, None, true, (!same).then_some("before"));
        }
        if let Some(after) = after.filter(|_| !same) {
            self.take(search, after, unknown, false, Some("after"));
        }
    }

    /// What is the configuration among attributes, as it stands there.
    #[inline(never)]
    fn written(&self, search: &Search, attributes: Option<&Node>) -> String {
        let mut text = String::new();
        for part in attributes.map(|attributes| self.parts(attributes)).unwrap_or_default() {
            text += search.slice(&part.at);
        }
        text
    }

    /// What is the configuration among attributes: one value, unless a member stands twice.
    fn parts<'n>(&self, attributes: &'n Node) -> Vec<&'n Node> {
        if self.row.attribute.is_empty() { vec![attributes] } else { named(attributes, self.row.attribute) }
    }

    /// Takes the configuration of a state of the resource. `unknown`: Terraform's `after_unknown`. `stored`: the cloud has it
    /// as it is.
    fn take(
        &self,
        search: &mut Search,
        state: &Node,
        unknown: Option<&Node>,
        stored: bool,
        when: Option<&'static str>,
    ) {
        let row = self.row;
        let (provider, field) = (row.provider, row.field);
        let text = |name| state.get(name).and_then(Node::as_str);
        // Mounts of two namespaces may have one path.
        let key = text(row.key).map(|key| [text("namespace").unwrap_or_default(), "/", key.trim_matches('/')].concat());
        let place =
            Place { provider, field, address: self.address, arn: text("arn"), key: key.as_deref(), stored, when };
        if row.attribute.is_empty() {
            return search.attributes(state, unknown, &place);
        }
        let is_known =
            |unknown: &Node| unknown.get(row.attribute).is_none_or(|unknown| unknown.data != Data::Bool(true));
        let mut policies = self.parts(state);
        if !unknown.is_none_or(is_known) || policies.iter().all(|policy| policy.as_str().is_none()) {
            policies.clear();
        }
        let is_trust = |text: &str| text.holds("AssumeRoleWithWebIdentity") || text.holds("Federated");
        if row.attribute != DOCUMENT || policies.iter().any(|policy| policy.as_str().is_some_and(is_trust)) {
            search.text(&policies, &place);
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::{evidence::trusts_from, json::Value};

    /// Which state it is of, and what the provider gets.
    fn found(change: &str) -> Vec<(Option<&'static str>, String)> {
        let text = format!("[{{\"address\":\"test_whole.x\",\"type\":\"test_whole\",{change}}}]");
        let found = trusts_from(&text).unwrap_or_default();
        let whole = |trust: &Value| trust.get("whole").and_then(Value::as_str).unwrap_or_default().to_owned();
        found.iter().map(|found| (found.when, whole(&found.trust))).collect()
    }

    #[test]
    fn a_row_may_take_all_attributes_and_what_is_not_known_of_them() {
        let both =
            |when, values: &str, unknown: &str| (when, format!("{{\"values\":{values},\"after_unknown\":{unknown}}}"));
        for (change, expected) in [
            (r#""values":{"a":1.0}"#, vec![both(None, r#"{"a":1.0}"#, "{}")]),
            (
                r#""change":{"before":{"a":1},"after":{"a":1},"after_unknown":{"b":{}}}"#,
                vec![both(None, r#"{"a":1}"#, "{}")],
            ),
            (
                r#""change":{"before":{"a":1},"after":{"a":2},"after_unknown":{}}"#,
                vec![both(Some("before"), r#"{"a":1}"#, "{}"), both(Some("after"), r#"{"a":2}"#, "{}")],
            ),
            (
                r#""change":{"before":{"a":1},"after":{"a":1},"after_unknown":{"b":{"c":true}}}"#,
                vec![
                    both(Some("before"), r#"{"a":1}"#, "{}"),
                    both(Some("after"), r#"{"a":1}"#, r#"{"b":{"c":true}}"#),
                ],
            ),
            (r#""change":{"before":{"a":1},"after":null}"#, vec![both(Some("before"), r#"{"a":1}"#, "{}")]),
            (r#""change":{"before":null,"after":null}"#, vec![]),
        ] {
            assert_eq!(found(change), expected, "{change}");
        }
    }
}
