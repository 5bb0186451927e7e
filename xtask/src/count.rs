//! How many tests ran: read from the closing lines of the runners.

/// Tests that passed and failed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Count {
    /// Passed.
    pub passed: u64,
    /// Failed.
    pub failed: u64,
}

impl Count {
    /// One check that is not a test runner.
    pub(crate) const fn check(passed: bool) -> Self {
        if passed { Self { passed: 1, failed: 0 } } else { Self { passed: 0, failed: 1 } }
    }

    /// Both together.
    pub(crate) const fn and(self, other: Self) -> Self {
        Self { passed: self.passed.saturating_add(other.passed), failed: self.failed.saturating_add(other.failed) }
    }

    /// Tests in all.
    pub(crate) const fn total(self) -> u64 {
        self.passed.saturating_add(self.failed)
    }
}

/// A runner's way of closing.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Closing {
    /// `test result: ok. 5 passed; 0 failed; …`, once for each test program: Cargo and wasm-bindgen's runner.
    Rust,
    /// `# pass 5` and `# fail 0`: Node's runner with its TAP reporter.
    Tap,
}

impl Closing {
    /// Adds up what a runner's output says.
    pub(crate) fn count(self, lines: &[String]) -> Count {
        lines.iter().map(|line| self.line(line)).fold(Count::default(), Count::and)
    }

    fn line(self, line: &str) -> Count {
        match self {
            Self::Rust => line.trim_start().strip_prefix("test result: ").map_or_else(Count::default, rust),
            Self::Tap => {
                Count { passed: tap(line, "# pass "), failed: tap(line, "# fail ") + tap(line, "# cancelled ") }
            }
        }
    }
}

fn rust(result: &str) -> Count {
    let numbered = |unit: &str| {
        let part = result.split(['.', ';']).map(str::trim).find_map(|part| part.strip_suffix(unit));
        part.and_then(|number| number.trim().parse().ok()).unwrap_or(0)
    };
    Count { passed: numbered(" passed"), failed: numbered(" failed") }
}

fn tap(line: &str, start: &str) -> u64 {
    line.strip_prefix(start).and_then(|number| number.parse().ok()).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn count(closing: Closing, text: &str) -> Count {
        closing.count(&text.lines().map(str::to_owned).collect::<Vec<_>>())
    }

    #[test]
    fn adds_up_every_test_program_of_cargo() {
        let text = "running 5 tests\n\
            test result: ok. 5 passed; 0 failed; 1 ignored; 0 measured; 0 filtered out; finished in 0.12s\n\
            test result: FAILED. 12 passed; 3 failed; 0 ignored; 0 measured; 0 filtered out; finished in 1.00s\n\
            error: 1 target failed:";
        assert_eq!(count(Closing::Rust, text), Count { passed: 17, failed: 3 });
    }

    #[test]
    fn reads_the_wasm_runner() {
        let text = "    test result: ok. 2 passed; 0 failed; 0 ignored; 0 filtered out; finished in 0.00s";
        assert_eq!(count(Closing::Rust, text), Count { passed: 2, failed: 0 });
    }

    #[test]
    fn reads_tap_and_counts_what_was_cancelled_as_failed() {
        let text = "# tests 7\n# suites 0\n# pass 4\n# fail 2\n# cancelled 1\n# skipped 0\n# todo 0";
        assert_eq!(count(Closing::Tap, text), Count { passed: 4, failed: 3 });
    }

    #[test]
    fn other_text_counts_nothing() {
        assert_eq!(count(Closing::Rust, "5 passed; 0 failed\nno tests to run!").total(), 0);
        assert_eq!(count(Closing::Tap, "# pass\n# pass many\nok 1 - # pass 3\n    # pass 9").total(), 0);
    }
}
