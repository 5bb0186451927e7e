//! Reads the conditions of a statement.
//!
//! <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition.html>

use super::{
    budget,
    fault::{Fault, Problem},
    operator::{Named, read_name},
    policy::{Condition, Literal},
};
use crate::json::{Data, Member, Node};

/// Reads `Condition`.
pub(super) fn conditions(number: usize, statement: &Node, problems: &mut Vec<Problem>) -> Vec<Condition> {
    let Some(node) = statement.get("Condition") else { return Vec::new() };
    let Some(operators) = node.as_object() else {
        let title = format!("Condition has to be an object, this is {}", node.kind());
        problems.push(Problem::new(Fault::Syntax, title, Some(number), &node.at));
        return Vec::new();
    };
    let mut read = Vec::new();
    for operator in operators {
        let named = read_name(&operator.name);
        if matches!(named, Named::Unknown) {
            let title = format!("there is no condition operator {}", operator.name);
            problems.push(Problem::new(Fault::Operator, title, Some(number), &operator.name_at));
        }
        let Some(keys) = operator.value.as_object() else {
            let title = format!("{} has to hold condition keys, this is {}", operator.name, operator.value.kind());
            problems.push(Problem::new(Fault::Syntax, title, Some(number), &operator.value.at));
            continue;
        };
        for key in keys {
            // One more than are judged, so that the statement says that there are more.
            if read.len() > budget::CONDITIONS {
                return read;
            }
            read.push(condition(number, operator, named, key, problems));
        }
    }
    read
}

fn condition(number: usize, operator: &Member, named: Named, key: &Member, problems: &mut Vec<Problem>) -> Condition {
    let values: Option<Vec<Literal>> = key.value.one_or_many().iter().map(literal).collect();
    if values.is_none() {
        let title = format!("the value of {} has to be a text, a number, a boolean or a list of these", key.name);
        problems.push(Problem::new(Fault::Syntax, title, Some(number), &key.value.at));
    }
    let texts = key.value.one_or_many().iter().filter(|value| value.as_str().is_some());
    Condition {
        operator_name: operator.name.clone(),
        operator: named,
        key: key.name.clone(),
        values,
        at: key.value.at.clone(),
        text_at: texts.map(|text| text.at.clone()).collect(),
        key_at: key.name_at.clone(),
    }
}

fn literal(node: &Node) -> Option<Literal> {
    match &node.data {
        Data::String(text) => Some(Literal::Text(text.clone())),
        Data::Number(spelled) => Some(Literal::Number(spelled.clone())),
        Data::Bool(value) => Some(Literal::Bool(*value)),
        Data::Null | Data::Array(_) | Data::Object(_) => None,
    }
}
