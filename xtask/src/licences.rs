//! Every crate of the shipped core may be given away with it: its licence is on a list.

use crate::cargo;
use crate::failure::Failure;
use crate::place::Place;
use crate::screen::Screen;

/// Permissive licences, by their SPDX names.
const PERMISSIVE: [&str; 10] =
    ["0BSD", "Apache-2.0", "BSD-2-Clause", "BSD-3-Clause", "CC0-1.0", "ISC", "MIT", "Unicode-3.0", "Unlicense", "Zlib"];

/// Checks every crate that the core is compiled from; returns how many there are.
pub(crate) fn check(place: &Place, screen: &Screen) -> Result<usize, Failure> {
    let output = cargo::native(place, "tree")
        .args(["--locked", "--edges", "normal", "--target", cargo::WASM, "--prefix", "none"])
        .args(["--no-dedupe", "--format", "{p}|{l}"])
        .run(screen)?;
    let mut crates: Vec<(&str, &str)> = output.lines.iter().filter_map(|line| line.split_once('|')).collect();
    crates.sort_unstable();
    crates.dedup();
    let refused: Vec<String> = crates
        .iter()
        .filter(|(_, licence)| !is_permissive(licence))
        .map(|(name, licence)| format!("{name}: {licence}"))
        .collect();
    if crates.is_empty() {
        return Err(Failure::new("cargo tree listed no crate", "read its output").with_output(&output.lines));
    }
    if refused.is_empty() {
        return Ok(crates.len());
    }
    let advice = "do without the crate, or add its licence to the list in xtask/src/licences.rs if it is permissive";
    Err(Failure::new("a crate of the core has a licence that is not on the list", advice).with_output(&refused))
}

/// Whether an SPDX expression can be met with permissive licences alone.
fn is_permissive(expression: &str) -> bool {
    let spaced = expression.replace('/', " OR ").replace('(', " ( ").replace(')', " ) ");
    let words: Vec<&str> = spaced.split_whitespace().collect();
    matches!(any(&words), Some((true, [])))
}

/// `a OR b`: the result and the words that are left.
fn any<'a, 'b>(words: &'b [&'a str]) -> Option<(bool, &'b [&'a str])> {
    let (mut result, mut rest) = all(words)?;
    while let ["OR", after @ ..] = rest {
        let (next, left) = all(after)?;
        (result, rest) = (result || next, left);
    }
    Some((result, rest))
}

/// `a AND b`, which binds tighter.
fn all<'a, 'b>(words: &'b [&'a str]) -> Option<(bool, &'b [&'a str])> {
    let (mut result, mut rest) = one(words)?;
    while let ["AND", after @ ..] = rest {
        let (next, left) = one(after)?;
        (result, rest) = (result && next, left);
    }
    Some((result, rest))
}

/// A name, a name with an exception (which only ever permits more), or an expression in parentheses.
fn one<'a, 'b>(words: &'b [&'a str]) -> Option<(bool, &'b [&'a str])> {
    match words {
        ["(", inner @ ..] => match any(inner)? {
            (result, [")", rest @ ..]) => Some((result, rest)),
            _ => None,
        },
        [name, "WITH", _, rest @ ..] | [name, rest @ ..] => Some((PERMISSIVE.contains(name), rest)),
        [] => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn accepts_what_can_be_met_with_permissive_licences() {
        for expression in [
            "MIT",
            "MIT/Apache-2.0",
            "MIT OR GPL-3.0-only",
            "(MIT OR Apache-2.0) AND Unicode-3.0",
            "Apache-2.0 WITH LLVM-exception OR MIT",
            "GPL-2.0-only OR MIT AND ISC",
        ] {
            assert!(is_permissive(expression), "{expression}");
        }
    }

    #[test]
    fn refuses_everything_else() {
        for expression in [
            "",
            "GPL-3.0-only",
            "MIT AND MPL-2.0",
            "(MIT OR Apache-2.0) AND AGPL-3.0-only",
            "MIT OR",
            "(MIT",
            "MIT Apache-2.0",
            "LGPL-2.1-or-later WITH Classpath-exception-2.0",
        ] {
            assert!(!is_permissive(expression), "{expression}");
        }
    }
}
