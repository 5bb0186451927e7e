//! Documents that hold many configurations: what `aws iam list-roles`, `get-role` and `get-account-authorization-details`
//! print, what `gcloud iam workload-identity-pools providers list` prints, `terraform show -json` of a plan or a state, a state as
//! it is stored, items of AWS Config, and events of CloudTrail that set a role's policy. A role and a workload identity pool
//! provider are known by their shape, wherever they stand.

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
/// in the role's change if a role has it. What is printed as an output stands in its resource; in an event of CloudTrail, the
/// answer repeats the request.
const REPEATED: [&str; 6] =
    ["planned_values", "prior_state", "resource_drift", "outputs", "output_changes", "responseElements"];
/// Members whose configurations are known by their shape wherever they stand. A `policy` is not: permission policies look the
/// same.
const ANYWHERE: [(&str, &str); 3] = [("gcp", "workloadProvider"), CREDENTIALS, ("vault", "role")];
/// Members that are a configuration by themselves. Others (an IAM policy, a client's file) only add to one.
const ALONE: [(&str, &str); 4] = [("aws", "policy"), ANYWHERE[0], CREDENTIALS, ANYWHERE[2]];
/// Federated credentials, of which a list is one configuration: any of them lets a token in.
const CREDENTIALS: (&str, &str) = ("azure", "credentials");
/// Members that many configurations of a document may share: a Vault mount's, of all its roles.
const BESIDE: &str = "mount";
/// Members that tell whose a configuration is and whether it is known. Of two with one name, programs see either.
const SINGLE: [&str; 10] =
    ["type", "address", "values", "change", "before", "after", "after_unknown", "instances", "attributes", "Arn"];
/// How deep JSON is looked for in strings: `lookup-events` and AWS Config print documents so.
const LAYERS: usize = 2;

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
    /// What has the same goes beside it.
    #[serde(skip)]
    key: Option<String>,
}

/// Finds every role trust policy and every workload identity pool provider in a document, or in several documents one after
/// another, in their order. A policy alone is found too. Each stands for itself: one that the cloud would refuse does not hide
/// the others.
///
/// # Errors
/// [`Error::TooLarge`] over [`DOCUMENT`]; [`Error::Argument`] for a text that begins like JSON and is none, or in which a
/// member stands twice that tells whose a configuration is.
pub fn trusts_from(text: &str) -> Result<Vec<FoundTrust>, Error> {
    DOCUMENT.check(text)?;
    let mut search =
        Search { source: Source::new("text", text), found: Vec::new(), beside: Vec::new(), layers: LAYERS };
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
        let refuse = |what: String, at: &Range<usize>| {
            let place = search.source.span(at.clone());
            Error::argument("text", format!("{what} (line {}, column {})", place.line, place.column))
        };
        let (root, end) = read_first(&pasted, start).map_err(|error| refuse(error.to_string(), &error.at))?;
        if let Some(again) = root.duplicates().iter().find(|duplicate| SINGLE.contains(&&*duplicate.name)) {
            return Err(refuse(format!("{} stands twice in one object", again.name), &again.again));
        }
        search.document(&root, None);
        start = end;
    }
    search.pair();
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
    provider_of(root).filter(|found| ALONE.contains(found))
}

/// The same, where it is known by its shape.
fn shape(node: &Node) -> Option<(&'static str, &'static str)> {
    let is_shape = |found: &(&str, &str)| ANYWHERE.contains(found) || found.1 == BESIDE;
    provider_of(node).filter(|found| (node.as_object().is_some() || *found == CREDENTIALS) && is_shape(found))
}

/// Where a configuration comes from, and whose it is.
pub(super) struct Place<'a> {
    pub(super) provider: &'static str,
    /// The member of the provider's configuration.
    pub(super) field: &'static str,
    pub(super) address: &'a str,
    /// The ARN of the role of AWS that has it or will have it.
    pub(super) arn: Option<&'a str>,
    /// What has the same goes beside it.
    pub(super) key: Option<&'a str>,
    /// The cloud has stored it.
    pub(super) stored: bool,
    pub(super) when: Option<&'static str>,
}

pub(super) struct Search {
    source: Source,
    found: Vec<FoundTrust>,
    /// What goes beside them.
    beside: Vec<FoundTrust>,
    /// How deep JSON is still looked for in strings.
    layers: usize,
}

impl Search {
    /// `name`: what stands beside it in an array, as `--query 'Roles[].[Arn,AssumeRolePolicyDocument]'` prints it.
    fn document(&mut self, root: &Node, name: Option<&str>) {
        match (alone(root), &root.data) {
            (found, Data::Array(items))
                if found != Some(CREDENTIALS) && found.is_none_or(|found| ANYWHERE.contains(&found)) =>
            {
                let name = items.iter().find_map(Node::as_str).filter(|name| !name.contains(['{', '%']));
                items.iter().for_each(|item| self.document(item, name));
            }
            (Some((provider, field)), _) if !is_role(root.get("Role").unwrap_or(root)) => {
                self.alone(provider, field, root.at.clone(), name_of(root).or(name));
            }
            (_, Data::String(text)) => match configuration(text) {
                Some((provider, field)) => self.alone(provider, field, root.at.clone(), name),
                None => self.below(root),
            },
            _ => self.below(root),
        }
    }

    /// Adds a configuration that stands for itself.
    fn alone(&mut self, provider: &'static str, field: &'static str, at: Range<usize>, name: Option<&str>) {
        let arn = name.filter(|name| name.starts_with("arn:"));
        let place =
            Place { provider, field, address: name.unwrap_or(field), arn, key: None, stored: false, when: None };
        let written = Value::from(self.slice(&at));
        self.add(Some(&at), written, &place);
    }

