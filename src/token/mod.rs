//! Reading tokens: compact form, header, claims, the CircleCI claim dictionary, subject and issuer grammar, redaction.

mod claims;
mod compact;
mod decode;
mod decoded;
mod dictionary;
mod issuer;
mod lenient;
mod part;
mod paste;
mod place;
mod redact;
mod remark;
mod serialization;
mod subject;
mod testable;
mod times;
mod trim;
mod uuid;

use place::Place;

pub use claims::{Claims, Known};
pub use compact::{Base64Error, Compact, Part, PartError, base64url, to_base64url};
pub use decode::{decode, decode_claims};
pub use decoded::{Claim, Decoded, Testable};
pub use dictionary::{AwsKey, ClaimType, DEFINITIONS, Definition, definition};
pub use issuer::{Issuer, IssuerKind};
pub use paste::recognize;
pub use redact::{redact, redact_claims};
pub use subject::{Subject, SubjectFormat};
pub use times::Times;
pub use trim::{Trimmed, trim};
pub use uuid::is_uuid;
