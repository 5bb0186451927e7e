//! Operators in other letter case.

use super::{
    super::{
        operator::{Named, Set},
        policy::Condition,
    },
    Near, Part,
};
use crate::report::Code;

/// The operator's name as the documentation spells it, if it is spelled otherwise.
pub(in crate::trust::aws) fn operator(condition: &Condition) -> Option<Near> {
    let Named::OtherCase(used) = condition.operator else { return None };
    let set = match used.set {
        Some(Set::AnyValue) => "ForAnyValue:",
        Some(Set::AllValues) => "ForAllValues:",
        None => "",
    };
    let suffix = if used.if_exists { "IfExists" } else { "" };
    let name = format!("{set}{}{suffix}", used.operator.name);
    let message = format!("The operator {} is documented as {name}.", condition.operator_name);
    Some(Near::new(Code::HintCase, message, Some((Part::Operator, name))))
}
