//! A text of the configuration, and the way from it to its place in what was pasted.

use std::ops::Range;

use crate::{
    json::{Node, Text},
    report::{Source, Span},
};

/// A text of the configuration.
#[derive(Clone, Debug)]
pub(super) struct Field {
    pub(super) text: String,
    /// Bytes of what was pasted, quotes included.
    pub(super) at: Range<usize>,
}

impl Field {
    pub(super) fn of(node: &Node) -> Option<Self> {
        node.as_str().map(|text| Self { text: text.to_owned(), at: node.at.clone() })
    }
}

/// Turns places into spans; into none where the configuration came as an object.
#[derive(Clone, Copy, Debug)]
pub(super) struct Places<'a>(pub(super) Option<&'a Source>);

impl Places<'_> {
    pub(super) fn span(self, at: &Range<usize>) -> Option<Span> {
        self.0.map(|source| source.span(at.clone()))
    }

    /// A part of a text, found through the escapes of JSON.
    pub(super) fn inside(self, field: &Field, part: &Range<usize>) -> Option<Span> {
        let text = Text::in_json_string(self.0?.text(), field.at.clone(), &field.text);
        self.span(&text.origin_of(part.clone()))
    }
}
