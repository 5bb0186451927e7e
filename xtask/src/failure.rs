//! Why a step failed: which tool, what it printed last, and what to do.

use std::fmt;

/// Lines of a tool's output that are shown when it fails.
const SHOWN_LINES: usize = 40;

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
        self.last = lines.iter().skip(lines.len().saturating_sub(SHOWN_LINES)).cloned().collect();
        self
    }
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

    #[test]
    fn shows_the_last_lines_and_the_advice() {
        let lines: Vec<String> = (0..100).map(|number| format!("line {number}")).collect();
        let text = Failure::new("rustc failed", "run it again").with_output(&lines).to_string();
        assert!(text.starts_with("✗ rustc failed\n  | line 60\n"), "{text}");
        assert!(text.ends_with("  | line 99\n  What to do: run it again"), "{text}");
    }
}
