//! Condition operators: the table, their names, and how one value of the policy meets one value of the request.
//!
//! <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html>

mod arn;
mod binary;
mod boolean;
mod date;
mod ip;
mod name;
mod numeric;
mod string;
mod table;

use super::{
    budget::Budget,
    compared::Compared,
    context::Context,
    policy::{Literal, Variables},
};

pub(super) use name::{Named, Set, Use, read_name};
pub(super) use table::{Family, OPERATORS, Operator, Order};

/// What a comparison needs beside the two values.
#[derive(Clone, Copy, Debug)]
pub(super) struct Surroundings<'a> {
    /// The request context, for policy variables.
    pub(super) context: &'a Context<'a>,
    /// Whether `${…}` is replaced in this policy.
    pub(super) variables: Variables,
    /// The bound on the work.
    pub(super) budget: &'a Budget,
    /// Whether the request's value comes from the token (else from the request).
    pub(super) from_token: bool,
}

/// Compares one value of the policy with one value of the request, without the operator's negation.
pub(super) fn compare(family: Family, policy: &Literal, request: &str, around: Surroundings<'_>) -> Compared {
    match family {
        Family::String => string::equals(policy, request, around),
        Family::StringIgnoreCase => string::equals_ignore_case(policy, request, around),
        Family::StringLike => string::like(policy, request, around),
        Family::Numeric(order) => numeric::compare(order, policy, request),
        Family::Date(order) => date::compare(order, policy, request),
        Family::Bool => boolean::equals(policy, request, around),
        Family::Binary => binary::equals(policy, request, around),
        Family::Ip => ip::within(policy, request),
        Family::Arn => arn::like(policy, request, around),
        // Looks at whether the key is there, not at its value: `quantify` answers it before.
        Family::Null => Compared::Unknown("Null compares no values."),
    }
}
