//! Condition keys that AWS never has, and nearly does.

use super::{
    super::{
        context::{Context, PROJECT_ID, Subject},
        explain::short,
    },
    Near, Part, issuer,
};
use crate::{
    report::Code,
    trust::near::{as_meant, says},
};

/// Why a key that AWS never has nearly was one that it has.
pub(in crate::trust::aws) fn key(subject: &Subject, key: &str, context: &Context<'_>) -> Option<Near> {
    let name = context.provider_name()?;
    let (written, claim) = match subject {
        Subject::Hidden(claim) => (name, &**claim),
        Subject::OtherProvider { provider, claim } => (&**provider, &**claim),
        // No colon in it: a claim alone, or one after a slash.
        Subject::Nothing => key.rsplit_once('/').unwrap_or(("", key)),
        Subject::Claim(_) | Subject::Request => return None,
    };
    let claim = known(claim).filter(|claim| *claim != PROJECT_ID || context.has_project_key())?;
    let (code, message) = if written == name || written.is_empty() {
        let says = match as_meant(key).1 {
            Some(odd) => says(odd),
            None => ["is ", name, ":", claim].concat(),
        };
        (Code::HintKeyName, ["The key ", &says, "."].concat())
    } else {
        (Code::HintKeyPrefix, issuer::name("key", written, name)?.1)
    };
    Some(Near::new(code, message, Some((Part::Key, [name, ":", claim].concat()))))
}

/// The claim that STS shows, for one that is written otherwise.
fn known(claim: &str) -> Option<&'static str> {
    let (clean, _) = as_meant(&claim.to_ascii_lowercase());
    let letters = |text: &str| text.chars().filter(char::is_ascii_alphabetic).collect::<String>();
    match &*clean {
        "sub" | "subject" => Some("sub"),
        "aud" | "audience" => Some("aud"),
        other => (letters(short(other)) == "projectid").then_some(PROJECT_ID),
    }
}

/// Says that AWS does not see what a key asks for, and what it sees.
pub(in crate::trust::aws) fn never_seen(subject: &Subject, key: &str, context: &Context<'_>) -> String {
    let token = match context.provider_name() {
        Some(name) if name.starts_with("oidc.circleci.com") => "a CircleCI token",
        _ => "this token",
    };
    let asked = match subject {
        Subject::Hidden(claim) if short(claim) != short(PROJECT_ID) => short(claim),
        _ => key,
    };
    format!("AWS does not see {asked}; from {token} it sees {}.", context.visible())
}
