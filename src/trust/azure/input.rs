//! The members of the configuration object (`AzureTrust` in the JavaScript interface).

use crate::{
    Error,
    json::{CONFIGURATION, Data, Fields, Node, Text, Value, read as read_json},
    report::Source,
    trust::Configuration,
};

/// A configuration, read as far as its JSON.
#[derive(Clone, Debug)]
pub(super) struct Input {
    pub(super) name: Option<String>,
    /// What is wrong with the document, where it is no JSON.
    pub(super) node: Result<Node, String>,
    /// The pasted text; none where it came as an object.
    pub(super) source: Option<Source>,
}

/// Reads a configuration.
///
/// # Errors
/// [`Error`] for a wrong type, an unknown member, missing credentials, or a document over the size limit.
pub(super) fn read(configuration: &Configuration<'_>) -> Result<Input, Error> {
    let mut fields = Fields::new(&*configuration.path, configuration.node)?;
    fields.string("provider")?;
    let name = fields.string("name")?.map(str::to_owned);
    let path = fields.path_of("credentials");
    let given = fields.any("credentials").ok_or_else(|| Error::argument(&*path, "is missing"))?;
    fields.finish()?;
    let (node, source) = match &given.data {
        Data::String(text) => {
            CONFIGURATION.check_length(text.len())?;
            let node = read_json(&Text::pasted(text)).map(|document| document.root).map_err(|error| error.to_string());
            (node, Some(Source::new(path, text.clone())))
        }
        Data::Object(_) | Data::Array(_) => {
            CONFIGURATION.check_length(Value::from(given).to_json().len())?;
            (Ok(given.clone()), None)
        }
        _ => return Err(Error::argument(path, format!("expected a string or an object, got {}", given.kind()))),
    };
    Ok(Input { name, node, source })
}
