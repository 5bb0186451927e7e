//! The bound on the work of one evaluation, and of all that are tried beside it.

use std::{cell::Cell, rc::Rc};

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

/// Steps of all evaluations together that look for who else gets in, for remarks and for fixes. A typical role needs a
/// hundred thousand.
pub(super) const TRIES: u32 = 100_000_000;

/// What is left of [`TRIES`]; none where it does not count.
pub(super) type Tries = Rc<Cell<Option<u32>>>;

/// What is left of [`COMPARISON_STEPS`] or [`HINT_STEPS`]. Once it, or what is left of [`TRIES`], is used up, every further
/// comparison is unknown.
#[derive(Debug)]
pub(super) struct Budget(Cell<u32>, Tries);

impl Budget {
    pub(super) fn new(steps: u32) -> Self {
        Self::within(steps, &Tries::default())
    }

    pub(super) fn within(steps: u32, tries: &Tries) -> Self {
        Self(Cell::new(steps), Rc::clone(tries))
    }

    /// Takes some steps; false if there are not as many left.
    pub(super) fn spend(&self, steps: usize) -> bool {
        let steps = u32::try_from(steps).unwrap_or(u32::MAX);
        let left = self.0.get().checked_sub(steps);
        self.0.set(left.unwrap_or(0));
        let Some(tries) = self.1.get() else { return left.is_some() };
        let tries = tries.checked_sub(steps);
        self.1.set(Some(tries.unwrap_or(0)));
        left.and(tries).is_some()
    }
}

#[cfg(test)]
mod tests {
    use super::{Budget, Tries};

    #[test]
    fn all_evaluations_share_one_bound_once_it_counts() {
        let tries = Tries::default();
        assert!(Budget::within(1_000, &tries).spend(1_000));
        assert_eq!(tries.get(), None);
        tries.set(Some(10));
        let (first, second) = (Budget::within(6, &tries), Budget::within(6, &tries));
        assert!(first.spend(6) && !first.spend(1));
        assert_eq!(tries.get(), Some(3), "what was not to be had counts too");
        assert!(!second.spend(4) && tries.get() == Some(0));
        assert!(!Budget::within(6, &tries).spend(1));
    }
}
