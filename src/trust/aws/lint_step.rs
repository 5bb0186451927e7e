//! Remarks that follow from the evaluation itself: conditions that restrict nothing, conditions that are never true, keys
//! that differ in letter case.

use super::{
    link, lint, lint_statement,
    policy::{Condition, Policy},
    role::Role,
    statement,
};
use crate::report::{Code, Finding, Severity, Step};

/// The remarks on a policy that was judged for a token of this issuer.
pub(super) fn of_policy(role: &Role, policy: &Policy, issuer: &str, steps: &[Step]) -> Vec<Finding> {
    let mut findings = Vec::new();
    for statement in &policy.statements {
        for (index, condition) in statement.conditions.iter().enumerate() {
            let before = statement.conditions.iter().take(index);
            if before.into_iter().any(|other| statement::clash(condition, other)) {
                findings.push(
                    Finding::new(
                        Code::Aws002,
                        Severity::Error,
                        format!(
                            "{} names the key {} twice, in different letter case",
                            statement::name(statement),
                            condition.key
                        ),
                        "Key names ignore letter case, so the two are one key; which of them counts, AWS does not say. \
                         Put their values into one list.",
                    )
                    .at(role.places().span(&condition.at))
                    .reference(link::ANALYZER),
                );
            }
        }
    }
    let provider = issuer.strip_prefix("https://").unwrap_or(issuer);
    let judged = steps.iter().find(|step| step.code == Code::AwsPolicy).map(|step| &*step.children);
    for (statement, step) in policy.statements.iter().zip(judged.unwrap_or_default()) {
        // The principal's and the action's come first.
        for (condition, step) in statement.conditions.iter().zip(step.children.get(2..).unwrap_or_default()) {
            findings.extend(step.children.first().and_then(|part| of_condition(role, condition, provider, part)));
        }
    }
    findings
}

fn of_condition(role: &Role, condition: &Condition, provider: &str, part: &Step) -> Option<Finding> {
    let (code, severity, title) = match part.code {
        Code::AwsConditionVacuous => (Code::Aws003, Severity::Warning, "A condition restricts nothing"),
        Code::AwsConditionDead => (Code::Aws004, Severity::Error, "A condition can never be true"),
        _ => return None,
    };
    if let Some(right) = lint_statement::meant(&condition.key, provider) {
        return lint::finding(role, Code::Aws010, &condition.key_at, &right);
    }
    let mut finding = Finding::new(code, severity, title, part.detail.clone().unwrap_or_default());
    finding.at = role.places().span(&condition.key_at);
    finding.reference.clone_from(&part.reference);
    Some(finding)
}
