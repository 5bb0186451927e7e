//! Macros over the elements of a list, or the keys of a map.
//!
//! <https://github.com/google/cel-spec/blob/master/doc/langdef.md#macros>

use super::{
    compare::told,
    evaluate::{Evaluation, SETTLED, Scope, pull},
    kinds::Kinds,
    node::{Macro, Node},
    traced::Traced,
    value::{Data, Reason, Value},
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
        let [range, first, rest @ ..] = &*traced.node.parts else { return told(None) };
        let mut range = self.trace(range, scope);
        let mut items = Vec::new();
        // What it comes to, if no element settles it.
        let mut otherwise = None;
        match &*range.value {
            Data::List(_) | Data::Map(_) if self.checks => {
                otherwise = Some(self.over.clone());
                items.push(self.over.clone());
            }
            Data::List(own) => items = own.clone(),
            Data::Map(map) => {
                otherwise = map.partial.then(|| told(None));
                for (key, _) in &map.entries {
                    items.push(key.clone());
                }
            }
            Data::Unknown(_, kinds) if kinds.meets(Kinds::LIST.or(Kinds::MAP)) => {
                otherwise = Some(range.value.clone());
                items.push(range.value.of(Kinds::ANY));
            }
            Data::Error(_) => otherwise = Some(range.value.clone()),
            _ => {
                let words = [kind.name(), " goes over a list or a map, not ", &*range.value.kinds().words()];
                otherwise = Some(Value::missing(Reason::Type, &words));
            }
        }
        range.decides = range.value.cause().is_some();
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
                Some(value) if !absorbs && value.is_error() => SETTLED,
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
            None if absorbs => Value::bool(!absorbing),
            None if kind == Macro::ExistsOne => Value::bool(collected.len() == 1),
            None => Data::List(collected).into(),
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
        let absorbs = matches!(kind, Macro::All | Macro::Exists);
        if !absorbs && value.is(false) && (kind != Macro::Map || second.is_some()) {
            return (traced, None);
        }
        match second {
            Some(second) if value.is(true) => {
                traced = self.trace(second, Some(scope));
                value = traced.value.clone();
            }
            None if !absorbs && kind != Macro::Map && value.is(true) => value = scope.value.clone(),
            _ => {}
        }
        (traced, Some(value))
    }
}
