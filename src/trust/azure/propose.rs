//! Changes of a credential that may let a token in which is refused. All that is found is a proposal; `trust::proof` shows none
//! that does not let the token in.

use std::ops::Range;

use super::{application::Application, document};
use crate::{
    json::{Data, Node, pretty},
    report::{Code, Hint, Outcome, Span, Step, is_deceptive},
    trust::Proposal,
};

/// The text of the string that stands there.
pub(super) type Change = (Range<usize>, String);

/// What each credential would need, if all its differences are near misses.
pub(super) fn all(application: &Application, steps: &[Step]) -> Vec<Proposal> {
    let Some((group, before)) = steps.split_last() else { return Vec::new() };
    let mut proposals = Vec::new();
    for (index, (credential, step)) in application.credentials.iter().zip(&group.children).enumerate() {
        let way = vec![before.len(), index];
        let mut changes: Vec<(usize, Hint, Change)> = Vec::new();
        let failed = step.children.iter().zip(&credential.parts).enumerate();
        for (number, (part, written)) in failed.filter(|(_, (part, _))| part.outcome == Outcome::Fail) {
            let held = part.actual.as_ref().and_then(|actual| actual.as_str()).filter(|held| can_be_seen(held));
            let (Some(hint), Some(held), [written]) = (&part.hint, held, &**written) else { continue };
            // In the place of one user only, rather than of each.
            if hint.code != Code::HintUser || step.code == Code::AzureCredentialClosest {
                changes.push((number, hint.clone(), (written.at.clone(), held.to_owned())));
            }
        }
        let edited = application.changed(&changes.iter().map(|(.., change)| change).collect::<Vec<_>>());
        match &*changes {
            [] => {}
            [(number, hint, (at, text))] => {
                let hint = Hint { fix: Some(text.clone()), at: application.span(at), ..hint.clone() };
                proposals.push(Proposal { step: [&*way, &[*number]].concat(), hint, edited: Box::new(edited) });
            }
            several => {
                let message = format!("The credential needs {} changes; replace all of it.", several.len());
                let mut fix = String::new();
                let mut items = Vec::new();
                if let Ok(node) = &edited.given.node {
                    document::items(node, &mut items);
                }
                if let Some(item) = items.get(index) {
                    pretty(item.whole, "\n", &mut fix);
                }
                let at = application.span(&credential.at);
                let hint = Hint { code: Code::HintTogether, message, fix: Some(fix), at, newly_admits: Vec::new() };
                proposals.push(Proposal { step: way, hint, edited: Box::new(edited) });
            }
        }
    }
    proposals
}

/// Whether everybody sees what a text is.
fn can_be_seen(text: &str) -> bool {
    !text.chars().any(|character| character.is_control() || character.is_whitespace() || is_deceptive(character))
}

impl Application {
    /// The same with other texts.
    pub(super) fn changed(&self, changes: &[&Change]) -> Self {
        self.with(&|node| changes.iter().for_each(|(at, text)| write(node, at, text)))
    }

    pub(super) fn span(&self, at: &Range<usize>) -> Option<Span> {
        self.given.source.as_ref().map(|source| source.span(at.clone()))
    }
}

fn write(node: &mut Node, at: &Range<usize>, text: &str) {
    match &mut node.data {
        Data::String(old) if node.at == *at => text.clone_into(old),
        Data::Array(items) => items.iter_mut().for_each(|item| write(item, at, text)),
        Data::Object(members) => members.iter_mut().for_each(|member| write(&mut member.value, at, text)),
        _ => {}
    }
}
