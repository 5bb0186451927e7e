//! Why a part of an expression has no value.

use std::ops::Range;

/// Why a part of an expression is an error or unknown, and where that began.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cause {
    /// The kind of reason.
    pub reason: Reason,
    /// One line, without the place.
    pub message: String,
    /// Bytes of the expression: the innermost node that failed.
    pub at: Range<usize>,
}

/// The kinds of reasons. The first four are errors, the others leave the value unknown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reason {
    /// A key that the map does not hold: for `assertion`, a claim that the token does not have.
    Absent,
    /// An operator or a function got a type that it does not take.
    Type,
    /// Right types, wrong values: an index out of range, a division by zero, a text that is no number.
    Value,
    /// A name or function that does not exist.
    Undeclared,
    /// The evidence does not tell.
    NotTold,
    /// Google does not document it, or this program does not do it.
    Undocumented,
    /// The evaluation took too many steps.
    Budget,
}

impl Reason {
    /// Whether the value is certainly an error; else it is unknown.
    #[must_use]
    pub const fn is_error(self) -> bool {
        matches!(self, Self::Absent | Self::Type | Self::Value | Self::Undeclared)
    }
}

impl Cause {
    /// A cause whose place is not known yet.
    #[must_use]
    pub fn new(reason: Reason, message: impl Into<String>) -> Self {
        Self { reason, message: message.into(), at: 0..0 }
    }
}
