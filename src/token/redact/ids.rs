//! Ids that tell who ran what: always replaced by the same zero UUID, so that lengths and forms stay.

use super::super::{
    Subject,
    uuid::{ZERO, is_uuid_of_any_case},
};
use crate::{json::Value, search::Search as _};

/// Claims that are such an id. The definition of a pipeline is not: it is the same in every run.
const CLAIMS: [&str; 4] =
    ["oidc.circleci.com/pipeline-id", "oidc.circleci.com/workflow-id", "oidc.circleci.com/job-id", "jti"];

/// The ids of one token, UUIDs in lower case.
#[derive(Debug, Default)]
pub(super) struct Ids {
    /// Whether anything is to be replaced at all.
    wanted: bool,
    ids: Vec<String>,
}

/// Collects the ids of user, pipeline, workflow, job and token from claims.
pub(super) fn found_in(claims: &Value) -> Ids {
    let mut ids = Vec::new();
    let Value::Object(members) = claims else { return Ids { wanted: true, ids } };
    for (name, value) in members {
        let Some(text) = value.as_str() else { continue };
        let id =
            if name == "sub" { user(text).map(|(_, user, _)| user) } else { CLAIMS.contains(&&**name).then_some(text) };
        ids.extend(id.filter(|id| is_uuid_of_any_case(id)).map(str::to_ascii_lowercase));
    }
    Ids { wanted: true, ids }
}

impl Ids {
    /// Replaces the ids in header or claims: in their own claims whatever they look like, elsewhere where they are UUIDs.
    pub(super) fn replace(&self, object: &mut Value) {
        if !self.wanted {
            return;
        }
        if let Value::Object(members) = object {
            for (name, value) in members {
                if CLAIMS.contains(&&**name) && !matches!(value, Value::Null) {
                    *value = ZERO.into();
                }
                if let ("sub", Value::String(text)) = (&**name, value)
                    && let Some((before, _, after)) = user(text)
                {
                    *text = format!("{before}{ZERO}{after}");
                }
            }
        }
        self.everywhere(object);
    }

    fn everywhere(&self, value: &mut Value) {
        match value {
            Value::String(text) => self.in_text(text),
            Value::Array(items) => items.iter_mut().for_each(|item| self.everywhere(item)),
            Value::Object(members) => {
                for (name, value) in members {
                    self.in_text(name);
                    self.everywhere(value);
                }
            }
            Value::Null | Value::Bool(_) | Value::Number(_) => {}
        }
    }

    fn in_text(&self, text: &mut String) {
        let mut out = String::with_capacity(text.len());
        let mut rest = &**text;
        while let Some(first) = rest.chars().next() {
            let id = rest
                .split_at_checked(ZERO.len())
                .filter(|(id, _)| is_uuid_of_any_case(id) && self.ids.contains(&id.to_ascii_lowercase()));
            rest = if let Some((_, after)) = id {
                out.push_str(ZERO);
                after
            } else {
                out.push(first);
                rest.split_at_checked(first.len_utf8()).map_or("", |(_, after)| after)
            };
        }
        *text = out;
    }
}

/// The user's id in a subject, with what stands before and after it.
fn user(sub: &str) -> Option<(&str, &str, &str)> {
    let user = Subject::parse(sub).user;
    let (before, rest) = sub.cut("/user/")?;
    let (id, after) = rest.split_at_checked(rest.find('/').unwrap_or(rest.len()))?;
    // In another form of subject only what is certainly an id.
    if user.is_none() && !is_uuid_of_any_case(id) {
        return None;
    }
    let before = sub.get(..before.len().saturating_add("/user/".len()))?;
    Some((before, id, after))
}
