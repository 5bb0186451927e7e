//! Evaluation. Every part is evaluated, also those that a short circuit would leave out: a report shows them all, and
//! nothing has effects.

use super::{
    arithmetic, compare, container,
    environment::Environment,
    function,
    kinds::Kinds,
    limit::Budget,
    logic::{boolean, pull},
    node::{Form, Node},
    operator::Operator,
    traced::Traced,
    value::{Reason, Value},
};

/// Evaluates a tree.
pub(super) fn evaluate<'e>(root: &'e Node, environment: &Environment) -> Traced<'e> {
    Evaluation { environment, budget: Budget::new() }.trace(root, None)
}

pub(super) struct Evaluation<'a> {
    environment: &'a Environment,
    pub(super) budget: Budget,
}

/// The variables of the macros around a part, the innermost first.
pub(super) struct Scope<'s> {
    pub(super) name: &'s str,
    pub(super) value: Value,
    pub(super) outer: Option<&'s Scope<'s>>,
}

impl Evaluation<'_> {
    /// Evaluates one part.
    pub(super) fn trace<'e>(&self, node: &'e Node, scope: Option<&Scope<'_>>) -> Traced<'e> {
        let mut traced = Traced::new(node);
        let value = if self.budget.spend(0) { self.value(&mut traced, scope) } else { Value::Null };
        let over = "the expression needs more steps than this program takes for one";
        traced.value = if self.budget.is_spent() { Value::missing(Reason::Budget, &[over]) } else { value };
        traced
    }

    fn value<'e>(&self, traced: &mut Traced<'e>, scope: Option<&Scope<'_>>) -> Value {
        let node = traced.node;
        match &node.form {
            Form::Literal(value) => return value.clone(),
            Form::Name(name) => return self.name(name, scope),
            Form::Conditional => return self.conditional(traced, scope),
            Form::Macro(kind, name) => return self.macro_call(traced, *kind, name, scope),
            Form::Call { name, method: true, .. }
                if function::is_qualified(node, &|receiver| self.lookup(receiver, scope).is_some()) =>
            {
                return function::undocumented(name);
            }
            _ => {}
        }
        for part in &node.parts {
            traced.parts.push(self.trace(part, scope));
        }
        match &node.form {
            Form::And => joined(traced, false),
            Form::Or => joined(traced, true),
            _ => self.strict(traced),
        }
    }

    fn lookup(&self, name: &str, scope: Option<&Scope<'_>>) -> Option<Value> {
        match scope {
            Some(inner) if inner.name == name => Some(inner.value.clone()),
            Some(inner) => self.lookup(name, inner.outer),
            None => self.environment.get(name).cloned(),
        }
    }

    fn name(&self, name: &str, scope: Option<&Scope<'_>>) -> Value {
        match (self.lookup(name, scope), Kinds::named(name)) {
            (Some(value), _) => value,
            (None, Some(kind)) => Value::Type(kind),
            (None, None) => Value::missing(Reason::Undeclared, &["there is no variable ", name]),
        }
    }

    fn conditional<'e>(&self, traced: &mut Traced<'e>, scope: Option<&Scope<'_>>) -> Value {
        let [test, yes, no] = &*traced.node.parts else { return Value::Null };
        let mut last = self.trace(test, scope);
        let mut value = boolean(&last.value);
        if let Value::Bool(passed) = value {
            traced.parts.push(last);
            last = self.trace(if passed { yes } else { no }, scope);
            value = last.value.clone();
        }
        last.decides = true;
        traced.parts.push(last);
        value
    }

    /// Whatever needs the values of all its parts: an error among them is the result, else something unknown is.
    fn strict(&self, traced: &mut Traced<'_>) -> Value {
        let mut failed: Option<&mut Traced<'_>> = None;
        let node = traced.node;
        for part in &mut traced.parts {
            let stronger = match (&part.value, &failed) {
                (Value::Error(_), Some(before)) => matches!(before.value, Value::Unknown(_)),
                (Value::Error(_) | Value::Unknown(_), None) => true,
                _ => false,
            };
            if stronger {
                failed = Some(part);
            }
        }
        if let Some(part) = failed {
            part.decides = true;
            return part.value.clone();
        }
        match (&node.form, &mut *traced.parts) {
            (Form::Not, [part]) => {
                part.decides = true;
                match boolean(&part.value) {
                    Value::Bool(value) => Value::Bool(!value),
                    other => other,
                }
            }
            (Form::Select(name), [part]) => container::look_up(&part.value, &Value::text(name), false, &self.budget),
            (Form::Has(name), [part]) => container::look_up(&part.value, &Value::text(name), true, &self.budget),
            (Form::List, parts) => {
                let mut items = Vec::new();
                for part in parts {
                    items.push(part.value.clone());
                }
                Value::list(items)
            }
            (Form::Map, parts) => container::map(parts, &self.budget),
            (Form::Operator(operator), [left, rest @ ..]) => {
                self.operator(*operator, &left.value, rest.first().map_or(&left.value, |right| &right.value))
            }
            (Form::Call { name, method, .. }, parts) => function::call(name, *method, parts, &self.budget),
            _ => Value::Null,
        }
    }

    fn operator(&self, operator: Operator, left: &Value, right: &Value) -> Value {
        let budget = &self.budget;
        let kinds = |value: &Value| value.kind().unwrap_or(Kinds::ANY);
        let (one, other) = (kinds(left), kinds(right));
        if !operator.fits(one, other) {
            let words = [operator.spelling(), " does not take ", &*one.words(), " and ", &*other.words()];
            return Value::missing(Reason::Type, &words);
        }
        let order = compare::order(left, right, budget);
        Value::Bool(match operator {
            Operator::Equal => return compare::equal(left, right, budget),
            Operator::NotEqual => match compare::equal(left, right, budget) {
                Value::Bool(equal) => !equal,
                unknown => return unknown,
            },
            Operator::Less => order.is_some_and(std::cmp::Ordering::is_lt),
            Operator::LessOrEqual => order.is_some_and(std::cmp::Ordering::is_le),
            Operator::Greater => order.is_some_and(std::cmp::Ordering::is_gt),
            Operator::GreaterOrEqual => order.is_some_and(std::cmp::Ordering::is_ge),
            Operator::In => return container::look_up(right, left, true, budget),
            Operator::Index => return container::look_up(left, right, false, budget),
            Operator::Negate => return arithmetic::negate(left, budget),
            Operator::Add | Operator::Subtract | Operator::Multiply | Operator::Divide | Operator::Remainder => {
                return arithmetic::compute(operator, left, right, budget);
            }
        })
    }
}

/// `&&` and `||`.
fn joined(traced: &mut Traced<'_>, absorbing: bool) -> Value {
    let (mut strongest, mut value) = (0, Value::Bool(!absorbing));
    for part in &traced.parts {
        let own = boolean(&part.value);
        let strength = pull(&own, absorbing);
        if strength > strongest {
            (strongest, value) = (strength, own);
        }
    }
    for part in &mut traced.parts {
        part.decides = pull(&part.value, absorbing) == strongest;
    }
    value
}
