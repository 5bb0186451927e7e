//! Measuring the built package.

use crate::failure::Failure;
use crate::setup::Setup;
use crate::step::step;
use crate::tool::Tool;

/// `cargo xtask bench`
pub(crate) fn run(_: &[String]) -> Result<(), Failure> {
    let setup = Setup::new();
    setup.package()?;
    let output = step(&setup.screen, "verification", || {
        let output = Tool::new("node")
            .named("node pkg/bench/verify.mjs")
            .arg("--expose-gc")
            .arg(setup.place.package().join("bench/verify.mjs"))
            .arg("--assert")
            .within(&setup.place.root)
            .advice(
                "on a busy machine, run it again: both sides are measured in the same run, but not at the same moment",
            )
            .run(&setup.screen)?;
        Ok((output, String::new()))
    })?;
    for line in output.lines {
        println!("  {line}");
    }
    Ok(())
}
