//! Evaluation. Every part is evaluated, also those that a short circuit would leave out: a report shows them all, and
//! nothing has effects.

use super::{
    container,
    environment::Environment,
    function::{is_undocumented, namespace},
    kinds::Kinds,
    limit::Budget,
    node::{Form, Node},
    traced::Traced,
    value::{Data, Reason, Value},
};

pub(super) struct Evaluation<'a> {
    environment: &'a Environment,
    pub(super) budget: &'a Budget,
    /// Whether this is what Google does when an expression is stored: every variable is unknown, and the sides of `==`
    /// have to be of one type.
    pub(super) checks: bool,
    /// What everything comes to once the budget is spent.
    pub(super) over: Value,
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
pub(super) fn pull(value: &Value, absorbing: bool) -> u8 {
    match **value {
        Data::Unknown(..) => 2,
        Data::Bool(value) if value == absorbing => SETTLED,
        Data::Bool(_) => 0,
        _ => 1,
    }
}

/// Evaluates a tree; or checks it, with everything unknown.
pub(super) fn evaluate<'e>(root: &'e Node, environment: &Environment, checks: bool) -> Traced<'e> {
    let over = Value::missing(Reason::Budget, &["the expression needs more steps than this program takes"]);
    Evaluation { environment, budget: &environment.budget, checks, over }.trace(root, None)
}

impl Evaluation<'_> {
    /// Evaluates one part.
    pub(super) fn trace<'e>(&self, node: &'e Node, scope: Option<&Scope<'_>>) -> Traced<'e> {
        let mut traced = Traced::new(node, &self.over);
        if self.budget.spend(0) {
            let value = self.value(&mut traced, scope);
            traced.value = if self.budget.is_spent() { self.over.clone() } else { value };
        }
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
        if let Form::Call { name, .. } = &node.form
            && (is_undocumented(name)
                || namespace(node).is_some_and(|namespace| self.lookup(namespace, scope).is_none()))
        {
            // Its arguments are not looked at: it may be a macro, with variables of its own.
            let message = ["Google does not say whether it takes ", name, " in a workload identity pool"];
            return Value::missing(Reason::Undocumented, &message);
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
                Some(if self.checks { self.over.of(value.kinds()) } else { value.clone() })
            }
        }
    }

    fn name(&self, name: &str, scope: Option<&Scope<'_>>) -> Value {
        match (self.lookup(name, scope), Kinds::named(name)) {
            (Some(value), _) => value,
            (None, Some(kind)) => Data::Type(kind).into(),
            (None, None) => {
                let names = self.environment.names();
                let message = ["there is no variable ", name, ", only ", &*names, "; a text stands in quotes"];
                Value::missing(Reason::Undeclared, &message)
            }
        }
    }

    fn conditional<'e>(&self, traced: &mut Traced<'e>, scope: Option<&Scope<'_>>) -> Value {
        let [test, yes, no] = &*traced.node.parts else { return self.over.clone() };
        let mut test = self.trace(test, scope);
        let mut result = test.value.boolean();
        if self.checks && !result.is_error() {
            result = self.over.of(Kinds::BOOL);
        }
        test.value = result.clone();
        test.decides = result.cause().is_some();
        traced.parts.push(test);
        let mut kinds = Kinds::NONE;
        for (branch, wanted) in [(yes, true), (no, false)] {
            if result.is(wanted) || result.is_unknown() {
                let mut branch = self.trace(branch, scope);
                let own = branch.value.kinds();
                if self.checks && kinds != Kinds::NONE && own != Kinds::NONE && !kinds.meets(own) {
                    let message = ["the branches of ?: have two types, ", &*kinds.words(), " and ", &*own.words()];
                    return Value::missing(Reason::Type, &message);
                }
                kinds = kinds.or(own);
                branch.decides = !result.is_unknown();
                traced.parts.push(branch);
            }
        }
        match traced.parts.last() {
            Some(branch) if result.cause().is_none() => branch.value.clone(),
            _ => result.of(kinds),
        }
    }

    /// Whatever needs the values of all its parts: an error among them is the result, else something unknown is.
    fn strict(&self, traced: &mut Traced<'_>) -> Value {
        let failed = traced.parts.iter().find(|part| part.value.is_error());
        let unknown = traced.parts.iter().find(|part| part.value.is_unknown());
        let value = match (&traced.node.form, failed, unknown) {
            (_, Some(part), _) => part.value.clone(),
            (Form::Call { name, style, .. }, ..) => self.call(name, *style, &traced.parts),
            (form, _, Some(part)) => part.value.of(if let Form::List = form { Kinds::LIST } else { Kinds::MAP }),
            (Form::List, ..) => container::list(&traced.parts),
            _ => container::map(&traced.parts, self.budget),
        };
        // Types that do not fit are an error of this part, whatever is unknown in it.
        let own = failed.is_none() && value.is_error();
        let negates = traced.node.is("!");
        for part in &mut traced.parts {
            part.decides = negates || (!own && part.value.cause().is_some() && part.value.cause() == value.cause());
        }
        value
    }
}

/// `&&` and `||`.
fn joined(traced: &mut Traced<'_>, absorbing: bool) -> Value {
    let (mut strongest, mut value) = (0, Value::bool(!absorbing));
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
