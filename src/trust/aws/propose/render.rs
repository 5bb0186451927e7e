//! A statement as JSON, to be pasted.

use super::super::{
    explain::expected,
    policy::{Action, Actions, Effect, Principals, Statement},
    whole,
};
use crate::json::Value;

/// The conditions of a statement: the value of `Condition`.
pub(super) fn conditions(statement: &Statement) -> Value {
    let mut operators: Vec<(String, Value)> = Vec::new();
    for condition in &statement.conditions {
        let key = (condition.key.clone(), one_or_many(condition.values.iter().flatten().map(expected).collect()));
        match operators.iter_mut().find(|(name, _)| *name == condition.operator_name) {
            Some((_, Value::Object(keys))) => keys.push(key),
            _ => operators.push((condition.operator_name.clone(), Value::Object(vec![key]))),
        }
    }
    Value::Object(operators)
}

/// A whole statement.
pub(super) fn statement(statement: &Statement) -> Value {
    let mut members = Vec::new();
    let mut add = |name: &str, value: Value| members.push((name.to_owned(), value));
    if let Some(sid) = &statement.sid {
        add("Sid", Value::from(sid));
    }
    add("Effect", Value::from(if statement.effect == Some(Effect::Deny) { "Deny" } else { "Allow" }));
    if let Principals::Listed(listed) = &statement.principals {
        let mut kinds: Vec<(String, Value)> = Vec::new();
        for principal in listed {
            let of_kind = listed.iter().filter(|other| other.kind == principal.kind);
            if !kinds.iter().any(|(kind, _)| *kind == principal.kind) {
                let values = of_kind.map(|principal| Value::from(&principal.value)).collect();
                kinds.push((principal.kind.clone(), one_or_many(values)));
            }
        }
        add("Principal", Value::Object(kinds));
    }
    let names = |listed: &[Action]| one_or_many(listed.iter().map(|action| Value::from(&action.name)).collect());
    match &statement.actions {
        Actions::Only(listed) => add("Action", names(listed)),
        Actions::AllBut(listed) => add("NotAction", names(listed)),
        Actions::Refused => {}
    }
    if !statement.conditions.is_empty() {
        add("Condition", conditions(statement));
    }
    Value::Object(members)
}

fn one_or_many(values: Vec<Value>) -> Value {
    match <[Value; 1]>::try_from(values) {
        Ok([only]) => only,
        Err(values) => Value::Array(values),
    }
}

/// Characters that a change adds to the size that IAM counts.
pub(super) fn growth(before: &Statement, after: &Statement) -> usize {
    let size = |one: &Statement| whole::size(&statement(one).to_json());
    size(after).saturating_sub(size(before))
}

/// JSON over several lines: a line for each member.
pub(super) fn pretty(value: &Value) -> String {
    let mut text = String::new();
    write(value, 0, &mut text);
    text
}

fn write(value: &Value, depth: usize, text: &mut String) {
    let Value::Object(members) = value else {
        text.push_str(&value.to_json());
        return;
    };
    let margin = "  ".repeat(depth);
    let mut comma = "";
    text.push('{');
    for (name, value) in members {
        text.push_str(comma);
        text.push('\n');
        text.push_str(&margin);
        text.push_str("  ");
        text.push_str(&Value::from(name).to_json());
        text.push_str(": ");
        write(value, depth.saturating_add(1), text);
        comma = ",";
    }
    text.push('\n');
    text.push_str(&margin);
    text.push('}');
}
