//! Trust configurations: the seam between this program and the policy language of each cloud.
//!
//! A provider is a folder below this one and a line in [`PROVIDERS`]. It gets claims, the header's `alg` and a clock,
//! never a signature or a key.

pub mod aws;
mod result;

use crate::{
    Error, Seconds,
    json::Node,
    report::{Code, Decision, Outcome, Step},
    token::Claims,
};

pub use result::TrustResult;

/// Every provider, in the order in which they are asked.
pub static PROVIDERS: &[&dyn Provider] = &[&aws::Aws];

/// One cloud, or product, that lets jobs in: how it reads its configuration and judges a token by it.
pub trait Provider: Sync {
    /// The name that a configuration's `provider` member carries, for example `aws`.
    fn id(&self) -> &'static str;

    /// Would this configuration let a token with these claims in?
    ///
    /// # Errors
    /// [`Error`] where the configuration object itself is misused (a wrong type, an unknown member, over the size
    /// limit). What the cloud would refuse to store is a result with the decision `invalid`.
    fn evaluate(&self, configuration: &Configuration<'_>, request: &Request<'_>) -> Result<TrustResult, Error>;

    /// The member of this provider's configuration (`policy`) that a pasted JSON document is for, if it is one of its own.
    fn detect(&self, document: &Node) -> Option<&'static str>;
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

/// Evaluates one configuration with the provider that it names.
///
/// # Errors
/// [`Error::Argument`] for an unknown provider, and what [`Provider::evaluate`] says.
pub fn evaluate(configuration: &Configuration<'_>, request: &Request<'_>) -> Result<TrustResult, Error> {
    provider(configuration)?.evaluate(configuration, request)
}

/// The answer where no claims could be read: the cloud may have got a whole token, so nothing is asserted.
///
/// # Errors
/// [`Error::Argument`] for an unknown provider.
pub fn without_claims(configuration: &Configuration<'_>) -> Result<TrustResult, Error> {
    let headline = "the claims of this token could not be read, so the configuration was not judged";
    Ok(TrustResult {
        provider: provider(configuration)?.id().to_owned(),
        name: configuration.node.get("name").and_then(Node::as_str).map(str::to_owned),
        decision: Decision::Unknown,
        headline: headline.to_owned(),
        steps: vec![Step::new(Code::TrustNoClaims, Outcome::Unknown, "There are no claims to judge")],
        findings: Vec::new(),
        probes: Vec::new(),
        assumed: Vec::new(),
        identity: None,
    })
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
