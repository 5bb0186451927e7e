//! Remarks on a provider: what never works, and what is open wider than its owner thinks. Who gets in was tried, with the
//! given token or with a made-up one.

use super::{
    candidate,
    cel::Node,
    iam::may_act,
    lint_catalogue::CATALOGUE,
    lint_expression,
    member::{Identity, Member},
    pool::Pool,
    propose::{Change, corrected},
    provider::Written,
    validity::CONDITION,
};
use crate::{
    report::{Code, Decision, Finding, Outcome, Severity, Span, Step},
    search::Search as _,
    token::Claims,
    trust::{Probe, Proof, Remark, Request, Trust as _, probe, sibling, survey::admitted},
};

/// What is remarked where which probe is let in.
static DANGERS: [(Code, Code); 3] = [
    (Code::ProbeOtherOrganization, Code::Gcp006),
    (Code::ProbeOtherProject, Code::Gcp007),
    (Code::ProbeFork, Code::Gcp021),
];

/// The remarks, with the given token as evidence if it gets in.
pub(super) fn remarks(pool: &Pool, request: &Request<'_>, probes: &[Probe]) -> Vec<Remark> {
    let given = pool.decide(request) == Decision::Allow;
    let base = if given { Some(request.claims.clone()) } else { admitted(pool) };
    let mut look = Look { pool, base, given, remarks: Vec::new() };
    if pool.issuers().is_empty() {
        return look.remarks;
    }
    look.stored();
    look.exchange();
    for written in pool.provider.mapping.iter().map(|mapping| &mapping.written).chain(&pool.provider.condition) {
        lint_expression::remarks(&mut look, written);
    }
    look.mapping();
    look.members();
    look.who_else(probes);
    look.remarks
}

/// A provider, and what there is to say of it.
pub(super) struct Look<'a> {
    pub(super) pool: &'a Pool,
    /// A token that it lets in.
    pub(super) base: Option<Claims>,
    /// It is the given one, which every fix has to keep in.
    given: bool,
    remarks: Vec<Remark>,
}

/// A change that settles a remark, and the text to put in the place of what it is about.
pub(super) type Fix = (String, Change);

