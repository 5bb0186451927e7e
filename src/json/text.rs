//! A text to be read, and where each of its bytes stood in what was pasted.

use std::ops::Range;

/// A text together with the way back to the pasted text: the two differ where it was pasted inside a JSON string or
/// percent-encoded.
#[derive(Clone, Debug)]
pub struct Text {
    content: String,
    /// For every byte of `content`, and for its end, the byte of the pasted text. None: they are the same.
    origin: Option<Vec<usize>>,
}

impl Text {
    /// A text exactly as it was pasted.
    #[must_use]
    pub fn pasted(content: &str) -> Self {
        Self { content: content.to_owned(), origin: None }
    }

    /// A document as it was pasted, or read from a file: a byte order mark at its beginning, which some editors write, counts as
    /// white space.
    #[must_use]
    pub fn document(pasted: &str) -> Self {
        // Of the same length, so that places stay as they are.
        let content = pasted.strip_prefix('\u{feff}').map(|rest| ["   ", rest].concat());
        Self { content: content.unwrap_or_else(|| pasted.to_owned()), origin: None }
    }

    /// The content of a JSON string, whose decoded `content` stood at `at` (quotes included) of `pasted`.
    #[must_use]
    pub fn in_json_string(pasted: &str, at: Range<usize>, content: &str) -> Self {
        let literal = pasted.get(at.clone()).unwrap_or_default();
        let mut origin = Vec::with_capacity(content.len().saturating_add(1));
        let mut offset = 1_usize;
        for character in content.chars() {
            origin.extend(std::iter::repeat_n(at.start.saturating_add(offset), character.len_utf8()));
            let written = match literal.as_bytes().get(offset..) {
                Some([b'\\', b'u', ..]) if character > '\u{ffff}' => 12,
                Some([b'\\', b'u', ..]) => 6,
                Some([b'\\', ..]) => 2,
                _ => character.len_utf8(),
            };
            offset = offset.saturating_add(written);
        }
        origin.push(at.start.saturating_add(offset));
        Self { content: content.to_owned(), origin: Some(origin) }
    }

    /// Parts of a pasted text, one after another.
    #[must_use]
    pub fn parts(pasted: &str, parts: &[Range<usize>]) -> Self {
        let mut content = String::with_capacity(pasted.len());
        let mut origin = Vec::with_capacity(pasted.len().saturating_add(1));
        for part in parts {
            content.push_str(pasted.get(part.clone()).unwrap_or_default());
            origin.extend(part.clone());
        }
        origin.push(parts.last().map_or(0, |part| part.end));
        Self { content, origin: Some(origin) }
    }

    /// A percent-encoded text (RFC 3986, 2.1), decoded. None if an escape is malformed or the bytes are not UTF-8.
    #[must_use]
    pub fn percent_decoded(encoded: &Self) -> Option<Self> {
        let mut bytes = Vec::with_capacity(encoded.content.len());
        let mut origin = Vec::with_capacity(encoded.content.len().saturating_add(1));
        let mut rest = encoded.content.bytes().enumerate();
        while let Some((offset, byte)) = rest.next() {
            origin.push(encoded.origin(offset));
            bytes.push(if byte == b'%' {
                let high = char::from(rest.next()?.1).to_digit(16)?;
                let low = char::from(rest.next()?.1).to_digit(16)?;
                u8::try_from(high << 4 | low).ok()?
            } else {
                byte
            });
        }
        origin.push(encoded.origin(encoded.content.len()));
        Some(Self { content: String::from_utf8(bytes).ok()?, origin: Some(origin) })
    }

    /// The text to read.
    #[must_use]
    pub fn content(&self) -> &str {
        &self.content
    }

    /// The bytes of the pasted text that a range of bytes of the content stood at.
    #[must_use]
    pub fn origin_of(&self, range: Range<usize>) -> Range<usize> {
        self.origin(range.start)..self.origin(range.end)
    }

    fn origin(&self, offset: usize) -> usize {
        match &self.origin {
            None => offset,
            Some(origin) => origin.get(offset).or(origin.last()).copied().unwrap_or_default(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Text;

    #[test]
    fn finds_the_way_back_through_json_escapes() {
        let pasted = r#"{"a":"\"é\ud83d\ude00\u0041b"}"#;
        let content = "\"é😀Ab";
        let text = Text::in_json_string(pasted, 5..pasted.len() - 1, content);
        let of = |part: &str| {
            let start = content.find(part).unwrap_or_default();
            pasted.get(text.origin_of(start..start + part.len())).unwrap_or_default()
        };
        assert_eq!((of("\""), of("é"), of("😀"), of("A"), of("b")), (r#"\""#, "é", r"\ud83d\ude00", r"\u0041", "b"));
    }

    #[test]
    fn a_byte_order_mark_moves_nothing() {
        for pasted in ["\u{feff}{}", "{}"] {
            let text = Text::document(pasted);
            assert_eq!((text.content().trim_start(), text.content().len()), ("{}", pasted.len()));
        }
    }

    #[test]
    fn finds_the_way_back_from_parts() {
        let text = Text::parts("12:00 {\n12:01 }", &[6..8, 14..15]);
        assert_eq!((text.content(), text.origin_of(0..1), text.origin_of(2..3)), ("{\n}", 6..7, 14..15));
    }

    #[test]
    fn finds_the_way_back_through_percent_encoding() {
        let text = Text::percent_decoded(&Text::pasted("%7B%22a%22:1}")).map(|text| (text.origin_of(1..4), text));
        let (at, text) = text.unwrap_or_else(|| (0..0, Text::pasted("")));
        assert_eq!((text.content(), at), (r#"{"a":1}"#, 3..10));
        assert!(Text::percent_decoded(&Text::pasted("%7")).is_none());
        assert!(Text::percent_decoded(&Text::pasted("%FF")).is_none());
    }
}
