//! Node, and the development dependencies of the package and of the page in exactly the locked versions.

use std::path::{Path, PathBuf};

use crate::failure::Failure;
use crate::screen::Screen;
use crate::stamp::{Inputs, Stamp};
use crate::tool::Tool;

/// The oldest Node that the package and its tools run on.
const OLDEST_NODE: u32 = 20;
const NODE_ADVICE: &str = "install Node.js 20 or later with npm, and have `node` and `npm` in PATH";

/// The folder of installed packages.
#[derive(Clone, Debug)]
pub(crate) struct Npm {
    modules: PathBuf,
}

impl Npm {
    /// Node with a script of an installed package.
    pub(crate) fn script(&self, script: &str) -> Tool {
        Tool::new("node").named(script.rsplit('/').next().unwrap_or(script)).arg(self.modules.join(script))
    }
}

/// Installs the packages that a folder's lock file names, unless the same were installed before.
pub(crate) fn get(package: &Path, screen: &Screen) -> Result<(Npm, String), Failure> {
    let node = Tool::new("node").arg("--version").advice(NODE_ADVICE).run(screen)?.text();
    check_node(&node)?;
    let modules = package.join("node_modules");
    let inputs = [".npmrc", "package.json", "package-lock.json"]
        .iter()
        .fold(Inputs::default().value(&node), |inputs, name| inputs.path(&package.join(name)));
    let stamp = Stamp::new(modules.join(".stamp"), &inputs);
    if stamp.is_fresh(&[]) {
        return Ok((Npm { modules }, format!("already there, Node {node}")));
    }
    install(package, screen)?;
    stamp.set();
    Ok((Npm { modules }, format!("installed, Node {node}")))
}

/// Installs what a folder's lock file names, without install scripts.
pub(crate) fn install(package: &Path, screen: &Screen) -> Result<(), Failure> {
    Tool::new(if cfg!(windows) { "npm.cmd" } else { "npm" })
        .named("npm ci")
        .args(["ci", "--prefer-offline"])
        .within(package)
        .advice(
            "npm needs its registry once; if package-lock.json is out of date, run `npm install` beside it in the sources and commit it",
        )
        .run(screen)
        .map(drop)
}

fn check_node(version: &str) -> Result<(), Failure> {
    match major(version) {
        Some(OLDEST_NODE..) => Ok(()),
        _ => Err(Failure::new(format!("Node.js {OLDEST_NODE} or later is needed; here is {version}"), NODE_ADVICE)),
    }
}

fn major(version: &str) -> Option<u32> {
    version.trim().strip_prefix('v')?.split('.').next()?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn node_has_to_be_20_or_later() {
        assert!(check_node("v20.20.2").is_ok());
        assert!(check_node("v24.0.0").is_ok());
        let failure = check_node("v18.19.0").unwrap_err();
        assert_eq!(failure.what, "Node.js 20 or later is needed; here is v18.19.0");
        assert!(check_node("node: not found").is_err());
    }
}
