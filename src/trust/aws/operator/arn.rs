//! `ArnEquals`, `ArnLike` (the same) and their negations: six parts between colons, compared one by one, each of which
//! may hold `*` and `?`; letter case counts.

use super::{Surroundings, string::with_text};
use crate::trust::aws::{
    compared::Compared,
    pattern::{self, Token},
    policy::Literal,
};

const PARTS: usize = 6;

pub(super) fn like(policy: &Literal, request: &str, around: Surroundings<'_>) -> Compared {
    let parts: Vec<&str> = request.splitn(PARTS, ':').collect();
    if parts.len() < PARTS || parts.first() != Some(&"arn") {
        return Compared::Unknown(
            "The request's value is not an ARN; AWS does not say how an Arn operator compares it.",
        );
    }
    with_text(policy, around, |expanded| {
        if expanded.substituted(&[':']) {
            return Compared::Unknown("AWS does not say where an ARN is split if a policy variable holds a colon.");
        }
        Compared::agreed(
            expanded.patterns().iter().map(|tokens| by_parts(tokens, &parts, around)),
            "AWS does not say whether * and ? that come out of a policy variable are wildcards.",
        )
    })
}

fn by_parts(pattern: &[Token], parts: &[&str], around: Surroundings<'_>) -> Compared {
    let patterns: Vec<&[Token]> = pattern.splitn(PARTS, |&token| token == Token::Exactly(':')).collect();
    if patterns.len() < PARTS {
        return Compared::Unknown("The value does not have the six parts of an ARN; AWS does not say what it matches.");
    }
    for (tokens, part) in patterns.iter().zip(parts) {
        match pattern::matches(tokens, part, around.budget) {
            Compared::Yes => {}
            other => return other,
        }
    }
    Compared::Yes
}
