//! From a pattern to a program.

use std::rc::Rc;

use super::super::{
    budget::Budget,
    cause::{Cause, Reason},
    limit::PATTERN,
};
use super::{
    class::Class,
    program::{Assertion, Instruction},
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

/// A part of a program, wherever it is put.
pub(super) type Part = Vec<Instruction>;

pub(super) struct Parser<'p> {
    pub(super) rest: &'p str,
    flags: Flags,
    depth: usize,
    pub(super) budget: &'p Budget,
    /// Whether letters of the text have another case beyond ASCII that letters of ASCII match.
    folds_beyond: bool,
}

/// Compiles a pattern; the text is looked at only for letters whose case is beyond ASCII.
pub(super) fn parse(pattern: &str, text: &str, budget: &Budget) -> Result<Part, Cause> {
    // The Kelvin sign and the long s, which RE2 takes for k and s.
    let folds_beyond = text.contains(['\u{212a}', '\u{17f}']);
    let mut parser = Parser { rest: pattern, flags: Flags::default(), depth: 0, budget, folds_beyond };
    let program = parser.alternatives()?;
    if parser.rest.is_empty() { Ok(program) } else { Err(refused("a ) too many")) }
}

pub(super) fn refused(what: &str) -> Cause {
    Cause::new(Reason::Value, ["the regular expression is refused: ", what].concat())
}

pub(super) fn unknown(what: &str) -> Cause {
    Cause::new(Reason::Undocumented, ["this program does not match regular expressions with ", what].concat())
}

pub(super) fn offset(length: usize) -> Result<isize, Cause> {
    isize::try_from(length).map_err(|_| unknown("so many parts"))
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

    pub(super) fn take(&mut self, prefix: &str) -> bool {
        let behind = self.rest.strip_prefix(prefix);
        self.rest = behind.unwrap_or(self.rest);
        behind.is_some()
    }

    /// Puts a part behind another one.
    pub(super) fn append(&self, program: &mut Part, part: &[Instruction]) -> Result<(), Cause> {
        self.budget.spend(part.len())?;
        if program.len().saturating_add(part.len()) > PATTERN {
            return Err(unknown("so many parts"));
        }
        program.extend_from_slice(part);
        Ok(())
    }

    /// `a|b`, up to the end or a closing bracket.
    fn alternatives(&mut self) -> Result<Part, Cause> {
        let flags = self.flags;
        let first = self.sequence()?;
        let mut parts = vec![first];
        while self.take("|") {
            parts.push(self.sequence()?);
        }
        self.flags = flags;
        let mut program = parts.pop().unwrap_or_default();
        while let Some(part) = parts.pop() {
            let mut joined = vec![Instruction::Fork(offset(part.len().saturating_add(2))?)];
            self.append(&mut joined, &part)?;
            joined.push(Instruction::Jump(offset(program.len().saturating_add(1))?));
            self.append(&mut joined, &program)?;
            program = joined;
        }
        Ok(program)
    }

    fn sequence(&mut self) -> Result<Part, Cause> {
        let mut program = Vec::new();
        while !matches!(self.peek(), None | Some('|' | ')')) {
            let part = self.one()?;
            let part = self.repeated(part)?;
            self.append(&mut program, &part)?;
        }
        Ok(program)
    }

    /// One character, class, assertion or group.
    fn one(&mut self) -> Result<Part, Cause> {
        let assert = |assertion| Ok(vec![Instruction::Assert(assertion)]);
        match self.bump().unwrap_or_default() {
            '(' => self.group(),
            '[' => {
                let class = self.class()?;
                self.character(class)
            }
            '.' => {
                let mut any = Class { negated: true, ..Class::default() };
                if !self.flags.dot_all {
                    any.ranges.push(('\n', '\n'));
                }
                self.character(any)
            }
            '^' => assert(if self.flags.lines { Assertion::LineStart } else { Assertion::Start }),
            '$' => assert(if self.flags.lines { Assertion::LineEnd } else { Assertion::End }),
            '*' | '+' | '?' => Err(refused("nothing to repeat")),
            '\\' => match self.peek() {
                Some('A') => self.assertion(Assertion::Start),
                Some('z') => self.assertion(Assertion::End),
                Some('b') => self.assertion(Assertion::Boundary(true)),
                Some('B') => self.assertion(Assertion::Boundary(false)),
                Some('Q') => Err(unknown("\\Q")),
                _ => {
                    let class = self.escape()?;
                    self.character(class)
                }
            },
            character => self.character(Class::only(character)),
        }
    }

    fn assertion(&mut self, assertion: Assertion) -> Result<Part, Cause> {
        self.bump();
        Ok(vec![Instruction::Assert(assertion)])
    }

    fn character(&self, mut class: Class) -> Result<Part, Cause> {
        class.folded = self.flags.folded;
        let beyond = |(first, last): &(char, char)| !first.is_ascii() || !last.is_ascii();
        if class.folded && !class.ranges.is_empty() && (self.folds_beyond || class.ranges.iter().any(beyond)) {
            return Err(unknown("(?i) and letters beyond ASCII"));
        }
        Ok(vec![Instruction::Take(Rc::new(class))])
    }

    fn group(&mut self) -> Result<Part, Cause> {
        let outer = self.flags;
        if self.take("?") {
            if self.rest.starts_with('<') && !self.rest.starts_with("<=") && !self.rest.starts_with("<!") {
                return Err(unknown("(?<name>…)"));
            }
            if self.take("P<") {
                match self.rest.split_once('>') {
                    Some((name, rest))
                        if !name.is_empty() && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_') =>
                    {
                        self.rest = rest;
                    }
                    _ => return Err(refused("a group without a name")),
                }
            } else if self.set_flags()? {
                return if matches!(self.peek(), Some('*' | '+' | '?')) {
                    Err(refused("nothing to repeat"))
                } else {
                    Ok(Vec::new())
                };
            }
        }
        self.depth = self.depth.saturating_add(1);
        if self.depth > GROUPS {
            return Err(unknown("so many groups in groups"));
        }
        let inner = self.alternatives()?;
        self.depth = self.depth.saturating_sub(1);
        self.flags = outer;
        if self.take(")") { Ok(inner) } else { Err(refused("a ( without its )")) }
    }

    /// `i`, `m`, `s`, `U`, with a minus in front of those to unset; whether the group ends here.
    fn set_flags(&mut self) -> Result<bool, Cause> {
        let mut set = true;
        loop {
            match self.bump() {
                Some('i') => self.flags.folded = set,
                Some('m') => self.flags.lines = set,
                Some('s') => self.flags.dot_all = set,
                Some('U') => {}
                Some('-') if set => set = false,
                Some(':') => return Ok(false),
                Some(')') => return Ok(true),
                _ => return Err(refused("RE2 has no such (?…): it neither looks ahead nor behind")),
            }
        }
    }
}
