//! Remarks that follow from the evaluation itself: conditions that restrict nothing, conditions that are never true, keys
//! that differ in letter case.

use super::{explain::Places, link, policy::Policy, statement};
use crate::report::{Code, Finding, Severity, Step};

/// The remarks on a policy that was judged.
pub(super) fn of_policy(policy: &Policy, steps: &[Step], places: &Places<'_>) -> Vec<Finding> {
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
                    .at(places.span(&condition.at))
                    .reference(link::ANALYZER),
                );
            }
        }
    }
    for step in steps {
        of_step(step, &mut findings);
    }
    findings
}

fn of_step(step: &Step, findings: &mut Vec<Finding>) {
    let row = match step.code {
        Code::AwsConditionVacuous => Some((Code::Aws003, Severity::Warning, "A condition restricts nothing")),
        Code::AwsConditionDead => Some((Code::Aws004, Severity::Error, "A condition can never be true")),
        _ => None,
    };
    if let Some((code, severity, title)) = row {
        let mut finding = Finding::new(code, severity, title, step.detail.clone().unwrap_or_default());
        finding.at.clone_from(&step.at);
        finding.reference.clone_from(&step.reference);
        findings.push(finding);
    }
    for child in &step.children {
        of_step(child, findings);
    }
}
