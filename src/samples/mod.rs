//! Everything to try the program without CircleCI: tokens signed with a published test key, and policies for them.
//!
//! `tests/samples/generate.mjs` writes the data; what AWS answers to each case stands there beside its rule.

/// The samples as JSON text: `token`, `jwks`, `organization`, `now`, `trust` and `cases`.
///
/// The private half of the key is published in the repository. A key set that holds it proves nothing.
#[must_use]
pub const fn json() -> &'static str {
    include_str!("samples.json")
}
