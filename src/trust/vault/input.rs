//! The members of the configuration object (`VaultTrust` in the JavaScript interface).

use std::net::IpAddr;

use super::version::{self, Product, Version};
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
    pub(super) role: Given,
    pub(super) mount: Option<Given>,
    pub(super) product: Product,
    pub(super) version: Option<Version>,
    /// As it is written, and read.
    pub(super) address: Option<(String, IpAddr)>,
}

/// Reads a configuration.
///
/// # Errors
/// [`Error`] for a wrong type, an unknown member, a missing role, or one over the size limit.
pub(super) fn read(configuration: &Configuration<'_>) -> Result<Input, Error> {
    let mut fields = Fields::new(&*configuration.path, configuration.node)?;
    fields.string("provider")?;
    let name = fields.string("name")?.map(str::to_owned);
    let path = fields.path_of("role");
    let node = fields.any("role").ok_or_else(|| Error::argument(&*path, "is missing"))?;
    let role = given(path, node)?;
    let mount = match fields.any("mount") {
        Some(node) => Some(given(fields.path_of("mount"), node)?),
        None => None,
    };
    let product = match fields.string("product")? {
        None | Some("vault") => Product::Vault,
        Some("openbao") => Product::OpenBao,
        Some(_) => return Err(Error::argument(fields.path_of("product"), "expected vault or openbao")),
    };
    let version = match fields.string("version")? {
        Some(text) => Some(version::read(fields.path_of("version"), text)?),
        None => None,
    };
    let address = match fields.string("remoteAddress")? {
        Some(text) => match text.parse() {
            Ok(address) => Some((text.to_owned(), address)),
            Err(_) => return Err(Error::argument(fields.path_of("remoteAddress"), "expected an IP address")),
        },
        None => None,
    };
    fields.finish()?;
    Ok(Input { name, role, mount, product, version, address })
}
