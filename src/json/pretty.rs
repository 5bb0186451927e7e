//! JSON for people.

use super::{Node, Value};

/// JSON over several lines: a line for each member. `margin`: a line feed and what every line begins with.
pub(crate) fn pretty(node: &Node, margin: &str, text: &mut String) {
    let members = node.as_object().unwrap_or_default();
    if members.is_empty() {
        text.push_str(&Value::from(node).to_json());
        return;
    }
    let inner = [margin, "  "].concat();
    let mut before = "{";
    for member in members {
        text.extend([before, &inner, &Value::from(&member.name).to_json(), ": "]);
        pretty(&member.value, &inner, text);
        before = ",";
    }
    text.extend([margin, "}"]);
}
