//! Changes of the role, or of its mount, that may let a token in which is refused. All that is found is a proposal;
//! `trust::proof` shows none that does not let the token in.

use std::{ops::Range, rc::Rc};

use super::{
    login::Login,
    near::{LENGTH, Put, VALUES, of_claim, of_name},
    pointer,
    role::Bound,
    settings::{Item, Settings},
};
use crate::{
    json::{Data, Member, Node, Value, pretty},
    report::{Code, Hint, Outcome, Span, Step},
    token::Known,
    trust::{
        Proposal, Request,
        near::{Ids, of_text, pasteable},
    },
};

/// Changes that are tried for one token.
const CHANGES: usize = 24;
/// Bound claims that do not fit of which the near miss is looked for.
const CLAIMS: usize = 32;

/// One change of the role or the mount.
#[derive(Clone, Debug)]
pub(super) struct Change {
    pub(super) in_mount: bool,
    what: What,
}

#[derive(Clone, Debug)]
enum What {
    /// The value that stands there.
    Value(Range<usize>, Value),
    /// The name of the member that stands there.
    Name(Range<usize>, String),
    /// A member of the role or the mount.
    Member(&'static str, Value),
}

impl Change {
    pub(super) const fn value(at: Range<usize>, value: Value) -> Self {
        Self { in_mount: false, what: What::Value(at, value) }
    }

    pub(super) const fn name(at: Range<usize>, name: String) -> Self {
        Self { in_mount: false, what: What::Name(at, name) }
    }

    pub(super) const fn member(name: &'static str, value: Value) -> Self {
        Self { in_mount: false, what: What::Member(name, value) }
    }

    pub(super) const fn of_mount(name: &'static str, value: Value) -> Self {
        Self { in_mount: true, what: What::Member(name, value) }
    }

    /// `bound_issuer "https://…".`
    fn says(&self) -> String {
        match &self.what {
            What::Member(name, value) => [name, " ", &*value.to_json(), "."].concat(),
            What::Value(_, value) => [&*value.to_json(), "."].concat(),
            What::Name(_, name) => [&*Value::from(name).to_json(), "."].concat(),
        }
    }

    /// Makes the change in the JSON.
    pub(super) fn apply(&self, node: &mut Node) {
        match &self.what {
            What::Member(name, value) => set(node, name, value),
            What::Value(..) | What::Name(..) => self.write(node),
        }
    }

