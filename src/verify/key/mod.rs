//! The issuer's key set, and the choice of the key that a token's header asks for.

mod set;

pub use set::KeySet;
