//! Claims as an argument: an object, or the JSON text of one, which keeps the spelling of numbers and has places.

use crate::{
    Error,
    json::{self, Document, Node, Text, read},
    report::Source,
};

/// Claims that were given without a token.
#[derive(Clone, Debug)]
pub struct ClaimsInput {
    /// The claims; an object.
    pub document: Document,
    /// The pasted text; `None` where they came as an object.
    pub source: Option<Source>,
}

impl ClaimsInput {
    /// Takes the argument that stands at `path`.
    ///
    /// # Errors
    /// [`Error::Argument`] if it is not an object nor the JSON text of one, [`Error::TooLarge`] over [`json::TOKEN`].
    pub fn read(node: &Node, path: &str) -> Result<Self, Error> {
        let refuse = |message: String| Err(Error::argument(path, message));
        let claims = match node.as_str() {
            None => Self { document: Document { root: node.clone(), duplicates: Vec::new() }, source: None },
            Some(text) => {
                json::TOKEN.check(text)?;
                let source = Source::new("claims", text);
                match read(&Text::document(text)) {
                    Ok(document) => Self { document, source: Some(source) },
                    Err(error) => {
                        let span = source.span(error.at.clone());
                        return refuse(format!("{error} (line {}, column {})", span.line, span.column));
                    }
                }
            }
        };
        match claims.document.root.as_object() {
            Some(_) => Ok(claims),
            None => refuse(format!("expected an object, got {}", claims.document.root.kind())),
        }
    }
}
