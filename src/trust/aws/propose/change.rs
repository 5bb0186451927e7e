//! Changes of one statement. They are made in its JSON, so that what is proved is what can be pasted.

use std::ops::Range;

use super::super::{
    hint::{Near, Part},
    whole,
};
use crate::{
    json::{Data, Member, Node, pretty},
    report::{Code, Hint, is_deceptive},
};

/// What of a statement is changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Whose {
    Principal,
    Action,
    /// By its index.
    Condition(usize),
}

/// A statement that is being put right.
#[derive(Debug)]
pub(super) struct Repair {
    pub(super) node: Node,
    /// What was replaced; an empty place for a key that went to another operator.
    changes: Vec<Range<usize>>,
    /// A key went to another operator, so that the conditions count anew.
    pub(super) moved: bool,
    /// More than conditions are changed.
    whole: bool,
    /// The last change, and the way from the statement's step to the one that it is about.
    last: Option<(Near, Vec<usize>)>,
}

impl Repair {
    pub(super) fn of(statement: &Node) -> Self {
        Self { node: statement.clone(), changes: Vec::new(), moved: false, whole: false, last: None }
    }

    /// Makes a change. None where there is no fix, or where IAM would not take it.
    pub(super) fn apply(&mut self, whose: Whose, near: Near) -> Option<()> {
        let (part, text) = near.fix.as_ref()?;
        let is_value = matches!((whose, part), (Whose::Condition(_), Part::Entry(_)));
        let plain = |character| whole::is_allowed(character) && !is_deceptive(character);
        if !text.chars().all(plain) || (!is_value && text.contains(['*', '?', '$'])) {
            return None;
        }
        let (element, mut way) = match whose {
            Whose::Principal => ("Principal", vec![0]),
            Whose::Action => ("Action", vec![1]),
            Whose::Condition(index) => ("Condition", vec![index.saturating_add(2)]),
        };
        if *part == Part::Key {
            // That AWS never sees the key is a step of its own.
            way.push(0);
        }
        let element = &mut members(&mut self.node)?.iter_mut().find(|member| member.name == element)?.value;
        let at = match (whose, *part) {
            (Whose::Condition(index), part) => condition(element, index, part, text)?,
            (_, Part::Entry(entry)) => {
                self.whole = true;
                write(nth(element, entry).ok()?, text)
            }
            _ => return None,
        };
        self.moved = at.is_empty();
        if self.moved || !self.changes.contains(&at) {
            self.changes.push(at);
        }
        self.last = Some((near, way));
        Some(())
    }

    /// What to say of the changes, what it replaces, and the way to the step that it is about. None if there are none.
    pub(super) fn told(self) -> Option<(Hint, Range<usize>, Vec<usize>)> {
        let (near, way) = self.last?;
        if let [only] = &*self.changes
            && !only.is_empty()
        {
            let fix = near.fix.as_ref().map(|(_, text)| text.clone());
            return Some((Hint { fix, ..near.hint() }, only.clone(), way));
        }
        let conditions = if self.whole { None } else { self.node.get("Condition") };
        let pasted = conditions.unwrap_or(&self.node);
        let what = if self.whole { "statement" } else { "Condition" };
        let count = self.changes.len();
        let plural = if count == 1 { "" } else { "s" };
        let message = format!("The {what} needs {count} change{plural}; replace all of it.");
        let mut fix = String::new();
        pretty(pasted, "\n", &mut fix);
        let hint = Near::new(Code::HintTogether, message, None).hint();
        Some((Hint { fix: Some(fix), ..hint }, pasted.at.clone(), Vec::new()))
    }
}

/// Changes a condition, by its index among the keys of all operators. Gives what was replaced; an empty place where
/// the key went to another operator.
fn condition(conditions: &mut Node, index: usize, part: Part, text: &str) -> Option<Range<usize>> {
    let operators = members(conditions)?;
    let there = operators.iter().any(|operator| operator.name == text);
    let mut left = index;
    let own = operators.iter().position(|operator| {
        let keys = operator.value.as_object().unwrap_or_default().len();
        let is_own = left < keys;
        left = if is_own { left } else { left.saturating_sub(keys) };
        is_own
    })?;
    let operator = operators.get_mut(own)?;
    let keys = members(&mut operator.value)?;
    Some(match part {
        Part::Entry(entry) => write(nth(&mut keys.get_mut(left)?.value, entry).ok()?, text),
        Part::Key => {
            let key = keys.get_mut(left)?;
            text.clone_into(&mut key.name);
            key.name_at.clone()
        }
        Part::Operator => {
            let key = keys.remove(left);
            let wild = |node: &Node| node.as_str().is_some_and(|text| text.contains(['*', '?']));
            if there || keys.iter().any(|key| key.value.one_or_many().iter().any(wild)) {
                // Other keys of the operator would change their meaning, or the new one stands there already.
                if keys.is_empty() {
                    operators.remove(own);
                }
                if !there {
                    let value = Node { at: 0..0, data: Data::Object(Vec::new()) };
                    operators.push(Member { name: text.to_owned(), name_at: 0..0, value });
                }
                let other = operators.iter_mut().find(|operator| operator.name == text)?;
                members(&mut other.value)?.push(key);
                0..0
            } else {
                keys.insert(left, key);
                text.clone_into(&mut operator.name);
                operator.name_at.clone()
            }
        }
    })
}

fn members(node: &mut Node) -> Option<&mut Vec<Member>> {
    match &mut node.data {
        Data::Object(members) => Some(members),
        _ => None,
    }
}

/// The entry with this index of a list, or of the lists in an object, which count as one; a single value is a list of
/// one. Else how many entries there are.
fn nth(node: &mut Node, index: usize) -> Result<&mut Node, usize> {
    if let Data::Array(_) | Data::Object(_) = node.data {
        let mut seen = 0_usize;
        let lists: Vec<&mut Node> = match &mut node.data {
            Data::Array(items) => items.iter_mut().collect(),
            Data::Object(members) => members.iter_mut().map(|member| &mut member.value).collect(),
            _ => Vec::new(),
        };
        for list in lists {
            match nth(list, index.saturating_sub(seen)) {
                Ok(node) => return Ok(node),
                Err(count) => seen = seen.saturating_add(count),
            }
        }
        return Err(seen);
    }
    if index == 0 { Ok(node) } else { Err(1) }
}

fn write(node: &mut Node, text: &str) -> Range<usize> {
    node.data = Data::String(text.to_owned());
    node.at.clone()
}
