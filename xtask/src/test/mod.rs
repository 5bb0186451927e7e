//! Every test and check. A part that fails does not keep the others from running.

mod part;
mod ran;

use crate::count::Count;
use crate::failure::Failure;
use crate::setup::Setup;
use part::{PARTS, Part};

/// The names that may follow `cargo xtask test`.
pub(crate) fn part_names() -> Vec<&'static str> {
    PARTS.iter().map(|part| part.name).collect()
}

/// `cargo xtask test`
pub(crate) fn run(names: &[String]) -> Result<(), Failure> {
    let setup = Setup::new();
    let asked_for = |part: &&Part| {
        let usual = names.is_empty() && !part.name.starts_with("--");
        usual || names.iter().any(|name| name == part.name)
    };
    let mut total = Count::default();
    let mut failed: Vec<&str> = Vec::new();
    let mut shown: Vec<String> = Vec::new();
    for part in PARTS.iter().filter(asked_for) {
        let ran = part.run(&setup);
        total = total.and(ran.count);
        if let Some(failure) = ran.failure {
            failed.push(part.name);
            let text = failure.to_string();
            if shown.contains(&text) {
                println!("✗ {} did not run: {}", part.name, failure.what);
            } else {
                println!("{text}\n  Only this part again: cargo xtask test {}", part.name);
                shown.push(text);
            }
        }
    }
    println!("\n{}", closing_line(total));
    if failed.is_empty() {
        return Ok(());
    }
    Err(Failure::new(format!("failed: {}", failed.join(", ")), ""))
}

/// The line that says it all, alone on its line.
fn closing_line(total: Count) -> String {
    format!("{} passed, {} failed", total.passed, total.failed)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn closes_with_both_numbers() {
        assert_eq!(closing_line(Count { passed: 412, failed: 0 }), "412 passed, 0 failed");
    }

    #[test]
    fn no_two_parts_have_the_same_name() {
        let mut names = part_names();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), PARTS.len());
    }
}
