//! Members that occur twice (RFC 7515, 4 and RFC 7519, 4).

use std::{collections::BTreeMap, ops::Range};

use super::{super::Place, listed, shown::shown};
use crate::{
    json::{Data, Duplicate, Node},
    report::{Code, Finding, Severity},
};

/// One remark for every repetition, at any depth, with both places.
pub(super) fn remarks(part: &str, root: &Node, place: &Place<'_>) -> Vec<Finding> {
    let mut found = Vec::new();
    walk(root, &mut |duplicate| found.push(duplicate));
    listed("members that occur twice", found, |Duplicate { name, first, again }| {
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

fn walk(node: &Node, visit: &mut impl FnMut(Duplicate)) {
    match &node.data {
        Data::Array(items) => items.iter().for_each(|item| walk(item, visit)),
        Data::Object(members) => {
            let mut first_places: BTreeMap<&str, &Range<usize>> = BTreeMap::new();
            for member in members {
                match first_places.get(&*member.name) {
                    Some(first) => visit(Duplicate {
                        name: member.name.clone(),
                        first: (*first).clone(),
                        again: member.name_at.clone(),
                    }),
                    None => drop(first_places.insert(&member.name, &member.name_at)),
                }
                walk(&member.value, visit);
            }
        }
        Data::Null | Data::Bool(_) | Data::Number(_) | Data::String(_) => {}
    }
}
