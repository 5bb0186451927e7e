//! Everything to try the program without CircleCI: tokens signed with a published test key, and policies for them.
//!
//! `tests/samples/generate.mjs` writes the data; what each cloud answers to each case stands there beside its rule. They are part of
//! the module because page, package and command line all offer them and none has a file beside it to read: packed, they are 4 KB.

/// The samples as JSON text: `token`, `jwks`, `organization`, `now`, `trust` and `cases`.
///
/// The private half of the key is published in the repository. A key set that holds it proves nothing.
#[must_use]
pub const fn json() -> &'static str {
    include_str!("samples.json")
}
