//! Measuring the built package.

use crate::failure::Failure;
use crate::setup::Setup;
use crate::step::step;
use crate::tool::Tool;

/// What is measured, and the script in `pkg/bench/` that does it.
const PARTS: [(&str, &str); 2] = [("verification", "verify.mjs"), ("scan", "scan.mjs")];

/// `cargo xtask bench`
pub(crate) fn run(_: &[String]) -> Result<(), Failure> {
    let setup = Setup::new();
    setup.package()?;
    for (name, script) in PARTS {
        let output = step(&setup.screen, name, || {
            let output = Tool::new("node")
                .named(&format!("node pkg/bench/{script}"))
                .arg("--expose-gc")
                .arg(setup.place.package().join("bench").join(script))
                .arg("--assert")
                .within(&setup.place.root)
                .advice(
                    "on a busy machine, run it again: what is compared is measured in the same run, but not at the same moment",
                )
                .run(&setup.screen)?;
            Ok((output, String::new()))
        })?;
        for line in output.lines {
            println!("  {line}");
        }
    }
    Ok(())
}
