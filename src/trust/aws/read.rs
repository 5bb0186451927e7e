//! From JSON to a [`Policy`], with everything that AWS refuses on the way; what only resource control policies are refused
//! for, `rcp` adds.
//!
//! <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html>

use super::{
    budget,
    document::{Form, Found},
    fault::{Fault, Problem},
    policy::{Effect, Kind, Policy, Statement, Variables},
    read_condition, read_principal,
};
use crate::json::{Data, Member, Node, repetitions};

/// The elements of a statement.
const ELEMENTS: [&str; 9] =
    ["Sid", "Effect", "Principal", "NotPrincipal", "Action", "NotAction", "Resource", "NotResource", "Condition"];

/// Reads what was found.
pub(super) fn policy(found: &Found) -> (Policy, Vec<Problem>) {
    let mut problems = Vec::new();
    let root = &found.policy;
    let (variables, statements) = match found.form {
        Form::Policy => {
            unknown_members(root, &["Version", "Id", "Statement"], None, &mut problems);
            if let Some(id) = root.get("Id").filter(|id| id.as_str().is_none()) {
                let title = format!("Id has to be a string, this one is {}", id.kind());
                problems.push(Problem::new(Fault::Syntax, title, None, &id.at));
            }
            (version(root, &mut problems), root.get("Statement"))
        }
        Form::Statements => (Variables::NotTold, Some(root)),
    };
    let Some(statements) = statements else {
        problems.push(Problem::new(Fault::Syntax, "the policy has no Statement", None, &root.at));
        return (Policy { variables, statements: Vec::new(), more: false }, problems);
    };
    if statements.as_array().is_some_and(<[Node]>::is_empty) {
        problems.push(Problem::new(Fault::NoStatements, "Statement is an empty list", None, &statements.at));
    }
    let mut read = Vec::new();
    let all = statements.one_or_many();
    let first = all.get(..budget::STATEMENTS).unwrap_or(all);
    for (index, node) in first.iter().enumerate() {
        let number = index.saturating_add(1);
        if node.as_object().is_some() {
            read.push(statement(number, node, found.kind, &mut problems));
        } else {
            let title = format!("a statement has to be an object, this one is {}", node.kind());
            problems.push(Problem::new(Fault::Syntax, title, Some(number), &node.at));
        }
    }
    sids(first, found.stored, &mut problems);
    (Policy { variables, statements: read, more: first.len() < all.len() }, problems)
}

fn version(root: &Node, problems: &mut Vec<Problem>) -> Variables {
    let Some(node) = root.get("Version") else { return Variables::Literal };
    match node.as_str() {
        Some("2012-10-17") => Variables::Replaced,
        Some("2008-10-17") => Variables::Literal,
        _ => {
            let title =
                "Version is neither 2012-10-17 nor 2008-10-17: it is the version of the language, not a date to choose";
            problems.push(Problem::new(Fault::Version, title, None, &node.at));
            Variables::NotTold
        }
    }
}

/// Reads one statement.
pub(super) fn statement(number: usize, node: &Node, kind: Kind, problems: &mut Vec<Problem>) -> Statement {
    unknown_members(node, &ELEMENTS, Some(number), problems);
    let mut resources = None;
    if kind == Kind::ResourceControl {
        let names = ["Resource", "NotResource"];
        resources = Some(read_principal::either(names, Fault::Resource, number, node, problems));
    } else {
        for name in ["Resource", "NotResource"] {
            if let Some(member) = member(node, name) {
                let everybody = node.get("Principal").map(|who| who.get("AWS").unwrap_or(who)).and_then(Node::as_str);
                let other = if everybody == Some("*") { "; a resource control policy goes beside it" } else { "" };
                let title = format!("a trust policy has no {name}: it is about its role{other}");
                problems.push(Problem::new(Fault::Resource, title, Some(number), &member.name_at));
            }
        }
    }
    Statement {
        number,
        sid: node.get("Sid").and_then(Node::as_str).map(str::to_owned),
        effect: effect(number, node, problems),
        principals: read_principal::principals(number, node, kind, problems),
        actions: read_principal::actions(number, node, kind, problems),
        resources,
        conditions: read_condition::conditions(number, node, problems),
        at: node.at.clone(),
    }
}

