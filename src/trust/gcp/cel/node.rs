//! The tree of an expression, as it was written: macro calls are kept, not expanded.

use std::ops::{Deref, DerefMut, Range};

use super::{operator::Operator, value::Value};

/// A part of an expression. A pointer to what it says, for the same reason as a [`Step`](crate::report::Step).
#[derive(Clone, Debug, PartialEq)]
pub struct Node(Box<NodeParts>);

/// What a [`Node`] says; read through the node.
#[derive(Clone, Debug, PartialEq)]
pub struct NodeParts {
    /// Bytes of the expression, with the brackets around the part if it has any.
    pub at: Range<usize>,
    /// What it is.
    pub form: Form,
    /// Its operands in the order in which they are written: of a call the receiver first, of a map literal key and value
    /// in turn, of a macro the range and then what is evaluated for each element.
    pub parts: Vec<Node>,
    /// Levels below it and its own.
    pub(super) height: usize,
}

/// What a node is.
#[derive(Clone, Debug, PartialEq)]
pub enum Form {
    /// A number, text, `true`, `false` or `null`.
    Literal(Value),
    /// A variable.
    Name(String),
    /// `x.name`
    Select(String),
    /// `has(x.name)`; the part is `x`.
    Has(String),
    /// A function or method.
    Call {
        /// Its name.
        name: String,
        /// The byte at which the name begins.
        at: usize,
        /// Whether the first part is the receiver.
        method: bool,
    },
    /// An operator that looks at all its operands.
    Operator(Operator),
    /// Two or more parts joined by `&&`.
    And,
    /// Two or more parts joined by `||`.
    Or,
    /// `!x`
    Not,
    /// `x ? y : z`
    Conditional,
    /// A list literal.
    List,
    /// A map literal.
    Map,
    /// A macro with its variable.
    Macro(Macro, String),
}

/// Macros that look at every element.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Macro {
    /// `all`: true for every element; true for none.
    All,
    /// `exists`: true for at least one.
    Exists,
    /// `exists_one`: true for exactly one.
    ExistsOne,
    /// `filter`: the elements for which it is true.
    Filter,
    /// `map`: what comes out for each element; with three arguments, for each that passes.
    Map,
}

impl Macro {
    /// Every macro with its name.
    pub(super) const NAMES: [(&str, Self); 5] = [
        ("all", Self::All),
        ("exists", Self::Exists),
        ("exists_one", Self::ExistsOne),
        ("filter", Self::Filter),
        ("map", Self::Map),
    ];

    /// How it is spelled.
    #[must_use]
    pub fn name(self) -> &'static str {
        Self::NAMES.iter().find(|(_, own)| *own == self).map_or("", |(name, _)| *name)
    }
}

impl Node {
    pub(super) fn new(parts: NodeParts) -> Self {
        Self(Box::new(parts))
    }

    /// The variable and the entry of it that this node reads: `assertion.sub`, `assertion['sub']`, `has(assertion.sub)`
    /// and `'sub' in assertion` all read `sub` of `assertion`.
    #[must_use]
    pub fn entry(&self) -> Option<(&str, &str)> {
        let (first, second) = (self.parts.first()?, self.parts.get(1));
        let (map, name) = match (&self.form, second) {
            (Form::Select(name) | Form::Has(name), _) => (first, &**name),
            (Form::Operator(Operator::Index), Some(key)) => (first, key.text()?),
            (Form::Operator(Operator::In), Some(map)) => (map, first.text()?),
            _ => return None,
        };
        match &map.form {
            Form::Name(variable) => Some((variable, name)),
            _ => None,
        }
    }

    /// The text of a string literal.
    #[must_use]
    pub fn text(&self) -> Option<&str> {
        match &self.form {
            Form::Literal(value) => value.as_str(),
            _ => None,
        }
    }

    /// Whether nothing in it depends on a variable.
    #[must_use]
    pub fn is_constant(&self) -> bool {
        !matches!(self.form, Form::Name(_) | Form::Macro(..)) && self.parts.iter().all(Self::is_constant)
    }
}

impl Deref for Node {
    type Target = NodeParts;

    fn deref(&self) -> &NodeParts {
        &self.0
    }
}

impl DerefMut for Node {
    fn deref_mut(&mut self) -> &mut NodeParts {
        &mut self.0
    }
}
