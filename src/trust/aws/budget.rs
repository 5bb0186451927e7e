//! The bound on the work of one evaluation, and of all that are tried beside it.

pub(super) use crate::trust::budget::{Budget, Tries};

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
