//! One federated credential, read.

use std::ops::Range;

use super::{
    document::{self, Item, member},
    validity::Problems,
};
use crate::{
    json::{Node, Value},
    report::{Code, Outcome},
    search::Search as _,
    token::{Issuer, IssuerKind},
};

/// What one claim of a token is compared with.
#[derive(Debug)]
pub(super) struct Part {
    /// `issuer`, for messages.
    pub(super) name: &'static str,
    pub(super) claim: &'static str,
    pub(super) code: Code,
    /// Entra's code where this alone differs.
    pub(super) error: &'static str,
    /// Members that hold it.
    pub(super) members: &'static [&'static str],
}

/// The three comparisons. All of them have to hold in one credential.
pub(super) static PARTS: [Part; 3] = [
    Part {
        name: "issuer",
        claim: "iss",
        code: Code::AzureCredentialIssuer,
        error: "AADSTS700211",
        members: document::ISSUER,
    },
    Part {
        name: "subject",
        claim: "sub",
        code: Code::AzureCredentialSubject,
        error: "AADSTS700213",
        members: document::SUBJECT,
    },
    Part {
        name: "audience",
        claim: "aud",
        code: Code::AzureCredentialAudience,
        error: "AADSTS700212",
        members: document::AUDIENCES,
    },
];

/// A credential, as far as it was told.
#[derive(Clone, Debug)]
pub(super) struct Credential {
    /// `credential deploy`
    pub(super) label: String,
    pub(super) name: Option<String>,
    /// The managed identity that it is of.
    pub(super) identity: Option<String>,
    /// The application or managed identity that it is of, as far as that is told.
    owner: Option<String>,
    /// It is of a managed identity, whose refusals are documented.
    pub(super) managed: bool,
    /// Issuer, subject and audience, in the order of [`PARTS`]. More than one audience is refused, and compared all the same.
    pub(super) parts: [Vec<Node>; 3],
    /// Why one of these is not told.
    pub(super) untold: [Option<&'static str>; 3],
    /// A flexible expression in place of the subject.
    pub(super) expression: Option<Node>,
    pub(super) at: Range<usize>,
}

impl Credential {
    /// Reads one. `number`: from 1, for one without a name.
    pub(super) fn read(item: &Item<'_>, number: usize, problems: &mut Problems<'_>) -> Self {
        let named = |names| member(item.whole, names).or_else(|| member(item.node, names));
        // ARM calls a child IDENTITY/CREDENTIAL.
        let name = named(document::NAME).filter(|told| !is_template(told)).and_then(Node::as_str);
        let name = name.map(|name| name.rsplit('/').next().unwrap_or(name).to_owned());
        let id = named(document::IDENTITY).and_then(Node::as_str).unwrap_or_default();
        let identity = id.after_last("/userAssignedIdentities/").map(|rest| rest.split('/').next().unwrap_or(rest));
        let is_unknown = |names| {
            item.unknown.is_some_and(|unknown| {
                let told = if unknown.as_object().is_some() { member(unknown, names) } else { Some(unknown) };
                told.is_some_and(|unknown| Value::from(unknown).to_json().holds("true"))
            })
        };
        // Of two members with one name, programs see either.
        let is_twice = |names| item.is_twice || document::told(item.node, names).count() > 1;
        let told_expression = member(item.node, document::EXPRESSION);
        let expression =
            told_expression.map(|told| member(told, &["value"]).unwrap_or(told)).filter(|told| told.as_str().is_some());
        // An expression that is not known yet stands for the subject.
        let is_flexible = is_unknown(document::EXPRESSION);
        let untold = |part: &Part| {
            let is_open = part.claim == "sub" && is_flexible;
            let told = member(item.node, part.members).map(Node::one_or_many).unwrap_or_default();
            if is_open || is_unknown(part.members) {
                Some(" is known only after apply")
            } else if told.iter().any(is_template) {
                Some(" is an expression of a template, whose value is not told")
            } else if is_twice(part.members) {
                Some(" is told twice")
            } else {
                let is_odd = part.claim == "sub" && told_expression.is_some() && expression.is_none();
                (is_odd || !item.is_credential()).then_some(" is not told")
            }
        };
        // The resource's own reference, what ARM calls it, or the application around it.
        let reference = named(document::OWNER)
            .and_then(Node::as_str)
            .map(|told| told.strip_prefix("/applications/").unwrap_or(told));
        let path =
            || id.to_ascii_lowercase().cut("/federatedidentitycredentials/").map(|(identity, _)| identity.to_owned());
        let parent =
            || named(document::NAME)?.as_str()?.rsplit_once('/').map(|(identity, _)| identity.to_ascii_lowercase());
        let owner = reference.map(str::to_ascii_lowercase).or_else(path).or_else(parent);
        let owner = owner.or_else(|| Some(item.application?.start.to_string()));
        // Two that are not known yet need not be the same.
        let owner = if is_unknown(document::OWNER) { Some(format!("${{{number}}}")) } else { owner };
        let mut credential = Self {
            label: name.as_ref().map_or_else(|| format!("credential {number}"), |name| ["credential ", name].concat()),
            identity: identity.map(str::to_owned),
            owner,
            managed: identity.is_some() || member(item.whole, &["properties"]).is_some(),
            parts: [const { Vec::new() }; 3],
            untold: [0_usize, 1, 2].map(|index| PARTS.get(index).and_then(untold)),
            expression: expression.cloned(),
            at: item.whole.at.clone(),
            name,
        };
        for (part, values) in PARTS.iter().zip(&mut credential.parts) {
            for node in member(item.node, part.members).map(Node::one_or_many).unwrap_or_default() {
                if node.as_str().is_some() && !is_template(node) {
                    values.push(node.clone());
                }
            }
        }
        problems.credential(&credential, item, is_flexible);
        credential
    }

