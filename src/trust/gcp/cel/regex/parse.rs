//! From a pattern to a program.

use super::{
    super::limit::PATTERN,
    Refused,
    class::{Class, Item, is_word},
    run::{Instruction, Program},
};

/// Levels of groups.
const GROUPS: usize = 50;

/// What `(?ims)` sets.
#[derive(Clone, Copy, Default)]
struct Flags {
    folded: bool,
    lines: bool,
    dot_all: bool,
}

pub(super) struct Parser<'p> {
    pub(super) rest: &'p str,
    pub(super) program: Program,
    flags: Flags,
    depth: usize,
    /// Whether the text has letters beyond ASCII that RE2 takes for another case of `k` and `s`.
    folds_beyond: bool,
}

/// Compiles a pattern; the text is looked at only for letters whose case is beyond ASCII.
pub(super) fn parse(pattern: &str, text: &str) -> Result<Program, Refused> {
    let folds_beyond = text.contains(['\u{212a}', '\u{17f}']);
    let mut parser =
        Parser { rest: pattern, program: Program::default(), flags: Flags::default(), depth: 0, folds_beyond };
    parser.alternatives()?;
    if parser.rest.is_empty() { Ok(parser.program) } else { refused("it has a ) too many") }
}

pub(super) const fn refused<T>(what: &'static str) -> Result<T, Refused> {
    Err(Refused { certain: true, what })
}

pub(super) const fn unknown<T>(what: &'static str) -> Result<T, Refused> {
    Err(Refused { certain: false, what })
}

impl Parser<'_> {
    pub(super) fn peek(&self) -> Option<char> {
        self.rest.chars().next()
    }

    pub(super) fn bump(&mut self) -> Option<char> {
        let mut characters = self.rest.chars();
        let next = characters.next();
        self.rest = characters.as_str();
        next
    }

    fn take(&mut self, wanted: char) -> bool {
        let is = self.peek() == Some(wanted);
        if is {
            self.bump();
        }
        is
    }

    pub(super) fn push(&mut self, instruction: Instruction) {
        self.program.instructions.push(instruction);
    }

    pub(super) fn len(&self) -> usize {
        self.program.instructions.len()
    }

    /// `a|b`, up to the end or a closing bracket.
    fn alternatives(&mut self) -> Result<(), Refused> {
        let flags = self.flags;
        let mut jumps = Vec::new();
        loop {
            let start = self.len();
            while !matches!(self.peek(), None | Some('|' | ')')) {
                let start = self.len();
                self.one()?;
                self.repeated(start)?;
                if self.len() > PATTERN {
                    return unknown("patterns of so many parts");
                }
            }
            if !self.take('|') {
                break;
            }
            let length = self.len().saturating_sub(start);
            self.program.instructions.insert(start, Instruction::Fork(length.saturating_add(2)));
            jumps.push(self.len());
            self.push(Instruction::Jump(0));
        }
        let end = self.len();
        for jump in jumps {
            if let Some(instruction) = self.program.instructions.get_mut(jump) {
                *instruction = Instruction::Jump(end.saturating_sub(jump));
            }
        }
        self.flags = flags;
        Ok(())
    }

    /// One character, class, assertion or group.
    fn one(&mut self) -> Result<(), Refused> {
        let folded = self.flags.folded;
        let (item, negated) = match self.bump().unwrap_or_default() {
            '(' => return self.group(),
            '[' => return self.class(),
            '*' | '+' | '?' => return refused("there is nothing to repeat before a *, + or ?"),
            '^' => return self.assert(if self.flags.lines { '(' } else { '^' }),
            '$' => return self.assert(if self.flags.lines { ')' } else { '$' }),
            '\\' => match self.bump() {
                Some('A') => return self.assert('^'),
                Some('z') => return self.assert('$'),
                Some(boundary @ ('b' | 'B')) => return self.assert(boundary),
                letter => (escape(letter)?, false),
            },
            '.' if self.flags.dot_all => (Item::Range('\0', char::MAX), false),
            '.' => (Item::Range('\n', '\n'), true),
            only => (Item::Range(only, only), false),
        };
        self.character(Class { items: vec![item], negated, folded })
    }

    fn assert(&mut self, assertion: char) -> Result<(), Refused> {
        self.push(Instruction::Assert(assertion));
        Ok(())
    }

    fn character(&mut self, class: Class) -> Result<(), Refused> {
        let beyond = |item: &Item| matches!(item, Item::Range(first, last) if !first.is_ascii() || !last.is_ascii());
        if class.folded && (self.folds_beyond || class.items.iter().any(beyond)) {
            return unknown("(?i) with letters beyond ASCII");
        }
        let number = self.program.classes.len();
        self.program.classes.push(class);
        self.push(Instruction::Take(number));
        Ok(())
    }

    /// From behind the opening bracket.
    fn group(&mut self) -> Result<(), Refused> {
        let outer = self.flags;
        if self.take('?') && self.flags()? {
            return Ok(());
        }
        self.depth = self.depth.saturating_add(1);
        if self.depth > GROUPS {
            return unknown("so many groups in groups");
        }
        self.alternatives()?;
        self.depth = self.depth.saturating_sub(1);
        self.flags = outer;
        if self.take(')') { Ok(()) } else { refused("a ( is not closed") }
    }

    /// `i`, `m`, `s`, `U`, with a minus in front of those to unset; or a name. Whether the group ends here.
    fn flags(&mut self) -> Result<bool, Refused> {
        let mut set = true;
        loop {
            match self.bump() {
                Some('i') => self.flags.folded = set,
                Some('m') => self.flags.lines = set,
                Some('s') => self.flags.dot_all = set,
                Some('U') => {}
                Some('-') if set => set = false,
                Some(':') => return Ok(false),
                Some(')') if matches!(self.peek(), Some('*' | '+' | '?')) => return unknown("repeated flags"),
                Some(')') => return Ok(true),
                Some('=' | '!') => return refused("it neither looks ahead (?=) nor behind (?<=)"),
                _ => return unknown("groups of this kind"),
            }
        }
    }

    /// From behind the opening bracket.
    fn class(&mut self) -> Result<(), Refused> {
        let negated = self.take('^');
        let mut items = Vec::new();
        while items.is_empty() || !self.take(']') {
            if self.rest.starts_with("[:") {
                return unknown("classes of POSIX");
            }
            let mut item = self.member()?;
            if self.rest.starts_with('-') && !self.rest.starts_with("-]") {
                self.bump();
                item = match (item, self.member()?) {
                    (Item::Range(first, _), Item::Range(_, last)) if first <= last => Item::Range(first, last),
                    _ => return refused("a range of a class begins behind its end"),
                };
            }
            items.push(item);
        }
        self.character(Class { items, negated, folded: self.flags.folded })
    }

    fn member(&mut self) -> Result<Item, Refused> {
        match self.bump() {
            None => refused("a [ is not closed"),
            Some('\\') => {
                let letter = self.bump();
                escape(letter)
            }
            Some(only) => Ok(Item::Range(only, only)),
        }
    }
}

/// What follows a backslash, where it stands for characters.
fn escape(letter: Option<char>) -> Result<Item, Refused> {
    let character = match letter {
        None => return refused("it ends with a backslash"),
        Some(letter @ ('d' | 'D' | 'w' | 'W' | 's' | 'S')) => return Ok(Item::Escaped(letter)),
        Some('n') => '\n',
        Some('r') => '\r',
        Some('t') => '\t',
        Some(letter) if letter.is_ascii() && !is_word(letter) => letter,
        Some(_) => return unknown("this escape"),
    };
    Ok(Item::Range(character, character))
}
