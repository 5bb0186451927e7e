//! Who else gets in: remarks that rest on a token that was tried and got in, on one statement and one value alone.

use std::ops::Range;

use super::{
    candidate::{asks, ends_with, texts},
    candidate_subject::slots,
    context::{PROJECT_ID, has_project_key},
    explain,
    lint::{Edit, Fix, Look, take},
    lint_step,
    operator::{Named, OPERATORS, Use},
    policy::{Condition, Effect, Literal},
    propose,
    role::Role,
};
use crate::{
    json::Value,
    report::{Code, Decision, Severity},
    search::Search as _,
    token::{Claims, Subject, is_uuid},
    trust::{Probe, Remark, Request, Trust as _, is_made_up, probe},
};

/// What is remarked where which probe is let in and a danger. Of the first four the first one says it all.
static DANGERS: [(Code, Code); 7] = [
    (Code::ProbeOtherOrganization, Code::Aws020),
    (Code::ProbeBranchInjection, Code::Aws016),
    (Code::ProbeOtherProject, Code::Aws015),
    (Code::ProbeFork, Code::Aws012),
    (Code::ProbeBranchPrefix, Code::Aws013),
    (Code::ProbeBranchSuffix, Code::Aws014),
    (Code::ProbeTag, Code::Aws014),
];
const BROAD: usize = 4;
/// Any one id.
const ANY: &str = "????????????????????????????????????";

/// A value that was tried alone, or a statement without one.
struct Tried<'a> {
    /// The number of the condition on the subject; one that there is not, if the statement has none.
    index: usize,
    value: &'a str,
    at: &'a Range<usize>,
    base: Claims,
    /// The token is the given one: what it tells is no invention.
    given: bool,
    probes: Vec<Probe>,
}

/// Remarks on who gets in through a statement. `probes`: of the request on the whole policy.
pub(super) fn remarks(look: &mut Look<'_>, request: &Request<'_>, probes: &[Probe]) {
    let (mut index, mut subjects) = (usize::MAX, 0_usize);
    for (number, condition) in look.statement.conditions.iter().enumerate() {
        if look.is_about(condition, "sub") && asks(condition) {
            // Two conditions on the subject are one pattern that this does not read.
            subjects = subjects.saturating_add(1);
            index = if subjects == 1 { number } else { usize::MAX };
        }
        absent(look, number, condition);
    }
    let condition = look.statement.conditions.get(index);
    let mut values = condition.map(texts).unwrap_or_default();
    let branch = values.iter().any(|value| value.holds("/vcs-ref/"));
    let around = |value: &str| {
        let [_, _, user, ..] = slots(value);
        branch && user.is_some() && !value.contains(['*']) && !value.holds("/vcs-origin/")
    };
    if values.is_empty() {
        values.push("");
    }
    let single = values.len() == 1;
    let works = look.base.is_some();
    let mut allows = 0_usize;
    for statement in &look.policy.statements {
        allows = allows.saturating_add(usize::from(statement.effect != Some(Effect::Deny)));
    }
    // What was tried with the very same token on the very same policy need not be tried again.
    let known = allows == 1 && single && !probes.is_empty() && look.role.decide(request) == Decision::Allow;
    for (number, value) in values.iter().copied().enumerate() {
        if !take(look.left) {
            return;
        }
        let alone = look.alone(&Edit::only(index, value));
        let at = condition.and_then(|condition| condition.text_at.get(number)).unwrap_or(&look.statement.at);
        let Some(base) = look.admitted(&alone, request) else {
            if let Some(condition) = condition.filter(|_| !single) {
                dead(look, &alone, condition, at, works);
            }
            continue;
        };
        let probes = if known { probes.to_vec() } else { probe::run(&alone, &Request::made_up(&base)) };
        look.base = Some(base.clone());
        let tried = Tried { index, value, at, given: !is_made_up(&base), base, probes };
        of_place(look, &tried);
        if let Some(condition) = condition.filter(|_| around(value)) {
            let mut kept = condition.values.clone().unwrap_or_default();
            kept.retain(|one| !matches!(one, Literal::Text(text) if around(text)));
            let text = Value::Array(kept.iter().map(explain::expected).collect()).to_json();
            let edit = Edit::Only(index, kept);
            let edited = look.alone(&edit);
            look.base = look.admitted(&edited, request);
            let closed = look.base.is_some() && edited.decide(&Request::made_up(&tried.base)) == Decision::Deny;
            let (at, fix) = if closed { (&condition.at, Some((text, edit, [].as_slice()))) } else { (at, None) };
            look.add(Code::Aws017, at, "", fix);
        }
        let [_, _, user, ..] = slots(value);
        let one = user.filter(|user| single && !user.contains(['*', '?']) && tried.refused(Code::ProbeOtherUser));
        if let Some(user) = one {
            let [own, any] = [user, ANY].map(|id| ["/user/", id].concat());
            let fix = is_uuid(user).then(|| tried.only(value.replaced(&own, &any), &[Code::ProbeFork]));
            look.add(Code::Aws022, at, &format!("It is {user}."), fix);
        }
    }
    for (index, condition) in look.statement.conditions.iter().enumerate() {
        let values = texts(condition);
        let about = ["aud", PROJECT_ID].iter().any(|claim| look.is_about(condition, claim)) && asks(condition);
        if !about || values.len() < 2 {
            continue;
        }
        for (value, at) in values.into_iter().zip(&condition.text_at) {
            let alone = look.alone(&Edit::only(index, value));
            if take(look.left) && look.admitted(&alone, request).is_none() {
                dead(look, &alone, condition, at, works);
            }
        }
    }
}

