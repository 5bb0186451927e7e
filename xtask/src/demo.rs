//! From a clean clone to a report.
use crate::failure::Failure;

/// `cargo xtask demo`
pub(crate) fn run(_: &[String]) -> Result<(), Failure> {
    Ok(())
}
