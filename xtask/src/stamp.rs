//! Skipping what is up to date: a stamp remembers the content of everything that a step read.
//!
//! Content and not time of change: a fresh checkout or a restored cache has new times for old content.

use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::{Path, PathBuf};

/// The inputs of a step, reduced to one number.
#[derive(Debug, Default)]
pub(crate) struct Inputs {
    hasher: DefaultHasher,
}

impl Inputs {
    /// Adds a value that the result depends on, such as a version or an option.
    pub(crate) fn value(mut self, value: &str) -> Self {
        value.hash(&mut self.hasher);
        self
    }

    /// Adds the content of a file, or of every file in a folder; what is not there counts as such.
    pub(crate) fn path(self, path: &Path) -> Self {
        self.path_without(path, &[])
    }

    /// The same, but for files and folders with one of these names.
    pub(crate) fn path_without(mut self, path: &Path, left_out: &[&str]) -> Self {
        for file in files(path, left_out) {
            file.strip_prefix(path).unwrap_or(&file).hash(&mut self.hasher);
            std::fs::read(&file).ok().hash(&mut self.hasher);
        }
        self
    }

    fn finish(&self) -> String {
        format!("{:016x}", self.hasher.finish())
    }
}

/// A file that remembers the inputs of the last run that ended well.
#[derive(Debug)]
pub(crate) struct Stamp {
    file: PathBuf,
    inputs: String,
}

impl Stamp {
    /// A stamp kept in `file` for these inputs.
    pub(crate) fn new(file: PathBuf, inputs: &Inputs) -> Self {
        Self { file, inputs: inputs.finish() }
    }

    /// Whether the last good run had the same inputs and its `outputs` are still there.
    pub(crate) fn is_fresh(&self, outputs: &[PathBuf]) -> bool {
        std::fs::read_to_string(&self.file).is_ok_and(|stamped| stamped == self.inputs)
            && outputs.iter().all(|output| output.exists())
    }

    /// To be called after a good run.
    pub(crate) fn set(&self) {
        let _ = self.file.parent().map(std::fs::create_dir_all);
        // Without its stamp the step only runs again.
        let _ = std::fs::write(&self.file, &self.inputs);
    }
}

/// Every file under `path`, in the order of their names.
pub(crate) fn files(path: &Path, left_out: &[&str]) -> Vec<PathBuf> {
    if path.is_file() {
        return vec![path.to_path_buf()];
    }
    let Ok(entries) = std::fs::read_dir(path) else { return Vec::new() };
    let mut found: Vec<PathBuf> = entries
        .filter_map(Result::ok)
        .filter(|entry| !left_out.iter().any(|name| entry.file_name() == *name))
        .map(|entry| entry.path())
        .collect();
    found.sort();
    found.iter().flat_map(|entry| files(entry, left_out)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn scratch(name: &str) -> PathBuf {
        let folder = std::env::temp_dir().join(format!("xtask-stamp-{}-{name}", std::process::id()));
        std::fs::create_dir_all(folder.join("inner/node_modules")).unwrap();
        folder
    }

    #[test]
    fn is_fresh_only_for_the_same_content_and_while_the_output_is_there() {
        let folder = scratch("fresh");
        let (input, output, file) = (folder.join("inner/a"), folder.join("out"), folder.join("stamps/one"));
        std::fs::write(&input, "1").unwrap();
        std::fs::write(&output, "built").unwrap();
        let stamp = || Stamp::new(file.clone(), &Inputs::default().value("-O3").path(&folder.join("inner")));
        assert!(!stamp().is_fresh(std::slice::from_ref(&output)), "nothing was stamped");
        stamp().set();
        assert!(stamp().is_fresh(std::slice::from_ref(&output)));
        std::fs::write(&input, "2").unwrap();
        assert!(!stamp().is_fresh(std::slice::from_ref(&output)), "the input changed");
        std::fs::write(&input, "1").unwrap();
        assert!(stamp().is_fresh(std::slice::from_ref(&output)), "the same content again, at a later time");
        let other = Stamp::new(file.clone(), &Inputs::default().value("-Oz").path(&folder.join("inner")));
        assert!(!other.is_fresh(std::slice::from_ref(&output)), "the option changed");
        std::fs::remove_file(&output).unwrap();
        assert!(!stamp().is_fresh(std::slice::from_ref(&output)), "the output is gone");
        std::fs::remove_dir_all(&folder).unwrap();
    }

    #[test]
    fn names_and_new_files_count_and_left_out_ones_do_not() {
        let folder = scratch("names");
        let number = || Inputs::default().path_without(&folder, &["node_modules"]).finish();
        let empty = number();
        std::fs::write(folder.join("inner/node_modules/x"), "x").unwrap();
        assert_eq!(number(), empty);
        std::fs::write(folder.join("inner/a"), "x").unwrap();
        let first = number();
        assert_ne!(first, empty);
        std::fs::rename(folder.join("inner/a"), folder.join("inner/b")).unwrap();
        assert_ne!(number(), first);
        std::fs::remove_dir_all(&folder).unwrap();
    }
}
