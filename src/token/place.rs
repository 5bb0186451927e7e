//! The way from bytes of a JSON text back to the text that was pasted.

use std::ops::Range;

use crate::report::{Source, Span};

/// Where a JSON text came from.
#[derive(Debug)]
pub(super) enum Place<'a> {
    /// From an object: there is no text to point into.
    Nowhere,
    /// It was pasted as it is.
    Pasted {
        /// What was pasted.
        source: &'a Source,
        /// The byte where the JSON text begins.
        start: usize,
    },
    /// It was pasted in base64url.
    Encoded {
        /// What was pasted.
        source: &'a Source,
        /// For each base64url character the byte of the pasted text where it stood.
        characters: Vec<usize>,
    },
}

impl Place<'_> {
    /// The span of a range of bytes of the JSON text. In base64url it covers every character that carries one of the bits.
    pub(super) fn span(&self, bytes: Range<usize>) -> Option<Span> {
        match self {
            Self::Nowhere => None,
            Self::Pasted { source, start } => {
                Some(source.span(start.saturating_add(bytes.start)..start.saturating_add(bytes.end)))
            }
            Self::Encoded { source, characters } => {
                let first = bytes.start.saturating_mul(8) / 6;
                let last = bytes.end.max(bytes.start.saturating_add(1)).saturating_mul(8).saturating_sub(1) / 6;
                let of = |index: usize| characters.get(index).or(characters.last()).copied().unwrap_or_default();
                Some(source.span(of(first)..of(last).saturating_add(1)))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Place;
    use crate::report::Source;

    #[test]
    fn covers_all_characters_that_carry_a_byte() {
        // {"a":1} is eyJhIjoxfQ; the three bytes of "a" share the characters 1 to 5.
        let source = Source::new("token", "x.eyJhIjoxfQ");
        let place = Place::Encoded { source: &source, characters: (2..12).collect() };
        let of = |range| place.span(range).map(|span| (span.start, span.end));
        assert_eq!(of(1..4), Some((3, 8)));
        assert_eq!(of(0..7), Some((2, 12)));
        assert_eq!(of(7..7), Some((11, 12)));
        assert_eq!(of(99..120), Some((11, 12)));
    }
}
