//! What a verification says.

use serde::Serialize;

use crate::report::{Code, Outcome, Step, deciding, mark};

/// Is the token genuine, ours and current?
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
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
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Verification {
    /// The verdict.
    pub verdict: Verdict,
    /// One or two sentences: what decided, and what to do.
    pub headline: String,
    /// Always the nine steps of the table `verify.*`, in its order, each with the details below it.
    pub steps: Vec<Step>,
}

impl Verification {
    /// Draws the verdict from the nine steps: whether it is genuine, what it says, whether that is expected.
    pub(super) fn new(genuine: [Step; 4], claims: Step, expected: [Step; 4]) -> Self {
        let mut steps: Vec<_> = genuine.into_iter().chain([claims]).chain(expected).collect();
        mark(&mut steps);
        // Not applicable means that an earlier step failed, save for verify.require. Should that ever not be so, a step
        // that nobody judged must not end in "valid".
        let judged = |step: &Step| match step.outcome {
            Outcome::NotApplicable if step.code != Code::VerifyRequire => Outcome::Unknown,
            outcome => outcome,
        };
        let outcome = Outcome::all(steps.iter().map(judged));
        let verdict = match outcome {
            Outcome::Pass => Verdict::Valid,
            Outcome::Unknown => Verdict::Unverified,
            Outcome::Fail | Outcome::NotApplicable => Verdict::Invalid,
        };
        let headline = match deciding(&steps, outcome) {
            Some(step) if verdict != Verdict::Valid => sentences(step),
            _ => genuine_and_current(&steps),
        };
        Self { verdict, headline, steps }
    }
}

/// What happened, then what to do.
fn sentences(step: &Step) -> String {
    match &step.detail {
        Some(detail) => format!("{}. {detail}", step.title),
        None => format!("{}.", step.title),
    }
}

/// Whose it is, for whom, how long: "Genuine. From organization …. The audience is that organization. Expires in …"
fn genuine_and_current(steps: &[Step]) -> String {
    const TOLD: [Code; 3] = [Code::VerifyIssuer, Code::VerifyAudience, Code::VerifyTime];
    let told = steps.iter().filter(|step| TOLD.contains(&step.code)).map(|step| format!(" {}.", step.title));
    std::iter::once("Genuine.".to_owned()).chain(told).collect()
}
