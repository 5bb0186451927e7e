//! What an expression may speak of.

use super::{limit::Budget, value::Value};
use crate::token::Claims;

/// The variables of an expression. A mapping has `assertion`; a condition has `google` and `attribute` too. All that is
/// evaluated in one environment shares one budget: a provider has fifty expressions.
#[derive(Clone, Debug, Default)]
pub struct Environment {
    variables: Vec<(&'static str, Value)>,
    pub(super) budget: Budget,
}

impl Environment {
    /// The same with one variable more.
    #[must_use]
    pub fn with(mut self, name: &'static str, value: Value) -> Self {
        self.variables.push((name, value));
        self
    }

    /// The value of a variable.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&Value> {
        self.variables.iter().find(|(own, _)| *own == name).map(|(_, value)| value)
    }

    /// How many of its [`STEPS`](super::STEPS) all evaluations with it took.
    #[must_use]
    pub const fn spent(&self) -> u32 {
        self.budget.spent()
    }

    /// The names of all variables.
    pub(super) fn names(&self) -> String {
        let mut names = String::new();
        for (name, _) in &self.variables {
            names.push_str(if names.is_empty() { "" } else { ", " });
            names.push_str(name);
        }
        names
    }
}

/// The claims as the variable `assertion`: a map from names to values of any type. A claim that the evidence does not
/// tell, or that the token holds twice with different values, is unknown.
#[must_use]
pub fn assertion(claims: &Claims) -> Value {
    Value::members(claims.members(), claims.is_partial())
}
