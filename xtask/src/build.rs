//! From Rust to the npm package's files and the page: compile, bind, optimize, bundle.

use std::path::{Path, PathBuf};

use crate::cargo;
use crate::failure::Failure;
use crate::setup::Setup;
use crate::stamp::{Inputs, Stamp};
use crate::step::step;
use crate::tool::Tool;

/// For size: docs/decisions/wasm-build.md has the figures.
const OPTIMIZATION: [&str; 8] = [
    "-Oz",
    // What is repeated literally costs next to nothing once packed; both of these make it different.
    "--one-caller-inline-max-function-size=0",
    "--skip-pass=local-cse",
    // Zeros pack to nothing; the segments that would leave them out do not.
    "--skip-pass=memory-packing",
    // The lowest KiB is the far end of the stack: no sum of an address and an offset wraps around into it.
    "--low-memory-unused",
    "--strip-debug",
    "--strip-producers",
    "--strip-target-features",
];
/// What rustc takes for granted of every engine; wasm-opt has to be told.
const FEATURES: [&str; 6] = [
    "--enable-bulk-memory",
    "--enable-sign-ext",
    "--enable-nontrapping-float-to-int",
    "--enable-mutable-globals",
    "--enable-reference-types",
    "--enable-multivalue",
];
/// The core as Cargo names it, and as everything after it does.
const COMPILED: &str = "circleci_oidc.wasm";
const CORE: &str = "core";

/// What the package is used through; the build writes them together with the rest.
const OUTPUTS: [&str; 6] = ["index.js", "index.cjs", "slim.js", "jwks.js", "cli.js", "core.wasm"];
/// What the page's build writes.
pub(crate) const PAGE: [&str; 5] = ["index.html", "embed.html", "host.js", "_headers", "nginx.conf"];

/// Also the page that may ask CircleCI for a key set.
pub(crate) const FETCHING: &str = "--fetching";

/// `cargo xtask build`
pub(crate) fn run(options: &[String]) -> Result<(), Failure> {
    let setup = Setup::new();
    setup.page()?;
    println!("Built {}", setup.place.shown(&setup.place.dist()));
    println!("Built {}", setup.place.shown(&setup.place.page_dist()));
    if options.iter().any(|option| option == FETCHING) {
        fetching(&setup)?;
        println!("Built {}", setup.place.shown(&setup.place.page_fetching()));
    }
    Ok(())
}

/// Builds that page into a folder of its own: what is packed and served is the one that asks nobody.
fn fetching(setup: &Setup) -> Result<(), Failure> {
    let place = &setup.place;
    step(&setup.screen, "page that fetches", || {
        let output = Tool::new("node")
            .named("node www/build.mjs --fetching")
            .arg(place.page().join("build.mjs"))
            .arg(FETCHING)
            .arg(place.page_fetching())
            .within(&place.root)
            .advice("read the message above; the page's sources are in www/")
            .run(&setup.screen)?;
        Ok(((), output.lines.last().cloned().unwrap_or_default()))
    })
}

/// Builds the package's files into its `dist` folder.
pub(crate) fn package(setup: &Setup) -> Result<(), Failure> {
    let core = core(setup)?;
    let place = &setup.place;
    let (package, dist) = (place.package(), place.dist());
    let inputs = Inputs::default()
        .path(&core)
        .path_without(&package, &["dist", "node_modules", "test", "bench", "LICENSE-MIT", "LICENSE-APACHE"])
        .path(&place.root.join("Cargo.lock"))
        .path(&place.root.join("docs/codes.md"))
        .path(&place.root.join("LICENSE-MIT"))
        .path(&place.root.join("LICENSE-APACHE"));
    let stamp = Stamp::new(place.target.join("stamps/package"), &inputs);
    step(&setup.screen, "package", || {
        if stamp.is_fresh(&OUTPUTS.map(|name| dist.join(name))) {
            return Ok(((), "up to date".to_owned()));
        }
        let output = Tool::new("node")
            .named("node pkg/build.mjs")
            .arg(package.join("build.mjs"))
            .arg("--core")
            .arg(&core)
            .within(&place.root)
            .advice("read the message above; the entries' sources are in pkg/")
            .run(&setup.screen)?;
        stamp.set();
        Ok(((), output.lines.last().cloned().unwrap_or_default()))
    })
}

