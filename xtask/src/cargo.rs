//! Cargo, natively and for wasm: the one place that knows its arguments and environment.

use std::path::{Path, PathBuf};

use crate::place::Place;
use crate::setup::wasm_std::WasmStd;
use crate::tool::Tool;

/// The target of the core.
pub(crate) const WASM: &str = "wasm32-unknown-unknown";
/// Where Debian's own compiler is; `PATH` may lead to another one.
const DEBIAN_BIN: &str = "/usr/bin";
/// Where Debian's sources of the standard library are.
const DEBIAN_STD: &str = "/usr/lib/rustlib/src/rust/library";

/// Cargo as it was called, with a subcommand.
pub(crate) fn native(place: &Place, subcommand: &str) -> Tool {
    let program = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    cleaned(Tool::new(program), place).named(&format!("cargo {subcommand}")).arg(subcommand)
}

/// `cargo <subcommand> --target wasm32-unknown-unknown`, whichever way its standard library came.
pub(crate) fn wasm(place: &Place, std: &WasmStd, subcommand: &str) -> Tool {
    let (tool, sources) = match std {
        WasmStd::Installed { sources } => (native(place, subcommand), sources.as_path()),
        WasmStd::Debian { linker } => {
            let tool = debian(place, subcommand)
                .env("RUSTC_BOOTSTRAP", "1")
                .env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_LINKER", linker)
                .arg("-Zbuild-std=std,panic_abort");
            (tool, Path::new(DEBIAN_STD))
        }
    };
    tool.env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUSTFLAGS", remapped_paths(sources).join(" "))
        .args(["--target", WASM])
}

/// Debian's Cargo with Debian's compiler beside it, past rustup's.
fn debian(place: &Place, subcommand: &str) -> Tool {
    let bin = Path::new(DEBIAN_BIN);
    let cargo = bin.join("cargo");
    // Cargo would look for its subcommand in its home first, and find rustup's.
    let tool = if subcommand == "clippy" { Tool::new(bin.join("cargo-clippy")) } else { Tool::new(&cargo) };
    cleaned(tool, place)
        .named(&format!("cargo {subcommand} (Debian's)"))
        .arg(subcommand)
        .without_env("RUSTUP_TOOLCHAIN")
        .env("CARGO", &cargo)
        .env("RUSTC", bin.join("rustc"))
        .env("RUSTDOC", bin.join("rustdoc"))
}

/// Without what Cargo told this program about itself: build scripts of others would take it for theirs.
fn cleaned(mut tool: Tool, place: &Place) -> Tool {
    for (name, _) in std::env::vars_os() {
        let Some(name) = name.to_str() else { continue };
        if ["CARGO_PKG_", "CARGO_MANIFEST_", "CARGO_BIN_", "CARGO_CRATE_"].iter().any(|start| name.starts_with(start)) {
            tool = tool.without_env(name);
        }
    }
    tool.within(&place.root)
        .env("CARGO_TERM_COLOR", "never")
        .advice("read the compiler's message above; on a new machine `cargo xtask build` gets what is missing")
}

/// Texts of panics name source files: neither the home of whoever builds nor a registry belongs into what is shipped.
fn remapped_paths(std: &Path) -> Vec<String> {
    let mut crates: Vec<PathBuf> = cargo_home()
        .and_then(|home| std::fs::read_dir(home.join("registry/src")).ok())
        .map(|entries| entries.filter_map(Result::ok).map(|entry| entry.path()).collect())
        .unwrap_or_default();
    crates.sort();
    std::iter::once((std.to_path_buf(), "std"))
        .chain(crates.into_iter().map(|path| (path, "crates")))
        .map(|(path, name)| (path.display().to_string(), name))
        // Flags are parted by spaces.
        .filter(|(path, _)| !path.contains(' '))
        .map(|(path, name)| format!("--remap-path-prefix={path}={name}"))
        .collect()
}

fn cargo_home() -> Option<PathBuf> {
    let named = std::env::var_os("CARGO_HOME").map(PathBuf::from);
    named.or_else(|| std::env::home_dir().map(|home| home.join(".cargo")))
}
