//! Finds a message in a text: once over the text, whatever it holds.

use std::ops::Range;

use super::Row;

/// Bytes that may stand in the place of an ellipsis, or of a blank.
const GAP: usize = 200;
/// Before each line that Terraform wraps.
const BAR: &str = "│";
/// Added to the rank of a row that says little.
const VAGUE: usize = 1000;

/// The first message of a text: its row, the part that it is known by, and its bytes.
pub(super) fn first<'r>(text: &str, rows: &'r [Row]) -> Option<(&'r Row, &'static str, Range<usize>)> {
    // By their first byte: most places of a text are passed over with one look.
    let mut parts: Vec<Vec<(usize, &'r Row, &'static str)>> = vec![Vec::new(); 256];
    for (place, row) in rows.iter().enumerate() {
        let rank = if row.vague { place.saturating_add(VAGUE) } else { place };
        for message in &row.messages {
            let first = message.bytes().next().map(usize::from);
            if let Some(list) = first.and_then(|first| parts.get_mut(first)) {
                list.push((rank, row, message));
            }
        }
    }
    let bytes = text.as_bytes();
    let mut found = None;
    let mut best = usize::MAX;
    // Logs begin a step with its script, which is no answer of anybody's.
    let mut is_script = false;
    for (at, byte) in bytes.iter().enumerate() {
        if *byte == b'\n' && best < VAGUE {
            break;
        }
        if matches!(byte, b'\n' | b'e' | b'\\') {
            let begins = |text: &[u8]| bytes.get(at..).is_some_and(|rest| rest.starts_with(text));
            is_script = begins(b"echo ") || (is_script && *byte != b'\n' && !begins(b"\\n"));
        }
        for (rank, row, message) in parts.get(usize::from(*byte)).into_iter().flatten() {
            // Of rows that say little the first in the text counts, of others the first of the table in the first line.
            let below = if best == usize::MAX { best } else { best.min(VAGUE) };
            if *rank < below
                && !is_script
                // Many words begin alike: one look at the second letter saves most of the comparisons.
                && bytes.get(at.saturating_add(1)) == message.as_bytes().get(1)
                && let Some(length) = bytes.get(at..).and_then(|rest| length_of(message, rest))
            {
                best = *rank;
                found = Some((*row, *message, at..at.saturating_add(length)));
            }
        }
    }
    found
}

/// Bytes of a message at the beginning of a rest of a text. A number of a code ends where its digits do, and a message that is to be
/// all there is with its line or its string.
fn length_of(message: &str, rest: &[u8]) -> Option<usize> {
    let parts = message.trim_end_matches('$');
    let mut end = 0_usize;
    for (index, part) in parts.split('…').enumerate() {
        let after = rest.get(end..)?;
        let most = if index == 0 { 1 } else { GAP };
        let first = part.bytes().next()?;
        let mut at = 0_usize;
        let length = loop {
            let left = after.iter().skip(at).take(most.saturating_sub(at));
            at = at.saturating_add(left.copied().position(|byte| byte == first || byte == b'\n')?);
            let here = after.get(at..)?;
            if let Some(length) = begins(part, here) {
                break length;
            }
            let (byte, below) = here.split_first()?;
            if *byte == b'\n' && !below.starts_with(BAR.as_bytes()) {
                return None;
            }
            at = at.saturating_add(1);
        };
        end = end.saturating_add(at).saturating_add(length);
    }
    let next = rest.get(end);
    let is_digit = |byte: Option<&u8>| byte.is_some_and(u8::is_ascii_digit);
    let is_cut = is_digit(message.as_bytes().last()) && is_digit(next);
    let goes_on = parts.len() < message.len() && next.is_some_and(|next| !b"\n\r\"\\\x1b".contains(next));
    (!is_cut && !goes_on).then_some(end)
}

/// Bytes of a part of a message that a text begins with. Where it has a blank, the text may have several, and go on in the next line.
fn begins(part: &str, text: &[u8]) -> Option<usize> {
    let mut end = 0_usize;
    for wanted in part.bytes() {
        let mut rest = text.get(end..)?.iter();
        let length = if wanted == b' ' {
            rest.take(GAP).take_while(|byte| byte.is_ascii_whitespace() || BAR.as_bytes().contains(byte)).count()
        } else {
            usize::from(rest.next() == Some(&wanted))
        };
        if length == 0 {
            return None;
        }
        end = end.saturating_add(length);
    }
    Some(end)
}

#[cfg(test)]
mod tests {
    use super::{first, length_of};
    use crate::message::{QUOTES, rows};

    #[test]
    fn every_message_is_found_by_itself() {
        let rows = rows();
        for row in &rows {
            for message in &row.messages {
                let text = format!("x\n[1] {}\n", message.replace('…', " z ").replace('$', ""));
                let (found, by, at) = first(&text, &rows).unwrap_or_else(|| panic!("{message}"));
                assert_eq!(
                    (found.provider, found.stage, by, at.start),
                    (row.provider, row.stage, *message, 6),
                    "{message}"
                );
            }
        }
    }

    #[test]
    fn what_the_messages_of_aws_and_google_quote_is_in_messages_that_are_known() {
        let rows = rows();
        for (before, ..) in QUOTES.iter().filter(|(before, ..)| !before.ends_with('\'')) {
            assert!(first(before, &rows).is_some(), "{before}");
        }
    }

    #[test]
    fn an_ellipsis_is_a_few_words_of_a_line_and_a_code_ends_with_its_digits() {
        for (message, rest, expected) in [
            ("ab", "ab", Some(2)),
            ("ab", "a", None),
            ("a…b", "ab", Some(2)),
            ("a…b", "a x b b", Some(5)),
            ("a…b", "a", None),
            ("a…b", "a\nb", None),
            ("E1", "E1:", Some(2)),
            ("E1", "E12:", None),
            ("a b", "a\n│ b", Some(7)),
            ("a b", "a  b", Some(4)),
            ("a b", "ab", None),
            ("a…b c", "axxb\r\n c", Some(8)),
            ("a…b", "ax\n│ b", Some(8)),
            ("a$", "a", Some(1)),
            ("a$", "a\r\n", Some(1)),
            ("a$", "a\"]", Some(1)),
            ("a$", "a b", None),
        ] {
            assert_eq!(length_of(message, rest.as_bytes()), expected, "{message} in {rest}");
        }
        assert_eq!(length_of("a…b", format!("a{}b", " ".repeat(300)).as_bytes()), None);
    }
}
