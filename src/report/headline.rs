//! Which of many steps a person should read first.

use super::{Code, Outcome, Step};

/// The leaf that decided: the highest-ranked one with the outcome of the steps as a whole, looked for only below steps
/// that have this outcome themselves (a condition that failed inside a statement that is allowed all the same decides
/// nothing). Of equal ranks the first in the order of the document leads.
///
/// A failed step without failed children is a leaf even if it has children that passed.
#[must_use]
pub fn deciding(steps: &[Step], outcome: Outcome) -> Option<&Step> {
    let mut best: Option<&Step> = None;
    let nearest = nearest(steps, outcome);
    for step in steps.iter().filter(|step| step.outcome == outcome) {
        if is_alternative(step) && !nearest.is_some_and(|nearest| std::ptr::eq(nearest, step)) {
            continue;
        }
        let candidate = deciding(&step.children, outcome).filter(|leaf| leaf.code.rank() > 0).unwrap_or(step);
        if best.is_none_or(|leader| candidate.code.rank() > leader.code.rank()) {
            best = Some(candidate);
        }
    }
    best
}

/// The way to one of these steps: its index among the top steps, then among its parent's children, and so on.
#[must_use]
pub fn way_to(steps: &[Step], wanted: &Step) -> Option<Vec<usize>> {
    steps.iter().enumerate().find_map(|(index, step)| {
        let below = if std::ptr::eq(step, wanted) { Vec::new() } else { way_to(&step.children, wanted)? };
        Some([vec![index], below].concat())
    })
}

/// Whether one step of its kind is enough, so that not each that failed is to blame.
fn is_alternative(step: &Step) -> bool {
    matches!(step.code, Code::AwsStatementAllow | Code::AwsStatementDeny)
}

/// Of the statements that failed, the one that came nearest: with the fewest parts that failed. A Deny that applies comes
/// before all.
fn nearest(steps: &[Step], outcome: Outcome) -> Option<&Step> {
    let failed = |step: &Step| step.children.iter().filter(|child| child.outcome == outcome).count();
    let alternatives = steps.iter().filter(|step| step.outcome == outcome && is_alternative(step));
    alternatives.min_by_key(|step| (step.code != Code::AwsStatementDeny, failed(step)))
}

#[cfg(test)]
mod tests {
    use super::deciding;
    use crate::report::{Code, Outcome, Step};

    #[test]
    fn time_does_not_hide_a_wrong_audience() {
        let steps = [
            Step::new(Code::VerifyTime, Outcome::Fail, "expired"),
            Step::new(Code::VerifyAudience, Outcome::Fail, "audience"),
        ];
        assert_eq!(deciding(&steps, Outcome::Fail).map(|step| step.code), Some(Code::VerifyAudience));
    }

    #[test]
    fn nothing_is_looked_for_below_a_step_that_passed() {
        let steps = [Step::new(Code::VerifyKey, Outcome::Pass, "key").children([Step::new(
            Code::VerifyAudience,
            Outcome::Fail,
            "inner",
        )])];
        assert_eq!(deciding(&steps, Outcome::Fail), None);
    }
}
