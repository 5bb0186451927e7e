//! Repetitions.

use super::super::cause::Cause;
use super::{
    parse::{Parser, Part, offset, refused},
    program::Instruction,
};

/// Most repetitions that RE2 takes.
const REPETITIONS: usize = 1_000;

impl Parser<'_> {
    /// `*`, `+`, `?` and `{1,2}` behind a part, lazy or not.
    pub(super) fn repeated(&mut self, part: Part) -> Result<Part, Cause> {
        let (least, most) = match self.peek() {
            Some('*') => (0, None),
            Some('+') => (1, None),
            Some('?') => (0, Some(1)),
            Some('{') => match self.counts()? {
                Some(counts) => counts,
                None => return Ok(part),
            },
            _ => return Ok(part),
        };
        if !self.rest.starts_with('{') {
            self.bump();
        } else {
            self.rest = self.rest.split_once('}').map_or("", |(_, rest)| rest);
        }
        self.take("?");
        if matches!(self.peek(), Some('*' | '+' | '?')) || (self.rest.starts_with('{') && self.counts()?.is_some()) {
            return Err(refused("a repetition of a repetition needs brackets"));
        }
        let mut program = Vec::new();
        for _ in 0..least {
            self.append(&mut program, &part)?;
        }
        let over = offset(part.len().saturating_add(1))?;
        match most {
            Some(most) => {
                for _ in least..most {
                    self.append(&mut program, &[Instruction::Fork(over)])?;
                    self.append(&mut program, &part)?;
                }
            }
            None => {
                self.append(&mut program, &[Instruction::Fork(over.saturating_add(1))])?;
                self.append(&mut program, &part)?;
                program.push(Instruction::Jump(0_isize.saturating_sub(over)));
            }
        }
        Ok(program)
    }

    /// The two numbers of `{1,2}`; none if these are only characters.
    fn counts(&self) -> Result<Option<(usize, Option<usize>)>, Cause> {
        let inside = self.rest.strip_prefix('{').and_then(|rest| rest.split_once('}'));
        let number = |digits: &str| {
            let written = !digits.is_empty() && digits.len() <= 9 && digits.bytes().all(|byte| byte.is_ascii_digit());
            if written { digits.parse::<usize>().ok() } else { None }
        };
        let Some((inside, _)) = inside else { return Ok(None) };
        let (least, most) = match inside.split_once(',') {
            None => (number(inside), Some(number(inside))),
            Some((least, "")) => (number(least), None),
            Some((least, most)) => (number(least), Some(number(most))),
        };
        match (least, most) {
            (Some(least), None) if least <= REPETITIONS => Ok(Some((least, None))),
            (Some(least), Some(Some(most))) if least <= most && most <= REPETITIONS => Ok(Some((least, Some(most)))),
            (None, _) | (_, Some(None)) => Ok(None),
            _ => Err(refused("it repeats more than 1,000 times, or at least more often than at most")),
        }
    }
}