/// Builds the page's files into its `dist` folder.
pub(crate) fn page(setup: &Setup) -> Result<(), Failure> {
    setup.package()?;
    setup.page_npm()?;
    let place = &setup.place;
    let (page, dist) = (place.page(), place.page_dist());
    let inputs = Inputs::default()
        .path_without(&page, &["dist", "screens", "node_modules", "test"])
        .path(&place.dist().join("index.js"))
        .path(&place.package().join("src/cli/text"))
        .path(&place.package().join("bundle-report.mjs"));
    let stamp = Stamp::new(place.target.join("stamps/page"), &inputs);
    step(&setup.screen, "page", || {
        if stamp.is_fresh(&PAGE.map(|name| dist.join(name))) {
            return Ok(((), "up to date".to_owned()));
        }
        let output = Tool::new("node")
            .named("node www/build.mjs")
            .arg(page.join("build.mjs"))
            .within(&place.root)
            .advice("read the message above; the page's sources are in www/")
            .run(&setup.screen)?;
        stamp.set();
        Ok(((), output.lines.last().cloned().unwrap_or_default()))
    })
}

/// Compiles, binds and optimizes the core; returns the folder with `core.js` and `core_bg.wasm`.
pub(crate) fn core(setup: &Setup) -> Result<PathBuf, Failure> {
    let place = &setup.place;
    let compiled = compile(setup)?;
    let bound = place.target.join("bound");
    bind(setup, &compiled, &bound)?;
    let core = place.core();
    optimize(setup, &bound, &core)?;
    Ok(core)
}

fn compile(setup: &Setup) -> Result<PathBuf, Failure> {
    setup.crates()?;
    let std = setup.wasm_std()?;
    let compiled = setup.place.target.join(cargo::WASM).join("release").join(COMPILED);
    step(&setup.screen, "core", || {
        cargo::wasm(&setup.place, std, "build").args(["--locked", "--release", "--lib"]).run(&setup.screen)?;
        Ok(((), size(&compiled)))
    })?;
    Ok(compiled)
}

fn bind(setup: &Setup, compiled: &Path, bound: &Path) -> Result<(), Failure> {
    let tools = setup.wasm_bindgen()?;
    let stamp =
        Stamp::new(setup.place.target.join("stamps/bound"), &Inputs::default().value(&tools.version).path(compiled));
    step(&setup.screen, "JavaScript side", || {
        if stamp.is_fresh(&[bound_wasm(bound), bound.join("core.js")]) {
            return Ok(((), "up to date".to_owned()));
        }
        Tool::new(&tools.cli)
            .args(["--target", "web", "--omit-default-module-path", "--out-name", CORE, "--out-dir"])
            .arg(bound)
            .arg(compiled)
            .advice("the wasm-bindgen crate and its tool have to agree: `cargo xtask clean --all`, then again")
            .run(&setup.screen)?;
        stamp.set();
        Ok(((), size(&bound_wasm(bound))))
    })
}

fn optimize(setup: &Setup, bound: &Path, core: &Path) -> Result<(), Failure> {
    let npm = setup.npm()?;
    let optimized = bound_wasm(core);
    let lock = setup.place.package().join("package-lock.json");
    let options = [OPTIMIZATION.as_slice(), FEATURES.as_slice()].concat();
    let panics = setup.place.package().join("panics.mjs");
    let inputs = Inputs::default().path(bound).path(&lock).path(&panics);
    let inputs = options.iter().fold(inputs, |inputs, option| inputs.value(option));
    let stamp = Stamp::new(setup.place.target.join("stamps/optimized"), &inputs);
    step(&setup.screen, "wasm-opt", || {
        if stamp.is_fresh(std::slice::from_ref(&optimized)) {
            return Ok(((), "up to date".to_owned()));
        }
        copy(bound, core, "core.js")?;
        copy(bound, core, "core.d.ts")?;
        let trapping = core.join("trapping.wasm");
        Tool::new("node")
            .named("node pkg/panics.mjs")
            .arg(&panics)
            .arg(bound_wasm(bound))
            .arg(&trapping)
            .advice("another compiler may name the functions of panics otherwise: look for them with wasm-dis")
            .run(&setup.screen)?;
        npm.script("binaryen/bin/wasm-opt")
            .args(&options)
            .arg(&trapping)
            .arg("-o")
            .arg(&optimized)
            .advice("a feature that rustc uses and wasm-opt was not told of stands in its message: add it to FEATURES")
            .run(&setup.screen)?;
        stamp.set();
        Ok(((), size(&optimized)))
    })
}

fn bound_wasm(folder: &Path) -> PathBuf {
    folder.join("core_bg.wasm")
}

fn copy(from: &Path, to: &Path, name: &str) -> Result<(), Failure> {
    let copied = std::fs::create_dir_all(to).and_then(|()| std::fs::copy(from.join(name), to.join(name)));
    copied
        .map(drop)
        .map_err(|error| Failure::new(format!("{name} could not be copied: {error}"), "see if the disk is full"))
}

/// The size of a file, for the line of its step.
fn size(file: &Path) -> String {
    let bytes = std::fs::metadata(file).map_or(0, |metadata| metadata.len());
    format!("{} KiB", bytes.div_ceil(1024))
}