    /// Every configuration in a part of a document.
    fn below(&mut self, node: &Node) {
        match &node.data {
            Data::Array(items) => match shape(node).filter(|found| *found == CREDENTIALS) {
                Some((provider, field)) => self.alone(provider, field, node.at.clone(), None),
                None => items.iter().for_each(|item| self.below(item)),
            },
            // What an event asked for in vain.
            Data::Object(_)
                if node.get("eventName").and(node.get("errorCode")).is_some_and(|code| code.data != Data::Null) => {}
            Data::Object(_) if is_role(node) => self.role(node, &named(node, DOCUMENT_OF_ROLE)),
            Data::Object(_) if node.get("eventName").and_then(Node::as_str) == Some("UpdateAssumeRolePolicy") => {
                if let Some(request) = node.get("requestParameters") {
                    self.role(request, &named(request, "policyDocument"));
                }
            }
            Data::Object(members) if !terraform::resource(self, node) => {
                if let Some((provider, field)) = shape(node) {
                    return self.alone(provider, field, node.at.clone(), name_of(node));
                }
                // AWS Config has a role in a member of the name that a plan has for its expressions.
                let repeated = |name: &str, value: &Node| {
                    REPEATED.contains(&name) || (name == "configuration" && value.get("root_module").is_some())
                };
                for member in members.iter().filter(|member| !repeated(&member.name, &member.value)) {
                    self.below(&member.value);
                }
            }
            Data::String(text) if text.starts_with(['{', '[']) => self.within(text, &node.at),
            _ => {}
        }
    }

    /// Every role in a document that stands in a string.
    fn within(&mut self, text: &str, at: &Range<usize>) {
        let (Some(layers), Ok(document)) = (self.layers.checked_sub(1), read(&Text::pasted(text))) else { return };
        let mut search = Search { source: Source::new("text", text), found: Vec::new(), beside: Vec::new(), layers };
        search.below(&document.root);
        let at = self.source.span(at.clone());
        for mut found in search.found {
            found.at = Some(at.clone());
            self.found.push(found);
        }
    }

    /// Adds a role of AWS with its trust policy.
    fn role(&mut self, role: &Node, policies: &[&Node]) {
        let text = |name| named(role, name).last().and_then(|text| text.as_str());
        let arn = text("Arn");
        let address = arn.or(text("RoleName")).unwrap_or("role");
        self.text(
            policies,
            &Place { provider: "aws", field: "policy", address, arn, key: None, stored: true, when: None },
        );
    }

    /// Adds a configuration that is one value, for example the trust policy of a role. No value: the document does not tell it.
    /// Several: a member stands twice, which the provider has to see.
    pub(super) fn text(&mut self, values: &[&Node], place: &Place<'_>) {
        let written = match values {
            [] => Value::Null,
            [one] if place.arn.is_none() || !place.stored => one.as_str().unwrap_or(self.slice(&one.at)).into(),
            // As get-role prints it, on the policy's first line: what IAM has stored is judged as such.
            _ => {
                let mut text = "{\"Role\":{".to_owned();
                if let Some(arn) = place.arn {
                    text += "\"Arn\":";
                    text += &Value::from(arn).to_json();
                }
                for value in values {
                    text += if text.ends_with('{') { "\"" } else { ",\"" };
                    text += DOCUMENT_OF_ROLE;
                    text += "\":";
                    text += self.slice(&value.at);
                }
                (text + "}}").into()
            }
        };
        self.add(values.first().map(|value| &value.at), written, place);
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
        let found = FoundTrust {
            trust: Value::Object(trust),
            address: place.address.to_owned(),
            when: place.when,
            at: at.map(|at| self.source.span(at.clone())),
            key: place.key.map(str::to_owned),
        };
        if place.field == BESIDE { self.beside.push(found) } else { self.found.push(found) }
    }

    /// Gives every configuration what goes beside it: what has the same key, of the same state. Without a key, the only one there
    /// is.
    fn pair(&mut self) {
        let alone = self.beside.len() == 1;
        for found in &mut self.found {
            let Value::Object(members) = &mut found.trust else { continue };
            let fits = |other: &&FoundTrust| {
                let same = if found.key.is_none() { alone && other.key.is_none() } else { other.key == found.key };
                same && other.trust.get("provider") == members.first().map(|(_, provider)| provider)
            };
            let of = |when: Option<&str>| {
                let mut all = self.beside.iter().filter(fits).filter(|other| other.when == when);
                // Of two that it may be none is told.
                all.next().filter(|_| all.next().is_none())
            };
            // What stays as it is goes with the state to come.
            let other =
                of(found.when).or_else(|| of(None)).or_else(|| of(Some("after")).filter(|_| found.when.is_none()));
            members.extend(other.and_then(|other| Some((BESIDE.to_owned(), other.trust.get(BESIDE)?.clone()))));
        }
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
    !named(node, DOCUMENT_OF_ROLE).is_empty()
}

/// The members of an object that have a name, whatever the case of its first letter: IAM writes it large, AWS Config and
/// CloudTrail small.
#[inline(never)]
pub(super) fn named<'n>(node: &'n Node, name: &str) -> Vec<&'n Node> {
    let mut found = Vec::new();
    for member in node.as_object().unwrap_or_default() {
        if member.name.eq_ignore_ascii_case(name) && member.name.get(1..) == name.get(1..) {
            found.push(&member.value);
        }
    }
    found
}
