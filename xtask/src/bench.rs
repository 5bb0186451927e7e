//! Measuring the built package.

use std::ffi::OsStr;
use std::path::PathBuf;

use crate::failure::Failure;
use crate::setup::{Setup, npm};
use crate::stamp::{Inputs, Stamp};
use crate::step::step;
use crate::tool::Tool;

const BUSY: &str =
    "on a busy machine, run it again: what is compared is measured in the same run, but not at the same moment";
const DISAGREEMENT: &str = "where the two programs decide differently, see which of them is right";

/// `cargo xtask bench`
pub(crate) fn run(_: &[String]) -> Result<(), Failure> {
    let setup = Setup::new();
    setup.package()?;
    measure(&setup, "verification", "verify.mjs", Some("--assert".as_ref()), BUSY)?;
    measure(&setup, "scan", "scan.mjs", Some("--assert".as_ref()), BUSY)?;
    measure(&setup, "conditions", "condition.mjs", None, DISAGREEMENT)?;
    let peer = peer(&setup)?;
    measure(&setup, "evaluation", "evaluate.mjs", Some(peer.as_ref()), DISAGREEMENT)
}

/// Runs a script of `pkg/bench/` and prints what it prints.
fn measure(setup: &Setup, name: &str, script: &str, argument: Option<&OsStr>, advice: &str) -> Result<(), Failure> {
    let output = step(&setup.screen, name, || {
        let output = Tool::new("node")
            .named(&format!("node pkg/bench/{script}"))
            .arg("--expose-gc")
            .arg(setup.place.package().join("bench").join(script))
            .args(argument)
            .within(&setup.place.root)
            .advice(advice)
            .run(&setup.screen)?;
        Ok((output, String::new()))
    })?;
    for line in output.lines {
        println!("  {line}");
    }
    Ok(())
}

/// Installs what evaluations are measured against. Its licence is the AGPL: it stays outside of the package's own folder and
/// lock file, and comes for the benchmark only.
fn peer(setup: &Setup) -> Result<PathBuf, Failure> {
    let (from, to) = (setup.place.package().join("bench/peer"), setup.place.target.join("bench-peer"));
    let stamp = Stamp::new(setup.place.target.join("stamps/bench-peer"), &Inputs::default().path(&from));
    step(&setup.screen, "iam-simulate", || {
        if stamp.is_fresh(&[to.join("node_modules")]) {
            return Ok(((), "up to date".to_owned()));
        }
        for name in ["package.json", "package-lock.json", ".npmrc"] {
            let copied = std::fs::create_dir_all(&to).and_then(|()| std::fs::copy(from.join(name), to.join(name)));
            copied.map_err(|error| {
                Failure::new(format!("{name} could not be copied: {error}"), "see if the disk is full")
            })?;
        }
        npm::install(&to, &setup.screen)?;
        stamp.set();
        Ok(((), format!("in {}", setup.place.shown(&to))))
    })?;
    Ok(to)
}
