//! Resources in what `terraform show -json` prints (<https://developer.hashicorp.com/terraform/internals/json-format>):
//! `aws_iam_role` with its `assume_role_policy`, and `aws_iam_policy_document` where it is a trust policy.

use super::trusts::{Place, Search};
use crate::json::{Data, Node};
use crate::search::Search as _;

/// A resource that has a policy.
struct Resource<'a> {
    address: &'a str,
    /// The attribute that is the policy.
    field: &'static str,
}

/// Takes the trust policies of a resource of a state, or of one that a plan changes; false if the object is neither.
pub(super) fn resource(search: &mut Search, node: &Node) -> bool {
    let text = |name: &str| node.get(name).and_then(Node::as_str);
    let (Some(kind), Some(address)) = (text("type"), text("address")) else { return false };
    let field = match kind {
        "aws_iam_role" => "assume_role_policy",
        "aws_iam_policy_document" => "json",
        _ => "",
    };
    let resource = Resource { address, field };
    match (node.get("values"), node.get("change")) {
        (None, None) => return false,
        _ if field.is_empty() => {}
        (Some(values), _) => resource.take(search, values, true, true, None),
        (None, Some(change)) => resource.change(search, change),
    }
    true
}

impl Resource<'_> {
    fn change(&self, search: &mut Search, change: &Node) {
        let state = |name: &str| change.get(name).filter(|state| state.as_object().is_some());
        let (before, after) = (state("before"), state("after"));
        let unknown = change.get("after_unknown").and_then(|unknown| unknown.get(self.field));
        let known = unknown.is_none_or(|unknown| unknown.data != Data::Bool(true));
        let text = |state: Option<&Node>| state.and_then(|state| state.get(self.field)?.as_str().map(str::to_owned));
        let same = known && text(before).is_some() && text(before) == text(after);
        if let Some(before) = before {
            self.take(search, before, true, true, (!same).then_some("before"));
        }
        if let Some(after) = after.filter(|_| !same) {
            self.take(search, after, known, false, Some("after"));
        }
    }

    /// Takes the policy of a state of the resource. `stored`: it is in IAM as it is.
    fn take(&self, search: &mut Search, state: &Node, known: bool, stored: bool, when: Option<&'static str>) {
        let policy = state.get(self.field).filter(|_| known);
        let text = policy.and_then(Node::as_str);
        let is_trust = |text: &str| text.holds("AssumeRoleWithWebIdentity") || text.holds("Federated");
        if self.field != "json" || text.is_some_and(is_trust) {
            let arn = state.get("arn").and_then(Node::as_str);
            search.role(policy.filter(|_| text.is_some()), &Place { address: self.address, arn, stored, when });
        }
    }
}
