//! The explanation model that everything speaks. It knows neither tokens nor clouds.

mod code;
mod finding;
mod headline;
mod outcome;
mod span;
mod step;
pub mod text;
pub mod time;

pub use code::Code;
pub use finding::{Finding, FindingParts, Severity};
pub use headline::deciding;
pub use outcome::{Decision, Outcome};
pub use span::{Source, Span};
pub use step::{Hint, Step, StepParts};
