//! Members that occur twice (RFC 7515, 4 and RFC 7519, 4).

use super::{super::Place, listed, shown::shown};
use crate::{
    json::{Duplicate, Node},
    report::{Code, Finding, Severity},
};

/// One remark for every repetition, at any depth, with both places.
pub(super) fn remarks(part: &str, root: &Node, place: &Place<'_>) -> Vec<Finding> {
    listed("members that occur twice", root.duplicates(), |Duplicate { name, first, again }| {
        let title = format!("{} occurs twice in the {part}", shown(&name));
        let first = place.span(first).map_or_else(
            || "Once is enough.".to_owned(),
            |span| format!("It stands at line {}, column {} already.", span.line, span.column),
        );
        let detail = format!(
            "{first} One reader takes the first, another the last, a strict one refuses the token: what a cloud makes of it \
             is not documented."
        );
        let finding = Finding::new(Code::TokenDuplicate, Severity::Error, title, detail);
        finding.at(place.span(again)).reference("https://www.rfc-editor.org/rfc/rfc7519#section-4")
    })
}
