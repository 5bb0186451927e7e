//! Characters that nobody sees, or that look like others.

use crate::report::is_deceptive;

/// A character, and the one of ASCII that it is taken for: the Cyrillic and Greek letters and the punctuation that turn
/// up in text that was copied from a page, a chat or a word processor (after Unicode's table of confusables, UTS #39).
const PAIRS: &str = "аaсcԁdеeһhіiјjоoрpԛqѕsԝwхxуyАAВBСCЕEНHІIЈJКKМMОOРPЅSТTХX\
    αaιiνvοoρpυuΑAΒBΕEΖZΗHΙIΚKΜMΝNΟOΡPΤTΥYΧX\
    ıiɑaɡg×x·.‐-‑-‒-–-—-−-⁄/∕/∶:։:";

/// A character of a text, and where it stands, from 1.
pub(in crate::trust) type Odd = (usize, char);

/// What an odd character looks like; nothing for white space and for what nobody sees. None for any other character.
fn looks(character: char) -> Option<&'static str> {
    if character.is_whitespace() || is_deceptive(character) {
        return Some("");
    }
    if character.is_ascii() {
        return None;
    }
    // Every second character is of ASCII, so the one after it is found by its length.
    let at = PAIRS.find(character)?.saturating_add(character.len_utf8());
    PAIRS.get(at..at.saturating_add(1))
}

/// The text as it was likely meant, and the first character that is not.
pub(in crate::trust) fn as_meant(text: &str) -> (String, Option<Odd>) {
    let mut odd = None;
    let mut clean = String::new();
    for (index, character) in text.chars().enumerate() {
        if let Some(meant) = looks(character) {
            odd = odd.or(Some((index.saturating_add(1), character)));
            clean.push_str(meant);
        } else {
            clean.push(character);
        }
    }
    (clean, odd)
}

/// `holds U+0430 at character 5, which looks like a`
pub(in crate::trust) fn says((position, character): Odd) -> String {
    let meant = match looks(character) {
        _ if character.is_whitespace() => "is white space".to_owned(),
        Some("") | None => "nobody sees".to_owned(),
        Some(meant) => format!("looks like {meant}"),
    };
    format!("holds U+{:04X} at character {position}, which {meant}", u32::from(character))
}

#[cfg(test)]
mod tests {
    use super::{PAIRS, as_meant, says};

    #[test]
    fn every_second_character_of_the_table_is_of_ascii() {
        let characters: Vec<char> = PAIRS.chars().collect();
        assert!(characters.chunks(2).all(|pair| !pair[0].is_ascii() && pair[1].is_ascii()), "{PAIRS}");
    }

    #[test]
    fn finds_what_was_meant() {
        for (text, meant, words) in [
            ("m\u{430}in", "main", "holds U+0430 at character 2, which looks like a"),
            ("ma\u{200b}in", "main", "holds U+200B at character 3, which nobody sees"),
            ("ma\u{ad}in", "main", "holds U+00AD at character 3, which nobody sees"),
            ("main\u{a0}", "main", "holds U+00A0 at character 5, which is white space"),
            ("a\u{2013}b", "a-b", "holds U+2013 at character 2, which looks like -"),
        ] {
            let (clean, odd) = as_meant(text);
            assert_eq!((&*clean, odd.map(says).as_deref()), (meant, Some(words)));
        }
        assert_eq!(as_meant("aé/*"), ("aé/*".to_owned(), None));
    }
}
