//! Changes of the provider, or of the service account's IAM policy, that may let a token in which is refused. All that is
//! found is a proposal; `trust::proof` shows none that does not let the token in.

use std::{ops::Range, rc::Rc};

use super::{
    cel::{Expression, Form, Traced},
    document,
    field::Field,
    iam::IamPolicy,
    mapping::{Attributes, SUBJECT_BYTES},
    member,
    near::{Near, of},
    pool::Pool,
    provider::{WorkloadProvider, Written},
    validity,
};
use crate::{
    json::{Data, Member, Node, Value, pretty},
    report::{Code, Hint, Outcome, Span, Step},
    search::Search as _,
    trust::{
        Proposal, Request,
        near::{self, Ids, of_text},
    },
};

/// Mistakes of one expression that are put right.
const ROUNDS: usize = 6;
/// Near misses of one condition, and of one IAM policy, that are put right.
const PLACES: usize = 6;
/// What makes of a subject of either form one that fits: that of the V1 token.
const V1_SUBJECT: &str = "assertion.sub.split('/vcs-origin/')[0]";

/// One change of the provider.
#[derive(Clone, Debug)]
pub(super) enum Change {
    /// The text of the string that stands there.
    Text(Range<usize>, String),
    /// One more allowed audience.
    Audience(String),
}

/// A change, what to say of it, and the way to the step that it is about.
#[derive(Clone)]
struct Found {
    way: Vec<usize>,
    hint: Hint,
    change: Change,
}

fn hint(code: Code, message: &str, fix: Option<String>, at: Option<Span>) -> Hint {
    Hint { code, message: message.to_owned(), fix, at, newly_admits: Vec::new() }
}

/// The changes of each thing that is refused, and all of them together.
pub(super) fn all(pool: &Pool, request: &Request<'_>, steps: &[Step]) -> Vec<Proposal> {
    let search = Search { pool, request, steps };
    let mut found = search.expressions();
    found.extend(search.issuer());
    found.extend(search.audience());
    found.extend(search.subject());
    let parts = search.condition();
    let mut single = [&*found, &*parts].concat();
    if let ([first, _, ..], Some(whole)) = (&*parts, search.merged(&parts)) {
        let message = format!("The condition needs {} changes; replace all of it.", parts.len());
        let at = pool.provider.condition.as_ref().and_then(|written| pool.places().span(&written.field.at));
        let Change::Text(_, text) = &whole else { return Vec::new() };
        let one = Found {
            way: first.way.clone(),
            hint: hint(Code::HintTogether, &message, Some(text.clone()), at),
            change: whole,
        };
        single.push(one.clone());
        found.push(one);
    } else {
        found.extend(parts);
    }
    let mut proposals: Vec<Proposal> = Vec::new();
    for Found { way, hint, change } in &single {
        let edited = Box::new(pool.changed(change));
        proposals.push(Proposal { step: way.clone(), hint: hint.clone(), edited });
    }
    if let [first, _, ..] = &*found {
        let edited = pool.with(&|node| found.iter().for_each(|one| one.change.apply(node)));
        let message = format!("The provider needs {} changes; replace all of it.", found.len());
        let (mut fix, mut at) = (String::new(), None);
        if let Ok(node) = &edited.given.node {
            pretty(node, "\n", &mut fix);
            at = pool.places().span(&node.at);
        }
        let hint = hint(Code::HintTogether, &message, Some(fix), at);
        proposals.push(Proposal { step: first.way.clone(), hint, edited: Box::new(edited) });
    }
    proposals.extend(search.members());
    proposals
}

struct Search<'a> {
    pool: &'a Pool,
    request: &'a Request<'a>,
    steps: &'a [Step],
}

