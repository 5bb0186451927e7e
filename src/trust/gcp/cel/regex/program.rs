//! What a pattern is compiled to, and how it is run: all ways to match at once, one character after another.

use std::rc::Rc;

use super::super::{budget::Budget, cause::Cause};
use super::class::Class;

/// One instruction; the next one follows, unless it says otherwise.
#[derive(Clone, Debug)]
pub(super) enum Instruction {
    /// A character of this class.
    Take(Rc<Class>),
    /// No character, but this has to hold between two of them.
    Assert(Assertion),
    /// Goes on both here and so many instructions further.
    Fork(isize),
    /// Goes on so many instructions further.
    Jump(isize),
}

/// What has to hold at a place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Assertion {
    Start,
    End,
    LineStart,
    LineEnd,
    /// Between a word character of ASCII and none; or not.
    Boundary(bool),
}

/// Whether the program comes to its end, from any place of the text.
pub(super) fn run(program: &[Instruction], text: &str, budget: &Budget) -> Result<bool, Cause> {
    let mut rest = text.chars();
    let mut before = None;
    // The place at which each instruction was last reached.
    let mut reached: Vec<usize> = vec![0; program.len().saturating_add(1)];
    let mut threads: Vec<usize> = Vec::new();
    for place in 1_usize.. {
        let after = rest.next();
        threads.push(0);
        let mut next = Vec::new();
        while let Some(at) = threads.pop() {
            budget.spend(1)?;
            match reached.get_mut(at) {
                Some(last) if *last != place => *last = place,
                _ => continue,
            }
            let following = at.saturating_add(1);
            match program.get(at) {
                None => return Ok(true),
                Some(Instruction::Take(class)) => {
                    if after.is_some_and(|character| class.holds(character)) {
                        next.push(following);
                    }
                }
                Some(Instruction::Assert(assertion)) => {
                    if assertion.holds(before, after) {
                        threads.push(following);
                    }
                }
                Some(Instruction::Fork(further)) => {
                    threads.push(at.saturating_add_signed(*further));
                    threads.push(following);
                }
                Some(Instruction::Jump(further)) => threads.push(at.saturating_add_signed(*further)),
            }
        }
        if after.is_none() {
            break;
        }
        before = after;
        threads = next;
    }
    Ok(false)
}

impl Assertion {
    fn holds(self, before: Option<char>, after: Option<char>) -> bool {
        let is_word = |side: Option<char>| side.is_some_and(|side| side.is_ascii_alphanumeric() || side == '_');
        match self {
            Self::Start => before.is_none(),
            Self::End => after.is_none(),
            Self::LineStart => matches!(before, None | Some('\n')),
            Self::LineEnd => matches!(after, None | Some('\n')),
            Self::Boundary(wanted) => (is_word(before) != is_word(after)) == wanted,
        }
    }
}
