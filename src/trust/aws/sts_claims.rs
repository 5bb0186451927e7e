//! What STS asks of the claims themselves.

use super::link;
use crate::{
    json::Value,
    report::{Code, Outcome, Step, Words},
    token::{Claims, Known},
};

/// Longest token that STS takes, in characters.
const TOKEN_CHARACTERS: usize = 20_000;

/// Length of the subject that STS documents for what it hands on.
const SUBJECT_CHARACTERS: std::ops::RangeInclusive<usize> = 6..=255;

/// The texts of a claim that is a text or a list of texts.
pub(super) fn texts(value: &Value) -> Option<Vec<&str>> {
    match value {
        Value::String(text) => Some(vec![text]),
        Value::Array(items) => items.iter().map(Value::as_str).collect(),
        _ => None,
    }
}

/// The token's size, as far as its claims tell, and integers as times.
pub(super) fn form(claims: &Claims) -> Step {
    let step = |outcome, title: Words| Step::new(Code::AwsStsToken, outcome, title).reference(link::CALL);
    // Four characters of base64url carry three bytes.
    let length = |value: &Value, roughly| match value {
        Value::Number(spelled) => spelled.len(),
        // No byte is written as more than six.
        Value::String(text) if roughly => text.len().saturating_mul(6).saturating_add(2),
        _ => value.to_json().len(),
    };
    let characters = |roughly| {
        let bytes: usize =
            claims.members().iter().map(|(name, value)| name.len().saturating_add(length(value, roughly))).sum();
        bytes.saturating_div(3).saturating_mul(4)
    };
    let least = if characters(true) > TOKEN_CHARACTERS { characters(false) } else { 0 };
    if least > TOKEN_CHARACTERS {
        let title = format!("the token has more than {TOKEN_CHARACTERS} characters, its claims alone take {least}");
        return step(Outcome::Fail, title.into()).vendor_text("InvalidIdentityToken");
    }
    if let Some(name) = claims.repeated() {
        let title = format!("the token holds {name} twice; AWS does not say whether STS reads such a token");
        return step(Outcome::Unknown, title.into()).claim(name.to_owned());
    }
    for name in ["exp", "iat"] {
        let Known::Present(value) = claims.get(name) else { continue };
        let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
        let wrong = match value {
            Value::Number(spelled) if digits(spelled.strip_prefix('-').unwrap_or(spelled)) => continue,
            Value::Number(spelled) if spelled.contains(['e', 'E']) || spelled.trim_end_matches('0').ends_with('.') => {
                let title = format!("{name} is a whole number in a spelling of which AWS says nothing");
                return step(Outcome::Unknown, title.into()).claim(name).actual(Some(value));
            }
            Value::Number(_) => "has a fraction",
            _ => "is not a number",
        };
        let title = format!("{name} {wrong}; STS takes integers only");
        return step(Outcome::Fail, title.into()).claim(name).actual(Some(value)).vendor_text("InvalidIdentityToken");
    }
    step(Outcome::Pass, "the token has a form that STS reads".into())
}

/// The claims that STS requires.
pub(super) fn required(claims: &Claims, assumed: &mut Vec<Words>) -> Step {
    let step = |outcome, title: Words| Step::new(Code::AwsStsClaims, outcome, title).reference(link::CALL);
    let mut not_told = Vec::new();
    for name in ["iss", "sub", "aud", "iat", "exp"] {
        match claims.get(name) {
            Known::Present(_) => {}
            Known::NotKnown => not_told.push(name),
            Known::Absent => {
                return step(Outcome::Fail, format!("the token has no {name}").into())
                    .claim(name)
                    .vendor_text(format!("InvalidIdentityToken: Missing a required claim: {name}"));
            }
        }
    }
    if let Known::Present(issuer) = claims.get("iss")
        && issuer.as_str().and_then(|issuer| issuer.strip_prefix("https://")).is_none_or(str::is_empty)
    {
        let title = "the issuer does not start with https://";
        return step(Outcome::Fail, title.into()).claim("iss").actual(Some(issuer)).vendor_text("InvalidIdentityToken");
    }
    for name in ["sub", "aud"] {
        if let Known::Present(value) = claims.get(name)
            && (value.as_str().is_none()
                && (name == "sub" || texts(value).is_none_or(|audiences| audiences.is_empty())))
        {
            let title = format!("{name} is of a type of which AWS does not say what STS does with it");
            return step(Outcome::Unknown, title.into()).claim(name).actual(Some(value));
        }
    }
    if !not_told.is_empty() {
        let listed = not_told.join(", ");
        assumed.push(
            format!("The token has {listed}, as every CircleCI token does; the evidence does not tell them.").into(),
        );
        return step(Outcome::NotApplicable, format!("the evidence does not tell {listed}; taken for granted").into());
    }
    step(Outcome::Pass, "the token has the claims that STS requires".into())
}

/// The subject's length.
pub(super) fn subject(claims: &Claims, quiet: bool) -> Step {
    let step =
        |outcome, title: Words| Step::new(Code::AwsStsSubject, outcome, title).claim("sub").reference(link::CALL);
    let Known::Present(Value::String(subject)) = claims.get("sub") else {
        return step(Outcome::NotApplicable, "there is no subject to measure".into());
    };
    let length = subject.chars().count();
    if SUBJECT_CHARACTERS.contains(&length) {
        return step(
            Outcome::Pass,
            if quiet { "".into() } else { format!("the subject has {length} characters").into() },
        );
    }
    let (shortest, longest) = (SUBJECT_CHARACTERS.start(), SUBJECT_CHARACTERS.end());
    let title = format!("the subject has {length} characters; STS documents {shortest} to {longest}");
    step(Outcome::Unknown, title.into()).detail("What STS does with a subject of another length is not documented.")
}
