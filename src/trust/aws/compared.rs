//! The result of one comparison of a value of the policy with a value of the request.

use crate::report::Outcome;

/// Whether a value of the policy and a value of the request belong together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Compared {
    /// They do.
    Yes,
    /// They do not.
    No,
    /// AWS does not document it, or it is not known here; the sentence says why.
    Unknown(&'static str),
}

impl Compared {
    pub(super) const fn from_bool(equal: bool) -> Self {
        if equal { Self::Yes } else { Self::No }
    }

    /// The result where all possible readings of a rule agree, else unknown for the given reason.
    pub(super) fn agreed(readings: impl IntoIterator<Item = Self>, why_not: &'static str) -> Self {
        let agreed = readings.into_iter().reduce(|first, next| first.and(next, why_not));
        agreed.unwrap_or(Self::Unknown(why_not))
    }

    // Never inlined: there is a loop for each kind of iterator, and this is needed once.
    #[inline(never)]
    fn and(self, next: Self, why_not: &'static str) -> Self {
        match (self, next) {
            (unknown @ Self::Unknown(_), _) | (_, unknown @ Self::Unknown(_)) => unknown,
            (first, next) if first == next => first,
            _ => Self::Unknown(why_not),
        }
    }

    pub(super) const fn outcome(self) -> Outcome {
        match self {
            Self::Yes => Outcome::Pass,
            Self::No => Outcome::Fail,
            Self::Unknown(_) => Outcome::Unknown,
        }
    }

    pub(super) const fn reason(self) -> Option<&'static str> {
        match self {
            Self::Unknown(why) => Some(why),
            Self::Yes | Self::No => None,
        }
    }
}

/// The budget of comparison steps was used up.
pub(super) const OVER_BUDGET: Compared =
    Compared::Unknown("The comparison needs more steps than this program takes for one policy.");
