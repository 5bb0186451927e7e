//! What came of a part: how many tests, and the failure if there is one.

use crate::count::{Closing, Count};
use crate::failure::Failure;
use crate::screen::Screen;
use crate::tool::{Output, Tool};

/// A part that ran, or could not.
#[derive(Debug)]
pub(crate) struct Ran {
    /// Its tests.
    pub count: Count,
    /// Why it did not pass.
    pub failure: Option<Failure>,
}

impl Ran {
    /// A check that is not a test runner: it counts as one.
    pub(crate) fn check(result: Result<(), Failure>) -> Self {
        Self { count: Count::check(result.is_ok()), failure: result.err() }
    }

    /// Both together; of two failures the first is told.
    pub(crate) fn and(self, other: Self) -> Self {
        Self { count: self.count.and(other.count), failure: self.failure.or(other.failure) }
    }

    /// A test runner: its own tests count. One that ran no test has failed, for such a run proves nothing.
    fn runner(title: &str, output: &Output, closing: Closing, advice: &str) -> Self {
        let mut count = closing.count(&output.lines);
        if !output.passed || count.failed > 0 {
            // A program that does not compile, or that was killed, counts no failed test of its own.
            count.failed = count.failed.max(1);
            return Self { count, failure: Some(output.failure(title, advice)) };
        }
        if count.total() == 0 {
            count.failed = 1;
            let failure = Failure::new(format!("{title} ran no test"), "see why its runner found none");
            return Self { count, failure: Some(failure.with_output(&output.lines)) };
        }
        Self { count, failure: None }
    }
}

/// Runs a tool as a check and shows its line.
pub(crate) fn check(screen: &Screen, title: &str, tool: Tool) -> Ran {
    screen.begin(title);
    let result = tool.run(screen).map(drop);
    screen.end(result.is_ok(), "");
    Ran::check(result)
}

/// Runs a test runner and shows its line.
pub(crate) fn runner(screen: &Screen, title: &str, tool: Tool, closing: Closing) -> Ran {
    screen.begin(title);
    let advice = "the failing tests are named above";
    let ran = match tool.run_to_end(screen) {
        Ok(output) => Ran::runner(title, &output, closing, advice),
        Err(failure) => Ran::check(Err(failure)),
    };
    let note = match ran.count {
        Count { passed, failed: 0 } => format!("{passed} passed"),
        Count { passed, failed } => format!("{passed} passed, {failed} failed"),
    };
    screen.end(ran.failure.is_none(), &note);
    ran
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ran(passed: bool, lines: &[&str]) -> Ran {
        let lines = lines.iter().map(|line| (*line).to_owned()).collect();
        let output = Output { passed, status: None, ending: "exit status: 101".to_owned(), lines };
        Ran::runner("native tests", &output, Closing::Rust, "")
    }

    #[test]
    fn a_good_run_counts_its_tests() {
        let good = ran(true, &["test result: ok. 3 passed; 0 failed", "test result: ok. 0 passed; 0 failed"]);
        assert_eq!(good.count, Count { passed: 3, failed: 0 });
        assert!(good.failure.is_none());
    }

    #[test]
    fn a_run_without_a_test_has_failed() {
        for lines in [&["test result: ok. 0 passed; 0 failed"][..], &["no tests to run!"], &[]] {
            let empty = ran(true, lines);
            assert_eq!(empty.count, Count { passed: 0, failed: 1 });
            assert_eq!(empty.failure.unwrap().what, "native tests ran no test");
        }
    }

    #[test]
    fn a_run_that_broke_off_has_failed_whatever_it_counted() {
        let broken = ran(false, &["test result: ok. 3 passed; 0 failed", "error: could not compile"]);
        assert_eq!(broken.count, Count { passed: 3, failed: 1 });
        assert_eq!(broken.failure.unwrap().what, "native tests failed (exit status: 101)");
    }

    #[test]
    fn failed_tests_fail_the_part_even_if_the_runner_says_otherwise() {
        let odd = ran(true, &["test result: FAILED. 3 passed; 2 failed"]);
        assert_eq!(odd.count, Count { passed: 3, failed: 2 });
        assert!(odd.failure.is_some());
    }
}
