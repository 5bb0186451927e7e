//! Running one step: its line on the screen, whatever it does.

use crate::failure::Failure;
use crate::screen::Screen;

/// Runs a step and shows its line. `action` returns its result and a note for the line.
pub(crate) fn step<T>(
    screen: &Screen,
    name: &str,
    action: impl FnOnce() -> Result<(T, String), Failure>,
) -> Result<T, Failure> {
    screen.begin(name);
    match action() {
        Ok((value, note)) => {
            screen.end(true, &note);
            Ok(value)
        }
        Err(failure) => {
            screen.end(false, "");
            Err(failure)
        }
    }
}
