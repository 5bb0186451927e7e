//! The command line of `cargo xtask`.

use crate::failure::Failure;
use crate::{bench, build, clean, demo, package, serve, test};

/// One command.
pub(crate) struct Command {
    /// Its name.
    pub name: &'static str,
    /// One line for the overview.
    about: &'static str,
    /// What `--help` says beyond that.
    help: &'static str,
    /// The options and names that may follow it.
    accepts: fn() -> Vec<&'static str>,
    /// Runs it with what followed it.
    pub run: fn(&[String]) -> Result<(), Failure>,
}

const COMMANDS: [Command; 7] = [
    Command {
        name: "demo",
        about: "from a clean clone to a report on the samples",
        help: "Gets what is missing, builds the package, writes the samples to target/demo and inspects two of them:\n\
               a token that AWS lets in, and one that it refuses.",
        accepts: Vec::new,
        run: demo::run,
    },
    Command {
        name: "test",
        about: "every test and check; ends with `N passed, N failed`",
        help: "Gets what is missing, a browser among it, and runs every part, also after one has failed.\n\
               With names of parts, only those run; --sites, the documentation sites that take minutes to get, runs only then.\n\
               Exit status 1 if anything failed or a part ran no test.",
        accepts: test::part_names,
        run: test::run,
    },
    Command {
        name: "build",
        about: "the npm package's files, in pkg/dist, and the page, in www/dist",
        help: "Gets what is missing; compiles the core to wasm, writes its JavaScript side, optimizes it, and builds\n\
               the package's entries and the page from it. What did not change is not built again.\n\
               With --fetching also the page that may fetch a key set from https://oidc.circleci.com, in target/fetching.",
        accepts: || vec![build::FETCHING],
        run: build::run,
    },
    Command {
        name: "bench",
        about: "verifications beside npm jose, evaluations beside iam-simulate, a large scan, and memory",
        help: "Builds the package and measures it. Rows are comparable within one run only.\n\
               iam-simulate is AGPL: it is installed in target/bench-peer, for this command only.",
        accepts: Vec::new,
        run: bench::run,
    },
    Command {
        name: "serve",
        about: "the page on http://127.0.0.1:8437, with the headers that a host should send",
        help: "Builds the page and serves it to this machine alone, until Ctrl+C. It also works without: open\n\
               www/dist/index.html.",
        accepts: Vec::new,
        run: serve::run,
    },
    Command {
        name: "package",
        about: "the npm tarball, in target/package, with its contents listed; the page's zip, in target/page",
        help: "Builds the package and packs it, and the page with its hash. Publishes nothing.",
        accepts: Vec::new,
        run: package::run,
    },
    Command {
        name: "clean",
        about: "removes what was built; keeps the compiled tools",
        help: "Removes the target folder but for target/tools, pkg/dist and www/dist.\n\
               With --all also the tools and the installed npm packages.",
        accepts: || vec![clean::ALL],
        run: clean::run,
    },
];

/// What the command line asks for.
pub(crate) enum Asked {
    /// This text.
    Help(String),
    /// Something that is not there; the text says what is.
    Wrong(String),
    /// A command, with what followed it.
    Run(&'static Command, Vec<String>),
}

/// Reads the arguments.
pub(crate) fn parse(arguments: &[String]) -> Asked {
    let is_help = |argument: &String| matches!(argument.as_str(), "help" | "--help" | "-h");
    let mut words = arguments.iter().filter(|argument| !is_help(argument));
    let wants_help = arguments.iter().any(is_help);
    let Some(name) = words.next() else { return Asked::Help(overview()) };
    let Some(command) = COMMANDS.iter().find(|command| command.name == name) else {
        return Asked::Wrong(format!("There is no command `{name}`.\n\n{}", overview()));
    };
    if wants_help {
        return Asked::Help(command.page());
    }
    let options: Vec<String> = words.cloned().collect();
    let accepted = (command.accepts)();
    match options.iter().find(|option| !accepted.contains(&option.as_str())) {
        Some(option) => Asked::Wrong(format!("`{name}` does not know `{option}`.\n\n{}", command.page())),
        None => Asked::Run(command, options),
    }
}

fn overview() -> String {
    let rows: String = COMMANDS.iter().map(|command| format!("  {:<8} {}\n", command.name, command.about)).collect();
    format!("cargo xtask <command>\n\n{rows}\n`cargo xtask <command> --help` says more. Details: docs/building.md")
}

impl Command {
    fn page(&self) -> String {
        let accepted = (self.accepts)();
        let usage = match accepted.as_slice() {
            [] => String::new(),
            [only] => format!(" [{only}]"),
            [..] => " [part...]".to_owned(),
        };
        let list = if accepted.len() > 1 { format!("\n\nParts: {}", accepted.join(", ")) } else { String::new() };
        format!("cargo xtask {}{usage}: {}\n\n{}{list}", self.name, self.about, self.help)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parsed(line: &str) -> Asked {
        parse(&line.split_whitespace().map(str::to_owned).collect::<Vec<_>>())
    }

    #[test]
    fn every_command_has_help_in_every_spelling() {
        for command in &COMMANDS {
            for line in ["NAME --help", "help NAME", "NAME -h", "--help NAME", "NAME help"] {
                let Asked::Help(text) = parsed(&line.replace("NAME", command.name)) else { panic!("{line}") };
                assert!(text.starts_with(&format!("cargo xtask {}", command.name)), "{text}");
            }
        }
    }

    #[test]
    fn nothing_and_help_alone_list_every_command() {
        for line in ["", "help", "--help"] {
            let Asked::Help(text) = parsed(line) else { panic!("{line}") };
            assert!(COMMANDS.iter().all(|command| text.contains(command.name)), "{text}");
        }
    }

    #[test]
    fn what_is_not_there_is_refused_with_what_is() {
        let Asked::Wrong(text) = parsed("tset") else { panic!("it has to be refused") };
        assert!(text.contains("no command `tset`") && text.contains("  test "), "{text}");
        let Asked::Wrong(text) = parsed("test nativ") else { panic!("it has to be refused") };
        assert!(text.contains("`test` does not know `nativ`") && text.contains("native"), "{text}");
        assert!(matches!(parsed("build --all"), Asked::Wrong(_)));
    }

    #[test]
    fn a_command_gets_what_followed_it() {
        let Asked::Run(command, options) = parsed("clean --all") else { panic!("it has to run") };
        assert_eq!((command.name, options.as_slice()), ("clean", ["--all".to_owned()].as_slice()));
    }
}
