//! Reads whom and what a statement is about.
//!
//! <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html>,
//! <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_action.html>

use super::{
    fault::{Fault, Problem},
    policy::{Action, Actions, Kind, Principal, Principals},
    read::{member, strings},
};
use crate::json::{Data, Node};

/// Reads `Principal`.
pub(super) fn principals(number: usize, statement: &Node, kind: Kind, problems: &mut Vec<Problem>) -> Principals {
    let mut refuse = |fault, title: &str, at| problems.push(Problem::new(fault, title, Some(number), at));
    if let Some(not) = member(statement, "NotPrincipal") {
        refuse(Fault::NotPrincipal, "the policy cannot hold NotPrincipal", &not.name_at);
        return Principals::Refused;
    }
    let Some(node) = statement.get("Principal") else {
        refuse(Fault::NoPrincipal, "the statement has no Principal", &statement.at);
        return Principals::Refused;
    };
    let members = match &node.data {
        Data::String(text) if text == "*" && kind == Kind::ResourceControl => return Principals::Listed(Vec::new()),
        Data::Object(members) => members,
        Data::String(text) if text == "*" => {
            let title = "AWS calls \"Principal\": \"*\" unsupported in a trust policy, and does not document what IAM does with it";
            refuse(Fault::PrincipalStar, title, &node.at);
            // The same as {"AWS": "*"} (https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html).
            let all = Principal { kind: "AWS".to_owned(), value: text.clone(), at: node.at.clone() };
            return Principals::Listed(vec![all]);
        }
        _ => {
            refuse(Fault::PrincipalType, "Principal has to be an object such as {\"Federated\": …}", &node.at);
            return Principals::Refused;
        }
    };
    if members.is_empty() {
        refuse(Fault::EmptyPrincipal, "Principal is empty", &node.at);
        return Principals::Refused;
    }
    let mut listed = Vec::new();
    for member in members {
        if !["AWS", "Federated", "Service", "CanonicalUser"].contains(&&*member.name) {
            let title = format!("there is no principal type {}", member.name);
            problems.push(Problem::new(Fault::PrincipalType, title, Some(number), &member.name_at));
            continue;
        }
        empty_list(&member.name, &member.value, number, problems);
        for (value, node) in strings(&member.name, &member.value, number, problems).unwrap_or_default() {
            if member.name == "Federated" && !is_provider_name(value) {
                let title = "the identity provider is neither an ARN nor a domain name";
                problems.push(Problem::new(Fault::ProviderName, title, Some(number), &node.at));
            }
            listed.push(Principal { kind: member.name.clone(), value: value.to_owned(), at: node.at.clone() });
        }
    }
    Principals::Listed(listed)
}

/// Access Analyzer only remarks on an empty list ("does not affect the policy"), and of `NotAction` says nothing at all.
fn empty_list(name: &str, node: &Node, number: usize, problems: &mut Vec<Problem>) {
    if node.as_array().is_some_and(<[Node]>::is_empty) {
        let title = format!("{name} is an empty list; what IAM does with it is not documented");
        problems.push(Problem::new(Fault::EmptyList, title, Some(number), &node.at));
    }
}

/// Whether it has the form of an ARN, of a domain name, or is the `*` of which nothing is documented.
fn is_provider_name(value: &str) -> bool {
    let domain = |label: &str| {
        !label.is_empty() && label.chars().all(|character| character.is_ascii_alphanumeric() || character == '-')
    };
    value == "*" || value.starts_with("arn:") || value.split('.').all(domain)
}

/// Reads `Action` or `NotAction`.
pub(super) fn actions(number: usize, statement: &Node, kind: Kind, problems: &mut Vec<Problem>) -> Actions {
    let read = either(["Action", "NotAction"], Fault::NoAction, number, statement, problems);
    // Whether NotAction may name what STS does not have is not documented: it is unknown, not refused.
    if let (Kind::Trust, Actions::Only(listed)) = (kind, &read) {
        for action in listed {
            let service = action.name.split_once(':').map(|(service, _)| service);
            if action.name != "*" && !service.is_some_and(|service| service.eq_ignore_ascii_case("sts")) {
                let title = format!("{} is not an action of STS", action.name);
                problems.push(Problem::new(Fault::ForeignAction, title, Some(number), &action.at));
            }
        }
    }
    read
}

/// Reads an element, or the one that says the opposite: exactly one of them has to be there.
pub(super) fn either(
    names: [&str; 2],
    missing: Fault,
    number: usize,
    statement: &Node,
    problems: &mut Vec<Problem>,
) -> Actions {
    let mut read = |name: &str, node: &Node| -> Option<Vec<Action>> {
        let names = strings(name, node, number, problems)?;
        empty_list(name, node, number, problems);
        Some(names.iter().map(|(name, node)| Action { name: (*name).to_owned(), at: node.at.clone() }).collect())
    };
    let [only, not] = names;
    match (member(statement, only), member(statement, not)) {
        (Some(found), None) => read(only, &found.value).map_or(Actions::Refused, Actions::Only),
        (None, Some(found)) => read(not, &found.value).map_or(Actions::Refused, Actions::AllBut),
        (Some(_), Some(again)) => {
            let title = format!("{only} and {not} cannot stand in one statement");
            problems.push(Problem::new(Fault::Syntax, title, Some(number), &again.name_at));
            Actions::Refused
        }
        (None, None) => {
            problems.push(Problem::new(missing, format!("the statement has no {only}"), Some(number), &statement.at));
            Actions::Refused
        }
    }
}
