//! What attributes a token gets: each mapped expression, evaluated; and what Google asks of the attributes afterwards.

use std::cell::Cell;

use super::{
    cel::{Cause, Data, Environment, Expression, Map, Reason, Value, assertion},
    explain,
    field::Places,
    link,
    provider::{Mapping, WorkloadProvider},
};
use crate::{
    json,
    report::{Code, Outcome, Step},
    token::Claims,
};

/// Bytes of `google.subject`
/// (<https://cloud.google.com/iam/docs/reference/rest/v1/projects.locations.workloadIdentityPools.providers>, as of 2026-04-02).
pub(super) const SUBJECT_BYTES: usize = 127;
/// Bytes of all attributes together; the same page.
const TOTAL_BYTES: usize = 8_192;

/// The attributes of one token.
#[derive(Debug)]
pub(super) struct Attributes {
    /// By the names of the mapping.
    values: Vec<(String, Value)>,
    /// Steps that evaluating them, and then the condition, took.
    pub(super) spent: Cell<u32>,
}

impl Attributes {
    /// Evaluates the mapping.
    pub(super) fn of(provider: &WorkloadProvider, claims: &Claims) -> Self {
        let environment = Environment::default().with("assertion", assertion(claims));
        let evaluate = |mapping: &Mapping| {
            let value = match &mapping.written.expression {
                Some(expression) => expression.evaluate(&environment).value.clone(),
                None => Value::missing(Reason::Undocumented, &["the expression cannot be read"]),
            };
            (mapping.key.clone(), value)
        };
        let values = provider.mapping.iter().map(evaluate).collect();
        Self { values, spent: Cell::new(environment.spent()) }
    }

    pub(super) fn get(&self, key: &str) -> Option<&Value> {
        self.values.iter().find(|(own, _)| own == key).map(|(_, value)| value)
    }

    /// What a condition may speak of.
    pub(super) fn environment(&self, claims: &Claims, partial: bool) -> Environment {
        let map = |prefix: &str, entries: Vec<(Value, Value)>| {
            let mut map = Map { entries, partial };
            for (key, value) in &self.values {
                // An attribute whose expression fails is left unset, or the token is refused: either way it is not there.
                if let Some(name) = key.strip_prefix(prefix).filter(|_| !matches!(**value, Data::Error(_))) {
                    map.entries.push((Value::text(name), value.clone()));
                }
            }
            Value::from(Data::Map(map))
        };
        let unmapped = Value::missing(
            Reason::Undocumented,
            &["Google does not say what google.groups is if nothing is mapped to it"],
        );
        let groups =
            if self.get("google.groups").is_none() { vec![(Value::text("groups"), unmapped)] } else { Vec::new() };
        Environment::default()
            .with("assertion", assertion(claims))
            .with("google", map("google.", groups))
            .with("attribute", map("attribute.", Vec::new()))
    }

    /// The texts of an attribute: one, or those of a list.
    pub(super) fn texts(&self, key: &str) -> Vec<&str> {
        match self.get(key).map(|value| &**value) {
            Some(Data::String(text)) => vec![text],
            Some(Data::List(items)) => items.iter().filter_map(|item| item.as_str()).collect(),
            _ => Vec::new(),
        }
    }

    /// Name and value of each that is known.
    pub(super) fn to_json(&self) -> Vec<(String, json::Value)> {
        self.values.iter().filter_map(|(key, value)| Some((key.clone(), value.to_json()?))).collect()
    }

    /// The names of all custom attributes.
    pub(super) fn names(&self) -> impl Iterator<Item = &str> {
        self.values.iter().map(|(key, _)| &**key).filter(|key| key.starts_with("attribute."))
    }
}

/// The steps: an attribute each, and their size.
pub(super) fn step(provider: &WorkloadProvider, attributes: &Attributes, places: Places<'_>) -> Step {
    let code = Code::GcpMapping;
    if provider.untold.mapping {
        return Step::new(code, Outcome::Unknown, "the attribute mapping is not told").reference(link::PROVIDER);
    }
    let one = |(mapping, (_, value)): (&Mapping, &(String, Value))| attribute(mapping, value, places);
    let mut children: Vec<Step> = provider.mapping.iter().zip(&attributes.values).map(one).collect();
    children.extend(size(attributes));
    let outcome = Outcome::all(children.iter().map(|step| step.outcome));
    let title = match outcome {
        Outcome::Pass => "every mapped attribute gets a value that Google takes",
        Outcome::Fail => "Google refuses what the attribute mapping makes of the token",
        Outcome::Unknown | Outcome::NotApplicable => {
            "whether Google takes what the mapping makes of the token is not certain"
        }
    };
    Step::new(code, outcome, title).reference(link::PROVIDER).children(children)
}

