//! `BinaryEquals`: byte by byte; the policy spells the bytes in base64, and so does the given request context.

use base64::{Engine as _, engine::general_purpose::STANDARD};

use super::Surroundings;
use crate::trust::aws::{compared::Compared, policy::Literal};

pub(super) fn equals(policy: &Literal, request: &str, around: Surroundings<'_>) -> Compared {
    if around.from_token {
        return Compared::Unknown("AWS does not say how BinaryEquals compares a key that holds text.");
    }
    let Literal::Text(policy) = policy else {
        return Compared::Unknown("The value is not base64.");
    };
    match (STANDARD.decode(policy), STANDARD.decode(request)) {
        (Ok(expected), Ok(actual)) => Compared::from_bool(expected == actual),
        _ => Compared::Unknown("One of the two values is not base64."),
    }
}
