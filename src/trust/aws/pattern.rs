//! The wildcard matcher of `StringLike` and of ARNs.
//!
//! A pattern is anchored at both ends. `*` is any run of characters, `/` and `:` and line ends included; `?` is exactly
//! one character (<https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html>).

use super::{
    budget::Budget,
    compared::{Compared, OVER_BUDGET},
};

/// One element of a pattern.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Token {
    /// This character and no other.
    Exactly(char),
    /// `?`
    AnyOne,
    /// `*`
    AnyRun,
}

/// Reads `*` and `?` as wildcards, everything else literally.
pub(super) fn tokens(text: &str) -> impl Iterator<Item = Token> + '_ {
    text.chars().map(|character| match character {
        '*' => Token::AnyRun,
        '?' => Token::AnyOne,
        other => Token::Exactly(other),
    })
}

/// Matches the whole text.
///
/// AWS does not say what one character is beyond U+FFFF, so where `?` meets such text it is read both as Unicode
/// characters and as UTF-16 code units.
pub(super) fn matches(pattern: &[Token], text: &str, budget: &Budget) -> Compared {
    let characters: Vec<u32> = text.chars().map(u32::from).collect();
    let wide = characters.iter().any(|&character| character > 0xffff);
    let by_character = run(pattern, &characters, false, budget);
    if !wide || !pattern.contains(&Token::AnyOne) {
        return by_character;
    }
    let units: Vec<u32> = text.encode_utf16().map(u32::from).collect();
    let by_unit = run(pattern, &units, true, budget);
    Compared::agreed([by_character, by_unit], "AWS does not say what ? matches beyond U+FFFF.")
}

/// Whether a pattern certainly takes a text. In one without wildcards that is equality.
pub(super) fn like(pattern: &str, text: &str, budget: &Budget) -> bool {
    let tokens: Vec<Token> = tokens(pattern).collect();
    matches(&tokens, text, budget) == Compared::Yes
}

/// One element of a pattern in the units of the text.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Unit {
    Exactly(u32),
    AnyOne,
    AnyRun,
}

/// Greedy matching: each `*` first takes nothing, and only the last one met ever has to take more. At most pattern times
/// text steps, and never more than the budget. `utf16`: the text is made of UTF-16 code units.
fn run(tokens: &[Token], text: &[u32], utf16: bool, budget: &Budget) -> Compared {
    if !budget.spend(tokens.len().saturating_add(text.len())) {
        return OVER_BUDGET;
    }
    let mut pattern = Vec::with_capacity(tokens.len());
    for token in tokens {
        match *token {
            Token::Exactly(character) if utf16 => {
                for &unit in &*character.encode_utf16(&mut [0; 2]) {
                    pattern.push(Unit::Exactly(u32::from(unit)));
                }
            }
            Token::Exactly(character) => pattern.push(Unit::Exactly(u32::from(character))),
            Token::AnyOne => pattern.push(Unit::AnyOne),
            Token::AnyRun => pattern.push(Unit::AnyRun),
        }
    }
    let (mut at, mut seen) = (0_usize, 0_usize);
    let mut last_run: Option<(usize, usize)> = None;
    while let Some(&unit) = text.get(seen) {
        if !budget.spend(1) {
            return OVER_BUDGET;
        }
        match pattern.get(at) {
            Some(Unit::AnyRun) => {
                at = at.saturating_add(1);
                last_run = Some((at, seen));
                continue;
            }
            Some(&token) if token == Unit::AnyOne || token == Unit::Exactly(unit) => {
                at = at.saturating_add(1);
                seen = seen.saturating_add(1);
                continue;
            }
            _ => {}
        }
        let Some((after_run, taken)) = last_run else { return Compared::No };
        at = after_run;
        seen = taken.saturating_add(1);
        last_run = Some((after_run, seen));
    }
    let rest = pattern.get(at..).unwrap_or_default();
    Compared::from_bool(rest.iter().all(|&token| token == Unit::AnyRun))
}

#[cfg(test)]
mod tests {
    use super::{Budget, Compared, OVER_BUDGET, Token, matches, tokens};

    fn like(pattern: &str, text: &str) -> Compared {
        let pattern: Vec<Token> = tokens(pattern).collect();
        matches(&pattern, text, &Budget::new(10_000))
    }

    #[test]
    fn stars_cross_slashes_and_line_ends() {
        for (pattern, text) in
            [("a/*/d", "a/b/c/d"), ("*", ""), ("a*", "a"), ("*\n*", "a:\n/"), ("?*?", "ab"), ("**a", "a")]
        {
            assert_eq!(like(pattern, text), Compared::Yes, "{pattern} {text}");
        }
        for (pattern, text) in [("a", "ab"), ("b", "ab"), ("?", ""), ("?", "ab"), ("a*b", "abc"), ("A", "a")] {
            assert_eq!(like(pattern, text), Compared::No, "{pattern} {text}");
        }
    }

    #[test]
    fn what_one_character_is_beyond_the_basic_plane_is_not_asserted() {
        assert_eq!(like("a?", "aé"), Compared::Yes);
        assert!(matches!(like("a?", "a😀"), Compared::Unknown(_)));
        assert_eq!(like("a*", "a😀"), Compared::Yes);
        assert_eq!(like("?😀", "a😀"), Compared::Yes);
    }

    #[test]
    fn gives_up_over_the_budget() {
        assert_eq!(like(&format!("*{}b", "a".repeat(500)), &"a".repeat(3_000)), OVER_BUDGET);
    }
}
