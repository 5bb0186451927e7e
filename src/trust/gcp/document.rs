//! Finds the provider in what was given: what `gcloud iam workload-identity-pools providers describe --format=json` and the
//! REST interface print, the attributes of Terraform's `google_iam_workload_identity_pool_provider` (alone, or with what is
//! known only after apply), or a credential configuration, which tells the provider's name alone.

use crate::json::{Data, Member, Node};

/// What was found.
#[derive(Clone, Copy, Debug)]
pub(super) enum Document<'a> {
    /// A provider; and which of its members a Terraform plan does not know yet.
    Provider(&'a Node, Option<&'a Node>),
    /// A credential configuration file.
    Credentials(&'a Node),
    /// Neither.
    Other,
}

/// Looks for the provider. A list of one is taken for the one.
pub(super) fn find(node: &Node) -> Document<'_> {
    match node.as_array() {
        Some([only]) => return find(only),
        Some(_) => return Document::Other,
        None => {}
    }
    let terraform = member(node, "values").or(member(node, "attributes"));
    if let Some(values) = terraform.filter(|values| is_provider(values)) {
        return Document::Provider(values, member(node, "afterunknown"));
    }
    if is_provider(node) {
        Document::Provider(node, None)
    } else if is_credentials(node) {
        Document::Credentials(node)
    } else {
        Document::Other
    }
}

/// The member of the configuration object that a JSON document is for.
pub(super) fn field(node: &Node) -> Option<&'static str> {
    let has_role = |binding: &Node| text(binding, "role").is_some() && member(binding, "members").is_some();
    match find(node) {
        Document::Provider(..) => Some("workloadProvider"),
        Document::Credentials(_) => Some("credentials"),
        Document::Other => {
            let bindings = member(node, "bindings").map(Node::one_or_many).unwrap_or_default();
            // Without any, gcloud prints the etag, perhaps with a version, and nothing else.
            let known = |one: &Member| ["bindings", "etag", "version"].contains(&&*one.name);
            let is_empty = || text(node, "etag").is_some() && node.as_object().is_some_and(|all| all.iter().all(known));
            let is_policy = if bindings.is_empty() { is_empty() } else { bindings.iter().all(has_role) };
            is_policy.then_some("iamPolicy")
        }
    }
}

/// Whether it is the configuration of a client (<https://google.aip.dev/auth/4117>).
pub(super) fn is_credentials(node: &Node) -> bool {
    text(node, "type") == Some("external_account")
}

fn is_provider(node: &Node) -> bool {
    let named = || text(node, "name").is_some_and(|name| super::resource::Resource::read(name).is_some());
    let told = |names: &[&str]| names.iter().any(|name| member(node, name).is_some());
    // People sign in through the providers of workforce pools, and jobs do not.
    if text(node, "name").is_some_and(|name| name.split('/').any(|part| part == "workforcePools")) {
        return false;
    }
    told(&["attributemapping", "attributecondition", "workloadidentitypoolproviderid"])
        || (told(&["oidc", "aws", "saml", "x509"]) && (named() || told(&["oidc"])))
}

/// The last member of this name, however it is spelled: `attributeMapping` by the REST interface, `attribute_mapping` by
/// Terraform. `name` is in small letters, without underscores. What is `null` is not there.
pub(super) fn member<'a>(node: &'a Node, name: &str) -> Option<&'a Node> {
    entry(node, name).map(|found| &found.value)
}

/// The same with its name.
pub(super) fn entry<'a>(node: &'a Node, name: &str) -> Option<&'a Member> {
    let found = node.as_object()?.iter().rev().find(|member| is_named(&member.name, name))?;
    (found.value.data != Data::Null).then_some(found)
}

/// The text of a member.
pub(super) fn text<'a>(node: &'a Node, name: &str) -> Option<&'a str> {
    member(node, name)?.as_str()
}

pub(super) fn is_named(written: &str, name: &str) -> bool {
    let written = written.bytes().filter(|byte| *byte != b'_');
    written.map(|byte| byte.to_ascii_lowercase()).eq(name.bytes())
}
