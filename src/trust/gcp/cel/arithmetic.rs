//! `+ - * / %`. What does not fit 64 bits is an error, never rounded or wrapped.

use super::{
    limit::Budget,
    operator::Operator,
    value::{Reason, Value},
};

/// Two operands of the same type, which the operator takes.
pub(super) fn compute(operator: Operator, left: &Value, right: &Value, budget: &Budget) -> Value {
    let result = match (left, right) {
        (Value::Int(left), Value::Int(right)) => match operator {
            Operator::Add => left.checked_add(*right),
            Operator::Subtract => left.checked_sub(*right),
            Operator::Multiply => left.checked_mul(*right),
            Operator::Divide => left.checked_div(*right),
            _ => left.checked_rem(*right),
        }
        .map(Value::Int),
        (Value::Uint(left), Value::Uint(right)) => match operator {
            Operator::Add => left.checked_add(*right),
            Operator::Subtract => left.checked_sub(*right),
            Operator::Multiply => left.checked_mul(*right),
            Operator::Divide => left.checked_div(*right),
            _ => left.checked_rem(*right),
        }
        .map(Value::Uint),
        (Value::Double(left), Value::Double(right)) => Some(Value::Double(match operator {
            Operator::Add => left + right,
            Operator::Subtract => left - right,
            Operator::Multiply => left * right,
            _ => left / right,
        })),
        (Value::String(left), Value::String(right)) if budget.spend(left.len().saturating_add(right.len())) => {
            Some(Value::text(&[&**left, &**right].concat()))
        }
        (Value::Bytes(left), Value::Bytes(right)) if budget.spend(left.len().saturating_add(right.len())) => {
            Some(Value::Bytes([&**left, &**right].concat().into()))
        }
        (Value::List(left), Value::List(right)) if budget.spend(left.len().saturating_add(right.len())) => {
            let mut items = (**left).clone();
            items.extend_from_slice(right);
            Some(Value::list(items))
        }
        _ => None,
    };
    result
        .unwrap_or_else(|| Value::missing(Reason::Value, &["division by zero, or a result that does not fit 64 bits"]))
}

/// `-x`
pub(super) fn negate(value: &Value, budget: &Budget) -> Value {
    match value {
        Value::Double(value) => Value::Double(-value),
        value => compute(Operator::Subtract, &Value::Int(0), value, budget),
    }
}
