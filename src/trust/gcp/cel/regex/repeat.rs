//! Repetitions: `*`, `+`, `?` and `{1,2}`, lazy or not.

use super::{
    super::{limit::PATTERN, literal::whole},
    Refused,
    parse::{Parser, refused, unknown},
    run::Instruction,
};

/// Most repetitions that RE2 takes.
const REPETITIONS: u64 = 1_000;

impl Parser<'_> {
    /// Repeats the part of the program from here on as often as what follows in the pattern says.
    pub(super) fn repeated(&mut self, start: usize) -> Result<(), Refused> {
        let Some((least, most)) = self.times()? else { return Ok(()) };
        if self.rest.starts_with('?') {
            self.bump();
        }
        if self.times()?.is_some() {
            return refused("a repetition of a repetition needs brackets");
        }
        let part = self.program.instructions.split_off(start);
        let over = part.len().saturating_add(1);
        let copies = most.unwrap_or(least.saturating_add(1));
        if copies.saturating_mul(over).saturating_add(start) > PATTERN {
            return unknown("patterns of so many parts");
        }
        for copy in 0..copies {
            if copy >= least {
                let last = if most.is_none() { 1 } else { 0 };
                self.push(Instruction::Fork(over.saturating_add(last)));
            }
            self.program.instructions.extend_from_slice(&part);
        }
        if most.is_none() {
            self.push(Instruction::Back(over));
        }
        Ok(())
    }

    /// Takes a repetition; the least and the most times.
    fn times(&mut self) -> Result<Option<(usize, Option<usize>)>, Refused> {
        let times = match self.peek() {
            Some('*') => (0, None),
            Some('+') => (1, None),
            Some('?') => (0, Some(1)),
            Some('{') => {
                let inside = self.rest.get(1..).and_then(|rest| rest.split_once('}'));
                let Some((inside, behind)) = inside else { return Ok(None) };
                let (least, most) = inside.split_once(',').unwrap_or((inside, inside));
                let Some(least) = whole(least, 10) else { return Ok(None) };
                let limit = if most.is_empty() { Some(least) } else { whole(most, 10) };
                let Some(limit) = limit else { return Ok(None) };
                if limit > REPETITIONS || least > limit {
                    return refused("it repeats more than 1,000 times, or less often than at least");
                }
                self.rest = behind;
                let [least, limit] = [least, limit].map(|times| usize::try_from(times).unwrap_or_default());
                return Ok(Some((least, if most.is_empty() { None } else { Some(limit) })));
            }
            _ => return Ok(None),
        };
        self.bump();
        Ok(Some(times))
    }
}
