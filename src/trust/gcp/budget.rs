//! The bound on the work of all evaluations of one provider that look for who else gets in, for remarks and for fixes.

use std::{cell::Cell, rc::Rc};

/// Its size: characters of expressions, a quarter of the steps that they take, ten for each member. A typical provider
/// needs fifty thousand.
const TRIES: usize = 800_000;
/// What comparing one member counts.
pub(super) const MEMBER: usize = 10;

/// What is left; nothing counts before [`Tries::limit`].
#[derive(Clone, Debug, Default)]
pub(super) struct Tries(Rc<Cell<Option<usize>>>);

impl Tries {
    pub(super) fn limit(&self) {
        self.0.set(Some(TRIES));
    }

    pub(super) fn spend(&self, units: usize) {
        self.0.set(self.0.get().map(|left| left.saturating_sub(units)));
    }

    pub(super) fn are_spent(&self) -> bool {
        self.0.get() == Some(0)
    }
}
