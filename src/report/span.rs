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
    marks: Vec<Mark>,
}

/// A place that others are counted from: the beginning of a line and, in a long one, every so often, so that thousands of
/// places in a document of one line are found without reading it again for each.
#[derive(Clone, Copy, Debug)]
struct Mark {
    byte: usize,
    utf16: usize,
    line: usize,
    column: usize,
}

/// UTF-16 code units between two marks of one line.
const STRIDE: usize = 1024;

impl Source {
    /// Takes the name that spans carry (`token`, `jwks`, `trust[0].policy`) and the text.
    #[must_use]
    pub fn new(input: impl Into<String>, text: impl Into<String>) -> Self {
        Self::bare(input.into(), text.into())
    }

    // Apart from the generic function, so that it is in the module once.
    fn bare(input: String, text: String) -> Self {
        let mut at = Mark { byte: 0, utf16: 0, line: 1, column: 1 };
        let mut marks = vec![at];
        let mut last = 1_usize;
        for byte in text.bytes() {
            let units = units(byte);
            at.utf16 = at.utf16.saturating_add(units);
            at.column = at.column.saturating_add(units);
            at.byte = at.byte.saturating_add(1);
            if byte == b'\n' {
                at.line = at.line.saturating_add(1);
                at.column = 1;
            } else if at.column < last.saturating_add(STRIDE) || !byte.is_ascii() {
                // Inside a character no text can be cut.
                continue;
            }
            last = at.column;
            marks.push(at);
        }
        Self { input, text, marks }
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
        let number = self.marks.partition_point(|mark| mark.byte <= byte);
        let Some(mark) = self.marks.get(number.saturating_sub(1)) else { return (0, 1, 1) };
        let before = self.text.get(mark.byte..byte).unwrap_or_default();
        let units = before.bytes().map(units).sum::<usize>();
        (mark.utf16.saturating_add(units), mark.line, mark.column.saturating_add(units))
    }
}

/// UTF-16 code units that a byte of a text brings: those of the character that it begins.
fn units(byte: u8) -> usize {
    match byte {
        0x80..0xc0 => 0,
        0xf0.. => 2,
        _ => 1,
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
    fn counts_in_long_lines() {
        let source = Source::new("policy", format!("x\n{}é{}", "😀".repeat(5000), "x".repeat(5000)));
        let span = source.span(20_004..20_006);
        assert_eq!((span.start, span.end, span.line, span.column), (10_003, 10_005, 2, 10_002));
    }

    #[test]
    fn stays_inside_the_text() {
        let source = Source::new("policy", "é");
        let span = source.span(1..99);
        assert_eq!((span.start, span.end), (0, 1));
    }
}
