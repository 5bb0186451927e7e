//! `cargo xtask`: one entry for set-up, build, tests, benchmarks and the npm tarball.

mod bench;
mod build;
mod cargo;
mod clean;
mod command;
mod count;
mod demo;
mod failure;
mod licences;
mod package;
mod place;
mod screen;
mod serve;
mod setup;
mod site;
mod stamp;
mod step;
mod test;
mod tool;

use std::process::ExitCode;

/// Status for a wrong command line, as in the command line of the package.
const USAGE: u8 = 2;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match command::parse(&arguments) {
        command::Asked::Help(text) => {
            println!("{text}");
            ExitCode::SUCCESS
        }
        command::Asked::Wrong(text) => {
            eprintln!("{text}");
            ExitCode::from(USAGE)
        }
        command::Asked::Run(command, options) => match (command.run)(&options) {
            Ok(()) => ExitCode::SUCCESS,
            Err(failure) => {
                println!("{failure}");
                ExitCode::FAILURE
            }
        },
    }
}
