//! Ids that were mixed up or mistyped.

use super::segments::choose;
use crate::{
    report::Code,
    token::{Claims, Subject, is_uuid},
};

/// The ids that a token tells, with their names.
pub(in crate::trust) struct Ids([(&'static str, Option<String>); 3]);

impl Ids {
    pub(in crate::trust) fn of(claims: &Claims) -> Self {
        let Subject { org, project, user, .. } = Subject::parse(claims.text("sub").unwrap_or_default());
        Self([("organization", org), ("project", project), ("user", user)])
    }

    /// `organization` for the organization's id.
    pub(in crate::trust) fn name(&self, id: &str) -> Option<&'static str> {
        self.0.iter().find(|(_, own)| own.as_deref() == Some(id)).map(|(name, _)| *name)
    }

    /// What is wrong with an id of the policy, where the token has this one; none if it is no near miss.
    fn wrong(&self, written: &str, held: &str) -> Option<(Code, String)> {
        if written == held || !is_uuid(held) {
            return None;
        }
        let place = self.name(held).unwrap_or("bound");
        match (self.name(written), typo(written, held)) {
            (Some(name), _) => Some((
                Code::HintSwappedIds,
                ["The value has the ", name, " id where the ", place, " id belongs."].concat(),
            )),
            // One of the right form may be another person's.
            (None, Some(_)) if place == "user" && is_uuid(written) => None,
            (None, Some(at)) => {
                Some((Code::HintIdTypo, format!("The {place} id differs from the token's at character {at}.")))
            }
            (None, None) => None,
        }
    }

    /// The policy's text with the token's ids where another of its ids stands, or one that differs in one place; and what
    /// was wrong with the first of them.
    pub(in crate::trust) fn settled(&self, written: &str, held: &str) -> Option<(Code, String, String)> {
        let mut wrong = None;
        let text = choose(written, held, &mut |written, held| match self.wrong(written, held) {
            Some(found) => {
                wrong.get_or_insert(found);
                held.to_owned()
            }
            None => written.to_owned(),
        });
        wrong.map(|(code, message)| (code, message, text))
    }
}

/// Where two ids differ, from 1, if they do in one place only: a character is another one, is missing or is too many.
pub(in crate::trust) fn typo(written: &str, held: &str) -> Option<usize> {
    let start = written.bytes().zip(held.bytes()).take_while(|(left, right)| left == right).count();
    let (written, held) = (written.get(start..)?, held.get(start..)?);
    let end = written.bytes().rev().zip(held.bytes().rev()).take_while(|(left, right)| left == right).count();
    let differs = written.len().max(held.len()).saturating_sub(end);
    // Of a repeated character both looks may see the same one.
    (differs <= 1 && !written.contains(['*', '?'])).then(|| start.saturating_add(1))
}

#[cfg(test)]
mod tests {
    use super::typo;

    #[test]
    fn one_place_only() {
        for (written, held, at) in [
            ("17c5", "17d5", Some(3)),
            ("17c", "17c5", Some(4)),
            ("117c5", "17c5", Some(2)),
            ("17c5", "71c5", None),
            ("a7c6", "17c5", None),
            ("17?5", "17c5", None),
            ("*", "1", None),
        ] {
            assert_eq!(typo(written, held), at, "{written} {held}");
        }
    }
}
