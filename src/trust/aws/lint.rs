//! Remarks on a policy: what never works, and what is open wider than its owner thinks. Each was tried, with the given
//! token or with a made-up one, on one statement alone: what is wrong about a statement that refuses the very job that it
//! is made for (`lint_step`), and who else gets in where it does not (`lint_probe`).

use std::{cell::Cell, ops::Range};

use super::{
    candidate::{names_made_up, provider_name, providers},
    context::{is_of_request, name_after},
    lint_catalogue::CATALOGUE,
    lint_probe, lint_step,
    operator::{Named, OPERATORS, Set, Use},
    policy::{Actions, Condition, Effect, Literal, Policy, Statement},
    propose,
    role::Role,
};
use crate::{
    report::{Code, Decision, Finding, Severity},
    search::Search as _,
    token::{Claims, Subject, SubjectFormat, is_uuid},
    trust::{Probe, Proof, Proposal, Remark, Request, Trust as _, survey::admitted},
};

const NOBODY: &str =
    "Jobs were made up from its values, and all of them refused. Evaluate it with the claims of a job that it is for.";
/// Statements and values that are tried alone, of one policy.
const PLACES: usize = 16;

/// The remarks, with the given token as evidence wherever it gets in.
pub(super) fn remarks(role: &Role, request: &Request<'_>, probes: &[Probe]) -> Vec<Remark> {
    let mut remarks = Vec::new();
    let Some(policy) = &role.policy else { return remarks };
    let left = Cell::new(PLACES);
    let mut tried = "Tried, and let in: ";
    for statement in &policy.statements {
        if role.given.context.is_none() && statement.conditions.iter().any(|one| is_of_request(&one.key)) {
            tried = "Tried, with the conditions on the request satisfied, and let in: ";
        }
    }
    for statement in &policy.statements {
        let mut names = Vec::new();
        for (_, written) in providers(statement) {
            names.push(provider_name(written));
        }
        if names.is_empty() || statement.effect == Some(Effect::Deny) || !take(&left) {
            continue;
        }
        let mut look = Look { role, policy, statement, names, base: None, remarks, tried, left: &left };
        let alone = look.alone(&Edit::Nothing);
        look.base = admitted(&alone);
        let format = |claims: &Claims| claims.text("sub").map(|sub| Subject::parse(sub).format);
        let short = |claims: &Claims| format(claims) == Some(SubjectFormat::V1);
        // Where no made-up job gets in, the given token may all the same: then nothing is said to be wrong.
        if look.base.as_ref().map_or_else(|| alone.decide(request) != Decision::Allow, short) {
            wanted(&mut look, &alone);
        }
        lint_probe::remarks(&mut look, request, probes);
        remarks = look.remarks;
    }
    remarks
}

/// Looks for what is wrong where the job that the statement is made for is refused.
fn wanted(look: &mut Look<'_>, alone: &Role) {
    let candidates = alone.candidates();
    // Whether letter case counts in an ARN is not documented, so that nobody can rely on it.
    let other_case =
        providers(look.statement).iter().any(|(_, written)| written.contains(|one: char| one.is_ascii_uppercase()));
    let refused = |claims: &&Claims| match alone.decide(&Request::made_up(claims)) {
        Decision::Deny => true,
        Decision::Unknown => other_case,
        Decision::Allow | Decision::Invalid => false,
    };
    let Some(claims) = candidates.iter().find(refused) else {
        if candidates.is_empty() {
            look.add(Code::Aws025, &look.statement.at, NOBODY, None);
        }
        return;
    };
    let request = Request::made_up(claims);
    let steps = alone.steps(&request, false).0;
    let before = look.remarks.len();
    let judged = alone
        .policy
        .as_ref()
        .map(|policy| lint_step::of_policy(alone, policy, &steps, look.names.first().map(String::as_str)));
    for finding in judged.unwrap_or_default() {
        let mut about = look.statement.conditions.iter().enumerate().filter(|(_, one)| look.is_about(one, "sub"));
        // Of several conditions on the subject it is not clear which the fix is for; nor is whose it is where the audience
        // is another organization.
        let other = |fix: &str| claims.text("aud").is_some_and(|aud| is_uuid(aud) && !fix.holds(aud));
        let proof = match (&finding.fix, about.next(), about.next()) {
            (Some(fix), Some((index, _)), None) if !other(fix) => {
                let edited = look.alone(&Edit::only(index, fix));
                Some(Proof { edited: Box::new(edited), base: claims.clone(), closes: &[] })
            }
            _ => None,
        };
        look.remarks.push(Remark { finding, proof });
    }
    let proposal = propose::all(alone, &request, &steps).into_iter().next();
    // Whoever gets in now must not be locked out, and what was made up is no advice.
    let proposal =
        proposal.filter(|proposal| look.base.is_none() && !proposal.hint.fix.as_deref().is_some_and(names_made_up));
    let found = look.remarks.get_mut(before..).unwrap_or_default();
    let serious = found.iter().any(|remark| remark.finding.severity == Severity::Error);
    if let Some(Proposal { hint, edited, .. }) = proposal {
        let proof = Some(Proof { edited, base: claims.clone(), closes: &[] });
        // Where one change is enough, it settles the remark that says the same; else nobody gets in before all are made.
        if let Some(remark) = found.iter_mut().find(|remark| remark.finding.detail.starts_with(&hint.message)) {
            (remark.finding.at, remark.finding.fix, remark.proof) = (hint.at, hint.fix, proof);
        } else {
            let mut finding = finding(look.role, Code::Aws025, &look.statement.at, &hint.message);
            (finding.at, finding.fix) = (hint.at, hint.fix);
            look.remarks.push(Remark { finding, proof });
        }
    } else if !serious && look.base.is_none() && candidates.iter().all(|claims| refused(&claims)) {
        look.add(Code::Aws025, &look.statement.at, NOBODY, None);
    }
}

