//! Two texts side by side, between their slashes.

/// The pattern, with each segment as it is chosen from the pattern's and the text's. What the text has beyond the
/// pattern's end is passed with an empty segment of the pattern; nothing is added for an empty choice.
pub(in crate::trust) fn choose(pattern: &str, text: &str, choice: &mut dyn FnMut(&str, &str) -> String) -> String {
    let mut chosen: Vec<String> = Vec::new();
    let mut held = text.split('/');
    for written in pattern.split('/') {
        chosen.push(choice(written, held.next().unwrap_or_default()));
    }
    chosen.extend(held.map(|held| choice("", held)).filter(|choice| !choice.is_empty()));
    chosen.join("/")
}
