//! Strict JSON, the ground that everything else stands on.
//!
//! `serde_json` does the parsing; this module adds what a security decision needs and a plain parser drops: where each
//! value stands, members that occur twice, numbers as they were spelled, and limits with names.

mod error;
mod fields;
mod limit;
mod node;
mod number;
mod read;
mod text;
mod value;

pub use error::{JsonError, JsonErrorKind};
pub use fields::Fields;
pub use limit::{CONFIGURATION, DEPTH, KEY_COUNT, KEY_SET, Limit, TOKEN};
pub use node::{Data, Duplicate, Member, Node};
pub use number::Number;
pub use read::{Document, read};
pub use text::Text;
pub use value::Value;
