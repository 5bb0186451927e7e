//! Near misses: what a value, a key or a provider's name almost was.

use super::{
    budget::Budget,
    compared::Compared,
    condition::Judged,
    context::{Context, PROJECT_ID, Subject},
    explain::short,
    held::Held,
    operator::Family,
    pattern,
    policy::Literal,
};
use crate::report::{Code, Hint};

fn hint(code: Code, message: impl Into<String>) -> Hint {
    Hint { code, message: message.into(), fix: None, newly_admits: Vec::new() }
}

/// Why a comparison with the policy's values nearly passed.
pub(super) fn value(judged: &Judged<'_>, budget: &Budget) -> Option<Hint> {
    let Held::One(actual) = &judged.found.held else { return None };
    let literal = match judged.used.operator.family {
        Family::String => true,
        Family::StringLike => false,
        _ => return None,
    };
    judged.values().iter().find_map(|value| match value {
        Literal::Text(expected) => of_text(expected, actual, literal, judged.label(), budget),
        Literal::Number(_) | Literal::Bool(_) => None,
    })
}

fn of_text(expected: &str, actual: &str, literal: bool, label: &str, budget: &Budget) -> Option<Hint> {
    // Each look below goes over both texts about once.
    if !budget.spend(expected.len().saturating_add(actual.len()).saturating_mul(4)) {
        return None;
    }
    let like = |pattern: &str, text: &str| {
        let tokens: Vec<_> = pattern::tokens(pattern).collect();
        pattern::matches(&tokens, text, budget) == Compared::Yes
    };
    let same = |pattern: &str, text: &str| if literal { pattern == text } else { like(pattern, text) };
    if literal && expected.contains(['*', '?']) && like(expected, actual) {
        let message = "StringEquals takes * and ? literally; StringLike would match this token here.";
        return Some(hint(Code::HintLiteralWildcard, message));
    }
    if same(&expected.to_ascii_lowercase(), &actual.to_ascii_lowercase()) {
        return Some(hint(Code::HintCase, "The two are equal but for letter case, which counts here."));
    }
    if expected.trim() != expected && same(expected.trim(), actual) {
        return Some(hint(Code::HintWhiteSpace, "The value in the policy has white space around it."));
    }
    if label == "aud" && expected == "sts.amazonaws.com" {
        let message = "Tokens of other vendors have this audience; CircleCI's default is the organization id.";
        return Some(hint(Code::HintAudience, message));
    }
    if label == "sub" {
        return subject_form(expected, actual, same);
    }
    None
}

/// V1 against V2: the same subject but for its part with the repository and the branch.
fn subject_form(expected: &str, actual: &str, same: impl Fn(&str, &str) -> bool) -> Option<Hint> {
    const TAIL: &str = "/vcs-origin/";
    if let Some((before, _)) = actual.split_once(TAIL)
        && !expected.contains(TAIL)
        && same(expected, before)
    {
        let message = "the policy expects the V1 subject; the job sent V2 (what CIRCLE_OIDC_TOKEN_V2 holds), which goes on with \
                       /vcs-origin/…";
        return Some(hint(Code::HintV1V2, message));
    }
    let (before, _) = expected.split_once(TAIL)?;
    (!actual.contains(TAIL) && same(before, actual)).then(|| {
        let message = "the policy expects the V2 subject; the job sent V1 (what CIRCLE_OIDC_TOKEN holds), which ends before \
                       /vcs-origin/…";
        hint(Code::HintV1V2, message)
    })
}

/// Why a provider's name in a policy nearly was this token's.
pub(super) fn provider(written: &str, name: &str) -> Option<Hint> {
    let bare = written.strip_prefix("https://").unwrap_or(written);
    let organization = |name: &str| {
        let (host, path) = name.split_once('/').unwrap_or((name, ""));
        (host.to_owned(), path.strip_prefix("org/").map(str::to_owned))
    };
    let (host, id) = organization(name);
    let (written_host, written_id) = organization(bare);
    if written == name {
        None
    } else if bare == name {
        Some(hint(Code::HintScheme, format!("The provider's name stands without https:// here: {name}.")))
    } else if bare.strip_suffix('/') == Some(name) || name.strip_suffix('/') == Some(bare) {
        Some(hint(
            Code::HintTrailingSlash,
            format!("It differs by the slash at the end; the issuer is https://{name}."),
        ))
    } else if bare.eq_ignore_ascii_case(name) {
        Some(hint(Code::HintCase, format!("It differs in letter case; the issuer is https://{name}.")))
    } else if host == written_host && id != written_id {
        let message = match (&written_id, &id) {
            (None, Some(id)) => format!("/org/{id} is missing: the token's issuer is https://{name}."),
            (Some(_), None) => format!("The token comes from the issuer of all organizations, https://{name}."),
            _ => format!("It is the provider of another organization; the token's issuer is https://{name}."),
        };
        Some(hint(Code::HintOrganization, message))
    } else {
        None
    }
}

/// The provider is in another account than the role.
pub(super) fn account(expected: &str, actual: &str) -> Hint {
    hint(Code::HintAccount, format!("The ARN names account {actual}; the role is in account {expected}."))
}

/// Why a key that AWS never has nearly was one that it has.
pub(super) fn key(subject: &Subject, context: &Context<'_>) -> Option<Hint> {
    let name = context.provider_name()?;
    match subject {
        Subject::Hidden(claim) if claim.eq_ignore_ascii_case("project-id") && context.has_project_key() => {
            Some(hint(Code::HintKeyName, format!("The key is {name}:{PROJECT_ID}.")))
        }
        Subject::OtherProvider { provider: written, claim } => {
            let seen = ["sub", "aud", PROJECT_ID].iter().any(|known| claim.eq_ignore_ascii_case(known));
            let near = seen && provider(written, name).is_some();
            near.then(|| hint(Code::HintKeyPrefix, format!("The key is {name}:{claim}.")))
        }
        Subject::Hidden(_) | Subject::Claim(_) | Subject::Request | Subject::Nothing => None,
    }
}

/// Says that AWS does not see what a key asks for, and what it sees.
pub(super) fn never_seen(subject: &Subject, key: &str, context: &Context<'_>) -> String {
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
