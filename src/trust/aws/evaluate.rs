//! The policy as a whole: one Allow has to apply, and no Deny may.
//!
//! <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html>

use crate::search::Search as _;

use std::cell::Cell;

use super::{
    budget::{self, Budget, Tries},
    context::{Context, Provider},
    difference::brief,
    explain::Places,
    hint, link,
    policy::{Effect, Policy, Principal, Principals},
    principal::Expected,
    statement,
};
use crate::report::{Code, Outcome, Step};

/// What the judging of one policy needs.
#[derive(Debug)]
pub(super) struct Evaluation<'a> {
    pub(super) context: Context<'a>,
    pub(super) principal: Expected<'a>,
    pub(super) places: Places<'a>,
    pub(super) budget: Budget,
    pub(super) hint_budget: Budget,
    conditions_left: Cell<usize>,
}

impl<'a> Evaluation<'a> {
    /// Where nobody reads the steps, nearly equal values are not looked for.
    pub(super) fn new(context: Context<'a>, principal: Expected<'a>, places: Places<'a>, tries: &Tries) -> Self {
        Self {
            context,
            principal,
            places,
            budget: Budget::within(budget::COMPARISON_STEPS, tries),
            hint_budget: Budget::within(if places.quiet { 0 } else { budget::HINT_STEPS }, tries),
            conditions_left: Cell::new(budget::CONDITIONS),
        }
    }

    /// False once [`budget::CONDITIONS`] were counted.
    pub(super) fn count_condition(&self) -> bool {
        let left = self.conditions_left.get();
        self.conditions_left.set(left.saturating_sub(1));
        left > 0
    }
}

/// Judges the policy.
pub(super) fn step(policy: &Policy, evaluation: &Evaluation<'_>) -> Step {
    let statements: Vec<Step> =
        policy.statements.iter().map(|one| statement::step(one, policy.variables, evaluation)).collect();
    let of = |deny: bool| {
        policy
            .statements
            .iter()
            .zip(&statements)
            .filter(move |(statement, _)| (statement.effect == Some(Effect::Deny)) == deny)
            .map(|(_, step)| step.outcome)
    };
    let allowed = Outcome::any(of(false));
    let not_denied = Outcome::all(of(true));
    let outcome = Outcome::all([allowed, not_denied]);
    if policy.more {
        let title = format!("the policy has more than {} statements; the rest is not judged", budget::STATEMENTS);
        return Step::new(Code::AwsPolicy, Outcome::Unknown, title).reference(link::EVALUATION).children(statements);
    }
    if evaluation.places.quiet {
        return Step::new(Code::AwsPolicy, outcome, "");
    }
    let none =
        if of(false).all(|outcome| outcome == Outcome::NotApplicable) { no_allow(policy, evaluation) } else { None };
    let title = match outcome {
        Outcome::Pass => "the trust policy lets this token in",
        Outcome::Fail => "the trust policy does not let this token in",
        Outcome::Unknown | Outcome::NotApplicable => "whether the trust policy lets this token in is not certain",
    };
    let mut step = Step::new(Code::AwsPolicy, outcome, title).reference(link::EVALUATION).children(statements);
    step.children.extend(none);
    if outcome == Outcome::Fail {
        step = step.vendor_text("AccessDenied: Not authorized to perform sts:AssumeRoleWithWebIdentity");
    }
    step
}

/// The first few principals, as people call them.
fn some(listed: &[&Principal]) -> String {
    const SHOWN: usize = 3;
    let mut names: Vec<String> = Vec::new();
    for principal in listed {
        let name = brief(principal.value.cut(":oidc-provider/").map_or(&*principal.value, |(_, name)| name));
        if !names.contains(&name) {
            names.push(name);
        }
        if names.len() > SHOWN {
            names.truncate(SHOWN);
            names.push("others".to_owned());
            break;
        }
    }
    names.join(", ")
}

/// Says why no Allow is about this token at all.
fn no_allow(policy: &Policy, evaluation: &Evaluation<'_>) -> Option<Step> {
    let allows = || policy.statements.iter().filter(|statement| statement.effect != Some(Effect::Deny));
    if policy.statements.is_empty() {
        return None;
    }
    if allows().next().is_none() {
        let title = "no statement allows anything: without an Allow everybody is refused";
        return Some(Step::new(Code::AwsPolicyAllow, Outcome::Fail, title).reference(link::EVALUATION));
    }
    let listed: Vec<_> = allows()
        .filter_map(|statement| match &statement.principals {
            Principals::Listed(listed) => Some(listed),
            Principals::Refused => None,
        })
        .flatten()
        .collect();
    if listed.is_empty() {
        return None;
    }
    let principals: Vec<&str> = listed.iter().map(|principal| &*principal.value).collect();
    let near =
        listed.iter().find_map(|principal| Some((hint::arn(&principal.value, evaluation.principal)?, principal)));
    let at = near.as_ref().map(|(_, principal)| **principal).or_else(|| listed.first().copied());
    let title = format!("no statement is for this token's issuer, only for {}", some(&listed));
    let mut step = Step::new(Code::AwsPolicyIssuer, Outcome::Fail, title)
        .claim("iss")
        .expected(principals)
        .at(at.and_then(|principal| evaluation.places.span(&principal.at)))
        .hint(near.map(|(near, _)| near.hint()))
        .reference(link::PRINCIPAL);
    match evaluation.context.provider() {
        Provider::Named(_) => step = step.actual(evaluation.context.claims().text("iss")),
        Provider::Absent => step = step.detail("The token has no issuer."),
        Provider::NotKnown => step = step.detail("The evidence does not tell the token's issuer."),
    }
    Some(step)
}
