//! Remarks on a role: what never works, and what is open wider than its owner thinks. Who gets in was tried, with the given token
//! or with a made-up one.

use std::ops::Range;

use super::{
    candidate,
    lint_catalogue::CATALOGUE,
    login::Login,
    near,
    propose::Change,
    role::{Bound, Kind},
    settings::{Item, Settings, is_template},
    version::Product,
};
use crate::{
    json::Value,
    report::{Code, Decision, Finding, Outcome, Severity, Span},
    token::{ClaimType, Claims, Definition, Issuer, Subject, SubjectFormat},
    trust::{
        Probe, Proof, Remark, Request, Trust as _,
        given::Given,
        near::{bare, pasteable},
        probe,
        survey::admitted,
    },
};

/// What is remarked where which probe is let in.
static DANGERS: [(Code, Code); 3] = [
    (Code::ProbeOtherOrganization, Code::Vlt011),
    (Code::ProbeOtherProject, Code::Vlt010),
    (Code::ProbeFork, Code::Vlt008),
];
/// Remarks among which fixes are tried.
const FIXES: usize = 32;
/// Remarks on the values of one bound claim that are listed.
const LISTED: usize = 8;
/// Probes that get in because a star goes over more than was meant.
const STARS: [Code; 3] = [Code::ProbeBranchInjection, Code::ProbeBranchSuffix, Code::ProbeBranchPrefix];

/// The remarks, with the given token as evidence if it gets in.
pub(super) fn remarks(login: &Login, request: &Request<'_>, probes: &[Probe]) -> Vec<Remark> {
    let given = login.decide(request) == Decision::Allow;
    let base = if given { Some(request.claims.clone()) } else { admitted(login) };
    let mut look = Look { login, base, given, literal: false, remarks: Vec::new() };
    let Some(settings) = &login.role.settings else { return look.remarks };
    if login.issuers().is_empty() {
        return look.remarks;
    }
    look.stored();
    look.mount();
    if login.role.is_cel() {
        return look.remarks;
    }
    look.role(settings);
    for bound in &login.role.claims {
        look.claim(settings, bound);
    }
    look.who_else(probes);
    look.remarks
}

/// A role, and what there is to say of it.
struct Look<'a> {
    login: &'a Login,
    /// A token that it lets in.
    base: Option<Claims>,
    /// It is the given one.
    given: bool,
    /// A star that is taken literally was remarked on.
    literal: bool,
    remarks: Vec<Remark>,
}

