//! Reading a JWK set (RFC 7517, 5).

use std::ops::Range;

use crate::{
    Error,
    json::{self, Data, JsonError, Node, Text},
    report::{Source, Span},
};

/// A key set as it was given: also one that cannot be used, which is for the step `verify.key` to say.
#[derive(Clone, Debug)]
pub struct KeySet {
    /// The pasted text; None where the input was an object.
    source: Option<Source>,
    content: Result<Node, JsonError>,
}

impl KeySet {
    /// Takes the argument `jwks`: a text, or an object.
    ///
    /// # Errors
    /// [`Error::Argument`] if it is neither, [`Error::TooLarge`] over [`json::KEY_SET`], [`Error::TooMany`] over
    /// [`json::KEY_COUNT`] keys.
    pub fn read(node: &Node, path: &str) -> Result<Self, Error> {
        match &node.data {
            Data::String(text) => Self::parse(text),
            Data::Object(_) => {
                json::KEY_SET.check_length(node.at.len())?;
                Self { source: None, content: Ok(node.clone()) }.counted()
            }
            _ => Err(Error::argument(path, format!("expected a string or an object, got {}", node.kind()))),
        }
    }

    /// Takes the text of a key set. One that is malformed is taken too.
    ///
    /// # Errors
    /// [`Error::TooLarge`] over [`json::KEY_SET`], [`Error::TooMany`] over [`json::KEY_COUNT`] keys.
    pub fn parse(text: &str) -> Result<Self, Error> {
        json::KEY_SET.check(text)?;
        let content = json::read(&Text::document(text)).map(|document| document.root);
        Self { source: Some(Source::new("jwks", text)), content }.counted()
    }

    fn counted(self) -> Result<Self, Error> {
        let actual = self.keys().map_or(0, <[Node]>::len);
        if actual > json::KEY_COUNT {
            return Err(Error::TooMany { what: "keys in the key set", actual, limit: json::KEY_COUNT });
        }
        Ok(self)
    }

    /// The keys; what is wrong where the text is not a key set.
    pub(super) fn keys(&self) -> Result<&[Node], Malformed> {
        let root = self.content.as_ref().map_err(|error| Malformed::new(error.to_string(), error.at.clone()))?;
        let Some(members) = root.as_object() else {
            return Err(Malformed::new(format!("a key set is an object, this is {}", root.kind()), root.at.clone()));
        };
        if let Some(again) = members.iter().filter(|member| member.name == "keys").nth(1) {
            return Err(Malformed::new("the member keys occurs twice".to_owned(), again.name_at.clone()));
        }
        let Some(keys) = root.get("keys") else {
            return Err(Malformed::new(without_keys(root).to_owned(), root.at.clone()));
        };
        keys.as_array().ok_or_else(|| Malformed::new(format!("keys is {}, not an array", keys.kind()), keys.at.clone()))
    }

    /// The name of a member that this key holds twice.
    pub(super) fn repeated_in(jwk: &Node) -> Option<String> {
        jwk.duplicates().into_iter().next().map(|duplicate| duplicate.name)
    }

    /// The place in the pasted text.
    pub(super) fn span(&self, at: Range<usize>) -> Option<Span> {
        self.source.as_ref().map(|source| source.span(at))
    }
}

/// What somebody may have taken for a key set.
fn without_keys(root: &Node) -> &'static str {
    if root.get("jwks_uri").is_some() {
        "this is the discovery document; the key set is what its jwks_uri points to"
    } else if root.get("kty").is_some() {
        "this is a single key; a key set is {\"keys\": [ … ]}"
    } else {
        "it has no member keys"
    }
}

/// Why a text is not a key set, and where.
#[derive(Clone, Debug)]
pub(super) struct Malformed {
    pub(super) message: String,
    pub(super) at: Range<usize>,
}

impl Malformed {
    const fn new(message: String, at: Range<usize>) -> Self {
        Self { message, at }
    }
}
