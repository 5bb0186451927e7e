//! Characters that make a text look like another: two texts that a person cannot tell apart are different to a cloud.

use std::ops::Range;

use super::{super::Place, listed};
use crate::{
    json::{Data, Node},
    report::{Code, Finding, Severity},
};

/// Control characters, characters without width, and those that turn the direction of writing (UAX #9, UTS #39).
pub(super) fn is_invisible(character: char) -> bool {
    character.is_control()
        || matches!(character,
            '\u{00ad}' | '\u{034f}' | '\u{061c}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}'
            | '\u{180b}'..='\u{180f}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}'
            | '\u{3164}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{ffa0}' | '\u{fff9}'..='\u{fffb}'
            | '\u{1d173}'..='\u{1d17a}' | '\u{e0000}'..='\u{e0fff}')
}

/// One remark for every name and every text that holds such a character.
pub(super) fn remarks(part: &str, root: &Node, place: &Place<'_>) -> Vec<Finding> {
    let mut found = Vec::new();
    walk(root, &mut |text, at| {
        found.extend(text.chars().find(|character| is_invisible(*character)).map(|character| (character, at)));
    });
    listed("texts with invisible characters", found, |(character, at)| {
        let point = u32::from(character);
        let title = format!("A text in the {part} holds the invisible character U+{point:04X}");
        let detail = "It looks like another text, but clouds compare every character. Find out who put it there.";
        Finding::new(Code::TokenInvisible, Severity::Warning, title, detail).at(place.span(at))
    })
}

fn walk(node: &Node, visit: &mut impl FnMut(&str, Range<usize>)) {
    match &node.data {
        Data::String(text) => visit(text, node.at.clone()),
        Data::Array(items) => items.iter().for_each(|item| walk(item, visit)),
        Data::Object(members) => {
            for member in members {
                visit(&member.name, member.name_at.clone());
                walk(&member.value, visit);
            }
        }
        Data::Null | Data::Bool(_) | Data::Number(_) => {}
    }
}
