//! What keeps an expression from being stored.

use std::ops::Range;

/// A fault of an expression, found without evaluating it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// Bytes of the expression.
    pub at: Range<usize>,
    /// One line for a person, which names the likely mistake; without the place.
    pub message: String,
    /// The literal text to put in place of `at`. Not proved: what it makes of the expression is for the caller to try.
    pub fix: Option<String>,
    /// Whether Google certainly refuses it. If not, that is not documented, or it is over a limit of this program.
    pub certain: bool,
}

impl Problem {
    pub(super) fn new(at: &Range<usize>, message: impl Into<String>) -> Self {
        Self { at: at.clone(), message: message.into(), fix: None, certain: true }
    }

    pub(super) fn fix(mut self, fix: impl Into<String>) -> Self {
        self.fix = Some(fix.into());
        self
    }

    pub(super) const fn uncertain(mut self) -> Self {
        self.certain = false;
        self
    }
}

/// What reading gives: a pointer, because it is handed up through every level.
pub(super) type Read<T> = Result<T, Box<Problem>>;
