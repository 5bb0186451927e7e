//! Finds the credentials in what was given, one or many: what `az ad app federated-credential list` and `az identity
//! federated-credential list` print, Graph's `value`, ARM's `properties`, and the attributes of Terraform's
//! `azuread_application_federated_identity_credential`, `azuread_application_flexible_federated_identity_credential` and
//! `azurerm_federated_identity_credential` (alone, or with what is known only after apply).

use std::ops::Range;

use crate::json::{Data, Member, Node};

pub(super) const ISSUER: &[&str] = &["issuer"];
pub(super) const SUBJECT: &[&str] = &["subject"];
/// Plural as Graph and ARM write it, singular as `azurerm` and Azure PowerShell do.
pub(super) const AUDIENCES: &[&str] = &["audiences", "audience"];
/// Graph's object with `value`, and the text that Terraform has in its place.
pub(super) const EXPRESSION: &[&str] = &["claimsMatchingExpression", "claims_matching_expression"];
pub(super) const NAME: &[&str] = &["name", "display_name", "displayName"];
/// The application, or the managed identity, that a resource of Terraform refers to.
pub(super) const OWNER: &[&str] =
    &["user_assigned_identity_id", "parent_id", "application_id", "application_object_id"];
pub(super) const IDENTITY: &[&str] = &["id", "user_assigned_identity_id", "parent_id"];
/// What an interface wraps a list in, and one credential.
const LISTS: &[&str] = &["value", "federatedIdentityCredentials"];
/// The list of one application.
const APPLICATION: &[&str] = &["federatedIdentityCredentials"];
const INSIDE: &[&str] = &["properties", "values", "attributes"];
const UNKNOWN: &[&str] = &["after_unknown"];

/// One credential of a document.
#[derive(Clone, Copy, Debug)]
pub(super) struct Item<'a> {
    /// All that is told of it.
    pub(super) whole: &'a Node,
    /// What holds issuer, subject and audience.
    pub(super) node: &'a Node,
    /// Which of that a Terraform plan does not know yet.
    pub(super) unknown: Option<&'a Node>,
    /// What holds it stands twice, and programs see either.
    pub(super) is_twice: bool,
    /// Where the application stands whose list it is in.
    pub(super) application: Option<&'a Range<usize>>,
}

impl Item<'_> {
    /// Whether it tells anything that a credential has, or will.
    pub(super) fn is_credential(&self) -> bool {
        let known = [ISSUER, SUBJECT, AUDIENCES, EXPRESSION].iter().any(|names| member(self.node, names).is_some());
        self.node.as_object().is_some() && (known || self.unknown.is_some())
    }
}

/// The credentials, in the order of the document.
pub(super) fn items<'a>(
    node: &'a Node,
    is_twice: bool,
    application: Option<&'a Range<usize>>,
    found: &mut Vec<Item<'a>>,
) {
    // What stands beside properties is a second credential in the same place.
    let beside = !std::ptr::eq(inner(node), node)
        && [ISSUER, SUBJECT, AUDIENCES, EXPRESSION].iter().any(|names| member(node, names).is_some());
    let is_twice = is_twice || beside || [LISTS, INSIDE, UNKNOWN].iter().any(|names| told(node, names).count() > 1);
    let application = member(node, APPLICATION).map(|list| &list.at).or(application);
    match node.as_array().or_else(|| list(node)) {
        Some(several) => several.iter().for_each(|one| items(one, is_twice, application, found)),
        None => {
            found.push(Item { whole: node, node: inner(node), unknown: member(node, UNKNOWN), is_twice, application });
        }
    }
}

/// The name of the application whose credentials these are.
pub(super) fn name(node: &Node) -> Option<&str> {
    list(node).and(member(node, &["displayName"]))?.as_str()
}

/// The member of the configuration object that a JSON document is for.
pub(super) fn field(node: &Node) -> Option<&'static str> {
    let mut found = false;
    let several = list(node).map_or(std::slice::from_ref(node), |several| several);
    (several.iter().all(|one| are_credentials(one, &mut found)) && found).then_some("credentials")
}

/// Whether everything here may be a credential. `found`: something certainly is one.
fn are_credentials(node: &Node, found: &mut bool) -> bool {
    if let Some(several) = node.as_array() {
        return several.iter().all(|one| are_credentials(one, found));
    }
    // A resource of Terraform, which has a name of its own.
    if member(node, &["address"]).is_some() {
        return false;
    }
    let node = inner(node);
    let text = |names| member(node, names).and_then(Node::as_str);
    let audiences = member(node, AUDIENCES).is_some_and(|audiences| audiences.as_array().is_some());
    let address = text(ISSUER).is_some_and(|issuer| issuer.starts_with("https://"));
    // Certificates have issuer and subject too, and a gateway's settings issuer and audience.
    let has_subject = text(SUBJECT).or(text(&["name"]).filter(|_| audiences)).is_some();
    let is_flexible = member(node, EXPRESSION).is_some();
    *found |= (text(SUBJECT).is_some() || is_flexible) && (audiences || address);
    (has_subject || is_flexible) && (audiences || text(ISSUER).is_some())
}

/// The list that an interface wraps; of several applications each has its own.
fn list(node: &Node) -> Option<&[Node]> {
    member(node, LISTS)?.as_array()
}

fn inner(node: &Node) -> &Node {
    let inside = member(node, INSIDE);
    inside.filter(|inside| inside.as_object().is_some()).unwrap_or(node)
}

/// The last member of one of these names, whatever the case of its letters: Azure PowerShell writes all with a capital. What is
/// `null` is not there.
pub(super) fn member<'a>(node: &'a Node, names: &[&str]) -> Option<&'a Node> {
    let found = node.as_object()?.iter().rev().find(|member| is_named(&member.name, names))?;
    (found.value.data != Data::Null).then_some(&found.value)
}

/// All members of one of these names.
pub(super) fn told<'a>(node: &'a Node, names: &[&str]) -> impl Iterator<Item = &'a Member> {
    node.as_object().unwrap_or_default().iter().filter(move |member| is_named(&member.name, names))
}

fn is_named(written: &str, names: &[&str]) -> bool {
    names.iter().any(|name| name.eq_ignore_ascii_case(written))
}
