//! The members of a role, or of a mount's configuration, as Vault reads them.

use std::ops::Range;

use crate::{
    json::{Data, Node, Value},
    search::Search as _,
};

/// The members of one object.
#[derive(Clone, Debug)]
pub(super) struct Settings {
    pub(super) node: Node,
    /// What a plan of Terraform does not tell yet.
    unknown: Option<Node>,
    /// It stands in Terraform's words.
    pub(super) terraform: bool,
}

/// A value and where it stands.
#[derive(Clone, Debug)]
pub(super) struct Item {
    pub(super) value: Value,
    pub(super) at: Range<usize>,
}

impl Item {
    pub(super) fn text(&self) -> &str {
        self.value.as_str().unwrap_or_default()
    }
}

impl Settings {
    pub(super) const fn new(node: Node, unknown: Option<Node>, terraform: bool) -> Self {
        Self { node, unknown, terraform }
    }

    /// Whether a member is written, be it `null`.
    pub(super) fn has(&self, name: &str) -> bool {
        self.node.get(name).is_some()
    }

    /// A member. What is `null` is not there, nor is an empty text.
    pub(super) fn get(&self, name: &str) -> Option<&Node> {
        self.node.get(name).filter(|node| node.data != Data::Null && node.as_str() != Some(""))
    }

    /// Whether a member is not told: by a plan, or by a template.
    pub(super) fn is_untold(&self, name: &str) -> bool {
        let unknown = self.unknown.as_ref();
        unknown.is_some_and(|whole| whole.data == Data::Bool(true))
            || unknown.and_then(|unknown| unknown.get(name)).is_some_and(holds_true)
            || self.get(name).is_some_and(|node| is_template(&Value::from(node).to_json()))
    }

    /// Where a member stands; where it is not there, the object.
    pub(super) fn place(&self, name: &str) -> Range<usize> {
        self.get(name).unwrap_or(&self.node).at.clone()
    }

    /// A text; none where it is not there.
    pub(super) fn text(&self, name: &str) -> &str {
        self.get(name).and_then(Node::as_str).unwrap_or_default()
    }

    /// A boolean, false where it is not there. Vault takes it as text too.
    pub(super) fn flag(&self, name: &str) -> bool {
        self.get(name).is_some_and(|node| node.data == Data::Bool(true) || node.as_str() == Some("true"))
    }

    /// A list of texts, or one text with commas. The white space around each is taken away
    /// (<https://github.com/hashicorp/go-secure-stdlib/blob/main/parseutil/parseutil.go>, `ParseCommaStringSlice`, read 2026-11-22).
    pub(super) fn texts(&self, name: &str) -> Vec<Item> {
        let Some(node) = self.get(name) else { return Vec::new() };
        let Some(items) = node.as_array() else { return split(node) };
        let mut found = Vec::new();
        for item in items {
            let value = item.as_str().map_or_else(|| item.into(), |text| text.trim().into());
            found.push(Item { value, at: item.at.clone() });
        }
        found
    }

    /// A length of time in whole seconds, 0 where it is not there; none where it cannot be read.
    pub(super) fn seconds(&self, name: &str) -> Option<i64> {
        match self.get(name) {
            None => Some(0),
            Some(node) => match &node.data {
                Data::Number(text) | Data::String(text) => duration(text),
                _ => None,
            },
        }
    }
}

/// A text taken apart at its commas, without the white space around the parts.
pub(super) fn split(node: &Node) -> Vec<Item> {
    let text = node.as_str().unwrap_or_default();
    let mut parts = Vec::new();
    for part in super::terraform::commas(text) {
        parts.push(Item { value: part.into(), at: node.at.clone() });
    }
    parts
}

/// Values of one list that are written into a report.
pub(super) const SHOWN: usize = 100;

/// Of a list, as much as is written into a report.
pub(super) fn shown(items: &[Item]) -> impl Iterator<Item = &Value> {
    items.iter().take(SHOWN).map(|item| &item.value)
}

/// Whether a text holds an expression of Terraform, whose value a template does not tell.
pub(super) fn is_template(text: &str) -> bool {
    text.holds("${")
}

/// `90`, `-1`, `1m30s`, `2h`, or whole days, `1d`, alone
/// (<https://github.com/hashicorp/go-secure-stdlib/blob/main/parseutil/parseutil.go>, `ParseDurationSecond`, read 2026-11-22). What is
/// finer than a second is not read.
fn duration(text: &str) -> Option<i64> {
    let (sign, rest) = match text.strip_prefix('-') {
        Some(rest) => (-1, rest),
        None => (1, text),
    };
    let (mut sum, mut number, mut units) = (0_i64, None, false);
    for character in rest.chars() {
        if let Some(digit) = character.to_digit(10) {
            number = Some(number.unwrap_or(0_i64).checked_mul(10)?.checked_add(i64::from(digit))?);
            continue;
        }
        let unit = match character {
            's' => 1,
            'm' => 60,
            'h' => 3_600,
            // Go has no days: they stand alone.
            'd' if !units && rest.ends_with('d') => 86_400,
            _ => return None,
        };
        sum = sum.checked_add(number.take()?.checked_mul(unit)?)?;
        units = true;
    }
    match (number, units) {
        // A number without a unit stands alone.
        (Some(seconds), false) => seconds.checked_mul(sign),
        (None, true) => sum.checked_mul(sign),
        _ => None,
    }
}

/// Whether anything in what a plan says of unknown values is unknown.
fn holds_true(node: &Node) -> bool {
    match &node.data {
        Data::Bool(unknown) => *unknown,
        Data::Array(items) => items.iter().any(holds_true),
        Data::Object(members) => members.iter().any(|member| holds_true(&member.value)),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::duration;

    #[test]
    fn lengths_of_time() {
        for (text, seconds) in [
            ("90", Some(90)),
            ("-1", Some(-1)),
            ("1m30s", Some(90)),
            ("2h", Some(7_200)),
            ("1d", Some(86_400)),
            ("1d12h", None),
            ("12h1d", None),
            ("1d1d", None),
            ("1m30", None),
            ("0s5", None),
            ("m", None),
            ("", None),
            ("1.5h", None),
            ("5ms", None),
            ("99999999999999999999", None),
        ] {
            assert_eq!(duration(text), seconds, "{text}");
        }
    }
}
