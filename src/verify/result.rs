//! What a verification says.

use serde::{Deserialize, Serialize};

use crate::report::{Outcome, Step, deciding};

/// Is the token genuine, ours and current?
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// Every step passed.
    Valid,
    /// At least one step certainly failed.
    Invalid,
    /// No step failed, but at least one could not be judged with what was given.
    Unverified,
}

/// The verdict on a token, and the nine steps that it stands on.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Verification {
    /// The verdict.
    pub verdict: Verdict,
    /// One or two sentences: what decided, and what to do.
    pub headline: String,
    /// Always the nine steps of the table `verify.*`, in its order, each with the details below it.
    pub steps: Vec<Step>,
}

impl Verification {
    /// Draws the verdict from the nine steps. `valid` is the headline of a token that passed all of them.
    pub(super) fn new(steps: [Step; 9], valid: impl FnOnce() -> String) -> Self {
        let steps = Vec::from(steps);
        let outcome = Outcome::all(steps.iter().map(|step| step.outcome));
        let verdict = match outcome {
            Outcome::Pass => Verdict::Valid,
            Outcome::Unknown => Verdict::Unverified,
            Outcome::Fail | Outcome::NotApplicable => Verdict::Invalid,
        };
        let headline = deciding(&steps, outcome).filter(|_| verdict != Verdict::Valid).map_or_else(valid, |step| {
            match &step.detail {
                Some(detail) => format!("{}. {detail}", step.title),
                None => step.title.clone(),
            }
        });
        Self { verdict, headline, steps }
    }
}
