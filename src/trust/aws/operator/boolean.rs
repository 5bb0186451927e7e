//! `Bool`.

use crate::search::Search as _;

use super::{Surroundings, string::with_text};
use crate::trust::aws::{compared::Compared, policy::Literal};

const NOT_BOOLEAN: &str = "AWS does not say how Bool compares anything but true and false in lower case.";

pub(super) fn equals(policy: &Literal, request: &str, around: Surroundings<'_>) -> Compared {
    let Some(actual) = read(request) else { return Compared::Unknown(NOT_BOOLEAN) };
    let expected = match policy {
        Literal::Bool(expected) => return Compared::from_bool(*expected == actual),
        // One page of the documentation allows variables here, another does not.
        Literal::Text(text) if text.holds("${") => {
            return with_text(policy, around, |_| {
                Compared::Unknown("The AWS documentation contradicts itself on policy variables in Bool.")
            });
        }
        Literal::Text(text) => text,
        Literal::Number(_) => return Compared::Unknown(NOT_BOOLEAN),
    };
    read(expected).map_or(Compared::Unknown(NOT_BOOLEAN), |expected| Compared::from_bool(expected == actual))
}

/// Reads `true` or `false`.
pub(super) fn read(text: &str) -> Option<bool> {
    match text {
        "true" => Some(true),
        "false" => Some(false),
        _ => None,
    }
}
