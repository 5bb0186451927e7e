//! Near misses: what a value, a key, an operator, an action or a provider's name almost was, and what would settle it.
//!
//! A fix here is a guess. `propose` puts it into the policy, and only what then lets the token in is ever shown.

mod issuer;
mod key;
mod segments;
mod value;

use crate::report::{Code, Hint};

pub(super) use issuer::{arn, url};
pub(super) use key::{key, never_seen};
pub(super) use value::value;

/// Why a comparison nearly passed.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Near {
    code: Code,
    message: String,
    /// What to write, and in the place of what. None where no text is certain to be what is meant.
    pub(super) fix: Option<(Part, String)>,
}

/// The part of a condition, or of a list, that a fix replaces.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Part {
    /// One entry of a list: a principal, an action, a value.
    Entry(usize),
    Key,
    Operator,
}

impl Near {
    // Never inlined: the code that moves the parts would be in the module many times.
    #[inline(never)]
    pub(super) const fn new(code: Code, message: String, fix: Option<(Part, String)>) -> Self {
        Self { code, message, fix }
    }

    /// Whether the fix replaces a key.
    pub(super) const fn is_key(&self) -> bool {
        matches!(self.fix, Some((Part::Key, _)))
    }

    /// Which entry of a list the fix replaces.
    pub(super) const fn index(&self) -> Option<usize> {
        match self.fix {
            Some((Part::Entry(index), _)) => Some(index),
            _ => None,
        }
    }

    /// The same for another entry of the list than the first.
    pub(super) fn entry(mut self, index: usize) -> Self {
        if let Some((Part::Entry(entry), _)) = &mut self.fix {
            *entry = index;
        }
        self
    }

    /// What is said of it while nothing is proved.
    pub(super) fn hint(self) -> Hint {
        Hint { code: self.code, message: self.message, fix: None, at: None, newly_admits: Vec::new() }
    }
}
