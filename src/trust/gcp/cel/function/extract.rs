//! `extract()`, Google's own (<https://cloud.google.com/iam/docs/conditions-attribute-reference#extract>, read
//! 2026-11-22).

use super::super::{
    budget::Budget,
    cause::{Cause, Reason},
    value::Value,
};

/// `value.extract('PREFIX{name}SUFFIX')`: what stands between the first PREFIX and the first SUFFIX behind it. Empty where
/// one of the two is not found; without a SUFFIX, all that follows.
pub(super) fn extract(arguments: &[Value], budget: &Budget) -> Result<Value, Cause> {
    let [Value::String(value), Value::String(template)] = arguments else { return Ok(Value::from("")) };
    budget.spend(value.len().saturating_add(template.len()))?;
    let parts = template.split_once('{').and_then(|(prefix, rest)| Some((prefix, rest.split_once('}')?)));
    let belongs = |character: char| character.is_ascii_alphanumeric() || matches!(character, '_' | '-');
    let Some((prefix, (name, suffix))) = parts.filter(|(prefix, (name, suffix))| {
        !name.is_empty() && name.chars().all(belongs) && !prefix.contains('}') && !suffix.contains(['{', '}'])
    }) else {
        return Err(Cause::new(Reason::Undocumented, "Google documents extract() only with one name in braces"));
    };
    let _ = name;
    let behind = value.split_once(prefix).map(|(_, behind)| behind);
    let found = match behind {
        Some(behind) if suffix.is_empty() => Some(behind),
        Some(behind) => behind.split_once(suffix).map(|(found, _)| found),
        None => None,
    };
    Ok(Value::from(found.unwrap_or_default()))
}

#[cfg(test)]
mod tests {
    use super::{Budget, Value, extract};

    fn from(value: &str, template: &str) -> Option<String> {
        let extracted = extract(&[Value::from(value), Value::from(template)], &Budget::new());
        extracted.ok().and_then(|value| value.as_str().map(str::to_owned))
    }

    /// The examples of the page above.
    #[test]
    fn the_documented_examples() {
        let value = "projects/_/buckets/acme-orders-aaa/objects/data_lake/orders/order_date=2019-11-03/aef87g87ae0876";
        for (template, expected) in [
            ("/order_date={date}/", "2019-11-03"),
            ("buckets/{name}/", "acme-orders-aaa"),
            ("/orders/{empty}order_date", ""),
            ("{start}/objects/data_lake", "projects/_/buckets/acme-orders-aaa"),
            ("orders/{end}", "order_date=2019-11-03/aef87g87ae0876"),
            ("{all}", value),
            ("/orders/{none}/order_date=", ""),
            ("/orders/order_date=2019-11-03/{id}/data_lake", ""),
        ] {
            assert_eq!(from(value, template).as_deref(), Some(expected), "{template}");
        }
    }

    #[test]
    fn what_is_not_documented_is_unknown() {
        for template in ["", "a", "{", "}{a}", "{a}{b}", "{}", "{a b}", "{a}}"] {
            assert_eq!(from("a", template), None, "{template}");
        }
    }
}
