//! The request context: which condition keys exist while STS judges a token, and what they hold.
//!
//! STS shows a policy little of the token. For CircleCI's these keys exist
//! (<https://docs.aws.amazon.com/service-authorization/latest/reference/list_awssecuritytokenservice.html>,
//! <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_iam-condition-keys.html>):
//!
//! | key | holds |
//! | --- | --- |
//! | `<provider>:aud` | `azp` where the token has it, else `aud` |
//! | `<provider>:oaud` | `aud` |
//! | `<provider>:sub` | `sub` |
//! | `<provider>:amr`, `<provider>:email` | the claim, which CircleCI's tokens do not have |
//! | `oidc.circleci.com/org/<id>:oidc.circleci.com/project-id` | the claim of that name; listed for this form of the issuer only |
//!
//! Key names ignore letter case
//! (<https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition.html>).

use super::{
    clock,
    held::{Held, of_claim, present_as},
};
use crate::{
    Seconds,
    json::Value,
    search::Search as _,
    token::{Claims, Known},
};

/// The one claim of CircleCI's own that STS shows to policies.
pub(super) const PROJECT_ID: &str = "oidc.circleci.com/project-id";

/// What a condition key is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Subject {
    /// A claim that STS shows.
    Claim(&'static str),
    /// A claim of this token's provider that STS does not show.
    Hidden(String),
    /// A claim of a provider that is not this token's.
    OtherProvider {
        /// Everything before the claim's name.
        provider: String,
        /// The claim's name.
        claim: String,
    },
    /// Something about the request.
    Request,
    /// No key that STS has.
    Nothing,
}

/// A condition key, looked up.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Found {
    pub(super) subject: Subject,
    pub(super) held: Held,
}

/// The provider's name as it stands in keys and ARNs: the issuer without `https://`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Provider {
    Named(String),
    /// The token has no issuer.
    Absent,
    /// The evidence does not tell the issuer.
    NotKnown,
}

/// Keys of the request, in lower case, as the caller gave them.
pub(super) type Request = Vec<(String, Held)>;

/// The request context of one presented token.
#[derive(Clone, Debug)]
pub(super) struct Context<'a> {
    claims: &'a Claims,
    provider: Provider,
    /// Complete if given.
    request: Option<&'a Request>,
    now: Option<Seconds>,
}

impl<'a> Context<'a> {
    pub(super) fn new(claims: &'a Claims, request: Option<&'a Request>, now: Option<Seconds>) -> Self {
        let provider = match claims.get("iss") {
            Known::Present(Value::String(issuer)) => {
                Provider::Named(issuer.strip_prefix("https://").unwrap_or(issuer).to_owned())
            }
            Known::Present(_) | Known::Absent => Provider::Absent,
            Known::NotKnown => Provider::NotKnown,
        };
        Self { claims, provider, request, now }
    }

