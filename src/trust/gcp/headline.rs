//! The one sentence that says what decided, in which provider, where.

use crate::report::{Code, Decision, Outcome, Step, deciding, way_to};

/// The sentence, and the way to the step that decided.
pub(super) fn write(name: Option<&str>, decision: Decision, steps: &[Step]) -> (String, Option<Vec<usize>>) {
    let mut place: Vec<String> = name.map(|name| ["provider ", name].concat()).into_iter().collect();
    let outcome = match decision {
        Decision::Allow => return (join(&place, &allowed(steps)), None),
        Decision::Deny | Decision::Invalid => Outcome::Fail,
        Decision::Unknown => Outcome::Unknown,
    };
    let first = steps.get(..1).unwrap_or_default();
    let Some(leaf) = deciding(if decision == Decision::Invalid { first } else { steps }, outcome) else {
        return ("nothing was decided".to_owned(), None);
    };
    let group = steps.iter().find(|step| step.holds(leaf));
    let in_condition = group.is_some_and(|group| group.code == Code::GcpCondition);
    if in_condition {
        place.push("attribute condition".to_owned());
    }
    if group.is_some_and(|group| group.code == Code::GcpIam) {
        place.push("IAM policy".to_owned());
    }
    place.extend(leaf.at.as_ref().map(|at| format!("line {}", at.line)));
    let mut sentence = leaf.title.clone().into_owned();
    let mut say = |words: &str| sentence = [&*sentence, ". ", words.trim_end_matches('.')].concat();
    match (&leaf.hint, &leaf.actual, &leaf.vendor_text) {
        (Some(hint), ..) => say(&hint.message),
        (None, Some(actual), _) if in_condition && leaf.code == Code::GcpConditionCompare => {
            say(&format!("The token has {}", actual.as_str().map_or_else(|| actual.to_json(), str::to_owned)));
        }
        _ => {}
    }
    // The condition is what people look at first; where it is not the cause, that has to be said.
    let is_true =
        |step: &Step| step.code == Code::GcpCondition && step.outcome == Outcome::Pass && !step.children.is_empty();
    if group.is_some_and(|group| group.code == Code::GcpMapping) && steps.iter().any(is_true) {
        say("The condition is true; it is not the cause");
    }
    (join(&place, &[&*sentence, "."].concat()), way_to(steps, leaf))
}

fn join(place: &[String], sentence: &str) -> String {
    if place.is_empty() { sentence.to_owned() } else { [&*place.join(", "), ": ", sentence].concat() }
}

/// What let the token in.
fn allowed(steps: &[Step]) -> String {
    let title = |code| steps.iter().find(|step| step.code == code).map(|step| &*step.title);
    let condition = title(Code::GcpCondition).unwrap_or_default();
    match title(Code::GcpIam) {
        Some(iam) => [condition, "; ", iam, "."].concat(),
        None => [condition, "."].concat(),
    }
}
