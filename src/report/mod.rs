//! The explanation model that everything speaks. It knows neither tokens nor clouds.

mod clean;
mod code;
mod difference;
mod finding;
mod headline;
mod outcome;
mod span;
mod step;
pub mod time;

pub use clean::{clean, is_deceptive};
pub use code::Code;
pub use difference::mark;
pub use finding::{Finding, FindingParts, Severity};
pub use headline::{deciding, way_near, way_to};
pub use outcome::{Decision, Outcome};
pub use span::{Source, Span};
pub use step::{Hint, Step, StepParts, Words};
