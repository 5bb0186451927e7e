//! Evaluation. Every part is evaluated, also those that a short circuit would leave out: a report shows them all, and
//! nothing has effects.

use super::{
    arithmetic,
    budget::Budget,
    cause::{Cause, Reason},
    compare, container,
    deciding::{boolean, pull},
    environment::Environment,
    function::{find, is_namespace, is_undocumented},
    kinds::Kinds,
    node::{Form, Node},
    operator::Operator,
    traced::Traced,
    value::Value,
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
        if let Err(cause) = self.budget.spend(1) {
            return Traced::new(node, placed(cause, node), Vec::new());
        }
        match &node.form {
            Form::Literal(value) => Traced::new(node, value.clone(), Vec::new()),
            Form::Name(name) => Traced::new(node, self.name(name, node, scope), Vec::new()),
            Form::And => self.joined(node, false, scope),
            Form::Or => self.joined(node, true, scope),
            Form::Conditional => self.conditional(node, scope),
            Form::Macro(kind, name) => self.macro_call(node, *kind, name, scope),
            Form::Call { name, method: true, .. } if self.is_qualified(node, scope) => {
                let value = placed(undocumented(name), node);
                Traced::new(node, value, Vec::new())
            }
            _ => self.strict(node, scope),
        }
    }

    fn lookup(&self, name: &str, scope: Option<&Scope<'_>>) -> Option<Value> {
        let mut scope = scope;
        while let Some(inner) = scope {
            if inner.name == name {
                return Some(inner.value.clone());
            }
            scope = inner.outer;
        }
        self.environment.get(name).cloned()
    }

    fn name(&self, name: &str, node: &Node, scope: Option<&Scope<'_>>) -> Value {
        match (self.lookup(name, scope), Kinds::named(name)) {
            (Some(value), _) => value,
            (None, Some(kind)) => Value::Type(kind),
            (None, None) => placed(Cause::new(Reason::Undeclared, ["there is no variable ", name].concat()), node),
        }
    }

    /// Whether a method is a function of an extension, as in `math.greatest(1, 2)`.
    fn is_qualified(&self, node: &Node, scope: Option<&Scope<'_>>) -> bool {
        match node.parts.first().map(|receiver| &receiver.form) {
            Some(Form::Name(receiver)) => is_namespace(receiver) && self.lookup(receiver, scope).is_none(),
            _ => false,
        }
    }

    /// `&&` and `||`.
    fn joined<'e>(&self, node: &'e Node, absorbing: bool, scope: Option<&Scope<'_>>) -> Traced<'e> {
        let mut parts: Vec<Traced<'e>> = node.parts.iter().map(|part| self.trace(part, scope)).collect();
        let values: Vec<Value> = parts.iter().map(|part| boolean(part.value.clone(), part.node)).collect();
        let pulls: Vec<u8> = values.iter().map(|value| pull(value, absorbing)).collect();
        let strongest = pulls.iter().copied().max().unwrap_or_default();
        for (part, pull) in parts.iter_mut().zip(&pulls) {
            part.decides = *pull == strongest;
        }
        let value = values.into_iter().zip(pulls).find(|(_, pull)| *pull == strongest).map(|(value, _)| value);
        Traced::new(node, value.unwrap_or(Value::Bool(!absorbing)), parts)
    }

    fn conditional<'e>(&self, node: &'e Node, scope: Option<&Scope<'_>>) -> Traced<'e> {
        let [test, yes, no] = &*node.parts else { return Traced::new(node, Value::Null, Vec::new()) };
        let mut test = self.trace(test, scope);
        match boolean(test.value.clone(), test.node) {
            Value::Bool(passed) => {
                let mut branch = self.trace(if passed { yes } else { no }, scope);
                branch.decides = true;
                Traced::new(node, branch.value.clone(), vec![test, branch])
            }
            other => {
                test.decides = true;
                Traced::new(node, other, vec![test])
            }
        }
    }

    /// Whatever needs the values of all its parts: an error among them is the result, else something unknown is.
    fn strict<'e>(&self, node: &'e Node, scope: Option<&Scope<'_>>) -> Traced<'e> {
        let mut parts: Vec<Traced<'e>> = node.parts.iter().map(|part| self.trace(part, scope)).collect();
        let error = parts.iter().position(|part| matches!(part.value, Value::Error(_)));
        let failed = error.or_else(|| parts.iter().position(|part| matches!(part.value, Value::Unknown(_))));
        if let Some(part) = failed.and_then(|at| parts.get_mut(at)) {
            part.decides = true;
            return Traced::new(node, part.value.clone(), parts);
        }
        let values: Vec<Value> = parts.iter().map(|part| part.value.clone()).collect();
        let value = self.apply(node, &values).unwrap_or_else(|cause| placed(cause, node));
        if node.form == Form::Not {
            parts.iter_mut().for_each(|part| part.decides = true);
        }
        Traced::new(node, value, parts)
    }

    fn apply(&self, node: &Node, values: &[Value]) -> Result<Value, Cause> {
        match (&node.form, values) {
            (Form::Not, [Value::Bool(value)]) => Ok(Value::Bool(!value)),
            (Form::Not, [other]) => Err(no_overload("!", std::slice::from_ref(other))),
            (Form::Select(name), [container]) => container::select(container, name, &self.budget),
            (Form::Has(name), [container]) => container::has(container, name, &self.budget),
            (Form::List, items) => Ok(Value::list(items.to_vec())),
            (Form::Map, items) => container::map(items, &self.budget),
            (Form::Operator(operator), [value]) => self.operator(*operator, value, &Value::Null),
            (Form::Operator(operator), [left, right]) => self.operator(*operator, left, right),
            (Form::Call { name, method, .. }, arguments) => self.call(name, *method, arguments),
            _ => Ok(Value::Null),
        }
    }

    fn operator(&self, operator: Operator, left: &Value, right: &Value) -> Result<Value, Cause> {
        let (first, second, together) = operator.takes();
        let (Some(one), Some(other)) = (left.kind(), right.kind()) else { return Ok(left.clone()) };
        let ordered = operator.compares() && one.meets(Kinds::NUMBER) && other.meets(Kinds::NUMBER);
        if !one.meets(first) || !other.meets(second) || (together && one != other && !ordered) {
            return Err(no_overload(operator.spelling(), &[left.clone(), right.clone()]));
        }
        let order = || compare::order(left, right, &self.budget);
        match operator {
            Operator::Equal => compare::equal(left, right, &self.budget).map(Value::Bool),
            Operator::NotEqual => compare::equal(left, right, &self.budget).map(|equal| Value::Bool(!equal)),
            Operator::Less => order().map(|order| Value::Bool(order.is_some_and(std::cmp::Ordering::is_lt))),
            Operator::LessOrEqual => order().map(|order| Value::Bool(order.is_some_and(std::cmp::Ordering::is_le))),
            Operator::Greater => order().map(|order| Value::Bool(order.is_some_and(std::cmp::Ordering::is_gt))),
            Operator::GreaterOrEqual => order().map(|order| Value::Bool(order.is_some_and(std::cmp::Ordering::is_ge))),
            Operator::In => container::holds(left, right, &self.budget),
            Operator::Index => container::index(left, right, &self.budget),
            Operator::Negate => arithmetic::negate(left),
            Operator::Add | Operator::Subtract | Operator::Multiply | Operator::Divide | Operator::Remainder => {
                arithmetic::compute(operator, left, right, &self.budget)
            }
        }
    }

    fn call(&self, name: &str, method: bool, arguments: &[Value]) -> Result<Value, Cause> {
        let Some(function) = find(name, method).filter(|function| function.takes_count(arguments.len())) else {
            let missing = || Cause::new(Reason::Undeclared, ["there is no function ", name, " for this"].concat());
            return Err(if is_undocumented(name) { undocumented(name) } else { missing() });
        };
        let fits = |(value, kinds): (&Value, &Kinds)| value.kind().is_some_and(|kind| kind.meets(*kinds));
        if !arguments.iter().zip(function.takes).all(fits) {
            return Err(no_overload(name, arguments));
        }
        (function.apply)(arguments, &self.budget)
    }
}

/// A cause at this part, unless it says another place.
pub(super) fn placed(mut cause: Cause, node: &Node) -> Value {
    if cause.at.is_empty() {
        cause.at = node.at.clone();
    }
    cause.into()
}

fn undocumented(name: &str) -> Cause {
    let message = ["Google does not say whether it takes ", name, " in a workload identity pool"];
    Cause::new(Reason::Undocumented, message.concat())
}

fn no_overload(name: &str, values: &[Value]) -> Cause {
    let kinds: Vec<String> = values.iter().filter_map(Value::kind).map(Kinds::words).collect();
    Cause::new(Reason::Type, [name, " does not take ", &*kinds.join(" and ")].concat())
}