    pub(super) const fn claims(&self) -> &'a Claims {
        self.claims
    }

    pub(super) const fn provider(&self) -> &Provider {
        &self.provider
    }

    /// The provider's name, where it is known.
    pub(super) fn provider_name(&self) -> Option<&str> {
        match &self.provider {
            Provider::Named(name) => Some(name),
            Provider::Absent | Provider::NotKnown => None,
        }
    }

    /// Whether STS lists the project-id key for this issuer: `oidc.circleci.com/org/<id>` and no other.
    pub(super) fn has_project_key(&self) -> bool {
        self.provider_name().is_some_and(has_project_key)
    }

    /// The claims that a policy can test, in words.
    pub(super) fn visible(&self) -> &'static str {
        if self.has_project_key() { "sub, aud and project-id" } else { "sub and aud" }
    }

    /// Looks a condition key up.
    pub(super) fn look_up(&self, key: &str) -> Found {
        if let Some(name) = self.provider_name().and_then(|provider| name_after(provider, key)) {
            return self.of_token(name);
        }
        let (prefix, name) = split(key);
        if name.is_some() && is_service(prefix) {
            return Found { subject: Subject::Request, held: self.of_request(key) };
        }
        if let Some(held) = self.given(key) {
            return Found { subject: Subject::Request, held };
        }
        match name {
            // An issuer that is not known may have any name.
            Some(claim) if prefix.contains(['.', '/']) || self.provider == Provider::NotKnown => Found {
                subject: Subject::OtherProvider { provider: prefix.to_owned(), claim: claim.to_owned() },
                held: match self.provider {
                    Provider::NotKnown => Held::NotKnown("The evidence does not tell the token's issuer."),
                    Provider::Named(_) | Provider::Absent => Held::Absent,
                },
            },
            _ => Found { subject: Subject::Nothing, held: Held::Absent },
        }
    }

    fn of_token(&self, name: &str) -> Found {
        let found = |claim, held| Found { subject: Subject::Claim(claim), held };
        let is = |known: &str| name.eq_ignore_ascii_case(known);
        if is("aud") {
            let authorized = matches!(self.claims.get("azp"), Known::Present(_));
            return found("aud", of_claim(self.claims.get(if authorized { "azp" } else { "aud" })));
        }
        if is("oaud") {
            return found("aud", of_claim(self.claims.get("aud")));
        }
        if let Some(&claim) = ["sub", "amr"].iter().find(|claim| is(claim)) {
            return found(claim, of_claim(self.claims.get(claim)));
        }
        if is("email") {
            let undocumented = Held::NotKnown("AWS does not say whether it shows email for this kind of provider.");
            return found("email", present_as(self.claims.get("email"), undocumented));
        }
        if is(PROJECT_ID) {
            let value = self.claims.get(PROJECT_ID);
            let undocumented = Held::NotKnown(
                "AWS lists the project-id key for issuers of the form oidc.circleci.com/org/<id> only, and does not say \
                 whether it exists for this one.",
            );
            return found(
                PROJECT_ID,
                if self.has_project_key() { of_claim(value) } else { present_as(value, undocumented) },
            );
        }
        Found { subject: Subject::Hidden(name.to_owned()), held: Held::Absent }
    }

    /// Whether a key holds the time as this program spells it, and not as the caller did.
    pub(super) fn spells_time(&self, key: &str) -> bool {
        self.given(key).is_none() && clock::look_up(key, self.now).is_some()
    }

    fn given(&self, key: &str) -> Option<Held> {
        self.request?.iter().find(|(name, _)| name.eq_ignore_ascii_case(key)).map(|(_, held)| held.clone())
    }

    fn of_request(&self, key: &str) -> Held {
        if let Some(held) = self.given(key) {
            return held;
        }
        // Every request has a time, so its keys are there even if the caller did not list them.
        if let Some(held) = clock::look_up(key, self.now) {
            return held;
        }
        match self.request {
            Some(_) => Held::Absent,
            None => Held::NotKnown(
                "It is about the request, which was not told: give its context (on the command line --aws-context KEY=VALUE).",
            ),
        }
    }
}

/// Whether STS lists the project-id key for a provider: `oidc.circleci.com/org/<id>` and no other.
pub(super) fn has_project_key(provider: &str) -> bool {
    provider.strip_prefix("oidc.circleci.com/org/").is_some_and(|id| !id.is_empty() && !id.contains(['/']))
}

/// Whether a key is about the request and not about the token.
pub(super) fn is_of_request(key: &str) -> bool {
    key.split_once(':').is_some_and(|(prefix, _)| is_service(prefix))
}

fn is_service(prefix: &str) -> bool {
    ["aws", "sts", "iam"].iter().any(|service| prefix.eq_ignore_ascii_case(service))
}

/// The name in a key of this provider. Its own name may hold a colon, so it is not looked for by that.
pub(super) fn name_after<'a>(provider: &str, key: &'a str) -> Option<&'a str> {
    let (prefix, rest) = key.split_at_checked(provider.len())?;
    rest.strip_prefix(':').filter(|_| prefix.eq_ignore_ascii_case(provider))
}

/// The part of a key before the name, and the name. A scheme's colon does not separate them.
fn split(key: &str) -> (&str, Option<&str>) {
    let scheme = key.place_of("://").map_or(0, |at| at.saturating_add("://".len()));
    let colon = key.get(scheme..).and_then(|rest| rest.find(':')).map(|at| at.saturating_add(scheme));
    match colon.and_then(|at| key.split_at_checked(at)) {
        Some((prefix, name)) => (prefix, name.strip_prefix(':')),
        None => (key, None),
    }
}
