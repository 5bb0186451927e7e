//! What Google finds when an expression is stored: a little of what CEL's type checker does.
//!
//! The expression is evaluated with every variable unknown. What fails then for its names and types fails for every token.

use super::{
    environment::Environment,
    evaluate::evaluate,
    function::meant,
    kinds::Kinds,
    mistake::dotted,
    node::{Form, Node},
    problem::Problem,
    traced::Traced,
    value::{Cause, Reason},
};

/// Checks a tree whose result has to be one of `wanted`.
pub(super) fn check(text: &str, root: &Node, environment: &Environment, wanted: Kinds) -> Vec<Problem> {
    let traced = evaluate(root, environment, true);
    let mut problems = Vec::new();
    collect(&traced, text, &mut problems);
    let kinds = traced.value.kinds();
    if problems.is_empty() && !kinds.meets(wanted) && kinds != Kinds::NONE {
        let message = ["the result is ", &*kinds.words(), ", but it has to be ", &*wanted.words()];
        problems.push(*Problem::new(root.at.clone(), &message));
    }
    problems
}

fn collect(traced: &Traced<'_>, text: &str, problems: &mut Vec<Problem>) {
    let node = traced.node;
    let problem = match if node.is(".") { dotted(text, node.at.start) } else { None } {
        Some((claim, end)) => {
            let message = "a claim's name with dots and slashes stands in brackets and quotes";
            Problem::new(node.at.start..end, &[message]).fix(&["assertion['", claim, "']"])
        }
        _ if traced.value.is_error() && !traced.parts.iter().any(|part| part.value.is_error()) => {
            let Some(problem) = traced.value.cause().and_then(|cause| of(cause, node)) else { return };
            problem
        }
        _ => {
            let before = problems.len();
            for part in &traced.parts {
                collect(part, text, problems);
            }
            let Some(problem) = undocumented(traced).filter(|_| problems.len() == before) else { return };
            problem
        }
    };
    // One mistake is told once: `assertion.a.b/c-d` has two names that are not there.
    if problems.last().is_none_or(|last| !last.at.contains(&problem.at.start)) {
        problems.push(*problem);
    }
}

/// What Google may refuse, for all that is known: a function that it does not document, and a macro over what may be no list. If
/// a claim's type is not declared, cel-cpp refuses that; how Google declares it is not known.
fn undocumented(traced: &Traced<'_>) -> Option<Box<Problem>> {
    let node = traced.node;
    if let Form::Macro(kind, _) = node.form {
        let range = traced.parts.first().filter(|range| range.value.kinds() == Kinds::ANY)?;
        let is_list = range.node.entry() == Some(("google", "groups"));
        let message = [
            "Google does not say whether it takes ",
            kind.name(),
            "() of a claim; '…' in … asks whether a list holds a text",
        ];
        return (!is_list).then(|| Problem::uncertain(node.at.clone(), &message.concat()));
    }
    if let [left, right] = &*traced.parts
        && ["<", "<=", ">", ">="].iter().any(|operator| node.is(operator))
    {
        let [left, right] = [left, right].map(|side| side.value.kinds());
        let message = ["Google does not say whether it compares ", &*left.words(), " with ", &*right.words()];
        let apart = left != Kinds::NONE && right != Kinds::NONE && !left.meets(right);
        return apart.then(|| Problem::uncertain(node.at.clone(), &message.concat()));
    }
    let cause = traced.value.cause().filter(|cause| traced.parts.is_empty() && cause.reason == Reason::Undocumented)?;
    Some(Problem::uncertain(node.at.clone(), &cause.message))
}

/// The problem of an innermost part that fails, if it fails whatever the values are.
fn of(cause: &Cause, node: &Node) -> Option<Box<Problem>> {
    let message = [&*cause.message];
    let fix = match (cause.reason, &node.form) {
        (Reason::Type, _) => None,
        (Reason::Undeclared, Form::Call { name, at, .. }) => {
            let problem = Problem::new(*at..at.saturating_add(name.len()), &message);
            return Some(match meant(name) {
                Some(meant) if meant != name => problem.fix(&[meant]),
                _ => problem,
            });
        }
        (Reason::Undeclared, Form::Name(name)) => {
            let lower = name.to_ascii_lowercase();
            match &*lower {
                "true" => Some("true"),
                "false" => Some("false"),
                "null" | "none" | "nil" => Some("null"),
                _ => None,
            }
        }
        _ => return None,
    };
    let problem = Problem::new(node.at.clone(), &message);
    Some(match fix {
        Some(fix) => problem.fix(&[fix]),
        None => problem,
    })
}
