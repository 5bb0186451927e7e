//! From a clean clone to a report: the samples, one let in and one refused.

use crate::failure::Failure;
use crate::setup::Setup;
use crate::step::step;
use crate::tool::Tool;

/// How the command line shows its own name in what it suggests.
const PROGRAM: &str = "circleci-oidc ";
/// The exit statuses of the first two commands that `samples` suggests: let in, refused.
const EXPECTED: [i32; 2] = [0, 1];

/// `cargo xtask demo`
pub(crate) fn run(_: &[String]) -> Result<(), Failure> {
    let setup = Setup::new();
    setup.package()?;
    let folder = setup.place.target.join("demo");
    let suggested = step(&setup.screen, "samples", || {
        // The command refuses to overwrite what is not its own; an older version's samples are ours to remove.
        let _ = std::fs::remove_dir_all(&folder);
        let shown = setup.place.shown(&folder);
        let output = command_line(&setup).args(["samples", &shown]).run(&setup.screen)?;
        Ok((suggestions(&output.lines), format!("in {shown}")))
    })?;
    if suggested.len() < EXPECTED.len() {
        return Err(Failure::new("`samples` suggested too few commands", "see pkg/src/cli/samples.ts"));
    }
    for (suggestion, expected) in suggested.iter().zip(EXPECTED) {
        show(&setup, suggestion, expected)?;
    }
    println!("\nThe same commands with `node pkg/dist/cli.js` in place of `circleci-oidc` work from here on; see also");
    println!("node pkg/dist/cli.js --help");
    Ok(())
}

/// A command that `samples` suggests, and what it says of it.
#[derive(Debug, PartialEq, Eq)]
struct Suggestion {
    title: String,
    arguments: Vec<String>,
}

/// The commands in what `samples` printed: each is indented, below its title.
fn suggestions(lines: &[String]) -> Vec<Suggestion> {
    let pairs = lines.iter().zip(lines.iter().skip(1));
    pairs
        .filter_map(|(title, line)| {
            let arguments = line.trim_start().strip_prefix(PROGRAM)?.split_whitespace();
            Some(Suggestion { title: title.clone(), arguments: arguments.map(unquoted).collect() })
        })
        .collect()
}

fn unquoted(word: &str) -> String {
    word.strip_prefix('\'').and_then(|word| word.strip_suffix('\'')).unwrap_or(word).to_owned()
}

fn show(setup: &Setup, suggestion: &Suggestion, expected: i32) -> Result<(), Failure> {
    println!("\n{}\n$ circleci-oidc {}", suggestion.title, suggestion.arguments.join(" "));
    let output = command_line(setup).args(&suggestion.arguments).run_to_end(&setup.screen)?;
    println!("{}", output.text());
    if output.status == Some(expected) {
        println!("(exit status {expected})");
        return Ok(());
    }
    let what = format!("the command line ended with {}; for this sample it has to be {expected}", output.ending);
    Err(Failure::new(what, "run `cargo xtask test package`"))
}

fn command_line(setup: &Setup) -> Tool {
    Tool::new("node")
        .named("circleci-oidc")
        .arg(setup.place.dist().join("cli.js"))
        .within(&setup.place.root)
        .advice("run `cargo xtask test package`")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_the_suggested_commands_with_their_titles() {
        let text = "Wrote token.jwt.\n\nA job of the project: let in.\n  circleci-oidc inspect --token-file target/demo/token.jwt\n\n\
            Refused.\n  circleci-oidc decode '/a/b.jwt'\n";
        let found = suggestions(&text.lines().map(str::to_owned).collect::<Vec<_>>());
        assert_eq!(found.len(), 2);
        assert_eq!(found[0].title, "A job of the project: let in.");
        assert_eq!(found[0].arguments, ["inspect", "--token-file", "target/demo/token.jwt"]);
        assert_eq!(found[1].arguments, ["decode", "/a/b.jwt"]);
    }
}
