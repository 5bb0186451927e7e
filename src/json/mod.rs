//! Strict JSON, the ground that everything else stands on.
//!
//! The crate `hifijson` splits a text into tokens; this module adds what a security decision needs and a plain parser
//! drops: where each value stands, members that occur twice, numbers as they were spelled, and limits with names.
//! `serde_json` writes the results (docs/decisions/json-reader.md says why it does not read).

mod error;
mod fields;
mod limit;
mod node;
mod number;
mod pretty;
mod read;
mod repetition;
mod text;
mod value;
mod write;

pub use error::{JsonError, JsonErrorKind};
pub use fields::Fields;
pub use limit::{CONFIGURATION, DEPTH, DOCUMENT, EVIDENCE, KEY_COUNT, KEY_SET, Limit, TOKEN};
pub use node::{Data, Duplicate, Member, Node};
pub use number::Number;
pub(crate) use pretty::pretty;
pub use read::{Document, read, read_first};
pub use repetition::repetitions;
pub use text::Text;
pub use value::Value;
pub(crate) use write::number as write_number;
pub use write::write;
