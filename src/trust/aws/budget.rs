//! The bound on the work of one evaluation.

use std::cell::Cell;

/// Comparison steps of one evaluation: characters looked at by the wildcard matcher and characters written by policy
/// variables. The longest policy that IAM stores (8,192 characters) against the longest subject that STS documents
/// (255) needs a hundredth of it.
pub(super) const COMPARISON_STEPS: u32 = 4_000_000;

/// Conditions of one policy that are judged; each of them repeats the token's value in its explanation. A policy of
/// 8,192 characters with CircleCI's keys has room for about 100.
pub(super) const CONDITIONS: usize = 500;

/// Statements of one policy that are read. The shortest one has about 65 characters, so a policy of 8,192 has fewer.
pub(super) const STATEMENTS: usize = 200;

/// Resource control policies that can apply to one role: 5 on the root, on each of at most 5 levels of organizational
/// units, and on the account
/// (<https://docs.aws.amazon.com/organizations/latest/userguide/orgs_reference_limits.html>, a copy of 2026).
pub(super) const RESOURCE_CONTROL_POLICIES: usize = 35;

/// Faults of one document that are shown.
pub(super) const FAULTS: usize = 100;

/// Characters looked at to find out why comparisons nearly passed, in one evaluation. Over it there are no more hints.
pub(super) const HINT_STEPS: u32 = 1_000_000;

/// What is left of [`COMPARISON_STEPS`] or [`HINT_STEPS`]. Once it is used up, every further comparison is unknown.
#[derive(Debug)]
pub(super) struct Budget(Cell<u32>);

impl Budget {
    pub(super) const fn new(steps: u32) -> Self {
        Self(Cell::new(steps))
    }

    /// Takes some steps; false if there are not as many left.
    pub(super) fn spend(&self, steps: usize) -> bool {
        let left = u32::try_from(steps).ok().and_then(|steps| self.0.get().checked_sub(steps));
        self.0.set(left.unwrap_or(0));
        left.is_some()
    }
}
