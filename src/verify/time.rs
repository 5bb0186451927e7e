//! The step `verify.time`: is the token current at the given time?

use super::{VerifyOptions, claims::numeric_date, not_judged};
use crate::{
    Seconds,
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
    fn judge(&self, options: &VerifyOptions, rule: fn(Seconds, Seconds, Seconds) -> Meaning) -> Step {
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
                let step = step(Outcome::from_bool(passed), title).expected([now]);
                if passed { step } else { step.detail(advice) }
            }
        };
        step.actual(Some(value)).reference("https://www.rfc-editor.org/rfc/rfc7519#section-4.1")
    }
}

/// `now` has to be before `exp` (RFC 7519, 4.1.4).
fn expiry(exp: Seconds, now: Seconds, leeway: Seconds) -> Meaning {
    let passed = now < exp.plus(leeway);
    let at = utc(exp);
    let title = if now < exp {
        format!("Expires in {}, at {at}", duration(exp.minus(now)))
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
fn start(nbf: Seconds, now: Seconds, leeway: Seconds) -> Meaning {
    let passed = now.plus(leeway) >= nbf;
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
fn issue(iat: Seconds, now: Seconds, leeway: Seconds) -> Meaning {
    let passed = now.plus(leeway) >= iat;
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
fn ago(at: Seconds, now: Seconds) -> String {
    let words = relative(at, now);
    if words == "now" { "just now".to_owned() } else { words }
}

#[cfg(test)]
mod tests {
    use super::{Meaning, expiry, issue, start};
    use crate::Seconds;

    fn judge(rule: fn(Seconds, Seconds, Seconds) -> Meaning, claim: &str, now: &str, leeway: &str) -> Meaning {
        let seconds = |spelled: &str| Seconds::parse(spelled).unwrap();
        rule(seconds(claim), seconds(now), seconds(leeway))
    }

    #[test]
    fn expires_at_the_very_second() {
        assert!(judge(expiry, "100", "99.999", "0").passed);
        assert!(!judge(expiry, "100", "100", "0").passed);
        assert!(judge(expiry, "100", "129", "30").passed);
        assert!(!judge(expiry, "100", "130", "30").passed);
        assert_eq!(judge(expiry, "100", "820", "0").title, "Expired 12 min ago, at 1970-01-01 00:01:40 UTC");
    }

    #[test]
    fn begins_at_the_very_second() {
        for rule in [start, issue] {
            assert!(judge(rule, "100", "100", "0").passed);
            assert!(!judge(rule, "100.5", "100", "0").passed);
            assert!(judge(rule, "130", "100", "30").passed);
            assert!(!judge(rule, "130.1", "100", "30").passed);
        }
    }
}
