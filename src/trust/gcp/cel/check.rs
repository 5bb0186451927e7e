//! What Google finds when an expression is stored: a little of what CEL's type checker does.
//!
//! Every part has a set of types that it may have; a variable's entry may have any. A problem is reported only where no
//! type of the set fits.

use super::{
    environment::Environment,
    function::{find, is_qualified, is_undocumented, meant},
    kinds::Kinds,
    mistake::dotted,
    node::{Form, Macro, Node},
    operator::Operator,
    problem::Problem,
};

/// Checks a tree whose result has to be one of `wanted`.
pub(super) fn check(text: &str, root: &Node, environment: &Environment, wanted: Kinds) -> Vec<Problem> {
    let mut check = Check { text, environment, variables: Vec::new(), problems: Vec::new() };
    check.part(root, wanted, "the whole expression");
    check.problems
}

struct Check<'a> {
    text: &'a str,
    environment: &'a Environment,
    /// Variables of the macros around the part.
    variables: Vec<&'a str>,
    problems: Vec<Problem>,
}

impl<'a> Check<'a> {
    fn is_declared(&self, name: &str) -> bool {
        self.variables.contains(&name) || self.environment.get(name).is_some()
    }

    /// Checks a part that has to be one of `wanted`; returns the types that it may have.
    fn part(&mut self, node: &'a Node, wanted: Kinds, whose: &str) -> Kinds {
        let before = self.problems.len();
        let kinds = self.infer(node);
        // One mistake is told once, where it is.
        if self.problems.len() > before {
            return Kinds::ANY;
        }
        if !kinds.meets(wanted) {
            let message = [whose, " has to be ", &*wanted.words(), ", not ", &*kinds.words()];
            self.report(Problem::new(node.at.clone(), &message));
            return Kinds::ANY;
        }
        kinds
    }

    fn report(&mut self, problem: Box<Problem>) {
        let start = problem.at.start;
        if self.problems.last().is_none_or(|last| !last.at.contains(&start)) {
            self.problems.push(*problem);
        }
    }

    /// The types that a part may have.
    fn infer(&mut self, node: &'a Node) -> Kinds {
        let parts = &*node.parts;
        match &node.form {
            Form::Literal(value) => value.kind().unwrap_or(Kinds::ANY),
            Form::Name(name) => self.name(node, name),
            Form::And | Form::Or | Form::Not => {
                for part in parts {
                    self.part(part, Kinds::BOOL, "this part");
                }
                Kinds::BOOL
            }
            Form::Conditional => {
                let mut kinds = Kinds::ANY;
                for (number, part) in parts.iter().enumerate() {
                    let own = self.part(part, if number == 0 { Kinds::BOOL } else { Kinds::ANY }, "this part");
                    kinds = if number == 2 { kinds.or(own) } else { own };
                }
                kinds
            }
            Form::List | Form::Map => {
                for part in parts {
                    self.part(part, Kinds::ANY, "");
                }
                if matches!(node.form, Form::List) { Kinds::LIST } else { Kinds::MAP }
            }
            Form::Select(_) | Form::Has(_) => {
                if let Some((claim, end)) = dotted(self.text, node.at.start) {
                    let message = "a claim's name with dots and slashes stands in brackets and quotes";
                    let problem = Problem::new(node.at.start..end, &[message]);
                    self.report(problem.fix(&["assertion['", claim, "']"]));
                }
                for part in parts {
                    self.part(part, Kinds::MAP, "what stands before the point");
                }
                if matches!(node.form, Form::Has(_)) { Kinds::BOOL } else { Kinds::ANY }
            }
            Form::Operator(operator) => self.operator(node, *operator),
            Form::Call { method: true, .. } if is_qualified(node, &|name| self.is_declared(name)) => Kinds::ANY,
            Form::Call { name, at, method } => self.call(node, name, *at, *method),
            Form::Macro(kind, name) => {
                let tests = parts.len().saturating_sub(usize::from(*kind == Macro::Map));
                for (number, part) in parts.iter().enumerate() {
                    let wanted = match number {
                        0 => Kinds::LIST.or(Kinds::MAP),
                        _ if number < tests => Kinds::BOOL,
                        _ => Kinds::ANY,
                    };
                    self.part(part, wanted, "this part of the macro");
                    if number == 0 {
                        self.variables.push(name);
                    }
                }
                self.variables.pop();
                if matches!(kind, Macro::Filter | Macro::Map) { Kinds::LIST } else { Kinds::BOOL }
            }
        }
    }

    fn name(&mut self, node: &Node, name: &str) -> Kinds {
        if self.variables.contains(&name) {
            return Kinds::ANY;
        }
        match (self.environment.get(name), Kinds::named(name)) {
            (Some(value), _) => return value.kind().unwrap_or(Kinds::ANY),
            (None, Some(_)) => return Kinds::TYPE,
            (None, None) => {}
        }
        let message =
            ["there is no variable ", name, ", only ", &*self.environment.names(), "; a text stands in quotes"];
        let problem = Problem::new(node.at.clone(), &message);
        let lower = name.to_ascii_lowercase();
        self.report(match &*lower {
            "true" | "false" | "null" => problem.fix(&[&*lower]),
            "none" | "nil" => problem.fix(&["null"]),
            _ => problem,
        });
        Kinds::ANY
    }

    fn operator(&mut self, node: &'a Node, operator: Operator) -> Kinds {
        let (first, second, together) = operator.takes();
        let mut kinds = Kinds::ANY;
        for (number, part) in node.parts.iter().enumerate() {
            let own = self.part(part, if number == 0 { first } else { second }, operator.spelling());
            let is_equality = matches!(operator, Operator::Equal | Operator::NotEqual);
            // Anything may be compared with null, and numbers with numbers of another type.
            let may_differ = !is_equality && !together || (is_equality && kinds.or(own).meets(Kinds::NULL));
            let numbers = operator.compares() && kinds.meets(Kinds::NUMBER) && own.meets(Kinds::NUMBER);
            if number > 0 && !may_differ && !numbers && !kinds.meets(own) {
                let message = [operator.spelling(), " has ", &*kinds.words(), " and ", &*own.words(), " on its sides"];
                self.report(Problem::new(node.at.clone(), &message));
            }
            kinds = if number == 0 { own } else { kinds.and(own) };
        }
        match operator {
            Operator::Index => Kinds::ANY,
            _ if operator.compares() => Kinds::BOOL,
            _ => kinds,
        }
    }

    fn call(&mut self, node: &'a Node, name: &str, at: usize, method: bool) -> Kinds {
        let function = find(name, method);
        let fits = function.filter(|function| function.takes_count(node.parts.len()));
        for (number, part) in node.parts.iter().enumerate() {
            let takes = fits.and_then(|function| function.takes.get(number)).copied().unwrap_or(Kinds::ANY);
            self.part(part, takes, name);
        }
        if let Some(function) = fits {
            return function.gives;
        }
        if !is_undocumented(name) {
            let at = at..at.saturating_add(name.len());
            let other = find(name, !method).is_some();
            let (what, meant) = match (function, meant(name)) {
                (Some(_), _) => (" takes another number of arguments", None),
                (None, _) if other && method => (" is called as a function, not behind a point", None),
                (None, _) if other => (" is called behind a point: text.name(…)", None),
                (None, meant) => (" is no function of CEL", meant),
            };
            let problem = Problem::new(at, &[name, what]);
            self.report(match meant {
                Some(meant) => problem.fix(&[meant]),
                None => problem,
            });
        }
        Kinds::ANY
    }
}