impl Look<'_> {
    /// Adds a remark. `what`: what was found, a sentence.
    #[inline(never)]
    fn add(&mut self, code: Code, at: Option<Span>, what: &str) {
        let Some((_, severity, title, advice, link)) = CATALOGUE.iter().find(|(own, ..)| *own == code) else { return };
        let space = if what.is_empty() || advice.is_empty() { "" } else { " " };
        let mut finding = Finding::new(code, *severity, *title, [what, space, advice].concat()).at(at).reference(link);
        finding.subject.clone_from(&self.login.name);
        self.remarks.push(Remark { finding, proof: None });
    }

    /// The same of a place in the role.
    fn say(&mut self, code: Code, at: &Range<usize>, what: &str) {
        self.add(code, self.login.given.span(at), what);
    }

    /// Adds a fix to the last remark, which is shown if a job gets in with it.
    fn fix(&mut self, text: &str, change: &Change) -> Option<&mut Finding> {
        if self.remarks.len() > FIXES || self.login.exhausted() {
            return None;
        }
        let edited = self.login.changed(&[change]);
        let base = admitted(&edited)?;
        let remark = self.remarks.last_mut()?;
        remark.finding.fix = Some(text.to_owned());
        remark.proof = Some(Proof { edited: Box::new(edited), base, closes: &[] });
        Some(&mut remark.finding)
    }

    /// The same of a member of the role or the mount, which is added where it is not there.
    fn set(&mut self, (given, settings): (&Given, &Settings), change: &Change, name: &str, value: &Value) {
        let json = value.to_json();
        let (at, text) = match (settings.node.get(name), value.as_str()) {
            (None, _) => {
                let start = settings.node.at.start.saturating_add(1);
                (start..start, ["\"", name, "\": ", &json, ","].concat())
            }
            (Some(node), Some(text)) if node.as_str().is_some() => (node.at.clone(), text.to_owned()),
            (Some(node), text) => {
                if node.as_str().is_some() && text.is_none() {
                    return;
                }
                (node.at.clone(), json)
            }
        };
        let span = given.span(&at);
        if let Some(finding) = self.fix(&text, change) {
            finding.at = span;
        }
    }

    /// The organization that it is for, as far as it tells.
    fn organization(&self) -> Option<String> {
        let claims = self.base.clone().or_else(|| candidate::all(self.login).into_iter().next())?;
        Issuer::parse(claims.text("iss")?).org.filter(|org| org != candidate::ORGANIZATION)
    }

    fn severity(&mut self, severity: Severity) {
        if let Some(remark) = self.remarks.last_mut() {
            remark.finding.severity = severity;
        }
    }

    /// What Vault refuses to store.
    fn stored(&mut self) {
        let of_mount = self.login.mount.as_ref().map(|mount| &*mount.problems).unwrap_or_default();
        for problems in [&*self.login.role.problems, of_mount] {
            for problem in problems.iter().filter(|problem| problem.outcome == Outcome::Fail) {
                self.add(Code::Vlt013, problem.at.clone(), &[&*problem.title, "."].concat());
            }
        }
    }

    fn mount(&mut self) {
        let (Some(mount), Some(given)) = (&self.login.mount, &self.login.mount_given) else { return };
        let Some(settings) = &mount.settings else { return };
        let keys = mount.keys();
        let at = keys.and_then(|(_, node)| given.span(&node.at));
        let pairs = keys.is_some_and(|(name, _)| name == "jwks_pairs");
        if settings.get("bound_issuer").is_none() && !settings.is_untold("bound_issuer") && !pairs {
            self.add(Code::Vlt001, at.clone(), "");
            if let Some(org) = self.organization() {
                let issuer = Value::from(["https://oidc.circleci.com/org/", &*org].concat());
                let change = Change::of_mount("bound_issuer", issuer.clone());
                self.set((given, settings), &change, "bound_issuer", &issuer);
            }
        }
        if keys.is_some_and(|(name, _)| matches!(name, "jwks_pairs" | "jwt_validation_pubkeys")) {
            self.add(Code::Vlt020, at, "");
        }
    }

    /// The members of the role, but for its bound claims.
    fn role(&mut self, settings: &Settings) {
        let place = |name: &str| settings.place(name);
        let role_type = settings.text("role_type");
        if matches!(role_type, "oidc" | "") && !settings.is_untold("role_type") && self.remarks.is_empty() {
            self.say(Code::Vlt021, &place("role_type"), "");
            self.fix_text(settings, "role_type", "jwt");
        }
        let audiences = settings.texts("bound_audiences");
        if audiences.is_empty() && !settings.is_untold("bound_audiences") {
            self.say(Code::Vlt002, &settings.node.at, "");
            if let Some(org) = self.organization() {
                let list = Value::Array(vec![org.into()]);
                self.set(
                    (&self.login.given, settings),
                    &Change::member("bound_audiences", list.clone()),
                    "bound_audiences",
                    &list,
                );
            }
            if self.login.product == Product::Vault
                && self.login.version.is_some_and(|version| !version.refuses_unbound())
            {
                self.severity(Severity::Warning);
            }
        }
        let subject = settings.text("bound_subject");
        let literal =
            audiences.iter().map(|item| (item.text(), item.at.clone())).chain([(subject, place("bound_subject"))]);
        for (text, at) in literal {
            if text.contains(['*']) {
                self.say(Code::Vlt012, &at, "");
            }
        }
        if Subject::parse(subject).format == SubjectFormat::V1 && !subject.contains(['*']) {
            self.say(Code::Vlt017, &place("bound_subject"), "");
        }
        if matches!(settings.text("user_claim"), "sub" | "/sub") {
            self.say(Code::Vlt003, &place("user_claim"), "");
        }
        if self.login.role.kind() == Kind::Glob && !settings.terraform {
            self.say(Code::Vlt005, &place("bound_claims_type"), "");
        }
        for name in ["expiration_leeway", "not_before_leeway"] {
            if settings.seconds(name).is_some_and(|seconds| seconds != 0) {
                self.say(Code::Vlt019, &place(name), "");
            }
        }
        let no_text = |name: &str, lists: bool| {
            // A name that leads to no claim is another matter: metadata of it is left out.
            let leads = |row: &&Definition| row.name == name || super::pointer::to(row.name) == name;
            let kind = near::known(name).filter(leads).map(|row| row.kind);
            matches!(kind, Some(ClaimType::Boolean | ClaimType::Seconds)) || (!lists && kind == Some(ClaimType::Uuids))
        };
        for (name, lists) in [("user_claim", false), ("groups_claim", true)] {
            if no_text(settings.text(name), lists) {
                self.say(Code::Vlt015, &place(name), "");
            }
        }
        for mapping in super::identity::mappings(settings) {
            if no_text(&mapping.name, false) {
                self.say(Code::Vlt015, &mapping.name_at, "");
            }
        }
    }

    /// Adds a text in the place of another one as fix of the last remark.
    fn fix_text(&mut self, settings: &Settings, name: &'static str, text: &str) {
        self.set((&self.login.given, settings), &Change::member(name, text.into()), name, &text.into());
    }

    /// One bound claim.
    fn claim(&mut self, settings: &Settings, bound: &Bound) {
        let (kind, known) = (self.login.role.kind(), near::known(&bound.key));
        let Some(row) = known else { return };
        if bound.key != row.name && super::pointer::to(row.name) != bound.key {
            let what = if bound.key.starts_with('/') {
                "It begins with /, so it is a JSON pointer, in which each / leads one level down."
            } else {
                "CircleCI's tokens have no claim of this name."
            };
            self.say(Code::Vlt009, &bound.key_at, what);
            self.fix(row.name, &Change::name(bound.key_at.clone(), row.name.to_owned()));
        }
        if bound.split {
            self.say(Code::Vlt018, &bound.at, "");
        }
        if row.kind == ClaimType::Uuids {
            self.say(Code::Vlt007, &bound.at, "");
        }
        let before = self.remarks.len();
        for item in bound.values.iter().flatten() {
            self.value(settings, row.name, row.kind, kind, item, bound.split);
        }
        let more = self.remarks.len().saturating_sub(before).saturating_sub(LISTED);
        if more > 0 {
            self.remarks.truncate(before.saturating_add(LISTED));
            if let Some(remark) = self.remarks.last_mut() {
                remark.finding.detail = format!("{} {more} more values are like this.", remark.finding.detail).into();
            }
        }
    }

    /// One value of a bound claim.
    fn value(&mut self, settings: &Settings, name: &str, wanted: ClaimType, kind: Kind, item: &Item, split: bool) {
        let Value::String(text) = &item.value else { return };
        if matches!(wanted, ClaimType::Boolean | ClaimType::Seconds) {
            let what = if settings.terraform {
                "Terraform's provider makes a text of it; write the role by other means."
            } else {
                "Write it without quotes."
            };
            self.say(Code::Vlt006, &item.at, what);
            return;
        }
        if text.contains(['*']) {
            if kind == Kind::Equal && !self.literal {
                self.literal = true;
                let what = ["A value of ", name, " has one, and bound_claims_type is string."].concat();
                let place = if settings.get("bound_claims_type").is_some() {
                    settings.place("bound_claims_type")
                } else {
                    item.at.clone()
                };
                self.say(Code::Vlt012, &place, &what);
                self.fix_text(settings, "bound_claims_type", "glob");
            }
            if kind != Kind::Glob {
                return;
            }
        }
        let wrong = |text: &str| near::never(name, wanted, text);
        if wrong(text) && !is_template(text) {
            self.say(Code::Vlt014, &item.at, "");
            let meant = match wanted {
                ClaimType::Uuid | ClaimType::Uuids => text.trim().to_ascii_lowercase(),
                _ if name.ends_with("/vcs-ref") => ["refs/heads/", text.trim()].concat(),
                _ => bare(text),
            };
            if !split && !wrong(&meant) && pasteable(&meant) {
                self.fix(&meant, &Change::value(item.at.clone(), (&*meant).into()));
            }
        }
        if name == "sub" && Subject::parse(text).format == SubjectFormat::V1 {
            self.say(Code::Vlt017, &item.at, "");
        }
    }

    /// Who else gets in.
    fn who_else(&mut self, probes: &[Probe]) {
        let login = self.login;
        let Some(base) = self.base.clone() else {
            let judged = candidate::all(login).first().map(|claims| login.judge(&Request::made_up(claims)));
            let refused = judged.filter(|judged| judged.decision == Decision::Deny).map(|judged| judged.headline);
            let said = |remark: &Remark| remark.finding.severity == Severity::Error;
            if let Some(why) = refused.filter(|_| !self.remarks.iter().any(said)) {
                self.add(Code::Vlt016, None, &["A job was made up from its values, and refused: ", &*why].concat());
            }
            return;
        };
        let own;
        let probes = if self.given && !probes.is_empty() {
            probes
        } else {
            own = probe::run(login, &Request::made_up(&base));
            &*own
        };
        let first = login.role.claims.first().map(|bound| &bound.key_at);
        let at = first.and_then(|at| login.given.span(at));
        let star = |bound: &&Bound| bound.values.iter().flatten().any(|item| item.text().contains(['*']));
        let starred = login.role.claims.iter().find(star);
        let crossing = probes.iter().find(|probe| probe.dangerous && STARS.contains(&probe.code));
        if let (Some(bound), Some(probe)) = (starred, crossing) {
            self.say(Code::Vlt004, &bound.at, &["Tried, and let in: ", &*probe.title, "."].concat());
        } else if let Some(bound) = starred.filter(|bound| bound.key == "sub") {
            self.say(Code::Vlt004, &bound.at, "A V2 subject goes on with repository and branch after the user.");
            self.severity(Severity::Info);
        }
        for (probe, code) in &DANGERS {
            let tried = |one: &&Probe| one.code == *probe && one.decision == Decision::Allow;
            let Some(tried) = probes.iter().find(tried) else { continue };
            self.add(*code, at.clone(), &["Tried, and let in: ", &*tried.title, "."].concat());
            return;
        }
    }
}
