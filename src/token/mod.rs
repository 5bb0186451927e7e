//! Reading tokens: compact form, header, claims, the CircleCI claim dictionary, subject and issuer grammar, redaction.

mod claims;
mod compact;

pub use claims::{Claims, Known};
pub use compact::{Base64Error, Compact, Part, PartError, base64url, to_base64url};