    /// Whether both are of one application or managed identity. Those of which nothing is told are: they stand in one list.
    pub(super) fn is_beside(&self, other: &Self) -> Outcome {
        match (&self.owner, &other.owner) {
            (own, other) if own == other => Outcome::Pass,
            (Some(own), Some(other)) if !is_expression(own) && !is_expression(other) => Outcome::Fail,
            _ => Outcome::Unknown,
        }
    }

    /// How many of these are certainly of the same.
    pub(super) fn beside(&self, all: &[Self]) -> usize {
        all.iter().filter(|one| self.is_beside(one) == Outcome::Pass).count()
    }

    /// Its issuer, as CircleCI would write it, if it is one of CircleCI's.
    pub(super) fn issuer(&self) -> Option<Issuer> {
        let [issuers, ..] = &self.parts;
        let written = issuers.first()?.as_str()?.trim().trim_end_matches('/').to_ascii_lowercase();
        Some(Issuer::parse(&written)).filter(|issuer| issuer.kind != IssuerKind::Other)
    }

    /// Its issuer, if it is meant to be CircleCI's.
    pub(super) fn like_circleci(&self) -> Option<&str> {
        self.text(0).filter(|issuer| issuer.to_ascii_lowercase().holds("circleci.com"))
    }

    /// Whether it is meant for CircleCI's tokens.
    pub(super) fn is_for_circleci(&self) -> bool {
        self.issuer().is_some() || self.like_circleci().is_some()
    }

    /// The text of issuer (0), subject (1) or audience (2).
    pub(super) fn text(&self, part: usize) -> Option<&str> {
        self.parts.get(part)?.first()?.as_str()
    }
}

fn is_template(told: &Node) -> bool {
    told.as_str().is_some_and(is_expression)
}

/// Whether it is an expression of an ARM template, whose value only a deployment tells
/// (<https://learn.microsoft.com/azure/azure-resource-manager/templates/template-expressions>), or holds one of Terraform or Bicep
/// (<https://developer.hashicorp.com/terraform/language/expressions/strings>).
fn is_expression(text: &str) -> bool {
    (text.starts_with('[') && !text.starts_with("[[") && text.ends_with(']')) || text.holds("${")
}
