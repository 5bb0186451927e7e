//! Is a statement about `sts:AssumeRoleWithWebIdentity`?
//!
//! Prefix and name ignore letter case
//! (<https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_action.html>). That wildcards match in
//! a permission policy is documented; whether a trust policy may hold them is not, so one that would match is unknown.

use super::{
    budget::Budget,
    compared::Compared,
    difference::brief,
    explain::Places,
    hint::{self, Near, Part},
    link, pattern,
    policy::{Action, Actions},
};
use crate::report::{Code, Outcome, Step};

const WANTED: &str = "sts:AssumeRoleWithWebIdentity";
const WILDCARD: &str = "AWS does not document wildcards in the actions of a trust policy.";

/// Judges `Action` or `NotAction`.
pub(super) fn judge(actions: &Actions, budget: &Budget, places: &Places<'_>) -> Step {
    let (listed, not, link) = match actions {
        Actions::Only(listed) => (listed, false, link::ACTION),
        Actions::AllBut(listed) => (listed, true, link::NOT_ACTION),
        Actions::Refused => {
            return Step::new(Code::AwsAction, Outcome::Unknown, "what the statement is about cannot be read")
                .reference(link::ACTION);
        }
    };
    let compared: Vec<Compared> =
        listed.iter().map(|action| if not { excludes(action, budget) } else { names(action, budget) }).collect();
    let named = Outcome::any(compared.iter().map(|one| one.outcome()));
    let outcome = if not { named.negate() } else { named };
    let title = match outcome {
        Outcome::Pass => format!("the statement is about {WANTED}"),
        Outcome::Unknown => format!("whether the statement is about {WANTED} is not certain"),
        _ => format!("the statement is not about {WANTED}"),
    };
    let leader = listed.iter().zip(&compared).find(|(_, one)| one.outcome() == named).map(|(action, _)| action);
    let mut step = Step::new(Code::AwsAction, outcome, title)
        .expected(listed.iter().map(|action| &action.name))
        .actual(Some(WANTED))
        .at(leader.or(listed.first()).and_then(|action| places.span(&action.at)))
        .reference(link);
    if outcome == Outcome::Fail {
        step = step.hint(near(actions).map(Near::hint));
    }
    step.detail = match outcome {
        Outcome::Unknown => compared.iter().find_map(|one| one.reason()).map(str::to_owned),
        _ => None,
    };
    step
}

/// The first entry that is almost the action, or another way to assume a role.
pub(super) fn near(actions: &Actions) -> Option<Near> {
    let Actions::Only(listed) = actions else { return None };
    let alike = |action: &Action| {
        let (name, _) = hint::clean(&action.name.to_ascii_lowercase());
        name.starts_with("sts:assumerole") && !name.contains(['*', '?'])
    };
    let index = listed.iter().position(alike)?;
    let name = brief(&listed.get(index)?.name);
    let message = ["The action ", &name, " takes no token; ", WANTED, " does."].concat();
    Some(Near::new(Code::HintAction, message, Some((Part::Entry(index), WANTED.to_owned()))))
}

fn names(action: &Action, budget: &Budget) -> Compared {
    if action.name.eq_ignore_ascii_case(WANTED) {
        return Compared::Yes;
    }
    if !action.name.contains(['*', '?']) {
        return Compared::No;
    }
    let tokens: Vec<_> = pattern::tokens(&action.name.to_ascii_lowercase()).collect();
    match pattern::matches(&tokens, &WANTED.to_ascii_lowercase(), budget) {
        Compared::Yes => Compared::Unknown(WILDCARD),
        other => other,
    }
}

/// Here a wildcard that does not match would let the statement apply, so it is unknown as well.
fn excludes(action: &Action, budget: &Budget) -> Compared {
    let sts = action.name.split_once(':').is_some_and(|(service, _)| service.eq_ignore_ascii_case("sts"));
    if !sts || action.name.contains(['*', '?']) {
        return Compared::Unknown(
            "AWS does not document wildcards, or actions other than those of STS, in NotAction of a trust policy.",
        );
    }
    names(action, budget)
}
