//! Sets of characters.

/// A set of characters.
#[derive(Clone, Debug, Default)]
pub(super) struct Class {
    /// First and last of each range.
    pub(super) ranges: Vec<(char, char)>,
    /// Everything that the ranges do not hold.
    pub(super) negated: bool,
    /// Letters of ASCII in either case.
    pub(super) folded: bool,
}

const DIGIT: &[(char, char)] = &[('0', '9')];
const UPPER: &[(char, char)] = &[('A', 'Z')];
const LOWER: &[(char, char)] = &[('a', 'z')];
const WORD: &[(char, char)] = &[('0', '9'), ('A', 'Z'), ('_', '_'), ('a', 'z')];
const SPACE: &[(char, char)] = &[('\t', '\n'), ('\u{c}', '\r'), (' ', ' ')];

/// The classes that `[[:name:]]` can name.
const NAMED: [(&str, &[(char, char)]); 14] = [
    ("alnum", &[('0', '9'), ('A', 'Z'), ('a', 'z')]),
    ("alpha", &[('A', 'Z'), ('a', 'z')]),
    ("ascii", &[('\0', '\u{7f}')]),
    ("blank", &[('\t', '\t'), (' ', ' ')]),
    ("cntrl", &[('\0', '\u{1f}'), ('\u{7f}', '\u{7f}')]),
    ("digit", DIGIT),
    ("graph", &[('!', '~')]),
    ("lower", LOWER),
    ("print", &[(' ', '~')]),
    ("punct", &[('!', '/'), (':', '@'), ('[', '`'), ('{', '~')]),
    ("space", &[('\t', '\r'), (' ', ' ')]),
    ("upper", UPPER),
    ("word", WORD),
    ("xdigit", &[('0', '9'), ('A', 'F'), ('a', 'f')]),
];

impl Class {
    /// One character.
    pub(super) fn only(character: char) -> Self {
        Self { ranges: vec![(character, character)], ..Self::default() }
    }

    /// The class of `\d`, `\W` and their like.
    pub(super) fn escaped(letter: char) -> Option<Self> {
        let ranges = match letter.to_ascii_lowercase() {
            'd' => DIGIT,
            'w' => WORD,
            's' => SPACE,
            _ => return None,
        };
        Some(Self { ranges: ranges.to_vec(), negated: letter.is_ascii_uppercase(), folded: false })
    }

    /// The class of `[:alpha:]` and its like.
    pub(super) fn named(name: &str) -> Option<Self> {
        let (name, negated) = match name.strip_prefix('^') {
            Some(name) => (name, true),
            None => (name, false),
        };
        let (_, ranges) = NAMED.iter().find(|(own, _)| *own == name)?;
        Some(Self { ranges: ranges.to_vec(), negated, folded: false })
    }

    /// Takes the characters of another class too.
    pub(super) fn add(&mut self, other: Self) {
        if !other.negated {
            self.ranges.extend(other.ranges);
            return;
        }
        // The ranges of the classes above are in order, and letters and digits leave room between them.
        let mut from = Some('\0');
        for (first, last) in other.ranges {
            if let (Some(start), Some(end)) = (from, before(first)) {
                self.ranges.push((start, end));
            }
            from = after(last);
        }
        if let Some(start) = from {
            self.ranges.push((start, char::MAX));
        }
    }

    /// Whether a character is in it.
    pub(super) fn holds(&self, character: char) -> bool {
        let is_in = |wanted: char| self.ranges.iter().any(|(first, last)| (*first..=*last).contains(&wanted));
        let both = self.folded && (is_in(character.to_ascii_lowercase()) || is_in(character.to_ascii_uppercase()));
        (both || is_in(character)) != self.negated
    }
}

fn before(character: char) -> Option<char> {
    u32::from(character).checked_sub(1).and_then(char::from_u32)
}

fn after(character: char) -> Option<char> {
    u32::from(character).checked_add(1).and_then(char::from_u32)
}
