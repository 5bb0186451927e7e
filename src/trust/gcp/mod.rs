//! Google Cloud: workload identity pool providers.
//!
//! So far the language of their attribute conditions and mappings; the provider itself is not registered yet.

pub mod cel;
