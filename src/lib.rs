//! Decodes and verifies CircleCI OpenID Connect tokens, and explains which cloud trust conditions let them in.
//!
//! The data flows one way: text → [`token`] or [`evidence`] → [`verify`] → [`trust`] → [`report`] → a renderer. [`trust`] knows no
//! cryptography, [`verify`] knows no cloud, [`report`] knows nothing of either.

pub mod boundary;
pub mod detect;
mod error;
pub mod evidence;
mod foreign;
pub mod inspect;
mod iso;
pub mod json;
pub mod message;
mod names;
pub mod report;
pub mod samples;
mod search;
mod seconds;
pub mod token;
pub mod trust;
pub mod verify;
#[cfg(target_arch = "wasm32")]
pub mod wasm;

pub use error::Error;
pub use seconds::Seconds;
