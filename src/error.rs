//! Misuse of the interface. What a cloud or a verifier refuses is never an error but a value.

use std::fmt;

/// Why a function could not be called like that.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Error {
    /// An argument has the wrong type or shape. `ERR_ARGUMENT` in JavaScript.
    Argument {
        /// Which one, for example `trust[0].policy`.
        path: String,
        /// What is wrong with it.
        message: String,
    },
    /// An input is over its size limit. `ERR_TOO_LARGE` in JavaScript.
    TooLarge {
        /// Name of the limit.
        what: &'static str,
        /// Size in bytes.
        actual: usize,
        /// Limit in bytes.
        limit: usize,
    },
    /// An input holds more things than its limit. `ERR_TOO_LARGE` in JavaScript.
    TooMany {
        /// Name of the things.
        what: &'static str,
        /// How many there are.
        actual: usize,
        /// Limit.
        limit: usize,
    },
}

impl Error {
    /// A wrong argument.
    #[must_use]
    pub fn argument(path: impl Into<String>, message: impl Into<String>) -> Self {
        Self::Argument { path: path.into(), message: message.into() }
    }

    /// The stable code of the JavaScript interface.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Argument { .. } => "ERR_ARGUMENT",
            Self::TooLarge { .. } | Self::TooMany { .. } => "ERR_TOO_LARGE",
        }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Argument { path, message } if path.is_empty() => formatter.write_str(message),
            Self::Argument { path, message } => write!(formatter, "{path}: {message}"),
            Self::TooLarge { what, actual, limit } => {
                write!(formatter, "the {what} has {actual} bytes; the limit is {limit}")
            }
            Self::TooMany { what, actual, limit } => write!(formatter, "{actual} {what}; the limit is {limit}"),
        }
    }
}

impl std::error::Error for Error {}
