//! Is a statement about `sts:AssumeRoleWithWebIdentity`?
//!
//! Prefix and name ignore letter case
//! (<https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_action.html>). That wildcards match in
//! a permission policy is documented, and so it is of a resource control policy
//! (<https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_rcps_syntax.html>, a copy of 2026);
//! whether a trust policy may hold them is not, so one that would match is unknown.

use super::{
    budget::Budget,
    compared::Compared,
    difference::brief,
    explain::Places,
    hint::{Near, Part},
    link,
    listed::{self, Wanted},
    pattern,
    policy::{Action, Actions},
};
use crate::{
    report::{Code, Outcome, Step},
    trust::near::as_meant,
};

const WANTED: &str = "sts:AssumeRoleWithWebIdentity";
const WILDCARD: &str = "AWS does not document wildcards in the actions of a trust policy.";

/// Judges `Action` or `NotAction`. `wildcards`: it is documented that the policy may hold them.
pub(super) fn judge(actions: &Actions, wildcards: bool, budget: &Budget, places: &Places<'_>) -> Step {
    let links = [link::ACTION, link::NOT_ACTION];
    let wanted = Wanted { code: Code::AwsAction, name: WANTED, value: Some(WANTED), links };
    let step = listed::judge(actions, &wanted, places, &|action, not| {
        if not { excludes(action, budget) } else { names(action, wildcards, budget) }
    });
    if step.outcome == Outcome::Fail && !places.quiet { step.hint(near(actions).map(Near::hint)) } else { step }
}

/// The first entry that is almost the action, or another way to assume a role.
pub(super) fn near(actions: &Actions) -> Option<Near> {
    let Actions::Only(listed) = actions else { return None };
    let alike = |action: &Action| {
        let (name, _) = as_meant(&action.name.to_ascii_lowercase());
        name.starts_with("sts:assumerole") && !name.contains(['*', '?'])
    };
    let index = listed.iter().position(alike)?;
    let name = brief(&listed.get(index)?.name);
    let message = ["The action ", &name, " takes no token; ", WANTED, " does."].concat();
    Some(Near::new(Code::HintAction, message, Some((Part::Entry(index), WANTED.to_owned()))))
}

fn names(action: &Action, wildcards: bool, budget: &Budget) -> Compared {
    if action.name.eq_ignore_ascii_case(WANTED) {
        return Compared::Yes;
    }
    if !action.name.contains(['*', '?']) {
        return Compared::No;
    }
    let tokens: Vec<_> = pattern::tokens(&action.name.to_ascii_lowercase()).collect();
    match pattern::matches(&tokens, &WANTED.to_ascii_lowercase(), budget) {
        Compared::Yes if !wildcards => Compared::Unknown(WILDCARD),
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
    names(action, false, budget)
}
