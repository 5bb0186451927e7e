//! Changes of the policy that may let a token in which it refuses: near misses, put right.
//!
//! A statement is repaired in rounds, because what is wrong with a value shows only once its key is right. All that is
//! found is a proposal; `trust::proof` shows none that does not let the token in.

mod change;

use std::ops::Range;

use self::change::{Repair, Whose};
use super::{
    action, condition,
    context::Context,
    document::Form,
    evaluate::Evaluation,
    hint::{Near, Part},
    policy::{Effect, Kind, Principal, Principals, Statement, Variables},
    principal, read,
    role::Role,
    statement, whole,
};
use crate::{
    json::Node,
    report::{Code, Hint, Outcome, Step},
    search::Search as _,
    trust::{Proposal, Request},
};

/// Rounds of one statement: the key, then the value, then the operator of each of two conditions.
const ROUNDS: usize = 6;

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
    let evaluation = Evaluation::new(context, role.expected(request, &provider), role.places(), &role.tries);
    let issuer = judged.iter().position(|step| step.code == Code::AwsPolicyIssuer);
    let mut proposals = Vec::new();
    for (index, statement) in policy.statements.iter().enumerate() {
        if statement.effect != Some(Effect::Allow) || proposals.len() >= PROPOSALS {
            continue;
        }
        let Some((repaired, hint, way)) = repair(role, statement, policy.variables, &evaluation) else { continue };
        // Where no statement is for the issuer, the step that says so is the one that people read.
        let step = match (issuer, &*way) {
            (Some(issuer), [0]) => vec![tree, issuer],
            _ => [&[tree, index], &*way].concat(),
        };
        let edited = role.with(&|policy| {
            if let Some(statement) = policy.statements.get_mut(index) {
                statement.clone_from(&repaired);
            }
        });
        proposals.push(Proposal { step, hint, edited: Box::new(edited) });
    }
    proposals
}

/// The statement with one condition's operator renamed, the text to put in, and in whose place.
pub(super) fn rename(
    role: &Role,
    statement: &Statement,
    index: usize,
    operator: &str,
) -> Option<(Statement, String, Range<usize>)> {
    let mut repair = Repair::of(written(role, statement)?);
    let near = Near::new(Code::HintTogether, String::new(), Some((Part::Operator, operator.to_owned())));
    repair.apply(Whose::Condition(index), near)?;
    let (renamed, hint, at, _) = repaired(role, statement, repair)?;
    Some((renamed, hint.fix?, at))
}

/// The statement as it was given.
fn written<'a>(role: &'a Role, statement: &Statement) -> Option<&'a Node> {
    let found = role.given.document.as_ref().ok()?;
    let statements = if found.form == Form::Policy { found.policy.get("Statement")? } else { &found.policy };
    statements.one_or_many().get(statement.number.checked_sub(1)?)
}

/// The statement with its changes, what to say of them, what they replace, and the way from its step to the one that this
/// is about. None where the policy would get too large, or name a key twice.
#[inline(never)]
fn repaired(role: &Role, statement: &Statement, repair: Repair) -> Option<(Statement, Hint, Range<usize>, Vec<usize>)> {
    let repaired = read::statement(statement.number, &repair.node, Kind::Trust, &mut Vec::new());
    let unique = repair.node.duplicates().is_empty();
    let (hint, at, way) = repair.told()?;
    // What is replaced is not taken off: only a policy that fills the largest quota anyway is without a fix then.
    let size = role.given.document.as_ref().map_or(0, whole::size_of);
    let size = size.saturating_add(hint.fix.as_ref().map_or(0, String::len));
    (size <= whole::LARGEST_QUOTA && unique).then_some((repaired, hint, at, way))
}

/// The statement with its near misses put right, what to say of it, and the way from its step to the one that this is
/// about. None where nothing is wrong, and where something is wrong and no near miss.
fn repair(
    role: &Role,
    statement: &Statement,
    variables: Variables,
    evaluation: &Evaluation<'_>,
) -> Option<(Statement, Hint, Vec<usize>)> {
    let mut repair = Repair::of(written(role, statement)?);
    for _ in 0..ROUNDS {
        let right = read::statement(statement.number, &repair.node, Kind::Trust, &mut Vec::new());
        if put_right(&mut repair, &right, variables, evaluation)? {
            let (repaired, hint, at, way) = repaired(role, statement, repair)?;
            return Some((repaired, Hint { at: role.places().span(&at), ..hint }, way));
        }
    }
    None
}

/// Changes the parts of a statement that are not satisfied. True if there are none; none if one is no near miss.
fn put_right(
    repair: &mut Repair,
    statement: &Statement,
    variables: Variables,
    evaluation: &Evaluation<'_>,
) -> Option<bool> {
    let step = statement::step(statement, variables, evaluation);
    repair.moved = false;
    for (index, part) in step.children.iter().enumerate() {
        // Once a key has gone to another operator, the conditions count anew.
        if part.outcome == Outcome::Pass || repair.moved {
            continue;
        }
        let (whose, near) = match (index, &statement.principals) {
            (0, Principals::Listed(listed)) => (Whose::Principal, principal::near(listed, evaluation.principal)?),
            // For other principals the action may be right.
            (1, Principals::Listed(listed)) if listed.iter().all(is_web_identity) => {
                (Whose::Action, action::near(&statement.actions)?)
            }
            (_, principals) => {
                let index = index.checked_sub(2)?;
                let judged = condition::judge(statement.conditions.get(index)?, variables, evaluation)?;
                // The key may be another identity provider's that the statement is for too.
                let only = matches!(principals, Principals::Listed(listed) if listed.len() == 1);
                let near = condition::near(&judged, evaluation).filter(|near| only || !near.is_key())?;
                (Whose::Condition(index), near)
            }
        };
        repair.apply(whose, near)?;
    }
    Some(step.outcome == Outcome::Pass)
}

/// Whether a principal is an identity provider.
fn is_web_identity(principal: &Principal) -> bool {
    principal.kind == "Federated" && principal.value.holds(":oidc-provider/")
}
