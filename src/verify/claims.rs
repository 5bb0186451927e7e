//! The step `verify.claims`: the payload can be read, and the registered claims have their types.

use super::{
    not_judged,
    presented::Object,
    quote::{shown, typed},
};
use crate::{
    Seconds,
    json::{Node, Value},
    report::{Code, Outcome, Step},
    token::{Claims, Known},
};

/// What a payload says.
pub(super) struct Payload {
    pub(super) step: Step,
    /// The claims; why they cannot be known.
    pub(super) claims: Result<Claims, String>,
}

/// Which JSON type a registered claim has, and whether it has to be there.
struct Rule {
    claim: &'static str,
    required: bool,
    check: fn(&Value) -> Result<(), String>,
    reference: &'static str,
}

/// RFC 7519, 4.1. CircleCI's tokens always have `iss`, `sub`, `aud`, `iat` and `exp`
/// (<https://circleci.com/docs/openid-connect-tokens/>, as of 2026-08-20); a missing `aud` is for `verify.audience` to
/// judge, and a missing `sub` for `verify.issuer`.
const RULES: [Rule; 6] = [
    Rule {
        claim: "iss",
        required: true,
        check: text,
        reference: "https://www.rfc-editor.org/rfc/rfc7519#section-4.1.1",
    },
    Rule {
        claim: "sub",
        required: false,
        check: text,
        reference: "https://www.rfc-editor.org/rfc/rfc7519#section-4.1.2",
    },
    Rule {
        claim: "aud",
        required: false,
        check: texts,
        reference: "https://www.rfc-editor.org/rfc/rfc7519#section-4.1.3",
    },
    Rule {
        claim: "exp",
        required: true,
        check: time,
        reference: "https://www.rfc-editor.org/rfc/rfc7519#section-4.1.4",
    },
    Rule {
        claim: "nbf",
        required: false,
        check: time,
        reference: "https://www.rfc-editor.org/rfc/rfc7519#section-4.1.5",
    },
    Rule {
        claim: "iat",
        required: true,
        check: time,
        reference: "https://www.rfc-editor.org/rfc/rfc7519#section-4.1.6",
    },
];

/// Judges a payload.
pub(super) fn judge(object: &Object, partial: bool) -> Payload {
    match object {
        Object::Absent(reason) => Payload { step: not_judged(Code::VerifyClaims, reason), claims: Err(reason.clone()) },
        Object::Broken(problem) => Payload {
            step: Step::new(Code::VerifyClaims, Outcome::Fail, problem.title.clone())
                .children([problem.as_ref().clone()]),
            claims: Err("the payload cannot be read".to_owned()),
        },
        Object::Read(document, duplicates) => {
            let claims = members(&document.root, partial);
            Payload { step: step(&claims, duplicates), claims: Ok(claims) }
        }
    }
}

fn members(payload: &Node, partial: bool) -> Claims {
    let members = payload.as_object().unwrap_or_default();
    Claims::new(members.iter().map(|member| (member.name.clone(), Value::from(&member.value))).collect(), partial)
}

fn step(claims: &Claims, duplicates: &[Step]) -> Step {
    let rules = RULES.iter().filter_map(|rule| {
        let step = |outcome, title: String| {
            Step::new(Code::VerifyClaimsClaim, outcome, title).claim(rule.claim).reference(rule.reference)
        };
        let claim = rule.claim;
        match claims.get(claim) {
            Known::Present(value) => Some(match (rule.check)(value) {
                Ok(()) => step(Outcome::Pass, format!("{claim} has its type")).actual(Some(value)),
                Err(wrong) => step(Outcome::Fail, format!("{claim} is {wrong}")).actual(Some(value)),
            }),
            Known::Absent if rule.required => Some(
                step(Outcome::Fail, format!("{claim} is missing"))
                    .detail("CircleCI always writes it: this is somebody else's token, or it was changed."),
            ),
            Known::NotKnown if rule.required => Some(step(Outcome::Unknown, format!("{claim} is not known"))),
            Known::Absent | Known::NotKnown => None,
        }
    });
    let children: Vec<_> = duplicates.iter().cloned().chain(rules).collect();
    let outcome = Outcome::all(children.iter().map(|child| child.outcome));
    let title = match children.iter().find(|child| child.outcome == outcome) {
        Some(child) if outcome != Outcome::Pass => child.title.clone(),
        _ => "The registered claims have their types".into(),
    };
    Step::new(Code::VerifyClaims, outcome, title).children(children)
}

fn text(value: &Value) -> Result<(), String> {
    match value {
        Value::String(_) => Ok(()),
        other => Err(format!("{}; it has to be text", typed(other))),
    }
}

fn texts(value: &Value) -> Result<(), String> {
    match value {
        Value::Array(items) => match items.iter().find(|item| item.as_str().is_none()) {
            None => Ok(()),
            Some(other) => Err(format!("a list that holds {}; an audience is text", other.kind())),
        },
        Value::String(_) => Ok(()),
        other => Err(format!("{}; it has to be text or a list of texts", typed(other))),
    }
}

fn time(value: &Value) -> Result<(), String> {
    numeric_date(value).map(|_| ())
}

/// Epoch seconds, a fraction allowed (RFC 7519, 2, `NumericDate`); what it is instead.
pub(super) fn numeric_date(value: &Value) -> Result<Seconds, String> {
    match (value, Seconds::of(value)) {
        (_, Some(seconds)) => Ok(seconds),
        (Value::Number(_), None) => {
            Err(format!("{}, which is no time in seconds (milliseconds, perhaps)", shown(value)))
        }
        (Value::String(_), None) => Err(format!("text, {}; it has to be a number of seconds", shown(value))),
        (other, None) => Err(format!("{}; it has to be a number of seconds", typed(other))),
    }
}

#[cfg(test)]
mod tests {
    use super::numeric_date;
    use crate::{Seconds, json::Value};

    #[test]
    fn a_time_is_a_finite_number_of_seconds() {
        let number = |spelled: &str| numeric_date(&Value::Number(spelled.to_owned()));
        assert_eq!(number("1763071432.5").map(|seconds| seconds.to_string()), Ok("1763071432.5".to_owned()));
        assert_eq!(number("1.763071432e9"), Ok(Seconds::whole(1_763_071_432)));
        assert_eq!(number("-1"), Ok(Seconds::whole(-1)));
        assert!(number("1e400").is_err());
        assert!(number("1763071432000").is_err_and(|words| words.contains("milliseconds")));
        assert!(numeric_date(&Value::from("1763071432")).is_err());
        assert!(numeric_date(&Value::Null).is_err());
    }
}
