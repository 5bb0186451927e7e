//! Lines of a log without what the log put around them.

use std::ops::Range;

use crate::json::Text;

/// The text without colours (control sequences of ECMA-48) and without the time at the beginning of each line, so that JSON
/// over several lines can be read.
pub(super) fn plain(text: &str) -> Text {
    let mut parts: Vec<Range<usize>> = Vec::new();
    let (mut start, mut at) = (0_usize, 0_usize);
    let mut begins_line = true;
    while let Some((byte, rest)) = text.as_bytes().get(at..).and_then(<[u8]>::split_first) {
        let is_control = *byte == b'\x1b';
        let skipped = match byte {
            b'\x1b' => control(rest),
            _ if begins_line => time(*byte, rest),
            _ => 0,
        };
        if skipped > 0 {
            parts.push(start..at);
            at = at.saturating_add(skipped);
            start = at;
            begins_line &= is_control;
        } else {
            at = at.saturating_add(1);
            begins_line = *byte == b'\n';
        }
    }
    if start == 0 {
        return Text::pasted(text);
    }
    parts.push(start..at);
    Text::parts(text, &parts)
}

/// Length of a control sequence, given what follows its first byte; 0 if it is none.
fn control(rest: &[u8]) -> usize {
    let Some((b'[', rest)) = rest.split_first() else { return 0 };
    let parameters = rest.iter().take_while(|byte| matches!(byte, b'0'..=b'?')).count();
    let ends = matches!(rest.get(parameters), Some(b'@'..=b'~'));
    parameters.saturating_add(2).saturating_add(usize::from(ends))
}

/// Length of a time at the beginning of a line, brackets and white space included: `2026-11-20T09:31:07.123Z `,
/// `[09:31:07] `; 0 if there is none.
fn time(first: u8, rest: &[u8]) -> usize {
    let mut before = b' ';
    let mut has_clock = false;
    let mut length = 0_usize;
    for byte in std::iter::once(&first).chain(rest) {
        has_clock |= *byte == b':' && before.is_ascii_digit();
        let belongs = match byte {
            b'T' | b'Z' => before.is_ascii_digit(),
            b'0'..=b'9' | b'-' | b':' | b'.' | b',' | b'+' | b'/' | b'[' | b']' | b' ' | b'\t' => true,
            _ => false,
        };
        if !belongs {
            break;
        }
        before = *byte;
        length = length.saturating_add(1);
    }
    if has_clock { length } else { 0 }
}

#[cfg(test)]
mod tests {
    use super::plain;

    #[test]
    fn takes_off_times_and_colours_and_nothing_else() {
        for (text, expected) in [
            ("", ""),
            ("a\n  12,\n[1]\n", "a\n  12,\n[1]\n"),
            ("2026-11-20T09:31:07.123Z {\n2026-11-20T09:31:07.124Z   \"iss\": 1\n", "{\n\"iss\": 1\n"),
            ("[09:31:07] Token", "Token"),
            ("\u{1b}[90m2026-11-20 09:31:07\u{1b}[0m \u{1b}[1;31mThe {\u{1b}[0m}\n", " The {}\n"),
            ("\u{1b}[", ""),
            ("\u{1b}", "\u{1b}"),
            ("é\u{1b}[é", "éé"),
        ] {
            let plain = plain(text);
            assert_eq!(plain.content(), expected);
            let end = plain.content().len();
            assert!(plain.origin_of(0..end).end <= text.len());
        }
    }
}
