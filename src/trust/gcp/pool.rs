//! A provider as it was given, read once for any number of tokens.

use std::rc::Rc;

use super::{
    budget::{MEMBER, TRIES},
    candidate, condition, credentials,
    document::{self, Document},
    exchange,
    field::Places,
    headline,
    iam::IamPolicy,
    input::Input,
    link, lint,
    mapping::{self, Attributes},
    member,
    propose::{self, Change},
    provider::{self, WorkloadProvider},
};
use crate::{
    json::{Node, Value},
    report::{Code, Decision, Outcome, Step, Words},
    token::Claims,
    trust::{
        Probe, Proposal, Remark, Request, Trust, TrustResult,
        budget::{Budget, Tries},
        given::Given,
        result::{decide, trusted},
    },
};

/// A workload identity pool provider, and what was given beside it. A copy with another provider shares the rest.
#[derive(Clone, Debug)]
pub(super) struct Pool {
    pub(super) given: Rc<Given>,
    pub(super) name: Option<String>,
    pub(super) iam: Option<Rc<IamPolicy>>,
    pub(super) credentials: Option<Rc<Given>>,
    pub(super) provider: Rc<WorkloadProvider>,
    /// What Google would refuse to store.
    pub(super) problems: Rc<Vec<Step>>,
    tries: Tries,
}

impl Pool {
    pub(super) fn new(input: Input) -> Self {
        let Input { name, provider: given, iam, credentials } = input;
        let given = Rc::new(given);
        let alone = given.node.as_ref().is_ok_and(|node| matches!(document::find(node), Document::Credentials(_)));
        let credentials = credentials.map(Rc::new).or_else(|| alone.then(|| Rc::clone(&given)));
        Self {
            given,
            name,
            iam: iam.map(Rc::new),
            credentials,
            provider: Rc::default(),
            problems: Rc::default(),
            tries: Tries::default(),
        }
        .read()
    }

    /// Reads the provider from its JSON.
    fn read(mut self) -> Self {
        let places = Places(self.given.source.as_ref());
        let (provider, problems) = match &self.given.node {
            Ok(node) => {
                let (provider, problems) = provider::read(node, places);
                (provider, problems.steps)
            }
            Err(error) => {
                let step = Step::new(Code::JsonSyntax, Outcome::Unknown, error.clone()).detail(
                    "Paste the provider as JSON: gcloud prints it with --format=json, Terraform with terraform show -json.",
                );
                (WorkloadProvider::untold(), vec![step])
            }
        };
        let named = Some(&provider.resource.provider).filter(|name| !name.is_empty());
        self.name = self.name.or_else(|| named.cloned());
        (self.provider, self.problems) = (Rc::new(provider), Rc::new(problems));
        self
    }

    /// The same with another document, so that what is proved is what can be pasted.
    pub(super) fn with(&self, edit: &dyn Fn(&mut Node)) -> Self {
        let mut given = Given::clone(&self.given);
        if let Ok(node) = &mut given.node {
            edit(node);
        }
        self.spend(self.size());
        Self { given: Rc::new(given), ..self.clone() }.read()
    }

    /// The same with one change.
    pub(super) fn changed(&self, change: &Change) -> Self {
        self.with(&|node| change.apply(node))
    }

