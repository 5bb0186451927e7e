//! Sets of CEL's types.

/// The types that something may have. A value has exactly one; a parameter takes several; what is only known from the
/// token may have any.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Kinds(u16);

impl Kinds {
    /// No type
    pub const NONE: Self = Self(0);
    /// `null`
    pub const NULL: Self = Self(1);
    /// `true` and `false`
    pub const BOOL: Self = Self(2);
    /// Whole numbers with a sign, 64 bits
    pub const INT: Self = Self(4);
    /// Whole numbers without a sign, 64 bits
    pub const UINT: Self = Self(8);
    /// Floating point: every number of a token
    pub const DOUBLE: Self = Self(16);
    /// Text
    pub const STRING: Self = Self(32);
    /// Bytes
    pub const BYTES: Self = Self(64);
    /// Lists
    pub const LIST: Self = Self(128);
    /// Maps
    pub const MAP: Self = Self(256);
    /// Types themselves
    pub const TYPE: Self = Self(512);
    /// Any type
    pub const ANY: Self = Self(1023);
    /// Numbers
    pub const NUMBER: Self = Self(4 + 8 + 16);

    /// Each type with its name in CEL and in sentences.
    const NAMES: [(Self, &'static str, &'static str); 10] = [
        (Self::NULL, "null_type", "null"),
        (Self::BOOL, "bool", "a boolean"),
        (Self::INT, "int", "an int"),
        (Self::UINT, "uint", "a uint"),
        (Self::DOUBLE, "double", "a double"),
        (Self::STRING, "string", "a string"),
        (Self::BYTES, "bytes", "bytes"),
        (Self::LIST, "list", "a list"),
        (Self::MAP, "map", "a map"),
        (Self::TYPE, "type", "a type"),
    ];

    /// The types of both.
    #[must_use]
    pub const fn or(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// The types that are in both.
    #[must_use]
    pub const fn and(self, other: Self) -> Self {
        Self(self.0 & other.0)
    }

    /// Whether some type is in both.
    #[must_use]
    pub const fn meets(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }

    /// The type of this name, as CEL spells types.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::NAMES.iter().find(|(_, own, _)| *own == name).map(|(kind, ..)| *kind)
    }

    /// How CEL calls it; for one type only.
    #[must_use]
    pub fn name(self) -> &'static str {
        Self::NAMES.iter().find(|(kind, ..)| *kind == self).map_or("dyn", |(_, name, _)| *name)
    }

    /// `a string or a list`, for messages.
    #[must_use]
    pub fn words(self) -> String {
        let mut words = String::new();
        for (kind, _, own) in Self::NAMES {
            if kind.meets(self) {
                words.push_str(if words.is_empty() { "" } else { " or " });
                words.push_str(own);
            }
        }
        words
    }
}
