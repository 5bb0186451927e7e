//! Running a tool: progress while it runs, and on failure its name, its last lines and what to do.

use std::ffi::{OsStr, OsString};
use std::io::{BufRead, BufReader, Read};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::time::{Duration, Instant};

use crate::failure::Failure;
use crate::screen::Screen;

/// No tool of ours runs longer than this, even the first time on a slow machine.
const LIMIT: Duration = Duration::from_secs(40 * 60);
/// How long to wait for output that a finished tool's own children still hold back.
const GRACE: Duration = Duration::from_millis(500);
/// How often to look whether a silent tool has ended.
const POLL: Duration = Duration::from_millis(100);
/// The same once it has closed its output and can only be about to end.
const REST: Duration = Duration::from_millis(5);

/// A command that is about to be run.
#[derive(Debug)]
pub(crate) struct Tool {
    name: String,
    command: Command,
    advice: String,
    limit: Duration,
}

/// What a tool that was started left behind.
#[derive(Debug)]
pub(crate) struct Output {
    /// Exit status 0.
    pub passed: bool,
    /// The exit status, unless a signal ended it.
    pub status: Option<i32>,
    /// How it ended, in words.
    pub ending: String,
    /// Standard output and standard error, line by line as they came.
    pub lines: Vec<String>,
}

impl Tool {
    /// A tool by its program. Its name in messages is the program's file name.
    pub(crate) fn new(program: impl AsRef<OsStr>) -> Self {
        let name = Path::new(program.as_ref()).file_name().unwrap_or(program.as_ref()).to_string_lossy().into_owned();
        let mut command = Command::new(program.as_ref());
        command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
        Self { name, command, advice: String::new(), limit: LIMIT }
    }

    /// Another name for messages.
    pub(crate) fn named(mut self, name: &str) -> Self {
        name.clone_into(&mut self.name);
        self
    }

    /// More arguments.
    pub(crate) fn args<S: AsRef<OsStr>>(mut self, arguments: impl IntoIterator<Item = S>) -> Self {
        self.command.args(arguments);
        self
    }

    /// One more argument.
    pub(crate) fn arg(mut self, argument: impl AsRef<OsStr>) -> Self {
        self.command.arg(argument);
        self
    }

    /// A variable of its environment.
    pub(crate) fn env(mut self, name: &str, value: impl AsRef<OsStr>) -> Self {
        self.command.env(name, value);
        self
    }

    /// Leaves a variable out of its environment.
    pub(crate) fn without_env(mut self, name: &str) -> Self {
        self.command.env_remove(name);
        self
    }

    /// The folder that it runs in.
    pub(crate) fn within(mut self, folder: &Path) -> Self {
        self.command.current_dir(folder);
        self
    }

    /// What the reader should do if it fails.
    pub(crate) fn advice(mut self, advice: &str) -> Self {
        advice.clone_into(&mut self.advice);
        self
    }

    /// Ends it after this time.
    pub(crate) fn limit(mut self, limit: Duration) -> Self {
        self.limit = limit;
        self
    }

    /// Runs it; anything but exit status 0 is a failure.
    pub(crate) fn run(self, screen: &Screen) -> Result<Output, Failure> {
        let (name, advice) = (self.name.clone(), self.advice.clone());
        let output = self.run_to_end(screen)?;
        if output.passed { Ok(output) } else { Err(output.failure(&name, &advice)) }
    }

