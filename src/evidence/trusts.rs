//! Documents that hold many configurations: what `aws iam list-roles`, `get-role` and `get-account-authorization-details`
//! print, what `gcloud iam workload-identity-pools providers list` prints, and `terraform show -json` of a plan or a state, or
//! the state itself. A role and a workload identity pool provider are known by their shape, wherever they stand.

use std::ops::Range;

use serde::Serialize;

use super::terraform;
use crate::{
    Error,
    detect::provider_of,
    json::{DOCUMENT, Data, Node, Text, Value, read, read_first},
    report::{Source, Span},
};

/// Members of a plan that repeat what its `resource_changes` say, or that hold expressions in place of values
/// (<https://developer.hashicorp.com/terraform/internals/json-format>). A policy document that stands in `prior_state` alone is
/// in the role's change if a role has it. What is printed as an output stands in its resource.
const REPEATED: [&str; 6] =
    ["planned_values", "prior_state", "configuration", "resource_drift", "outputs", "output_changes"];

/// Members whose configurations are known by their shape wherever they stand. A `policy` is not: permission policies look the
/// same.
const ANYWHERE: [&str; 1] = ["workloadProvider"];
/// Members that are a configuration by themselves. Others (an IAM policy, a client's file) only add to one.
const ALONE: [&str; 2] = ["policy", ANYWHERE[0]];

/// A configuration that was found in a document.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct FoundTrust {
    /// What a provider reads. A policy that the document does not tell is `null`.
    pub trust: Value,
    /// The ARN of a role, the name of a provider, or the address of a resource of Terraform.
    pub address: String,
    /// `before` or `after`: of a resource that a plan changes, which of its two states it is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub when: Option<&'static str>,
    /// The policy in the document.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub at: Option<Span>,
}

/// Finds every role trust policy and every workload identity pool provider in a document, or in several documents one after
/// another, in their order. A policy alone is found too. Each stands for itself: one that the cloud would refuse does not hide
/// the others.
///
/// # Errors
/// [`Error::TooLarge`] over [`DOCUMENT`]; [`Error::Argument`] for a text that begins like JSON and is none.
pub fn trusts_from(text: &str) -> Result<Vec<FoundTrust>, Error> {
    DOCUMENT.check(text)?;
    let mut search = Search { source: Source::new("text", text), found: Vec::new() };
    let begin = text.trim_start_matches('\u{feff}').trim_ascii_start();
    let mut start = text.len().saturating_sub(begin.len());
    if !begin.starts_with(['{', '[']) {
        // One policy, percent-encoded or in a string.
        if let Some((provider, field)) = configuration(begin) {
            search.alone(provider, field, start..text.len(), None);
        }
        return Ok(search.found);
    }
    let pasted = Text::pasted(text);
    while text.get(start..).is_some_and(|rest| !rest.trim_ascii_start().is_empty()) {
        let (root, end) = read_first(&pasted, start).map_err(|error| {
            let place = search.source.span(error.at.clone());
            Error::argument("text", format!("{error} (line {}, column {})", place.line, place.column))
        })?;
        search.document(&root);
        start = end;
    }
    Ok(search.found)
}

/// The provider whose configuration a text is, and the member that takes it.
fn configuration(text: &str) -> Option<(&'static str, &'static str)> {
    let text = Text::pasted(text);
    let root = read(&text).ok().or_else(|| read(&Text::percent_decoded(&text)?).ok())?.root;
    root.as_str().map_or_else(|| alone(&root), configuration)
}

/// The same of a document that can stand by itself.
fn alone(root: &Node) -> Option<(&'static str, &'static str)> {
    provider_of(root).filter(|(_, field)| ALONE.contains(field))
}

/// The same, where it is known by its shape.
fn shape(node: &Node) -> Option<(&'static str, &'static str)> {
    alone(node).filter(|(_, field)| node.as_object().is_some() && ANYWHERE.contains(field))
}

/// Where a configuration comes from, and whose it is.
pub(super) struct Place<'a> {
    pub(super) provider: &'static str,
    /// The member of the provider's configuration.
    pub(super) field: &'static str,
    pub(super) address: &'a str,
    /// The ARN of the role of AWS that has it or will have it.
    pub(super) arn: Option<&'a str>,
    /// The cloud has stored it.
    pub(super) stored: bool,
    pub(super) when: Option<&'static str>,
}

