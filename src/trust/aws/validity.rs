//! The step that says whether IAM stores the document at all.

use super::{
    budget,
    explain::Places,
    fault::{Fault, Problem},
    link,
};
use crate::report::{Code, Outcome, Step};

/// The step with one child for every problem, up to [`budget::FAULTS`].
pub(super) fn step(problems: &[Problem], places: &Places<'_>) -> Step {
    let outcome = Outcome::all(problems.iter().map(|problem| problem.fault.outcome()));
    let title = match outcome {
        Outcome::Pass => "IAM stores this document as a trust policy",
        Outcome::Fail => "IAM refuses to store this document (MalformedPolicyDocument)",
        Outcome::Unknown | Outcome::NotApplicable => "whether IAM stores this document is not certain",
    };
    Step::new(Code::AwsDocument, outcome, title)
        .reference(link::GRAMMAR)
        .children(problems.iter().take(budget::FAULTS).map(|problem| of_problem(problem, places)))
}

fn of_problem(problem: &Problem, places: &Places<'_>) -> Step {
    let row = problem.fault.row();
    let mut step = Step::new(row.code, problem.fault.outcome(), problem.numbered())
        .at(places.span(&problem.at))
        .reference(row.link);
    if let Some(first) = problem.first.as_ref().and_then(|first| places.span(first)) {
        let again = step.at.as_ref().map(|again| format!("line {}, column {}", again.line, again.column));
        step = step
            .detail(format!(
                "It stands in line {}, column {}, and again in {}.",
                first.line,
                first.column,
                again.unwrap_or_default()
            ))
            .children([Step::new(row.code, Outcome::NotApplicable, "the first place").at(Some(first))]);
    }
    step.vendor_text = row.message.map(Into::into);
    if problem.fault == Fault::NotJson {
        step = step.detail("Paste the policy as IAM shows it, or the output of aws iam get-role.");
    }
    step
}
