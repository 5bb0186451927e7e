//! The step `verify.time`: is the token current at the given time?

use super::{VerifyOptions, claims::numeric_date, not_judged};
use crate::{
    json::Value,
    report::{
        Code, Outcome, Step,
        time::{duration, relative, utc},
    },
    token::{Claims, Known},
};

/// One claim that is a time.
struct Moment<'a> {
    claim: &'static str,
    code: Code,
    value: Known<'a>,
}

/// Judges `exp`, `nbf` and `iat`.
pub(super) fn judge(claims: &Result<Claims, String>, options: &VerifyOptions) -> Step {
    let claims = match claims {
        Ok(claims) => claims,
        Err(reason) => return not_judged(Code::VerifyTime, reason),
    };
    let moment = |claim, code| Moment { claim, code, value: claims.get(claim) };
    let [expires, not_before, issued] = [
        moment("exp", Code::VerifyTimeExpires),
        moment("nbf", Code::VerifyTimeNotBefore),
        moment("iat", Code::VerifyTimeIssued),
    ];
    let mut children = vec![expires.judge(options, expiry)];
    if not_before.value != Known::Absent {
        children.push(not_before.judge(options, start));
    }
    children.push(issued.judge(options, issue));
    let outcome = if children.iter().any(|child| child.outcome == Outcome::Fail) {
        Outcome::Fail
    } else if children.iter().any(|child| child.outcome == Outcome::NotApplicable) {
        Outcome::NotApplicable
    } else {
        Outcome::all(children.iter().map(|child| child.outcome))
    };
    let title = children.iter().find(|child| child.outcome == outcome).map(|child| child.title.clone());
    Step::new(Code::VerifyTime, outcome, title.unwrap_or_default()).children(children)
}

/// What one time means, seen from the clock.
struct Meaning {
    passed: bool,
    title: String,
    advice: &'static str,
}

impl Moment<'_> {
    fn judge(&self, options: &VerifyOptions, rule: fn(f64, f64, f64) -> Meaning) -> Step {
        let Self { claim, code, value } = self;
        let step = |outcome, title: String| Step::new(*code, outcome, title).claim(*claim);
        let (seconds, value) = match value {
            Known::Absent => return not_judged(*code, &format!("{claim} is missing")).claim(*claim),
            Known::NotKnown => return step(Outcome::Unknown, format!("{claim} is not known")),
            Known::Present(value) => match numeric_date(value) {
                Ok(seconds) => (seconds, *value),
                Err(wrong) => {
                    return not_judged(*code, &format!("{claim} is {wrong}")).claim(*claim).actual(Some(*value));
                }
            },
        };
        let step = match options.now {
            None => step(Outcome::Unknown, format!("No clock given: {claim} is {}", utc(seconds))),
            Some(now) => {
                let Meaning { passed, title, advice } = rule(seconds, now, options.leeway);
                let step = step(Outcome::from_bool(passed), title).expected([clock(now)]);
                if passed { step } else { step.detail(advice) }
            }
        };
        step.actual(Some(value)).reference("https://www.rfc-editor.org/rfc/rfc7519#section-4.1")
    }
}

/// The clock as a value, to the microsecond: what epoch seconds in a double can tell, and without the code that writes
/// floats.
fn clock(now: f64) -> Value {
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "at most 10^18, not negative; saturates"
    )]
    let micros = (now.abs() * 1e6).round() as u64;
    let (whole, rest) = (micros / 1_000_000, micros % 1_000_000);
    let sign = if now < 0.0 { "-" } else { "" };
    let spelled = match rest {
        0 => format!("{sign}{whole}"),
        _ => format!("{sign}{whole}.{rest:06}").trim_end_matches('0').to_owned(),
    };
    Value::Number(spelled)
}

/// `now` has to be before `exp` (RFC 7519, 4.1.4).
fn expiry(exp: f64, now: f64, leeway: f64) -> Meaning {
    let passed = now < exp + leeway;
    let at = utc(exp);
    let title = if now < exp {
        format!("Valid for another {}, until {at}", duration(exp - now))
    } else if passed {
        format!("Expired {}, at {at}, within the leeway of {}", ago(exp, now), duration(leeway))
    } else {
        format!("Expired {}, at {at}", ago(exp, now))
    };
    Meaning {
        passed,
        title,
        advice: "Tokens of CircleCI live for an hour by default: run the job again for a new one.",
    }
}

/// `now` has to be at or after `nbf` (RFC 7519, 4.1.5).
fn start(nbf: f64, now: f64, leeway: f64) -> Meaning {
    let passed = now + leeway >= nbf;
    let at = utc(nbf);
    let title = if nbf <= now {
        format!("In use since {at}")
    } else if passed {
        format!("Not to be used before {at}, {}, within the leeway of {}", relative(nbf, now), duration(leeway))
    } else {
        format!("Not to be used before {at}, {}", relative(nbf, now))
    };
    Meaning { passed, title, advice: "Wait, or look at the clock." }
}

/// Nothing is issued in the future.
fn issue(iat: f64, now: f64, leeway: f64) -> Meaning {
    let passed = now + leeway >= iat;
    let at = utc(iat);
    let title = if iat <= now {
        format!("Issued {}, at {at}", ago(iat, now))
    } else if passed {
        format!("Issued {}, at {at}, within the leeway of {}", relative(iat, now), duration(leeway))
    } else {
        format!("Issued in the future: {}, at {at}", relative(iat, now))
    };
    Meaning { passed, title, advice: "The given clock is behind, or the token is made up." }
}

/// `12 min ago`, or `just now`.
fn ago(at: f64, now: f64) -> String {
    let words = relative(at, now);
    if words == "now" { "just now".to_owned() } else { words }
}

#[cfg(test)]
mod tests {
    use super::{clock, expiry, issue, start};
    use crate::json::Value;

    #[test]
    fn the_clock_is_spelled_as_a_number() {
        for (now, spelled) in [(1_763_071_432.0, "1763071432"), (0.25, "0.25"), (-1.5, "-1.5"), (1e12, "1000000000000")]
        {
            assert_eq!(clock(now), Value::Number(spelled.to_owned()));
        }
    }

    #[test]
    fn expires_at_the_very_second() {
        assert!(expiry(100.0, 99.999, 0.0).passed);
        assert!(!expiry(100.0, 100.0, 0.0).passed);
        assert!(expiry(100.0, 129.0, 30.0).passed);
        assert!(!expiry(100.0, 130.0, 30.0).passed);
        assert_eq!(expiry(100.0, 820.0, 0.0).title, "Expired 12 min ago, at 1970-01-01 00:01:40 UTC");
    }

    #[test]
    fn begins_at_the_very_second() {
        for rule in [start, issue] {
            assert!(rule(100.0, 100.0, 0.0).passed);
            assert!(!rule(100.5, 100.0, 0.0).passed);
            assert!(rule(130.0, 100.0, 30.0).passed);
            assert!(!rule(130.1, 100.0, 30.0).passed);
        }
    }

    #[test]
    fn a_clock_that_is_no_number_passes_nothing() {
        for rule in [expiry, start, issue] {
            assert!(!rule(100.0, f64::NAN, 0.0).passed);
            assert!(!rule(100.0, 100.0, f64::NAN).passed);
        }
    }
}
