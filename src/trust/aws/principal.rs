//! Is a statement for the identity provider that issued this token?
//!
//! For a web identity, `Federated` names the IAM OIDC provider: `arn:<partition>:iam::<account>:oidc-provider/<issuer
//! without https://>`, in the role's own account
//! (<https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html>).

use super::{
    arn::Arn,
    budget::{self, Budget},
    compared::Compared,
    context::Provider,
    explain::Places,
    hint::{self, Near},
    link, pattern,
    policy::{Principal, Principals},
};
use crate::report::{Code, Outcome, Step};

/// What one entry of a principal comes to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Verdict {
    outcome: Outcome,
    detail: Option<&'static str>,
}

/// What a principal is compared with.
#[derive(Clone, Copy, Debug)]
pub(super) struct Expected<'a> {
    pub(super) provider: &'a Provider,
    /// The claim that the provider's name comes from.
    pub(super) issuer: Option<&'a str>,
    /// The role's ARN, where it is known.
    pub(super) role: Option<Arn<'a>>,
    /// The account of the role, or of the IAM OIDC provider that was given.
    pub(super) account: Option<&'a str>,
}

/// Judges the principal of a statement. `not_applicable`: it is for other identity providers.
pub(super) fn judge(principals: &Principals, expected: Expected<'_>, places: &Places<'_>) -> Step {
    let Principals::Listed(listed) = principals else {
        return Step::new(Code::AwsPrincipal, Outcome::Unknown, "whom the statement is for cannot be read")
            .reference(link::PRINCIPAL);
    };
    let verdicts: Vec<(&Principal, Verdict)> =
        listed.iter().map(|principal| (principal, of_entry(principal, expected))).collect();
    let outcome = Outcome::any(verdicts.iter().map(|(_, verdict)| verdict.outcome));
    let foreign = verdicts.iter().all(|(_, verdict)| verdict.outcome == Outcome::NotApplicable);
    if places.quiet {
        return Step::new(Code::AwsPrincipal, if foreign { Outcome::NotApplicable } else { outcome }, "");
    }
    let near = if outcome == Outcome::Pass { None } else { near(listed, expected) };
    let leader = match near.as_ref().and_then(Near::index) {
        Some(index) => verdicts.get(index),
        None => verdicts.iter().find(|(_, verdict)| verdict.outcome == outcome).or_else(|| verdicts.first()),
    };
    let title = match outcome {
        Outcome::Pass => "the statement is for this token's identity provider",
        Outcome::Unknown => "whether the statement is for this token's identity provider is not certain",
        _ if foreign => "the statement is for other identity providers",
        _ => "the statement is for this identity provider in another account",
    };
    let outcome = if foreign { Outcome::NotApplicable } else { outcome };
    let mut step = Step::new(Code::AwsPrincipal, outcome, title)
        .claim("iss")
        .expected(listed.iter().map(|principal| &principal.value))
        .reference(link::PRINCIPAL);
    step = step.actual(expected.issuer).hint(near.map(Near::hint));
    if let Some((principal, verdict)) = leader {
        step = step.at(places.span(&principal.at));
        step.detail = verdict.detail.map(Into::into);
    }
    step
}

/// The first entry that nearly names this token's provider, and what would settle it.
pub(super) fn near(listed: &[Principal], expected: Expected<'_>) -> Option<Near> {
    let of = |(index, principal): (usize, &Principal)| Some(hint::arn(&principal.value, expected)?.entry(index));
    listed.iter().enumerate().filter(|(_, principal)| principal.kind == "Federated").find_map(of)
}

fn of_entry(principal: &Principal, expected: Expected<'_>) -> Verdict {
    let verdict = |outcome, detail| Verdict { outcome, detail };
    let certain = |outcome| verdict(outcome, None);
    let unknown = |why| verdict(Outcome::Unknown, Some(why));
    let name = match expected.provider {
        _ if principal.value == "*" && ["AWS", "Federated"].contains(&&*principal.kind) => {
            return unknown("AWS does not document what * as a principal does with a web identity.");
        }
        _ if principal.kind != "Federated" => return certain(Outcome::NotApplicable),
        Provider::Absent => return certain(Outcome::NotApplicable),
        Provider::NotKnown => return unknown("The evidence does not tell the token's issuer."),
        Provider::Named(name) => name,
    };
    let arn = Arn::read(&principal.value);
    let Some((arn, written)) = arn.and_then(|arn| Some((arn, arn.resource.strip_prefix("oidc-provider/")?))) else {
        if principal.value == *name {
            return unknown("The name of a provider without an ARN is documented for four built-in providers only.");
        }
        return certain(Outcome::NotApplicable);
    };
    if written != name {
        return match () {
            () if written.eq_ignore_ascii_case(name) => {
                unknown("AWS does not say whether letter case counts in the ARN of an identity provider.")
            }
            () if could_match(written, name) => {
                unknown("An ARN in Principal cannot hold wildcards; what IAM does with one is not documented.")
            }
            () => certain(Outcome::NotApplicable),
        };
    }
    if !arn.is_real() {
        return unknown("The ARN does not hold a partition of AWS and an account id of 12 digits.");
    }
    match expected.account {
        _ if expected.role.is_some_and(|role| role.partition != arn.partition) => {
            verdict(Outcome::Fail, Some("Its ARN is of another partition of AWS than the role."))
        }
        Some(account) if account != arn.account => {
            verdict(Outcome::Fail, Some("STS looks for the identity provider in the role's own account only."))
        }
        _ => certain(Outcome::Pass),
    }
}

/// Whether a provider's name with wildcards would be this one if they counted.
fn could_match(written: &str, name: &str) -> bool {
    let tokens: Vec<_> = pattern::tokens(written).collect();
    written.contains(['*', '?']) && pattern::matches(&tokens, name, &Budget::new(budget::HINT_STEPS)) != Compared::No
}
