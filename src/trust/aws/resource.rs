//! Is a statement of a resource control policy about this role?
//!
//! `*` and `?` match within the parts of an ARN, and a `*` at the end of a part also beyond it
//! (<https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_resource.html>, a copy of 2026). Of the
//! names of users it is said there that letter case counts, of those of roles it is not.

use super::{
    compared::Compared,
    evaluate::Evaluation,
    link,
    listed::{self, Wanted},
    operator::{Family, Surroundings, compare},
    policy::{Literal, Resources, Variables},
};
use crate::report::{Code, Step};

/// Judges `Resource` or `NotResource`.
pub(super) fn judge(resources: &Resources, variables: Variables, evaluation: &Evaluation<'_>) -> Step {
    let role = evaluation.principal.role.filter(|arn| arn.resource.starts_with("role/")).map(|arn| arn.text);
    let links = [link::RESOURCE, link::NOT_RESOURCE];
    let wanted = Wanted { code: Code::AwsResource, name: "this role", value: role, links };
    let around =
        Surroundings { context: &evaluation.context, variables, budget: &evaluation.budget, from_token: false };
    listed::judge(resources, &wanted, &evaluation.places, &|entry, _| {
        let Some(role) = role.filter(|_| entry.name != "*") else {
            return match &*entry.name {
                "*" => Compared::Yes,
                _ => Compared::Unknown("The role's ARN is not known: give the output of get-role, or the ARN as name."),
            };
        };
        let loose = entry.name.to_ascii_lowercase();
        let read =
            |family, pattern: &str, role: &str| compare(family, &Literal::Text(pattern.to_owned()), role, around);
        Compared::agreed(
            [read(Family::StringLike, &loose, &role.to_ascii_lowercase()), read(Family::Arn, &entry.name, role)],
            "AWS does not say whether letter case counts here, or whether this * reaches beyond a colon.",
        )
    })
}
