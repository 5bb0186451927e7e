//! One part of a token, read for display: an object with its place, or a finding that says why not and where.

use super::{Place, lenient};
use crate::{
    json::{JsonErrorKind, Node, Text, read},
    report::{Code, Finding, Severity, Source},
};

/// A part that holds a JSON object.
#[derive(Debug)]
pub(super) struct Object<'a> {
    /// The object.
    pub(super) root: Node,
    /// Where it came from.
    pub(super) place: Place<'a>,
    /// Why a strict decoder refuses it all the same.
    pub(super) fault: Option<Finding>,
}

/// Reads a part in base64url. `name`: `header` or `payload`. `origin` gives the byte of the source for a byte of the part.
///
/// # Errors
/// A finding that says at which layer it cannot be read, and at which byte.
pub(super) fn object<'a>(
    name: &str,
    part: &str,
    source: &'a Source,
    origin: &dyn Fn(usize) -> usize,
) -> Result<Object<'a>, Box<Finding>> {
    let refuse = |why: String| {
        let title = format!("The {name} cannot be read");
        Box::new(Finding::new(Code::TokenPart, Severity::Error, title, why))
    };
    let one = |at: usize| {
        let character = source.text().get(at..).and_then(|rest| rest.chars().next());
        Some(source.span(at..at.saturating_add(character.map_or(0, char::len_utf8))))
    };
    let lenient::Lenient { bytes, characters, fault } = lenient::decode(part, origin)
        .map_err(|(error, at)| Box::new(refuse(sentence(&format!("{error} (byte {at} of the text)."))).at(one(at))))?;
    let fault = fault.map(|(error, at)| {
        let title = format!("The {name} is not strict base64url");
        let detail = format!(
            "{} (byte {at} of the text). It is shown all the same; a verifier refuses it.",
            sentence(&error.to_string())
        );
        Finding::new(Code::TokenEncoding, Severity::Error, title, detail).at(one(at))
    });
    let place = Place::Encoded { source, characters };
    let text = std::str::from_utf8(&bytes).map_err(|error| {
        let at = error.valid_up_to();
        let why = format!("Its byte {at} (after decoding) is not UTF-8.");
        Box::new(refuse(why).at(place.span(at..at)))
    })?;
    if text.starts_with("eyJ") && text.contains(['.']) {
        let title = format!("The {name} is another token");
        let detail = "CircleCI's tokens are not nested. Decode the inner text by itself.";
        let finding = Finding::new(Code::TokenNested, Severity::Error, title, detail);
        return Err(Box::new(finding.at(place.span(0..bytes.len()))));
    }
    let document = read(&Text::pasted(text)).map_err(|error| {
        let cut = matches!(&error.kind, JsonErrorKind::Syntax(_)) && error.at.start >= text.len();
        let advice = if cut { " The token was cut off: copy the whole of it." } else { "" };
        let why = format!("{error}, at byte {} (after decoding).{advice}", error.at.start);
        Box::new(refuse(sentence(&why)).at(place.span(error.at)))
    })?;
    if document.root.as_object().is_none() {
        let why = format!("It is {}, not an object.", document.root.kind());
        return Err(Box::new(refuse(why).at(place.span(document.root.at))));
    }
    Ok(Object { root: document.root, place, fault })
}

/// The text with a capital first letter.
fn sentence(text: &str) -> String {
    let mut characters = text.chars();
    characters
        .next()
        .map_or_else(String::new, |first| std::iter::once(first.to_ascii_uppercase()).chain(characters).collect())
}

#[cfg(test)]
mod tests {
    use super::{Code, object};
    use crate::{report::Source, token::to_base64url};

    fn failure(bytes: &[u8]) -> (Code, String, Option<usize>) {
        let part = to_base64url(bytes);
        let source = Source::new("token", &*part);
        let finding = object("payload", &part, &source, &|at| at).unwrap_err();
        (finding.code, finding.detail.to_string(), finding.at.as_ref().map(|span| span.start))
    }

    #[test]
    fn says_which_layer_and_where() {
        let not_utf8 = failure(b"{\"a\":\"\xff\"}");
        assert_eq!(not_utf8, (Code::TokenPart, "Its byte 6 (after decoding) is not UTF-8.".to_owned(), Some(8)));
        let (code, detail, at) = failure(b"{\"a\":1");
        assert_eq!((code, at.is_some()), (Code::TokenPart, true));
        assert!(detail.starts_with("Not JSON: the text ends where a comma"), "{detail}");
        for cut in [&b"{\"a\":1"[..], b"{\"a\"", b"{\"a", b"{\"a\":1.", b"{\"a\":\"\\u00"] {
            assert!(failure(cut).1.ends_with("The token was cut off: copy the whole of it."), "{}", failure(cut).1);
        }
        assert!(!failure(b"{\"a\":x}").1.contains("cut off"));
        assert_eq!(failure(b"[1]").1, "It is an array, not an object.");
        assert_eq!(failure(b"eyJhIjoxfQ.eyJ9.x").0, Code::TokenNested);
    }
}
