//! One statement: principal or resource, action and conditions, all of which have to be satisfied.

use super::{
    action, budget, condition,
    evaluate::Evaluation,
    link,
    policy::{Condition, Effect, Statement, Variables},
    principal, resource,
};
use crate::report::{Code, Outcome, Step};

/// Judges a statement. A Deny that applies fails, one that does not passes; a statement for other identity providers is
/// not applicable.
pub(super) fn step(statement: &Statement, variables: Variables, evaluation: &Evaluation<'_>) -> Step {
    // A trust policy is about its role, and a resource control policy about everybody.
    let who = match &statement.resources {
        None => principal::judge(&statement.principals, evaluation.principal, &evaluation.places),
        Some(resources) => resource::judge(resources, variables, evaluation),
    };
    let code = match statement.effect {
        Some(Effect::Deny) => Code::AwsStatementDeny,
        Some(Effect::Allow) | None => Code::AwsStatementAllow,
    };
    let new = |outcome, words: &str| {
        let title = if evaluation.places.quiet { String::new() } else { format!("{} {words}", name(statement)) };
        let step = Step::new(code, outcome, title).alternative();
        step.at(evaluation.places.span(&statement.at)).reference(link::EVALUATION)
    };
    if who.outcome == Outcome::NotApplicable {
        return new(Outcome::NotApplicable, "is for other identity providers").children([who]);
    }
    let wildcards = statement.resources.is_some();
    let what = action::judge(&statement.actions, wildcards, &evaluation.budget, &evaluation.places);
    let mut children = vec![who, what];
    children.extend(conditions(&statement.conditions, variables, evaluation));
    let applies = Outcome::all(children.iter().map(|child| child.outcome));
    let (outcome, verb) = match (statement.effect, applies) {
        (None, _) => (Outcome::Unknown, "has no effect that IAM knows"),
        (Some(Effect::Allow), Outcome::Pass) => (applies, "lets this token in"),
        (Some(Effect::Allow), Outcome::Fail) => (applies, "does not let this token in"),
        (Some(Effect::Allow), _) => (Outcome::Unknown, "may let this token in"),
        (Some(Effect::Deny), Outcome::Pass) => (Outcome::Fail, "denies this token"),
        (Some(Effect::Deny), Outcome::Fail) => (Outcome::Pass, "does not deny this token"),
        (Some(Effect::Deny), _) => (Outcome::Unknown, "may deny this token"),
    };
    new(outcome, verb).children(children)
}

/// `statement 2`, with its Sid where it has one.
pub(super) fn name(statement: &Statement) -> String {
    match statement.sid.as_deref() {
        Some(sid) if !sid.is_empty() => format!("statement {} ({sid})", statement.number),
        _ => format!("statement {}", statement.number),
    }
}

fn conditions(conditions: &[Condition], variables: Variables, evaluation: &Evaluation<'_>) -> Vec<Step> {
    let mut steps: Vec<Step> = Vec::new();
    for condition in conditions {
        if !evaluation.count_condition() {
            let title = format!("the policy has more than {} conditions; the rest is not judged", budget::CONDITIONS);
            steps.push(Step::new(Code::AwsConditionCount, Outcome::Unknown, title));
            return steps;
        }
        steps.push(condition::step(condition, variables, evaluation));
    }
    let outcomes: Vec<Outcome> = steps.iter().map(|step| step.outcome).collect();
    for (index, condition) in conditions.iter().enumerate() {
        let rivals = conditions.iter().zip(&outcomes).filter(|(other, _)| clash(condition, other));
        let doubtful = rivals.map(|(_, outcome)| *outcome).any(|outcome| Some(&outcome) != outcomes.get(index));
        if let Some(step) = steps.get_mut(index)
            && doubtful
            && step.outcome == Outcome::Fail
        {
            step.outcome = Outcome::Unknown;
            step.children.clear();
            step.detail = Some(
                "Another key of this operator differs from it only in letter case; AWS does not say which of them counts."
                    .into(),
            );
        }
    }
    steps
}

/// Two keys of one operator that differ only in letter case.
pub(super) fn clash(one: &Condition, other: &Condition) -> bool {
    one.operator_name == other.operator_name && one.key != other.key && one.key.eq_ignore_ascii_case(&other.key)
}
