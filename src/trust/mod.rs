//! Trust configurations: the seam between this program and the policy language of each cloud.
//!
//! A provider is a folder below this one and a line in [`PROVIDERS`]. It gets claims, the header's `alg` and a clock,
//! never a signature or a key.

pub mod aws;
pub mod azure;
mod budget;
mod example;
pub mod gcp;
mod given;
mod near;
mod probe;
mod proof;
mod range;
mod result;
mod sibling;
mod survey;
pub mod vault;

use crate::{
    Error, Seconds,
    json::Node,
    report::{Code, Decision, Finding, Hint, Outcome, Step, mark},
    token::Claims,
};

use example::is_made_up;
pub use example::job;
pub use probe::Probe;
pub use result::TrustResult;
pub use sibling::Sibling;
pub use survey::{Survey, survey};

/// Every provider, in the order in which they are asked.
pub static PROVIDERS: &[&dyn Provider] = &[&aws::Aws, &gcp::Gcp, &azure::Azure, &vault::Vault];

/// One cloud, or product, that lets jobs in: how it reads its configuration.
pub trait Provider: Sync {
    /// The name that a configuration's `provider` member carries, for example `aws`.
    fn id(&self) -> &'static str;

    /// Reads a configuration. What the cloud would refuse to store is read as far as it can be.
    ///
    /// # Errors
    /// [`Error`] where the configuration object itself is misused (a wrong type, an unknown member, over the size
    /// limit).
    fn read(&self, configuration: &Configuration<'_>) -> Result<Box<dyn Trust>, Error>;

    /// The member of this provider's configuration (`policy`) that a pasted JSON document is for, if it is one of its own.
    fn detect(&self, document: &Node) -> Option<&'static str>;
}

/// A configuration that was read once and judges any number of tokens.
pub trait Trust {
    /// Would it let a token with these claims in, and why? Tries no other token and proves no fix.
    fn judge(&self, request: &Request<'_>) -> TrustResult;

    /// The decision alone.
    fn decide(&self, request: &Request<'_>) -> Decision {
        self.judge(request).decision
    }

    /// From here on all evaluations of it, and of what is made of it, share one bound on their work. Over it they are unknown.
    fn limit(&self) {}

    /// Whether that bound is reached.
    fn exhausted(&self) -> bool {
        false
    }

    /// CircleCI's issuers that it trusts, as URLs. None: it is about other identity providers.
    fn issuers(&self) -> Vec<String>;

    /// Claims of made-up jobs that it may well let in, the likeliest first: for a look at the configuration without a
    /// token.
    fn candidates(&self) -> Vec<Claims>;

    /// Changes that may let this token in, which it does not let in now. None is shown before it is proved.
    fn proposals(&self, request: &Request<'_>, steps: &[Step]) -> Vec<Proposal>;

    /// Remarks on its breadth, from what the probes of a token that it lets in found, and on what never works.
    fn remarks(&self, request: &Request<'_>, probes: &[Probe]) -> Vec<Remark>;
}

/// A change that may let a token in.
pub struct Proposal {
    /// The way to the step that it is about: the index among the top steps, then among its children, and so on.
    pub step: Vec<usize>,
    /// What to say. Its `fix` is shown only if `edited` lets the token in.
    pub hint: Hint,
    /// The configuration with the fix in place.
    pub edited: Box<dyn Trust>,
}

/// A remark, and the change that would settle it.
pub struct Remark {
    /// What to say. Its `fix` is shown only if it is proved.
    pub finding: Finding,
    /// `None` where there is no fix.
    pub proof: Option<Proof>,
}

/// What proves a fix.
pub struct Proof {
    /// The part of the configuration that the remark is about, with the fix in place.
    pub edited: Box<dyn Trust>,
    /// A token that this part lets in now, or should, and must let in then.
    pub base: Claims,
    /// Codes of the probes that must all be refused then.
    pub closes: &'static [Code],
}

/// One configuration as the caller gave it.
#[derive(Clone, Debug)]
pub struct Configuration<'a> {
    /// The object with `provider`, `name` and the provider's own members.
    pub node: &'a Node,
    /// Where it stands in the arguments, for example `trust[0]`; spans point into `trust[0].policy`.
    pub path: String,
}

/// The token that is presented, and when.
#[derive(Clone, Copy, Debug)]
pub struct Request<'a> {
    /// Its claims.
    pub claims: &'a Claims,
    /// The header's `alg`; empty if it names none.
    pub alg: &'a str,
    /// Epoch seconds at which it is presented; `None` where neither the caller nor the token tells.
    pub now: Option<Seconds>,
}

/// Reads a configuration with the provider that it names.
///
/// # Errors
/// [`Error::Argument`] for an unknown provider, and what [`Provider::read`] says.
pub fn read(configuration: &Configuration<'_>) -> Result<Box<dyn Trust>, Error> {
    provider(configuration)?.read(configuration)
}

/// Evaluates one configuration. `probes`: also try who else gets in, and prove fixes, which takes some fifty evaluations
/// more.
///
/// # Errors
/// What [`read`] says.
pub fn evaluate(configuration: &Configuration<'_>, request: &Request<'_>, probes: bool) -> Result<TrustResult, Error> {
    let trust = read(configuration)?;
    let mut result = trust.judge(request);
    mark(&mut result.steps);
    if !request.claims.derived().is_empty() {
        let (aud, rest): (Vec<&str>, Vec<&str>) =
            request.claims.derived().iter().map(String::as_str).partition(|name| *name == "aud");
        if !aud.is_empty() {
            result.assumed.push("The token has no other audience than the one that the evidence tells.".into());
        }
        if !rest.is_empty() {
            result.assumed.push(format!("What follows from the subject is so: {}.", rest.join(", ")).into());
        }
    }
    result.sibling = sibling::judge(&*trust, request);
    if probes {
        trust.limit();
        // What is not stored lets nobody in, and who would get in says its fix.
        if result.decision != Decision::Invalid {
            result.probes = probe::run(&*trust, request);
        }
        proof::hints(&*trust, request, &mut result);
        proof::findings(&*trust, request, &mut result);
    }
    Ok(result)
}

/// The answer where no claims could be read: the cloud may have got a whole token, so nothing is asserted.
///
/// # Errors
/// [`Error::Argument`] for an unknown provider.
pub fn without_claims(configuration: &Configuration<'_>) -> Result<TrustResult, Error> {
    let headline = "the claims of this token could not be read, so the configuration was not judged";
    let name = configuration.node.get("name").and_then(Node::as_str).map(str::to_owned);
    let step = Step::new(Code::TrustNoClaims, Outcome::Unknown, "There are no claims to judge");
    let said = (headline.to_owned(), Some(vec![0]));
    Ok(TrustResult::new(provider(configuration)?.id(), name, Decision::Unknown, said, vec![step]))
}

fn provider(configuration: &Configuration<'_>) -> Result<&'static dyn Provider, Error> {
    let path = format!("{}.provider", configuration.path);
    let id = match configuration.node.get("provider") {
        Some(node) => node.as_str().ok_or_else(|| Error::argument(&*path, "expected a string"))?,
        None => return Err(Error::argument(path, "is missing")),
    };
    match PROVIDERS.iter().find(|provider| provider.id() == id) {
        Some(provider) => Ok(*provider),
        None => {
            let known: Vec<_> = PROVIDERS.iter().map(|provider| provider.id()).collect();
            Err(Error::argument(path, format!("unknown provider {id}; known are {}", known.join(", "))))
        }
    }
}
