//! Classes and escapes as they are written.

use super::super::cause::Cause;
use super::{
    class::Class,
    parse::{Parser, refused, unknown},
};

impl Parser<'_> {
    /// `[a-z]`, from behind the bracket.
    pub(super) fn class(&mut self) -> Result<Class, Cause> {
        let negated = self.take("^");
        let mut class = Class::default();
        let mut first = true;
        while first || !self.take("]") {
            if let Some((name, rest)) = self.rest.strip_prefix("[:").and_then(|rest| rest.split_once(":]")) {
                class.add(Class::named(name).ok_or_else(|| refused("there is no class of this name"))?);
                self.rest = rest;
            } else {
                let low = self.member()?;
                let ranged = self.rest.starts_with('-') && !self.rest.starts_with("-]");
                match (&*low.ranges, low.negated, ranged) {
                    ([(from, to)], false, true) if from == to => {
                        self.bump();
                        let high = self.member()?;
                        match &*high.ranges {
                            [(end, same)] if end == same && !high.negated && from <= end => {
                                class.ranges.push((*from, *end));
                            }
                            _ => return Err(refused("a range of a class begins behind its end")),
                        }
                    }
                    (_, _, true) => return Err(refused("a class cannot begin a range")),
                    _ => class.add(low),
                }
            }
            first = false;
            self.budget.spend(1)?;
        }
        class.negated = negated;
        Ok(class)
    }

    /// A character of a class, or a class in it.
    fn member(&mut self) -> Result<Class, Cause> {
        match self.bump() {
            None => Err(refused("a [ without its ]")),
            Some('\\') => self.escape(),
            Some(character) => Ok(Class::only(character)),
        }
    }

    /// What follows a backslash, where it stands for characters.
    pub(super) fn escape(&mut self) -> Result<Class, Cause> {
        let letter = self.bump().ok_or_else(|| refused("a backslash at the end"))?;
        if let Some(class) = Class::escaped(letter) {
            return Ok(class);
        }
        let character = match letter {
            'a' => '\u{7}',
            'f' => '\u{c}',
            'n' => '\n',
            'r' => '\r',
            't' => '\t',
            'v' => '\u{b}',
            'x' => return self.hexadecimal(),
            '0'..='9' | 'p' | 'P' | 'C' | 'Q' | 'E' | 'b' => {
                return Err(unknown(&["\\", &*letter.to_string()].concat()));
            }
            _ if letter.is_ascii() && !letter.is_ascii_alphanumeric() => letter,
            _ => return Err(refused("RE2 has no such escape")),
        };
        Ok(Class::only(character))
    }

    /// `\x7F` and `\x{10FFFF}`
    fn hexadecimal(&mut self) -> Result<Class, Cause> {
        let (digits, rest) = match self.rest.strip_prefix('{') {
            Some(rest) => rest.split_once('}').unwrap_or_default(),
            None => self.rest.split_at_checked(2).unwrap_or_default(),
        };
        self.rest = rest;
        let mut code = 0_u32;
        for digit in digits.chars() {
            let digit = digit.to_digit(16).ok_or_else(|| refused("\\x wants hexadecimal digits"))?;
            code = code.saturating_mul(16).saturating_add(digit);
        }
        match char::from_u32(code) {
            Some(character) if !digits.is_empty() => Ok(Class::only(character)),
            _ => Err(refused("\\x wants hexadecimal digits")),
        }
    }
}
