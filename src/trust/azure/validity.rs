//! What Entra refuses to store
//! (<https://learn.microsoft.com/graph/api/resources/federatedidentitycredential>,
//! <https://learn.microsoft.com/entra/workload-id/workload-identity-federation-considerations>, the state of July 2026).

use std::ops::Range;

use super::{
    credential::{Credential, PARTS, Part},
    document::{self, Item, member},
    link,
};
use crate::{
    json::{Node, repetitions},
    report::{Code, Outcome, Source, Step},
};

/// Credentials that one application, or one managed identity, takes.
pub(super) const CREDENTIALS: usize = 20;
/// Characters of issuer, subject, audience and description.
const CHARACTERS: usize = 600;
const NAME_CHARACTERS: usize = 120;

/// The steps that say why Entra refuses, or may refuse, to store credentials.
#[derive(Debug)]
pub(super) struct Problems<'a> {
    pub(super) steps: Vec<Step>,
    source: Option<&'a Source>,
}

impl<'a> Problems<'a> {
    pub(super) const fn new(source: Option<&'a Source>) -> Self {
        Self { steps: Vec::new(), source }
    }

    #[inline(never)]
    fn add(&mut self, code: Code, outcome: Outcome, title: &[&str], at: &Range<usize>) {
        let at = self.source.map(|source| source.span(at.clone()));
        self.steps.push(Step::new(code, outcome, title.concat()).at(at).reference(link::CREDENTIAL));
    }

    fn refuse(&mut self, code: Code, title: &[&str], at: &Range<usize>) {
        self.add(code, Outcome::Fail, title, at);
    }

    /// What the interface for managed identities answers; what the one for applications does is not documented.
    fn says(&mut self, of: &Credential, words: &[&str]) {
        if let Some(step) = self.steps.last_mut().filter(|_| of.managed) {
            step.vendor_text = Some(words.concat().into());
        }
    }

    /// The rules of one credential.
    pub(super) fn credential(&mut self, credential: &Credential, item: &Item<'_>, is_flexible: bool) {
        let (label, at) = (&*credential.label, &credential.at);
        if !item.is_credential() {
            return self.unreadable(at);
        }
        if item.is_twice {
            let title = [label, ": it is told twice, and which counts is not documented"];
            self.add(Code::JsonDuplicate, Outcome::Unknown, &title, at);
        }
        let members = item.node.as_object().unwrap_or_default();
        let plain = |name: &str| name.to_ascii_lowercase().replace('_', "");
        let lower: Vec<String> = members.iter().map(|member| plain(&member.name)).collect();
        // The two names of the audience are one member.
        let names: Vec<&str> = lower.iter().map(|name| if name == "audience" { "audiences" } else { name }).collect();
        for member in repetitions(&names).iter().filter_map(|(_, again)| members.get(*again)) {
            let title = [label, ": the member ", &*member.name, " stands twice"];
            self.add(Code::JsonDuplicate, Outcome::Unknown, &title, &member.name_at);
        }
        for (index, part) in PARTS.iter().enumerate() {
            let values = credential.parts.get(index).map(Vec::as_slice).unwrap_or_default();
            let in_expression = part.claim == "sub" && (is_flexible || credential.expression.is_some());
            let is_untold = credential.untold.get(index).is_some_and(Option::is_some);
            if !is_untold {
                self.texts(credential, member(item.node, part.members), part);
            }
            for value in values {
                self.length(label, part.name, value);
            }
            let told = member(item.node, part.members).map(Node::one_or_many).unwrap_or_default();
            let is_empty = told.iter().all(|value| value.as_str() == Some(""));
            if part.claim == "aud" && !is_untold && told.len() != 1 {
                let count = told.len().to_string();
                let title = [label, " has ", &*count, " audiences; Entra takes exactly one"];
                self.refuse(Code::AzureDocumentAudience, &title, told.get(1).map_or(at, |second| &second.at));
                self.says(credential, &["Federated identity credentials must have exactly one audience."]);
            } else if is_empty && !is_untold && !in_expression {
                self.refuse(Code::AzureDocumentField, &[label, " has no ", part.name], at);
                self.says(credential, &["Federated Identity Credential from HTTP body has empty properties"]);
            }
        }
        if let Some(description) = member(item.node, &["description"]) {
            self.length(label, "description", description);
        }
        self.name(credential, item);
        self.expression(credential);
    }

    fn unreadable(&mut self, at: &Range<usize>) {
        self.add(Code::AzureDocumentSyntax, Outcome::Unknown, &["this is no federated credential"], at);
        if let Some(step) = self.steps.last_mut() {
            step.detail = Some(ADVICE.into());
        }
    }

    /// A value that has to be text, or a list of texts for the audience.
    fn texts(&mut self, credential: &Credential, told: Option<&Node>, part: &Part) {
        let many = |told| if part.claim == "aud" { Node::one_or_many(told) } else { std::slice::from_ref(told) };
        for value in told.map(many).unwrap_or_default().iter().filter(|value| value.as_str().is_none()) {
            let title = [&*credential.label, ": the ", part.name, " has to be a string, this is ", value.kind()];
            self.refuse(Code::AzureDocumentSyntax, &title, &value.at);
        }
    }

