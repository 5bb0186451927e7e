//! The tree of an expression, as it was written: macro calls are kept, not expanded.

use std::ops::Range;

use super::{operator::Operator, value::Value};

/// A part of an expression, and where it stands.
#[derive(Clone, Debug, PartialEq)]
pub struct Node {
    /// Bytes of the expression, with the brackets around the part if it has any.
    pub at: Range<usize>,
    /// What it is.
    pub form: Form,
    /// Its operands in the order in which they are written: of a call the receiver first, of a map literal key and value
    /// in turn, of a macro the range and then what is evaluated for each element.
    pub parts: Vec<Self>,
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
        /// Where the name stands.
        at: Range<usize>,
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
    /// Every macro with its name and most arguments.
    pub(super) const NAMES: [(&str, Self, usize); 5] = [
        ("all", Self::All, 2),
        ("exists", Self::Exists, 2),
        ("exists_one", Self::ExistsOne, 2),
        ("filter", Self::Filter, 2),
        ("map", Self::Map, 3),
    ];

    /// How it is spelled.
    #[must_use]
    pub fn name(self) -> &'static str {
        Self::NAMES.iter().find(|(_, own, _)| *own == self).map_or("", |(name, ..)| *name)
    }
}

impl Node {
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
        match self.form {
            Form::Literal(_) => true,
            Form::Name(_) | Form::Macro(..) => false,
            _ => self.parts.iter().all(Self::is_constant),
        }
    }
}
