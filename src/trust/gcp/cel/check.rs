//! What Google finds when an expression is stored: a little of what CEL's type checker does.
//!
//! Every part has a set of types that it may have; a variable's entry may have any. A problem is reported only where no
//! type of the set fits.

use super::{
    environment::Environment,
    function::{find, is_namespace, is_undocumented, meant},
    kinds::Kinds,
    mistake,
    node::{Form, Macro, Node},
    operator::Operator,
    problem::Problem,
};

/// Checks a tree whose result has to be one of `wanted`.
pub(super) fn check(text: &str, root: &Node, environment: &Environment, wanted: Kinds) -> Vec<Problem> {
    let mut check = Check { text, environment, variables: Vec::new(), problems: Vec::new() };
    let kinds = check.infer(root);
    if !kinds.meets(wanted) {
        check
            .problems
            .push(Problem::new(&root.at, ["the result is ", &*kinds.words(), ", never ", &*wanted.words()].concat()));
    }
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

    /// The types that a part may have.
    fn infer(&mut self, node: &'a Node) -> Kinds {
        let before = self.problems.len();
        let kinds = match &node.form {
            Form::Name(name) => self.name(node, name),
            Form::Macro(kind, name) => self.macro_call(node, *kind, name),
            Form::Call { method: true, .. } if self.is_qualified(node) => Kinds::ANY,
            _ => {
                let parts: Vec<Kinds> = node.parts.iter().map(|part| self.infer(part)).collect();
                self.combine(node, &parts)
            }
        };
        // One mistake is told once, where it is.
        if self.problems.len() > before { Kinds::ANY } else { kinds }
    }

    fn report(&mut self, problem: Problem) {
        let told = self
            .problems
            .last()
            .is_some_and(|last| last.at.end > problem.at.start && last.at.start <= problem.at.start);
        if !told {
            self.problems.push(problem);
        }
    }

    fn name(&mut self, node: &Node, name: &str) -> Kinds {
        if self.is_declared(name) {
            let value = if self.variables.contains(&name) { None } else { self.environment.get(name) };
            return value.and_then(super::value::Value::kind).unwrap_or(Kinds::ANY);
        }
        if Kinds::named(name).is_some() {
            return Kinds::TYPE;
        }
        let lower = name.to_ascii_lowercase();
        let message =
            format!("there is no variable {name}, only {}; a text stands in quotes", self.environment.names());
        let problem = Problem::new(&node.at, message);
        self.report(match &*lower {
            "true" | "false" | "null" => problem.fix(lower),
            "none" | "nil" => problem.fix("null"),
            _ => problem,
        });
        Kinds::ANY
    }

    /// A function of an extension, `math.greatest(1, 2)`: not known whether there is one.
    fn is_qualified(&self, node: &Node) -> bool {
        match node.parts.first().map(|receiver| &receiver.form) {
            Some(Form::Name(receiver)) => is_namespace(receiver) && !self.is_declared(receiver),
            _ => false,
        }
    }

    fn macro_call(&mut self, node: &'a Node, kind: Macro, name: &'a str) -> Kinds {
        let [range, body @ ..] = &*node.parts else { return Kinds::ANY };
        let kinds = self.infer(range);
        if !kinds.meets(Kinds::LIST.or(Kinds::MAP)) {
            self.mismatch(range, &format!("{}()", kind.name()), Kinds::LIST.or(Kinds::MAP), kinds);
        }
        self.variables.push(name);
        for (number, part) in body.iter().enumerate() {
            let kinds = self.infer(part);
            let is_test = kind != Macro::Map || number.saturating_add(1) < body.len();
            if is_test && !kinds.meets(Kinds::BOOL) {
                self.mismatch(part, &format!("{}()", kind.name()), Kinds::BOOL, kinds);
            }
        }
        self.variables.pop();
        match kind {
            Macro::All | Macro::Exists | Macro::ExistsOne => Kinds::BOOL,
            Macro::Filter | Macro::Map => Kinds::LIST,
        }
    }

    fn mismatch(&mut self, part: &Node, what: &str, wanted: Kinds, got: Kinds) {
        let message = [what, " takes ", &*wanted.words(), ", not ", &*got.words()].concat();
        self.report(Problem::new(&part.at, message));
    }

    /// The types of a part from those of its own parts.
    fn combine(&mut self, node: &Node, parts: &[Kinds]) -> Kinds {
        match &node.form {
            Form::Literal(value) => value.kind().unwrap_or(Kinds::ANY),
            Form::And => self.booleans(node, parts, "&&"),
            Form::Or => self.booleans(node, parts, "||"),
            Form::Not => self.booleans(node, parts, "!"),
            Form::Conditional => {
                self.booleans(node, parts.get(..1).unwrap_or_default(), "?:");
                parts.iter().skip(1).copied().reduce(Kinds::or).unwrap_or(Kinds::ANY)
            }
            Form::List => Kinds::LIST,
            Form::Map => Kinds::MAP,
            Form::Select(_) | Form::Has(_) => self.select(node, parts),
            Form::Operator(operator) => self.operator(node, *operator, parts),
            Form::Call { .. } => self.call(node, parts),
            Form::Name(_) | Form::Macro(..) => Kinds::ANY,
        }
    }

    fn booleans(&mut self, node: &Node, parts: &[Kinds], what: &str) -> Kinds {
        for (part, kinds) in node.parts.iter().zip(parts) {
            if !kinds.meets(Kinds::BOOL) {
                self.mismatch(part, what, Kinds::BOOL, *kinds);
            }
        }
        Kinds::BOOL
    }

    fn select(&mut self, node: &Node, parts: &[Kinds]) -> Kinds {
        if let Some((claim, end)) = mistake::dotted(self.text, node.at.start) {
            let message = "a claim's name with dots and slashes stands in brackets and quotes";
            self.report(Problem::new(&(node.at.start..end), message).fix(format!("assertion['{claim}']")));
        }
        if let (Some(kinds), Some(part)) = (parts.first().filter(|kinds| !kinds.meets(Kinds::MAP)), node.parts.first())
        {
            self.mismatch(part, "a name after a point", Kinds::MAP, *kinds);
        }
        if matches!(node.form, Form::Has(_)) { Kinds::BOOL } else { Kinds::ANY }
    }

    fn operator(&mut self, node: &Node, operator: Operator, parts: &[Kinds]) -> Kinds {
        let (first, second, together) = operator.takes();
        for ((part, kinds), takes) in node.parts.iter().zip(parts).zip([first, second]) {
            if !kinds.meets(takes) {
                self.mismatch(part, operator.spelling(), takes, *kinds);
            }
        }
        let [left, right] = parts else { return parts.first().copied().unwrap_or(Kinds::ANY) };
        let is_equality = matches!(operator, Operator::Equal | Operator::NotEqual);
        // Numbers compare with numbers of another type, and anything may be compared with null.
        let wide = |kinds: &Kinds| {
            if operator.compares() && kinds.meets(Kinds::NUMBER) { kinds.or(Kinds::NUMBER) } else { *kinds }
        };
        let null = is_equality && (left.meets(Kinds::NULL) || right.meets(Kinds::NULL));
        if (is_equality || together) && !null && !wide(left).meets(wide(right)) {
            let message =
                [operator.spelling(), " has ", &*left.words(), " on one side and ", &*right.words(), " on the other"];
            self.report(Problem::new(&node.at, message.concat()));
        }
        match operator {
            _ if operator.compares() => Kinds::BOOL,
            Operator::Index => Kinds::ANY,
            _ => left.and(*right),
        }
    }

    fn call(&mut self, node: &Node, parts: &[Kinds]) -> Kinds {
        let Form::Call { name, at, method } = &node.form else { return Kinds::ANY };
        let Some(function) = find(name, *method).filter(|function| function.takes_count(parts.len())) else {
            if !is_undocumented(name) {
                self.missing(name, at, *method);
            }
            return Kinds::ANY;
        };
        for ((part, kinds), takes) in node.parts.iter().zip(parts).zip(function.takes) {
            if !kinds.meets(*takes) {
                self.mismatch(part, name, *takes, *kinds);
            }
        }
        function.gives
    }

    fn missing(&mut self, name: &str, at: &std::ops::Range<usize>, method: bool) {
        let known = find(name, method).or(find(name, !method));
        let problem = match known {
            Some(_) if find(name, method).is_some() => {
                Problem::new(at, format!("{name} takes another number of arguments"))
            }
            Some(_) if method => Problem::new(at, format!("{name} is a function, no method: {name}(…)")),
            Some(_) => Problem::new(at, format!("{name} is a method: text.{name}(…)")),
            None => Problem::new(at, format!("there is no function {name}")),
        };
        self.report(match meant(name) {
            Some(meant) if known.is_none() => problem.fix(meant),
            _ => problem,
        });
    }
}
