//! Looking for a text in a text.
//!
//! The standard library's search is linear for patterns of any length, and 8 KB of the wasm module for it. What is looked for
//! here is a dozen characters long and stands in the source, so the simple search is linear too; or its caller bounds the work.
//! `contains` of a `char` brings that search too, for characters beyond ASCII: `contains(['/'])` does not.

/// Search of a short text.
pub(crate) trait Search {
    /// Bytes before the first occurrence.
    fn place_of(&self, part: &str) -> Option<usize>;
    /// Whether it occurs.
    fn holds(&self, part: &str) -> bool;
    /// What stands before and after the first occurrence.
    fn cut(&self, part: &str) -> Option<(&str, &str)>;
    /// What stands after the last occurrence.
    fn after_last(&self, part: &str) -> Option<&str>;
    /// The text with another in the place of the first occurrence.
    fn replaced(&self, part: &str, other: &str) -> String;
}

impl Search for str {
    #[inline(never)]
    fn place_of(&self, part: &str) -> Option<usize> {
        let (bytes, part) = (self.as_bytes(), part.as_bytes());
        let Some(first) = part.first() else { return Some(0) };
        let begins = |at: &usize| bytes.get(*at..).is_some_and(|rest| rest.starts_with(part));
        // Most places are passed over with one look.
        bytes.iter().enumerate().filter(|(_, byte)| *byte == first).map(|(at, _)| at).find(begins)
    }

    fn holds(&self, part: &str) -> bool {
        self.place_of(part).is_some()
    }

    #[inline(never)]
    fn cut(&self, part: &str) -> Option<(&str, &str)> {
        let (before, rest) = self.split_at_checked(self.place_of(part)?)?;
        Some((before, rest.get(part.len()..)?))
    }

    fn after_last(&self, part: &str) -> Option<&str> {
        let mut rest = self.cut(part)?.1;
        while let Some((_, after)) = rest.cut(part) {
            rest = after;
        }
        Some(rest)
    }

    fn replaced(&self, part: &str, other: &str) -> String {
        match self.cut(part) {
            Some((before, after)) => [before, other, after].concat(),
            None => self.to_owned(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Search;

    #[test]
    fn agrees_with_the_standard_library() {
        for text in ["", "a", "ab", "aab", "abab", "éab", "aé", "xabxab"] {
            assert_eq!((text.cut(""), text.holds("")), (text.split_once(""), true));
            for part in ["a", "ab", "é", "b", "abx"] {
                assert_eq!(text.place_of(part), text.find(part), "{part} in {text}");
                assert_eq!(text.holds(part), text.contains(part));
                assert_eq!(text.cut(part), text.split_once(part));
                assert_eq!(text.after_last(part), text.rsplit_once(part).map(|(_, after)| after));
                assert_eq!(text.replaced(part, "-"), text.replacen(part, "-", 1));
            }
        }
    }
}
