//! A bound on the work of one evaluation, and of all that are tried beside it.

use std::{cell::Cell, rc::Rc};

/// What is left of what all evaluations together may take; none where it does not count.
pub(in crate::trust) type Tries = Rc<Cell<Option<u32>>>;

/// What is left of the steps of one evaluation. Once it, or what is left of [`Tries`], is used up, every further comparison is
/// unknown.
#[derive(Debug)]
pub(in crate::trust) struct Budget(Cell<u32>, Tries);

impl Budget {
    pub(in crate::trust) fn new(steps: u32) -> Self {
        Self::within(steps, &Tries::default())
    }

    pub(in crate::trust) fn within(steps: u32, tries: &Tries) -> Self {
        Self(Cell::new(steps), Rc::clone(tries))
    }

    /// Takes some steps; false if there are not as many left.
    pub(in crate::trust) fn spend(&self, steps: usize) -> bool {
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