    fn write(&self, node: &mut Node) {
        match &self.what {
            What::Value(at, value) if node.at == *at => {
                node.data = data(value);
                return;
            }
            _ => {}
        }
        match &mut node.data {
            Data::Array(items) => items.iter_mut().for_each(|item| self.write(item)),
            Data::Object(members) => {
                for member in members {
                    match &self.what {
                        What::Name(at, name) if member.name_at == *at => name.clone_into(&mut member.name),
                        _ => self.write(&mut member.value),
                    }
                }
            }
            _ => {}
        }
    }
}

fn data(value: &Value) -> Data {
    match value {
        Value::Bool(value) => Data::Bool(*value),
        Value::Number(spelled) => Data::Number(spelled.clone()),
        Value::String(text) => Data::String(text.clone()),
        Value::Array(items) => Data::Array(items.iter().map(|item| Node { at: 0..0, data: data(item) }).collect()),
        Value::Null | Value::Object(_) => Data::Null,
    }
}

/// Sets a member of the role or the mount, which may stand within what Vault or Terraform prints around it.
fn set(node: &mut Node, name: &str, value: &Value) {
    match &mut node.data {
        Data::Array(items) => items.iter_mut().for_each(|item| set(item, name, value)),
        Data::Object(members) => {
            let around = |member: &&mut Member| {
                ["values", "attributes", "data"].contains(&&*member.name) && member.value.as_object().is_some()
            };
            if let Some(inner) = members.iter_mut().find(around) {
                return set(&mut inner.value, name, value);
            }
            let value = Node { at: 0..0, data: data(value) };
            match members.iter_mut().find(|member| member.name == name) {
                Some(member) => member.value.data = value.data,
                None => members.push(Member { name: name.to_owned(), name_at: 0..0, value }),
            }
        }
        _ => {}
    }
}

/// A change, what to say of it, and the way to the step that it is about.
struct Found {
    way: Vec<usize>,
    hint: Hint,
    change: Change,
}

/// The changes of each thing that is refused, and all of them together.
pub(super) fn all(login: &Login, request: &Request<'_>, steps: &[Step]) -> Vec<Proposal> {
    let Some(settings) = &login.role.settings else { return Vec::new() };
    let mut search = Search { login, settings, request, steps, found: Vec::new() };
    search.role_type();
    search.issuer();
    search.discovery();
    search.subject();
    search.audience();
    search.user();
    search.claims();
    let mut found = search.found;
    found.truncate(CHANGES);
    let edited = |changes: &[&Change]| login.changed(changes);
    let mut proposals: Vec<Proposal> = Vec::new();
    for Found { way, hint, change } in &found {
        let edited = edited(&[change]);
        // A member that is not there, and a text that JSON would escape, is shown with all of its document.
        let (fix, at) = match &hint.fix {
            Some(fix) => (Some(fix.clone()), hint.at.clone()),
            None => whole(&edited, login, change.in_mount),
        };
        proposals.push(Proposal {
            step: way.clone(),
            hint: Hint { fix, at, ..hint.clone() },
            edited: Box::new(edited),
        });
    }
    let [first, _, ..] = &*found else { return proposals };
    let all: Vec<&Change> = found.iter().map(|one| &one.change).collect();
    let edited = edited(&all);
    let in_mount = all.iter().filter(|change| change.in_mount).count();
    let (message, (fix, at)) = if in_mount == 0 || in_mount == found.len() {
        let what = if in_mount == 0 { "role" } else { "mount" };
        let message = format!("The {what} needs {} changes; replace all of it.", found.len());
        (message, whole(&edited, login, in_mount > 0))
    } else {
        // There is no text that would stand in two documents.
        let mut message = "The mount and the role need changes.".to_owned();
        for (in_mount, of) in [(true, " Mount: "), (false, " Role: ")] {
            for one in found.iter().filter(|one| one.change.in_mount == in_mount) {
                message.extend([of, &*one.hint.message, " Write ", &*one.change.says()]);
            }
        }
        (message, (None, None))
    };
    let hint = Hint { code: Code::HintTogether, message, fix, at, newly_admits: Vec::new() };
    proposals.push(Proposal { step: first.way.clone(), hint, edited: Box::new(edited) });
    proposals
}

/// All of an edited document, and the place of what it replaces.
fn whole(edited: &Login, login: &Login, in_mount: bool) -> (Option<String>, Option<Span>) {
    let of = |login: &Login| if in_mount { login.mount_given.clone() } else { Some(Rc::clone(&login.given)) };
    let (Some(edited), Some(given)) = (of(edited), of(login)) else { return (None, None) };
    let Ok(node) = &edited.node else { return (None, None) };
    let mut fix = String::new();
    pretty(node, "\n", &mut fix);
    (Some(fix), given.span(&node.at))
}

struct Search<'a> {
    login: &'a Login,
    settings: &'a Settings,
    request: &'a Request<'a>,
    steps: &'a [Step],
    found: Vec<Found>,
}

