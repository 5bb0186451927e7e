//! The step `verify.require`: further claims that the caller wants to see.

use super::{
    Requirement, not_judged,
    quote::{list, shown},
};
use crate::{
    json::{Number, Value},
    report::{Code, Outcome, Step},
    token::{Claims, Known},
};

/// Judges the further claims.
pub(super) fn judge(claims: &Result<Claims, String>, required: &[Requirement]) -> Step {
    const CODE: Code = Code::VerifyRequire;
    if required.is_empty() {
        return Step::new(CODE, Outcome::NotApplicable, "Nothing further is required");
    }
    let claims = match claims {
        Ok(claims) => claims,
        Err(reason) => return not_judged(CODE, reason),
    };
    let children: Vec<_> = required.iter().map(|requirement| one(claims, requirement)).collect();
    let outcome = Outcome::all(children.iter().map(|child| child.outcome));
    let title = match children.iter().find(|child| child.outcome == outcome) {
        Some(child) if outcome != Outcome::Pass => child.title.clone(),
        _ => "Every required claim has a required value".into(),
    };
    Step::new(CODE, outcome, title).children(children)
}

fn one(claims: &Claims, Requirement { claim, accepted }: &Requirement) -> Step {
    let wanted = list(accepted.iter().map(shown));
    let step = |outcome, title: String| {
        Step::new(Code::VerifyRequireClaim, outcome, title).claim(claim.clone()).expected(accepted)
    };
    match claims.get(claim) {
        Known::Absent => step(Outcome::Fail, format!("{claim} is missing; required is {wanted}")),
        Known::NotKnown => step(Outcome::Unknown, format!("{claim} is not known; required is {wanted}")),
        Known::Present(actual) => {
            let values = match actual {
                Value::Array(items) => items.as_slice(),
                single => std::slice::from_ref(single),
            };
            let passed = values.iter().any(|value| accepted.iter().any(|wanted| equal(value, wanted)));
            let is = shown(actual);
            let title =
                if passed { format!("{claim} is {is}") } else { format!("{claim} is {is}; required is {wanted}") };
            let step = step(Outcome::from_bool(passed), title).actual(Some(actual));
            if passed { step } else { step.detail(difference(values, accepted)) }
        }
    }
}

/// Equal as JSON values: of the same type, numbers by their value and not by their spelling.
fn equal(actual: &Value, wanted: &Value) -> bool {
    match (actual, wanted) {
        (Value::Number(actual), Value::Number(wanted)) => match (Number::parse(actual), Number::parse(wanted)) {
            (Some(actual), Some(wanted)) => actual == wanted,
            _ => actual == wanted,
        },
        _ => actual == wanted,
    }
}

fn difference(values: &[Value], accepted: &[Value]) -> String {
    let spelled = |value: &Value| value.as_str().map_or_else(|| value.to_json(), str::to_owned);
    let same_text = values.iter().any(|value| accepted.iter().any(|wanted| spelled(value) == spelled(wanted)));
    let text = if same_text {
        "The types differ: text in quotes is not the same as a value without them."
    } else {
        "The token is of another job, or the required value is wrong."
    };
    text.to_owned()
}

#[cfg(test)]
mod tests {
    use super::equal;
    use crate::json::Value;

    #[test]
    fn values_are_equal_with_their_type() {
        let number = |spelled: &str| Value::Number(spelled.to_owned());
        assert!(equal(&number("1.0"), &number("1")));
        assert!(!equal(&number("9007199254740993"), &number("9007199254740992")));
        assert!(equal(&number("9007199254740993"), &number("9007199254740993")));
        assert!(!equal(&Value::from("false"), &Value::from(false)));
        assert!(!equal(&Value::from("A"), &Value::from("a")));
    }
}
