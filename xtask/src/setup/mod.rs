//! Getting what is missing, each part at most once a run and only when a step needs it.

pub(crate) mod browser;
pub(crate) mod crates;
pub(crate) mod npm;
pub(crate) mod python;
pub(crate) mod system;
pub(crate) mod wasm_bindgen;
pub(crate) mod wasm_std;

use std::cell::OnceCell;
use std::path::PathBuf;

use crate::build;
use crate::failure::Failure;
use crate::place::Place;
use crate::screen::Screen;
use crate::step::step;
use browser::Browser;
use npm::Npm;
use wasm_bindgen::WasmBindgen;
use wasm_std::WasmStd;

/// Everything that has been got so far. What failed once is not tried again.
#[derive(Debug)]
pub(crate) struct Setup {
    /// Where things are.
    pub place: Place,
    /// Where steps are shown.
    pub screen: Screen,
    crates: OnceCell<Result<(), Failure>>,
    wasm_std: OnceCell<Result<WasmStd, Failure>>,
    wasm_bindgen: OnceCell<Result<WasmBindgen, Failure>>,
    npm: OnceCell<Result<Npm, Failure>>,
    page_npm: OnceCell<Result<Npm, Failure>>,
    browser: OnceCell<Result<Browser, Failure>>,
    firefox: OnceCell<Result<PathBuf, Failure>>,
    package: OnceCell<Result<(), Failure>>,
    page: OnceCell<Result<(), Failure>>,
}

impl Setup {
    /// Nothing is looked at yet.
    pub(crate) fn new() -> Self {
        Self {
            place: Place::find(),
            screen: Screen::new(),
            crates: OnceCell::new(),
            wasm_std: OnceCell::new(),
            wasm_bindgen: OnceCell::new(),
            npm: OnceCell::new(),
            page_npm: OnceCell::new(),
            browser: OnceCell::new(),
            firefox: OnceCell::new(),
            package: OnceCell::new(),
            page: OnceCell::new(),
        }
    }

    /// The sources of every crate in `Cargo.lock`.
    pub(crate) fn crates(&self) -> Result<(), Failure> {
        let get = || step(&self.screen, "crates", || crates::get(&self.place, &self.screen));
        self.crates.get_or_init(get).clone()
    }

    /// The wasm standard library and how to build with it.
    pub(crate) fn wasm_std(&self) -> Result<&WasmStd, Failure> {
        let get = || step(&self.screen, "wasm standard library", || wasm_std::get(&self.screen));
        once(&self.wasm_std, get)
    }

    /// wasm-bindgen's command line tools, in the version of `Cargo.lock`.
    pub(crate) fn wasm_bindgen(&self) -> Result<&WasmBindgen, Failure> {
        let get = || step(&self.screen, "wasm-bindgen", || wasm_bindgen::get(&self.place, &self.screen));
        once(&self.wasm_bindgen, get)
    }

    /// Node and the npm development dependencies of the package.
    pub(crate) fn npm(&self) -> Result<&Npm, Failure> {
        let get = || step(&self.screen, "npm packages", || npm::get(&self.place.package(), &self.screen));
        once(&self.npm, get)
    }

    /// The same of the page.
    pub(crate) fn page_npm(&self) -> Result<&Npm, Failure> {
        let get = || step(&self.screen, "npm packages (page)", || npm::get(&self.place.page(), &self.screen));
        once(&self.page_npm, get)
    }

    /// A browser and its driver.
    pub(crate) fn browser(&self) -> Result<&Browser, Failure> {
        let get = || step(&self.screen, "browser", || browser::get(&self.screen));
        once(&self.browser, get)
    }

    /// The second engine, for the page.
    pub(crate) fn firefox(&self) -> Result<&PathBuf, Failure> {
        let get = || step(&self.screen, "Firefox", || browser::firefox(&self.screen));
        once(&self.firefox, get)
    }

    /// The built package: several parts of the test need it, and one build is enough.
    pub(crate) fn package(&self) -> Result<(), Failure> {
        self.package.get_or_init(|| build::package(self)).clone()
    }

    /// The built page, and the package that it is made of.
    pub(crate) fn page(&self) -> Result<(), Failure> {
        self.page.get_or_init(|| build::page(self)).clone()
    }
}

fn once<T>(cell: &OnceCell<Result<T, Failure>>, get: impl FnOnce() -> Result<T, Failure>) -> Result<&T, Failure> {
    cell.get_or_init(get).as_ref().map_err(Clone::clone)
}
