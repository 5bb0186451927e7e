//! Recognises a policy in what was pasted: the policy itself, `get-role` or `describe-policy` output, a statement or a list
//! of them; as JSON, percent-encoded (as IAM's interface answers), or inside a JSON string.

use crate::search::Search as _;

use crate::json::{Data, Duplicate, Node, Text, read};

use super::{
    fault::{Fault, Problem},
    policy::Kind,
};

/// How deep a document is looked for in strings that hold JSON text.
const LAYERS: usize = 4;

/// What kind of document was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Form {
    /// A policy with its statements.
    Policy,
    /// A statement, or a list of statements, without the policy around it.
    Statements,
}

/// A policy that was found.
#[derive(Clone, Debug)]
pub(super) struct Found {
    pub(super) kind: Kind,
    pub(super) form: Form,
    pub(super) policy: Node,
    /// The policy as text; none where it came as an object, or as a part of a text inside a string.
    pub(super) text: Option<String>,
    /// The role's ARN or name, or a resource control policy's name, where the document tells.
    pub(super) name: Option<String>,
    /// Whether AWS has stored it already: it came out of `get-role` or `describe-policy`.
    pub(super) stored: bool,
    /// Member names that occur twice.
    pub(super) duplicates: Vec<Duplicate>,
}

/// Looks for the policy in a pasted text.
pub(super) fn in_text(pasted: &str, kind: Kind) -> Result<Found, Problem> {
    let text = Text::pasted(pasted);
    let text = if looks_encoded(pasted) { Text::percent_decoded(&text).unwrap_or(text) } else { text };
    Search { kind, pasted, places: true }.in_text(&text, LAYERS)
}

/// Looks for the policy in a value that came as an object.
pub(super) fn in_value(node: &Node, kind: Kind) -> Result<Found, Problem> {
    Ok(Search { kind, pasted: "", places: false }.in_node(node, None, LAYERS)?.within(node.duplicates()))
}

/// Whether a JSON document is one that [`in_value`] takes.
pub(super) fn recognises(node: &Node) -> bool {
    match &node.data {
        Data::Object(_) => {
            let role = node.get("Role").unwrap_or(node);
            let is_policy = node.get("Statement").is_some_and(|statements| {
                let all = statements.one_or_many();
                are_statements(all)
                    || (node.get("Version").is_some_and(is_version) && !all.first().is_some_and(of_resources))
            });
            role.get("AssumeRolePolicyDocument").is_some() || is_policy || are_statements(std::slice::from_ref(node))
        }
        Data::Array(items) => are_statements(items),
        _ => false,
    }
}

/// Whether these are the statements of a trust policy, and not of one that is about resources.
fn are_statements(all: &[Node]) -> bool {
    all.iter().all(is_statement) && all.iter().any(|one| !of_resources(one))
}

/// Whether it is a statement of a permission policy, of a resource control policy, or of the policy of a bucket. Who puts
/// resources beside an identity provider means a trust policy.
fn of_resources(node: &Node) -> bool {
    let provider = node.get("Principal").and_then(|who| who.get("Federated"));
    node.get("Resource").or(node.get("NotResource")).is_some() && provider.is_none()
}

fn is_version(node: &Node) -> bool {
    matches!(node.as_str(), Some("2012-10-17" | "2008-10-17"))
}

fn is_statement(node: &Node) -> bool {
    let has = |names: &[&str]| names.iter().any(|name| node.get(name).is_some());
    has(&["Effect"]) && has(&["Action", "NotAction", "Principal", "NotPrincipal"])
}

fn looks_encoded(text: &str) -> bool {
    let start = text.trim_start().get(..3).unwrap_or_default();
    ["%7B", "%5B", "%22"].iter().any(|encoded| start.eq_ignore_ascii_case(encoded))
        || (text.trim_start().starts_with(['{', '[']) && text.holds("%22") && !text.contains(['"']))
}

struct Search<'a> {
    kind: Kind,
    pasted: &'a str,
    /// Whether places point into the pasted text.
    places: bool,
}

impl Found {
    /// Puts the duplicates of what it was found in before its own.
    fn within(mut self, mut outer: Vec<Duplicate>) -> Self {
        outer.append(&mut self.duplicates);
        self.duplicates = outer;
        self
    }
}

impl Search<'_> {
    fn in_text(&self, text: &Text, layers: usize) -> Result<Found, Problem> {
        let document = read(text).map_err(|error| Problem::new(Fault::NotJson, error.to_string(), None, &error.at))?;
        Ok(self.in_node(&document.root, Some(text), layers)?.within(document.duplicates))
    }

    /// `text` is what `node` was read from.
    fn in_node(&self, node: &Node, text: Option<&Text>, layers: usize) -> Result<Found, Problem> {
        if let Data::String(content) = &node.data {
            return self.in_string(node, content, layers);
        }
        let (outer, member, names) = match self.kind {
            Kind::Trust => ("Role", "AssumeRolePolicyDocument", ["Arn", "RoleName"]),
            // https://docs.aws.amazon.com/organizations/latest/APIReference/API_DescribePolicy.html
            Kind::ResourceControl => ("Policy", "Content", ["Name", "Id"]),
        };
        let around = node.get(outer).filter(|outer| outer.get(member).is_some()).unwrap_or(node);
        if let Some(document) = around.get(member) {
            let summary = around.get("PolicySummary").unwrap_or(around);
            let name = summary.get(names[0]).or_else(|| summary.get(names[1])).and_then(Node::as_str);
            let mut found = self.in_node(document, text, layers)?;
            found.name = name.map(str::to_owned);
            found.stored = true;
            return Ok(found);
        }
        let bare = self.kind == Kind::Trust
            && (node.as_array().is_some() || (node.get("Statement").is_none() && is_statement(node)));
        Ok(Found {
            kind: self.kind,
            form: if bare { Form::Statements } else { Form::Policy },
            policy: node.clone(),
            text: text.and_then(|text| self.written(text, node)),
            name: None,
            stored: false,
            duplicates: Vec::new(),
        })
    }

    fn in_string(&self, node: &Node, content: &str, layers: usize) -> Result<Found, Problem> {
        let Some(below) = layers.checked_sub(1) else {
            let title = "the policy is wrapped in too many layers of text";
            return Err(Problem::new(Fault::NotJson, title, None, &node.at));
        };
        let text = if self.places {
            Text::in_json_string(self.pasted, node.at.clone(), content)
        } else {
            Text::pasted(content)
        };
        let text = if looks_encoded(content) { Text::percent_decoded(&text).unwrap_or(text) } else { text };
        self.in_text(&text, below)
    }

    /// The text of a node: its own part of what was pasted, or the whole of a text that is nothing but the node. None for
    /// a part of a text that stood in a string: there, places do not count in the text.
    fn written(&self, text: &Text, node: &Node) -> Option<String> {
        let whole = text.content();
        if whole == self.pasted {
            return whole.get(node.at.clone()).map(str::to_owned);
        }
        let end = whole.trim_ascii_end().len();
        let start = whole.len().saturating_sub(whole.trim_ascii_start().len());
        (text.origin_of(start..end) == node.at).then(|| whole.to_owned())
    }
}
