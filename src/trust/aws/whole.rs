//! What AWS asks of a document as a whole: no member twice, its characters, its size.

use super::{
    document::Found,
    fault::{Fault, Problem},
    link,
    policy::Kind,
};
use crate::{
    json::Value,
    report::{Code, Finding, Severity},
};

/// Largest trust policy by default, in characters without white space. It can be raised
/// (<https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html>).
const DEFAULT_QUOTA: usize = 2_048;
/// Largest trust policy that the quota can be raised to.
pub(super) const LARGEST_QUOTA: usize = 8_192;

/// Largest resource control policy. AWS Organizations counts white space as it was sent, and its console takes it away
/// before (<https://docs.aws.amazon.com/organizations/latest/userguide/orgs_reference_limits.html>, a copy of 2026).
const CONTROL_QUOTA: usize = 5_120;

/// Characters of a document without white space.
pub(super) fn size(text: &str) -> usize {
    text.chars().filter(|character| !character.is_ascii_whitespace()).count()
}

/// The size of a document as IAM counts it.
pub(super) fn size_of(found: &Found) -> usize {
    found.text.as_ref().map_or_else(|| size(&Value::from(&found.policy).to_json()), |text| size(text))
}

/// Everything that is wrong with the document as a whole, and a remark on its size.
pub(super) fn check(found: &Found) -> (Vec<Problem>, Option<Finding>) {
    let mut problems: Vec<Problem> = found
        .duplicates
        .iter()
        .map(|duplicate| Problem {
            first: Some(duplicate.first.clone()),
            ..Problem::new(
                Fault::Duplicate,
                format!(
                    "the member {} stands twice in one object, and a program that reads it may see either",
                    duplicate.name
                ),
                None,
                &duplicate.again,
            )
        })
        .collect();
    let values = Value::from(&found.policy).to_json();
    let size = size_of(found);
    if found.kind == Kind::ResourceControl {
        if size > CONTROL_QUOTA {
            let title = format!("the policy has {size} characters without white space; the quota is {CONTROL_QUOTA}");
            problems.push(Problem::new(Fault::Size, title, None, &found.policy.at));
        }
        return (problems, None);
    }
    let written = found.text.as_deref().unwrap_or_default();
    let foreign = |text: &str| text.chars().find(|&character| !is_allowed(character)).map(u32::from);
    let allowed = "tab, line feed, carriage return and U+0020 to U+00FF";
    if let Some(character) = foreign(written) {
        let title = format!("the character U+{character:04X} is none that IAM takes: {allowed}");
        problems.push(Problem::new(Fault::Characters, title, None, &found.policy.at));
    } else if let Some(character) = foreign(&values).filter(|_| !found.stored) {
        let title =
            format!("IAM takes {allowed}; whether it takes U+{character:04X} written as an escape is not documented");
        problems.push(Problem::new(Fault::EscapedCharacters, title, None, &found.policy.at));
    }
    if size > LARGEST_QUOTA {
        let title = format!("the policy has {size} characters without white space; no quota is over {LARGEST_QUOTA}");
        problems.push(Problem::new(Fault::Size, title, None, &found.policy.at));
    }
    let remark = (DEFAULT_QUOTA < size && size <= LARGEST_QUOTA).then(|| {
        Finding::new(
            Code::Aws001,
            Severity::Warning,
            format!("The trust policy has {size} characters; the default quota is {DEFAULT_QUOTA}"),
            "White space is not counted. Unless the account's quota was raised, IAM refuses it: \
             LimitExceeded: Cannot exceed quota for ACLSizePerRole: 2048.",
        )
        .reference(link::QUOTAS)
    });
    (problems, remark)
}

/// Whether IAM takes a character in a policy.
pub(super) const fn is_allowed(character: char) -> bool {
    matches!(character, '\t' | '\n' | '\r' | ' '..='\u{ff}')
}
