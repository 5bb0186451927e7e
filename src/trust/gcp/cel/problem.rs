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
    #[inline(never)]
    pub(super) fn new(at: Range<usize>, message: &[&str]) -> Box<Self> {
        Box::new(Self { at, message: message.concat(), fix: None, certain: true })
    }

    #[inline(never)]
    pub(super) fn fix(mut self: Box<Self>, fix: &[&str]) -> Box<Self> {
        self.fix = Some(fix.concat());
        self
    }

    /// What Google may take nevertheless.
    pub(super) fn uncertain(at: Range<usize>, message: &str) -> Box<Self> {
        let mut problem = Self::new(at, &[message]);
        problem.certain = false;
        problem
    }
}
