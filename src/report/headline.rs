//! Which of many steps a person should read first.

use std::cmp::Reverse;

use super::{Outcome, Step};

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
        if step.alternative && !nearest.is_some_and(|nearest| std::ptr::eq(nearest, step)) {
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
    way_near(steps, &[], &|step| std::ptr::eq(step, wanted))
}

/// The way to a wanted step: to the first that the way `near` comes by, else to the first below the last of its steps, below
/// the one before that, and so on up to all of them.
#[must_use]
pub fn way_near(steps: &[Step], near: &[usize], wanted: &dyn Fn(&Step) -> bool) -> Option<Vec<usize>> {
    let below = |index: usize, near: &[usize]| {
        let step = steps.get(index)?;
        let below = if wanted(step) { Vec::new() } else { way_near(&step.children, near, wanted)? };
        Some([vec![index], below].concat())
    };
    let nearest = near.split_first().and_then(|(first, rest)| below(*first, rest));
    nearest.or_else(|| (0..steps.len()).find_map(|index| below(index, &[])))
}

/// Of the alternatives that failed, the one that came nearest: with the fewest parts that failed. One whose own code ranks
/// higher comes first: a rule that forbids has no parts that failed, and no other could have helped.
fn nearest(steps: &[Step], outcome: Outcome) -> Option<&Step> {
    let failed = |step: &Step| step.children.iter().filter(|child| child.outcome == outcome).count();
    let alternatives = steps.iter().filter(|step| step.outcome == outcome && step.alternative);
    alternatives.min_by_key(|step| (Reverse(step.code.rank()), failed(step)))
}

#[cfg(test)]
mod tests {
    use super::{deciding, way_near};
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
    fn of_alternatives_only_the_nearest_is_to_blame() {
        let fails = |title| Step::new(Code::VerifyAudience, Outcome::Fail, title);
        let group = |parts: Vec<Step>| Step::new(Code::VerifyKeyCandidate, Outcome::Fail, "group").children(parts);
        let far = || group(vec![fails("far"), fails("farther")]).alternative();
        let near = || group(vec![fails("near")]).alternative();
        let title = |steps: &[Step]| deciding(steps, Outcome::Fail).map(|step| step.title.clone());
        assert_eq!(title(&[far(), near()]).as_deref(), Some("near"));
        assert_eq!(title(&[near(), fails("forbids").alternative()]).as_deref(), Some("forbids"));
        assert_eq!(title(&[group(vec![fails("each")]), near()]).as_deref(), Some("each"));
    }

    #[test]
    fn the_nearest_wanted_step_is_above_then_below_then_anywhere() {
        let leaf = |title| Step::new(Code::VerifyAudience, Outcome::Fail, title);
        let steps = [leaf("a"), leaf("b").children([leaf("c"), leaf("d").children([leaf("e")])])];
        let way = |wanted: &[&str]| way_near(&steps, &[1, 1], &|step| wanted.contains(&&*step.title));
        assert_eq!(way(&["a", "b", "d"]), Some(vec![1]));
        assert_eq!(way(&["a", "c", "e"]), Some(vec![1, 1, 0]));
        assert_eq!(way(&["a", "c"]), Some(vec![1, 0]));
        assert_eq!(way(&["a"]), Some(vec![0]));
        assert_eq!(way(&["x"]), None);
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
