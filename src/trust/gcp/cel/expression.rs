//! An expression: its text and its tree.

use std::ops::Range;

use super::{
    check,
    environment::Environment,
    evaluate::evaluate,
    function::{Standing, find},
    kinds::Kinds,
    node::{Form, Macro, Node},
    parse,
    problem::Problem,
    traced::Traced,
};

/// A condition or a mapping's expression that was read.
#[derive(Clone, Debug, PartialEq)]
pub struct Expression {
    text: String,
    root: Node,
}

/// A part of an expression that reads one entry of a variable.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Reference<'e> {
    /// `assertion`, `google` or `attribute`, or the variable of a macro.
    pub variable: &'e str,
    /// The claim or attribute.
    pub name: &'e str,
    /// Whether it only asks if the entry is there.
    pub presence: bool,
    /// The part.
    pub node: &'e Node,
}

impl Expression {
    /// Reads an expression. Its length is for the caller to limit; reading takes time in proportion to it.
    ///
    /// # Errors
    /// [`Problem`]: what is wrong, where, and the likely mistake. It is not certain that Google refuses what is over
    /// [`NESTING`](super::NESTING) or [`NODES`](super::NODES), and syntax that Google does not document.
    pub fn parse(text: &str) -> Result<Self, Problem> {
        match parse::parse(text) {
            Ok(root) => Ok(Self { text: text.to_owned(), root }),
            Err(problem) => Err(*problem),
        }
    }

    /// The text as it was given.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The whole expression as a tree.
    #[must_use]
    pub const fn root(&self) -> &Node {
        &self.root
    }

    /// A part as it is written.
    #[must_use]
    pub fn slice(&self, node: &Node) -> &str {
        self.text.get(node.at.clone()).unwrap_or_default()
    }

    /// What Google refuses to store, as its type checker would find it: names and functions that do not exist, types that
    /// an operator or a function never takes, a result that is none of `wanted` (a condition: [`Kinds::BOOL`]). The
    /// values of the variables do not matter, only their names; each of them may hold anything.
    #[must_use]
    pub fn check(&self, environment: &Environment, wanted: Kinds) -> Vec<Problem> {
        check::check(&self.text, &self.root, environment, wanted)
    }

    /// Evaluates it, and says what every part comes to.
    #[must_use]
    pub fn evaluate(&self, environment: &Environment) -> Traced<'_> {
        evaluate(&self.root, environment, false)
    }

    /// Every part that reads an entry of a variable, in the order of the text.
    #[must_use]
    pub fn references(&self) -> Vec<Reference<'_>> {
        let mut found = Vec::new();
        walk(&self.root, &mut |node| {
            if let Some((variable, name)) = node.entry() {
                found.push(Reference { variable, name, presence: node.is("has") || node.is("in"), node });
            }
        });
        found
    }

    /// Functions and macros that are standard CEL or one of its extensions, are evaluated here, and that Google does not
    /// document for workload identity federation: name and place.
    #[must_use]
    pub fn undocumented(&self) -> Vec<(&str, Range<usize>)> {
        let mut found: Vec<(&str, Range<usize>)> = Vec::new();
        walk(&self.root, &mut |node| match &node.form {
            Form::Call { name, at, style }
                if find(name, *style).is_some_and(|function| function.standing == Standing::Standard) =>
            {
                found.push((name, *at..at.saturating_add(name.len())));
            }
            Form::Macro(kind @ (Macro::All | Macro::ExistsOne | Macro::Filter), _) => {
                found.push((kind.name(), node.at.clone()));
            }
            _ => {}
        });
        found
    }
}

/// Every part, the inner ones of each before itself.
fn walk<'e>(node: &'e Node, look: &mut dyn FnMut(&'e Node)) {
    for part in &node.parts {
        walk(part, look);
    }
    look(node);
}
