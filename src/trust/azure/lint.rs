//! Remarks on credentials: what is never stored, what never matches, and what runs out.

use super::{
    application::Application,
    candidate,
    credential::{Credential, PARTS},
    lint_catalogue::CATALOGUE,
    near,
    propose::Change,
    validity::CREDENTIALS,
};
use crate::{
    json::Node,
    report::{Code, Decision, Finding, Outcome, Severity},
    token::{Claims, Subject, SubjectFormat, is_uuid},
    trust::{
        Proof, Remark, Request, Trust as _, is_made_up,
        near::{Ids, of_text, pasteable},
    },
};

/// The remarks. The given token, if it gets in, has to get in with every fix.
pub(super) fn remarks(application: &Application, request: &Request<'_>) -> Vec<Remark> {
    let is_given = !is_made_up(request.claims) && application.decide(request) == Decision::Allow;
    let given = is_given.then_some(*request);
    let mut look = Look { application, given, remarks: Vec::new() };
    if application.issuers().is_empty() {
        return look.remarks;
    }
    look.stored();
    application.credentials.iter().for_each(|credential| look.values(credential));
    look.users();
    look.remarks
}

/// A remark's words. `what`: what was found, a sentence.
pub(super) fn finding(code: Code, what: &[&str]) -> Finding {
    let row = CATALOGUE.iter().find(|(own, ..)| *own == code);
    let (_, severity, title, advice) = row.copied().unwrap_or((code, Severity::Info, "", ""));
    let what = what.concat();
    let space = if what.is_empty() || advice.is_empty() { "" } else { " " };
    Finding::new(code, severity, title, [&*what, space, advice].concat())
}

struct Look<'a> {
    application: &'a Application,
    /// A token that gets in.
    given: Option<Request<'a>>,
    remarks: Vec<Remark>,
}

impl Look<'_> {
    /// Adds a remark on a text. `fix`: what to write there, and a job that gets in then.
    fn add(&mut self, code: Code, at: &Node, what: &[&str], fix: Option<(String, Claims)>) {
        let mut finding = finding(code, what).at(self.application.span(&at.at));
        finding.subject.clone_from(&self.application.name);
        let mut proof = None;
        if let Some((text, base)) = fix.filter(|(text, _)| pasteable(text) && !self.application.is_over()) {
            let change: Change = (at.at.clone(), text);
            let edited = self.application.changed(&change);
            if self.given.is_none_or(|given| edited.decide(&given) == Decision::Allow) {
                finding.fix = Some(change.1);
                proof = Some(Proof { edited: Box::new(edited), base, closes: &[] });
            }
        }
        self.remarks.push(Remark { finding, proof });
    }

    /// What Entra refuses to store.
    fn stored(&mut self) {
        for problem in self.application.problems.iter().filter(|problem| problem.outcome == Outcome::Fail) {
            let code = match problem.code {
                Code::AzureDocumentUnique => Code::Az009,
                Code::AzureDocumentCount => Code::Az010,
                Code::AzureDocumentExpression => Code::Az011,
                _ => Code::Az001,
            };
            let mut finding = finding(code, &[&problem.title, "."]).at(problem.at.clone());
            finding.subject.clone_from(&self.application.name);
            self.remarks.push(Remark { finding, proof: None });
        }
    }

    /// Texts that no token of the job has that the credential is made for.
    fn values(&mut self, credential: &Credential) {
        let base = candidate::of(credential, false);
        let ids = Ids::of(base.as_ref().unwrap_or(&Claims::new(Vec::new(), true)));
        for (part, written) in PARTS.iter().zip(&credential.parts) {
            let Some(node) = written.first() else { continue };
            let written = node.as_str().unwrap_or_default();
            let Some(base) = &base else {
                if part.claim == "iss" && credential.like_circleci().is_some() {
                    self.add(Code::Az012, node, &[&credential.label, ": ", written, "."], None);
                }
                continue;
            };
            let meant = base.text(part.claim).unwrap_or_default();
            if part.claim == "aud" && near::is_default(written) {
                let own = candidate::of(credential, true);
                let fix = own.and_then(|own| Some((own.text("aud")?.to_owned(), own)));
                self.add(Code::Az005, node, &["Let the job ask for it: ", &near::asking(written)], fix);
            } else if written.contains(['*']) {
                self.add(Code::Az002, node, &[&credential.label, ": ", written, "."], None);
            } else if written != meant {
                let near = of_text(written, meant, &ids);
                // Which capital letters a repository has is not told by a subject that has no others.
                let is_told = part.claim != "sub" || written.bytes().any(|byte| byte.is_ascii_lowercase());
                let fix = is_told.then(|| (meant.to_owned(), base.clone()));
                match near {
                    Some((Code::HintTrailingSlash, _)) => self.add(Code::Az006, node, &[], fix),
                    Some((Code::HintCase, _)) => self.add(Code::Az007, node, &[], fix),
                    Some((Code::HintWhiteSpace | Code::HintLookAlike, says)) => {
                        self.add(Code::Az008, node, &[&says], fix);
                    }
                    _ => self.add(Code::Az012, node, &[&credential.label, ": ", written, "."], None),
                }
            }
        }
    }

    /// One credential for each user, and names that can change.
    fn users(&mut self) {
        let mut seen: Vec<&Credential> = Vec::new();
        let mut is_named = false;
        let application = self.application;
        let format = |credential: &Credential| {
            let subject = Subject::parse(credential.text(1).unwrap_or_default());
            let is_user = subject.user.as_deref().is_some_and(is_uuid) && credential.issuer().is_some();
            is_user.then_some(subject.format)
        };
        for credential in &application.credentials {
            let (Some(own), [_, subjects, _]) = (format(credential), &credential.parts) else { continue };
            let Some(subject) = subjects.first() else { continue };
            // Once for each application.
            let is_beside = |other: &&&Credential| credential.is_beside(other) == Outcome::Pass;
            if seen.iter().find(is_beside).is_none() {
                let both =
                    |other: &&Credential| credential.is_beside(other) == Outcome::Pass && format(other).is_some();
                let count = application.credentials.iter().filter(both).count();
                let are = if count == 1 { "credential is" } else { "credentials are" };
                let left = application.left(credential);
                let what = format!("{count} {are} for one user; {left} of {CREDENTIALS} are left, as far as is shown.");
                self.add(Code::Az003, subject, &[&what], None);
                seen.push(credential);
            }
            if own == SubjectFormat::V2 && !is_named {
                self.add(Code::Az004, subject, &[], None);
                is_named = true;
            }
        }
    }
}
