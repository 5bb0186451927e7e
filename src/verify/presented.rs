//! The token as it was presented: its parts, how far they can be read, and where they stand.

use std::ops::Range;

use crate::{
    json::{Document, JsonErrorKind},
    report::{Code, Outcome, Source, Span, Step},
    token::{Compact, Part, PartError},
};

use super::quote::quoted;

/// A compact token at its place in a pasted text.
pub(super) struct Presented<'a> {
    source: &'a Source,
    start: usize,
    text: &'a str,
    compact: Compact<'a>,
    /// The signature part was left out on purpose.
    withheld: bool,
}

/// Why there is no signature to check.
pub(super) enum Unsigned {
    /// It was left out on purpose.
    Withheld,
    /// The step `verify.format` says so, in these words.
    Unreadable(String),
}

/// A part that should hold a JSON object.
pub(super) enum Object {
    /// There is nothing to read; the step before says so, in these words.
    Absent(String),
    /// It does not hold a JSON object.
    Broken(Box<Step>),
    /// It does, and these member names occur twice in it.
    Read(Document, Vec<Step>),
}

impl<'a> Presented<'a> {
    pub(super) fn new(source: &'a Source, token: Range<usize>) -> Self {
        let text = source.text().get(token.clone()).unwrap_or_default();
        Self { source, start: token.start, text, compact: Compact::split(text), withheld: false }
    }

    /// A token whose signature part was left out, as one should before showing it to anybody.
    pub(super) fn withheld(source: &'a Source, token: Range<usize>) -> Self {
        Self { withheld: true, ..Self::new(source, token) }
    }

    /// The step `verify.format`.
    pub(super) fn format(&self) -> Step {
        const REFERENCE: &str = "https://www.rfc-editor.org/rfc/rfc7515#section-7.1";
        const NAMES: [&str; 3] = ["header", "payload", "signature"];
        if let Some(problem) = self.wrong_shape() {
            let (title, detail) = problem;
            let step = Step::new(Code::VerifyFormat, Outcome::Fail, title).detail(detail).reference(REFERENCE);
            return step.at(Some(self.span(0..self.text.len())));
        }
        let broken: Vec<_> = (NAMES.iter().zip(&self.compact.parts))
            .filter_map(|(name, part)| {
                let error = part.decoded.as_ref().err()?;
                let at = part.at.start.saturating_add(error.at());
                let end = at.saturating_add(1).min(part.at.end);
                Some(
                    Step::new(Code::VerifyFormatPart, Outcome::Fail, format!("The {name} is not base64url: {error}"))
                        .detail(format!("Byte {at} of the token. Take it over again, without line breaks or quotes."))
                        .at(Some(self.span(at..end)))
                        .reference("https://www.rfc-editor.org/rfc/rfc7515#section-2"),
                )
            })
            .collect();
        let (outcome, title) = match (broken.is_empty(), self.withheld) {
            (false, _) => (Outcome::Fail, "A part is not base64url"),
            (true, false) => (Outcome::Pass, "Three parts in base64url"),
            (true, true) => {
                (Outcome::Unknown, "The signature part was left out: nobody can say whether the token is genuine")
            }
        };
        Step::new(Code::VerifyFormat, outcome, title).reference(REFERENCE).children(broken)
    }

    /// What it is instead of three parts, and what to do.
    fn wrong_shape(&self) -> Option<(String, &'static str)> {
        let text = self.text.trim_start();
        let shape = match self.compact.parts.len() {
            2 if self.withheld => return None,
            3 if !self.withheld => return None,
            _ if text.is_empty() => ("The token is empty".to_owned(), "Most often a variable that is not set."),
            _ if text.starts_with('{') => {
                ("This is JSON, not a compact token".to_owned(), "A token is three parts with a dot between them.")
            }
            1 => (
                "This is one part; a token has three".to_owned(),
                "Take over header, payload and signature, with the dots between them.",
            ),
            2 => (
                "The signature part is missing: two parts instead of three".to_owned(),
                "Without it nobody can say whether the token is genuine.",
            ),
            5 => (
                "Five parts: this is an encrypted token (JWE)".to_owned(),
                "CircleCI's tokens are signed and have three parts.",
            ),
            6 => ("More than five parts; a token has three".to_owned(), "Something else was taken over with it."),
            count => (format!("{count} parts; a token has three"), "Something else was taken over with it."),
        };
        Some(shape)
    }

    /// The header as a JSON object.
    pub(super) fn header(&self) -> Object {
        match self.compact.parts.as_slice() {
            [header, _, ..] => self.object(header, "header"),
            _ => Object::Absent("the token has no header part".to_owned()),
        }
    }

