//! The browsers of the tests: Chromium with its driver, and Firefox.

use std::path::PathBuf;

use super::system::{System, Wanted};
use crate::failure::Failure;
use crate::screen::Screen;
use crate::tool::{Tool, in_path};

/// What the browser is called on the systems that we know.
const BROWSERS: [&str; 4] = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];
const CHROMIUM: Wanted<'_> = Wanted {
    what: "Chromium with ChromeDriver",
    packages: &["chromium", "chromium-driver"],
    elsewhere: "install Chromium or Chrome and the ChromeDriver of the same version, and have both in PATH (or set CHROMEDRIVER)",
};
/// The same of Firefox; the first is Debian's.
const FIREFOXES: [&str; 2] = ["firefox-esr", "firefox"];
const FIREFOX: Wanted<'_> = Wanted {
    what: "Firefox",
    packages: &["firefox-esr"],
    elsewhere: "install Firefox and have it in PATH (or set FIREFOX)",
};

/// The way into Chromium.
#[derive(Clone, Debug)]
pub(crate) struct Browser {
    /// ChromeDriver; it finds the browser by itself.
    pub driver: PathBuf,
    /// The browser, for tests that start it without the driver. On macOS it is an application and in no folder of `PATH`.
    pub program: Option<PathBuf>,
}

/// Finds them, or installs them.
pub(crate) fn get(screen: &Screen) -> Result<(Browser, String), Failure> {
    if let Some(browser) = find() {
        let note = format!("already there, {}", version(&browser, screen));
        return Ok((browser, note));
    }
    CHROMIUM.install(System::this(), screen)?;
    let browser = find()
        .ok_or_else(|| Failure::new("Debian's chromium-driver brought no chromedriver", "set CHROMEDRIVER to it"))?;
    let note = format!("installed, {}", version(&browser, screen));
    Ok((browser, note))
}

/// Finds Firefox, or installs it. It brings what drives it.
pub(crate) fn firefox(screen: &Screen) -> Result<(PathBuf, String), Failure> {
    let find = || named("FIREFOX").or_else(|| FIREFOXES.iter().find_map(|name| in_path(name)));
    if let Some(program) = find() {
        return Ok((program, "already there".to_owned()));
    }
    FIREFOX.install(System::this(), screen)?;
    let program =
        find().ok_or_else(|| Failure::new("Debian's firefox-esr brought no such program", "set FIREFOX to it"))?;
    Ok((program, "installed".to_owned()))
}

/// What a variable of the environment names.
fn named(variable: &str) -> Option<PathBuf> {
    std::env::var_os(variable).filter(|value| !value.is_empty()).map(PathBuf::from)
}

fn find() -> Option<Browser> {
    let program = named("CHROMIUM").or_else(|| BROWSERS.iter().find_map(|name| in_path(name)));
    if let Some(driver) = named("CHROMEDRIVER") {
        return Some(Browser { driver, program });
    }
    let driver = in_path("chromedriver")?;
    (cfg!(target_os = "macos") || program.is_some()).then_some(Browser { driver, program })
}

fn version(browser: &Browser, screen: &Screen) -> String {
    let output =
        Tool::new(&browser.driver).arg("--version").run(screen).map(|output| output.text()).unwrap_or_default();
    output.split(" (").next().unwrap_or_default().to_owned()
}
