//! Changes of a credential that may let a token in which is refused. All that is found is a proposal; `trust::proof` shows none
//! that does not let the token in.

use std::ops::Range;

use super::{application::Application, credential::Credential, document};
use crate::{
    json::{Data, Member, Node, Text, Value, pretty, read},
    report::{Code, Hint, Outcome, Span, Step, is_deceptive},
    token::{Claims, Subject},
    trust::{Proposal, Request, near::pasteable},
};

/// The text of the string that stands there.
pub(super) type Change = (Range<usize>, String);

/// Credentials that are tried with a change beside the closest one.
const TRIED: usize = 8;

/// What each credential would need, if all its differences are near misses.
pub(super) fn all(application: &Application, request: &Request<'_>, steps: &[Step]) -> Vec<Proposal> {
    let mut proposals = Vec::new();
    let Some((group, before)) = steps.split_last().filter(|_| !application.is_over()) else { return proposals };
    for (index, (credential, step)) in application.credentials.iter().zip(&group.children).enumerate() {
        let way = vec![before.len(), index];
        let mut changes: Vec<(usize, Hint, Change)> = Vec::new();
        let failed = step.children.iter().zip(&credential.parts).enumerate();
        for (number, (part, written)) in failed.filter(|(_, (part, _))| part.outcome == Outcome::Fail) {
            let held = part.actual.as_ref().and_then(|actual| actual.as_str()).filter(|held| can_be_seen(held));
            let (Some(hint), Some(held), [written]) = (&part.hint, held, &**written) else { continue };
            // What only the job can change.
            if hint.code == Code::HintOrganization && written.as_str().is_some_and(|written| written.starts_with(held))
            {
                continue;
            }
            changes.push((number, hint.clone(), (written.at.clone(), held.to_owned())));
        }
        let is_closest = step.code == Code::AzureCredentialClosest;
        if changes.is_empty() || (!is_closest && (changes.len() > 1 || proposals.len() >= TRIED)) {
            continue;
        }
        let edited = application.with(&|node| changes.iter().for_each(|(.., (at, text))| node.write(at, text)));
        match &*changes {
            // Beside the other user's, rather than in its place; and once.
            [(number, hint, _)] if hint.code == Code::HintUser => {
                if is_closest {
                    proposals.extend(one_more(application, credential, request.claims, [&*way, &[*number]].concat()));
                }
            }
            [(number, hint, (at, text))] if pasteable(text) => {
                let hint = Hint { fix: Some(text.clone()), at: application.span(at), ..hint.clone() };
                proposals.push(Proposal { step: [&*way, &[*number]].concat(), hint, edited: Box::new(edited) });
            }
            several => {
                let (count, many) = (several.len(), if several.len() == 1 { "" } else { "s" });
                let message = format!("The credential needs {count} change{many}; replace all of it.");
                proposals.push(whole(application, edited, index, (way, Code::HintTogether, message)));
            }
        }
    }
    proposals.extend(plain(application, request.claims, before));
    proposals
}

/// The edited credential with this index, all of it.
fn whole(
    application: &Application,
    edited: Application,
    index: usize,
    (step, code, message): (Vec<usize>, Code, String),
) -> Proposal {
    let mut fix = String::new();
    let mut items = Vec::new();
    if let Ok(node) = &edited.given.node {
        document::items(node, false, None, &mut items);
    }
    if let Some(item) = items.get(index) {
        pretty(item.whole, "\n", &mut fix);
    }
    let at = application.credentials.get(index).and_then(|credential| application.span(&credential.at));
    let hint = Hint { code, message, fix: Some(fix), at, newly_admits: Vec::new() };
    Proposal { step, hint, edited: Box::new(edited) }
}

/// The token's subject in the place of a flexible expression. Terraform has another type of resource for those.
fn plain(application: &Application, claims: &Claims, before: &[Step]) -> Option<Proposal> {
    let problems = &before.first()?.children;
    let problem = problems.iter().position(|problem| problem.code == Code::AzureDocumentExpression)?;
    let mut credentials = application.credentials.iter();
    let index = credentials.position(|one| one.expression.is_some() && one.issuer().is_some())?;
    let expression = application.credentials.get(index)?.expression.as_ref()?;
    let subject = claims.text("sub").filter(|subject| can_be_seen(subject))?;
    let edited = application.with(&|node| settle(node, &expression.at, subject));
    let message =
        "Name the token's whole subject in its place; each user who starts the job needs a credential.".to_owned();
    Some(whole(application, edited, index, (vec![0, problem], Code::HintSubject, message)))
}

/// Puts a subject where a flexible expression stands.
fn settle(node: &mut Node, expression: &Range<usize>, subject: &str) {
    match &mut node.data {
        Data::Array(items) => items.iter_mut().for_each(|item| settle(item, expression, subject)),
        Data::Object(members) => {
            let is_it = |member: &Member| {
                member.name.eq_ignore_ascii_case("claimsMatchingExpression")
                    && member.value.at.start <= expression.start
                    && expression.end <= member.value.at.end
            };
            if members.iter().any(is_it) {
                members.retain(|member| !member.name.eq_ignore_ascii_case("subject"));
            }
            for member in members {
                if is_it(member) {
                    "subject".clone_into(&mut member.name);
                    member.value.data = Data::String(subject.to_owned());
                }
                settle(&mut member.value, expression, subject);
            }
        }
        _ => {}
    }
}

/// A credential more, for the token's user.
fn one_more(application: &Application, beside: &Credential, claims: &Claims, step: Vec<usize>) -> Option<Proposal> {
    let (issuer, subject, audience) = (claims.text("iss")?, claims.text("sub")?, claims.text("aud")?);
    let left = Some(application.left(beside)).filter(|left| *left > 0)?;
    let user = Subject::parse(subject).user?;
    let name = ["circleci-", user.split('-').next()?].concat();
    let json = |text: &str| Value::from(text).to_json();
    let parts = [
        "{\"name\":",
        &json(&name),
        ",\"issuer\":",
        &json(issuer),
        ",\"subject\":",
        &json(subject),
        ",\"audiences\":[",
        &json(audience),
        "]}",
    ];
    let more = read(&Text::pasted(&parts.concat())).ok()?.root;
    let edited = application.with(&|node| {
        let all = vec![node.clone(), more.clone()];
        *node = Node { at: node.at.clone(), data: Data::Array(all) };
    });
    let mut fix = String::new();
    pretty(&more, "\n", &mut fix);
    // Of a managed identity, az takes each member as an option.
    let command = if beside.managed {
        "az identity federated-credential create --identity-name IDENTITY --resource-group GROUP --name … --issuer … --subject … --audiences …"
    } else {
        "az ad app federated-credential create --id APPLICATION --parameters FILE"
    };
    let message = format!("Add this one with {command}; {left} of 20 are left, as far as is shown.");
    let hint = Hint { code: Code::HintUser, message, fix: Some(fix), at: None, newly_admits: Vec::new() };
    Some(Proposal { step, hint, edited: Box::new(edited) })
}

/// Whether everybody sees what a text is.
fn can_be_seen(text: &str) -> bool {
    !text.chars().any(|character| character.is_control() || character.is_whitespace() || is_deceptive(character))
}

impl Application {
    /// The same with another text.
    pub(super) fn changed(&self, (at, text): &Change) -> Self {
        self.with(&|node| node.write(at, text))
    }

    pub(super) fn span(&self, at: &Range<usize>) -> Option<Span> {
        self.given.source.as_ref().map(|source| source.span(at.clone()))
    }
}
