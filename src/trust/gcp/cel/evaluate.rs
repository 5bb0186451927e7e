//! Evaluation. Every part is evaluated, also those that a short circuit would leave out: a report shows them all, and
//! nothing has effects.

use super::{
    call::undocumented,
    container,
    environment::Environment,
    function::namespace,
    kinds::Kinds,
    limit::Budget,
    node::{Form, Node},
    traced::Traced,
    value::{Reason, Value},
};

pub(super) struct Evaluation<'a> {
    pub(super) environment: &'a Environment,
    pub(super) budget: Budget,
    /// Whether this is what Google does when an expression is stored: every variable is unknown, and the sides of `==`
    /// have to be of one type.
    pub(super) checks: bool,
}

/// The variables of the macros around a part, the innermost first.
pub(super) struct Scope<'s> {
    pub(super) name: &'s str,
    pub(super) value: Value,
    pub(super) outer: Option<&'s Scope<'s>>,
}

/// The strength of a value that settles `&&`, `||`, `all` and `exists`.
pub(super) const SETTLED: u8 = 3;

/// How strongly a part pulls the result its way. `absorbing`: the boolean that settles it, false for `&&` and true for
/// `||`, whatever the others are, errors included
/// (<https://github.com/google/cel-spec/blob/master/doc/langdef.md#logical-operators>). What is unknown comes before an
/// error, because it may turn out to be the absorbing one.
pub(super) const fn pull(value: &Value, absorbing: bool) -> u8 {
    match value {
        Value::Unknown(..) => 2,
        Value::Bool(value) if *value == absorbing => SETTLED,
        Value::Bool(_) => 0,
        _ => 1,
    }
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
            _ => {}
        }
        if let Some(name) = namespace(node)
            && self.lookup(name, scope).is_none()
        {
            return undocumented(name);
        }
        for part in &node.parts {
            traced.parts.push(self.trace(part, scope));
        }
        match node.form {
            Form::And => joined(traced, false),
            Form::Or => joined(traced, true),
            _ => self.strict(traced),
        }
    }

    fn lookup(&self, name: &str, scope: Option<&Scope<'_>>) -> Option<Value> {
        match scope {
            Some(inner) if inner.name == name => Some(inner.value.clone()),
            Some(inner) => self.lookup(name, inner.outer),
            None => {
                let value = self.environment.get(name)?;
                let hidden = || Value::missing(Reason::NotTold, &[name]);
                Some(if self.checks { hidden().of(value.kinds()) } else { value.clone() })
            }
        }
    }

    fn name(&self, name: &str, scope: Option<&Scope<'_>>) -> Value {
        match (self.lookup(name, scope), Kinds::named(name)) {
            (Some(value), _) => value,
            (None, Some(kind)) => Value::Type(kind),
            (None, None) => {
                let names = self.environment.names();
                let message = ["there is no variable ", name, ", only ", &*names, "; a text stands in quotes"];
                Value::missing(Reason::Undeclared, &message)
            }
        }
    }

    fn conditional<'e>(&self, traced: &mut Traced<'e>, scope: Option<&Scope<'_>>) -> Value {
        let [test, yes, no] = &*traced.node.parts else { return Value::Null };
        let mut test = self.trace(test, scope);
        test.value = test.value.boolean();
        let result = test.value.clone();
        test.decides = !matches!(result, Value::Bool(_));
        traced.parts.push(test);
        let mut kinds = Kinds::NONE;
        for (branch, other) in [(yes, false), (no, true)] {
            match result {
                Value::Bool(passed) if passed != other => {
                    let mut branch = self.trace(branch, scope);
                    branch.decides = true;
                    let value = branch.value.clone();
                    traced.parts.push(branch);
                    return value;
                }
                Value::Unknown(..) => {
                    let branch = self.trace(branch, scope);
                    kinds = kinds.or(branch.value.kinds());
                    traced.parts.push(branch);
                }
                _ => {}
            }
        }
        result.of(kinds)
    }

    /// Whatever needs the values of all its parts: an error among them is the result, else something unknown is.
    fn strict(&self, traced: &mut Traced<'_>) -> Value {
        let failed = traced.parts.iter().position(|part| matches!(part.value, Value::Error(_)));
        let unknown = traced.parts.iter().position(|part| matches!(part.value, Value::Unknown(..)));
        let from = failed.or(unknown);
        let value = match (&traced.node.form, failed.and_then(|at| traced.parts.get(at))) {
            (_, Some(part)) => part.value.clone(),
            (Form::Call { name, style, .. }, None) => self.call(name, *style, &traced.parts),
            (form, None) => {
                let is_list = matches!(form, Form::List);
                match unknown.and_then(|at| traced.parts.get(at)) {
                    Some(part) => part.value.clone().of(if is_list { Kinds::LIST } else { Kinds::MAP }),
                    None => container::literal(is_list, &traced.parts, &self.budget),
                }
            }
        };
        // Types that do not fit are an error of this part, whatever is unknown in it.
        let own = failed.is_none() && matches!(value, Value::Error(_));
        let negates = traced.node.is("!");
        if let Some(part) = from.filter(|_| !own).or(negates.then_some(0)).and_then(|at| traced.parts.get_mut(at)) {
            part.decides = true;
        }
        value
    }
}

/// `&&` and `||`.
fn joined(traced: &mut Traced<'_>, absorbing: bool) -> Value {
    let (mut strongest, mut value) = (0, Value::Bool(!absorbing));
    for part in &mut traced.parts {
        part.value = part.value.boolean();
        let strength = pull(&part.value, absorbing);
        if strength > strongest {
            (strongest, value) = (strength, part.value.clone());
        }
    }
    for part in &mut traced.parts {
        part.decides = pull(&part.value, absorbing) == strongest;
    }
    value
}
