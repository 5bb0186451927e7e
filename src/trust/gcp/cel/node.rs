//! The tree of an expression, as it was written: macro calls are kept, not expanded.

use std::ops::{Deref, DerefMut, Range};

use super::value::Value;

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
    /// Its operands in the order in which they are written: of a method the receiver first, of a map literal key and value
    /// in turn, of a macro the range and then what is evaluated for each element. A name behind a point is a literal.
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
    /// A function, method or operator that looks at all its operands.
    Call {
        /// Its name, or how it is spelled: `size`, `==`; `.` and `[]` for an entry, `has` for the macro.
        name: String,
        /// The byte at which the name begins.
        at: usize,
        /// How it is called.
        style: Style,
    },
    /// Two or more parts joined by `&&`.
    And,
    /// Two or more parts joined by `||`.
    Or,
    /// `x ? y : z`
    Conditional,
    /// A list literal.
    List,
    /// A map literal.
    Map,
    /// A macro with its variable.
    Macro(Macro, String),
}

/// How something is called.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Style {
    /// `receiver.name(…)`
    Method,
    /// `name(…)`
    Function,
    /// `x == y`, `-x`, `x.name`, `x[y]`, `has(x.name)`
    Operator,
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

    /// Whether it is this operator.
    #[must_use]
    pub fn is(&self, operator: &str) -> bool {
        matches!(&self.form, Form::Call { name, style: Style::Operator, .. } if name == operator)
    }

    /// The variable and the entry of it that this node reads: `assertion.sub`, `assertion['sub']`, `has(assertion.sub)`
    /// and `'sub' in assertion` all read `sub` of `assertion`.
    #[must_use]
    pub fn entry(&self) -> Option<(&str, &str)> {
        let [first, second] = &*self.parts else { return None };
        let (map, name) = match &self.form {
            Form::Call { name, style: Style::Operator, .. } => match &**name {
                "." | "[]" | "has" => (first, second),
                "in" => (second, first),
                _ => return None,
            },
            _ => return None,
        };
        match &map.form {
            Form::Name(variable) => Some((variable, name.text()?)),
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