impl Search<'_> {
    /// The way to the first step with a code that did not pass.
    fn failed(&self, code: Code) -> Option<Vec<usize>> {
        self.steps.iter().enumerate().find_map(|(index, step)| {
            let is_it = |child: &Step| child.code == code && matches!(child.outcome, Outcome::Fail | Outcome::Unknown);
            Some(vec![index, step.children.iter().position(is_it)?])
        })
    }

    #[inline(never)]
    fn add(&mut self, way: Vec<usize>, code: Code, message: &str, fix: String, at: Option<Span>, change: Change) {
        let given = if change.in_mount { self.login.mount_given.as_ref() } else { Some(&self.login.given) };
        // Pasted text has a place for everything but for what is not there.
        let is_whole = at.is_none() && given.is_some_and(|given| given.source.is_some());
        let fix = Some(fix).filter(|_| !is_whole);
        let hint = Hint { code, message: message.to_owned(), fix, at, newly_admits: Vec::new() };
        self.found.push(Found { way, hint, change });
    }

    /// Adds a text in the place of another one.
    fn put(&mut self, way: Vec<usize>, (code, message): (Code, &str), at: &Range<usize>, text: &str) {
        let span = self.login.given.span(at).filter(|_| pasteable(text));
        self.add(way, code, message, text.to_owned(), span, Change::value(at.clone(), text.into()));
    }

    /// Where a member's text stands.
    fn place(&self, name: &str) -> Option<Span> {
        let node = self.settings.get(name).filter(|node| node.as_str().is_some())?;
        self.login.given.span(&node.at)
    }

    fn role_type(&mut self) {
        let way = self.failed(Code::VaultRoleType).or_else(|| self.failed(Code::VaultLoginType));
        let Some(way) = way.filter(|_| self.settings.text("role_type") != "jwt") else { return };
        let at = self.place("role_type");
        let message = "A job logs in with a token that it already has: role_type has to be jwt, in every update too.";
        self.add(way, Code::HintRoleType, message, "jwt".to_owned(), at, Change::member("role_type", "jwt".into()));
    }

    fn issuer(&mut self) {
        let Some(way) = self.failed(Code::VaultTokenIssuer) else { return };
        let mount = self.login.mount.as_ref().and_then(|mount| mount.settings.as_ref());
        let Some(node) = mount.and_then(|settings| settings.get("bound_issuer")) else { return };
        let (Some(held), Some(text)) = (self.request.claims.text("iss"), node.as_str()) else { return };
        // Another organization's issuer is nobody's fix; the lack of any is.
        let root = held.strip_prefix(text.trim_end_matches('/')).is_some_and(|rest| rest.starts_with("/org/"));
        let near = if root {
            Some((
                Code::HintOrganization,
                "The issuer of a CircleCI organization ends with /org/ and its id.".to_owned(),
            ))
        } else {
            short(text, held, &Ids::of(self.request.claims))
        };
        let Some((code, message)) = near else { return };
        let at = self.login.mount_given.as_ref().and_then(|given| given.span(&node.at));
        let change = Change::of_mount("bound_issuer", held.into());
        self.add(way, code, &message, held.to_owned(), at, change);
    }

    fn discovery(&mut self) {
        let Some(way) = self.failed(Code::VaultMountDiscovery) else { return };
        let mount = self.login.mount.as_ref().and_then(|mount| mount.settings.as_ref());
        let Some(node) = mount.and_then(|settings| settings.get("oidc_discovery_url")) else { return };
        let text = node.as_str().unwrap_or_default().trim_end_matches('/');
        let at = self.login.mount_given.as_ref().and_then(|given| given.span(&node.at));
        let change = Change::of_mount("oidc_discovery_url", text.into());
        let message = "Vault compares the URL with the issuer in the document that it leads to, byte for byte.";
        self.add(way, Code::HintTrailingSlash, message, text.to_owned(), at, change);
    }

    fn subject(&mut self) {
        let Some(way) = self.failed(Code::VaultTokenSubject) else { return };
        let (Some(node), Some(held)) = (self.settings.get("bound_subject"), self.request.claims.text("sub")) else {
            return;
        };
        let near = short(node.as_str().unwrap_or_default(), held, &Ids::of(self.request.claims));
        if let Some((code, message)) = near {
            self.put(way, (code, &message), &node.at, held);
        }
    }

    fn audience(&mut self) {
        let Some(way) = self.failed(Code::VaultTokenAudience) else { return };
        let Some(held) = self.request.claims.text("aud") else { return };
        let ids = Ids::of(self.request.claims);
        let bound = self.settings.texts("bound_audiences");
        let near = |item: &Item| Some((short(item.text(), held, &ids)?, item.at.clone()));
        if let Some(((code, message), at)) = bound.iter().take(VALUES).find_map(near) {
            if bound.iter().filter(|item| item.at == at).count() == 1 {
                self.put(way, (code, &message), &at, held);
            }
            return;
        }
        // Any other audience is the job's own choice, which the owner has to make too.
        if ids.name(held) == Some("organization") {
            let message = "CircleCI puts the organization id there, unless the job asks for another audience: bind it.";
            let values = Value::Array(bound.iter().map(|item| item.value.clone()).chain([held.into()]).collect());
            let list = self.settings.get("bound_audiences").filter(|node| node.as_array().is_some());
            let at = list.and_then(|node| self.login.given.span(&node.at));
            let change = Change::member("bound_audiences", values.clone());
            self.add(way, Code::HintAudience, message, values.to_json(), at, change);
        }
    }

    fn user(&mut self) {
        let Some(way) = self.failed(Code::VaultIdentityUser) else { return };
        let Some(node) = self.settings.get("user_claim") else { return };
        if let Some((claim, message)) = of_name(node.as_str().unwrap_or_default(), self.request.claims) {
            self.put(way, (Code::HintKeyName, message), &node.at, &claim);
        }
    }

    /// Near misses of the bound claims that do not fit.
    fn claims(&mut self) {
        let claims = self.request.claims;
        let Some(group) = self.steps.iter().position(|step| step.code == Code::VaultClaims) else { return };
        let children = self.steps.get(group).map(|step| &*step.children).unwrap_or_default();
        let ids = Ids::of(claims);
        let failed = |(_, (_, step)): &(usize, (&Bound, &Step))| step.outcome == Outcome::Fail;
        let all = self.login.role.claims.iter().zip(children).enumerate();
        for (number, (bound, _)) in all.filter(failed).take(CLAIMS) {
            let way = vec![group, number];
            match pointer::look_up(claims, &bound.key) {
                Known::Absent => {
                    if let Some((name, message)) = of_name(&bound.key, claims) {
                        let at = self.login.given.span(&bound.key_at);
                        let change = Change::name(bound.key_at.clone(), name.clone());
                        self.add(way, Code::HintKeyName, message, name, at, change);
                    }
                }
                Known::Present(actual) => {
                    let Some(near) = of_claim(bound, actual, self.login.role.kind(), &ids) else { continue };
                    match near.put {
                        Put::Text(index, text) => {
                            let (at, text) = written(bound, index, &text);
                            self.put(way, (near.code, &near.message), &at, &text);
                        }
                        Put::Glob => {
                            let at = self.place("bound_claims_type");
                            let change = Change::member("bound_claims_type", "glob".into());
                            self.add(way, near.code, &near.message, "glob".to_owned(), at, change);
                        }
                        // Terraform makes a text of whatever is written there.
                        Put::Value(index, value) if !self.settings.terraform => {
                            let item = bound.values.as_ref().and_then(|values| values.get(index));
                            let change = Change::value(item.map_or(0..0, |item| item.at.clone()), value);
                            let edited = self.login.changed(&[&change]);
                            let whole = edited.role.settings.as_ref().and_then(|settings| settings.get("bound_claims"));
                            let mut fix = String::new();
                            whole.iter().for_each(|whole| pretty(whole, "\n", &mut fix));
                            let at = self.login.given.span(&self.settings.place("bound_claims"));
                            self.add(way, near.code, &near.message, fix, at, change);
                        }
                        Put::Value(..) => {}
                    }
                }
                Known::NotKnown => {}
            }
        }
    }
}

/// Why a text nearly is the one that is held; of long ones nothing is said.
fn short(written: &str, held: &str, ids: &Ids) -> Option<(Code, String)> {
    if written.len().max(held.len()) > LENGTH { None } else { of_text(written, held, ids) }
}

/// Where a value stands, and the text that has to stand there: where several were one text, all of them.
fn written(bound: &Bound, index: usize, text: &str) -> (Range<usize>, String) {
    let values = bound.values.as_deref().unwrap_or_default();
    if !bound.split {
        return (values.get(index).map_or(bound.at.clone(), |item| item.at.clone()), text.to_owned());
    }
    let part = |(number, item): (usize, &Item)| if number == index { text.to_owned() } else { item.text().to_owned() };
    (bound.at.clone(), values.iter().enumerate().map(part).collect::<Vec<_>>().join(","))
}
