//! Words for the steps of a condition, and their places.

use std::ops::Range;

use super::{
    condition::Judged,
    context::{PROJECT_ID, Subject},
    difference::brief,
    held::Held,
    operator::{Family, Order, Set},
    policy::Literal,
};
use crate::{
    json::Value,
    report::{Outcome, Source, Span},
};

/// Turns bytes of the pasted text into spans; into none where there is no text.
#[derive(Clone, Copy, Debug)]
pub(super) struct Places<'a> {
    pub(super) source: Option<&'a Source>,
    /// Nobody reads the steps, only what comes out: they go without words, which take nine tenths of the time.
    pub(super) quiet: bool,
}

impl Places<'_> {
    pub(super) fn span(&self, bytes: &Range<usize>) -> Option<Span> {
        self.source.filter(|_| !self.quiet).map(|source| source.span(bytes.clone()))
    }
}

/// A claim's name as people say it: without CircleCI's prefix.
pub(super) fn short(claim: &str) -> &str {
    claim.strip_prefix("oidc.circleci.com/").unwrap_or(claim)
}

/// What a condition is about, in a word: `sub`, or the whole key where it is no claim of the token.
pub(super) fn label<'a>(subject: &'a Subject, key: &'a str) -> &'a str {
    match subject {
        Subject::Claim(claim) => short(claim),
        Subject::Hidden(claim) => short(claim),
        Subject::OtherProvider { .. } | Subject::Request | Subject::Nothing => key,
    }
}

/// The full name of the claim that a condition looks at.
pub(super) fn claim(subject: &Subject) -> Option<&str> {
    match subject {
        Subject::Claim(claim) => Some(claim),
        Subject::Hidden(claim) | Subject::OtherProvider { claim, .. } if claim != PROJECT_ID => Some(claim),
        Subject::Hidden(_) | Subject::OtherProvider { .. } => Some(PROJECT_ID),
        Subject::Request | Subject::Nothing => None,
    }
}

/// The value of the request as the step shows it.
pub(super) fn actual(held: &Held) -> Option<Value> {
    match held {
        Held::One(text) => Some(Value::from(text)),
        Held::Many(several) => Some(Value::Array(several.iter().map(Value::from).collect())),
        Held::Absent | Held::NotKnown(_) => None,
    }
}

/// A value of the policy as the step shows it.
pub(super) fn expected(literal: &Literal) -> Value {
    match literal {
        Literal::Text(text) => Value::from(text),
        Literal::Number(spelled) => Value::Number(spelled.clone()),
        Literal::Bool(value) => Value::from(*value),
    }
}

/// The title of a condition's step.
pub(super) fn title(judged: &Judged<'_>) -> String {
    let label = judged.label();
    let name = &judged.condition.operator_name;
    let used = judged.used;
    let negated = used.operator.negated;
    let passed = match judged.judgement.outcome {
        Outcome::Pass => true,
        Outcome::Fail => false,
        Outcome::Unknown | Outcome::NotApplicable => return format!("{name} on {label} cannot be judged"),
    };
    let verdict = if passed { "true" } else { "false" };
    let relation = |holds| relation(used.operator.family, holds, judged.values());
    match &judged.found.held {
        _ if used.operator.family == Family::Null && used.set.is_some() => format!("{name} is always {verdict}"),
        held if used.operator.family == Family::Null => {
            let state = if *held == Held::Absent { "absent" } else { "present" };
            if passed { format!("{label} is {state}") } else { format!("{label} is {state}, which makes {name} false") }
        }
        Held::Absent if judged.never_seen() => format!("AWS does not see {label}, which makes {name} {verdict}"),
        Held::Absent => format!("{label} is absent, which makes {name} {verdict}"),
        _ if judged.values().is_empty() => format!("{name} has no values in the policy, which makes it {verdict}"),
        Held::Many(several) if several.is_empty() => format!("{label} has no value, which makes {name} {verdict}"),
        Held::Many(_) => match (used.set, passed) {
            (Some(Set::AllValues), true) if negated => format!("no value of {label} {}", relation(true)),
            (Some(Set::AllValues), true) => format!("every value of {label} {}", relation(true)),
            (_, true) => format!("at least one value of {label} {}", relation(!negated)),
            (Some(Set::AllValues), false) => format!("not every value of {label} satisfies {name}"),
            (_, false) => format!("no value of {label} satisfies {name}"),
        },
        _ if negated && !passed => format!("{label} {}, which {name} excludes", relation(true)),
        _ => format!("{label} {}", relation(passed != negated)),
    }
}

/// What a value is to the policy's values.
fn relation(family: Family, holds: bool, values: &[Literal]) -> String {
    let several = values.len() > 1;
    let object = |one: &str, many: &str| match (several, holds) {
        (false, _) => match values.first() {
            Some(value) => brief(&expected(value).as_str().map_or_else(|| expected(value).to_json(), str::to_owned)),
            None => format!("the {one} in the policy"),
        },
        (true, true) => format!("one of the {} {many} in the policy", values.len()),
        (true, false) => format!("any of the {} {many} in the policy", values.len()),
    };
    let is = if holds { "is" } else { "is not" };
    match family {
        Family::StringLike | Family::Arn => {
            let verb = if holds { "matches" } else { "does not match" };
            format!("{verb} {}", object("pattern", "patterns"))
        }
        Family::Ip => format!("{is} in {}", object("range", "ranges")),
        Family::Numeric(order) => format!("{is} {} {}", numeric(order), object("number", "numbers")),
        Family::Date(order) => format!("{is} {} {}", chronological(order), object("date", "dates")),
        Family::String | Family::StringIgnoreCase | Family::Bool | Family::Binary | Family::Null => {
            format!("{is} {}", object("value", "values"))
        }
    }
}

const fn numeric(order: Order) -> &'static str {
    match order {
        Order::Equal => "equal to",
        Order::Less => "less than",
        Order::LessOrEqual => "at most",
        Order::Greater => "greater than",
        Order::GreaterOrEqual => "at least",
    }
}

const fn chronological(order: Order) -> &'static str {
    match order {
        Order::Equal => "exactly",
        Order::Less => "before",
        Order::LessOrEqual => "at or before",
        Order::Greater => "after",
        Order::GreaterOrEqual => "at or after",
    }
}
