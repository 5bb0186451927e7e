//! Texts of a token inside a sentence.

use super::invisible::is_invisible;

/// Longest text that is shown whole, in characters.
const LONGEST: usize = 160;

/// A text in quotes, with what cannot be seen escaped, cut after [`LONGEST`] characters.
pub(super) fn shown(text: &str) -> String {
    let mut out = String::from("\"");
    for character in text.chars().take(LONGEST) {
        match character {
            '"' | '\\' => out.extend(['\\', character]),
            _ if is_invisible(character) => out.extend(character.escape_unicode()),
            _ => out.push(character),
        }
    }
    out.push('"');
    if text.chars().nth(LONGEST).is_some() {
        out.push_str(" (cut)");
    }
    out
}

#[cfg(test)]
mod tests {
    use super::shown;

    #[test]
    fn escapes_and_cuts() {
        assert_eq!(shown("a\"\u{202e}\n"), r#""a\"\u{202e}\u{a}""#);
        assert!(shown(&"x".repeat(161)).ends_with("x\" (cut)"));
    }
}
