//! The one sentence that says what decided, in which role, where.

use super::{
    context::PROJECT_ID,
    difference, explain,
    operator::{Family, OPERATORS},
    policy::{Policy, Statement},
    statement,
};
use crate::{
    json::Value,
    report::{Code, Decision, Outcome, Step, deciding, way_to},
    search::Search as _,
};

/// Longest values that are set side by side; of longer ones only the place where they part is shown.
const SHORT: usize = 60;

/// `deploy-prod` for the ARN of a role, else the name as it is.
fn role_name(name: &str) -> &str {
    match name.cut(":role/") {
        Some((_, path)) => path.rsplit('/').next().unwrap_or(path),
        None => name,
    }
}

/// The sentence, and the way to the step that decided.
pub(super) fn write(
    name: Option<&str>,
    decision: Decision,
    steps: &[Step],
    policy: Option<&Policy>,
) -> (String, Option<Vec<usize>>) {
    let role = name.map(|name| format!("role {}", role_name(name)));
    let outcome = match decision {
        Decision::Allow => return (allowed(role, steps, policy), None),
        Decision::Deny | Decision::Invalid => Outcome::Fail,
        Decision::Unknown => Outcome::Unknown,
    };
    let (statement, leaf) = match decision {
        Decision::Invalid => (None, steps.first().and_then(|document| deciding(&document.children, outcome))),
        Decision::Deny | Decision::Unknown | Decision::Allow => decisive(steps, outcome),
    };
    let Some(leaf) = leaf else { return ("nothing was decided".to_owned(), None) };
    let way = way_to(steps, leaf);
    let mut place: Vec<String> = role.into_iter().collect();
    let denied = leaf.code == Code::AwsStatementDeny && leaf.outcome == Outcome::Fail;
    let statement = statement.and_then(|index| policy?.statements.get(index));
    if statement.is_some() && denied {
        place.push(applies(statement, leaf));
        return (place.join(", "), way);
    }
    place.extend(statement.map(statement::name));
    for step in steps.iter().filter(|step| step.code == Code::AwsRcp) {
        above(step, leaf, &mut place);
    }
    place.extend(leaf.at.as_ref().map(|at| format!("line {}", at.line)));
    let place = if place.is_empty() { String::new() } else { format!("{}: ", place.join(", ")) };
    (format!("{place}{}", if denied { applies(None, leaf) } else { sentence(leaf) }), way)
}

/// What the steps between a tree and one of its leaves are called.
fn above(tree: &Step, leaf: &Step, names: &mut Vec<String>) {
    if let Some(child) = tree.children.iter().find(|child| child.holds(leaf) && !std::ptr::eq(*child, leaf)) {
        names.push(child.title.to_string());
        above(child, leaf, names);
    }
}

/// What a leaf says, with what makes it useful: its hint, its reason, the two values, or AWS's own words.
fn sentence(leaf: &Step) -> String {
    let title = &leaf.title;
    match (&leaf.hint, &leaf.detail) {
        (Some(hint), _) if hint.code == Code::HintV1V2 => hint.message.clone(),
        (Some(hint), Some(detail)) if leaf.code == Code::AwsConditionDead => {
            // What AWS sees instead is of no use where the key is nearly right.
            let not_seen = detail.split(';').next().unwrap_or_default();
            format!("{title}: {not_seen}. {}", hint.message)
        }
        (Some(hint), _) => format!("{title}. {}", hint.message),
        (None, Some(detail)) => format!("{title}. {detail}"),
        (None, None) => match (difference(leaf), &leaf.vendor_text) {
            (Some(difference), _) => format!("{title}. {difference}"),
            (None, Some(words)) => format!("{title}. AWS says: {words}"),
            (None, None) => format!("{title}."),
        },
    }
}

/// The leaf that decided, and the statement that it is in.
fn decisive(steps: &[Step], outcome: Outcome) -> (Option<usize>, Option<&Step>) {
    let leaf = deciding(steps, outcome);
    let policy = steps.iter().find(|step| step.code == Code::AwsPolicy);
    let own = |step: &Step| {
        [Code::AwsStatementAllow, Code::AwsStatementDeny].contains(&step.code)
            && leaf.is_some_and(|leaf| step.holds(leaf))
    };
    (policy.and_then(|policy| policy.children.iter().position(own)), leaf)
}

/// What the token has instead of the policy's value, or where the two part.
fn difference(leaf: &Step) -> Option<String> {
    let text = |value: &Value| value.as_str().map_or_else(|| value.to_json(), str::to_owned);
    let actual = text(leaf.actual.as_ref()?);
    let operator = OPERATORS.iter().find(|operator| operator.code == leaf.code);
    match operator {
        // There the two values are equal, or are not compared.
        Some(operator) if operator.negated || operator.family == Family::Null => return None,
        None if leaf.expected.is_empty() || leaf.code == Code::AwsAction => return None,
        _ => {}
    }
    let whose = if operator.is_some() && leaf.claim.is_none() { "request" } else { "token" };
    let whole = format!("The {whose} has {}.", difference::brief(&actual));
    let ([expected], Some(operator)) = (&*leaf.expected, operator) else { return Some(whole) };
    let expected = text(expected);
    if expected.chars().count() <= SHORT && actual.chars().count() <= SHORT {
        return Some(whole);
    }
    let wild = matches!(operator.family, Family::StringLike | Family::Arn);
    Some(difference::sentence(&expected, &actual, wild).unwrap_or(whole))
}

/// What let the token in.
fn allowed(role: Option<String>, steps: &[Step], policy: Option<&Policy>) -> String {
    let tree = steps.iter().find(|step| step.code == Code::AwsPolicy);
    let children = tree.map(|step| &*step.children).unwrap_or_default();
    let winner = children
        .iter()
        .enumerate()
        .find(|(_, step)| step.code == Code::AwsStatementAllow && step.outcome == Outcome::Pass);
    let place = role.map(|role| format!("{role}, ")).unwrap_or_default();
    match winner {
        Some((index, step)) => {
            format!("{place}{}", applies(policy.and_then(|policy| policy.statements.get(index)), step))
        }
        None => format!("{place}the token is let in."),
    }
}

/// `statement 1 lets this token in: sub matches …`
fn applies(statement: Option<&Statement>, step: &Step) -> String {
    let title = &step.title;
    let mut keys = statement.map(|statement| &*statement.conditions).unwrap_or_default().iter().map(|one| &*one.key);
    let why: Vec<String> = step
        .children
        .iter()
        .filter(|child| ![Code::AwsPrincipal, Code::AwsResource, Code::AwsAction].contains(&child.code))
        .map(|child| {
            // A condition that restricts nothing let nobody in: that has to be said where somebody is let in.
            let vacuous = child.children.iter().any(|part| part.code == Code::AwsConditionVacuous);
            // Another provider's sub is not this token's: there the whole key is said.
            let key = keys.next().unwrap_or_default();
            let hidden = |claim: &&str| !["sub", "aud", PROJECT_ID].contains(claim);
            let about = child.claim.as_deref().filter(hidden).map_or(key, explain::short);
            match step.code {
                Code::AwsStatementAllow if vacuous => format!("the condition on {about} restricts nothing"),
                _ => child.title.to_string(),
            }
        })
        .collect();
    if why.is_empty() {
        return format!("{title}: it has no condition, so it is about every token of this issuer.");
    }
    let why = why.join(", ");
    // A shortened value ends in an ellipsis already.
    let stop = if why.ends_with('…') { "" } else { "." };
    format!("{title}: {why}{stop}")
}
