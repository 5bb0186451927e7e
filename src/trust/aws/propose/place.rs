//! Where in the document the parts of a statement stand.

use std::ops::Range;

use super::{
    super::{
        document::{Form, Found},
        hint::Part,
        read::member,
    },
    change::Whose,
};
use crate::json::{Member, Node};

/// The statement with this number, from 1.
pub(super) fn statement(found: &Found, number: usize) -> Option<&Node> {
    let statements = match found.form {
        Form::Policy => found.policy.get("Statement")?,
        Form::Statements => &found.policy,
    };
    statements.one_or_many().get(number.checked_sub(1)?)
}

/// Where the conditions of a statement stand.
pub(super) fn conditions(statement: &Node) -> Option<&Range<usize>> {
    Some(&statement.get("Condition")?.at)
}

fn members(node: &Node) -> &[Member] {
    node.as_object().unwrap_or_default()
}

/// Where a part of a statement stands.
pub(super) fn part(statement: &Node, whose: Whose, part: Part) -> Option<&Range<usize>> {
    match (whose, part) {
        (Whose::Condition(index), part) => {
            let operators = members(statement.get("Condition")?).iter();
            let keys = operators.flat_map(|operator| members(&operator.value).iter().map(move |key| (operator, key)));
            let (operator, key) = keys.into_iter().nth(index)?;
            match part {
                Part::Operator => Some(&operator.name_at),
                Part::Key => Some(&key.name_at),
                Part::Entry(entry) => Some(&key.value.one_or_many().get(entry)?.at),
            }
        }
        (Whose::Principal, Part::Entry(entry)) => {
            let kinds = members(statement.get("Principal")?).iter();
            Some(&kinds.flat_map(|kind| kind.value.one_or_many()).nth(entry)?.at)
        }
        (Whose::Action, Part::Entry(entry)) => Some(&member(statement, "Action")?.value.one_or_many().get(entry)?.at),
        (Whose::Principal | Whose::Action, _) => None,
    }
}
