//! The credentials as they were given, read once for any number of tokens.

use std::rc::Rc;

use super::{
    candidate,
    credential::Credential,
    document, exchange, headline, link, lint,
    matching::{self, Found},
    propose,
    validity::{ADVICE, CREDENTIALS, Problems},
};
use crate::{
    json::{Node, Value},
    report::{Code, Decision, Outcome, Step, Words},
    token::Claims,
    trust::{Probe, Proposal, Remark, Request, Trust, TrustResult, given::Given, result},
};

/// Credentials that are judged: those of five applications that have as many as there can be.
const JUDGED: usize = 100;

/// The credentials of one application or managed identity, or of several. A copy with another document shares nothing that changes.
#[derive(Clone, Debug)]
pub(super) struct Application {
    pub(super) given: Rc<Given>,
    pub(super) name: Option<String>,
    pub(super) credentials: Vec<Credential>,
    /// How many there are, those included that are not judged.
    count: usize,
    /// What Entra would refuse to store.
    pub(super) problems: Vec<Step>,
}

impl Application {
    pub(super) fn new((name, given): (Option<String>, Given)) -> Self {
        Self { given: Rc::new(given), name, credentials: Vec::new(), count: 0, problems: Vec::new() }.read()
    }

    /// Reads the credentials from their JSON.
    fn read(mut self) -> Self {
        let mut problems = Problems::new(self.given.source.as_ref());
        self.credentials.clear();
        match &self.given.node {
            Ok(node) => {
                let mut items = Vec::new();
                document::items(node, false, None, &mut items);
                self.count = items.len();
                for (item, number) in items.iter().zip(1..).take(JUDGED) {
                    let credential = Credential::read(item, number, &mut problems);
                    self.credentials.push(credential);
                }
                problems.whole(&self.credentials, self.count);
                self.problems = problems.steps;
            }
            Err(error) => {
                self.problems = vec![Step::new(Code::JsonSyntax, Outcome::Unknown, error.clone()).detail(ADVICE)];
            }
        }
        let own = match &*self.credentials {
            [only] => only.name.as_deref(),
            [first, ..] if first.beside(&self.credentials) == self.credentials.len() => first.identity.as_deref(),
            _ => None,
        };
        let of_all = self.given.node.as_ref().ok().and_then(document::name);
        self.name = self.name.or_else(|| of_all.or(own).map(str::to_owned));
        self
    }

    /// The same with another document, so that what is proved is what can be pasted.
    pub(super) fn with(&self, edit: &dyn Fn(&mut Node)) -> Self {
        let mut given = Given::clone(&self.given);
        if let Ok(node) = &mut given.node {
            edit(node);
        }
        Self { given: Rc::new(given), ..self.clone() }.read()
    }

    /// How many more credentials there is room for beside this one, as far as is shown.
    pub(super) fn left(&self, beside: &Credential) -> usize {
        CREDENTIALS.saturating_sub(beside.beside(&self.credentials))
    }

    /// Whether there are so many that no change of one helps.
    pub(super) fn is_over(&self) -> bool {
        self.problems.iter().any(|problem| problem.code == Code::AzureDocumentCount)
    }

    fn compare(&self, claims: &Claims) -> Vec<Found> {
        self.credentials.iter().map(|credential| matching::compare(credential, claims)).collect()
    }

    /// Whether Entra stores them.
    fn stored(&self) -> Outcome {
        Outcome::all(self.problems.iter().map(|problem| problem.outcome))
    }

