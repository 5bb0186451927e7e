//! A workload identity pool provider, read.

use std::ops::Range;

use super::{
    cel::{self, Expression},
    document::{self, Document, member, text},
    field::{Field, Places},
    resource::{HOST, Resource},
    validity::{self, Problems},
};
use crate::{
    json::{Data, Node},
    report::{Code, Outcome},
};

/// A provider, as far as it was told.
#[derive(Debug, Default)]
pub(super) struct WorkloadProvider {
    pub(super) resource: Resource,
    /// `aws`, `saml` or `x509`, if it does not take tokens.
    pub(super) other: Option<&'static str>,
    /// Switched off or deleted.
    pub(super) off: Option<&'static str>,
    pub(super) issuer: Option<Field>,
    pub(super) audiences: Vec<Field>,
    /// The list of them, if there is one.
    pub(super) audiences_at: Option<Range<usize>>,
    /// Whether keys were uploaded, which Google takes in place of the issuer's.
    pub(super) has_keys: bool,
    pub(super) mapping: Vec<Mapping>,
    pub(super) condition: Option<Written>,
    /// What is not told: known only after apply, or not a part of what was given.
    pub(super) untold: Untold,
}

/// What is not told of a provider.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Untold {
    pub(super) issuer: bool,
    pub(super) audiences: bool,
    pub(super) mapping: bool,
    pub(super) condition: bool,
}

/// An expression as it is written; none if it cannot be read.
#[derive(Debug)]
pub(super) struct Written {
    pub(super) field: Field,
    pub(super) expression: Option<Expression>,
}

/// What one attribute of an identity is made of.
#[derive(Debug)]
pub(super) struct Mapping {
    /// `google.subject`, `google.groups` or `attribute.NAME`.
    pub(super) key: String,
    pub(super) written: Written,
}

impl WorkloadProvider {
    /// One of which nothing is told.
    pub(super) fn untold() -> Self {
        let untold = Untold { issuer: true, audiences: true, mapping: true, condition: true };
        Self { untold, ..Self::default() }
    }

    /// The expression of an attribute.
    pub(super) fn mapped(&self, key: &str) -> Option<&Mapping> {
        self.mapping.iter().find(|mapping| mapping.key == key)
    }

    /// The claim that a part of an expression reads, directly or through the mapping.
    pub(super) fn claim(&self, part: &cel::Node) -> Option<String> {
        let (variable, name) = part.entry()?;
        if variable == "assertion" {
            return Some(name.to_owned());
        }
        let mapping = self.mapped(&[variable, ".", name].concat())?;
        match mapping.written.expression.as_ref()?.root().entry()? {
            ("assertion", name) => Some(name.to_owned()),
            _ => None,
        }
    }
}

/// Reads what was given. What Google would refuse is read as far as it can be.
pub(super) fn read(node: &Node, places: Places<'_>) -> (WorkloadProvider, Problems) {
    let mut problems = Problems::new(places);
    let mut provider = WorkloadProvider::untold();
    match document::find(node) {
        Document::Other => problems.unreadable(node),
        Document::Credentials(node) => {
            let audience = text(node, "audience").unwrap_or_default();
            let name = audience.strip_prefix(HOST).unwrap_or(audience);
            provider.resource = Resource::read(name).unwrap_or_default();
        }
        Document::Provider(found, unknown) => {
            let around = node.one_or_many().first().filter(|around| !std::ptr::eq(*around, found));
            if !around.is_some_and(|around| validity::members(around, &[], &mut problems)) {
                fill(&mut provider, found, unknown, &mut problems);
            }
        }
    }
    (provider, problems)
}

