//! What people paste that is neither evidence nor a configuration for CircleCI's jobs: what it is, and what to paste instead.

use crate::{
    json::{Data, Member, Node},
    trust::{self, Configuration},
};

/// What a text is, and what to paste instead.
type Named = (&'static str, &'static str);

const TRUST_POLICY: &str =
    "aws iam get-role --role-name NAME prints the role's trust policy, which says who may take the role.";
const GITHUB: &str = "token.actions.githubusercontent.com";
const KUBERNETES: Named = (
    "a manifest of Kubernetes",
    "Its roles say what an account may do inside a cluster. Paste the cloud's side: the trust policy, the provider or the role that lets the job in.",
);
const CLOUDFORMATION: Named = ("a template of CloudFormation", TRUST_POLICY);

/// Texts by the beginnings of their lines: one of each group.
static TEXTS: [(&[&[&str]], Named); 8] = [
    (
        &[&["-----BEGIN "]],
        (
            "a key or certificate in PEM form",
            "Keys are taken as a key set: curl https://oidc.circleci.com/org/ID/.well-known/jwks-pub.json prints one. If it is a private key, replace it: it was pasted.",
        ),
    ),
    (
        &[&["resource \"", "data \"", "module \"", "provider \"", "variable \"", "terraform {", "locals {"]],
        (
            "Terraform's configuration (HCL)",
            "terraform plan -out plan.out, then terraform show -json plan.out prints what it comes to as JSON; terraform show -json the state.",
        ),
    ),
    (&[&["apiVersion:"], &["kind:"]], KUBERNETES),
    (&[&["AWSTemplateFormatVersion:", "Type: AWS::"]], CLOUDFORMATION),
    (
        &[&["attributeMapping:", "issuerUri:", "bindings:", "AssumeRolePolicyDocument:", "Statement:"]],
        (
            "what a cloud's command prints as YAML",
            "Print it as JSON: gcloud with --format=json, aws with --output json.",
        ),
    ),
    (
        &[&["bound_audiences  ", "bound_issuer  "]],
        ("what vault prints as a table", "Print it with -format=json: vault read -format=json auth/jwt/role/NAME."),
    ),
    (
        &[&["version: 2"], &["jobs:", "workflows:"]],
        (
            "a configuration of CircleCI",
            "It holds no token. In a job, circleci-oidc inspect --env CIRCLE_OIDC_TOKEN_V2 reads the job's own; its log may tell of one too.",
        ),
    ),
    (
        &[&["{"]],
        ("JSON, perhaps, with other text around it", "Paste the JSON alone: from its first bracket to its last."),
    ),
];

/// JSON by members that it has all of.
static DOCUMENTS: [(&[&str], Named); 5] = [
    (&["apiVersion", "kind"], KUBERNETES),
    (&["AWSTemplateFormatVersion"], CLOUDFORMATION),
    // https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetOpenIDConnectProvider.html
    (
        &["Url", "ClientIDList"],
        (
            "an IAM OIDC provider",
            "It goes beside a trust policy: oidcProvider, on the command line --aws-provider FILE.",
        ),
    ),
    // https://openid.net/specs/openid-connect-discovery-1_0.html
    (&["issuer", "jwks_uri"], ("an issuer's configuration", "Paste the key set, which its jwks_uri leads to.")),
    (
        &["private_key", "client_email"],
        (
            "a key of a service account",
            "Workload identity federation needs none. gcloud iam workload-identity-pools providers describe NAME --format=json prints the provider. Replace the key: it was pasted.",
        ),
    ),
];

/// A text that is no JSON.
pub(crate) fn text(text: &str) -> Option<Named> {
    let begins_line = |part: &str| {
        let begins =
            |line: &str| line.starts_with(part) || line.trim_start_matches([' ', '-', '+', '~', '/']).starts_with(part);
        text.split('\n').any(begins)
    };
    let meets = |groups: &[&[&str]]| groups.iter().all(|group| group.iter().any(|part| begins_line(part)));
    TEXTS.iter().find(|(groups, _)| meets(groups)).map(|(_, named)| *named)
}

/// A JSON document that no provider knows.
pub(crate) fn document(root: &Node) -> Option<Named> {
    // https://docs.aws.amazon.com/organizations/latest/APIReference/API_DescribePolicy.html
    if let Some(summary) = root.get("Policy").and_then(|policy| policy.get("PolicySummary")) {
        return Some(match summary.get("Type").and_then(Node::as_str) {
            Some("RESOURCE_CONTROL_POLICY") => (
                "a resource control policy of AWS Organizations",
                "It goes beside a trust policy: resourceControlPolicies, on the command line --aws-rcp FILE.",
            ),
            Some("SERVICE_CONTROL_POLICY") => ("a service control policy: it bounds what roles may do", TRUST_POLICY),
            _ => ("a policy of AWS Organizations, and no resource control policy", TRUST_POLICY),
        });
    }
    // A statement with resources, which one of a trust policy has not; a provider would know that.
    let first = root.get("Statement").unwrap_or(root).one_or_many().first();
    if let Some(first) = first.filter(|first| first.get("Resource").or(first.get("NotResource")).is_some()) {
        return Some(if first.get("Principal").or(first.get("NotPrincipal")).is_some() {
            (
                "a policy about resources: a resource control policy of AWS Organizations, or one of a bucket or a key",
                "It is no trust policy. A resource control policy goes beside one: resourceControlPolicies, on the command line --aws-rcp FILE.",
            )
        } else {
            ("a permission policy (of a role, or a service control policy): it says what a role may do", TRUST_POLICY)
        });
    }
    let meets = |members: &[&str]| members.iter().all(|name| root.get(name).is_some());
    DOCUMENTS.iter().find(|(members, _)| meets(members)).map(|(_, named)| *named)
}

/// A document in the form of a provider's configuration that decides on nothing of CircleCI's.
pub(crate) fn configuration(root: &Node, provider: &str, field: &str) -> Option<Named> {
    (names(root, GITHUB) && trusts_others(root, provider, field)).then_some((
        "a trust configuration for GitHub's jobs",
        "CircleCI's jobs have another issuer, https://oidc.circleci.com/org/ID: paste the role or provider that is meant for them.",
    ))
}

/// Whether a text in it holds a name.
fn names(node: &Node, name: &str) -> bool {
    use crate::search::Search as _;
    match &node.data {
        Data::String(text) => text.holds(name),
        Data::Array(items) => items.iter().any(|item| names(item, name)),
        Data::Object(members) => members.iter().any(|member| names(&member.value, name)),
        _ => false,
    }
}

/// Whether it trusts none of CircleCI's issuers.
fn trusts_others(root: &Node, provider: &str, field: &str) -> bool {
    let node = |data| Node { at: 0..0, data };
    let member = |name: &str, value| Member { name: name.to_owned(), name_at: 0..0, value };
    let members = vec![member("provider", node(Data::String(provider.to_owned()))), member(field, root.clone())];
    let configuration = node(Data::Object(members));
    let read = trust::read(&Configuration { node: &configuration, path: String::new() });
    read.is_ok_and(|trust| trust.issuers().is_empty())
}
