//! The bound on the work of one evaluation.

use std::cell::Cell;

use super::{
    cause::{Cause, Reason},
    limit::STEPS,
};

/// What is left of [`STEPS`]. Once it is used up, everything further is unknown.
#[derive(Debug)]
pub(super) struct Budget(Cell<u32>);

impl Budget {
    pub(super) const fn new() -> Self {
        Self(Cell::new(STEPS))
    }

    /// Takes some steps, at least one.
    pub(super) fn spend(&self, steps: usize) -> Result<(), Cause> {
        let left = u32::try_from(steps.max(1)).ok().and_then(|steps| self.0.get().checked_sub(steps));
        self.0.set(left.unwrap_or(0));
        match left {
            Some(_) => Ok(()),
            None => Err(Cause::new(Reason::Budget, "the expression needs more steps than this program takes for one")),
        }
    }
}
