//! Size limits, each with its name.

use crate::Error;

/// The largest size of one kind of input.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limit {
    /// What is limited, for example `token`.
    pub name: &'static str,
    /// Largest size in bytes of UTF-8.
    pub bytes: usize,
}

/// A compact token: 64 KiB. CircleCI's are 1 to 2 KiB, AWS STS takes at most 20,000 characters.
pub const TOKEN: Limit = Limit { name: "token", bytes: 64 * 1024 };
/// A key set: 1 MiB.
pub const KEY_SET: Limit = Limit { name: "key set", bytes: 1024 * 1024 };
/// One configuration of a cloud: 256 KiB.
pub const CONFIGURATION: Limit = Limit { name: "configuration", bytes: 256 * 1024 };
/// A log, or another text that tells something of a token: 4 MiB.
pub const EVIDENCE: Limit = Limit { name: "evidence", bytes: 4 * 1024 * 1024 };
/// A document with many configurations: 32 MiB.
pub const DOCUMENT: Limit = Limit { name: "document", bytes: 32 * 1024 * 1024 };
/// Keys in a key set.
pub const KEY_COUNT: usize = 200;
/// Nesting of JSON values.
pub const DEPTH: usize = 64;

impl Limit {
    /// Refuses a text over the limit.
    ///
    /// # Errors
    /// [`Error::TooLarge`] with the size that it has.
    pub fn check(self, text: &str) -> Result<(), Error> {
        self.check_length(text.len())
    }

    /// Refuses a length in bytes over the limit: for an input that came as an object.
    ///
    /// # Errors
    /// [`Error::TooLarge`] with the size that it has.
    pub const fn check_length(self, bytes: usize) -> Result<(), Error> {
        if bytes > self.bytes {
            return Err(Error::TooLarge { what: self.name, actual: bytes, limit: self.bytes });
        }
        Ok(())
    }
}
