//! The claims of a CircleCI token: one row each.
//!
//! Sources: <https://circleci.com/docs/openid-connect-tokens/> and
//! <https://circleci.com/docs/oidc-tokens-with-custom-claims/> as of 2026-08-20; for the AWS column
//! <https://docs.aws.amazon.com/service-authorization/latest/reference/list_awssecuritytokenservice.html> as of 2026-09-26; for Microsoft
//! Entra <https://learn.microsoft.com/entra/workload-id/workload-identity-federation-considerations>; for Vault
//! <https://developer.hashicorp.com/vault/api-docs/auth/jwt>.

/// JSON type of a claim.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ClaimType {
    /// A string.
    String,
    /// A string that is a UUID in lower case.
    Uuid,
    /// An array of such strings.
    Uuids,
    /// A string or an array of strings (RFC 7519, 4.1.3).
    Audience,
    /// A number of seconds since 1970 (RFC 7519, 2).
    Seconds,
    /// `true` or `false`.
    Boolean,
}

/// How AWS STS hands a claim to a role trust policy.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AwsKey {
    /// As `<provider>:<this>`, whoever the issuer is.
    Provider(&'static str),
    /// As `<provider>:<claim>`, only for the issuer of an organization of circleci.com: the reference lists the key for
    /// `oidc.circleci.com/org/${OrgId}` and for nothing else.
    Organization,
    /// Not as a key; it chooses the IAM OIDC provider whose ARN stands in `Principal`.
    Principal,
    /// Not at all, whatever the token says.
    Never,
}

/// One claim: what it is and who can test it. Google Cloud can test every claim, Vault and OpenBao too.
#[derive(Clone, Copy, Debug)]
pub struct Definition {
    /// Full name.
    pub name: &'static str,
    /// JSON type.
    pub kind: ClaimType,
    /// What it says, for a person.
    pub meaning: &'static str,
    /// Where that is documented.
    pub reference: &'static str,
    /// AWS.
    pub aws: AwsKey,
    /// Member of a Microsoft Entra federated identity credential.
    pub azure: Option<&'static str>,
    /// Member of a Vault role; `None`: as an entry of `bound_claims`.
    pub vault: Option<&'static str>,
}

const DOCS: &str = "https://circleci.com/docs/openid-connect-tokens/";
const CUSTOM: &str = "https://circleci.com/docs/oidc-tokens-with-custom-claims/";
const AWS_KEYS: &str = "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_iam-condition-keys.html";

const fn job(name: &'static str, kind: ClaimType, meaning: &'static str) -> Definition {
    Definition { name, kind, meaning, reference: DOCS, aws: AwsKey::Never, azure: None, vault: None }
}

/// Every claim that CircleCI documents, and registered ones that other issuers use.
pub static DEFINITIONS: &[Definition] = &[
    Definition {
        aws: AwsKey::Principal,
        azure: Some("issuer"),
        vault: Some("bound_issuer"),
        ..job(
            "iss",
            ClaimType::String,
            "Who issued the token: https://oidc.circleci.com/org/<organization id>, or https://oidc.circleci.com for all customers (made with --root-issuer), or a CircleCI server.",
        )
    },
    Definition {
        aws: AwsKey::Provider("sub"),
        azure: Some("subject"),
        vault: Some("bound_subject"),
        ..job(
            "sub",
            ClaimType::String,
            "What the token is for: organization, project and user; in a V2 token also repository and branch or tag. Ids, never names.",
        )
    },
    Definition {
        aws: AwsKey::Provider("aud"),
        azure: Some("audiences"),
        vault: Some("bound_audiences"),
        reference: CUSTOM,
        ..job(
            "aud",
            ClaimType::Audience,
            "Whom the token is for. The organization id unless set otherwise; whoever can run a job can choose it (circleci run oidc get --claims).",
        )
    },
    job("iat", ClaimType::Seconds, "When the token was issued, in seconds since 1970 (UTC)."),
    job(
        "exp",
        ClaimType::Seconds,
        "When the token ends, in seconds since 1970 (UTC). One hour after iat unless the organization or the project set another lifetime.",
    ),
    Definition {
        aws: AwsKey::Organization,
        ..job(
            "oidc.circleci.com/project-id",
            ClaimType::Uuid,
            "Project of the job. A build of a fork carries the upstream project.",
        )
    },
    job(
        "oidc.circleci.com/context-ids",
        ClaimType::Uuids,
        "Contexts that the job uses. What a job without a context carries is not documented.",
    ),
    job(
        "oidc.circleci.com/org-id",
        ClaimType::Uuid,
        "Organization of the job. A build of a fork carries the upstream organization.",
    ),
    job("oidc.circleci.com/pipeline-id", ClaimType::Uuid, "This run of the pipeline; another one in every run."),
    job(
        "oidc.circleci.com/pipeline-definition-id",
        ClaimType::Uuid,
        "Definition of the pipeline in the project settings; the same in every run.",
    ),
    job("oidc.circleci.com/workflow-id", ClaimType::Uuid, "This run of the workflow; another one in every run."),
    job("oidc.circleci.com/job-id", ClaimType::Uuid, "This run of the job; another one in every run."),
    job(
        "oidc.circleci.com/vcs-origin",
        ClaimType::String,
        "Repository that triggered the pipeline, without scheme and .git; for a fork's pull request the fork. Absent in custom-webhook pipelines.",
    ),
    job(
        "oidc.circleci.com/vcs-ref",
        ClaimType::String,
        "Branch (refs/heads/…) or tag (refs/tags/…) that triggered the pipeline. Absent in custom-webhook pipelines.",
    ),
    job(
        "oidc.circleci.com/ssh-rerun",
        ClaimType::Boolean,
        "Whether the job was started with \"rerun with SSH\", so that a person may have a shell in it.",
    ),
    Definition {
        reference: "https://www.rfc-editor.org/rfc/rfc7519#section-4.1.5",
        ..job(
            "nbf",
            ClaimType::Seconds,
            "Before this time the token is not valid. CircleCI does not document this claim.",
        )
    },
    Definition {
        reference: "https://www.rfc-editor.org/rfc/rfc7519#section-4.1.7",
        ..job("jti", ClaimType::String, "Identifier of this one token. CircleCI does not document this claim.")
    },
    Definition {
        aws: AwsKey::Provider("aud"),
        reference: AWS_KEYS,
        ..job(
            "azp",
            ClaimType::String,
            "Party that the token was issued to. Not a claim of CircleCI; where it is present, AWS takes it for the audience.",
        )
    },
    Definition {
        aws: AwsKey::Provider("amr"),
        reference: AWS_KEYS,
        ..job("amr", ClaimType::String, "How the user was authenticated. Not a claim of CircleCI.")
    },
];

/// What is known of a claim; `None` for one that is in no row.
#[must_use]
pub fn definition(name: &str) -> Option<&'static Definition> {
    DEFINITIONS.iter().find(|definition| definition.name == name)
}

#[cfg(test)]
mod tests {
    use super::{AwsKey, DEFINITIONS};

    #[test]
    fn aws_sees_one_claim_of_circleci_s_own() {
        let seen: Vec<_> = DEFINITIONS
            .iter()
            .filter(|row| row.name.contains(['/']) && row.aws != AwsKey::Never)
            .map(|row| row.name)
            .collect();
        assert_eq!(seen, ["oidc.circleci.com/project-id"]);
    }

    #[test]
    fn names_are_unique() {
        for (index, row) in DEFINITIONS.iter().enumerate() {
            assert!(DEFINITIONS.iter().skip(index + 1).all(|other| other.name != row.name), "{}", row.name);
        }
    }
}
