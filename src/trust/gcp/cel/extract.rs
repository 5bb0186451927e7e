//! `extract()`, Google's own (<https://cloud.google.com/iam/docs/conditions-attribute-reference#extract>, read
//! 2026-11-22).

use super::value::{Reason, Value};
use crate::search::Search as _;

/// `value.extract('PREFIX{name}SUFFIX')`: what stands between the first PREFIX and the first SUFFIX behind it. Empty where
/// one of the two is not found; without a SUFFIX, all that follows.
pub(super) fn extract(value: &Value, template: &Value) -> Option<Value> {
    let (value, template) = (value.as_str()?, template.as_str()?);
    let parts = template.split_once('{').and_then(|(prefix, rest)| Some((prefix, rest.split_once('}')?)));
    Some(match parts {
        Some((prefix, (name, suffix))) if is_name(name) && !prefix.contains(['}']) && !suffix.contains(['{', '}']) => {
            let found = match value.cut(prefix) {
                Some((_, behind)) if suffix.is_empty() => Some(behind),
                Some((_, behind)) => behind.cut(suffix).map(|(found, _)| found),
                None => None,
            };
            Value::text(found.unwrap_or_default())
        }
        _ => Value::missing(Reason::Undocumented, &["Google documents extract() only with one name in braces"]),
    })
}

fn is_name(name: &str) -> bool {
    !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-'))
}