    /// Runs it and reports how it ended; a failure is only that it could not be started or took too long.
    pub(crate) fn run_to_end(mut self, screen: &Screen) -> Result<Output, Failure> {
        let mut child = self.command.spawn().map_err(|error| {
            let advice = if self.advice.is_empty() { "install it and try again" } else { &self.advice };
            Failure::new(format!("{} could not be started: {error}", self.name), advice)
        })?;
        let lines = read_both(&mut child);
        let started = Instant::now();
        let mut printed: Vec<String> = Vec::new();
        let mut ended: Option<(ExitStatus, Instant)> = None;
        loop {
            let open = match lines.recv_timeout(POLL) {
                Ok(line) => {
                    printed.push(line);
                    true
                }
                Err(RecvTimeoutError::Timeout) => true,
                Err(RecvTimeoutError::Disconnected) => {
                    std::thread::sleep(REST);
                    false
                }
            };
            screen.beat(printed.last().map_or("", String::as_str));
            if let Some((status, at)) = ended {
                if !open || at.elapsed() > GRACE {
                    return Ok(Output {
                        passed: status.success(),
                        status: status.code(),
                        ending: status.to_string(),
                        lines: printed,
                    });
                }
            } else if let Some(status) = self.poll(&mut child)? {
                ended = Some((status, Instant::now()));
            } else if started.elapsed() > self.limit {
                // It may have ended by itself in between; then there is nothing to end.
                let _ = child.kill();
                let _ = child.wait();
                let what = format!("{} took longer than {} s", self.name, self.limit.as_secs());
                return Err(Failure::new(what, self.advice).with_output(&printed));
            }
        }
    }

    fn poll(&self, child: &mut Child) -> Result<Option<ExitStatus>, Failure> {
        child.try_wait().map_err(|error| Failure::new(format!("{} got lost: {error}", self.name), self.advice.as_str()))
    }
}

impl Output {
    /// As a failure of the tool with this name.
    pub(crate) fn failure(&self, name: &str, advice: &str) -> Failure {
        Failure::new(format!("{name} failed ({})", self.ending), advice).with_output(&self.lines)
    }

    /// The output as one text.
    pub(crate) fn text(&self) -> String {
        self.lines.join("\n")
    }
}

/// A program in the folders of `PATH`.
pub(crate) fn in_path(program: &str) -> Option<PathBuf> {
    let path: OsString = std::env::var_os("PATH")?;
    std::env::split_paths(&path).map(|folder| folder.join(program)).find(|candidate| candidate.is_file())
}

fn read_both(child: &mut Child) -> Receiver<String> {
    let (sender, receiver) = channel();
    if let Some(pipe) = child.stdout.take() {
        read(pipe, sender.clone());
    }
    if let Some(pipe) = child.stderr.take() {
        read(pipe, sender);
    }
    receiver
}

fn read(pipe: impl Read + Send + 'static, sender: Sender<String>) {
    std::thread::spawn(move || {
        let mut reader = BufReader::new(pipe);
        let mut bytes = Vec::new();
        while let Ok(1..) = reader.read_until(b'\n', &mut bytes) {
            let line = String::from_utf8_lossy(&bytes).trim_end().to_owned();
            bytes.clear();
            if sender.send(line).is_err() {
                return;
            }
        }
    });
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    fn shell(script: &str) -> Tool {
        Tool::new("sh").args(["-c", script]).advice("read the manual")
    }

    #[test]
    fn a_failing_tool_tells_its_name_its_last_lines_and_what_to_do() {
        let failure = shell("echo first; echo broken pipe >&2; exit 3").run(&Screen::new()).unwrap_err();
        assert_eq!(failure.what, "sh failed (exit status: 3)");
        assert!(failure.last.contains(&"broken pipe".to_owned()), "{failure}");
        assert_eq!(failure.advice, "read the manual");
    }

    #[test]
    fn a_tool_that_is_not_there_is_named() {
        let failure = Tool::new("no-such-tool-here").run(&Screen::new()).unwrap_err();
        assert!(failure.what.starts_with("no-such-tool-here could not be started"), "{failure}");
    }

    #[test]
    fn a_tool_that_hangs_is_ended() {
        let failure = shell("echo waiting; exec sleep 60").limit(Duration::from_millis(300)).run(&Screen::new());
        assert!(failure.unwrap_err().what.contains("took longer"), "it has to be ended");
    }

    #[test]
    fn a_tool_has_ended_even_if_a_child_of_it_keeps_its_output_open() {
        let started = Instant::now();
        let output = shell("sleep 20 & echo done").run(&Screen::new()).unwrap();
        assert_eq!(output.lines, ["done"]);
        assert!(started.elapsed() < Duration::from_secs(10), "{:?}", started.elapsed());
    }
}
