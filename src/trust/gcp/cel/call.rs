//! Calls of functions and operators: which one it is, whether the types fit, and what comes out.

use std::cmp::Ordering;

use super::{
    arithmetic,
    compare::{self, told},
    container,
    convert::convert,
    evaluate::Evaluation,
    extract::extract,
    function::{Does, Function, Pair, find},
    kinds::Kinds,
    node::{Form, Style},
    text,
    traced::Traced,
    value::{Data, Reason, Value},
};

impl Evaluation<'_> {
    /// Calls a function with operands that are no errors. Types that do not fit are an error even where another operand is
    /// unknown.
    pub(super) fn call(&self, name: &str, style: Style, operands: &[Traced<'_>]) -> Value {
        let Some(function) = find(name, style).filter(|function| function.takes_count(operands.len())) else {
            let words = ["there is no function ", name, " that could be called like this"];
            return Value::missing(Reason::Undeclared, &words);
        };
        let mut alike = Kinds::ANY;
        let mut unknown = None;
        for (operand, takes) in operands.iter().zip(function.takes) {
            let mut kinds = operand.value.kinds();
            // The type checker takes null for a message that is not set, and lets it pass everywhere but in comparisons.
            if self.checks && kinds == Kinds::NULL && function.pair != Pair::Checked {
                kinds = Kinds::ANY;
            }
            let own = if function.pair == Pair::Comparable && kinds.meets(Kinds::NUMBER) {
                kinds.or(Kinds::NUMBER)
            } else {
                kinds
            };
            let minds = match function.pair {
                Pair::Free => false,
                Pair::Checked => self.checks,
                Pair::Comparable | Pair::Alike => true,
            };
            if !kinds.meets(*takes) {
                return Value::missing(Reason::Type, &[name, " takes ", &*takes.words(), ", not ", &*kinds.words()]);
            }
            if minds && !alike.meets(own) {
                return Value::missing(
                    Reason::Type,
                    &[name, " has ", &*alike.words(), " and ", &*own.words(), " on its sides"],
                );
            }
            alike = alike.and(own).and(*takes);
            if operand.value.is_unknown() && unknown.is_none() {
                unknown = Some(&operand.value);
            }
            self.budget.spend(operand.value.as_str().map_or(0, str::len));
        }
        let gives = match operands.first().map(|list| &list.node.form) {
            Some(Form::Call { name, .. }) if name == "split" && function.does == Does::Entry(false) => Kinds::STRING,
            _ if function.gives == Kinds::NONE => alike,
            _ => function.gives,
        };
        match unknown {
            Some(value) => value.of(gives),
            // Nor does it know what an entry is, or if it is there.
            None if self.checks && (function.gives == Kinds::ANY || function.does == Does::In) => self.over.of(gives),
            None => self.compute(function, operands),
        }
    }

    fn compute(&self, function: &Function, operands: &[Traced<'_>]) -> Value {
        let budget = self.budget;
        let Some(first) = operands.first().map(|operand| &operand.value) else { return Value::bool(false) };
        let second = operands.get(1).map_or(first, |operand| &operand.value);
        let value = match function.does {
            Does::Text(task) => text::compute(task, operands, budget),
            Does::Extract => extract(first, second),
            Does::Convert => convert(first, function.gives),
            Does::Type => Some(Data::Type(first.kinds()).into()),
            Does::Size => container::size(first),
            Does::Not => Some(Value::bool(first.is(false))),
            Does::Equal(wanted) => Some(told(compare::equal(first, second, budget).map(|equal| equal == wanted))),
            Does::Order(less, equal, greater) => Some(Value::bool(match compare::order(first, second, budget) {
                Some(Ordering::Less) => less,
                Some(Ordering::Equal) => equal,
                Some(Ordering::Greater) => greater,
                None => false,
            })),
            Does::Arithmetic if operands.len() == 1 => arithmetic::compute("-", &Data::Int(0), first, budget),
            Does::Arithmetic => arithmetic::compute(function.name, first, second, budget),
            Does::Entry(presence) => Some(container::look_up(first, second, presence, budget)),
            Does::In => Some(container::look_up(second, first, true, budget)),
        };
        let failed = || Value::missing(Reason::Value, &[function.name, " cannot be computed for this value"]);
        value.unwrap_or_else(failed)
    }
}
