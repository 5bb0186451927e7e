//! Changes of the policy that may let a token in which it refuses: near misses, put right.
//!
//! A statement is repaired in rounds, because what is wrong with a value shows only once its key is right. All that is
//! found is a proposal; `trust::proof` shows none that does not let the token in.

mod change;
mod place;
mod render;

use std::ops::Range;

use self::change::{Change, Whose};
use super::{
    action, condition,
    context::Context,
    evaluate::Evaluation,
    hint::Near,
    policy::{Effect, Principals, Statement, Variables},
    principal,
    role::Role,
    whole,
};
use crate::{
    report::{Code, Hint, Outcome, Step},
    trust::{Proposal, Request},
};

/// Rounds of one statement: the key, then the value, then the operator.
const ROUNDS: usize = 4;

/// Proposals for one token. Each is proved by some thirty evaluations of the whole policy.
const PROPOSALS: usize = 4;

/// The changes of each Allow that would satisfy it. None while a Deny applies: to get around one is nobody's fix.
pub(super) fn all(role: &Role, request: &Request<'_>, steps: &[Step]) -> Vec<Proposal> {
    let Some(policy) = &role.policy else { return Vec::new() };
    let Some(tree) = steps.iter().position(|step| step.code == Code::AwsPolicy) else { return Vec::new() };
    let judged = steps.get(tree).map(|step| &*step.children).unwrap_or_default();
    let denies = judged.iter().any(|step| step.code == Code::AwsStatementDeny && step.outcome == Outcome::Fail);
    if denies || steps.first().is_some_and(|document| document.outcome == Outcome::Fail) {
        return Vec::new();
    }
    let context = Context::new(request.claims, role.given.context.as_ref(), request.now);
    let provider = context.provider().clone();
    let expected = role.expected(request, &provider);
    let evaluation = Evaluation::new(context, expected, role.places(), true);
    let issuer = judged.iter().position(|step| step.code == Code::AwsPolicyIssuer);
    let of = |(index, statement): (usize, &Statement)| {
        let (repaired, changes) = repair(statement, policy.variables, &evaluation)?;
        let size = role.given.document.as_ref().map(whole::size_of).unwrap_or_default();
        if size.saturating_add(render::growth(statement, &repaired)) > whole::LARGEST_QUOTA {
            return None;
        }
        let (hint, below) = told(role, statement, &repaired, &changes);
        // Where no statement is for the issuer, the step that says so is the one that people read.
        let step = match (issuer, &*below) {
            (Some(issuer), [0]) => vec![tree, issuer],
            _ => [&[tree, index], &*below].concat(),
        };
        let edited = role.with(&|policy| {
            if let Some(statement) = policy.statements.get_mut(index) {
                statement.clone_from(&repaired);
            }
        });
        Some(Proposal { step, hint, edited: Box::new(edited) })
    };
    let allows = policy.statements.iter().enumerate().filter(|(_, statement)| statement.effect == Some(Effect::Allow));
    allows.filter_map(of).take(PROPOSALS).collect()
}

/// What to say of the changes, and the way from the statement's step to the one that they are about.
fn told(role: &Role, statement: &Statement, repaired: &Statement, changes: &[Change]) -> (Hint, Vec<usize>) {
    let node = role.given.document.as_ref().ok().and_then(|found| place::statement(found, statement.number));
    let hint = |near: &Near, fix: String, at: Option<&Range<usize>>| Hint {
        fix: Some(fix),
        at: at.and_then(|at| role.places().span(at)),
        ..near.clone().hint()
    };
    if let [only @ Change { alone: true, .. }] = changes {
        let at = node.and_then(|node| place::part(node, only.whose, only.part));
        return (hint(&only.near, only.text.clone(), at), only.way());
    }
    let whole = changes.iter().any(|change| !matches!(change.whose, Whose::Condition(_)));
    let (what, fix, at) = if whole {
        ("statement", render::statement(repaired), node.map(|node| &node.at))
    } else {
        ("Condition", render::conditions(repaired), node.and_then(place::conditions))
    };
    let parts: Vec<String> = changes.iter().map(|change| change.name(statement)).collect();
    let count = match parts.len() {
        1 => "1 change is".to_owned(),
        several => format!("{several} changes are"),
    };
    let message = format!("{count} needed in the {what}, all in this one: {}.", parts.join(", "));
    (hint(&Near::new(Code::HintTogether, message, None), render::pretty(&fix), at), Vec::new())
}

/// The statement with its near misses put right, and what was changed. None where a part is wrong and no near miss, and
/// where nothing is wrong.
fn repair(
    statement: &Statement,
    variables: Variables,
    evaluation: &Evaluation<'_>,
) -> Option<(Statement, Vec<Change>)> {
    let mut repaired = statement.clone();
    let mut changes: Vec<Change> = Vec::new();
    for _ in 0..ROUNDS {
        let wrong = wrong(&repaired, variables, evaluation)?;
        if wrong.is_empty() {
            return Some((repaired, changes)).filter(|(_, changes)| !changes.is_empty());
        }
        for (whose, near) in wrong {
            let change = change::apply(&mut repaired, whose, near)?;
            changes.retain(|earlier| (earlier.whose, earlier.part) != (change.whose, change.part));
            changes.push(change);
        }
    }
    None
}

/// The parts of a statement that are not satisfied. None if one of them is no near miss.
fn wrong(statement: &Statement, variables: Variables, evaluation: &Evaluation<'_>) -> Option<Vec<(Whose, Near)>> {
    let mut wrong = Vec::new();
    let passed = |step: &Step| step.outcome == Outcome::Pass;
    if !passed(&principal::judge(&statement.principals, evaluation.principal, &evaluation.places)) {
        let near = principal::near(&statement.principals, evaluation.principal)?;
        wrong.push((Whose::Principal, near));
    }
    if !passed(&action::judge(&statement.actions, &evaluation.budget, &evaluation.places)) {
        // For other principals the action may be right.
        let near = action::near(&statement.actions).filter(|_| web_identities(&statement.principals))?;
        wrong.push((Whose::Action, near));
    }
    for (index, condition) in statement.conditions.iter().enumerate() {
        let judged = condition::judge(condition, variables, evaluation)?;
        if judged.judgement.outcome != Outcome::Pass {
            wrong.push((Whose::Condition(index), condition::near(&judged, evaluation)?));
        }
    }
    Some(wrong)
}

/// Whether a statement is for identity providers alone.
fn web_identities(principals: &Principals) -> bool {
    let Principals::Listed(listed) = principals else { return false };
    listed.iter().all(|principal| principal.kind == "Federated" && principal.value.contains(":oidc-provider/"))
}
