//! How an operator counts the values of a key: one or several in the request, one or several in the policy, none at all.
//!
//! The values of a policy are alternatives; a negated operator is true if none of them matches
//! (<https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_multi-value-conditions.html>).

use super::{
    compared::{Compared, OVER_BUDGET},
    held::Held,
    operator::{Family, Set, Surroundings, Use, compare},
    policy::Literal,
};
use crate::report::Outcome;

/// What came out of one condition.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Judgement {
    pub(super) outcome: Outcome,
    /// Why it is unknown.
    pub(super) why: Option<&'static str>,
}

impl Judgement {
    const fn certain(outcome: Outcome) -> Self {
        Self { outcome, why: None }
    }

    pub(super) const fn unknown(why: &'static str) -> Self {
        Self { outcome: Outcome::Unknown, why: Some(why) }
    }
}

const EMPTY_LIST: &str = "The AWS documentation contradicts itself on an empty list of values.";
const SEVERAL_VALUES: &str = "The key has several values; AWS asks for ForAnyValue or ForAllValues and does not say what this operator does without.";
const NO_VALUES: &str = "The key has an empty list of values; AWS does not say what this operator does with it.";

/// Judges a condition.
pub(super) fn judge(used: Use, values: &[Literal], held: &Held, around: Surroundings<'_>) -> Judgement {
    if used.operator.family == Family::Null {
        return null(used.set, values, held);
    }
    match held {
        Held::NotKnown(_)
            if used.set == Some(Set::AnyValue) && values.is_empty() && !used.operator.negated && !used.if_exists =>
        {
            Judgement::certain(Outcome::Fail)
        }
        Held::NotKnown(why) => Judgement::unknown(why),
        Held::Absent => absent(used, values),
        Held::One(_) | Held::Many(_) if values.is_empty() => empty_list(used, held),
        Held::One(value) => over(used, values, std::slice::from_ref(value), around),
        Held::Many(several) if used.set.is_some() => over(used, values, several, around),
        Held::Many(several) => Judgement::unknown(if several.is_empty() { NO_VALUES } else { SEVERAL_VALUES }),
    }
}

/// The key is not in the request.
fn absent(used: Use, values: &[Literal]) -> Judgement {
    match used.set {
        Some(Set::AllValues) => Judgement::certain(Outcome::Pass),
        Some(Set::AnyValue) if used.if_exists => {
            Judgement::unknown("AWS does not say what ForAnyValue with IfExists does if the key is absent.")
        }
        Some(Set::AnyValue) => Judgement::certain(Outcome::Fail),
        None if used.if_exists => Judgement::certain(Outcome::Pass),
        None if values.is_empty() => Judgement::unknown(EMPTY_LIST),
        None => Judgement::certain(Outcome::from_bool(used.operator.negated)),
    }
}

/// The key is there, and the policy lists no value.
fn empty_list(used: Use, held: &Held) -> Judgement {
    let no_value = matches!(held, Held::Many(several) if several.is_empty());
    match used.set {
        _ if used.operator.negated => Judgement::unknown(EMPTY_LIST),
        Some(Set::AllValues) if no_value => Judgement::certain(Outcome::Pass),
        Some(_) => Judgement::certain(Outcome::Fail),
        None if used.if_exists && matches!(held, Held::One(_)) => Judgement::certain(Outcome::Fail),
        None => Judgement::unknown(EMPTY_LIST),
    }
}

fn over(used: Use, values: &[Literal], actual: &[String], around: Surroundings<'_>) -> Judgement {
    let mut why = None;
    let each: Vec<Outcome> = actual
        .iter()
        .map(|actual| {
            let matched = any(used, values, actual, around, &mut why);
            if used.operator.negated { matched.negate() } else { matched }
        })
        .collect();
    let outcome = match used.set {
        Some(Set::AllValues) => Outcome::all(each),
        Some(Set::AnyValue) | None => Outcome::any(each),
    };
    Judgement { outcome, why: why.filter(|_| outcome == Outcome::Unknown) }
}

/// Whether one of the policy's values matches.
fn any(
    used: Use,
    values: &[Literal],
    actual: &str,
    around: Surroundings<'_>,
    why: &mut Option<&'static str>,
) -> Outcome {
    let mut so_far = Outcome::Fail;
    for value in values {
        let length = match value {
            Literal::Text(text) | Literal::Number(text) => text.len(),
            Literal::Bool(_) => 0,
        };
        let affordable = around.budget.spend(actual.len().saturating_add(length).saturating_add(1));
        let compared = if affordable { compare(used.operator.family, value, actual, around) } else { OVER_BUDGET };
        if compared == Compared::Yes {
            return Outcome::Pass;
        }
        *why = why.or(compared.reason());
        so_far = Outcome::any([so_far, compared.outcome()]);
    }
    so_far
}

/// `Null`: `true` asks that the key be absent, `false` that it be there.
fn null(set: Option<Set>, values: &[Literal], held: &Held) -> Judgement {
    match set {
        Some(Set::AllValues) => return Judgement::certain(Outcome::Pass),
        Some(Set::AnyValue) => return Judgement::certain(Outcome::Fail),
        None => {}
    }
    let wanted = values.iter().map(|value| match value {
        Literal::Bool(absent) => Some(*absent),
        Literal::Text(text) if text == "true" => Some(true),
        Literal::Text(text) if text == "false" => Some(false),
        Literal::Text(_) | Literal::Number(_) => None,
    });
    let Some(wanted) = wanted.collect::<Option<Vec<bool>>>() else {
        return Judgement::unknown("AWS does not say what Null does with anything but true and false in lower case.");
    };
    match held {
        _ if wanted.is_empty() => Judgement::unknown(EMPTY_LIST),
        Held::NotKnown(why) => Judgement::unknown(why),
        Held::Many(several) if several.is_empty() => Judgement::unknown(NO_VALUES),
        Held::Absent => Judgement::certain(Outcome::from_bool(wanted.contains(&true))),
        Held::One(_) | Held::Many(_) => Judgement::certain(Outcome::from_bool(wanted.contains(&false))),
    }
}
