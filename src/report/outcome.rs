//! Three-valued logic: what one step found, and what the cloud answers in the end.

use serde::Serialize;

/// Outcome of one step.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// Certainly satisfied.
    Pass,
    /// Certainly not satisfied.
    Fail,
    /// An earlier step made this one pointless, or it needs the network and is not checked here.
    NotApplicable,
    /// Not documented, or not told: neither pass nor fail is asserted.
    Unknown,
}

impl Outcome {
    /// Pass for true, fail for false.
    #[must_use]
    pub const fn from_bool(passed: bool) -> Self {
        if passed { Self::Pass } else { Self::Fail }
    }

    /// Swaps pass and fail; what is unknown or not applicable stays so.
    #[must_use]
    pub const fn negate(self) -> Self {
        match self {
            Self::Pass => Self::Fail,
            Self::Fail => Self::Pass,
            other => other,
        }
    }

    /// All of them are needed: fail if one certainly fails, else unknown if one is unknown, else pass.
    /// What is not applicable does not count; nothing at all is a pass.
    #[must_use]
    pub fn all(outcomes: impl IntoIterator<Item = Self>) -> Self {
        outcomes.into_iter().fold(Self::Pass, Self::and)
    }

    /// One of them is enough: pass if one certainly passes, else unknown if one is unknown, else fail.
    /// What is not applicable does not count; nothing at all is a fail.
    #[must_use]
    pub fn any(outcomes: impl IntoIterator<Item = Self>) -> Self {
        outcomes.into_iter().fold(Self::Fail, Self::or)
    }

    // Never inlined: there is a loop for each kind of iterator, and this is needed once.
    #[inline(never)]
    const fn and(self, next: Self) -> Self {
        match (self, next) {
            (Self::Fail, _) | (_, Self::Fail) => Self::Fail,
            (Self::Unknown, _) | (_, Self::Unknown) => Self::Unknown,
            _ => Self::Pass,
        }
    }

    #[inline(never)]
    const fn or(self, next: Self) -> Self {
        match (self, next) {
            (Self::Pass, _) | (_, Self::Pass) => Self::Pass,
            (Self::Unknown, _) | (_, Self::Unknown) => Self::Unknown,
            _ => Self::Fail,
        }
    }
}

/// What a cloud answers to a token with these claims.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Decision {
    /// Every required step certainly passes.
    Allow,
    /// A required step certainly fails.
    Deny,
    /// The cloud refuses to store this configuration, whatever the token.
    Invalid,
    /// An unknown step could turn the result.
    Unknown,
}

impl From<Outcome> for Decision {
    /// A step that is not applicable certainly does not let anybody in.
    fn from(outcome: Outcome) -> Self {
        match outcome {
            Outcome::Pass => Self::Allow,
            Outcome::Fail | Outcome::NotApplicable => Self::Deny,
            Outcome::Unknown => Self::Unknown,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Outcome::{self, Fail, NotApplicable, Pass, Unknown};

    #[test]
    fn unknown_is_never_folded_into_pass_or_fail() {
        assert_eq!(Outcome::all([Pass, Unknown]), Unknown);
        assert_eq!(Outcome::all([Unknown, Fail]), Fail);
        assert_eq!(Outcome::any([Fail, Unknown]), Unknown);
        assert_eq!(Outcome::any([Unknown, Pass]), Pass);
        assert_eq!(Unknown.negate(), Unknown);
    }

    #[test]
    fn not_applicable_does_not_count() {
        assert_eq!(Outcome::all([NotApplicable]), Pass);
        assert_eq!(Outcome::any([NotApplicable]), Fail);
    }
}
