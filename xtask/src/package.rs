//! The npm tarball, and the zip of the page.

use std::path::PathBuf;

use crate::failure::Failure;
use crate::setup::Setup;
use crate::step::step;
use crate::tool::Tool;

/// `cargo xtask package`
pub(crate) fn run(_: &[String]) -> Result<(), Failure> {
    let setup = Setup::new();
    let (tarball, contents) = pack(&setup)?;
    for line in contents {
        println!("  {line}");
    }
    println!("Packed {}", setup.place.shown(&tarball));
    for line in zip(&setup)? {
        println!("{line}");
    }
    Ok(())
}

/// Builds and packs the page; returns the zip and its hash in words.
fn zip(setup: &Setup) -> Result<Vec<String>, Failure> {
    setup.page()?;
    step(&setup.screen, "zip of the page", || {
        let output = Tool::new("node")
            .named("node www/zip.mjs")
            .arg(setup.place.page().join("zip.mjs"))
            .arg(setup.place.zip())
            .within(&setup.place.root)
            .advice("see if the disk is full")
            .run(&setup.screen)?;
        Ok((output.lines, String::new()))
    })
}

/// Builds and packs; returns the tarball and what npm says is in it.
pub(crate) fn pack(setup: &Setup) -> Result<(PathBuf, Vec<String>), Failure> {
    setup.package()?;
    let folder = setup.place.tarball();
    step(&setup.screen, "npm pack", || {
        // An older version's tarball must not be taken for this one's.
        let _ = std::fs::remove_dir_all(&folder);
        std::fs::create_dir_all(&folder).map_err(|error| {
            Failure::new(format!("{} could not be made: {error}", folder.display()), "see if the disk is full")
        })?;
        let output = Tool::new(if cfg!(windows) { "npm.cmd" } else { "npm" })
            .named("npm pack")
            .args(["pack", "--ignore-scripts", "--pack-destination"])
            .arg(&folder)
            .within(&setup.place.package())
            .advice("read npm's message above; the list of what is packed is in pkg/package.json")
            .run(&setup.screen)?;
        let tarball = only_file(&folder)
            .ok_or_else(|| Failure::new("npm pack left no tarball", "read its output").with_output(&output.lines))?;
        Ok(((tarball, contents(&output.lines)), size_line(&output.lines)))
    })
}

fn only_file(folder: &std::path::Path) -> Option<PathBuf> {
    std::fs::read_dir(folder).ok()?.filter_map(Result::ok).map(|entry| entry.path()).find(|path| path.is_file())
}

/// npm's notices, without what marks them.
fn notices(lines: &[String]) -> impl Iterator<Item = &str> {
    lines.iter().filter_map(|line| line.strip_prefix("npm notice")).map(str::trim).filter(|line| !line.is_empty())
}

/// The rows between npm's two headings: size and path.
fn contents(lines: &[String]) -> Vec<String> {
    notices(lines)
        .skip_while(|line| *line != "Tarball Contents")
        .skip(1)
        .take_while(|line| *line != "Tarball Details")
        .map(str::to_owned)
        .collect()
}

fn size_line(lines: &[String]) -> String {
    notices(lines)
        .filter(|line| line.starts_with("package size") || line.starts_with("total files"))
        .collect::<Vec<_>>()
        .join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    const OUTPUT: &str = "npm notice\nnpm notice 📦  circleci-oidc@0.1.0\nnpm notice Tarball Contents\nnpm notice 1.1kB LICENSE-MIT\n\
        npm notice 148.0kB dist/index.js\nnpm notice Tarball Details\nnpm notice name: circleci-oidc\nnpm notice package size: 150.2 kB\n\
        npm notice total files: 2\ncircleci-oidc-0.1.0.tgz";

    #[test]
    fn lists_what_is_packed() {
        let lines: Vec<String> = OUTPUT.lines().map(str::to_owned).collect();
        assert_eq!(contents(&lines), ["1.1kB LICENSE-MIT", "148.0kB dist/index.js"]);
        assert_eq!(size_line(&lines), "package size: 150.2 kB, total files: 2");
    }
}
