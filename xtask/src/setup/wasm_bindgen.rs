//! wasm-bindgen's command line tools. They have to be of the very version that the core is compiled against.

use std::path::{Path, PathBuf};

use crate::cargo;
use crate::failure::Failure;
use crate::place::Place;
use crate::screen::Screen;
use crate::tool::Tool;

/// The tools.
#[derive(Clone, Debug)]
pub(crate) struct WasmBindgen {
    /// Writes the JavaScript side of a compiled core.
    pub cli: PathBuf,
    /// Runs wasm tests in Node and in a browser.
    pub test_runner: PathBuf,
    /// The version.
    pub version: String,
}

/// Finds them in the tools folder, or compiles them.
pub(crate) fn get(place: &Place, screen: &Screen) -> Result<(WasmBindgen, String), Failure> {
    let lock = std::fs::read_to_string(place.root.join("Cargo.lock")).unwrap_or_default();
    let version = locked_version(&lock, "wasm-bindgen")
        .ok_or_else(|| Failure::new("Cargo.lock names no wasm-bindgen", "check it out again from the repository"))?;
    let folder = place.tools.join(format!("wasm-bindgen-{version}"));
    let bin = folder.join("bin");
    let tools = WasmBindgen {
        cli: bin.join("wasm-bindgen"),
        test_runner: bin.join("wasm-bindgen-test-runner"),
        version: version.clone(),
    };
    if is_ready(&tools, screen) {
        return Ok((tools, format!("{version}, already there")));
    }
    // Its own lock file names a version of a dependency that was withdrawn, hence no `--locked`.
    // A build folder that stays makes an interrupted run go on where it was.
    let work = folder.join("build");
    cargo::native(place, "install")
        .named("cargo install wasm-bindgen-cli")
        .args(["wasm-bindgen-cli", "--version", &format!("={version}"), "--force", "--root"])
        .arg(&folder)
        .arg("--target-dir")
        .arg(&work)
        .env("CARGO_PROFILE_RELEASE_OPT_LEVEL", "1")
        .env("CARGO_PROFILE_RELEASE_DEBUG", "false")
        .advice("Cargo needs its registry for this once; then it is kept in the tools folder")
        .run(screen)?;
    // Only room is lost if it stays.
    let _ = std::fs::remove_dir_all(&work);
    Ok((tools, format!("{version}, compiled into {}", place.shown(&folder))))
}

/// A tools folder may come from another machine's cache: what is there must also run.
fn is_ready(tools: &WasmBindgen, screen: &Screen) -> bool {
    let runs = |program: &Path| {
        let output = Tool::new(program).arg("--version").run(screen);
        output.is_ok_and(|output| output.text().contains(&tools.version))
    };
    tools.cli.is_file() && tools.test_runner.is_file() && runs(&tools.cli)
}

/// The version of a package in the text of a `Cargo.lock`.
fn locked_version(lock: &str, package: &str) -> Option<String> {
    let name = format!("name = \"{package}\"");
    let after = lock.lines().map(str::trim).skip_while(|line| *line != name).nth(1)?;
    Some(after.strip_prefix("version = \"")?.strip_suffix('"')?.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    const LOCK: &str = "version = 4\n\n[[package]]\nname = \"wasm-bindgen-macro\"\nversion = \"0.2.129\"\n\n\
        [[package]]\nname = \"wasm-bindgen\"\nversion = \"0.2.130\"\nsource = \"registry\"\ndependencies = [\n \"once_cell\",\n]\n";

    #[test]
    fn reads_the_version_of_exactly_that_package() {
        assert_eq!(locked_version(LOCK, "wasm-bindgen").as_deref(), Some("0.2.130"));
        assert_eq!(locked_version(LOCK, "wasm-bindgen-macro").as_deref(), Some("0.2.129"));
    }

    #[test]
    fn a_package_that_is_not_locked_has_none() {
        assert_eq!(locked_version(LOCK, "wasm"), None);
        assert_eq!(locked_version("[[package]]\nname = \"wasm\"\n", "wasm"), None);
        assert_eq!(locked_version("", "wasm"), None);
    }

    #[test]
    fn this_repository_locks_wasm_bindgen() {
        let lock = std::fs::read_to_string(Place::find().root.join("Cargo.lock")).unwrap();
        assert!(locked_version(&lock, "wasm-bindgen").is_some());
    }
}
