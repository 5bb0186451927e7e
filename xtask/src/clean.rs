//! Removing what was built.

use std::path::{Path, PathBuf};

use crate::failure::Failure;
use crate::place::Place;

/// Also what took long to get.
pub(crate) const ALL: &str = "--all";

/// `cargo xtask clean`
pub(crate) fn run(options: &[String]) -> Result<(), Failure> {
    let place = Place::find();
    let all = options.iter().any(|option| option == ALL);
    for path in removed(&place, all) {
        remove(&path)?;
        println!("Removed {}", place.shown(&path));
    }
    if !all && place.tools.exists() {
        println!("Kept    {} (`cargo xtask clean {ALL}` removes it)", place.shown(&place.tools));
    }
    Ok(())
}

/// Everything in the target folder and what the package's build wrote. A tools folder elsewhere is not ours to remove.
fn removed(place: &Place, all: bool) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(&place.target).map(|entries| entries.filter_map(Result::ok)).into_iter().flatten();
    let mut found: Vec<PathBuf> =
        entries.map(|entry| entry.path()).filter(|path| all || *path != place.tools).collect();
    found.extend([place.dist(), place.page_dist(), place.page().join("screens")]);
    if all {
        found.extend([place.package(), place.page()].map(|folder| folder.join("node_modules")));
    }
    found.retain(|path| path.exists());
    found.sort();
    found
}

fn remove(path: &Path) -> Result<(), Failure> {
    let removed = if path.is_dir() { std::fs::remove_dir_all(path) } else { std::fs::remove_file(path) };
    removed.map_err(|error| {
        Failure::new(format!("{} could not be removed: {error}", path.display()), "see who owns it and who uses it")
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tools_and_packages_stay_unless_all_is_asked_for() {
        let root = std::env::temp_dir().join(format!("xtask-clean-{}", std::process::id()));
        let place = Place { root: root.clone(), target: root.join("target"), tools: root.join("target/tools") };
        for folder in ["target/debug", "target/tools", "pkg/dist", "pkg/node_modules", "www/dist"] {
            std::fs::create_dir_all(root.join(folder)).unwrap();
        }
        assert_eq!(removed(&place, false), [root.join("pkg/dist"), root.join("target/debug"), root.join("www/dist")]);
        let everything =
            ["pkg/dist", "pkg/node_modules", "target/debug", "target/tools", "www/dist"].map(|path| root.join(path));
        assert_eq!(removed(&place, true), everything);
        std::fs::remove_dir_all(&root).unwrap();
    }
}
