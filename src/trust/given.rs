//! A document of a configuration, as far as its JSON.

use std::ops::Range;

use crate::{
    Error,
    json::{CONFIGURATION, Data, Node, Text, Value, read},
    report::{Source, Span},
};

/// A document as it was given.
#[derive(Clone, Debug)]
pub(in crate::trust) struct Given {
    /// What is wrong with it, where it is no JSON.
    pub(in crate::trust) node: Result<Node, String>,
    /// The pasted text; none where it came as an object.
    pub(in crate::trust) source: Option<Source>,
}

impl Given {
    /// A place in it; none where it came as an object.
    pub(in crate::trust) fn span(&self, at: &Range<usize>) -> Option<Span> {
        self.source.as_ref().map(|source| source.span(at.clone()))
    }
}

/// Takes a document, as text or as an object.
///
/// # Errors
/// [`Error`] for another type, and over the size limit.
pub(in crate::trust) fn given(path: String, node: &Node) -> Result<Given, Error> {
    match &node.data {
        Data::String(text) => {
            CONFIGURATION.check_length(text.len())?;
            let node = read(&Text::document(text)).map(|document| document.root).map_err(|error| error.to_string());
            Ok(Given { node, source: Some(Source::new(path, text.clone())) })
        }
        Data::Object(_) | Data::Array(_) => {
            CONFIGURATION.check_length(Value::from(node).to_json().len())?;
            Ok(Given { node: Ok(node.clone()), source: None })
        }
        _ => Err(Error::argument(path, format!("expected a string or an object, got {}", node.kind()))),
    }
}
