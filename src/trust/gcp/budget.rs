//! The bound on the work of all evaluations of one provider that look for who else gets in, for remarks and for fixes.

/// Characters of expressions, a quarter of the steps that they take, [`MEMBER`] for each member. A typical provider needs
/// fifty thousand.
pub(super) const TRIES: u32 = 800_000;
/// What comparing one member counts.
pub(super) const MEMBER: usize = 10;
