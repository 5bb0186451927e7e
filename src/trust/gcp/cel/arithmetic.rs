//! `+ - * / %`. What does not fit 64 bits is an error, never rounded or wrapped.

use super::{
    budget::Budget,
    cause::{Cause, Reason},
    operator::Operator,
    value::Value,
};

/// Two operands whose types the operator takes.
pub(super) fn compute(operator: Operator, left: &Value, right: &Value, budget: &Budget) -> Result<Value, Cause> {
    let result = match (left, right) {
        (Value::Int(_) | Value::Uint(_), Value::Int(0) | Value::Uint(0))
            if matches!(operator, Operator::Divide | Operator::Remainder) =>
        {
            return Err(Cause::new(Reason::Value, "division by zero"));
        }
        (Value::Int(left), Value::Int(right)) => int(operator, *left, *right).map(Value::Int),
        (Value::Uint(left), Value::Uint(right)) => uint(operator, *left, *right).map(Value::Uint),
        (Value::Double(left), Value::Double(right)) => Some(Value::Double(match operator {
            Operator::Add => left + right,
            Operator::Subtract => left - right,
            Operator::Multiply => left * right,
            _ => left / right,
        })),
        (Value::String(left), Value::String(right)) => {
            budget.spend(left.len().saturating_add(right.len()))?;
            Some(Value::from(&*[&**left, &**right].concat()))
        }
        (Value::Bytes(left), Value::Bytes(right)) => {
            budget.spend(left.len().saturating_add(right.len()))?;
            Some(Value::Bytes([&**left, &**right].concat().into()))
        }
        (Value::List(left), Value::List(right)) => {
            budget.spend(left.len().saturating_add(right.len()))?;
            Some(Value::list([&**left, &**right].concat()))
        }
        _ => None,
    };
    result.ok_or_else(too_large)
}

fn int(operator: Operator, left: i64, right: i64) -> Option<i64> {
    match operator {
        Operator::Add => left.checked_add(right),
        Operator::Subtract => left.checked_sub(right),
        Operator::Multiply => left.checked_mul(right),
        Operator::Divide => left.checked_div(right),
        _ => left.checked_rem(right),
    }
}

fn uint(operator: Operator, left: u64, right: u64) -> Option<u64> {
    match operator {
        Operator::Add => left.checked_add(right),
        Operator::Subtract => left.checked_sub(right),
        Operator::Multiply => left.checked_mul(right),
        Operator::Divide => left.checked_div(right),
        _ => left.checked_rem(right),
    }
}

/// `-x`
pub(super) fn negate(value: &Value) -> Result<Value, Cause> {
    match value {
        Value::Double(value) => Some(Value::Double(-value)),
        Value::Int(value) => value.checked_neg().map(Value::Int),
        _ => None,
    }
    .ok_or_else(too_large)
}

fn too_large() -> Cause {
    Cause::new(Reason::Value, "the result does not fit 64 bits")
}
