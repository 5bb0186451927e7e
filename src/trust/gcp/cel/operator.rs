//! The operators that look at all their operands, and what they take.

use super::kinds::Kinds;

/// An operator. `&&`, `||`, `!` and `?:` are forms of their own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Operator {
    /// `==`
    Equal,
    /// `!=`
    NotEqual,
    /// `<`
    Less,
    /// `<=`
    LessOrEqual,
    /// `>`
    Greater,
    /// `>=`
    GreaterOrEqual,
    /// `in`
    In,
    /// `+`
    Add,
    /// `-`
    Subtract,
    /// `*`
    Multiply,
    /// `/`
    Divide,
    /// `%`
    Remainder,
    /// `-` before a value
    Negate,
    /// `[ ]`
    Index,
}

/// What binds two operands, by its spelling and how tightly it binds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Binary {
    Conditional,
    Or,
    And,
    Strict(Operator),
}

pub(super) const CONDITIONAL: u8 = 1;
pub(super) const OR: u8 = 2;

/// Spelling, binding power, meaning.
pub(super) const BINARY: [(&str, u8, Binary); 15] = [
    ("?", CONDITIONAL, Binary::Conditional),
    ("||", OR, Binary::Or),
    ("&&", 3, Binary::And),
    ("==", 4, Binary::Strict(Operator::Equal)),
    ("!=", 4, Binary::Strict(Operator::NotEqual)),
    ("<", 4, Binary::Strict(Operator::Less)),
    ("<=", 4, Binary::Strict(Operator::LessOrEqual)),
    (">", 4, Binary::Strict(Operator::Greater)),
    (">=", 4, Binary::Strict(Operator::GreaterOrEqual)),
    ("in", 4, Binary::Strict(Operator::In)),
    ("+", 5, Binary::Strict(Operator::Add)),
    ("-", 5, Binary::Strict(Operator::Subtract)),
    ("*", 6, Binary::Strict(Operator::Multiply)),
    ("/", 6, Binary::Strict(Operator::Divide)),
    ("%", 6, Binary::Strict(Operator::Remainder)),
];

impl Operator {
    /// How it is spelled.
    #[must_use]
    pub fn spelling(self) -> &'static str {
        let own = |(_, _, binary): &&(&str, u8, Binary)| *binary == Binary::Strict(self);
        BINARY.iter().find(own).map_or(if self == Self::Index { "[ ]" } else { "-" }, |(spelling, ..)| *spelling)
    }

    /// The types that its operands may have, first and second, and whether the two must go together: be of one type, or
    /// (for order) both be numbers.
    pub(super) const fn takes(self) -> (Kinds, Kinds, bool) {
        let whole = Kinds::INT.or(Kinds::UINT);
        match self {
            Self::Equal | Self::NotEqual => (Kinds::ANY, Kinds::ANY, false),
            Self::Less | Self::LessOrEqual | Self::Greater | Self::GreaterOrEqual => {
                let ordered = Kinds::NUMBER.or(Kinds::STRING).or(Kinds::BYTES).or(Kinds::BOOL);
                (ordered, ordered, true)
            }
            Self::In => (Kinds::ANY, Kinds::LIST.or(Kinds::MAP), false),
            Self::Add => {
                let added = Kinds::NUMBER.or(Kinds::STRING).or(Kinds::BYTES).or(Kinds::LIST);
                (added, added, true)
            }
            Self::Subtract | Self::Multiply | Self::Divide => (Kinds::NUMBER, Kinds::NUMBER, true),
            Self::Remainder => (whole, whole, true),
            Self::Negate => (Kinds::INT.or(Kinds::DOUBLE), Kinds::ANY, false),
            Self::Index => (Kinds::LIST.or(Kinds::MAP), Kinds::ANY, false),
        }
    }

    /// Whether it may take two such types. What is no operand is left out: the second one of `-x`.
    pub(super) fn fits(self, one: Kinds, other: Kinds) -> bool {
        let (first, second, together) = self.takes();
        let numbers = self.compares() && one.meets(Kinds::NUMBER) && other.meets(Kinds::NUMBER);
        one.meets(first) && other.meets(second) && (!together || numbers || one.meets(other))
    }

    /// Whether it answers true or false.
    pub(super) const fn compares(self) -> bool {
        matches!(
            self,
            Self::Equal
                | Self::NotEqual
                | Self::Less
                | Self::LessOrEqual
                | Self::Greater
                | Self::GreaterOrEqual
                | Self::In
        )
    }
}