fn attribute(mapping: &Mapping, value: &Value, places: Places<'_>) -> Step {
    let key = &*mapping.key;
    let source = explain::short(&mapping.written.field.text);
    let finish = |code, outcome, title: &[&str]| {
        Step::new(code, outcome, title.concat())
            .actual(value.to_json())
            .at(places.span(&mapping.written.field.at))
            .reference(link::FEDERATION)
    };
    let attribute = Code::GcpMappingAttribute;
    let no_string = || {
        let words = ["The mapped attribute '", key, "' must be of type STRING."].concat();
        let title = [key, " has to be a string; ", &*source, " is ", &*value.kinds().words()];
        finish(Code::GcpMappingType, Outcome::Fail, &title).vendor_text(words)
    };
    match (&**value, key) {
        (Data::String(text), "google.subject") if text.len() > SUBJECT_BYTES => {
            let title = format!("google.subject is {} bytes, the limit is {SUBJECT_BYTES}", text.len());
            finish(Code::GcpMappingSubject, Outcome::Fail, &[&title]).vendor_text(
                "The size of mapped attribute google.subject exceeds the 127 bytes limit. Either modify your attribute mapping \
                 or the incoming assertion to produce a mapped attribute that is less than 127 bytes.",
            )
        }
        (Data::String(text), "google.subject") if text.is_empty() => {
            finish(attribute, Outcome::Unknown, &["google.subject is empty; Google does not say if it takes that"])
        }
        (Data::String(_), key) if key != "google.groups" => finish(attribute, Outcome::Pass, &[key, " is ", &*source]),
        (Data::List(items), "google.groups") => {
            let texts = items.iter().all(|item| item.as_str().is_some());
            let title = if texts {
                " is "
            } else {
                " has to be a list of texts; Google does not say what it does with others in "
            };
            finish(attribute, if texts { Outcome::Pass } else { Outcome::Unknown }, &[key, title, &*source])
        }
        (Data::Unknown(cause, _), _) => {
            finish(attribute, Outcome::Unknown, &[key, " cannot be told: ", &*cause.message])
        }
        (Data::Error(cause), "google.subject") => {
            finish(Code::GcpMappingSubject, Outcome::Fail, &["google.subject gets no value: ", &*why(mapping, cause)])
                .vendor_text("Could not obtain a value for google.subject from the given credential.")
        }
        (Data::Error(cause), _) => finish(
            attribute,
            Outcome::Unknown,
            &[
                key,
                " gets no value: ",
                &*why(mapping, cause),
                ". Google does not say whether it leaves it unset or refuses the token",
            ],
        ),
        (Data::Null, _) | (_, "google.groups") => {
            let kind = value.kinds().words();
            finish(attribute, Outcome::Unknown, &[key, " is ", &*kind, "; Google does not say what it does then"])
        }
        _ => no_string(),
    }
}

/// Why the expression of an attribute has no value; of the claim that it is, by its name.
fn why(mapping: &Mapping, cause: &Cause) -> String {
    let root = mapping.written.expression.as_ref().map(Expression::root);
    match root.and_then(|root| root.entry().map(|(_, name)| (root, name))) {
        Some((root, name)) if cause.reason == Reason::Absent => [explain::absent(root), name].concat(),
        _ => cause.message.clone(),
    }
}

/// All attributes together. Whether their names count is not documented.
fn size(attributes: &Attributes) -> Option<Step> {
    let mut values = 0_usize;
    let mut names = 0_usize;
    for (key, _) in &attributes.values {
        values = attributes.texts(key).iter().fold(values, |total, text| total.saturating_add(text.len()));
        names = names.saturating_add(key.len());
    }
    if values.saturating_add(names) <= TOTAL_BYTES {
        return None;
    }
    let outcome = if values > TOTAL_BYTES { Outcome::Fail } else { Outcome::Unknown };
    let title = format!("all attributes together have {values} bytes, the limit is {TOTAL_BYTES}");
    let step = Step::new(Code::GcpMappingSize, outcome, title).reference(link::PROVIDER);
    Some(match outcome {
        Outcome::Unknown => step.detail("With their names they are over it; Google does not say whether names count."),
        _ => step,
    })
}