impl Search<'_> {
    /// The way to the first step with a code, if it did not pass.
    fn failed(&self, code: Code) -> Option<Vec<usize>> {
        fn find(steps: &[Step], code: Code) -> Option<Vec<usize>> {
            steps.iter().enumerate().find_map(|(index, step)| {
                let below = if step.code == code { Some(Vec::new()) } else { find(&step.children, code) }?;
                let failed = step.code != code || matches!(step.outcome, Outcome::Fail | Outcome::Unknown);
                failed.then(|| [vec![index], below].concat())
            })
        }
        find(self.steps, code)
    }

    fn text(&self, way: Vec<usize>, code: Code, message: &str, field: &Field, text: String) -> Found {
        let at = self.pool.places().span(&field.at);
        let hint = hint(code, message, Some(text.clone()), at);
        Found { way, hint, change: Change::Text(field.at.clone(), text) }
    }

    /// Expressions with the mistakes that have a likely meaning put right.
    fn expressions(&self) -> Vec<Found> {
        let provider = &self.pool.provider;
        let condition = provider.condition.iter().map(|written| (written, true));
        let mappings = provider.mapping.iter().map(|mapping| (&mapping.written, false));
        let mut found = Vec::new();
        for (written, is_condition) in mappings.chain(condition) {
            let Some(text) = corrected(written, is_condition) else { continue };
            let start = self.pool.places().span(&written.field.at).map(|at| (at.start, at.end));
            let own = |step: &Step| {
                step.at.as_ref().zip(start).is_some_and(|(at, (start, end))| (start..end).contains(&at.start))
            };
            let children = self.steps.first().map(|step| &*step.children).unwrap_or_default();
            let place = children.iter().position(own).unwrap_or_default();
            let message = "That is likely what is meant.";
            found.push(self.text(vec![0, place], Code::HintExpression, message, &written.field, text));
        }
        found
    }

    fn issuer(&self) -> Option<Found> {
        let way = self.failed(Code::GcpTokenIssuer)?;
        let field = self.pool.provider.issuer.as_ref()?;
        let held = self.request.claims.text("iss")?;
        // Another organization's issuer is nobody's fix; the lack of any is.
        let root = held.strip_prefix(field.text.trim_end_matches('/')).is_some_and(|rest| rest.starts_with("/org/"));
        let (code, message) = if root {
            (Code::HintOrganization, "The issuer of a CircleCI organization ends with /org/ and its id.".to_owned())
        } else {
            of_text(&field.text, held, &Ids::of(self.request.claims))?
        };
        Some(self.text(way, code, &message, field, held.to_owned()))
    }

    fn audience(&self) -> Option<Found> {
        let way = self.failed(Code::GcpTokenAudience)?;
        let held = self.request.claims.text("aud")?;
        // Any other audience is the job's own choice, which the owner has to make too.
        if Ids::of(self.request.claims).name(held) != Some("organization") {
            return None;
        }
        let provider = &self.pool.provider;
        let listed = provider.audiences.iter().map(|audience| &*audience.text).chain([held]);
        let list = Value::Array(listed.map(Value::from).collect()).to_json();
        let at = provider.audiences_at.as_ref().and_then(|at| self.pool.places().span(at));
        let message = "CircleCI puts the organization id there, unless the job asks for another audience: allow it.";
        let hint = hint(Code::HintAudience, message, Some(list), at);
        Some(Found { way, hint, change: Change::Audience(held.to_owned()) })
    }

    /// A subject that is too long.
    fn subject(&self) -> Option<Found> {
        let way = self.failed(Code::GcpMappingSubject)?;
        let (text, change) = shorter_subject(&self.pool.provider)?;
        let too_long = self.request.claims.text("sub")?.len() > SUBJECT_BYTES;
        let message = "This makes the V1 form of either token's subject, which fits. Members of IAM policies that name V1 \
                       subjects stay as they are.";
        let at =
            self.pool.provider.mapped("google.subject").and_then(|own| self.pool.places().span(&own.written.field.at));
        too_long.then(|| Found { way, hint: hint(Code::HintSubject, message, Some(text), at), change })
    }

    /// Near misses of the condition: of what `&&` joins all, of what `||` joins the first that there is.
    fn condition(&self) -> Vec<Found> {
        let (pool, claims) = (self.pool, self.request.claims);
        let Some(way) = self.failed(Code::GcpCondition) else { return Vec::new() };
        let Some(written) = &pool.provider.condition else { return Vec::new() };
        let Some(expression) = &written.expression else { return Vec::new() };
        let attributes = Attributes::of(&pool.provider, claims);
        let environment = attributes.environment(claims, pool.provider.untold.mapping);
        let traced = expression.evaluate(&environment);
        let mut found = Vec::new();
        self.parts(&traced, &[&*way, &[0]].concat(), written, &mut found);
        found
    }

    fn parts(&self, traced: &Traced<'_>, way: &[usize], written: &Written, found: &mut Vec<Found>) {
        if traced.outcome() != Outcome::Fail || found.len() >= PLACES {
            return;
        }
        if let Form::And | Form::Or = traced.node.form {
            for (index, part) in traced.parts.iter().enumerate() {
                let before = found.len();
                self.parts(part, &[way, &[index]].concat(), written, found);
                if traced.node.form == Form::Or && found.len() > before {
                    return;
                }
            }
            return;
        }
        let text = &*written.field.text;
        let Some(near) = of(traced, text, &self.pool.provider, self.request.claims) else { return };
        let hint = near.hint();
        let Near { fix: Some((at, fix)), .. } = near else { return };
        let Some(edited) = replaced(text, &at, &fix) else { return };
        let (fix, at) = pasteable(self.pool, written, &at, fix, &edited);
        let change = Change::Text(written.field.at.clone(), edited);
        found.push(Found { way: way.to_vec(), hint: Hint { fix: Some(fix), at, ..hint }, change });
    }

    /// All near misses of the condition put right at once.
    fn merged(&self, parts: &[Found]) -> Option<Change> {
        let written = self.pool.provider.condition.as_ref()?;
        let mut text = written.field.text.clone();
        let mut pool = self.pool.clone();
        for _ in parts {
            // What was put right is no near miss any more, so the first one left is the next.
            let search = Search { pool: &pool, ..*self };
            let Change::Text(_, edited) = search.condition().into_iter().next()?.change else { return None };
            text.clone_from(&edited);
            pool = pool.changed(&Change::Text(written.field.at.clone(), edited));
        }
        Some(Change::Text(written.field.at.clone(), text))
    }

    /// Members of the service account's policy that nearly are the identity.
    fn members(&self) -> Vec<Proposal> {
        let mut proposals = Vec::new();
        let (Some(way), Some(iam)) = (self.failed(Code::GcpIam), &self.pool.iam) else { return proposals };
        let provider = &self.pool.provider;
        if !provider.resource.has_number() {
            return proposals;
        }
        let attributes = Attributes::of(provider, self.request.claims);
        let (subject, sets) = member::names(provider, &attributes);
        let ids = Ids::of(self.request.claims);
        let bindings = iam.bindings.iter().flatten().enumerate().filter(|(_, one)| one.of_pools().next().is_some());
        for (place, (number, binding)) in bindings.enumerate() {
            for (index, (at, field)) in binding.of_pools().enumerate() {
                let near = |name: &str| of_member(&field.text, name, &ids);
                if proposals.len() >= PLACES {
                    return proposals;
                }
                let names = subject.iter().chain(&sets);
                let Some(((code, message), name)) = { names }.find_map(|name| Some((near(name)?, name))) else {
                    continue;
                };
                let mut edited = self.pool.clone();
                let mut changed = IamPolicy::clone(iam);
                let binding = changed.bindings.as_mut().and_then(|all| all.get_mut(number));
                if let Some(member) = binding.and_then(|binding| binding.members.get_mut(at)) {
                    member.text.clone_from(name);
                }
                edited.iam = Some(Rc::new(changed));
                let span = iam.source.as_ref().map(|source| source.span(field.at.clone()));
                let hint = hint(code, &message, Some(name.clone()), span);
                proposals.push(Proposal { step: [&*way, &[place, index]].concat(), hint, edited: Box::new(edited) });
            }
        }
        proposals
    }
}

