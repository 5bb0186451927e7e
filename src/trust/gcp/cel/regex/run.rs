//! Running a program: all ways to match at once, one character after another.

use super::{
    super::limit::Budget,
    class::{Class, is_word},
};

/// What a pattern is compiled to.
#[derive(Debug, Default)]
pub(super) struct Program {
    pub(super) instructions: Vec<Instruction>,
    pub(super) classes: Vec<Class>,
}

/// One instruction. Behind it comes the next one, unless it says otherwise.
#[derive(Clone, Copy, Debug)]
pub(super) enum Instruction {
    /// A character of the class with this number.
    Take(usize),
    /// No character, but this has to hold between two of them: `^`, `$`, `b`, `B`, and in lines `(`, `)`.
    Assert(char),
    /// Both behind it and so many instructions further.
    Fork(usize),
    /// So many instructions further.
    Jump(usize),
    /// So many instructions back.
    Back(usize),
}

/// Whether the program comes to its end, from any place of the text.
pub(super) fn run(program: &Program, text: &str, budget: &Budget) -> bool {
    let mut rest = text.chars();
    let mut before = None;
    // The place at which each instruction was last reached.
    let mut reached = vec![0_usize; program.instructions.len()];
    let mut threads = Vec::new();
    let mut place = 0_usize;
    loop {
        place = place.saturating_add(1);
        let after = rest.next();
        threads.push(0_usize);
        let mut next = Vec::new();
        while let Some(at) = threads.pop() {
            let (Some(instruction), Some(last)) = (program.instructions.get(at), reached.get_mut(at)) else {
                return true;
            };
            if *last == place {
                continue;
            }
            *last = place;
            if !budget.spend(0) {
                return false;
            }
            let behind = at.saturating_add(1);
            match *instruction {
                Instruction::Take(class) => {
                    let class = program.classes.get(class);
                    if after.is_some_and(|after| class.is_some_and(|class| class.holds(after))) {
                        next.push(behind);
                    }
                }
                Instruction::Assert(assertion) => {
                    if holds(assertion, before, after) {
                        threads.push(behind);
                    }
                }
                Instruction::Fork(further) => {
                    threads.push(behind);
                    threads.push(at.saturating_add(further));
                }
                Instruction::Jump(further) => threads.push(at.saturating_add(further)),
                Instruction::Back(back) => threads.push(at.saturating_sub(back)),
            }
        }
        if after.is_none() {
            return false;
        }
        before = after;
        threads = next;
    }
}

fn holds(assertion: char, before: Option<char>, after: Option<char>) -> bool {
    match assertion {
        '^' => before.is_none(),
        '$' => after.is_none(),
        '(' => matches!(before, None | Some('\n')),
        ')' => matches!(after, None | Some('\n')),
        _ => (before.is_some_and(is_word) != after.is_some_and(is_word)) == (assertion == 'b'),
    }
}
