//! Why a step failed: which tool, what it printed last, and what to do.

use std::fmt;

/// Lines of a tool's output that are shown when it fails.
const SHOWN_LINES: usize = 60;
/// The same where nobody can look at anything else afterwards.
const SHOWN_LINES_IN_CI: usize = 600;

/// A step that did not end well.
#[derive(Clone, Debug, Default)]
pub(crate) struct Failure {
    /// What failed, in one line, with the name of the tool.
    pub what: String,
    /// The last lines of the tool's output.
    pub last: Vec<String>,
    /// What the reader can do now.
    pub advice: String,
}

impl Failure {
    /// A failure that no tool printed anything about.
    pub(crate) fn new(what: impl Into<String>, advice: impl Into<String>) -> Self {
        Self { what: what.into(), last: Vec::new(), advice: advice.into() }
    }

    /// The same with the end of a tool's output.
    pub(crate) fn with_output(mut self, lines: &[String]) -> Self {
        let shown = if std::env::var_os("CI").is_some() { SHOWN_LINES_IN_CI } else { SHOWN_LINES };
        self.last = last(lines, shown);
        self
    }
}

fn last(lines: &[String], number: usize) -> Vec<String> {
    let telling: Vec<&String> = lines.iter().filter(|line| !is_noise(line)).collect();
    // A tool that was stopped while it compiled has nothing else to show.
    let shown = if telling.is_empty() { lines.iter().collect() } else { telling };
    shown.iter().skip(shown.len().saturating_sub(number)).map(|line| (*line).clone()).collect()
}

/// What says nothing of a failure and would push it off the screen: what was compiled, the tests that passed, and the
/// frames of a wasm engine's stack.
fn is_noise(line: &str) -> bool {
    let line = line.trim_start();
    let compiled = ["Compiling ", "Checking ", "Downloaded ", "Downloading "].iter().any(|verb| line.starts_with(verb));
    let good = line.starts_with("ok ") || line.starts_with("test ") && line.ends_with("... ok");
    compiled || good || line.starts_with("at ") && line.contains("wasm")
}

impl fmt::Display for Failure {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "✗ {}", self.what)?;
        for line in &self.last {
            write!(formatter, "\n  | {line}")?;
        }
        if !self.advice.is_empty() {
            write!(formatter, "\n  What to do: {}", self.advice)?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn numbered(numbers: std::ops::Range<u32>) -> Vec<String> {
        numbers.map(|number| format!("line {number}")).collect()
    }

    #[test]
    fn keeps_the_end_of_a_long_output() {
        assert_eq!(last(&numbered(0..100), 2), ["line 98", "line 99"]);
        assert_eq!(last(&numbered(0..2), 60).len(), 2);
    }

    #[test]
    fn what_went_well_does_not_hide_what_failed() {
        let lines = [
            "   Compiling syn v2.0.1",
            "test json::good ... ok",
            "ok 3 - good",
            "panicked at tests/cases.rs: 1 of 8",
            "  at f (wasm://wasm/x-1:wasm-function[9]:0x5)",
            "at noon",
            "not ok 4 - bad",
        ];
        let lines = lines.map(str::to_owned);
        assert_eq!(last(&lines, 60), [&*lines[3], &*lines[5], &*lines[6]]);
        assert_eq!(last(&lines[..1], 60), lines[..1], "nothing else was printed");
    }

    #[test]
    fn shows_the_output_and_the_advice() {
        let text = Failure::new("rustc failed", "run it again").with_output(&numbered(0..2)).to_string();
        assert_eq!(text, "✗ rustc failed\n  | line 0\n  | line 1\n  What to do: run it again");
    }
}
