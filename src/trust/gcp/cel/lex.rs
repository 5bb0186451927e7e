//! From characters to words.

/// What a word is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Name,
    /// A number without its sign.
    Number,
    /// A string or bytes.
    Text,
    Symbol,
    End,
    /// No word of CEL begins with this character.
    Foreign,
}

/// White space, and comments to the end of their line: where they end.
pub(super) fn skip_space(text: &str, from: usize) -> usize {
    let mut rest = text.get(from..).unwrap_or_default();
    loop {
        rest = rest.trim_start_matches([' ', '\t', '\n', '\r', '\u{c}']);
        if !rest.starts_with("//") {
            return text.len().saturating_sub(rest.len());
        }
        rest = rest.split_once('\n').map_or("", |(_, rest)| rest);
    }
}

/// The kind and the length of the word at the start, but for texts.
pub(super) fn word(rest: &str) -> (Kind, usize) {
    let bytes = rest.as_bytes();
    let first = bytes.first().copied().unwrap_or_default();
    let second = bytes.get(1).copied().unwrap_or_default();
    match first {
        0 if rest.is_empty() => (Kind::End, 0),
        b'0'..=b'9' => (Kind::Number, number(bytes)),
        b'.' if second.is_ascii_digit() => (Kind::Number, number(bytes)),
        b'a'..=b'z' | b'A'..=b'Z' | b'_' => (Kind::Name, run(bytes, 0)),
        b'&' | b'|' | b'=' if first == second => (Kind::Symbol, 2),
        b'!' | b'<' | b'>' if second == b'=' => (Kind::Symbol, 2),
        _ if b"<>+-*/%!?:.,[](){}".contains(&first) => (Kind::Symbol, 1),
        _ => (Kind::Foreign, rest.chars().next().map_or(0, char::len_utf8)),
    }
}

/// The end of the letters, digits and underscores from a byte on.
fn run(bytes: &[u8], from: usize) -> usize {
    let mut end = from;
    while bytes.get(end).is_some_and(|byte| byte.is_ascii_alphanumeric() || *byte == b'_') {
        end = end.saturating_add(1);
    }
    end
}

/// Bytes of a number with its point, exponent and suffix; whatever follows it directly is taken along, so that `1x` is one
/// faulty number.
fn number(bytes: &[u8]) -> usize {
    let at = |place: usize| bytes.get(place).copied().unwrap_or_default();
    let mut end = run(bytes, 0);
    if at(end) == b'.' && at(end.saturating_add(1)).is_ascii_digit() {
        end = run(bytes, end.saturating_add(1));
    }
    let is_exponent = at(end.saturating_sub(1)) | 0x20 == b'e' && at(1) != b'x';
    if is_exponent && matches!(at(end), b'+' | b'-') { run(bytes, end.saturating_add(1)) } else { end }
}