fn effect(number: usize, node: &Node, problems: &mut Vec<Problem>) -> Option<Effect> {
    let Some(effect) = node.get("Effect") else {
        problems.push(Problem::new(Fault::Effect, "the statement has no Effect", Some(number), &node.at));
        return None;
    };
    match effect.as_str() {
        Some("Allow") => Some(Effect::Allow),
        Some("Deny") => Some(Effect::Deny),
        _ => {
            let title = "Effect has to be Allow or Deny, in this letter case";
            problems.push(Problem::new(Fault::Effect, title, Some(number), &effect.at));
            None
        }
    }
}

/// Sids are unique. That a character outside letters and digits is refused is Access Analyzer's word only, so it is
/// unknown, unless IAM has stored the document already. `"Sid": ""` is common and taken.
fn sids(statements: &[Node], stored: bool, problems: &mut Vec<Problem>) {
    let texts: Vec<&str> = statements.iter().map(|node| node.get("Sid").and_then(Node::as_str).unwrap_or("")).collect();
    let mut repeated = repetitions(&texts).into_iter().peekable();
    for (index, node) in statements.iter().enumerate() {
        let number = Some(index.saturating_add(1));
        let first =
            repeated.next_if(|(_, again)| *again == index).and_then(|(first, _)| statements.get(first)?.get("Sid"));
        let Some(sid) = node.get("Sid") else { continue };
        let Some(text) = sid.as_str() else {
            let title = format!("Sid has to be a string, this one is {}", sid.kind());
            problems.push(Problem::new(Fault::Syntax, title, number, &sid.at));
            continue;
        };
        if text.is_empty() {
            continue;
        }
        if let Some(first) = first {
            let title = format!("two statements have the Sid {text}");
            let problem = Problem::new(Fault::DuplicateSid, title, number, &sid.at);
            problems.push(Problem { first: Some(first.at.clone()), ..problem });
        }
        if !stored && !text.chars().all(|character| character.is_ascii_alphanumeric()) {
            let title = "AWS does not document whether IAM takes a Sid with other characters than letters and digits";
            problems.push(Problem::new(Fault::UndocumentedSid, title, number, &sid.at));
        }
    }
}

fn unknown_members(node: &Node, known: &[&str], number: Option<usize>, problems: &mut Vec<Problem>) {
    let Some(members) = node.as_object() else {
        let title = format!("a policy has to be an object, this is {}", node.kind());
        problems.push(Problem::new(Fault::Syntax, title, number, &node.at));
        return;
    };
    for member in members.iter().filter(|member| !known.contains(&&*member.name)) {
        let similar = known.iter().find(|name| {
            name.eq_ignore_ascii_case(&member.name) || member.name.strip_suffix('s').is_some_and(|stem| stem == **name)
        });
        let title = match similar {
            Some(name) => format!("there is no element {}; it is called {name}", member.name),
            None => format!("there is no element {}; known are {}", member.name, known.join(", ")),
        };
        problems.push(Problem::new(Fault::Syntax, title, number, &member.name_at));
    }
}

/// The last member of this name.
pub(super) fn member<'a>(node: &'a Node, name: &str) -> Option<&'a Member> {
    node.as_object()?.iter().rev().find(|member| member.name == name)
}

/// A string or a list of strings, each with its place. None, and a problem, where it is something else.
pub(super) fn strings<'a>(
    name: &str,
    node: &'a Node,
    number: usize,
    problems: &mut Vec<Problem>,
) -> Option<Vec<(&'a str, &'a Node)>> {
    let mut read = Vec::new();
    for item in node.one_or_many() {
        match &item.data {
            Data::String(text) => read.push((&**text, item)),
            _ => {
                let title = format!("{name} has to be a string or a list of strings; here is {}", item.kind());
                problems.push(Problem::new(Fault::Syntax, title, Some(number), &item.at));
                return None;
            }
        }
    }
    Some(read)
}
