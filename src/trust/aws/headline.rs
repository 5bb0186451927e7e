//! The one sentence that says what decided, in which role, where.

use super::{policy::Policy, statement};
use crate::{
    json::Value,
    report::{Code, Decision, Outcome, Step, deciding},
};

/// Longest value that is printed whole.
const VALUE_CHARACTERS: usize = 60;

/// `deploy-prod` for the ARN of a role, else the name as it is.
fn role_name(name: &str) -> &str {
    match name.split_once(":role/") {
        Some((_, path)) => path.rsplit('/').next().unwrap_or(path),
        None => name,
    }
}

/// The sentence.
pub(super) fn write(name: Option<&str>, decision: Decision, steps: &[Step], policy: Option<&Policy>) -> String {
    let role = name.map(|name| format!("role {}", role_name(name)));
    let outcome = match decision {
        Decision::Allow => return allowed(role, steps, policy),
        Decision::Deny | Decision::Invalid => Outcome::Fail,
        Decision::Unknown => Outcome::Unknown,
    };
    let (statement, leaf) = match decision {
        Decision::Invalid => (None, steps.first().and_then(|document| deciding(&document.children, outcome))),
        Decision::Deny | Decision::Unknown | Decision::Allow => decisive(steps, outcome),
    };
    let Some(leaf) = leaf else { return "nothing was decided".to_owned() };
    let mut place: Vec<String> = role.into_iter().collect();
    if let (Some(index), Some(policy)) = (statement, policy) {
        place.extend(policy.statements.get(index).map(statement::name));
    }
    place.extend(leaf.at.as_ref().map(|at| format!("line {}", at.line)));
    let place = if place.is_empty() { String::new() } else { format!("{}: ", place.join(", ")) };
    let mut sentence = format!("{place}{}", leaf.title);
    match (&leaf.hint, &leaf.detail) {
        (_, Some(detail)) if leaf.code == Code::AwsConditionDead => {
            sentence = format!("{sentence}. {detail}");
            if let Some(hint) = &leaf.hint {
                sentence = format!("{sentence} {}", hint.message);
            }
            return sentence;
        }
        (Some(hint), _) => return format!("{sentence}. {}", hint.message),
        (None, Some(detail)) => return format!("{sentence}. {detail}"),
        (None, None) => {}
    }
    if let Some(vendor_text) = &leaf.vendor_text
        && leaf.expected.is_empty()
    {
        return format!("{sentence} (AWS says: {vendor_text})");
    }
    match difference(leaf) {
        Some(difference) => format!("{sentence}. {difference}"),
        None => format!("{sentence}."),
    }
}

/// The leaf that decided, and the statement that it is in. Of the statements that failed, the one that came nearest
/// speaks: the one with the fewest parts that failed.
fn decisive(steps: &[Step], outcome: Outcome) -> (Option<usize>, Option<&Step>) {
    let best = deciding(steps, outcome);
    let Some(policy) = steps.iter().find(|step| step.code == Code::AwsPolicy && step.outcome == outcome) else {
        return (None, best);
    };
    let parts = |step: &Step| step.children.iter().filter(|child| child.outcome == outcome).count();
    let nearest = policy
        .children
        .iter()
        .enumerate()
        .filter(|(_, step)| step.outcome == outcome)
        .min_by_key(|(_, step)| (step.code != Code::AwsStatementDeny, parts(step)));
    let Some((index, step)) = nearest else { return (None, best) };
    let leaf = deciding(std::slice::from_ref(step), outcome);
    let own = step.code == Code::AwsStatementAllow || step.code == Code::AwsStatementDeny;
    match (leaf, best) {
        // A check of STS that outranks every comparison of the policy leads.
        (Some(leaf), Some(best)) if !within(policy, best) && best.code.rank() > leaf.code.rank() => (None, Some(best)),
        (leaf, _) => (own.then_some(index), leaf),
    }
}

fn within(tree: &Step, leaf: &Step) -> bool {
    std::ptr::eq(tree, leaf) || tree.children.iter().any(|child| within(child, leaf))
}

/// The two values of a comparison that failed: whole where they are short, else where they part.
fn difference(leaf: &Step) -> Option<String> {
    let quoted = |value: &Value| {
        let text = value.as_str().map_or_else(|| value.to_json(), str::to_owned);
        (text.chars().count() <= VALUE_CHARACTERS).then_some(text)
    };
    let actual = leaf.actual.as_ref()?;
    let [expected] = &*leaf.expected else {
        return quoted(actual).map(|actual| format!("The token has {actual}."));
    };
    if let (Some(expected), Some(actual)) = (quoted(expected), quoted(actual)) {
        return Some(format!("The policy has {expected}, the token {actual}."));
    }
    let (expected, actual) = parted(expected.as_str()?, actual.as_str()?)?;
    Some(format!("They part at {expected} in the policy and {actual} in the token."))
}

/// The first segments that differ, each with the one before it: `project/9a1b…` and `project/7c2d…`.
fn parted(expected: &str, actual: &str) -> Option<(String, String)> {
    let mut before = "";
    let (mut left, mut right) = (expected.split('/'), actual.split('/'));
    loop {
        let show = |segment: Option<&str>| match (before, segment) {
            ("", None) => "the end".to_owned(),
            (before, None) => format!("the end, after {before}"),
            ("", Some(segment)) => cut(segment),
            (before, Some(segment)) => format!("{before}/{}", cut(segment)),
        };
        match (left.next(), right.next()) {
            (None, None) => return None,
            (Some(one), Some(other)) if one == other => before = other,
            (Some("*"), Some(other)) => before = other,
            (one, other) => return Some((show(one), show(other))),
        }
    }
}

fn cut(text: &str) -> String {
    if text.chars().count() <= VALUE_CHARACTERS {
        return text.to_owned();
    }
    let start: String = text.chars().take(VALUE_CHARACTERS).collect();
    format!("{start}…")
}

/// What let the token in.
fn allowed(role: Option<String>, steps: &[Step], policy: Option<&Policy>) -> String {
    let role = role.map(|role| format!("{role}, ")).unwrap_or_default();
    let tree = steps.iter().find(|step| step.code == Code::AwsPolicy);
    let children = tree.map(|step| &*step.children).unwrap_or_default();
    let winner = children
        .iter()
        .enumerate()
        .find(|(_, step)| step.code == Code::AwsStatementAllow && step.outcome == Outcome::Pass);
    let Some((index, step)) = winner else { return format!("{role}the token is let in.") };
    let name = policy.and_then(|policy| policy.statements.get(index)).map(statement::name).unwrap_or_default();
    let why: Vec<&str> = step
        .children
        .iter()
        .filter(|child| child.code != Code::AwsPrincipal && child.code != Code::AwsAction)
        .map(|child| &*child.title)
        .collect();
    if why.is_empty() {
        return format!("{role}{name} lets this token in: it has no condition, so every token of this issuer gets in.");
    }
    format!("{role}{name} lets this token in: {}.", why.join(", "))
}
