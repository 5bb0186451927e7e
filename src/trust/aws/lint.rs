//! Remarks on a policy: what never works, and what is open wider than its owner thinks. Each is either certain from the
//! policy alone, or was tried: with the given token or a made-up one, on one statement alone.

use std::{cell::Cell, ops::Range};

use super::{
    candidate::{provider_name, providers, texts},
    context::{is_of_request, name_after},
    explain,
    lint_catalogue::{CATALOGUE, Row, TRIED},
    lint_probe, lint_statement, lint_value,
    operator::{Named, OPERATORS, Set, Use},
    policy::{Actions, Condition, Effect, Literal, Statement},
    role::Role,
};
use crate::{
    json::Value,
    report::{Code, Decision, Finding, Severity},
    search::Search as _,
    token::Claims,
    trust::{Probe, Proof, Remark, Request, Trust as _, survey::admitted},
};

/// Values that are tried alone in one policy; of the rest only what is certain without is said.
const PLACES: usize = 16;
/// Fixes that are proved in one policy; further remarks go without.
const FIXES: usize = 32;

/// The remarks, with the given token as evidence wherever it gets in.
pub(super) fn remarks(role: &Role, request: &Request<'_>, probes: &[Probe]) -> Vec<Remark> {
    let mut remarks = Vec::new();
    let Some(policy) = &role.policy else { return remarks };
    let (places, fixes) = (Cell::new(PLACES), Cell::new(FIXES));
    for statement in &policy.statements {
        let mut names = Vec::new();
        for (_, written) in providers(statement) {
            names.push(provider_name(written));
        }
        if names.is_empty() {
            continue;
        }
        let (places, fixes) = (&places, &fixes);
        let mut look = Look { role, statement, names, base: None, remarks, told: Vec::new(), places, fixes };
        look.base = look.admitted(&look.alone(&Edit::Nothing), request);
        lint_statement::remarks(&mut look);
        lint_value::remarks(&mut look);
        if statement.effect != Some(Effect::Deny) {
            nobody(&mut look);
            lint_probe::remarks(&mut look, policy, request, probes);
        }
        remarks = look.remarks;
    }
    remarks
}

/// Says that nobody was found who gets in, where nothing else says why and nothing is unknown about it.
fn nobody(look: &mut Look<'_>) {
    if look.base.is_some()
        || look.told.iter().any(|(code, _)| row(*code).is_some_and(|row| row.severity == Severity::Error))
    {
        return;
    }
    for condition in &look.statement.conditions {
        // A key that AWS never sees is remarked on by the evaluation, and what a variable stands for is not made up.
        let plain = look.claim(condition).is_some() && !texts(condition).iter().any(|text| text.holds("${"));
        if !plain && !is_of_request(&condition.key) {
            return;
        }
    }
    let alone = look.alone(&Edit::Nothing);
    for claims in alone.candidates() {
        if alone.decide(&Request::made_up(&claims)) != Decision::Deny {
            return;
        }
    }
    look.add(Code::Aws025, &look.statement.at, "jobs with the values of this statement", None);
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
    pub(super) statement: &'a Statement,
    /// Its identity providers as CircleCI spells their names.
    pub(super) names: Vec<String>,
    /// A token that it lets in.
    pub(super) base: Option<Claims>,
    pub(super) remarks: Vec<Remark>,
    /// The kinds of remarks on this statement, and their places.
    told: Vec<(Code, usize)>,
    /// What is left of [`PLACES`].
    pub(super) places: &'a Cell<usize>,
    /// What is left of [`FIXES`].
    fixes: &'a Cell<usize>,
}

/// A change of a statement; with any of them its identity providers, its action and its keys are put right too.
#[derive(Debug)]
pub(super) enum Edit {
    /// No change at all.
    Nothing,
    /// No change but that.
    Repair,
    /// This value alone for the condition with this number, and nothing put right.
    Only(usize, String),
    /// Other values for the condition with this number.
    Values(usize, Vec<Literal>),
    /// Another operator for all conditions with the operator of this name.
    Operator(String, Named),
    /// One more condition.
    Add(Condition),
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

fn row(code: Code) -> Option<&'static Row> {
    CATALOGUE.iter().find(|row| row.code == code)
}

/// A finding of the catalogue's. `what`: what was found.
pub(super) fn finding(role: &Role, code: Code, at: &Range<usize>, what: &str) -> Option<Finding> {
    let row = row(code)?;
    let mut assumed = "";
    for statement in role.policy.as_ref().map_or(&[][..], |policy| &policy.statements) {
        if row.found == TRIED
            && role.given.context.is_none()
            && statement.conditions.iter().any(|one| is_of_request(&one.key))
        {
            assumed = "With the conditions on the request satisfied. ";
        }
    }
    let detail = format!("{assumed}{} {what}. {}", row.found, row.advice);
    Some(Finding::new(code, row.severity, row.title, detail).at(role.places().span(at)).reference(row.link))
}

