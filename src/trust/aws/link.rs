//! Where the rules of this provider are documented. Every rule in the code names one of these.
//!
//! The list of STS's condition keys as of 2026-09-26; the other pages as copied in 2023 and, where they had changed, in
//! 2025 and 2026.

/// CircleCI's tokens: their claims, the two forms of the subject, forks; as of 2026-08-20.
pub(super) const CIRCLECI: &str = "https://circleci.com/docs/openid-connect-tokens/";
/// Condition operators, one by one.
pub(super) const OPERATORS: &str =
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html";
/// `ForAnyValue` and `ForAllValues`.
pub(super) const SET_OPERATORS: &str = "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-single-vs-multi-valued-context-keys.html";
/// The grammar of policies.
pub(super) const GRAMMAR: &str = "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html";
/// The Version element.
pub(super) const VERSION: &str =
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_version.html";
/// The Effect element.
pub(super) const EFFECT: &str =
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_effect.html";
/// The Sid element.
pub(super) const SID: &str = "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_sid.html";
/// The Principal element.
pub(super) const PRINCIPAL: &str =
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html";
/// The NotPrincipal element.
pub(super) const NOT_PRINCIPAL: &str =
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_notprincipal.html";
/// The Action element.
pub(super) const ACTION: &str =
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_action.html";
/// The NotAction element.
pub(super) const NOT_ACTION: &str =
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_notaction.html";
/// The Resource element.
pub(super) const RESOURCE: &str =
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_resource.html";
/// The NotResource element.
pub(super) const NOT_RESOURCE: &str =
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_notresource.html";
/// How resource control policies are judged.
pub(super) const CONTROL: &str =
    "https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_rcps_evaluation.html";
/// What may stand in a resource control policy.
pub(super) const CONTROL_SYNTAX: &str =
    "https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_rcps_syntax.html";
/// Quotas and the characters of a policy.
pub(super) const QUOTAS: &str = "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html";
/// Access Analyzer's checks of a policy.
pub(super) const ANALYZER: &str =
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html";
/// How statements combine to a decision.
pub(super) const EVALUATION: &str =
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html";
/// The condition keys that STS has, those of OIDC providers included.
pub(super) const STS_KEYS: &str =
    "https://docs.aws.amazon.com/service-authorization/latest/reference/list_awssecuritytokenservice.html";
/// Condition keys that every service has.
pub(super) const GLOBAL_KEYS: &str =
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html";
/// The call itself: what it takes and how it fails.
pub(super) const CALL: &str = "https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRoleWithWebIdentity.html";
/// The IAM OIDC provider: URL, client ids.
pub(super) const PROVIDER: &str =
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_providers_create_oidc.html";
/// `No OpenIDConnect provider found in your account`.
pub(super) const NO_PROVIDER: &str = "https://repost.aws/knowledge-center/iam-oidc-idp-federation";
/// `Couldn't retrieve verification key`.
pub(super) const NO_KEY: &str = "https://repost.aws/knowledge-center/iam-sts-invalididentitytoken";
/// What `terraform show -json` prints of a plan, `after_unknown` among it.
pub(super) const PLAN: &str = "https://developer.hashicorp.com/terraform/internals/json-format";
