//! Macros over the elements of a list, or the keys of a map.
//!
//! <https://github.com/google/cel-spec/blob/master/doc/langdef.md#macros>

use super::{
    compare::not_all_told,
    container::look_up,
    evaluate::{Evaluation, Scope},
    logic::{SETTLED, boolean, pull},
    node::{Macro, Node},
    traced::Traced,
    value::Value,
};

impl Evaluation<'_> {
    /// Evaluates a macro. Of the evaluations of its body one is kept: the first that decided, else the first of all.
    pub(super) fn macro_call(
        &self,
        traced: &mut Traced<'_>,
        kind: Macro,
        name: &str,
        scope: Option<&Scope<'_>>,
    ) -> Value {
        let [range, first, rest @ ..] = &*traced.node.parts else { return Value::Null };
        let mut range = self.trace(range, scope);
        let (mut items, mut partial) = (Vec::new(), false);
        match &range.value {
            Value::List(own) => items = (**own).clone(),
            Value::Map(map) => {
                partial = map.partial;
                for (key, _) in &map.entries {
                    items.push(key.clone());
                }
            }
            other => {
                // No list and no map: says so, or why it is none.
                let value =
                    if other.kind().is_none() { other.clone() } else { look_up(other, other, false, &self.budget) };
                range.decides = other.kind().is_none();
                traced.parts.push(range);
                return value;
            }
        }
        traced.parts.push(range);
        let absorbing = kind == Macro::Exists;
        let absorbs = absorbing || kind == Macro::All;
        let mut strongest = 0;
        let mut result = Value::Bool(!absorbing);
        let mut collected = Vec::new();
        for item in items {
            let inner = Scope { name, value: item, outer: scope };
            let (mut part, value) = self.element(kind, first, rest.first(), &inner);
            // Where every element counts, an error cannot be made good by another one.
            let strength = match &value {
                Some(Value::Error(_)) if !absorbs => SETTLED,
                Some(value) if absorbs || value.kind().is_none() => pull(value, absorbing),
                _ => 0,
            };
            part.item = Some(inner.value);
            part.decides = strength > 0;
            if strength > strongest || traced.parts.len() == 1 {
                traced.parts.truncate(1);
                traced.parts.push(part);
            }
            if let Some(value) = value {
                if strength > strongest {
                    (strongest, result) = (strength, value);
                } else {
                    collected.push(value);
                }
            }
            if strongest == SETTLED {
                break;
            }
        }
        match strongest {
            SETTLED => result,
            _ if partial => not_all_told(),
            0 if absorbs => result,
            0 if kind == Macro::ExistsOne => Value::Bool(collected.len() == 1),
            0 => Value::list(collected),
            _ => result,
        }
    }

    /// The body for one element: the part that gave the value, and the value; none where the element is left out.
    fn element<'e>(
        &self,
        kind: Macro,
        first: &'e Node,
        second: Option<&'e Node>,
        scope: &Scope<'_>,
    ) -> (Traced<'e>, Option<Value>) {
        let mut traced = self.trace(first, Some(scope));
        let mut value =
            if kind == Macro::Map && second.is_none() { traced.value.clone() } else { boolean(&traced.value) };
        match (&value, kind, second) {
            (_, Macro::All | Macro::Exists, _) | (_, Macro::Map, None) => {}
            (Value::Bool(false), ..) => return (traced, None),
            (Value::Bool(true), _, Some(second)) => {
                traced = self.trace(second, Some(scope));
                value = traced.value.clone();
            }
            (Value::Bool(true), _, None) => value = scope.value.clone(),
            _ => {}
        }
        (traced, Some(value))
    }
}