/// A mapping of google.subject that fits either token, for one that takes the whole of `sub`.
pub(super) fn shorter_subject(provider: &WorkloadProvider) -> Option<(String, Change)> {
    let written = &provider.mapped("google.subject")?.written;
    let reads = written.expression.as_ref()?.root().entry()? == ("assertion", "sub");
    reads.then(|| (V1_SUBJECT.to_owned(), Change::Text(written.field.at.clone(), V1_SUBJECT.to_owned())))
}

/// Why a member nearly has this name: an id in the place of the project's number, the wrong kind, or a value that is nearly
/// the identity's.
fn of_member(written: &str, name: &str, ids: &Ids) -> Option<(Code, String)> {
    let bare = |text: &str| {
        let text = text.after_last("/locations/global/").unwrap_or(text);
        (text.to_owned(), text.split('/').count())
    };
    let (own, own_count) = bare(name);
    let (wrong, wrong_count) = bare(written);
    if own == wrong && written != name {
        return Some((
            Code::HintMember,
            "The member needs the project's number, and principal for a subject, principalSet for others.".to_owned(),
        ));
    }
    if own_count != wrong_count || own.ends_with('*') {
        return None;
    }
    of_text(&wrong, &own, ids)
}

/// An expression whose mistakes have a likely meaning, without them; none if it has none, or others.
pub(super) fn corrected(written: &Written, is_condition: bool) -> Option<String> {
    let mut text = written.field.text.clone();
    for _ in 0..ROUNDS {
        let problem = match Expression::parse(&text) {
            Ok(expression) => {
                let problems = expression.check(&validity::environment(is_condition), super::cel::Kinds::ANY);
                problems.into_iter().find(|problem| problem.certain)
            }
            Err(problem) => Some(problem),
        };
        let Some(problem) = problem else { return (text != written.field.text).then_some(text) };
        text = replaced(&text, &problem.at, &problem.fix?)?;
    }
    None
}

