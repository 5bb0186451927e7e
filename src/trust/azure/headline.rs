//! The one sentence that says what decided, in which credential, where.

use crate::{
    report::{Code, Decision, Outcome, Step, deciding, way_to},
    search::Search as _,
};

/// The sentence, and the way to the step that decided. `name`: of the whole, if it is told.
pub(super) fn write(name: Option<&str>, decision: Decision, steps: &[Step]) -> (String, Option<Vec<usize>>) {
    let mut text = name.map(|name| [name, ", "].concat()).unwrap_or_default();
    let credentials = steps.last().map(|group| &*group.children).unwrap_or_default();
    let outcome = match decision {
        Decision::Allow => {
            let passed = credentials.iter().find(|step| step.outcome == Outcome::Pass);
            text += passed.map_or("", |step| &*step.title);
            return (text + ".", None);
        }
        Decision::Deny | Decision::Invalid => Outcome::Fail,
        Decision::Unknown => Outcome::Unknown,
    };
    let first = steps.get(..1).unwrap_or_default();
    let Some(leaf) = deciding(if decision == Decision::Invalid { first } else { steps }, outcome) else {
        return ("nothing was decided".to_owned(), None);
    };
    let of = credentials.iter().find(|step| step.holds(leaf));
    let line = leaf.at.as_ref().map(|at| format!("line {}", at.line)).unwrap_or_default();
    let what = match of {
        // All that differs, where the token alone does not say enough.
        Some(credential) if outcome == Outcome::Fail => {
            if credentials.len() > 1 {
                text += "closest ";
            }
            &*credential.title
        }
        _ => &*leaf.title,
    };
    match what.cut(": ") {
        Some((label, rest)) if !line.is_empty() && label.starts_with("credential ") => {
            text.extend([label, ", ", &*line, ": ", rest, "."])
        }
        _ if line.is_empty() => text.extend([what, "."]),
        _ => text.extend([&*line, ": ", what, "."]),
    }
    // What is said of the first difference, unless a later one is said more of.
    let hint = of.and_then(|of| of.children.iter().find_map(|step| step.hint.as_ref()));
    if let Some(hint) = hint.or(leaf.hint.as_ref()).filter(|_| outcome == Outcome::Fail) {
        text.extend([" ", &*hint.message]);
    }
    if leaf.code == Code::AzureDocumentExpression {
        text.extend([" ", leaf.detail.as_deref().unwrap_or_default()]);
    }
    (text.trim_end().to_owned(), way_to(steps, leaf))
}
