//! The configuration of a client, which `gcloud iam workload-identity-pools create-cred-config` writes: whether its request
//! names this provider (<https://google.aip.dev/auth/4117>, <https://cloud.google.com/iam/docs/reference/sts/rest/v1/TopLevel/token>,
//! as of 2026-04-02).

use super::{
    document::{is_credentials, member, text},
    link,
    provider::WorkloadProvider,
    resource::{HOST, Resource},
};
use crate::{
    json::Node,
    report::{Code, Outcome, Step},
    trust::given::Given,
};

/// The one subject token type of a CircleCI job, and its other name.
const TYPES: [&str; 2] = ["urn:ietf:params:oauth:token-type:jwt", "urn:ietf:params:oauth:token-type:id_token"];

/// Where a client's library asks for a token of Google's, as `create-cred-config` writes it.
const ADDRESS: &str = "https://sts.googleapis.com/v1/token";

/// Steps, one for each part of the request that is wrong or cannot be told; one that passed if there are none.
pub(super) fn steps(given: &Given, provider: &WorkloadProvider) -> Vec<Step> {
    let code = Code::GcpRequestAudience;
    let node = match &given.node {
        // Which of two values counts is not documented.
        Ok(node) if is_credentials(node) && node.duplicates().is_empty() => node,
        _ => {
            return vec![Step::new(
                code,
                Outcome::Unknown,
                "this is no credential configuration (type external_account)",
            )];
        }
    };
    let span = |node: Option<&Node>| node.and_then(|node| Some(given.source.as_ref()?.span(node.at.clone())));
    let mut steps =
        vec![audience(text(node, "audience").unwrap_or_default(), provider).at(span(member(node, "audience")))];
    let kind = text(node, "subjecttokentype").unwrap_or_default();
    if !TYPES.contains(&kind) {
        steps.push(
            Step::new(Code::GcpRequestType, Outcome::Fail, "the request does not say that it brings a JWT")
                .expected(TYPES)
                .actual(Some(kind))
                .at(span(member(node, "subjecttokentype")))
                .reference(link::EXCHANGE),
        );
    }
    // Without one, the libraries take Google's.
    if let Some(address) = member(node, "tokenurl").filter(|address| address.as_str() != Some(ADDRESS)) {
        let title = "the file sends the token to another address than Google's";
        steps.push(
            Step::new(Code::GcpRequestType, Outcome::Unknown, title)
                .expected([ADDRESS])
                .actual(address.as_str())
                .at(span(Some(address)))
                .reference(link::EXCHANGE),
        );
    }
    let source = member(node, "credentialsource");
    let format = source.and_then(|source| member(source, "format"));
    let title = match format.and_then(|format| text(format, "type")) {
        _ if source.is_none() => "the file has no credential_source, so the client finds no token",
        Some("json") if format.is_some_and(|format| member(format, "subjecttokenfieldname").is_none()) => {
            "the format json lacks subject_token_field_name, so no token is found"
        }
        None | Some("json" | "text") => return steps,
        Some(_) => "the format of credential_source is neither text nor json",
    };
    let mut step =
        Step::new(Code::GcpRequestFormat, Outcome::Fail, title).at(span(format)).reference(link::CREDENTIALS);
    if format.is_some() {
        step = step.detail("Google's libraries read a member at the top of the JSON; there is no path. For a file that holds the token alone, leave format out.");
    }
    steps.push(step);
    steps
}

/// The service account that the client goes on to act as.
pub(super) fn account(given: &Given) -> Option<&str> {
    let url = text(given.node.as_ref().ok()?, "serviceaccountimpersonationurl")?;
    url.rsplit('/').next()?.split(':').next()
}

/// The audience of the request: the provider's full name.
fn audience(written: &str, provider: &WorkloadProvider) -> Step {
    let own = &provider.resource;
    let step = |outcome, title: &'static str| {
        Step::new(Code::GcpRequestAudience, outcome, title)
            .expected([own.audience()])
            .actual(Some(written))
            .reference(link::EXCHANGE)
    };
    if written.starts_with("https:") {
        return step(Outcome::Unknown, "Google documents the request's audience without https:");
    }
    let Some(named) = written.strip_prefix(HOST).and_then(Resource::read).filter(Resource::has_number) else {
        let words =
            "Invalid value for \"audience\". This value should be the full resource name of the Identity Provider.";
        let project = written.strip_prefix(HOST).and_then(Resource::read);
        let title = match project {
            Some(_) => "the request names the project by its id; its number belongs there",
            None => "the request's audience is not the full name of a provider",
        };
        return step(Outcome::Fail, title).vendor_text(words);
    };
    let differs = |told: &str, named: &str| !told.is_empty() && told != named;
    let number = own.has_number() && own.project != named.project;
    if number || differs(&own.pool, &named.pool) || differs(&own.provider, &named.provider) {
        return step(Outcome::Fail, "the request names another provider");
    }
    step(Outcome::Pass, "the request names this provider")
}
