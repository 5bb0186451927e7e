//! Texts from tokens and configurations, made safe to stand in a sentence: what cannot be seen, or would reorder a line, is
//! written as an escape.

/// A text with control characters, and characters that are invisible or change the direction of writing, escaped.
#[must_use]
pub fn clean(text: &str) -> String {
    text.chars().fold(String::with_capacity(text.len()), |mut clean, character| {
        if is_deceptive(character) {
            clean.extend(character.escape_default());
        } else {
            clean.push(character);
        }
        clean
    })
}

/// Control characters, and those that a reader does not see or that reorder what he sees (Unicode's Default_Ignorable
/// and Bidi_Control characters that occur in practice: UTS #39, 3).
#[must_use]
pub fn is_deceptive(character: char) -> bool {
    character.is_control()
        || matches!(character,
            '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}'..='\u{1160}' | '\u{17b4}'..='\u{17b5}' | '\u{180b}'..='\u{180f}'
            | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{3164}'
            | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{ffa0}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e0fff}')
}

#[cfg(test)]
mod tests {
    use super::clean;

    #[test]
    fn nothing_from_a_token_moves_the_cursor() {
        assert_eq!(clean("a\u{1b}[2Jb\u{202e}c\r\n"), "a\\u{1b}[2Jb\\u{202e}c\\r\\n");
    }
}
