//! Where two texts begin to differ, for the eye.

use super::{Code, Outcome, Step};

/// Fewer characters in common are no beginning that is worth a mark.
const COMMON: usize = 4;

/// Notes in every failed comparison of two texts how far they are alike. Not where a wildcard may stand for what follows.
pub fn mark(steps: &mut [Step]) {
    for step in steps {
        step.difference = of_step(step);
        mark(&mut step.children);
    }
}

fn of_step(step: &Step) -> Option<usize> {
    let ([expected], Some(actual), Outcome::Fail) = (&*step.expected, &step.actual, step.outcome) else { return None };
    let (expected, actual) = (expected.as_str()?, actual.as_str()?);
    let alike = expected.chars().zip(actual.chars()).take_while(|(left, right)| left == right);
    let (count, units) = alike.fold((0_usize, 0_usize), |(count, units), (left, _)| {
        (count.saturating_add(1), units.saturating_add(left.len_utf16()))
    });
    let literal = step.hint.as_ref().is_some_and(|hint| hint.code == Code::HintLiteralWildcard);
    let wild = !literal && matches!(expected.chars().nth(count), Some('*' | '?'));
    (count >= COMMON && expected != actual && !wild).then_some(units)
}

#[cfg(test)]
mod tests {
    use super::mark;
    use crate::report::{Code, Outcome, Step};

    fn difference(expected: &[&str], actual: &str, outcome: Outcome) -> Option<usize> {
        let step =
            Step::new(Code::VerifyAudience, outcome, "aud").expected(expected.iter().copied()).actual(Some(actual));
        let mut steps = [Step::new(Code::VerifyAudience, outcome, "group").children([step])];
        mark(&mut steps);
        steps[0].children[0].difference
    }

    #[test]
    fn marks_the_first_unit_that_differs() {
        assert_eq!(difference(&["abcdX"], "abcdY", Outcome::Fail), Some(4));
        assert_eq!(difference(&["ab😀dX"], "ab😀dY", Outcome::Fail), Some(5));
        assert_eq!(difference(&["abcd"], "abcde", Outcome::Fail), Some(4));
    }

    #[test]
    fn marks_nothing_where_there_is_nothing_to_see() {
        assert_eq!(difference(&["abc"], "abd", Outcome::Fail), None);
        assert_eq!(difference(&["org/*"], "org/a", Outcome::Fail), None);
        assert_eq!(difference(&["abcdX", "b"], "abcdY", Outcome::Fail), None);
        assert_eq!(difference(&["abcdX"], "abcdY", Outcome::Pass), None);
    }
}