    /// The payload as a JSON object.
    pub(super) fn payload(&self) -> Object {
        match self.compact.parts.as_slice() {
            [_, _, _, _, _] => Object::Absent("the token is encrypted".to_owned()),
            [_, payload] | [_, payload, _] | [_, payload, _, _] => self.object(payload, "payload"),
            _ => Object::Absent("the token has no payload part".to_owned()),
        }
    }

    /// What was signed, and the signature; why there is none.
    pub(super) fn signed(&self) -> Result<(&'a str, &[u8]), Unsigned> {
        match self.compact.parts.as_slice() {
            [_, _] if self.withheld => Err(Unsigned::Withheld),
            [_, payload, signature] => match &signature.decoded {
                Ok(bytes) => Ok((self.text.get(..payload.at.end).unwrap_or_default(), bytes)),
                Err(_) => Err(Unsigned::Unreadable("the signature part is not base64url".to_owned())),
            },
            _ => Err(Unsigned::Unreadable("the token has no three parts".to_owned())),
        }
    }

    /// A part as a JSON object.
    fn object(&self, part: &Part<'_>, name: &str) -> Object {
        let document = match part.json() {
            Ok(document) => document,
            Err(PartError::Base64(_)) => return Object::Absent(format!("the {name} part is not base64url")),
            Err(error) => {
                let at = match &error {
                    PartError::Utf8(byte) => *byte..byte.saturating_add(1),
                    PartError::Json(error) => error.at.clone(),
                    PartError::Base64(_) => 0..0,
                };
                let title = match &error {
                    PartError::Json(error) if error.kind == JsonErrorKind::Empty => format!("The {name} is empty"),
                    // `{"` in base64url: a token where claims should be (RFC 7519, 5.2).
                    _ if part.decoded.as_ref().is_ok_and(|bytes| bytes.starts_with(b"eyJ")) => {
                        format!("The {name} is another token, not a JSON object")
                    }
                    _ => format!("The {name} cannot be read: {error}"),
                };
                let step = Step::new(Code::JsonSyntax, Outcome::Fail, title);
                return Object::Broken(step.at(Some(self.span(encoded(part, &at)))).into());
            }
        };
        let root = &document.root;
        if root.as_object().is_none() {
            let title = format!("The {name} is {}, not a JSON object", root.kind());
            let step = Step::new(Code::JsonSyntax, Outcome::Fail, title);
            return Object::Broken(step.at(Some(self.span(encoded(part, &root.at)))).into());
        }
        let duplicates = document
            .duplicates
            .iter()
            .map(|duplicate| repeated(name, &duplicate.name).at(Some(self.span(encoded(part, &duplicate.again)))));
        let duplicates = duplicates.collect();
        Object::Read(document, duplicates)
    }

    fn span(&self, at: Range<usize>) -> Span {
        self.source.span(self.start.saturating_add(at.start)..self.start.saturating_add(at.end))
    }
}

impl Object {
    /// Claims that came without a token.
    pub(super) fn of_claims(document: &Document) -> Self {
        if document.root.as_object().is_none() {
            let title = format!("The claims are {}, not a JSON object", document.root.kind());
            return Self::Broken(Step::new(Code::JsonSyntax, Outcome::Fail, title).into());
        }
        let duplicates = document.duplicates.iter().map(|duplicate| repeated("claims", &duplicate.name)).collect();
        Self::Read(document.clone(), duplicates)
    }
}

fn repeated(holder: &str, member: &str) -> Step {
    Step::new(Code::JsonDuplicate, Outcome::Fail, format!("{} occurs twice in the {holder}", quoted(member)))
        .detail("One reader takes the first, another the last, so it says two things. Refuse it.")
        .reference("https://www.rfc-editor.org/rfc/rfc7519#section-4")
}

/// The characters of the token that carry these decoded bytes: three bytes are four characters.
fn encoded(part: &Part<'_>, decoded: &Range<usize>) -> Range<usize> {
    let start = decoded.start.saturating_mul(4) / 3;
    let end = decoded.end.saturating_mul(4).div_ceil(3);
    let place = |offset| part.at.start.saturating_add(offset).min(part.at.end);
    place(start)..place(end)
}

#[cfg(test)]
mod tests {
    use super::{Object, Presented};
    use crate::{report::Source, token::to_base64url};

    #[test]
    fn points_at_the_characters_that_carry_the_fault() {
        let payload = r#"{"aud":"a","aud":"b"}"#;
        let pasted = format!("Bearer e30.{}.", to_base64url(payload.as_bytes()));
        let source = Source::new("token", pasted.clone());
        let Object::Read(_, duplicates) = Presented::new(&source, 7..pasted.len()).payload() else { panic!() };
        let at = duplicates[0].at.clone().unwrap();
        let carriers = pasted.get(at.start..at.end).unwrap();
        // The second "aud" starts at byte 11: character 14 (11 * 4 / 3) of the payload, which starts at 11.
        assert_eq!((at.start, carriers.len()), (25, 8));
    }
}
