//! The parts of the test, in the order in which they run: what tells of a mistake soonest comes first.

use super::ran::{Ran, check, runner};
use crate::count::Closing;
use crate::failure::Failure;
use crate::setup::Setup;
use crate::step::step;
use crate::tool::Tool;
use crate::{cargo, licences, site};

/// One part of the test.
#[derive(Debug)]
pub(crate) struct Part {
    /// Its name on the command line. One that begins with dashes runs only if it is asked for: it takes long to get.
    pub name: &'static str,
    action: fn(&Setup) -> Result<Ran, Failure>,
}

impl Part {
    /// Runs it, with the set-up that it needs. Where that fails, the part has failed.
    pub(crate) fn run(&self, setup: &Setup) -> Ran {
        (self.action)(setup).unwrap_or_else(|failure| Ran::check(Err(failure)))
    }
}

/// Every part.
pub(crate) const PARTS: [Part; 15] = [
    Part { name: "format", action: format },
    Part { name: "licences", action: licences },
    Part { name: "samples", action: samples },
    Part { name: "clippy", action: clippy },
    Part { name: "native", action: native },
    Part { name: "docs", action: docs },
    Part { name: "clippy-wasm", action: clippy_wasm },
    Part { name: "build", action: build },
    Part { name: "types", action: types },
    Part { name: "package", action: package },
    Part { name: "page", action: page },
    Part { name: "node", action: node },
    Part { name: "browser", action: browser },
    Part { name: "sites", action: sites },
    Part { name: "--sites", action: slow_sites },
];

fn format(setup: &Setup) -> Result<Ran, Failure> {
    let tool = cargo::native(&setup.place, "fmt").args(["--all", "--check"]).advice("run `cargo fmt --all`");
    Ok(check(&setup.screen, "rustfmt", tool))
}

fn licences(setup: &Setup) -> Result<Ran, Failure> {
    setup.crates()?;
    let result = step(&setup.screen, "licences", || {
        let crates = licences::check(&setup.place, &setup.screen)?;
        Ok(((), format!("{crates} crates")))
    });
    Ok(Ran::check(result))
}

fn clippy(setup: &Setup) -> Result<Ran, Failure> {
    setup.crates()?;
    let tool = cargo::native(&setup.place, "clippy")
        .args(["--locked", "--workspace", "--all-targets", "--", "-D", "warnings"])
        .advice("clippy's messages name the place and often the cure");
    Ok(check(&setup.screen, "clippy", tool))
}

fn native(setup: &Setup) -> Result<Ran, Failure> {
    setup.crates()?;
    // One failing test program does not keep the others from running.
    let tool = cargo::native(&setup.place, "test").args(["--locked", "--workspace", "--no-fail-fast"]);
    Ok(runner(&setup.screen, "native tests", tool, Closing::Rust))
}

fn docs(setup: &Setup) -> Result<Ran, Failure> {
    setup.crates()?;
    let tool = cargo::native(&setup.place, "doc")
        .args(["--locked", "--no-deps", "--lib"])
        .env("RUSTDOCFLAGS", "-D warnings")
        .advice("rustdoc's messages name the place");
    Ok(check(&setup.screen, "documentation", tool))
}

fn clippy_wasm(setup: &Setup) -> Result<Ran, Failure> {
    setup.crates()?;
    let std = setup.wasm_std()?;
    let tool = cargo::wasm(&setup.place, std, "clippy")
        .args(["--locked", "--release", "--lib", "--", "-D", "warnings"])
        .advice("clippy's messages name the place and often the cure");
    Ok(check(&setup.screen, "clippy for wasm", tool))
}

/// The builds of the package and of the page hold their own size budgets.
fn build(setup: &Setup) -> Result<Ran, Failure> {
    Ok(Ran::check(setup.page()))
}

fn types(setup: &Setup) -> Result<Ran, Failure> {
    setup.package()?;
    let tool = setup
        .npm()?
        .script("typescript/bin/tsc")
        .args(["--project", "."])
        .within(&setup.place.package())
        .advice("the public types are pkg/types/index.d.ts");
    let package = check(&setup.screen, "types (tsc --strict)", tool);
    let page = setup.page_npm()?.script("typescript/bin/tsc").args(["--project", "."]).within(&setup.place.page());
    Ok(package.and(check(&setup.screen, "types of the page", page)))
}

