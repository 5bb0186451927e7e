//! The standard library for wasm: rustup's ready-made one, or built from Debian's sources.

use std::path::{Path, PathBuf};
use std::time::Duration;

use super::system::{System, Wanted};
use crate::cargo::WASM;
use crate::failure::Failure;
use crate::screen::Screen;
use crate::tool::{Tool, in_path};

/// Which way to take, if not the first that works: `rustup` or `debian`.
const CHOICE: &str = "CIRCLECI_OIDC_WASM_STD";
/// A machine that cannot reach rustup's server must not wait for it.
const PATIENCE: Duration = Duration::from_secs(60);
/// When rustup was asked for by name, a slow line is no reason to give up.
const LONG_PATIENCE: Duration = Duration::from_secs(15 * 60);
/// Debian's compiler, its Cargo, the sources of its standard library and its clippy.
const PACKAGES: [&str; 4] = ["rustc-web", "cargo-web", "rust-web-src", "rust-web-clippy"];
/// What those packages put in place, in that order.
const FILES: [&str; 4] =
    ["/usr/bin/rustc", "/usr/bin/cargo", "/usr/lib/rustlib/src/rust/library/std/Cargo.toml", "/usr/bin/cargo-clippy"];
/// Debian's linker for wasm, where rustup has none.
const LINKER_PACKAGE: &str = "lld-22";
const LINKER: &str = "wasm-ld-22";

/// How to build for wasm here.
#[derive(Clone, Debug)]
pub(crate) enum WasmStd {
    /// The compiler in use has the library.
    Installed {
        /// Where its sources are, if they are installed too: the compiler then names them in place of its own build's.
        sources: PathBuf,
    },
    /// Debian's compiler builds it from its sources.
    Debian {
        /// Debian's compiler comes without one.
        linker: PathBuf,
    },
}

/// Finds a way that is there, or takes the first that works.
pub(crate) fn get(screen: &Screen) -> Result<(WasmStd, String), Failure> {
    let choice = std::env::var(CHOICE).unwrap_or_default();
    match choice.as_str() {
        "rustup" => installed(screen).map_or_else(|| rustup(screen, LONG_PATIENCE), Ok),
        "debian" => debian_ready(screen).map_or_else(|| debian(screen, ""), Ok),
        "" => first_that_works(screen),
        other => Err(Failure::new(
            format!("{CHOICE} is `{other}`"),
            "set it to `rustup` or `debian`, or leave it out to take the first that works",
        )),
    }
}

fn first_that_works(screen: &Screen) -> Result<(WasmStd, String), Failure> {
    if let Some(found) = installed(screen).or_else(|| debian_ready(screen)) {
        return Ok(found);
    }
    match rustup(screen, PATIENCE) {
        Ok(found) => Ok(found),
        Err(failure) => debian(screen, &format!("{}; ", failure.what)),
    }
}

fn installed(screen: &Screen) -> Option<(WasmStd, String)> {
    let rustlib = sysroot(screen)?.join("lib/rustlib");
    let library = rustlib.join(WASM).join("lib");
    let there = std::fs::read_dir(library).ok()?.filter_map(Result::ok).any(|entry| is_std(&entry.path()));
    let sources = rustlib.join("src/rust/library");
    there.then(|| (WasmStd::Installed { sources }, "the compiler in use has it".to_owned()))
}

fn is_std(path: &Path) -> bool {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    name.starts_with("libstd-") && name.ends_with(".rlib")
}

fn rustup(screen: &Screen, patience: Duration) -> Result<(WasmStd, String), Failure> {
    Tool::new("rustup")
        .args(["target", "add", WASM])
        .limit(patience)
        .advice("check that rustup reaches its server, or install the library of your system's Rust for wasm")
        .run(screen)?;
    let (std, _) = installed(screen).ok_or_else(|| {
        Failure::new("rustup added the library to another compiler than the one in PATH", "see `rustup show`")
    })?;
    Ok((std, "rustup added it".to_owned()))
}

fn debian_ready(screen: &Screen) -> Option<(WasmStd, String)> {
    let linker = FILES.iter().all(|file| Path::new(file).exists()).then(|| find_linker(screen))??;
    Some((WasmStd::Debian { linker }, "Debian's compiler builds it from its sources".to_owned()))
}

fn debian(screen: &Screen, reason: &str) -> Result<(WasmStd, String), Failure> {
    let mut packages = PACKAGES.to_vec();
    if find_linker(screen).is_none() {
        packages.push(LINKER_PACKAGE);
    }
    let elsewhere = format!("run `rustup target add {WASM}` where rustup reaches its server");
    Wanted { what: "Rust's standard library for wasm", packages: &packages, elsewhere: &elsewhere }
        .install(System::this(), screen)?;
    let (std, note) = debian_ready(screen).ok_or_else(|| {
        Failure::new(
            format!("Debian's packages {} did not bring what was expected of them", packages.join(", ")),
            format!("see which is missing: {}, {LINKER}", FILES.join(", ")),
        )
    })?;
    Ok((std, format!("{reason}{note}")))
}

/// rustup's compiler comes with a linker that knows wasm; Debian's is a package of its own.
fn find_linker(screen: &Screen) -> Option<PathBuf> {
    let of_rustup = || {
        let host = Tool::new("rustc").arg("-vV").run(screen).ok()?;
        let host = host.lines.iter().find_map(|line| line.strip_prefix("host: "))?;
        let linker = sysroot(screen)?.join("lib/rustlib").join(host).join("bin/rust-lld");
        linker.is_file().then_some(linker)
    };
    of_rustup().or_else(|| in_path(LINKER))
}

fn sysroot(screen: &Screen) -> Option<PathBuf> {
    let output = Tool::new("rustc").args(["--print", "sysroot"]).run(screen).ok()?;
    output.lines.first().map(PathBuf::from)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn knows_the_library_by_its_file() {
        assert!(is_std(Path::new("/lib/libstd-3f1c7a.rlib")));
        assert!(!is_std(Path::new("/lib/libcore-3f1c7a.rlib")));
        assert!(!is_std(Path::new("/lib/libstd-3f1c7a.so")));
    }
}