impl Look<'_> {
    /// Adds a remark. One of a kind in one place is enough. A fix is tried together with every change that the statement's
    /// identity providers, action and keys need.
    pub(super) fn add(&mut self, code: Code, at: &Range<usize>, what: &str, fix: Option<Fix>) {
        if self.told.iter().any(|(told, start)| *told == code && *start == at.start) {
            return;
        }
        self.told.push((code, at.start));
        let Some(mut finding) = finding(self.role, code, at, what) else { return };
        let proof = fix.filter(|_| take(self.fixes)).map(|(text, edit, closes)| {
            finding.fix = Some(text);
            Proof { edited: Box::new(self.alone(&edit)), base: self.base.clone(), closes }
        });
        self.remarks.push(Remark { finding, proof });
    }

    /// Whether there is a remark of this kind on this statement.
    pub(super) fn has(&self, code: Code) -> bool {
        self.told.iter().any(|(told, _)| *told == code)
    }

    /// The role with this statement changed, and no other that lets anybody in: what is found then is its doing. The
    /// request is taken to satisfy what the policy asks of it, unless it was told.
    pub(super) fn alone(&self, edit: &Edit) -> Role {
        let told = self.role.given.context.is_some();
        let mut role = self.role.with(&|policy| {
            for statement in &mut policy.statements {
                let own = statement.number == self.statement.number;
                let mut counts = own || statement.effect == Some(Effect::Deny);
                for condition in statement.conditions.iter_mut().filter(|one| !told && is_of_request(&one.key)) {
                    condition.operator = always();
                    counts = own;
                }
                if own {
                    self.edit(statement, edit);
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

    fn edit(&self, statement: &mut Statement, edit: &Edit) {
        if !matches!(edit, Edit::Nothing | Edit::Only(..)) {
            lint_statement::repair(self, statement);
        }
        match edit {
            Edit::Nothing | Edit::Repair => {}
            Edit::Only(index, value) => {
                if let Some(condition) = statement.conditions.get_mut(*index) {
                    condition.values = Some(vec![Literal::Text(value.clone())]);
                }
            }
            Edit::Values(index, values) => {
                if let Some(condition) = statement.conditions.get_mut(*index) {
                    condition.values = Some(values.clone());
                }
            }
            Edit::Operator(name, operator) => {
                for condition in statement.conditions.iter_mut().filter(|one| one.operator_name == *name) {
                    condition.operator = *operator;
                }
            }
            Edit::Add(condition) => statement.conditions.push(condition.clone()),
        }
    }

    /// The given token if it gets in, else a made-up one that does.
    pub(super) fn admitted(&self, alone: &Role, request: &Request<'_>) -> Option<Claims> {
        if alone.decide(request) == Decision::Allow { Some(request.claims.clone()) } else { admitted(alone) }
    }

    /// The claim that a condition is about: `sub`, `aud` or `project-id`, of one of this statement's identity providers.
    pub(super) fn claim(&self, condition: &Condition) -> Option<&'static str> {
        let claim = self.names.iter().find_map(|name| name_after(name, &condition.key))?;
        let known = ["sub", "aud", "project-id"];
        known.iter().find(|known| explain::short(claim).eq_ignore_ascii_case(known)).copied()
    }

    /// Adds a remark on an operator, with the fix that gives it another name unless the statement has one of that name
    /// already.
    pub(super) fn add_operator(&mut self, code: Code, condition: &Condition, what: &str, name: &str, operator: Use) {
        let free = self.statement.conditions.iter().all(|other| other.operator_name != name);
        let edit = Edit::Operator(condition.operator_name.clone(), Named::Operator(operator));
        let fix = (Value::from(name).to_json(), edit, &[][..]);
        self.add(code, &condition.operator_at, what, Some(fix).filter(|_| free));
    }

    /// Adds a remark on a condition's values, with other values as the fix unless they are the same.
    pub(super) fn add_values(
        &mut self,
        code: Code,
        index: usize,
        what: &str,
        values: Vec<Literal>,
        closes: &'static [Code],
    ) {
        let Some(condition) = self.statement.conditions.get(index) else { return };
        let mut listed = Vec::new();
        for value in &values {
            listed.push(explain::expected(value));
        }
        let text = match &*listed {
            [one] => one.to_json(),
            _ => Value::Array(listed).to_json(),
        };
        let changed = condition.values.as_ref() != Some(&values) && !values.is_empty();
        self.add(code, &condition.at, what, changed.then_some((text, Edit::Values(index, values), closes)));
    }
}
