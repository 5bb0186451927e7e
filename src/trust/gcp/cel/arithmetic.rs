//! `+ - * / %`. What does not fit 64 bits is an error, never rounded or wrapped.

use super::{
    limit::Budget,
    value::{Data, Reason, Value},
};

/// Computes with two operands of the same type, which the operator takes; `-x` comes as `0 - x`. None where the result
/// does not fit, and for a division by zero.
pub(super) fn compute(operator: &str, left: &Data, right: &Data, budget: &Budget) -> Option<Value> {
    let result = match (left, right) {
        (Data::Int(left), Data::Int(right)) => Data::Int(match operator {
            "+" => left.checked_add(*right),
            "-" => left.checked_sub(*right),
            "*" => left.checked_mul(*right),
            "/" => left.checked_div(*right),
            _ => left.checked_rem(*right),
        }?),
        (Data::Int(_), Data::Double(right)) => Data::Double(-right),
        (Data::Double(left), Data::Double(right)) => Data::Double(match operator {
            "+" => left + right,
            "-" => left - right,
            "*" => left * right,
            _ => left / right,
        }),
        (Data::String(left), Data::String(right)) if budget.spend(left.len().saturating_add(right.len())) => {
            Data::String([&**left, &**right].concat())
        }
        (Data::List(left), Data::List(right)) if budget.spend(left.len().saturating_add(right.len())) => {
            let mut items = left.clone();
            items.extend_from_slice(right);
            Data::List(items)
        }
        _ => {
            return Some(Value::missing(Reason::Undocumented, &["this program does not compute with uints and bytes"]));
        }
    };
    Some(result.into())
}
