//! The issuer's key set, and the choice of the key that a token's header asks for.

mod ec;
mod jwk;
mod public;
mod rsa;
mod select;
mod set;

pub use public::{KeyError, PublicKey};
pub use rsa::{EXPONENT_BITS, MODULUS_BITS};
pub use set::KeySet;

pub(super) use public::Kind;
pub(super) use select::{Candidate, Selection, select, where_keys_are};
