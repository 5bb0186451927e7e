//! Places in a pasted text.

use std::ops::Range;

use serde::Serialize;

/// A place in a text as it was pasted. Offsets are UTF-16 code units, as JavaScript strings and `<textarea>` selections
/// count; line and column (also in UTF-16 code units) start at 1.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Span {
    /// Which input it points into, for example `trust[0].policy`.
    pub input: String,
    /// Offset of the first code unit.
    pub start: usize,
    /// Offset after the last code unit.
    pub end: usize,
    /// Line of `start`.
    pub line: usize,
    /// Column of `start`.
    pub column: usize,
}

/// A pasted text that spans point into.
#[derive(Clone, Debug)]
pub struct Source {
    input: String,
    text: String,
    lines: Vec<Line>,
}

#[derive(Clone, Copy, Debug, Default)]
struct Line {
    byte: usize,
    utf16: usize,
}

impl Source {
    /// Takes the name that spans carry (`token`, `jwks`, `trust[0].policy`) and the text.
    #[must_use]
    pub fn new(input: impl Into<String>, text: impl Into<String>) -> Self {
        let text = text.into();
        let mut lines = vec![Line::default()];
        let mut utf16 = 0_usize;
        for (byte, character) in text.char_indices() {
            utf16 = utf16.saturating_add(character.len_utf16());
            if character == '\n' {
                lines.push(Line { byte: byte.saturating_add(1), utf16 });
            }
        }
        Self { input: input.into(), text, lines }
    }

    /// The text as it was pasted.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The span of a range of bytes. A range outside the text, or inside a character, is drawn in to the nearest
    /// boundary, so that a span always lies inside its input.
    #[must_use]
    pub fn span(&self, bytes: Range<usize>) -> Span {
        let (start, line, column) = self.place(bytes.start);
        let (end, ..) = self.place(bytes.end.max(bytes.start));
        Span { input: self.input.clone(), start, end, line, column }
    }

    /// UTF-16 offset, line and column of a byte offset.
    fn place(&self, byte: usize) -> (usize, usize, usize) {
        let byte = self.text.floor_char_boundary(byte);
        let number = self.lines.partition_point(|line| line.byte <= byte);
        let line = self.lines.get(number.saturating_sub(1)).copied().unwrap_or_default();
        let before = self.text.get(line.byte..byte).unwrap_or_default();
        let column = before.chars().map(char::len_utf16).sum::<usize>();
        (line.utf16.saturating_add(column), number, column.saturating_add(1))
    }
}

#[cfg(test)]
mod tests {
    use super::Source;

    #[test]
    fn counts_utf16_code_units_and_lines() {
        let source = Source::new("policy", "é\n😀x");
        let span = source.span(7..8);
        assert_eq!((span.start, span.end, span.line, span.column), (4, 5, 2, 3));
    }

    #[test]
    fn stays_inside_the_text() {
        let source = Source::new("policy", "é");
        let span = source.span(1..99);
        assert_eq!((span.start, span.end), (0, 1));
    }
}
