//! A condition with the value of each of its parts, as steps.

use super::{
    cel::{Cause, Data, Form, Kinds, Node, Reason, Sides, Traced, Value},
    field::Places,
    near,
    provider::{WorkloadProvider, Written},
};
use crate::{
    json,
    report::{Code, Outcome, Step, Words},
    search::Search as _,
    token::Claims,
};

/// Longest part of an expression that is printed whole.
const CHARACTERS: usize = 70;
/// Longest value that is printed in a title.
const VALUE: usize = 80;

/// What turns the parts of one expression into steps.
#[derive(Clone, Copy, Debug)]
pub(super) struct Explainer<'a> {
    pub(super) provider: &'a WorkloadProvider,
    pub(super) written: &'a Written,
    pub(super) places: Places<'a>,
    /// Those of the token, where near misses are to be told.
    pub(super) claims: Option<&'a Claims>,
}

/// A text on one line, cut where it is long.
pub(super) fn short(text: &str) -> String {
    let line = text.split_ascii_whitespace().collect::<Vec<_>>().join(" ");
    if line.chars().count() <= CHARACTERS {
        return line;
    }
    let start: String = line.chars().take(CHARACTERS).collect();
    start + "…"
}

/// How a sentence begins that says what an entry lacks.
pub(super) fn absent(node: &Node) -> &'static str {
    match node.entry() {
        Some(("assertion", _)) => "the token has no claim ",
        _ => "there is no ",
    }
}

