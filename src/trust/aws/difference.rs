//! Where a value of the policy and the token's value part, for people.

use super::pattern::{Token, tokens};

/// Longest text that is printed whole.
const CHARACTERS: usize = 60;

/// A text as it is printed in a sentence: UUIDs by their first four digits, and not too long.
pub(super) fn brief(text: &str) -> String {
    if text.chars().count() <= CHARACTERS {
        return text.to_owned();
    }
    let segments: Vec<String> =
        text.split('/').map(|segment| uuid(segment).unwrap_or_else(|| segment.to_owned())).collect();
    cut(&segments.join("/"))
}

/// The first four digits of a UUID.
fn uuid(segment: &str) -> Option<String> {
    let lengths = segment.split('-').map(str::len);
    let digits = segment.chars().all(|character| character.is_ascii_hexdigit() || character == '-');
    if !digits || !lengths.eq([8, 4, 4, 4, 12]) {
        return None;
    }
    segment.get(..4).map(|start| format!("{start}…"))
}

fn cut(text: &str) -> String {
    let most = CHARACTERS.saturating_mul(2);
    if text.chars().count() <= most {
        return text.to_owned();
    }
    let start: String = text.chars().take(most).collect();
    format!("{start}…")
}

/// A sentence that says where two texts part. `wild`: `*` and `?` of the policy's are wildcards.
pub(super) fn sentence(policy: &str, token: &str, wild: bool) -> Option<String> {
    let start = if wild { policy.split_once('*').map(|(start, _)| start) } else { None };
    let from_left = match start {
        // The last segment before a `*` goes on in it, so it only has to be the start of the token's.
        Some(start) => parted(start.split('/'), token.split('/'), true),
        None => parted(policy.split('/'), token.split('/'), false),
    };
    if let Some((policy, token)) = from_left {
        // Two texts that have nothing in common are better shown than compared.
        if !policy.contains(['/']) && !token.contains(['/']) {
            return None;
        }
        return Some(format!("They part at {policy} in the policy and {token} in the token."));
    }
    let (_, end) = policy.rsplit_once('*').filter(|(_, end)| wild && !end.is_empty())?;
    let (policy, token) = ends(end, token)?;
    Some(format!("Near its end the policy has {policy}, the token {token}."))
}

/// The first segments that differ, each with the one before it.
fn parted<'a>(
    mut policy: impl Iterator<Item = &'a str>,
    mut token: impl Iterator<Item = &'a str>,
    open: bool,
) -> Option<(String, String)> {
    let mut before = "";
    let mut next = policy.next();
    loop {
        let one = next;
        next = policy.next();
        let other = token.next();
        let show = |segment: Option<&str>| match (before, segment) {
            ("", None) => "the end".to_owned(),
            (before, None) => format!("the end, after {before}"),
            ("", Some(segment)) => cut(segment),
            // The two have this one in common, so its first digits do.
            (before, Some(segment)) => {
                format!("{}/{}", uuid(before).unwrap_or_else(|| before.to_owned()), cut(segment))
            }
        };
        match (one, other) {
            (None, None) => return None,
            (Some(one), Some(other)) if open && next.is_none() => {
                let mut characters = other.chars();
                let starts = tokens(one).all(|token| fits(token, characters.next()));
                return if starts { None } else { Some((show(Some(one)), show(Some(other)))) };
            }
            (Some(one), Some(other)) if same(one, other) => before = other,
            (one, other) => return Some((show(one), show(other))),
        }
    }
}

/// The last segments that differ, each with the one before it.
fn ends(policy: &str, token: &str) -> Option<(String, String)> {
    let (mut left, mut right) = (policy.rsplit('/'), token.rsplit('/'));
    loop {
        let (one, other) = (left.next()?, right.next()?);
        if !same(one, other) {
            let show = |before: Option<&str>, segment| match before {
                Some(before) if !before.is_empty() => cut(&format!("{before}/{segment}")),
                _ => cut(segment),
            };
            return Some((show(left.next(), one), show(right.next(), other)));
        }
    }
}

fn same(policy: &str, token: &str) -> bool {
    let mut characters = token.chars();
    tokens(policy).all(|token| fits(token, characters.next())) && characters.next().is_none()
}

/// Whether one token that is not `*` takes one character.
fn fits(token: Token, character: Option<char>) -> bool {
    match token {
        Token::Exactly(wanted) => character == Some(wanted),
        Token::AnyOne => character.is_some(),
        Token::AnyRun => false,
    }
}

#[cfg(test)]
mod tests {
    use super::{brief, sentence};

    #[test]
    fn says_where_they_part() {
        for (policy, token, wild, words) in [
            ("org/a/b", "org/a/c", false, "They part at a/b in the policy and a/c in the token."),
            ("a", "a/b", false, "They part at the end, after a in the policy and a/b in the token."),
            ("org/x/user/*", "org/y/user/z", true, "They part at org/x in the policy and org/y in the token."),
            ("a/*/ref/main", "a/b/ref/pull", true, "Near its end the policy has ref/main, the token ref/pull."),
            ("a/*/ref/??in", "a/b/ref/main/x", true, "Near its end the policy has ref/??in, the token main/x."),
            ("refs/ma*", "refs/dev", true, "They part at refs/ma in the policy and refs/dev in the token."),
        ] {
            assert_eq!(sentence(policy, token, wild).as_deref(), Some(words));
        }
        assert_eq!(sentence("a*c", "abd/c", true), None);
    }

    #[test]
    fn shortens_ids() {
        let id = "9c6f6d1a-3f0e-4b64-9d6a-1d2f6f6f0a11";
        assert_eq!(brief(id), id);
        assert_eq!(brief(&format!("org/{id}/project/{id}/user/*")), "org/9c6f…/project/9c6f…/user/*");
    }
}
