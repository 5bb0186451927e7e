//! Regular expressions as RE2 reads them, for `matches`: does the pattern match anywhere in the text?
//!
//! <https://github.com/google/re2/wiki/Syntax> (as of 2026-04-02). Letters, digits and word boundaries of the classes
//! `\d \w \s \b` are ASCII's. Nothing is captured, and nobody asks where the match is, so lazy and greedy repetitions are
//! the same. Unknown are: classes of Unicode and of POSIX (`\pL`, `[[:alpha:]]`), escapes by number, `\C`, `\Q`, letter
//! case beyond ASCII. A match takes at most pattern times text steps, out of the budget of the evaluation.

mod class;
mod parse;
mod repeat;
mod run;

use super::{
    limit::Budget,
    value::{Reason, Value},
};

/// Why a pattern is not matched: RE2 refuses it, or it is unknown what it does with it.
pub(super) struct Refused {
    certain: bool,
    what: &'static str,
}

/// Whether the pattern matches somewhere in the text.
pub(super) fn matches(pattern: &str, text: &str, budget: &Budget) -> Value {
    match parse::parse(pattern, text) {
        Ok(program) => Value::bool(run::run(&program, text, budget)),
        Err(Refused { certain: true, what }) => Value::missing(Reason::Value, &["RE2 refuses the pattern: ", what]),
        Err(Refused { what, .. }) => Value::missing(Reason::Undocumented, &["this program does not match ", what]),
    }
}
