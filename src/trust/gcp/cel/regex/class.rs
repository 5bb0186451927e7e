//! Sets of characters.

/// A set of characters.
#[derive(Debug, Default)]
pub(super) struct Class {
    pub(super) items: Vec<Item>,
    /// All characters but those.
    pub(super) negated: bool,
    /// Letters of ASCII in either case.
    pub(super) folded: bool,
}

/// Characters of a set.
#[derive(Clone, Copy, Debug)]
pub(super) enum Item {
    /// From the first one to the last one.
    Range(char, char),
    /// `\d`, `\w`, `\s`; with a capital letter all others.
    Escaped(char),
}

impl Class {
    /// Whether a character is in it.
    pub(super) fn holds(&self, character: char) -> bool {
        let other = match character {
            'a'..='z' if self.folded => character.to_ascii_uppercase(),
            _ if self.folded => character.to_ascii_lowercase(),
            _ => character,
        };
        self.items.iter().any(|item| item.holds(character) || item.holds(other)) != self.negated
    }
}

impl Item {
    fn holds(self, character: char) -> bool {
        match self {
            Self::Range(first, last) => (first..=last).contains(&character),
            Self::Escaped(letter) => {
                let holds = match letter.to_ascii_lowercase() {
                    'd' => character.is_ascii_digit(),
                    'w' => is_word(character),
                    _ => matches!(character, '\t' | '\n' | '\u{c}' | '\r' | ' '),
                };
                holds != letter.is_ascii_uppercase()
            }
        }
    }
}

/// Whether words are made of it, in ASCII.
pub(super) const fn is_word(character: char) -> bool {
    character.is_ascii_alphanumeric() || character == '_'
}
