//! One change of a statement.

use super::super::{
    explain::short,
    hint::{Near, Part},
    operator::read_name,
    policy::{Actions, Condition, Literal, Principals, Statement},
    whole,
};
use crate::report::text::is_deceptive;

/// What of a statement is changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Whose {
    Principal,
    Action,
    /// By its index.
    Condition(usize),
}

/// A near miss that was put right.
#[derive(Debug)]
pub(super) struct Change {
    pub(super) whose: Whose,
    pub(super) part: Part,
    pub(super) near: Near,
    pub(super) text: String,
    /// Whether the text in its place is all: a key that goes to another operator is not.
    pub(super) alone: bool,
}

impl Change {
    /// The way from the statement's step to the one that the change is about.
    pub(super) fn way(&self) -> Vec<usize> {
        match self.whose {
            Whose::Principal => vec![0],
            Whose::Action => vec![1],
            // That AWS never sees the key is a step of its own.
            Whose::Condition(index) if self.part == Part::Key => vec![index.saturating_add(2), 0],
            Whose::Condition(index) => vec![index.saturating_add(2)],
        }
    }

    /// What it replaces, in a sentence.
    pub(super) fn name(&self, statement: &Statement) -> String {
        let Whose::Condition(index) = self.whose else {
            let name = if self.whose == Whose::Principal { "the ARN" } else { "the action" };
            return name.to_owned();
        };
        let part = match self.part {
            Part::Entry(_) => "value",
            Part::Key => "key",
            Part::Operator => "operator",
        };
        let key = statement.conditions.get(index).map(|condition| &*condition.key).unwrap_or_default();
        format!("the {part} of {}", short(key.rsplit(':').next().unwrap_or_default()))
    }
}

/// Changes a statement. None where there is no fix, where IAM would not take it, or where nothing would change.
pub(super) fn apply(statement: &mut Statement, whose: Whose, near: Near) -> Option<Change> {
    let (part, text) = near.fix.clone()?;
    if !text.chars().all(|character| whole::is_allowed(character) && !is_deceptive(character)) {
        return None;
    }
    let mut alone = true;
    let place = match (whose, part) {
        (Whose::Principal, Part::Entry(entry)) => match &mut statement.principals {
            Principals::Listed(listed) => &mut listed.get_mut(entry)?.value,
            Principals::Refused => return None,
        },
        (Whose::Action, Part::Entry(entry)) => match &mut statement.actions {
            Actions::Only(listed) => &mut listed.get_mut(entry)?.name,
            Actions::AllBut(_) | Actions::Refused => return None,
        },
        (Whose::Condition(index), Part::Operator) => {
            alone = other_operator(&mut statement.conditions, index, &text)?;
            return Some(Change { whose, part, near, text, alone });
        }
        (Whose::Condition(index), _) => {
            let own = statement.conditions.get(index)?;
            let twice =
                |other: &Condition| other.operator_name == own.operator_name && other.key.eq_ignore_ascii_case(&text);
            if part == Part::Key && statement.conditions.iter().any(twice) {
                return None;
            }
            let condition = statement.conditions.get_mut(index)?;
            match (part, &mut condition.values) {
                (Part::Key, _) => &mut condition.key,
                (Part::Entry(entry), Some(values)) => match values.get_mut(entry)? {
                    Literal::Text(value) => value,
                    Literal::Number(_) | Literal::Bool(_) => return None,
                },
                _ => return None,
            }
        }
        (Whose::Principal | Whose::Action, _) => return None,
    };
    if *place == text {
        return None;
    }
    place.clone_from(&text);
    Some(Change { whose, part, near, text, alone })
}

/// Gives a condition another operator. True if that renames the operator as it stands, with all its keys; false if the key
/// goes to a place of its own, because other keys of the operator would change their meaning or the new one stands there
/// already. None if it has this key already.
fn other_operator(conditions: &mut [Condition], index: usize, name: &str) -> Option<bool> {
    let own = conditions.get(index)?.clone();
    let wild = |condition: &Condition| {
        let texts = condition.values.iter().flatten();
        texts.into_iter().any(|value| matches!(value, Literal::Text(text) if text.contains(['*', '?'])))
    };
    let there: Vec<&Condition> = conditions.iter().filter(|other| other.operator_name == name).collect();
    if there.iter().any(|other| other.key.eq_ignore_ascii_case(&own.key)) {
        return None;
    }
    let others = conditions.iter().enumerate().filter(|(other, _)| *other != index).map(|(_, other)| other);
    let alone =
        there.is_empty() && !others.into_iter().any(|other| other.operator_name == own.operator_name && wild(other));
    for (other, condition) in conditions.iter_mut().enumerate() {
        if other == index || (alone && condition.operator_name == own.operator_name) {
            name.clone_into(&mut condition.operator_name);
            condition.operator = read_name(name);
        }
    }
    Some(alone)
}
