//! The members of the configuration object (`AzureTrust` in the JavaScript interface).

use crate::{
    Error,
    json::Fields,
    trust::{
        Configuration,
        given::{Given, given},
    },
};

/// Reads a configuration as far as its JSON: its name, and the credentials.
///
/// # Errors
/// [`Error`] for a wrong type, an unknown member, missing credentials, or a document over the size limit.
pub(super) fn read(configuration: &Configuration<'_>) -> Result<(Option<String>, Given), Error> {
    let mut fields = Fields::new(&*configuration.path, configuration.node)?;
    fields.string("provider")?;
    let name = fields.string("name")?.map(str::to_owned);
    let path = fields.path_of("credentials");
    let node = fields.any("credentials").ok_or_else(|| Error::argument(&*path, "is missing"))?;
    let given = given(path, node)?;
    fields.finish()?;
    Ok((name, given))
}
