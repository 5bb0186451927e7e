//! The members of the configuration object (`GcpTrust` in the JavaScript interface).

use super::iam::IamPolicy;
use crate::{
    Error,
    json::Fields,
    trust::{
        Configuration,
        given::{Given, given},
    },
};

/// A configuration, read as far as its JSON.
#[derive(Debug)]
pub(super) struct Input {
    pub(super) name: Option<String>,
    pub(super) provider: Given,
    pub(super) iam: Option<IamPolicy>,
    pub(super) credentials: Option<Given>,
}

/// Reads a configuration.
///
/// # Errors
/// [`Error`] for a wrong type, an unknown member, a missing provider, or one over the size limit.
pub(super) fn read(configuration: &Configuration<'_>) -> Result<Input, Error> {
    let mut fields = Fields::new(&*configuration.path, configuration.node)?;
    fields.string("provider")?;
    let name = fields.string("name")?.map(str::to_owned);
    let path = fields.path_of("workloadProvider");
    let node = fields.any("workloadProvider").ok_or_else(|| Error::argument(&*path, "is missing"))?;
    let provider = given(path, node)?;
    let mut optional = |name| match fields.any(name) {
        Some(node) => given(fields.path_of(name), node).map(Some),
        None => Ok(None),
    };
    let iam = optional("iamPolicy")?.map(|given| match given.node {
        Ok(node) => IamPolicy::read(&node, given.source),
        Err(_) => IamPolicy { source: given.source, bindings: None },
    });
    let credentials = optional("credentials")?;
    fields.finish()?;
    Ok(Input { name, provider, iam, credentials })
}
