//! The examples of `examples/`: documentation sites around the page's frame, built as their readers would build them.

use std::path::{Path, PathBuf};

use crate::failure::Failure;
use crate::setup::{Setup, npm, python};
use crate::stamp::{Inputs, Stamp, files};
use crate::step::step;
use crate::tool::Tool;

/// One example.
#[derive(Debug)]
pub(crate) struct Site {
    /// Its folder in `examples/`, and the name of its tests.
    pub name: &'static str,
    /// Its folder of files that the generator takes over as they are.
    assets: &'static str,
    generator: Generator,
}

/// What makes the site. Its arguments end with where it goes.
#[derive(Debug)]
enum Generator {
    /// Nothing: it is written by hand.
    Hand,
    /// A program of a Python package.
    Python { program: &'static str, arguments: &'static [&'static str] },
    /// A script of an npm package.
    Npm { script: &'static str, arguments: &'static [&'static str] },
}

const MKDOCS: Generator = Generator::Python { program: "mkdocs", arguments: &["build", "--strict", "--site-dir"] };
/// Those that are built in seconds.
pub(crate) const QUICK: [Site; 2] = [
    Site { name: "html", assets: ".", generator: Generator::Hand },
    Site { name: "mkdocs-material", assets: "docs", generator: MKDOCS },
];
/// Those that take minutes to get.
pub(crate) const SLOW: [Site; 3] = [
    Site {
        name: "sphinx",
        assets: "_static",
        generator: Generator::Python { program: "sphinx-build", arguments: &["-W", "-q", "-b", "html", "."] },
    },
    Site {
        name: "docusaurus",
        assets: "static",
        generator: Generator::Npm {
            script: "node_modules/@docusaurus/core/bin/docusaurus.mjs",
            arguments: &["build", "--out-dir"],
        },
    },
    Site { name: "techdocs", assets: "docs", generator: MKDOCS },
];
/// Of the page, what stands beside the site's own files.
const PARTS: [&str; 2] = ["embed.html", "host.js"];
/// The built site, in its folder.
const BUILT: &str = "html";
const MODULES: &str = "node_modules";

/// Where the sites are built.
pub(crate) fn folder(setup: &Setup) -> PathBuf {
    setup.place.target.join("sites")
}

/// Builds a site, unless it was built from the same before.
pub(crate) fn build(setup: &Setup, site: &Site) -> Result<(), Failure> {
    setup.page()?;
    let (place, screen) = (&setup.place, &setup.screen);
    let examples = place.root.join("examples");
    let (source, roles) = (examples.join(site.name), examples.join("roles"));
    let folder = folder(setup).join(site.name);
    let dist = place.page_dist();
    let inputs =
        PARTS.iter().fold(Inputs::default().path(&source).path(&roles), |inputs, name| inputs.path(&dist.join(name)));
    let stamp = Stamp::new(place.target.join("stamps").join(format!("site-{}", site.name)), &inputs);
    if stamp.is_fresh(&[folder.join(BUILT)]) {
        return Ok(());
    }
    clear(&folder);
    let assets = folder.join(if matches!(site.generator, Generator::Hand) { BUILT } else { site.assets });
    let own = if matches!(site.generator, Generator::Hand) { &assets } else { &folder };
    copy_all(&source, own)?;
    copy_all(&roles, &assets.join("roles"))?;
    for name in PARTS {
        copy(&dist.join(name), &assets.join("circleci-oidc").join(name))?;
    }
    let Some(tool) = generator(setup, site, &folder)? else {
        stamp.set();
        return Ok(());
    };
    step(screen, site.name, || {
        tool.within(&folder).advice("read its message above; the site's sources are in examples/").run(screen)?;
        stamp.set();
        Ok(((), place.shown(&folder.join(BUILT))))
    })
}

/// Installs the sanitizer of Backstage's TechDocs, which the tests put a site through.
pub(crate) fn sanitizer(setup: &Setup) -> Result<(), Failure> {
    let to = folder(setup).join("sanitizer");
    copy_all(&setup.place.page().join("test/sites/sanitizer"), &to)?;
    step(&setup.screen, "npm packages (sanitizer)", || npm::get(&to, &setup.screen)).map(drop)
}

/// The generator, installed and ready to run.
fn generator(setup: &Setup, site: &Site, folder: &Path) -> Result<Option<Tool>, Failure> {
    let screen = &setup.screen;
    match &site.generator {
        Generator::Hand => Ok(None),
        Generator::Python { program, arguments } => {
            let environment = step(screen, &format!("Python packages ({})", site.name), || {
                let requirements = folder.join("requirements.txt");
                python::get(&requirements, &setup.place.target.join("python").join(site.name), screen)
            })?;
            Ok(Some(environment.program(program).args(*arguments).arg(folder.join(BUILT))))
        }
        Generator::Npm { script, arguments } => {
            step(screen, &format!("npm packages ({})", site.name), || npm::get(folder, screen))?;
            let tool =
                Tool::new("node").named(site.name).arg(folder.join(script)).args(*arguments).arg(folder.join(BUILT));
            // It would tell its makers.
            Ok(Some(tool.env("DOCUSAURUS_TELEMETRY", "0").env("NO_UPDATE_NOTIFIER", "1")))
        }
    }
}

/// Removes what an earlier build left, but for the packages.
fn clear(folder: &Path) {
    for entry in std::fs::read_dir(folder).into_iter().flatten().filter_map(Result::ok) {
        let path = entry.path();
        if entry.file_name() != MODULES {
            // What cannot be removed is written over.
            let _ = if path.is_dir() { std::fs::remove_dir_all(&path) } else { std::fs::remove_file(&path) };
        }
    }
}

/// Copies the files of a folder.
pub(crate) fn copy_all(from: &Path, to: &Path) -> Result<(), Failure> {
    for file in files(from, &[MODULES]) {
        copy(&file, &to.join(file.strip_prefix(from).unwrap_or(&file)))?;
    }
    Ok(())
}

fn copy(from: &Path, to: &Path) -> Result<(), Failure> {
    let copied = to.parent().map_or(Ok(()), std::fs::create_dir_all).and_then(|()| std::fs::copy(from, to));
    copied.map(drop).map_err(|error| {
        Failure::new(format!("{} could not be copied: {error}", from.display()), "see if the disk is full")
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::place::Place;

    #[test]
    fn every_site_is_an_example_with_a_test() {
        let root = Place::find().root;
        for Site { name, .. } in QUICK.iter().chain(&SLOW) {
            assert!(root.join("examples").join(name).is_dir(), "{name}");
            assert!(root.join("www/test/sites").join(format!("{name}.test.mjs")).is_file(), "{name}");
        }
    }
}
