//! The members of the configuration object (`AwsTrust` in the JavaScript interface).

use super::{
    arn::is_account,
    context, document,
    fault::{Fault, Problem},
    held::Held,
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

/// A configuration, read.
#[derive(Debug)]
pub(super) struct Input {
    pub(super) name: Option<String>,
    /// The policy, or why it could not be found.
    pub(super) document: Result<document::Found, Problem>,
    /// The pasted text; none where the policy came as an object.
    pub(super) source: Option<Source>,
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
    let provider_path = fields.path_of("oidcProvider");
    let oidc_provider = fields.any("oidcProvider").map(|node| oidc_provider(provider_path, node)).transpose()?;
    let context_path = fields.path_of("context");
    let context = fields.any("context").map(|node| request(&context_path, node)).transpose()?;
    fields.finish()?;
    let (document, source) = match &policy.data {
        Data::String(text) => {
            CONFIGURATION.check(text)?;
            (document::in_text(text), Some(Source::new(path, text.clone())))
        }
        Data::Object(_) | Data::Array(_) => {
            CONFIGURATION.check(&Value::from(policy).to_json())?;
            (document::in_value(policy), None)
        }
        Data::Null => {
            let title = "the policy is not known before the plan is applied";
            (Err(Problem::new(Fault::UnknownAfterApply, title, None, &policy.at)), None)
        }
        _ => {
            let message = format!("expected a string or an object, got {}", policy.kind());
            return Err(Error::argument(path, message));
        }
    };
    Ok(Input { name, document, source, oidc_provider, context })
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
