//! An expression with the value of each of its parts.

use std::ops::{Deref, DerefMut};

use super::{
    function::find,
    kinds::Kinds,
    node::{Form, Macro, Node},
    value::{Data, Value},
};
use crate::report::Outcome;

/// A part of an expression and what it came to. A pointer to what it says, for the same reason as a
/// [`Step`](crate::report::Step).
#[derive(Clone, Debug, PartialEq)]
pub struct Traced<'e>(Box<TracedParts<'e>>);

/// What a [`Traced`] says; read through it.
#[derive(Clone, Debug, PartialEq)]
pub struct TracedParts<'e> {
    /// The part.
    pub node: &'e Node,
    /// What it came to.
    pub value: Value,
    /// Of the body of a macro: the element that it was evaluated for.
    pub item: Option<Value>,
    /// What it is made of. The branch of `?:` that was not taken is left out; of the body of a macro there is one
    /// evaluation, with the first element that decided, else with the first of all.
    pub parts: Vec<Traced<'e>>,
    /// Whether the value of the part above comes from this one. None of a comparison's sides is marked, unless it is an
    /// error or unknown: the comparison itself is what decides.
    pub decides: bool,
}

/// A comparison's two sides.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Sides<'t, 'e> {
    /// What depends on the token; the left side where both do.
    pub actual: &'t Traced<'e>,
    /// What is written in the configuration.
    pub expected: &'t Traced<'e>,
    /// Whether that stands on the left.
    pub swapped: bool,
}

impl<'e> Traced<'e> {
    pub(super) fn new(node: &'e Node, value: &Value) -> Self {
        Self(Box::new(TracedParts { node, value: value.clone(), item: None, parts: Vec::new(), decides: false }))
    }

    /// Whether a condition with this value lets a credential in: pass if it is certainly true; fail if it is certainly not
    /// (false, an error, no boolean); else unknown.
    #[must_use]
    pub fn outcome(&self) -> Outcome {
        let parts = self.parts.iter().map(Self::outcome);
        match (&*self.value, &self.node.form) {
            (Data::Bool(true), _) => Outcome::Pass,
            // An unknown part beside one that fails could make it false instead of an error, but not true.
            (Data::Unknown(..), Form::And) => Outcome::all(parts),
            (Data::Unknown(..), Form::Or) => Outcome::any(parts),
            (Data::Unknown(..), _) => Outcome::Unknown,
            _ => Outcome::Fail,
        }
    }

    /// The innermost parts that decided, in the order of the text: comparisons, calls, claims that are absent.
    #[must_use]
    pub fn deciding(&self) -> Vec<&Self> {
        let mut found = Vec::new();
        self.collect(&mut found);
        found
    }

    fn collect<'t>(&'t self, found: &mut Vec<&'t Self>) {
        let before = found.len();
        for part in &self.parts {
            if part.decides {
                part.collect(found);
            }
        }
        if found.len() == before {
            found.push(self);
        }
    }

    /// The two sides of a comparison by an operator, or by a method that answers true or false for one argument
    /// (`startsWith`, `matches`).
    #[must_use]
    pub fn sides(&self) -> Option<Sides<'_, 'e>> {
        let (Form::Call { name, style, .. }, [left, right]) = (&self.node.form, &*self.parts) else { return None };
        let compares = find(name, *style).is_some_and(|function| function.gives == Kinds::BOOL) && name != "has";
        let swapped = left.node.is_constant() && !right.node.is_constant();
        let (actual, expected) = if swapped { (right, left) } else { (left, right) };
        compares.then_some(Sides { actual, expected, swapped })
    }

    /// Whether a macro looked at no element at all, so that `all` is true and `exists` false.
    #[must_use]
    pub fn is_vacuous(&self) -> bool {
        let looks = matches!(self.node.form, Form::Macro(Macro::All | Macro::Exists | Macro::ExistsOne, _));
        looks && self.parts.len() == 1 && self.value.cause().is_none()
    }
}

impl<'e> Deref for Traced<'e> {
    type Target = TracedParts<'e>;

    fn deref(&self) -> &TracedParts<'e> {
        &self.0
    }
}

impl<'e> DerefMut for Traced<'e> {
    fn deref_mut(&mut self) -> &mut TracedParts<'e> {
        &mut self.0
    }
}
