//! Macros over the elements of a list, or the keys of a map.
//!
//! <https://github.com/google/cel-spec/blob/master/doc/langdef.md#macros>

use super::{
    compare::not_all_told,
    container::look_up,
    evaluate::{Evaluation, SETTLED, Scope, pull},
    kinds::Kinds,
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
        let mut items = Vec::new();
        // What it comes to, if no element settles it.
        let mut otherwise = None;
        match &range.value {
            Value::List(own) => items = (**own).clone(),
            Value::Map(map) => {
                otherwise = map.partial.then(not_all_told);
                for (key, _) in &map.entries {
                    items.push(key.clone());
                }
            }
            Value::Unknown(_, kinds) if kinds.meets(Kinds::LIST.or(Kinds::MAP)) => {
                otherwise = Some(range.value.clone());
                range.decides = true;
                items.push(range.value.clone().of(Kinds::ANY));
            }
            failed @ Value::Error(_) => {
                otherwise = Some(failed.clone());
                range.decides = true;
            }
            other => otherwise = Some(look_up(other, &Value::Null, false, &self.budget)),
        }
        let is_known = !range.decides;
        traced.parts.push(range);
        let absorbing = kind == Macro::Exists;
        let absorbs = absorbing || kind == Macro::All;
        let mut strongest = 0;
        let mut failed = None;
        let mut collected = Vec::new();
        for item in items {
            let inner = Scope { name, value: item, outer: scope };
            let (mut part, value) = self.element(kind, first, rest.first(), &inner);
            // Where every element counts, an error cannot be made good by another one. Of an unknown list there may be no
            // element at all: its body is only looked at.
            let strength = match &value {
                _ if !is_known => 0,
                Some(Value::Error(_)) if !absorbs => SETTLED,
                Some(value) if absorbs || value.cause().is_some() => pull(value, absorbing),
                _ => 0,
            };
            part.item = Some(inner.value);
            part.decides = strength > 0 && (strength == SETTLED || otherwise.is_none());
            if strength > strongest || traced.parts.len() == 1 {
                traced.parts.truncate(1);
                traced.parts.push(part);
            }
            if strength > strongest {
                strongest = strength;
                failed = value;
            } else {
                collected.extend(value);
            }
            if strongest == SETTLED {
                break;
            }
        }
        let gives = if matches!(kind, Macro::Filter | Macro::Map) { Kinds::LIST } else { Kinds::BOOL };
        match if strongest == SETTLED { failed } else { otherwise.or(failed) } {
            Some(value) => value.of(gives),
            None if absorbs => Value::Bool(!absorbing),
            None if kind == Macro::ExistsOne => Value::Bool(collected.len() == 1),
            None => Value::list(collected),
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
        if kind != Macro::Map || second.is_some() {
            traced.value = traced.value.boolean();
        }
        let mut value = traced.value.clone();
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
