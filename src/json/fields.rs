//! The members of an argument object, taken one by one; whatever is left over is an error.

use super::{Data, Node};
use crate::{Error, Seconds};

/// Reads an argument object. A misspelt option would be a check that silently does not happen, so [`Fields::finish`]
/// refuses members that nobody asked for.
#[derive(Debug)]
pub struct Fields<'a> {
    path: String,
    node: &'a Node,
    known: Vec<&'static str>,
}

impl<'a> Fields<'a> {
    /// Takes the object that stands at `path` of the arguments (empty: the only argument).
    ///
    /// # Errors
    /// [`Error::Argument`] if it is not an object.
    pub fn new(path: impl Into<String>, node: &'a Node) -> Result<Self, Error> {
        let path = path.into();
        match node.data {
            Data::Object(_) => Ok(Self { path, node, known: Vec::new() }),
            _ => Err(Error::argument(path, format!("expected an object, got {}", node.kind()))),
        }
    }

    /// The full path of a member, for messages.
    #[must_use]
    pub fn path_of(&self, name: &str) -> String {
        if self.path.is_empty() { name.to_owned() } else { format!("{}.{name}", self.path) }
    }

    /// A member of any type.
    pub fn any(&mut self, name: &'static str) -> Option<&'a Node> {
        self.known.push(name);
        self.node.get(name)
    }

    /// A string.
    ///
    /// # Errors
    /// [`Error::Argument`] if it is something else.
    pub fn string(&mut self, name: &'static str) -> Result<Option<&'a str>, Error> {
        self.typed(name, "a string", Node::as_str)
    }

    /// A boolean.
    ///
    /// # Errors
    /// [`Error::Argument`] if it is something else.
    pub fn boolean(&mut self, name: &'static str) -> Result<Option<bool>, Error> {
        self.typed(name, "a boolean", |node| match node.data {
            Data::Bool(value) => Some(value),
            _ => None,
        })
    }

    /// A time or duration in seconds, a fraction allowed.
    ///
    /// # Errors
    /// [`Error::Argument`] if it is something else.
    pub fn seconds(&mut self, name: &'static str) -> Result<Option<Seconds>, Error> {
        self.typed(name, "a number of seconds, at most 10^12 (milliseconds, perhaps?)", |node| match &node.data {
            Data::Number(spelled) => Seconds::parse(spelled),
            _ => None,
        })
    }

    /// A string, or an array of strings.
    ///
    /// # Errors
    /// [`Error::Argument`] if it is something else.
    pub fn strings(&mut self, name: &'static str) -> Result<Option<Vec<&'a str>>, Error> {
        self.typed(name, "a string or an array of strings", |node| {
            node.one_or_many().iter().map(Node::as_str).collect::<Option<Vec<_>>>()
        })
    }

    fn typed<T>(
        &mut self,
        name: &'static str,
        wanted: &str,
        read: impl FnOnce(&'a Node) -> Option<T>,
    ) -> Result<Option<T>, Error> {
        let Some(node) = self.any(name) else { return Ok(None) };
        match read(node) {
            Some(value) => Ok(Some(value)),
            None => Err(Error::argument(self.path_of(name), format!("expected {wanted}, got {}", node.kind()))),
        }
    }

    /// Refuses members that were not asked for.
    ///
    /// # Errors
    /// [`Error::Argument`] that names the first unknown member and the known ones.
    pub fn finish(self) -> Result<(), Error> {
        let unknown =
            self.node.as_object().unwrap_or_default().iter().find(|member| !self.known.contains(&&*member.name));
        match unknown {
            None => Ok(()),
            Some(member) => Err(Error::argument(
                self.path_of(&member.name),
                format!("unknown member; known are {}", self.known.join(", ")),
            )),
        }
    }
}