/// The built page from its file, in two real browsers.
fn page(setup: &Setup) -> Result<Ran, Failure> {
    setup.page()?;
    let run = |engine: &str| {
        Tool::new("node")
            .args(["test/run.mjs", "--test-reporter=tap"])
            .within(&setup.place.page())
            .env("ENGINE", engine)
    };
    let mut chromium = run("chromium");
    if let Some(program) = &setup.browser()?.program {
        chromium = chromium.env("CHROMIUM", program);
    }
    let ran = runner(&setup.screen, "page in Chromium", chromium, Closing::Tap);
    let second = setup.firefox().map_or_else(
        |failure| Ran::check(Err(failure)),
        |program| runner(&setup.screen, "page in Firefox", run("firefox").env("FIREFOX", program), Closing::Tap),
    );
    Ok(ran.and(second))
}

fn sites(setup: &Setup) -> Result<Ran, Failure> {
    documentation(setup, "documentation sites", &site::QUICK)
}

fn slow_sites(setup: &Setup) -> Result<Ran, Failure> {
    site::sanitizer(setup)?;
    documentation(setup, "more documentation sites", &site::SLOW)
}

/// The frame in other people's documentation, served as that is. A site that cannot be built does not keep the others from it.
fn documentation(setup: &Setup, title: &str, sites: &[site::Site]) -> Result<Ran, Failure> {
    let built: Vec<Result<(), Failure>> = sites.iter().map(|one| site::build(setup, one)).collect();
    let tests = sites.iter().zip(&built).filter(|(_, built)| built.is_ok()).map(|(one, _)| one);
    let mut tool = Tool::new("node")
        .args(["--test", "--test-concurrency=1", "--test-reporter=tap"])
        .args(tests.map(|one| format!("test/sites/{}.test.mjs", one.name)))
        .within(&setup.place.page())
        .env("SITES", site::folder(setup));
    if let Some(program) = &setup.browser()?.program {
        tool = tool.env("CHROMIUM", program);
    }
    let ran =
        if built.iter().any(Result::is_ok) { Some(runner(&setup.screen, title, tool, Closing::Tap)) } else { None };
    let failed = built.into_iter().filter(Result::is_err).map(Ran::check);
    Ok(ran.into_iter().chain(failed).reduce(Ran::and).unwrap_or_else(|| Ran::check(Ok(()))))
}

/// The generated samples are what their generator writes.
fn samples(setup: &Setup) -> Result<Ran, Failure> {
    let tool = Tool::new("node")
        .named("node tests/samples/generate.mjs --check")
        .args(["tests/samples/generate.mjs", "--check"])
        .within(&setup.place.root)
        .advice("run `node tests/samples/generate.mjs` and look at what changed");
    Ok(check(&setup.screen, "samples", tool))
}

/// From the outside: the packed tarball, installed in an empty folder, in Node and on a page.
fn package(setup: &Setup) -> Result<Ran, Failure> {
    setup.package()?;
    let mut tool = Tool::new("node").args(["test/run.mjs", "--test-reporter=tap"]).within(&setup.place.package());
    if let Some(program) = &setup.browser()?.program {
        tool = tool.env("CHROMIUM", program);
    }
    Ok(runner(&setup.screen, "package tests", tool, Closing::Tap))
}

fn node(setup: &Setup) -> Result<Ran, Failure> {
    let tool = wasm_tests(setup)?;
    Ok(runner(&setup.screen, "wasm in Node", tool, Closing::Rust))
}

fn browser(setup: &Setup) -> Result<Ran, Failure> {
    let browser = setup.browser()?;
    let tool = wasm_tests(setup)?.env("WASM_BINDGEN_USE_BROWSER", "1").env("CHROMEDRIVER", &browser.driver);
    Ok(runner(&setup.screen, "wasm in Chromium", tool, Closing::Rust))
}

/// The same test program for both; as a release build, because that is what ships and what is compiled already.
fn wasm_tests(setup: &Setup) -> Result<Tool, Failure> {
    setup.crates()?;
    let std = setup.wasm_std()?;
    let tools = setup.wasm_bindgen()?;
    Ok(cargo::wasm(&setup.place, std, "test")
        .args(["--locked", "--release", "--test", "cases", "--test", "bad_inputs", "--test", "cel_conformance"])
        .env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUNNER", &tools.test_runner)
        // A backtrace of the runner itself would push the failing test off the screen.
        .env("RUST_BACKTRACE", "0")
        // Seconds; a machine that is busy compiling is slow to start a browser.
        .env("WASM_BINDGEN_TEST_TIMEOUT", "180"))
}