/// What to put where. A part that JSON has to escape cannot be pasted inside a string, so that all of the string is
/// replaced.
pub(super) fn pasteable(
    pool: &Pool,
    written: &Written,
    at: &Range<usize>,
    fix: String,
    edited: &str,
) -> (String, Option<Span>) {
    if !near::pasteable(&fix) {
        return (edited.to_owned(), pool.places().span(&written.field.at));
    }
    (fix, pool.places().inside(&written.field, at))
}

/// A text with another part.
pub(super) fn replaced(text: &str, at: &Range<usize>, part: &str) -> Option<String> {
    Some([text.get(..at.start)?, part, text.get(at.end..)?].concat())
}

impl Change {
    /// Makes the change in the JSON.
    pub(super) fn apply(&self, node: &mut Node) {
        match self {
            Self::Text(at, text) => node.write(at, text),
            Self::Audience(audience) => {
                allow(node, &Node { at: 0..0, data: Data::String(audience.clone()) });
            }
        }
    }
}

/// Adds an allowed audience wherever an issuer stands.
fn allow(node: &mut Node, audience: &Node) {
    match &mut node.data {
        Data::Array(items) => items.iter_mut().for_each(|item| allow(item, audience)),
        Data::Object(members) => {
            let named = |name: &'static str| move |member: &Member| document::is_named(&member.name, name);
            let Some(issuer) = members.iter().find(|member| named("issueruri")(member)) else {
                return members.iter_mut().for_each(|member| allow(&mut member.value, audience));
            };
            let name = if issuer.name.contains(['_']) { "allowed_audiences" } else { "allowedAudiences" };
            if let Some(Member { value: Node { data: Data::Array(items), .. }, .. }) =
                members.iter_mut().find(|member| named("allowedaudiences")(member))
            {
                items.push(audience.clone());
                return;
            }
            members.retain(|member| !named("allowedaudiences")(member));
            let value = Node { at: 0..0, data: Data::Array(vec![audience.clone()]) };
            members.push(Member { name: name.to_owned(), name_at: 0..0, value });
        }
        _ => {}
    }
}