    pub(super) fn places(&self) -> Places<'_> {
        Places(self.given.source.as_ref())
    }

    /// The steps, what they take for granted, and the attributes. `quiet`: nobody reads the steps.
    fn steps(&self, request: &Request<'_>, quiet: bool) -> (Vec<Step>, Vec<Words>, Attributes) {
        let (provider, places) = (&self.provider, self.places());
        let mut assumed = Vec::new();
        if self.exhausted() {
            let title = "too much was tried for this provider";
            let attributes = Attributes::of(&WorkloadProvider::default(), request.claims);
            return (vec![Step::new(Code::GcpDocument, Outcome::Unknown, title)], assumed, attributes);
        }
        let attributes = Attributes::of(provider, request.claims);
        let mut asked = vec![exchange::request(provider, &mut assumed)];
        if let Some(given) = &self.credentials {
            asked.extend(credentials::steps(given, provider));
        }
        let mut steps = vec![
            document(&self.problems),
            group(asked),
            exchange::token(provider, request, places, &mut assumed),
            mapping::step(provider, &attributes, places),
            condition::step(provider, &attributes, request.claims, places, quiet),
        ];
        if provider.other.is_some() {
            // What it maps and asks is about other credentials.
            steps.truncate(3);
        }
        match &self.iam {
            Some(iam) => steps.push(iam.step(provider, &attributes, &mut assumed, quiet)),
            None => assumed.push(match self.credentials.as_deref().and_then(credentials::account) {
                Some(account) => format!("The identity may act as {account}, whose IAM policy was not given.").into(),
                None => {
                    "The identity has a role on what it is for; a service account's IAM policy was not given.".into()
                }
            }),
        }
        let steps_of_cel = usize::try_from(attributes.spent.get()).unwrap_or(usize::MAX) / 4;
        self.spend(self.size().saturating_add(steps_of_cel));
        (steps, assumed, attributes)
    }

    fn spend(&self, units: usize) {
        Budget::within(u32::MAX, &self.tries).spend(units);
    }

    /// What reading or judging it counts.
    fn size(&self) -> usize {
        let mapped = self.provider.mapping.iter().map(|mapping| &mapping.written);
        let characters = mapped.chain(&self.provider.condition).map(|written| written.field.text.len()).sum::<usize>();
        let members =
            self.iam.iter().flat_map(|iam| iam.bindings.iter().flatten()).map(|binding| binding.members.len());
        characters.saturating_add(members.sum::<usize>().saturating_mul(MEMBER))
    }

    /// What Google hands on: the attributes, and the names that members of IAM policies have for the identity.
    fn identity(&self, attributes: &Attributes) -> Value {
        let mut members = attributes.to_json();
        let (principal, sets) = member::names(&self.provider, attributes);
        members.extend(principal.map(|principal| ("principal".to_owned(), Value::String(principal))));
        members.push(("principalSet".to_owned(), Value::Array(sets.into_iter().map(Value::String).collect())));
        Value::Object(members)
    }
}

impl Trust for Pool {
    fn judge(&self, request: &Request<'_>) -> TrustResult {
        let (steps, assumed, attributes) = self.steps(request, false);
        let decision = decide(&steps);
        let said = headline::write(self.name.as_deref(), decision, &steps);
        let identity = (decision == Decision::Allow).then(|| self.identity(&attributes));
        TrustResult { assumed, identity, ..TrustResult::new("gcp", self.name.clone(), decision, said, steps) }
    }

    fn decide(&self, request: &Request<'_>) -> Decision {
        decide(&self.steps(request, true).0)
    }

    fn limit(&self) {
        self.tries.set(Some(TRIES));
    }

    fn exhausted(&self) -> bool {
        self.tries.get() == Some(0)
    }

    fn issuers(&self) -> Vec<String> {
        // One that a plan does not tell may be CircleCI's.
        let issuer = match &self.provider.issuer {
            None if self.provider.untold.issuer => "*",
            Some(issuer) => issuer.text.trim_end_matches('/'),
            None => "",
        };
        trusted(issuer)
    }

    fn candidates(&self) -> Vec<Claims> {
        candidate::all(self)
    }

    fn proposals(&self, request: &Request<'_>, steps: &[Step]) -> Vec<Proposal> {
        propose::all(self, request, steps)
    }

    fn remarks(&self, request: &Request<'_>, probes: &[Probe]) -> Vec<Remark> {
        lint::remarks(self, request, probes)
    }
}

/// Whether Google stores the provider, with a child for every problem.
fn document(problems: &[Step]) -> Step {
    let outcome = Outcome::all(problems.iter().map(|problem| problem.outcome));
    let title = match outcome {
        Outcome::Pass => "Google stores this provider",
        Outcome::Fail => "Google refuses to store this provider",
        Outcome::Unknown | Outcome::NotApplicable => "whether Google stores this provider is not certain",
    };
    Step::new(Code::GcpDocument, outcome, title).reference(link::PROVIDER).children(problems.iter().cloned())
}

/// What the request names.
fn group(children: Vec<Step>) -> Step {
    let outcome = Outcome::all(children.iter().map(|step| step.outcome));
    let title = match outcome {
        Outcome::Pass => "the request reaches the provider",
        Outcome::Fail => "the request does not reach the provider",
        Outcome::Unknown | Outcome::NotApplicable => "whether the request reaches the provider is not certain",
    };
    Step::new(Code::GcpRequest, outcome, title).reference(link::EXCHANGE).children(children)
}