impl Explainer<'_> {
    /// The step of a part, and of what it is made of.
    pub(super) fn step(&self, traced: &Traced<'_>) -> Step {
        let outcome = traced.outcome();
        let (code, passed, failed) = match &traced.node.form {
            Form::And => (Code::GcpConditionAll, "all of these are true", "not all of these are true"),
            Form::Or => (Code::GcpConditionAny, "one of these is true", "none of these is true"),
            Form::Conditional => (Code::GcpConditionPart, "", ""),
            _ => return self.leaf(traced),
        };
        let title: Words = match outcome {
            _ if passed.is_empty() => self.value(traced).into(),
            Outcome::Pass => passed.into(),
            Outcome::Fail => failed.into(),
            Outcome::Unknown | Outcome::NotApplicable => "whether these are true is not certain".into(),
        };
        let form = &traced.node.form;
        let children = traced.parts.iter().map(|part| {
            let mut step = self.step(part);
            if *form == Form::Conditional && !part.decides {
                // What it chose by is not to blame for what it chose.
                step.outcome = Outcome::NotApplicable;
            }
            if *form == Form::Or { step.alternative() } else { step }
        });
        self.finish(Step::new(code, outcome, title).children(children), traced.node)
    }

    fn finish(&self, step: Step, node: &Node) -> Step {
        step.at(self.places.inside(&self.written.field, &node.at))
    }

    /// A comparison, a call, a claim: what is not made of conditions itself; with why it nearly was true.
    fn leaf(&self, traced: &Traced<'_>) -> Step {
        let step = self.compared(traced);
        let claims = self.claims.filter(|_| step.outcome == Outcome::Fail);
        let near = claims.and_then(|claims| near::of(traced, &self.written.field.text, self.provider, claims));
        step.hint(near.map(|near| near.hint()))
    }

    fn compared(&self, traced: &Traced<'_>) -> Step {
        let outcome = traced.outcome();
        if let Some(cause) = traced.value.cause() {
            return self.failed(traced, cause, outcome);
        }
        let Some(sides) = traced.sides() else {
            let (code, more) = if outcome == Outcome::Fail && !traced.value.is(false) {
                (Code::GcpConditionError, ", not true or false")
            } else {
                (Code::GcpConditionPart, "")
            };
            let step = Step::new(code, outcome, self.value(traced) + more);
            let step = if traced.is_vacuous() {
                step.detail("It looked at no element at all: the list is empty.")
            } else {
                step
            };
            return self.finish(self.about(step, traced), traced.node);
        };
        let Sides { actual, expected, swapped } = sides;
        let operator = match &traced.node.form {
            // All that the token has would be shown of a variable: what counts is the entry.
            Form::Call { name, .. } if !matches!(actual.node.form, Form::Name(_)) => &**name,
            _ => "",
        };
        let plain = |kinds: Kinds| if kinds.meets(Kinds::NUMBER) { Kinds::NUMBER } else { kinds };
        let (passed, kinds) = (traced.value.is(true), actual.value.kinds());
        let relation = match (operator, passed) {
            ("!=", false) => "must not be",
            ("==", _) | ("!=", _) => {
                if passed == (operator == "==") {
                    "is"
                } else {
                    "is not"
                }
            }
            ("startsWith", true) => "begins with",
            ("startsWith", false) => "does not begin with",
            ("endsWith", true) => "ends with",
            ("endsWith", false) => "does not end with",
            ("contains", true) => "holds",
            ("contains", false) => "does not hold",
            ("in", true) if swapped => "holds",
            ("in", false) if swapped => "does not hold",
            ("in", true) => "is one of",
            ("in", false) => "is none of",
            ("matches", true) => "matches",
            ("matches", false) => "does not match",
            _ => {
                return self.finish(
                    self.about(Step::new(Code::GcpConditionPart, outcome, self.value(traced)), traced),
                    traced.node,
                );
            }
        };
        let title = match (swapped, operator) {
            (true, "startsWith" | "endsWith" | "contains" | "matches") => self.value(traced),
            // The text 'true' is not the boolean true.
            (_, "==" | "!=") if !plain(kinds).meets(plain(expected.value.kinds())) => {
                let kind = kinds.words();
                [&*self.label(actual.node), " is ", &*kind, ", not ", &*short(self.slice(expected.node))].concat()
            }
            _ => [&*self.label(actual.node), " ", relation, " ", &*self.shown(expected)].concat(),
        };
        let step = Step::new(Code::GcpConditionCompare, outcome, title);
        let mut step = self.about(step, actual);
        step.expected = match expected.value.to_json() {
            Some(json::Value::Array(several)) if operator == "in" => several,
            Some(one) => vec![one],
            None => Vec::new(),
        };
        step.actual = actual.value.to_json();
        self.finish(step, traced.node)
    }

    /// A part that is an error or unknown, with the innermost part that is to blame.
    fn failed(&self, traced: &Traced<'_>, cause: &Cause, outcome: Outcome) -> Step {
        let blamed = traced.deciding().into_iter().find(|part| part.value.cause() == Some(cause)).unwrap_or(traced);
        let label = self.label(blamed.node);
        let what = short(self.slice(traced.node));
        let title = match cause.reason {
            Reason::Absent if blamed.node.entry().is_some() => {
                [absent(blamed.node), &*label, ", so ", &*what, " is an error, which counts as false"].concat()
            }
            Reason::NotTold => ["the evidence does not tell ", &*label].concat(),
            _ => [&*what, ": ", &*cause.message].concat(),
        };
        let code = if outcome == Outcome::Fail { Code::GcpConditionError } else { Code::GcpConditionPart };
        let step = Step::new(code, outcome, title);
        let step = if outcome == Outcome::Fail {
            step.detail("An error counts as false, and Google's message does not tell the two apart.")
        } else {
            step
        };
        self.finish(self.about(step, blamed), blamed.node)
    }

    /// The claim that a part reads, directly or through the mapping.
    fn about(&self, step: Step, part: &Traced<'_>) -> Step {
        match self.provider.claim(part.node) {
            Some(claim) => step.claim(claim),
            None => step,
        }
    }

    /// How people call a part: `vcs-ref`, `attribute.project`, else as it is written.
    fn label(&self, node: &Node) -> String {
        match node.entry() {
            Some(("assertion", name)) => name.strip_prefix("oidc.circleci.com/").unwrap_or(name).to_owned(),
            Some((variable, name)) if !node.is("in") => [variable, ".", name].concat(),
            _ => short(self.slice(node)),
        }
    }

    fn slice<'t>(&'t self, node: &Node) -> &'t str {
        self.written.field.text.get(node.at.clone()).unwrap_or_default()
    }

    /// A value in a title: as it is, or as the expression writes it.
    fn shown(&self, traced: &Traced<'_>) -> String {
        match &*traced.value {
            Data::String(text) if text.len() <= VALUE && !text.is_empty() && !text.holds("\n") => text.clone(),
            _ if traced.node.is_constant() => short(self.slice(traced.node)),
            _ => self.label(traced.node),
        }
    }

    fn value(&self, traced: &Traced<'_>) -> String {
        [&*short(self.slice(traced.node)), " is ", &*said(&traced.value)].concat()
    }
}

fn said(value: &Value) -> String {
    match value.to_json() {
        Some(json) => short(&json.to_json()),
        None => value.kinds().words(),
    }
}