    fn steps(&self, request: &Request<'_>, found: &[Found], assumed: &mut Vec<Words>) -> Vec<Step> {
        let stored = self.stored();
        let title = match stored {
            Outcome::Pass => "Entra stores these credentials",
            Outcome::Fail => "Entra refuses to store these credentials",
            Outcome::Unknown | Outcome::NotApplicable => "whether Entra stores these credentials is not certain",
        };
        let document = Step::new(Code::AzureDocument, stored, title).reference(link::CREDENTIAL);
        let token = exchange::token(request, assumed);
        let outcome = self.matched(found);
        let title = match outcome {
            Outcome::Pass => "a credential is for this token",
            Outcome::Fail => "no credential is for this token",
            Outcome::Unknown | Outcome::NotApplicable => "whether a credential is for this token is not certain",
        };
        let source = self.given.source.as_ref();
        let mut children = matching::steps(&self.credentials, found, request.claims, source);
        if children.is_empty() && outcome == Outcome::Fail {
            let title = "there are no federated credentials";
            children.push(
                Step::new(Code::AzureCredentialsNone, Outcome::Fail, title)
                    .detail("Entra answers with AADSTS70025.")
                    .reference(link::CONSIDERATIONS),
            );
        }
        assumed.extend([
            "The job names the application or identity that has these credentials, and its tenant.".into(),
            "Entra can fetch the issuer's keys, and the token's signature is genuine.".into(),
            "No policy of the tenant blocks workload identity federation.".into(),
            "What the job then does is for role assignments to allow.".into(),
        ]);
        let credentials = Step::new(Code::AzureCredentials, outcome, title).reference(link::CONSIDERATIONS);
        vec![document.children(self.problems.iter().cloned()), token, credentials.children(children)]
    }

    /// Whether one of them lets the token in. What could not be read may hold one that does.
    fn matched(&self, found: &[Found]) -> Outcome {
        match matching::any(found) {
            Outcome::Fail if self.given.node.is_err() || self.count > found.len() => Outcome::Unknown,
            outcome => outcome,
        }
    }

    /// What the token is for Entra: one credential at most has its issuer and subject.
    fn identity(&self, request: &Request<'_>, found: &[Found]) -> Option<Value> {
        let passed = found.iter().position(|found| found.iter().all(|one| *one == Outcome::Pass))?;
        let credential = self.credentials.get(passed)?;
        let subject = ("subject".to_owned(), Value::from(request.claims.text("sub")?));
        let name = credential.name.as_deref().unwrap_or(&credential.label);
        Some(Value::Object(vec![("credential".to_owned(), name.into()), subject]))
    }
}

/// Credentials that Entra refuses to store are invalid whatever else; otherwise every step is needed.
fn decide(stored: Outcome, others: Outcome) -> Decision {
    if stored == Outcome::Fail { Decision::Invalid } else { Outcome::all([stored, others]).into() }
}

impl Trust for Application {
    fn judge(&self, request: &Request<'_>) -> TrustResult {
        let mut assumed = Vec::new();
        let found = self.compare(request.claims);
        let steps = self.steps(request, &found, &mut assumed);
        let decision = result::decide(&steps);
        // A credential that is alone has its name in its own step.
        let alone = matches!(&*self.credentials, [only] if only.name == self.name);
        let name = self.name.as_deref().filter(|_| !alone);
        let said = headline::write(name, decision, &steps);
        let mut findings = Vec::new();
        if request.alg != "RS256" {
            let mut finding = lint::finding(Code::Az013, &["The token's header says ", request.alg, "."]);
            finding.subject.clone_from(&self.name);
            findings.push(finding);
        }
        let identity = if decision == Decision::Allow { self.identity(request, &found) } else { None };
        TrustResult {
            findings,
            assumed,
            identity,
            ..TrustResult::new("azure", self.name.clone(), decision, said, steps)
        }
    }

    fn decide(&self, request: &Request<'_>) -> Decision {
        let token = exchange::token(request, &mut Vec::new()).outcome;
        decide(self.stored(), Outcome::all([token, self.matched(&self.compare(request.claims))]))
    }

    fn issuers(&self) -> Vec<String> {
        let mut issuers: Vec<String> = Vec::new();
        for credential in &self.credentials {
            // One that a plan does not tell may be CircleCI's.
            let is_untold = matches!(credential.untold, [Some(_), ..]);
            let own = credential.issuer().and_then(|issuer| issuer.url);
            let own = own.or_else(|| credential.like_circleci().map(str::to_owned));
            issuers.extend(own.or_else(|| is_untold.then(|| "*".to_owned())).filter(|own| !issuers.contains(own)));
        }
        issuers
    }

    fn candidates(&self) -> Vec<Claims> {
        candidate::all(self)
    }

    fn proposals(&self, request: &Request<'_>, steps: &[Step]) -> Vec<Proposal> {
        propose::all(self, request, steps)
    }

    fn remarks(&self, request: &Request<'_>, _probes: &[Probe]) -> Vec<Remark> {
        lint::remarks(self, request)
    }
}