/// Says where a condition lets in who lacks the claim.
fn absent(look: &mut Look<'_>, number: usize, condition: &Condition) {
    let about = |one: &Condition| ["sub", "aud", PROJECT_ID].into_iter().find(|claim| look.is_about(one, claim));
    let (operator, Some(claim)) = (&*condition.operator_name, about(condition)) else { return };
    let (plain, what) = match operator.strip_prefix("ForAllValues:") {
        Some(plain) => (plain, ["The claim is ", claim, "."].concat()),
        None => (operator, "CircleCI's audit-log streaming has no project.".to_owned()),
    };
    let (project, short) = (claim == PROJECT_ID && asks(condition), plain.strip_suffix("IfExists"));
    if plain == operator && !(project && short.is_some()) {
        return;
    }
    // Other keys below the operator may be the request's, of which not each is always there.
    let foreign = |one: &Condition| one.operator_name == operator && about(one).is_none();
    let changed = if asks(condition) && !look.statement.conditions.iter().any(foreign) {
        propose::rename(look.role, look.statement, number, short.unwrap_or(plain))
    } else {
        None
    };
    let closes: &'static [Code] = if project { &[Code::ProbeAuditLog] } else { &[] };
    let (at, fix) = match changed {
        Some((put, text, at)) => (at, Some((text, Edit::Put(put), closes))),
        None => (condition.key_at.clone(), None),
    };
    look.add(Code::Aws011, &at, &what, fix);
}

/// Says what is wrong with a value of a list that lets nobody in. `works`: others let somebody in.
fn dead(look: &mut Look<'_>, alone: &Role, condition: &Condition, at: &Range<usize>, works: bool) {
    let candidates = alone.candidates();
    let refused = |claims: &&Claims| alone.decide(&Request::made_up(claims)) == Decision::Deny;
    let Some((claims, policy)) = candidates.iter().find(refused).zip(alone.policy.as_ref()) else { return };
    let steps = alone.steps(&Request::made_up(claims), false).0;
    let (list, own) = (alone.places().span(&condition.at), alone.places().span(at));
    for mut finding in lint_step::of_policy(alone, policy, &steps, look.names.first().map(String::as_str)) {
        let told = look.remarks.iter().map(|remark| &remark.finding).any(|told| {
            (told.code, &told.detail) == (finding.code, &finding.detail) && (told.at == list || told.at == own)
        });
        if finding.code != Code::Aws002 && finding.at == list && !told {
            finding.at.clone_from(&own);
            if works {
                finding.severity = finding.severity.min(Severity::Warning);
            }
            look.remarks.push(Remark { finding, proof: None });
        }
    }
}

impl Tried<'_> {
    fn danger(&self, code: Code) -> Option<&str> {
        let dangerous = self.probes.iter().find(|probe| probe.code == code && probe.dangerous);
        dangerous.map(|probe| &*probe.title)
    }

    fn refused(&self, code: Code) -> bool {
        self.probes.iter().any(|probe| probe.code == code && probe.decision == Decision::Deny)
    }

    /// This value alone.
    fn only(&self, value: String, closes: &'static [Code]) -> Fix {
        let edit = Edit::only(self.index, &value);
        (value, edit, closes)
    }

    /// The value with nothing in it that lets in who must not: ids of 36 characters, one repository, a branch without a
    /// star inside. None where that cannot be said without what was made up.
    fn pinned(&self, code: Code) -> Option<String> {
        let job = Subject::parse(self.base.text("sub")?);
        let given = |told: Option<String>| told.filter(|_| self.given);
        let [organization, project, user, origin, reference] = slots(self.value);
        let mut pinned = String::new();
        for (name, part, told) in [
            ("org/", organization, given(job.org)),
            ("/project/", project, given(job.project).filter(|_| code == Code::Aws015)),
            ("/user/", user, None),
        ] {
            let own = part.and_then(|part| part.split('/').next()).filter(|part| !part.contains(['*']));
            pinned.push_str(name);
            pinned.push_str(own.or(told.as_deref()).unwrap_or(ANY));
        }
        if origin.or(reference).is_none() && self.value.ends_with('*') {
            return pinned.strip_suffix(ANY).map(|before| [before, "*"].concat());
        }
        let origin =
            origin.filter(|origin| !origin.contains(['*'])).map(str::to_owned).or_else(|| given(job.vcs_origin))?;
        let reference = match reference {
            Some(whole) if !is_inner(whole) => cut_short(whole).unwrap_or(whole).to_owned(),
            _ => job.vcs_ref?,
        };
        Some([&pinned, "/vcs-origin/", &origin, "/vcs-ref/", &reference].concat())
    }
}

