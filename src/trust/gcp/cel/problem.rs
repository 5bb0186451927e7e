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

/// What reading gives: a pointer, because it is handed up through every level.
pub(super) type Read<T> = Result<T, Box<Problem>>;

impl Problem {
    #[inline(never)]
    pub(super) fn new(at: Range<usize>, message: &[&str]) -> Box<Self> {
        Box::new(Self { at, message: message.concat(), fix: None, certain: true })
    }

    pub(super) fn at<T>(at: Range<usize>, message: &[&str]) -> Read<T> {
        Err(Self::new(at, message))
    }

    #[inline(never)]
    pub(super) fn fix(mut self: Box<Self>, fix: &[&str]) -> Box<Self> {
        self.fix = Some(fix.concat());
        self
    }

    pub(super) fn uncertain<T>(at: Range<usize>, message: &[&str]) -> Read<T> {
        let mut problem = Self::new(at, message);
        problem.certain = false;
        Err(problem)
    }
}
