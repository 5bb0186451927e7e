//! Claims that have another type than CircleCI documents.

use super::{Payload, shown::shown};
use crate::{
    Seconds,
    json::{Data, Node, Value},
    report::{Code, Finding, Severity},
    token::{ClaimType, DEFINITIONS, Times, is_uuid},
};

pub(super) fn remarks(payload: &Payload<'_>) -> Vec<Finding> {
    let mut found: Vec<_> = DEFINITIONS
        .iter()
        .filter_map(|row| {
            let node = payload.root.get(row.name)?;
            let (expected, actual) = mismatch(row.kind, node)?;
            let title = format!("{} is {actual}, not {expected}", row.name);
            let detail = format!(
                "CircleCI documents {expected}. A cloud that expects that refuses the token or finds the claim unequal to \
                 every value."
            );
            let finding = Finding::new(Code::TokenClaimType, Severity::Warning, title, detail);
            Some(finding.at(payload.place.span(node.at.clone())).reference(row.reference))
        })
        .collect();
    found.extend(not_uuids(payload));
    found.extend(order(payload));
    found
}

/// What was expected and what is there, if that is something else.
fn mismatch(kind: ClaimType, node: &Node) -> Option<(&'static str, String)> {
    let is_string = |node: &Node| node.as_str().is_some();
    let all_strings = |items: &[Node]| items.iter().all(is_string);
    let (fits, expected) = match kind {
        ClaimType::String | ClaimType::Uuid => (is_string(node), "a string"),
        ClaimType::Boolean => (matches!(node.data, Data::Bool(_)), "a boolean"),
        ClaimType::Seconds => (Seconds::at(node).is_some(), "a number of seconds"),
        ClaimType::Uuids => (node.as_array().is_some_and(all_strings), "an array of strings"),
        ClaimType::Audience => {
            let fits = is_string(node) || node.as_array().is_some_and(|items| !items.is_empty() && all_strings(items));
            (fits, "a string or an array of strings")
        }
    };
    let actual = || match &node.data {
        Data::Array(items) if items.is_empty() => "an empty array".to_owned(),
        Data::Array(_) => "an array with other things than strings".to_owned(),
        Data::Number(spelled) => format!("the number {spelled:.40}"),
        Data::Bool(value) => value.to_string(),
        _ => node.kind().to_owned(),
    };
    (!fits).then(|| (expected, actual()))
}

/// One remark that lists every id that is no UUID in lower case.
fn not_uuids(payload: &Payload<'_>) -> Option<Finding> {
    let subject = payload.subject;
    let mut ids = vec![
        ("sub (organization)", subject.org.as_deref()),
        ("sub (project)", subject.project.as_deref()),
        ("sub (user)", subject.user.as_deref()),
    ];
    for row in DEFINITIONS {
        match (row.kind, payload.root.get(row.name)) {
            (ClaimType::Uuid, Some(node)) => ids.push((row.name, node.as_str())),
            (ClaimType::Uuids, Some(node)) => {
                ids.extend(node.as_array().unwrap_or_default().iter().map(|item| (row.name, item.as_str())));
            }
            _ => {}
        }
    }
    let wrong: Vec<_> = ids
        .into_iter()
        .filter_map(|(name, id)| id.filter(|id| !is_uuid(id)).map(|id| format!("{name} {}", shown(id))))
        .take(super::LISTED)
        .collect();
    if wrong.is_empty() {
        return None;
    }
    let title = "An id is not a UUID in lower case";
    let detail = format!(
        "{}. CircleCI's ids are UUIDs in lower case, and clouds compare them character by character.",
        wrong.join("; ")
    );
    Some(Finding::new(Code::TokenNotUuid, Severity::Info, title, detail))
}

fn order(payload: &Payload<'_>) -> Option<Finding> {
    let value = |name| payload.root.get(name).map(Value::from);
    let lifetime = Times::new(value("iat").as_ref(), value("exp").as_ref()).lifetime?;
    (lifetime <= Seconds::ZERO).then(|| {
        let detail = "exp is not later than iat, so the token was never valid.";
        Finding::new(Code::TokenTimes, Severity::Warning, "The token ends before it begins", detail)
            .at(payload.span("exp"))
    })
}
