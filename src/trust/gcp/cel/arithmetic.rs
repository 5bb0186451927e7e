//! `+ - * / %`. What does not fit 64 bits is an error, never rounded or wrapped.

use super::{
    limit::Budget,
    value::{Reason, Value},
};

/// Computes with two operands of the same type, which the operator takes. `-x` comes as `0 - x`. None where the result
/// does not fit, and for a division by zero.
pub(super) fn compute(operator: &str, left: &Value, right: &Value, budget: &Budget) -> Option<Value> {
    Some(match (left, right) {
        (Value::Int(left), Value::Int(right)) => Value::Int(match operator {
            "+" => left.checked_add(*right),
            "-" => left.checked_sub(*right),
            "*" => left.checked_mul(*right),
            "/" => left.checked_div(*right),
            _ => left.checked_rem(*right),
        }?),
        (Value::Int(_), Value::Double(right)) => Value::Double(-right),
        (Value::Double(left), Value::Double(right)) => Value::Double(match operator {
            "+" => left + right,
            "-" => left - right,
            "*" => left * right,
            _ => left / right,
        }),
        (Value::String(left), Value::String(right)) if budget.spend(left.len().saturating_add(right.len())) => {
            Value::text(&[&**left, &**right].concat())
        }
        (Value::List(left), Value::List(right)) if budget.spend(left.len().saturating_add(right.len())) => {
            let mut items = (**left).clone();
            items.extend_from_slice(right);
            Value::list(items)
        }
        _ => Value::missing(Reason::Undocumented, &["this program does not compute with uints and bytes"]),
    })
}
