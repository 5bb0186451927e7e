//! `StringEquals`, `StringEqualsIgnoreCase`, `StringLike`.

use super::Surroundings;
use crate::trust::aws::{
    compared::Compared,
    pattern,
    policy::Literal,
    variable::{Expanded, expand},
};

const ESCAPE: &str = "AWS does not say whether ${*}, ${?} and ${$} are resolved by an operator without wildcards.";

/// A text without variables and wildcards, which has to be the very text.
fn plain(policy: &Literal) -> Option<&str> {
    match policy {
        Literal::Text(text) if !text.bytes().any(|byte| matches!(byte, b'$' | b'*' | b'?')) => Some(text),
        _ => None,
    }
}

pub(super) fn equals(policy: &Literal, request: &str, around: Surroundings<'_>) -> Compared {
    if let Some(text) = plain(policy) {
        return Compared::from_bool(text == request);
    }
    with_text(policy, around, |expanded| {
        Compared::agreed(expanded.texts().iter().map(|text| Compared::from_bool(text == request)), ESCAPE)
    })
}

pub(super) fn equals_ignore_case(policy: &Literal, request: &str, around: Surroundings<'_>) -> Compared {
    with_text(policy, around, |expanded| {
        Compared::agreed(expanded.texts().iter().map(|text| same_letters(text, request)), ESCAPE)
    })
}

/// Which letters beyond ASCII are the same in upper and lower case, AWS does not say.
fn same_letters(policy: &str, request: &str) -> Compared {
    if policy.eq_ignore_ascii_case(request) {
        Compared::Yes
    } else if alike(policy, request) {
        Compared::Unknown("AWS does not say which letters beyond a to z it takes for equal.")
    } else {
        Compared::No
    }
}

/// Equal but for the case of ASCII letters and for characters beyond ASCII, which may be the same letter in another case.
fn alike(policy: &str, request: &str) -> bool {
    let equal = |left: char, right: char| left.eq_ignore_ascii_case(&right) || !(left.is_ascii() || right.is_ascii());
    policy.chars().count() == request.chars().count()
        && policy.chars().zip(request.chars()).all(|(left, right)| equal(left, right))
}

pub(super) fn like(policy: &Literal, request: &str, around: Surroundings<'_>) -> Compared {
    if let Some(text) = plain(policy) {
        return Compared::from_bool(text == request);
    }
    with_text(policy, around, |expanded| {
        Compared::agreed(
            expanded.patterns().iter().map(|tokens| pattern::matches(tokens, request, around.budget)),
            "AWS does not say whether * and ? that come out of a policy variable are wildcards.",
        )
    })
}

/// Replaces the variables of a value that is a text.
pub(super) fn with_text(
    policy: &Literal,
    around: Surroundings<'_>,
    judge: impl FnOnce(&Expanded) -> Compared,
) -> Compared {
    match policy {
        Literal::Text(text) => match expand(text, around.variables, around.context, around.budget) {
            Ok(expanded) => judge(&expanded),
            Err(compared) => compared,
        },
        Literal::Number(_) | Literal::Bool(_) => {
            Compared::Unknown("AWS does not say how a number or a boolean without quotes is compared as text.")
        }
    }
}
