//! Files that are reviewed like code: written by `BLESS=1 cargo test`, compared by every other run.

use std::path::Path;

/// Compares a text with a file below the project, or writes it if `BLESS` is set.
pub(crate) fn compare(file: &str, actual: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(file);
    if std::env::var_os("BLESS").is_some() {
        std::fs::create_dir_all(path.parent().expect("a folder")).expect("the folder can be made");
        std::fs::write(&path, actual).expect("the file can be written");
    }
    let expected = std::fs::read_to_string(&path).unwrap_or_default();
    let line = expected.lines().zip(actual.lines()).take_while(|(left, right)| left == right).count();
    assert!(
        expected == actual,
        "{file} differs from line {}:\n  file: {}\n  now:  {}\nRead the change; if it is right: BLESS=1 cargo test",
        line.saturating_add(1),
        expected.lines().nth(line).unwrap_or("(end)"),
        actual.lines().nth(line).unwrap_or("(end)"),
    );
}