impl Look<'_> {
    /// Adds a remark. `what`: what was found, a sentence. A fix has to keep in who gets in.
    pub(super) fn add(&mut self, code: Code, at: Option<Span>, what: &str, fix: Option<Fix>) {
        let base =
            self.base.clone().or_else(|| fix.as_ref().and_then(|(_, change)| admitted(&self.pool.changed(change))));
        self.add_for(code, at, what, fix.zip(base));
    }

    /// The same with a token that has to get in with the fix.
    fn add_for(&mut self, code: Code, at: Option<Span>, what: &str, fix: Option<(Fix, Claims)>) {
        let row = CATALOGUE.iter().find(|(own, ..)| *own == code);
        let (_, severity, title, advice) = row.copied().unwrap_or((code, Severity::Info, "", ""));
        let space = if what.is_empty() || advice.is_empty() { "" } else { " " };
        let mut finding = Finding::new(code, severity, title, [what, space, advice].concat()).at(at);
        finding.subject.clone_from(&self.pool.name);
        let proof = fix.map(|((text, change), base)| {
            finding.fix = Some(text);
            let edited = self.pool.changed(&change);
            // Where only a made-up job with a value that nobody has gets in, another one has to get in then.
            let stays = self.given || edited.decide(&Request::made_up(&base)) == Decision::Allow;
            let base = if stays { base } else { admitted(&edited).unwrap_or(base) };
            Proof { edited: Box::new(edited), base, closes: &[] }
        });
        self.remarks.push(Remark { finding, proof });
    }

    pub(super) fn span(&self, written: &Written, node: &Node) -> Option<Span> {
        self.pool.places().inside(&written.field, &node.at)
    }

    /// What Google refuses to store.
    fn stored(&mut self) {
        let provider = &self.pool.provider;
        let mapped = provider.mapping.iter().map(|mapping| (&*mapping.key, &mapping.written));
        let asked = provider.condition.iter().map(|written| (CONDITION, written));
        let mut fixes = Vec::new();
        for (what, written) in mapped.chain(asked) {
            let Some(text) = corrected(written, what == CONDITION) else { continue };
            let change = Change::Text(written.field.at.clone(), text.clone());
            let Some(base) = admitted(&self.pool.changed(&change)) else { continue };
            let at = self.pool.places().span(&written.field.at);
            fixes.push(([what, ": "].concat(), at, ((text, change), base)));
        }
        for problem in self.pool.problems.iter().filter(|problem| problem.outcome == Outcome::Fail) {
            let title = &*problem.title;
            let what = [title, "."].concat();
            match fixes.iter().position(|(what, ..)| title.starts_with(&**what)) {
                // One text settles all that is wrong with an expression.
                Some(index) => {
                    let (_, at, fix) = fixes.swap_remove(index);
                    self.add_for(Code::Gcp001, at, &what, Some(fix));
                }
                None => self.add(Code::Gcp001, problem.at.clone(), &what, None),
            }
        }
    }

    /// Audience and keys.
    fn exchange(&mut self) {
        let provider = &self.pool.provider;
        let at = provider.issuer.as_ref().and_then(|issuer| self.pool.places().span(&issuer.at));
        if provider.audiences.is_empty() && !provider.untold.audiences {
            self.add(Code::Gcp004, at.clone(), "", None);
        }
        if provider.has_keys {
            self.add(Code::Gcp023, at, "", None);
        }
    }

    /// Subject, unused attributes, what extract() makes of the token.
    fn mapping(&mut self) {
        let pool = self.pool;
        let provider = &pool.provider;
        if let Some(mapping) = provider.mapped("google.subject")
            && let Some((text, change)) = super::propose::shorter_subject(provider)
        {
            let at = pool.places().span(&mapping.written.field.at);
            // The V1 token stays in, and the V2 token of the same job gets in.
            let helps = |base: &Claims| {
                let long =
                    sibling::other(base).map(|(_, other)| pool.changed(&change).decide(&Request::made_up(&other)));
                long == Some(Decision::Allow)
            };
            let base = self.base.clone().filter(helps);
            self.add_for(Code::Gcp002, at, "", base.map(|base| ((text, change), base)));
        }
        let Some(iam) = &pool.iam else { return };
        for mapping in provider.mapping.iter().filter(|mapping| mapping.key.starts_with("attribute.")) {
            let members = iam.bindings.iter().flatten().flat_map(|binding| &binding.members);
            let is_named = members
                .filter_map(|member| Member::read(&member.text))
                .any(|member| matches!(member.identity, Identity::One(key, _) if key == mapping.key));
            let text = provider.condition.as_ref().map(|condition| &*condition.field.text).unwrap_or_default();
            if !is_named && !text.holds(&mapping.key) && !text.holds("attribute[") {
                self.add(Code::Gcp018, pool.places().span(&mapping.written.field.at), "", None);
            }
        }
    }

    /// Members of the service account's policy.
    fn members(&mut self) {
        let pool = self.pool;
        let Some(iam) = &pool.iam else { return };
        for binding in iam.bindings.iter().flatten().filter(|binding| may_act(&binding.role.text)) {
            for (_, field) in binding.of_pools() {
                let at = iam.source.as_ref().map(|source| source.span(field.at.clone()));
                match Member::read(&field.text) {
                    None if field.text.starts_with("principal") => {
                        self.add(Code::Gcp017, at, "It has none of the forms that an identity's name has.", None);
                    }
                    Some(member) if !member.has_number() => {
                        self.add(Code::Gcp017, at, "It has the project's id where its number belongs.", None);
                    }
                    Some(member) if member.identity == Identity::All && pool.provider.condition.is_none() => {
                        self.add(Code::Gcp005, at, "", None);
                    }
                    _ => {}
                }
            }
        }
    }

    /// Who else gets in.
    fn who_else(&mut self, probes: &[Probe]) {
        let pool = self.pool;
        let condition = pool.provider.condition.as_ref().map(|condition| &condition.field);
        let at = condition.or(pool.provider.issuer.as_ref()).and_then(|field| pool.places().span(&field.at));
        let Some(base) = self.base.clone() else {
            let candidates = candidate::all(pool);
            let judged = candidates.first().map(|claims| pool.judge(&Request::made_up(claims)));
            // A condition that the job was not made for says nothing of others.
            let expression = pool.provider.condition.as_ref().and_then(|written| written.expression.as_ref());
            let clear = expression.is_none_or(|expression| candidate::is_clear(expression.root(), &pool.provider));
            let counts = |step: &Step| step.code != Code::GcpCondition || step.outcome != Outcome::Fail || clear;
            let refused = judged
                .filter(|judged| judged.decision == Decision::Deny && judged.steps.iter().all(counts))
                .map(|judged| judged.headline);
            let said =
                |remark: &Remark| remark.finding.severity == Severity::Error || remark.finding.code == Code::Gcp004;
            if let Some(why) = refused.filter(|_| !self.remarks.iter().any(said)) {
                self.add(Code::Gcp022, at, &["A job was made up from its values, and refused: ", &*why].concat(), None);
            }
            return;
        };
        let own;
        let probes = if self.given && !probes.is_empty() {
            probes
        } else {
            own = probe::run(pool, &Request::made_up(&base));
            &*own
        };
        for (probe, code) in &DANGERS {
            let tried = |one: &&Probe| one.code == *probe && one.decision == Decision::Allow;
            let Some(tried) = probes.iter().find(tried) else { continue };
            let what = ["Tried, and let in: ", &*tried.title, "."].concat();
            self.add(*code, at.clone(), &what, None);
            let last = self.remarks.last_mut().filter(|_| *code == Code::Gcp007 && pool.iam.is_none());
            if let Some(remark) = last {
                // Who may do what is then for members to say, and they were not shown.
                remark.finding.severity = Severity::Info;
            }
            if *code != Code::Gcp021 {
                return;
            }
        }
    }
}