pub(super) struct Search {
    source: Source,
    found: Vec<FoundTrust>,
}

impl Search {
    fn document(&mut self, root: &Node) {
        match (alone(root), &root.data) {
            (found, Data::Array(items)) if found.is_none_or(|(_, field)| ANYWHERE.contains(&field)) => {
                items.iter().for_each(|item| self.document(item));
            }
            (Some((provider, field)), _) if !is_role(root.get("Role").unwrap_or(root)) => {
                self.alone(provider, field, root.at.clone(), name_of(root));
            }
            _ => self.below(root),
        }
    }

    /// Adds a configuration that stands for itself.
    fn alone(&mut self, provider: &'static str, field: &'static str, at: Range<usize>, name: Option<&str>) {
        let arn = name.filter(|name| name.starts_with("arn:"));
        let place = Place { provider, field, address: name.unwrap_or(field), arn, stored: false, when: None };
        let written = Value::from(self.slice(&at));
        self.add(Some(&at), written, &place);
    }

    /// Every configuration in a part of a document.
    fn below(&mut self, node: &Node) {
        match &node.data {
            Data::Array(items) => items.iter().for_each(|item| self.below(item)),
            Data::Object(_) if is_role(node) => {
                let text = |name: &str| node.get(name).and_then(Node::as_str);
                let address = text("Arn").or(text("RoleName")).unwrap_or("role");
                let arn = text("Arn");
                let place = Place { provider: "aws", field: "policy", address, arn, stored: true, when: None };
                self.text(node.get(DOCUMENT_OF_ROLE), &place);
            }
            Data::Object(members) if !terraform::resource(self, node) => {
                if let Some((provider, field)) = shape(node) {
                    return self.alone(provider, field, node.at.clone(), name_of(node));
                }
                for member in members.iter().filter(|member| !REPEATED.contains(&&*member.name)) {
                    self.below(&member.value);
                }
            }
            _ => {}
        }
    }

    /// Adds a configuration that is one value, for example the trust policy of a role; `None` where the document does not tell it.
    pub(super) fn text(&mut self, policy: Option<&Node>, place: &Place<'_>) {
        let written = policy.map_or(Value::Null, |policy| {
            let slice = self.slice(&policy.at);
            Value::String(match (place.arn, policy.as_str()) {
                // As get-role prints it, on the policy's first line: what IAM has stored is judged as such.
                (Some(arn), _) if place.stored => {
                    let arn = Value::from(arn).to_json();
                    format!("{{\"Role\":{{\"Arn\":{arn},\"{DOCUMENT_OF_ROLE}\":{slice}}}}}")
                }
                (_, Some(content)) => content.to_owned(),
                (_, None) => slice.to_owned(),
            })
        });
        self.add(policy.map(|policy| &policy.at), written, place);
    }

    /// Adds a resource of Terraform whose attributes are the configuration.
    pub(super) fn attributes(&mut self, values: &Node, unknown: Option<&Node>, place: &Place<'_>) {
        if values.as_object().is_none() {
            return;
        }
        let unknown = unknown.map_or("{}", |unknown| self.slice(&unknown.at));
        let written = format!("{{\"values\":{},\"after_unknown\":{unknown}}}", self.slice(&values.at));
        self.add(Some(&values.at), written.into(), place);
    }

    fn add(&mut self, at: Option<&Range<usize>>, written: Value, place: &Place<'_>) {
        let name = place.arn.unwrap_or(place.address);
        let member = |name: &str, value| (name.to_owned(), value);
        let trust =
            vec![member("provider", place.provider.into()), member("name", name.into()), member(place.field, written)];
        self.found.push(FoundTrust {
            trust: Value::Object(trust),
            address: place.address.to_owned(),
            when: place.when,
            at: at.map(|at| self.source.span(at.clone())),
        });
    }

    pub(super) fn slice(&self, at: &Range<usize>) -> &str {
        self.source.text().get(at.clone()).unwrap_or_default()
    }
}

/// The member of a role that is its trust policy.
const DOCUMENT_OF_ROLE: &str = "AssumeRolePolicyDocument";

/// What a document that stands for itself calls itself.
fn name_of(node: &Node) -> Option<&str> {
    node.get("address").or(node.get("name"))?.as_str()
}

fn is_role(node: &Node) -> bool {
    node.get(DOCUMENT_OF_ROLE).is_some()
}
