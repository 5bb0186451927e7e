//! A row of the tables, and how it is found in a text.

use std::ops::Range;

use super::TABLES;

/// Bytes that may stand in the place of an ellipsis.
const GAP: usize = 512;

/// A message and what is known of it.
#[derive(Debug)]
pub struct Row {
    /// Fixed parts of the message, any of which is enough. An ellipsis stands for a few words of the same line.
    pub messages: &'static [&'static str],
    /// Where it happened.
    pub stage: &'static str,
    /// What happened.
    pub meaning: &'static str,
    /// What it was not: only what the message proves.
    pub rules_out: &'static [&'static str],
    /// What to look at, the likeliest first.
    pub next: &'static [&'static str],
    /// Link to the vendor's page about it, or empty.
    pub reference: &'static str,
    /// It says so little that any other message goes before it.
    pub vague: bool,
}

impl Row {
    /// A row with nothing in it, to be filled.
    pub(super) const EMPTY: Self =
        Self { messages: &[], stage: "", meaning: "", rules_out: &[], next: &[], reference: "", vague: false };
}

/// A message that was found.
#[derive(Clone)]
pub(super) struct Found {
    pub(super) provider: Option<&'static str>,
    pub(super) row: &'static Row,
    pub(super) message: &'static str,
    /// Its bytes in the text.
    pub(super) at: Range<usize>,
}

/// The first message of a text.
pub(super) fn first(text: &str) -> Option<Found> {
    let begins = beginnings();
    let mut vague = None;
    let mut start = 0_usize;
    for line in text.as_bytes().split(|byte| *byte == b'\n') {
        let mut best: Option<(usize, Found)> = None;
        for (at, byte) in line.iter().enumerate() {
            if begins.get(usize::from(*byte)) == Some(&true) {
                let below = best.as_ref().map_or(usize::MAX, |(rank, _)| *rank);
                let from = start.saturating_add(at);
                best = meeting(line.get(at..).unwrap_or_default(), from, below).or(best);
            }
        }
        match best {
            Some((_, found)) if found.row.vague => vague = vague.or(Some(found)),
            Some((_, found)) => return Some(found),
            None => {}
        }
        start = start.saturating_add(line.len()).saturating_add(1);
    }
    vague
}

/// Which bytes a message may begin with: most places of a text are passed over with one look.
fn beginnings() -> [bool; 256] {
    let mut begins = [false; 256];
    for message in TABLES.iter().flat_map(|(_, rows)| *rows).flat_map(|row| row.messages) {
        if let Some(slot) = message.bytes().next().and_then(|byte| begins.get_mut(usize::from(byte))) {
            *slot = true;
        }
    }
    begins
}

/// The first row, before the one of the rank `below`, of which a message begins this rest of a line. A vague row ranks after all
/// that are not.
fn meeting(rest: &[u8], from: usize, below: usize) -> Option<(usize, Found)> {
    let mut best = None;
    let mut below = below;
    let rows = TABLES.iter().flat_map(|(provider, rows)| rows.iter().map(move |row| (*provider, row)));
    for (place, (provider, row)) in rows.enumerate() {
        let rank = if row.vague { place.saturating_add(1000) } else { place };
        if rank >= below {
            continue;
        }
        for message in row.messages {
            if let Some(length) = length_of(message, rest) {
                below = rank;
                best = Some((rank, Found { provider, row, message, at: from..from.saturating_add(length) }));
            }
        }
    }
    best
}

/// Bytes of a message at the beginning of a rest of a line. A number of a code ends where its digits do.
fn length_of(message: &str, rest: &[u8]) -> Option<usize> {
    let mut end = 0_usize;
    for (index, part) in message.split('…').enumerate() {
        let after = rest.get(end..)?;
        let skipped = if index == 0 {
            after.starts_with(part.as_bytes()).then_some(0)?
        } else {
            after.get(..after.len().min(GAP))?.windows(part.len()).position(|window| window == part.as_bytes())?
        };
        end = end.saturating_add(skipped).saturating_add(part.len());
    }
    let is_digit = |byte: Option<&u8>| byte.is_some_and(u8::is_ascii_digit);
    let is_cut = is_digit(message.as_bytes().last()) && is_digit(rest.get(end));
    (!is_cut).then_some(end)
}

#[cfg(test)]
mod tests {
    use super::{TABLES, first, length_of};

    #[test]
    fn every_message_is_found_by_itself() {
        for (provider, rows) in TABLES {
            for row in rows {
                for message in row.messages {
                    let text = format!("x\n[1] {} y", message.replace('…', " z "));
                    let found = first(&text);
                    assert!(
                        found.is_some_and(|found| found.row.meaning == row.meaning && found.provider == provider),
                        "{message}"
                    );
                }
            }
        }
    }

    #[test]
    fn an_ellipsis_is_a_few_words_and_a_code_ends_with_its_digits() {
        for (message, rest, expected) in [
            ("ab", "ab", Some(2)),
            ("ab", "a", None),
            ("a…b", "ab", Some(2)),
            ("a…b", "a x b b", Some(5)),
            ("a…b", "a", None),
            ("E1", "E1:", Some(2)),
            ("E1", "E12:", None),
        ] {
            assert_eq!(length_of(message, rest.as_bytes()), expected, "{message} in {rest}");
        }
        assert_eq!(length_of("a…b", format!("a{}b", " ".repeat(600)).as_bytes()), None);
    }
}
