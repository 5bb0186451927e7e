//! Regular expressions as RE2 reads them, for `matches`: does the pattern match anywhere in the text?
//!
//! <https://github.com/google/re2/wiki/Syntax> (read 2026-11-22). Letters, digits and word boundaries of the classes
//! `\d \w \s \b` are ASCII's. What is written here neither captures nor tells where, so lazy and greedy repetitions are
//! the same. Classes of Unicode (`\pL`), `\C` and letter case beyond ASCII are unknown. A match takes at most pattern
//! times text steps, out of the budget of the evaluation.

mod class;
mod parse;
mod program;
mod repeat;
mod set;

use super::{budget::Budget, cause::Cause};

/// Whether the pattern matches somewhere in the text.
pub(super) fn matches(pattern: &str, text: &str, budget: &Budget) -> Result<bool, Cause> {
    budget.spend(pattern.len())?;
    let compiled = parse::parse(pattern, text, budget)?;
    program::run(&compiled, text, budget)
}