/// Whether a star stands before something.
fn is_inner(reference: &str) -> bool {
    reference.trim_end_matches('*').contains(['*'])
}

/// The text before a star that cuts a name short, and does not stand for a family of names.
fn cut_short(reference: &str) -> Option<&str> {
    reference.strip_suffix('*').filter(|name| !probe::is_family(name))
}

fn of_place(look: &mut Look<'_>, tried: &Tried<'_>) {
    let [.., reference] = slots(tried.value);
    let open = tried.value.cut("/vcs-ref/").map_or(tried.value, |(before, _)| before).contains(['*']);
    let mut broad = false;
    let mut told = None;
    for (number, row) in DANGERS.iter().enumerate() {
        let (probe, code) = row;
        let Some(who) = tried.danger(*probe) else { continue };
        let fits = match code {
            Code::Aws016 => open || reference.is_none(),
            Code::Aws013 => cut_short(tried.value).is_some(),
            Code::Aws014 => reference.is_some_and(is_inner),
            _ => true,
        };
        if !fits || (number < BROAD && broad) || told == Some(*code) {
            continue;
        }
        told = Some(*code);
        broad |= number < BROAD;
        let closes = std::slice::from_ref(probe);
        let who = [look.tried, who, "."].concat();
        if tried.value.is_empty() && *code == Code::Aws015 {
            open_project(look, tried, &who, closes);
            continue;
        }
        let pinned = tried.pinned(*code).filter(|pinned| *code != Code::Aws012 && pinned != tried.value);
        let fix = pinned.map(|pinned| tried.only(pinned, closes));
        look.add(*code, tried.at, &who, fix);
    }
}

/// The statement says nothing of the subject and leaves the project open. The given token's is pinned by one more key.
fn open_project(look: &mut Look<'_>, tried: &Tried<'_>, who: &str, closes: &'static [Code]) {
    // A key that is misspelt leaves it open more often than one that is missing, and is remarked on.
    let misspelt = |one: &Condition| ends_with(&one.key, "project-id") && !look.is_about(one, PROJECT_ID);
    if look.statement.conditions.iter().any(misspelt) {
        return;
    }
    let statement = look.statement;
    let written = look.role.given.source.as_ref().and_then(|source| source.text().get(statement.at.clone()));
    let last = statement.conditions.iter().rfind(|condition| condition.operator_name == "StringEquals");
    // The place to add it at: after the last value below StringEquals, or at the end of the statement.
    let place = match last {
        Some(last) => Some((last.at.end, "", "")),
        None if statement.conditions.is_empty() && !written.is_some_and(|text| text.holds("\"Condition\"")) => {
            Some((statement.at.end.saturating_sub(1), "\"Condition\":{\"StringEquals\":{", "}}"))
        }
        None => None,
    };
    let told = tried.base.text(PROJECT_ID).filter(|_| tried.given);
    if let (Some(project), Some((end, before, after)), [name]) = (told, place, &*look.names)
        && has_project_key(name)
        && !statement.conditions.iter().any(|condition| look.is_about(condition, PROJECT_ID))
    {
        let key = format!("{name}:{PROJECT_ID}");
        let (name, value) = (Value::from(&key).to_json(), Value::from(project).to_json());
        let text = [",", before, &name, ":", &value, after].concat();
        let added = Condition {
            operator_name: "StringEquals".to_owned(),
            operator: OPERATORS
                .first()
                .map_or(Named::Unknown, |operator| Named::Operator(Use { set: None, operator, if_exists: false })),
            key,
            values: Some(vec![Literal::Text(project.to_owned())]),
            at: 0..0,
            text_at: Vec::new(),
            key_at: 0..0,
        };
        look.add(Code::Aws005, &(end..end), who, Some((text, Edit::Add(added), closes)));
    } else {
        look.add(Code::Aws005, &statement.at, who, None);
    }
}
