//! Steps and findings as text for a terminal.
//!
//! Everything that came from a token or a configuration is shown with its control and formatting characters escaped:
//! it must not be able to move the cursor or to reorder a line.

use super::{Code, Finding, Hint, Outcome, Severity, Span, Step};
use crate::json::Value;

/// How text is made.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Style {
    /// With ANSI colours. Colour repeats what the text says; nothing is told by colour alone.
    pub color: bool,
}

/// A colour of the 16 that every terminal has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Color {
    /// Allowed, passed.
    Green,
    /// Refused, failed.
    Red,
    /// Not known.
    Yellow,
    /// Of lesser weight.
    Dim,
    /// Of greater weight.
    Bold,
}

impl Style {
    /// A text in a colour, if there are colours.
    #[must_use]
    pub fn paint(self, color: Color, text: &str) -> String {
        let number = match color {
            Color::Green => "32",
            Color::Red => "31",
            Color::Yellow => "33",
            Color::Dim => "2",
            Color::Bold => "1",
        };
        if self.color { format!("\u{1b}[{number}m{text}\u{1b}[0m") } else { text.to_owned() }
    }
}

/// The sign of an outcome: ✓ ✗ – ?
#[must_use]
pub fn sign(outcome: Outcome, style: Style) -> String {
    match outcome {
        Outcome::Pass => style.paint(Color::Green, "✓"),
        Outcome::Fail => style.paint(Color::Red, "✗"),
        Outcome::NotApplicable => style.paint(Color::Dim, "–"),
        Outcome::Unknown => style.paint(Color::Yellow, "?"),
    }
}

/// A tree of steps, a line for each, with both values of a comparison and the place in the input.
#[must_use]
pub fn steps(steps: &[Step], indent: usize, style: Style) -> String {
    let mut lines = Vec::new();
    for step in steps {
        step_lines(step, indent, style, &mut lines);
    }
    lines.concat()
}

fn step_lines(step: &Step, indent: usize, style: Style, lines: &mut Vec<String>) {
    let margin = " ".repeat(indent);
    let place = step.at.as_ref().map(|at| style.paint(Color::Dim, &format!("  {}", place(at)))).unwrap_or_default();
    lines.push(format!("{margin}{} {}{place}\n", sign(step.outcome, style), clean(&step.title)));
    let below = indent.saturating_add(4);
    // The title of a comparison that passed says its value.
    let quiet = step.outcome == Outcome::Pass;
    if !quiet {
        lines.push(values(step, below, style));
    }
    let notes = [
        step.detail.as_ref().filter(|_| !quiet).map(|text| ("", text)),
        step.hint.as_ref().map(|hint| ("Hint: ", &hint.message)),
        step.vendor_text.as_ref().filter(|_| step.outcome == Outcome::Fail).map(|text| ("The cloud says: ", text)),
        step.reference.as_ref().filter(|_| !quiet && step.children.is_empty()).map(|text| ("See ", text)),
    ];
    for (label, text) in notes.into_iter().flatten() {
        lines.push(format!("{}{}\n", " ".repeat(below), style.paint(Color::Dim, &format!("{label}{}", clean(text)))));
    }
    if let Some(hint) = &step.hint {
        lines.push(fix(hint, below, usize::MAX, style));
    }
    for child in &step.children {
        step_lines(child, indent.saturating_add(2), style, lines);
    }
}

/// What to put in whose place, and who else gets in then, of whom at most `most` are named; nothing where there is no fix.
#[must_use]
pub fn fix(hint: &Hint, indent: usize, most: usize, style: Style) -> String {
    let Some(fix) = &hint.fix else { return String::new() };
    let margin = " ".repeat(indent);
    let inner = format!("\n{margin}          ");
    let lines = fix.split('\n').map(clean).collect::<Vec<_>>().join(&inner);
    let place = hint.at.as_ref().map(|at| style.paint(Color::Dim, &place(at))).unwrap_or_default();
    let fix = match (fix.contains('\n'), &*place) {
        (_, "") => lines,
        (true, place) => format!("{place}{inner}{lines}"),
        (false, place) => format!("{lines}  {place}"),
    };
    let all = &hint.newly_admits;
    let also = if all.is_empty() { "lets in nobody else of those that were tried" } else { "also lets in: " };
    let named = clean(&all.get(..most).unwrap_or(all).join("; "));
    let more = if all.len() > most { "; and others, see below" } else { "" };
    let any = if fix.contains("????") { " 36 times ? is any one id." } else { "" };
    format!("{margin}Fix       {fix}{inner}It {also}{named}{more}.{any}\n")
}