fn fill(provider: &mut WorkloadProvider, node: &Node, unknown: Option<&Node>, problems: &mut Problems) {
    let is_unknown = |path: &[&str]| unknown.is_some_and(|unknown| holds_true(unknown, path));
    let of = |name: &str| text(node, name).unwrap_or_default().to_owned();
    let stated = Resource {
        project: of("project"),
        pool: of("workloadidentitypoolid"),
        provider: of("workloadidentitypoolproviderid"),
    };
    provider.resource = text(node, "name").and_then(Resource::read).unwrap_or(stated);
    let is_off = member(node, "disabled").is_some_and(|disabled| disabled.data == Data::Bool(true));
    let state = member(node, "state").map(|state| state.as_str().unwrap_or("of this type"));
    provider.off = match state {
        Some("DELETED") => Some("deleted"),
        _ if is_off => Some("disabled"),
        _ => None,
    };
    problems.stored = state.is_some();
    if let Some(state) = state.filter(|state| !matches!(*state, "ACTIVE" | "DELETED")) {
        problems.add(Code::GcpDocumentSyntax, Outcome::Unknown, &["Google documents no state ", state], &node.at);
    }
    let first = |name: &str, of: &Node| member(of, name).and_then(|block| block.one_or_many().first().cloned());
    let oidc = first("oidc", node);
    let twice = validity::members(node, &validity::PROVIDER, problems);
    if oidc.as_ref().is_some_and(|oidc| validity::members(oidc, &validity::OIDC, problems)) || twice {
        // Which of two values counts is not documented.
        return;
    }
    provider.untold = Untold {
        issuer: is_unknown(&["oidc", "issueruri"]),
        audiences: is_unknown(&["oidc", "allowedaudiences"]),
        mapping: is_unknown(&["attributemapping"]),
        condition: is_unknown(&["attributecondition"]),
    };
    let is_plain = member(node, "disabled").is_none_or(|disabled| matches!(disabled.data, Data::Bool(_)));
    if member(node, "oidc").is_some_and(|blocks| blocks.one_or_many().len() > 1) {
        problems.add(Code::GcpDocumentSyntax, Outcome::Unknown, &["there are several blocks oidc"], &node.at);
    }
    if is_unknown(&["disabled"]) || !is_plain {
        problems.add(Code::GcpDocumentSyntax, Outcome::Unknown, &["whether it is disabled is not told"], &node.at);
    }
    let others = ["aws", "saml", "x509"];
    provider.other = others.into_iter().find(|name| first(name, node).is_some());
    if others.iter().any(|name| is_unknown(&[name])) {
        let title = "whether it takes tokens of OpenID Connect is not told";
        problems.add(Code::GcpDocumentSyntax, Outcome::Unknown, &[title], &node.at);
    }
    if let Some(oidc) = &oidc {
        provider.issuer = problems.text(oidc, "issueruri");
        provider.audiences = problems.texts(oidc, "allowedaudiences");
        provider.audiences_at = member(oidc, "allowedaudiences").map(|list| list.at.clone());
        provider.has_keys = problems.text(oidc, "jwksjson").is_some_and(|keys| !keys.text.is_empty());
    }
    let mapping = member(node, "attributemapping").and_then(Node::as_object).unwrap_or_default();
    // Which of two expressions counts is not documented.
    let twice = validity::twice(mapping, problems, str::to_owned);
    provider.untold.mapping |= twice;
    // More than there may be are refused, and not read.
    for entry in mapping.iter().take(if twice { 0 } else { validity::ENTRIES }) {
        if let Some(field) = problems.field(&entry.value, "an expression") {
            let written = problems.mapping(&entry.name, &entry.name_at, field);
            provider.mapping.push(Mapping { key: entry.name.clone(), written });
        }
    }
    if let Some(field) = problems.text(node, "attributecondition").filter(|field| !field.text.is_empty()) {
        provider.condition = Some(problems.condition(field));
    }
    validity::whole(provider, node, problems);
}

/// Whether a plan says that a value, or anything in it, is not known yet; or a value around it.
fn holds_true(node: &Node, path: &[&str]) -> bool {
    match (&node.data, path) {
        (Data::Bool(unknown), _) => *unknown,
        (Data::Array(items), _) => items.iter().any(|item| holds_true(item, path)),
        (_, [name, rest @ ..]) => member(node, name).is_some_and(|inner| holds_true(inner, rest)),
        (Data::Object(members), []) => members.iter().any(|member| holds_true(&member.value, path)),
        _ => false,
    }
}
