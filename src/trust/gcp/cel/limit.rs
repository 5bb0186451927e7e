//! Limits of Google and of this program, each with its name.

use std::cell::Cell;

/// Most characters of an attribute condition
/// (<https://cloud.google.com/iam/docs/reference/rest/v1/projects.locations.workloadIdentityPools.providers>, read
/// 2026-11-22). For the caller to hold: the answer is Google's own.
pub const CONDITION_CHARACTERS: usize = 4_096;

/// Most characters of one mapping expression (the same page).
pub const MAPPING_CHARACTERS: usize = 2_048;

/// Levels of an expression: brackets, and operands of operands. A row of `&&` or of `||` is one level. The language asks
/// for 32 at least; this is what fits the stack of the wasm module many times over.
pub const NESTING: usize = 128;

/// Nodes of one expression. A condition of 4,096 characters has some 500.
pub const NODES: usize = 2_000;

/// Steps of all evaluations in one environment: nodes, elements, characters looked at or written. A condition of 4,096 characters without
/// macros needs a few thousand.
pub const STEPS: u32 = 250_000;

/// Instructions of a compiled regular expression. Google does not document its own limit.
pub const PATTERN: usize = 2_000;

/// What is left of [`STEPS`]. Once it is used up, everything further is unknown.
#[derive(Clone, Debug)]
pub(super) struct Budget(Cell<u32>);

impl Default for Budget {
    fn default() -> Self {
        Self(Cell::new(STEPS))
    }
}

impl Budget {
    /// Takes some steps, and one more; false if there are not as many left, now or ever after.
    #[inline(never)]
    pub(super) fn spend(&self, steps: usize) -> bool {
        let left = u32::try_from(steps).ok().and_then(|steps| self.0.get().checked_sub(steps.saturating_add(1)));
        self.0.set(left.unwrap_or(0));
        left.is_some()
    }

    /// How many were taken.
    pub(super) const fn spent(&self) -> u32 {
        STEPS.saturating_sub(self.0.get())
    }

    pub(super) const fn is_spent(&self) -> bool {
        self.0.get() == 0
    }
}