/// The two values of a comparison, one below the other, and where they begin to differ.
#[must_use]
pub fn values(step: &Step, indent: usize, style: Style) -> String {
    // The titles of the clock's steps say both times, for people.
    let is_clock = matches!(step.code, Code::VerifyTimeExpires | Code::VerifyTimeNotBefore | Code::VerifyTimeIssued);
    if step.expected.is_empty() || is_clock {
        return String::new();
    }
    let margin = " ".repeat(indent);
    let mut text = String::new();
    for (number, value) in alternatives(&step.expected).iter().enumerate() {
        let label = if number == 0 { "expected" } else { "or" };
        text.push_str(&format!("{margin}{label:<8}  {value}\n"));
    }
    let actual = match (&step.actual, step.outcome) {
        (Some(value), _) => shown(value),
        (None, Outcome::Unknown) => "(not known)".to_owned(),
        (None, _) => "(absent)".to_owned(),
    };
    let whose = if step.claim.is_some() { "token" } else { "actual" };
    text.push_str(&format!("{margin}{whose:<8}  {actual}\n"));
    if let (Outcome::Fail, [expected], Some(actual)) = (step.outcome, &*step.expected, &step.actual)
        && let Some(column) = first_difference(expected, actual, is_literal(step))
    {
        let marker = format!("{}^ first difference", " ".repeat(column));
        text.push_str(&format!("{margin}          {}\n", style.paint(Color::Red, &marker)));
    }
    text
}

/// Accepted values, a line for each; several short ones in one line.
fn alternatives(expected: &[Value]) -> Vec<String> {
    const WIDTH: usize = 60;
    let lines: Vec<String> = expected.iter().map(shown).collect();
    match lines.split_last() {
        Some((last, others)) if !others.is_empty() && lines.iter().map(String::len).sum::<usize>() <= WIDTH => {
            vec![format!("{} or {last}", others.join(", "))]
        }
        _ => lines,
    }
}

/// Whether `*` and `?` of the configuration are certainly no wildcards here.
fn is_literal(step: &Step) -> bool {
    step.hint.as_ref().is_some_and(|hint| hint.code == Code::HintLiteralWildcard)
}

/// Column of the first difference of two strings that begin alike; none where they do not, where one is no string, and
/// where a wildcard may stand for what follows.
fn first_difference(expected: &Value, actual: &Value, literal: bool) -> Option<usize> {
    let (expected, actual) = (shown_string(expected)?, shown_string(actual)?);
    let equal = expected.chars().zip(actual.chars()).take_while(|(left, right)| left == right).count();
    let wild = !literal && matches!(expected.chars().nth(equal), Some('*' | '?'));
    (equal >= 4 && expected != actual && !wild).then_some(equal)
}

fn shown_string(value: &Value) -> Option<String> {
    value.as_str().map(clean)
}

/// A value as a person reads it: a string without quotes, everything else as JSON.
#[must_use]
pub fn shown(value: &Value) -> String {
    match value {
        Value::String(text) if text.is_empty() => "\"\"".to_owned(),
        Value::String(text) if text.trim() != text => format!("\"{}\"", clean(text)),
        Value::String(text) => clean(text),
        other => clean(&other.to_json()),
    }
}

/// `line 15:37` of the configuration that the report is about; of another input with its name: `line 1:981 of token`.
#[must_use]
pub fn place(span: &Span) -> String {
    let of = if span.input.starts_with("trust") { String::new() } else { format!(" of {}", span.input) };
    format!("line {}:{}{of}", span.line, span.column)
}

/// Findings, two lines each.
#[must_use]
pub fn findings(findings: &[Finding], indent: usize, style: Style) -> String {
    let margin = " ".repeat(indent);
    let mut text = String::new();
    for finding in findings {
        let (label, color) = match finding.severity {
            Severity::Error => ("error", Color::Red),
            Severity::Warning => ("warning", Color::Yellow),
            Severity::Info => ("note", Color::Dim),
        };
        let at = finding.at.as_ref().map(|at| format!("  {}", place(at))).unwrap_or_default();
        text.push_str(&format!(
            "{margin}{} {}{}\n{margin}    {}\n",
            style.paint(color, &format!("{label}:")),
            clean(&finding.title),
            style.paint(Color::Dim, &at),
            style.paint(Color::Dim, &clean(&finding.detail)),
        ));
        if let Some(fix) = &finding.fix {
            text.push_str(&format!("{margin}    Fix: {}\n", clean(fix)));
        }
    }
    text
}

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
    use super::{Style, clean, steps};
    use crate::report::{Code, Outcome, Step};

    #[test]
    fn shows_both_values_and_where_they_differ() {
        let step = Step::new(Code::VerifyAudience, Outcome::Fail, "audience").claim("aud").expected(["abcdX"]);
        assert_eq!(
            steps(&[step.actual(Some("abcdY"))], 0, Style::default()),
            "✗ audience\n    expected  abcdX\n    token     abcdY\n                  ^ first difference\n"
        );
    }

    #[test]
    fn a_wildcard_is_no_difference() {
        let step = |expected: &[&str], actual| {
            let step = Step::new(Code::AwsOperatorStringLike, Outcome::Fail, "like").expected(expected.iter().copied());
            steps(&[step.actual(Some(actual))], 0, Style::default())
        };
        assert_eq!(step(&["org/*/main"], "org/a/dev"), "✗ like\n    expected  org/*/main\n    actual    org/a/dev\n");
        assert_eq!(step(&["a", "b", "c"], "d"), "✗ like\n    expected  a, b or c\n    actual    d\n");
    }

    #[test]
    fn nothing_from_a_token_moves_the_cursor() {
        assert_eq!(clean("a\u{1b}[2Jb\u{202e}c\r\n"), "a\\u{1b}[2Jb\\u{202e}c\\r\\n");
    }
}
