//! Macros over the elements of a list, or the keys of a map.
//!
//! <https://github.com/google/cel-spec/blob/master/doc/langdef.md#macros>

use super::{
    container::elements,
    deciding::{SETTLED, UNKNOWN, boolean, pull},
    environment::not_told,
    evaluate::{Evaluation, Scope, placed},
    node::{Macro, Node},
    traced::Traced,
    value::Value,
};

impl Evaluation<'_> {
    /// Evaluates a macro. Of the evaluations of its body one is kept: the first that decided, else the first of all.
    pub(super) fn macro_call<'e>(
        &self,
        node: &'e Node,
        kind: Macro,
        name: &str,
        scope: Option<&Scope<'_>>,
    ) -> Traced<'e> {
        let [range, body @ ..] = &*node.parts else { return Traced::new(node, Value::Null, Vec::new()) };
        let mut range = self.trace(range, scope);
        if range.value.cause().is_some() {
            range.decides = true;
            return Traced::new(node, range.value.clone(), vec![range]);
        }
        let (items, partial) = match elements(&range.value) {
            Ok(elements) => elements,
            Err(cause) => return Traced::new(node, placed(cause, node), vec![range]),
        };
        let absorbing = match kind {
            Macro::All => Some(false),
            Macro::Exists => Some(true),
            Macro::ExistsOne | Macro::Filter | Macro::Map => None,
        };
        let mut strongest: Option<(u8, Option<Value>, Traced<'e>)> = None;
        let mut collected = Vec::new();
        for item in items {
            let inner = Scope { name, value: item.clone(), outer: scope };
            let (mut traced, value) = self.element(node, kind, body, &inner);
            let strength = match (&value, absorbing) {
                (Some(value), Some(absorbing)) => pull(value, absorbing),
                // Here every element counts: an error cannot be made good by another one.
                (Some(Value::Error(_)), None) => SETTLED,
                (Some(Value::Unknown(_)), None) => UNKNOWN,
                _ => 0,
            };
            collected.extend(value.clone());
            if strongest.as_ref().is_none_or(|(before, ..)| strength > *before) {
                traced.item = Some(item);
                traced.decides = strength > 0;
                strongest = Some((strength, value, traced));
            }
            if strength == SETTLED {
                break;
            }
        }
        let (strength, value, kept) = match strongest {
            Some((strength, value, traced)) => (strength, value, Some(traced)),
            None => (0, None, None),
        };
        let value = match (strength, absorbing) {
            (SETTLED, _) => value,
            _ if partial => Some(placed(not_told("all entries of the map"), node)),
            (UNKNOWN, _) | (1, _) => value,
            (_, Some(absorbing)) => Some(Value::Bool(!absorbing)),
            (_, None) if kind == Macro::ExistsOne => Some(Value::Bool(collected.len() == 1)),
            _ => Some(Value::list(collected)),
        };
        Traced::new(node, value.unwrap_or(Value::Null), std::iter::once(range).chain(kept).collect())
    }

    /// The body for one element: the part that gave the value, and the value; none where the element is left out.
    fn element<'e>(
        &self,
        node: &'e Node,
        kind: Macro,
        body: &'e [Node],
        scope: &Scope<'_>,
    ) -> (Traced<'e>, Option<Value>) {
        let (test, result) = match (kind, body) {
            (Macro::Map, [result]) => (None, Some(result)),
            (Macro::Map, [test, result]) => (Some(test), Some(result)),
            (_, [test, ..]) => (Some(test), None),
            _ => (None, None),
        };
        let mut traced = Traced::new(node, Value::Bool(true), Vec::new());
        if let Some(test) = test {
            traced = self.trace(test, Some(scope));
            let value = boolean(traced.value.clone(), test);
            match (&value, kind) {
                (_, Macro::All | Macro::Exists) | (Value::Error(_) | Value::Unknown(_), _) => {
                    return (traced, Some(value));
                }
                (Value::Bool(false), _) => return (traced, None),
                _ => {}
            }
        }
        match result {
            Some(result) => {
                let traced = self.trace(result, Some(scope));
                let value = traced.value.clone();
                (traced, Some(value))
            }
            None => (traced, Some(scope.value.clone())),
        }
    }
}