/// Takes one from what is left; false if there is nothing.
pub(super) fn take(left: &Cell<usize>) -> bool {
    let before = left.get();
    left.set(before.saturating_sub(1));
    before > 0
}

/// A statement that is about CircleCI, and what there is to say of it.
pub(super) struct Look<'a> {
    pub(super) role: &'a Role,
    pub(super) policy: &'a Policy,
    pub(super) statement: &'a Statement,
    /// Its identity providers as CircleCI spells their names.
    pub(super) names: Vec<String>,
    /// A token that it lets in, or that the value that is tried does.
    pub(super) base: Option<Claims>,
    pub(super) remarks: Vec<Remark>,
    /// How a sentence on who gets in begins.
    pub(super) tried: &'static str,
    /// What is left of [`PLACES`].
    pub(super) left: &'a Cell<usize>,
}

/// A change of a statement.
#[derive(Debug)]
pub(super) enum Edit {
    Nothing,
    /// These values alone for the condition with this number.
    Only(usize, Vec<Literal>),
    /// One more condition.
    Add(Condition),
    /// Another one in its place.
    Put(Statement),
}

impl Edit {
    /// This value alone.
    #[inline(never)]
    pub(super) fn only(index: usize, value: &str) -> Self {
        Self::Only(index, vec![Literal::Text(value.to_owned())])
    }
}

/// A change that settles a remark: the text to put in the place of what it is about, the change itself, and who has to
/// be refused then.
pub(super) type Fix = (String, Edit, &'static [Code]);

/// An operator that is true of every request: `ForAllValues:Null`.
fn always() -> Named {
    let null = OPERATORS.last();
    null.map_or(Named::Unknown, |operator| {
        Named::Operator(Use { set: Some(Set::AllValues), operator, if_exists: false })
    })
}

/// A finding of the catalogue's. `what`: what was found, a sentence.
pub(super) fn finding(role: &Role, code: Code, at: &Range<usize>, what: &str) -> Finding {
    let row = CATALOGUE.iter().find(|row| row.code == code);
    let (severity, title, advice, link) =
        row.map_or((Severity::Info, "", "", ""), |row| (row.severity, row.title, row.advice, row.link));
    let detail = [what, " ", advice].concat();
    Finding::new(code, severity, title, detail.trim().to_owned()).at(role.places().span(at)).reference(link)
}

impl Look<'_> {
    /// Adds a remark, with a fix or without.
    pub(super) fn add(&mut self, code: Code, at: &Range<usize>, what: &str, fix: Option<Fix>) {
        let mut finding = finding(self.role, code, at, what);
        let proof = fix.zip(self.base.clone()).map(|((text, edit, closes), base)| {
            finding.fix = Some(text);
            Proof { edited: Box::new(self.alone(&edit)), base, closes }
        });
        self.remarks.push(Remark { finding, proof });
    }

    /// The role with this statement changed, and no other that lets anybody in: what is found then is its doing. The
    /// request is taken to satisfy what the policy asks of it, unless it was told.
    pub(super) fn alone(&self, edit: &Edit) -> Role {
        let told = self.role.given.context.is_some();
        let mut role = self.role.with(&|policy| {
            for statement in &mut policy.statements {
                let own = statement.number == self.statement.number;
                match edit {
                    Edit::Only(index, values) if own => {
                        if let Some(condition) = statement.conditions.get_mut(*index) {
                            condition.values = Some(values.clone());
                        }
                    }
                    Edit::Add(condition) if own => statement.conditions.push(condition.clone()),
                    Edit::Put(changed) if own => statement.clone_from(changed),
                    _ => {}
                }
                let mut counts = own || statement.effect == Some(Effect::Deny);
                for condition in statement.conditions.iter_mut().filter(|one| !told && is_of_request(&one.key)) {
                    condition.operator = always();
                    counts = own;
                }
                if !counts {
                    // A Deny of no action never applies.
                    statement.effect = Some(Effect::Deny);
                    statement.actions = Actions::Only(Vec::new());
                }
            }
        });
        role.stored = true;
        role
    }

    /// The given token if it gets in, else a made-up one that does.
    pub(super) fn admitted(&self, alone: &Role, request: &Request<'_>) -> Option<Claims> {
        if alone.decide(request) == Decision::Allow { Some(request.claims.clone()) } else { admitted(alone) }
    }

    /// Whether a condition is about this claim of one of this statement's identity providers.
    pub(super) fn is_about(&self, condition: &Condition, claim: &str) -> bool {
        let name = self.names.iter().find_map(|name| name_after(name, &condition.key));
        name.is_some_and(|name| name.eq_ignore_ascii_case(claim))
    }
}
