//! The members of the configuration object (`AwsTrust` in the JavaScript interface).

use super::{
    arn::is_account,
    budget, context, document,
    fault::{Fault, Problem},
    held::Held,
    policy::Kind,
    rcp::Rcp,
};
use crate::{
    Error,
    json::{CONFIGURATION, Data, Fields, Node, Value, repetitions},
    report::Source,
    trust::Configuration,
};

/// Client ids of one IAM OIDC provider
/// (<https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_providers_create_oidc.html>).
const CLIENT_IDS: usize = 100;

/// The IAM OIDC provider as the caller gave it.
#[derive(Clone, Debug)]
pub(super) struct OidcProvider {
    /// Its URL without `https://`, as `get-open-id-connect-provider` prints it.
    pub(super) name: String,
    pub(super) client_ids: Vec<String>,
    pub(super) account: Option<String>,
}

/// A policy, or why it could not be found.
pub(super) type Document = Result<document::Found, Problem>;

/// A configuration, read.
#[derive(Debug)]
pub(super) struct Input {
    pub(super) name: Option<String>,
    pub(super) document: Document,
    /// The pasted text; none where the policy came as an object.
    pub(super) source: Option<Source>,
    /// None where the caller gave no list of them.
    pub(super) resource_control_policies: Option<Vec<Rcp>>,
    pub(super) oidc_provider: Option<OidcProvider>,
    pub(super) context: Option<context::Request>,
}

/// Reads a configuration.
///
/// # Errors
/// [`Error`] for a wrong type, an unknown member, a missing policy, or one over the size limit.
pub(super) fn read(configuration: &Configuration<'_>) -> Result<Input, Error> {
    let mut fields = Fields::new(&*configuration.path, configuration.node)?;
    fields.string("provider")?;
    let name = fields.string("name")?.map(str::to_owned);
    let path = fields.path_of("policy");
    let policy = fields.any("policy").ok_or_else(|| Error::argument(&*path, "is missing"))?;
    let control_path = fields.path_of("resourceControlPolicies");
    let control = fields.any("resourceControlPolicies");
    let provider_path = fields.path_of("oidcProvider");
    let oidc_provider = fields.any("oidcProvider").map(|node| oidc_provider(provider_path, node)).transpose()?;
    let context_path = fields.path_of("context");
    let context = fields.any("context").map(|node| request(&context_path, node)).transpose()?;
    fields.finish()?;
    CONFIGURATION.check_length(size(policy))?;
    let (document, source) = read_document(path, policy, Kind::Trust)?;
    let resource_control_policies = control.map(|node| control_policies(&control_path, node)).transpose()?;
    Ok(Input { name, document, source, resource_control_policies, oidc_provider, context })
}

fn size(policy: &Node) -> usize {
    policy.as_str().map_or_else(|| Value::from(policy).to_json().len(), str::len)
}

fn read_document(path: String, policy: &Node, kind: Kind) -> Result<(Document, Option<Source>), Error> {
    match &policy.data {
        Data::String(text) => Ok((document::in_text(text, kind), Some(Source::new(path, text.clone())))),
        Data::Object(_) | Data::Array(_) => Ok((document::in_value(policy, kind), None)),
        Data::Null if kind == Kind::Trust => {
            let title = "the policy is not known before the plan is applied";
            Ok((Err(Problem::new(Fault::UnknownAfterApply, title, None, &policy.at)), None))
        }
        _ => Err(Error::argument(path, format!("expected a string or an object, got {}", policy.kind()))),
    }
}

/// All of them together are held to the limit of one configuration.
fn control_policies(path: &str, node: &Node) -> Result<Vec<Rcp>, Error> {
    let items = node.as_array();
    let items = items.ok_or_else(|| Error::argument(path, format!("expected an array, got {}", node.kind())))?;
    let (actual, limit) = (items.len(), budget::RESOURCE_CONTROL_POLICIES);
    if actual > limit {
        return Err(Error::TooMany { what: "resource control policies", actual, limit });
    }
    let mut total = 0_usize;
    let mut all = Vec::new();
    for (index, item) in items.iter().enumerate() {
        total = total.saturating_add(size(item));
        CONFIGURATION.check_length(total)?;
        let (document, source) = read_document(format!("{path}[{index}]"), item, Kind::ResourceControl)?;
        all.push(Rcp::new(index.saturating_add(1), document, source));
    }
    Ok(all)
}

fn oidc_provider(path: String, node: &Node) -> Result<OidcProvider, Error> {
    let mut fields = Fields::new(path, node)?;
    let missing = |fields: &Fields<'_>, name| Error::argument(fields.path_of(name), "is missing");
    let url = fields.string("url")?.ok_or_else(|| missing(&fields, "url"))?;
    let ids = fields.strings("clientIdList")?.ok_or_else(|| missing(&fields, "clientIdList"))?;
    let account = fields.string("accountId")?.map(str::to_owned);
    if account.as_deref().is_some_and(|account| !is_account(account)) {
        return Err(Error::argument(fields.path_of("accountId"), "expected the 12 digits of an account id"));
    }
    if ids.len() > CLIENT_IDS {
        return Err(Error::argument(
            fields.path_of("clientIdList"),
            format!("IAM takes at most {CLIENT_IDS} client ids"),
        ));
    }
    fields.finish()?;
    Ok(OidcProvider {
        name: url.strip_prefix("https://").unwrap_or(url).to_owned(),
        client_ids: ids.into_iter().map(str::to_owned).collect(),
        account,
    })
}

fn request(path: &str, node: &Node) -> Result<context::Request, Error> {
    let members =
        node.as_object().ok_or_else(|| Error::argument(path, format!("expected an object, got {}", node.kind())))?;
    let names: Vec<String> = members.iter().map(|member| member.name.to_ascii_lowercase()).collect();
    let repeated = repetitions(&names.iter().map(String::as_str).collect::<Vec<_>>());
    if let Some(member) = repeated.first().and_then(|(_, again)| members.get(*again)) {
        return Err(Error::argument(
            format!("{path}.{}", member.name),
            "stands twice: condition keys ignore letter case",
        ));
    }
    let mut read = context::Request::new();
    for (member, name) in members.iter().zip(names) {
        let path = format!("{path}.{}", member.name);
        // Keys of a token's claims carry the issuer's domain. Taken from here they could contradict the token.
        if member.name.split_once(':').is_none_or(|(prefix, _)| prefix.contains(['.', '/'])) {
            return Err(Error::argument(
                path,
                "is not a key of the request; what the token says is taken from the token",
            ));
        }
        let texts: Option<Vec<&str>> = member.value.one_or_many().iter().map(Node::as_str).collect();
        let held = match texts.as_deref() {
            Some([only]) => Held::One((*only).to_owned()),
            Some(several) => Held::Many(several.iter().map(|text| (*text).to_owned()).collect()),
            None => return Err(Error::argument(path, "expected a string or an array of strings")),
        };
        read.push((name, held));
    }
    Ok(read)
}
