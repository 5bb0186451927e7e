//! One line a step with its time, and a sign of life on long ones.

use std::cell::{Cell, RefCell};
use std::io::{IsTerminal, Write};
use std::time::{Duration, Instant};

/// How often a step that goes on says so where lines cannot be overwritten, as in a CI log.
const LOG_BEAT: Duration = Duration::from_secs(30);
/// How often on a terminal.
const TERMINAL_BEAT: Duration = Duration::from_millis(250);
/// A line of progress is cut here, so that it stays one line.
const PROGRESS_WIDTH: usize = 70;

/// Shows steps as they run. One step runs at a time.
#[derive(Debug)]
pub(crate) struct Screen {
    terminal: bool,
    name: RefCell<String>,
    started: Cell<Instant>,
    beaten: Cell<Instant>,
}

impl Screen {
    /// A screen on standard output.
    pub(crate) fn new() -> Self {
        let now = Instant::now();
        Self {
            terminal: std::io::stdout().is_terminal(),
            name: RefCell::default(),
            started: Cell::new(now),
            beaten: Cell::new(now),
        }
    }

    /// A step begins.
    pub(crate) fn begin(&self, name: &str) {
        let now = Instant::now();
        self.name.replace(name.to_owned());
        self.started.set(now);
        self.beaten.set(now);
        self.overwrite(&format!("… {name}"));
    }

    /// The step goes on; `latest` is the last line that its tool printed.
    pub(crate) fn beat(&self, latest: &str) {
        let interval = if self.terminal { TERMINAL_BEAT } else { LOG_BEAT };
        if self.beaten.get().elapsed() < interval {
            return;
        }
        self.beaten.set(Instant::now());
        let line = progress_line(&self.name.borrow(), self.started.get().elapsed(), latest);
        if self.terminal {
            self.overwrite(&line);
        } else {
            println!("{line}");
        }
    }

    /// The step ended.
    pub(crate) fn end(&self, passed: bool, note: &str) {
        self.overwrite("");
        println!("{}", end_line(passed, &self.name.borrow(), self.started.get().elapsed(), note));
    }

    fn overwrite(&self, line: &str) {
        if self.terminal {
            print!("\r\x1b[2K{line}");
            // A terminal that is gone is no reason to stop building.
            let _ = std::io::stdout().flush();
        }
    }
}

fn progress_line(name: &str, elapsed: Duration, latest: &str) -> String {
    let seconds = elapsed.as_secs();
    let short: String =
        latest.trim().chars().filter(|character| !character.is_control()).take(PROGRESS_WIDTH).collect();
    if short.is_empty() { format!("… {name}, {seconds} s") } else { format!("… {name}, {seconds} s: {short}") }
}

fn end_line(passed: bool, name: &str, elapsed: Duration, note: &str) -> String {
    let mark = if passed { '✓' } else { '✗' };
    format!("{mark} {name:<26} {:>6.1} s  {note}", elapsed.as_secs_f64()).trim_end().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_step_is_one_line_with_its_time() {
        let line = end_line(true, "wasm-opt", Duration::from_millis(1_250), "-O3, 210 KiB");
        assert_eq!(line, "✓ wasm-opt                      1.2 s  -O3, 210 KiB");
        assert_eq!(end_line(false, "tsc", Duration::ZERO, ""), "✗ tsc                           0.0 s");
    }

    #[test]
    fn progress_stays_one_short_line() {
        let line = progress_line("tools", Duration::from_secs(61), &format!("Compiling\r{}", "x".repeat(500)));
        assert!(line.starts_with("… tools, 61 s: Compilingx"), "{line}");
        assert!(line.chars().count() < 100, "{line}");
    }
}
