//! Remarks that follow from the evaluation itself: conditions that restrict nothing, conditions that are never true, keys
//! that differ in letter case; and of the job that a statement is made for, why it is refused all the same.

use super::{
    candidate_subject::slots,
    context::PROJECT_ID,
    difference::brief,
    link, lint,
    policy::{Condition, Effect, Policy, Statement},
    role::Role,
    statement,
};
use crate::{
    report::{Code, Finding, Outcome, Severity, Step},
    search::Search as _,
    token::is_uuid,
};

/// The remarks on a policy that was judged. `wanted`: for a job that it is made for, from this provider.
pub(super) fn of_policy(role: &Role, policy: &Policy, steps: &[Step], wanted: Option<&str>) -> Vec<Finding> {
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
    let judged = steps.iter().find(|step| step.code == Code::AwsPolicy).map(|step| &*step.children);
    for (statement, step) in policy.statements.iter().zip(judged.unwrap_or_default()) {
        // A Deny is not made for a job.
        if wanted.is_some() && statement.effect == Some(Effect::Deny) {
            continue;
        }
        for (index, part) in step.children.iter().enumerate() {
            let condition = index.checked_sub(2).and_then(|index| statement.conditions.get(index));
            findings.extend(match condition {
                Some(condition) => of_condition(role, condition, part, wanted),
                None if wanted.is_some() => of_start(role, statement, part),
                None => None,
            });
        }
    }
    findings
}

/// The principal, or the action.
fn of_start(role: &Role, statement: &Statement, part: &Step) -> Option<Finding> {
    let hint = part.hint.as_ref()?;
    let code = match hint.code {
        Code::HintAction => Code::Aws019,
        Code::HintAccount => Code::Aws018,
        _ => Code::Aws024,
    };
    let mut finding = lint::finding(role, code, &statement.at, &hint.message);
    if part.outcome == Outcome::Unknown {
        finding.severity = finding.severity.min(Severity::Warning);
    }
    finding.at.clone_from(&part.at);
    Some(finding)
}

fn of_condition(role: &Role, condition: &Condition, part: &Step, wanted: Option<&str>) -> Option<Finding> {
    if let Some(never) = part.children.first() {
        let (code, severity, title) = match never.code {
            Code::AwsConditionVacuous => (Code::Aws003, Severity::Warning, "A condition restricts nothing"),
            _ => (Code::Aws004, Severity::Error, "A condition can never be true"),
        };
        if let Some(hint) = &never.hint {
            return Some(lint::finding(role, Code::Aws010, &condition.key_at, &hint.message));
        }
        let mut finding = Finding::new(code, severity, title, never.detail.clone().unwrap_or_default());
        finding.at = role.places().span(&condition.key_at);
        finding.reference.clone_from(&never.reference);
        return Some(finding);
    }
    let provider = wanted.filter(|_| part.outcome == Outcome::Fail)?;
    let value = part.expected.first().and_then(|value| value.as_str()).unwrap_or_default();
    let own = provider.after_last("/org/");
    let code = part.hint.as_ref().map(|hint| hint.code);
    let [organization, project, ..] = slots(value);
    let id = |part: Option<&str>| {
        let id = part.and_then(|part| part.split('/').next()).filter(|id| !id.contains(['*', '?']));
        id.map(|id| (is_uuid(id), own == Some(id)))
    };
    let code = match code {
        Some(Code::HintLiteralWildcard) => Code::Aws007,
        Some(Code::HintAudience) => Code::Aws006,
        Some(Code::HintCutShort) => Code::Aws008,
        Some(Code::HintV1V2) if condition.operator_name.holds("Like") => Code::Aws008,
        Some(Code::HintV1V2) => Code::Aws009,
        Some(_) => Code::Aws023,
        None if matches!(id(organization), Some((true, false))) && own.is_some() => Code::Aws021,
        None => match part.claim.as_deref() {
            Some("sub") if !value.starts_with("org/") && !value.starts_with(['*', '?']) => Code::Aws023,
            Some("sub") if matches!(id(organization).or(id(project)), Some((false, _))) => Code::Aws023,
            Some(PROJECT_ID) if !is_uuid(value) => Code::Aws023,
            _ => return None,
        },
    };
    let what = match &part.hint {
        Some(hint) if hint.code == Code::HintV1V2 => "It is the V1 subject.".to_owned(),
        Some(hint) => hint.message.clone(),
        None => format!("The value is {}.", brief(value)),
    };
    let mut finding = lint::finding(role, code, &condition.at, &what);
    finding.fix = match (code, organization.and_then(|part| part.split('/').next()), own) {
        // Whoever has this V1 token has a V2 token too, which goes on behind it: that opens nothing.
        (Code::Aws008, ..) if value.holds("/user/") => Some([value, "*"].concat()),
        (Code::Aws008, ..) => Some([value.trim_end_matches('/'), "/user/*"].concat()),
        (Code::Aws021, Some(foreign), Some(own)) => Some(value.replaced(foreign, own)),
        _ => None,
    };
    match (&*condition.text_at, &finding.fix) {
        ([at], Some(_)) => finding.at = role.places().span(at),
        // Of several values each has to be put right.
        _ => finding.fix = None,
    }
    if part.hint.as_ref().is_some_and(|hint| hint.code == Code::HintV1V2) {
        // V1 tokens do get in.
        finding.severity = finding.severity.min(Severity::Warning);
    }
    Some(finding)
}
