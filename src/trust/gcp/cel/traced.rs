//! An expression with the value of each of its parts.

use super::{
    kinds::Kinds,
    node::{Form, Macro, Node},
    value::Value,
};
use crate::report::Outcome;

/// A part of an expression and what it came to. Parts that were not needed (the other branch of `?:`) are left out; of the
/// body of a macro there is one evaluation, with the element that decided.
#[derive(Clone, Debug, PartialEq)]
pub struct Traced<'e> {
    /// The part.
    pub node: &'e Node,
    /// What it came to.
    pub value: Value,
    /// Of the body of a macro: the element that it was evaluated for.
    pub item: Option<Value>,
    /// What it is made of.
    pub parts: Vec<Self>,
    /// Whether the value of the part above comes from this one. None of a comparison's sides is marked, unless it is an
    /// error or unknown: there the comparison itself is what decides.
    pub decides: bool,
}

/// A comparison's two sides: what depends on the token, and what the configuration says.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Sides<'t, 'e> {
    /// What depends on the token; the left side where both do.
    pub actual: &'t Traced<'e>,
    /// What is written in the configuration.
    pub expected: &'t Traced<'e>,
}

impl<'e> Traced<'e> {
    pub(super) const fn new(node: &'e Node, value: Value, parts: Vec<Self>) -> Self {
        Self { node, value, item: None, parts, decides: false }
    }

    /// Whether a condition with this value lets a credential in: pass if it is certainly true; fail if it is certainly not
    /// (false, an error, no boolean); else unknown.
    #[must_use]
    pub fn outcome(&self) -> Outcome {
        let parts = || self.parts.iter().map(Self::outcome);
        match &self.value {
            Value::Bool(true) => Outcome::Pass,
            // An unknown part beside one that fails could make it false instead of an error, but not true.
            Value::Unknown(_) if self.node.form == Form::And => Outcome::all(parts()),
            Value::Unknown(_) if self.node.form == Form::Or => Outcome::any(parts()),
            Value::Unknown(_) => Outcome::Unknown,
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
        self.parts.iter().filter(|part| part.decides).for_each(|part| part.collect(found));
        if found.len() == before {
            found.push(self);
        }
    }

    /// The two sides of a comparison by an operator, or by a method that answers true or false for one argument
    /// (`startsWith`, `matches`).
    #[must_use]
    pub fn sides(&self) -> Option<Sides<'_, 'e>> {
        let [left, right] = &*self.parts else { return None };
        let compares = match &self.node.form {
            Form::Operator(operator) => operator.compares(),
            Form::Call { name, method: true, .. } => {
                super::function::find(name, true).is_some_and(|function| function.gives == Kinds::BOOL)
            }
            _ => false,
        };
        let swapped = left.node.is_constant() && !right.node.is_constant();
        let (actual, expected) = if swapped { (right, left) } else { (left, right) };
        compares.then_some(Sides { actual, expected })
    }

    /// Whether a macro looked at no element at all, so that `all` is true and `exists` false.
    #[must_use]
    pub fn is_vacuous(&self) -> bool {
        let looks = matches!(self.node.form, Form::Macro(Macro::All | Macro::Exists | Macro::ExistsOne, _));
        looks && self.parts.len() == 1 && matches!(self.value, Value::Bool(_))
    }
}
