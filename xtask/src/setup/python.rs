//! Python packages, in a virtual environment of their own in exactly the versions of a `requirements.txt`.

use std::path::{Path, PathBuf};

use super::system::{System, Wanted};
use crate::failure::Failure;
use crate::screen::Screen;
use crate::stamp::{Inputs, Stamp};
use crate::tool::{Tool, in_path};

/// What Python is called, the more certain name first.
const NAMES: [&str; 2] = ["python3", "python"];
/// The oldest Python that every version in the lists runs on.
const OLDEST_MINOR: u32 = 11;
const ADVICE: &str = "install Python 3.11 or later, and have `python3` in PATH";
/// Debian has Python's `venv` without `ensurepip`, which is what gives an environment its pip, in a package of its own.
const WANTED: Wanted<'_> = Wanted {
    what: "Python's venv module with pip",
    packages: &["python3-venv"],
    elsewhere: "install Python's `venv` and `ensurepip` modules",
};

/// A virtual environment.
#[derive(Clone, Debug)]
pub(crate) struct Environment {
    folder: PathBuf,
}

impl Environment {
    /// A program that one of its packages brought.
    pub(crate) fn program(&self, name: &str) -> Tool {
        let folder = self.folder.join(if cfg!(windows) { "Scripts" } else { "bin" });
        Tool::new(folder.join(name)).named(name)
    }
}

/// Makes the environment in `folder`, unless the same was made before. Returns it with a note for the step's line.
pub(crate) fn get(requirements: &Path, folder: &Path, screen: &Screen) -> Result<(Environment, String), Failure> {
    let python = NAMES
        .iter()
        .find_map(|name| in_path(name))
        .ok_or_else(|| Failure::new("there is no `python3` in PATH", ADVICE))?;
    let version = Tool::new(&python).arg("--version").advice(ADVICE).run(screen)?.text();
    check(&version)?;
    let environment = Environment { folder: folder.to_path_buf() };
    let inputs = Inputs::default().value(&version).value(&python.display().to_string()).path(requirements);
    let stamp = Stamp::new(folder.join("stamp"), &inputs);
    if stamp.is_fresh(&[]) {
        return Ok((environment, format!("already there, {version}")));
    }
    make(&python, folder, screen)?;
    environment
        .program("python")
        .named("pip install")
        .args(["-m", "pip", "install", "--quiet", "--no-input", "--disable-pip-version-check", "--requirement"])
        .arg(requirements)
        .advice("pip needs its index once; the versions are those of the example's requirements.txt")
        .run(screen)?;
    stamp.set();
    Ok((environment, format!("installed, {version}")))
}

/// An empty environment with pip.
fn make(python: &Path, folder: &Path, screen: &Screen) -> Result<(), Failure> {
    let attempt = || {
        // What an earlier attempt left has neither pip nor the right versions.
        let _ = std::fs::remove_dir_all(folder);
        Tool::new(python)
            .named("python3 -m venv")
            .args(["-m", "venv"])
            .arg(folder)
            .advice("have a `python3` with its `venv` and `ensurepip` modules first in PATH")
            .run(screen)
            .map(drop)
    };
    let Err(failure) = attempt() else { return Ok(()) };
    WANTED.install(System::this(), screen).map_err(|wanted| wanted.with_output(&failure.last))?;
    attempt()
}

fn check(version: &str) -> Result<(), Failure> {
    match minor(version) {
        Some(OLDEST_MINOR..) => Ok(()),
        _ => Err(Failure::new(format!("Python 3.{OLDEST_MINOR} or later is needed; here is {version}"), ADVICE)),
    }
}

/// The second number of `Python 3.11.7`.
fn minor(version: &str) -> Option<u32> {
    version.trim().strip_prefix("Python 3.")?.split('.').next()?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn python_has_to_be_3_11_or_later() {
        assert!(check("Python 3.11.2").is_ok());
        assert!(check("Python 3.13.0\n").is_ok());
        for old in ["Python 3.9.18", "Python 2.7.18", "python3: not found"] {
            assert!(check(old).unwrap_err().what.contains("3.11 or later is needed"), "{old}");
        }
    }
}