    fn length(&mut self, label: &str, name: &str, value: &Node) {
        let count = value.as_str().unwrap_or_default().chars().count();
        if count > CHARACTERS {
            let title = format!("{label}: the {name} has {count} characters, the limit is {CHARACTERS}");
            self.refuse(Code::AzureDocumentField, &[&title], &value.at);
        }
    }

    /// A name that is not told is not judged.
    fn name(&mut self, credential: &Credential, item: &Item<'_>) {
        let Some(name) = &credential.name else { return };
        let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_');
        let begins = name.bytes().next().is_some_and(|byte| byte.is_ascii_alphanumeric());
        if begins && (3..=NAME_CHARACTERS).contains(&name.len()) && name.bytes().all(is_plain) {
            return;
        }
        let told = member(item.whole, document::NAME).or_else(|| member(item.node, document::NAME));
        let title =
            [&*credential.label, ": a name has 3 to 120 letters, digits, - and _, and begins with a letter or a digit"];
        self.refuse(Code::AzureDocumentName, &title, told.map_or(&credential.at, |told| &told.at));
        self.says(credential, &["Federated Identity Credential name '", name, "' is invalid."]);
    }

    /// Flexible credentials are a preview for the issuers of GitHub, GitLab and Terraform Cloud.
    fn expression(&mut self, credential: &Credential) {
        let Some(expression) = &credential.expression else { return };
        let label = &*credential.label;
        if credential.text(1).is_some_and(|subject| !subject.is_empty()) {
            let title = [label, " has a subject and a flexible expression; Entra takes one of them"];
            self.refuse(Code::AzureDocumentExpression, &title, &expression.at);
        }
        if credential.issuer().is_some() {
            let title = [
                label,
                ": Entra takes flexible expressions for GitHub, GitLab and Terraform Cloud only, not for CircleCI",
            ];
            self.refuse(Code::AzureDocumentExpression, &title, &expression.at);
            if let Some(step) = self.steps.last_mut() {
                step.reference = Some(link::FLEXIBLE);
                step.detail = Some(
                    "There are no wildcards for CircleCI: a credential names the whole subject, one for each user."
                        .into(),
                );
            }
        }
    }

    /// What counts for all of them together.
    pub(super) fn whole(&mut self, credentials: &[Credential], count: usize) {
        let unread = count.saturating_sub(credentials.len());
        for (index, over) in credentials.iter().enumerate() {
            if over.beside(credentials.get(..index).unwrap_or_default()) == CREDENTIALS {
                let own = over.beside(credentials);
                let all = if own == credentials.len() { count } else { own }.to_string();
                let title = ["there are ", &*all, " credentials; an application or managed identity takes 20"];
                self.refuse(Code::AzureDocumentCount, &title, &over.at);
            }
        }
        if let Some(last) = credentials.last().filter(|_| unread > 0) {
            let title = [&*unread.to_string(), " more credentials are not judged here"];
            self.add(Code::AzureDocumentCount, Outcome::Unknown, &title, &last.at);
        }
        let both = |one: &Credential| match (one.text(0), one.text(1)) {
            (Some(issuer), Some(subject)) => [issuer, "\n", subject].concat(),
            _ => String::new(),
        };
        self.unique(credentials, &both, "issuer and subject");
        self.unique(credentials, &|one| one.name.clone().unwrap_or_default(), "name");
    }

    fn unique(&mut self, credentials: &[Credential], key: &dyn Fn(&Credential) -> String, what: &str) {
        let keys: Vec<String> = credentials.iter().map(key).collect();
        for (index, (again, own)) in credentials.iter().zip(&keys).enumerate() {
            let before = credentials.iter().zip(&keys).take(index).filter(|(_, key)| !key.is_empty() && *key == own);
            let alike =
                before.map(|(first, _)| (first, first.is_beside(again))).filter(|(_, beside)| *beside != Outcome::Fail);
            let mut found: Option<(&Credential, Outcome)> = None;
            for one in alike {
                if found.is_none() || one.1 == Outcome::Pass {
                    found = Some(one);
                }
            }
            let Some((first, beside)) = found else { continue };
            let (outcome, more) = match beside {
                Outcome::Pass => (Outcome::Fail, ""),
                _ => (Outcome::Unknown, "; whether both are of one application is not told"),
            };
            let title = [&*again.label, " has the same ", what, " as ", &*first.label, more];
            self.add(Code::AzureDocumentUnique, outcome, &title, &again.at);
            if what != "name" && outcome == Outcome::Fail {
                self.says(again, &["Issuer and subject combination already exists for this Managed Identity."]);
            }
        }
    }
}

/// What to paste.
pub(super) const ADVICE: &str = "Paste what az ad app federated-credential list --id APPLICATION prints; of a managed identity, az identity \
     federated-credential list --identity-name NAME --resource-group GROUP.";
