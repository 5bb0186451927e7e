//! The step `verify.audience`: is the token meant for us?
//!
//! A single text or a list of texts (RFC 7519, 4.1.3); one accepted value is enough.

use super::{
    Audience, VerifyOptions, not_judged,
    quote::{list, quoted, typed},
};
use crate::{
    json::Value,
    report::{Code, Outcome, Step},
    token::{Claims, Known},
};

/// Judges whom the token is meant for.
pub(super) fn judge(claims: &Result<Claims, String>, options: &VerifyOptions) -> Step {
    let claims = match claims {
        Ok(claims) => claims,
        Err(reason) => return not_judged(Code::VerifyAudience, reason),
    };
    let accepted: Vec<&str> = match (&options.audience, &options.organization) {
        (Audience::OneOf(accepted), _) => accepted.iter().map(String::as_str).collect(),
        (Audience::Organization, Some(id)) => vec![id],
        (Audience::Organization, None) | (Audience::Any, _) => Vec::new(),
    };
    let aud = claims.get("aud");
    let step = |outcome, title: String| {
        let actual = match aud {
            Known::Present(value) => Some(value),
            Known::Absent | Known::NotKnown => None,
        };
        Step::new(Code::VerifyAudience, outcome, title)
            .claim("aud")
            .expected(accepted.iter().copied())
            .actual(actual)
            .reference("https://www.rfc-editor.org/rfc/rfc7519#section-4.1.3")
    };
    if options.audience == Audience::Any {
        return step(Outcome::Pass, "Any audience is accepted".to_owned());
    }
    let named: Vec<&str> = match aud {
        Known::Absent => {
            let step = step(Outcome::Fail, "The token has no audience (aud): it is meant for nobody".to_owned());
            return step.detail("CircleCI always writes one.");
        }
        Known::NotKnown => return step(Outcome::Unknown, "The audience is not known".to_owned()),
        Known::Present(value) => match texts(value) {
            Some(named) => named,
            None => {
                let title = format!("The audience is {}; an audience is text", typed(value));
                return step(Outcome::Fail, title);
            }
        },
    };
    if accepted.is_empty() {
        let title = format!("Not said who is accepted: the token is meant for {}", all(&named));
        let detail = "Give the audience that you are known by; CircleCI's default is the organization's id.";
        return step(Outcome::Unknown, title).detail(detail);
    }
    if let Some(matched) = named.iter().find(|name| accepted.contains(*name)) {
        let own = options.organization.as_deref() == Some(*matched);
        let title = if own {
            "The audience is that organization".to_owned()
        } else {
            format!("The audience is {}", quoted(matched))
        };
        return step(Outcome::Pass, title);
    }
    let title = format!("Meant for {}, not for {}", all(&named), all(&accepted));
    // https://circleci.com/docs/oidc-tokens-with-custom-claims/
    let detail = "In the job, circleci run oidc get --claims '{\"aud\":\"…\"}' makes a token for another audience.";
    step(Outcome::Fail, title).detail(detail)
}

fn texts(aud: &Value) -> Option<Vec<&str>> {
    match aud {
        Value::Array(items) => items.iter().map(Value::as_str).collect(),
        other => other.as_str().map(|text| vec![text]),
    }
}

fn all(names: &[&str]) -> String {
    if names.is_empty() { "nobody (an empty list)".to_owned() } else { list(names.iter().copied().map(quoted)) }
}
