//! AWS STS and IAM. The codes: <https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRoleWithWebIdentity.html>.

use super::{NO_PROVIDER, Row, job::NO_TOKEN};

const STS: &str = "https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRoleWithWebIdentity.html";
const FEDERATION: &str = "https://repost.aws/knowledge-center/iam-oidc-idp-federation";
const KEYS: &str = "https://repost.aws/knowledge-center/iam-sts-invalididentitytoken";
const PROVIDER: &str = "https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_providers_create_oidc.html";
const DENIED: &str = "https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_access-denied.html";
const QUOTAS: &str = "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html";
const GRAMMAR: &str = "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html";

const LATER: &str = "The trust policy and the role's permissions: STS did not get that far.";
const DECODE: &str = "circleci-oidc decode shows what the token says: it may be another one, or a part of one.";

pub(super) static ROWS: &[Row] = &[
    Row {
        messages: &[
            "'webIdentityToken' failed to satisfy constraint: Member must have length greater",
            "'webIdentityToken' failed to satisfy constraint: Member must not be null",
        ],
        ..NO_TOKEN
    },
    Row {
        messages: &[NO_PROVIDER],
        stage: "issuer",
        meaning: "The role's account has no IAM OIDC provider whose URL is the token's issuer, character by character.",
        rules_out: &[LATER],
        next: &[
            "Compare the issuer with what aws iam list-open-id-connect-providers prints: the organization's id, a slash at the end.",
            "Is it the account that you mean? The provider has to be in the account that the role's ARN names.",
        ],
        reference: FEDERATION,
        ..Row::EMPTY
    },
    Row {
        messages: &["Incorrect token audience"],
        stage: "audience",
        meaning: "The token's aud is none of the client IDs of the IAM OIDC provider. That list is apart from the trust policy.",
        rules_out: &["An issuer without a provider: it was found.", LATER],
        next: &[
            "aws iam get-open-id-connect-provider prints ClientIDList: a default token needs the organization's id there.",
            "A token for another audience: circleci run oidc get --claims '{\"aud\":\"…\"}'.",
        ],
        reference: PROVIDER,
        ..Row::EMPTY
    },
    Row {
        messages: &["Missing a required claim:"],
        stage: "token",
        meaning: "The token lacks iss, sub, aud, iat or exp. A CircleCI job's token has all of them.",
        rules_out: &[LATER],
        next: &[DECODE],
        reference: STS,
        ..Row::EMPTY
    },
    Row {
        messages: &["retrieve verification key from your identity provider", "IDPCommunicationError"],
        stage: "keys",
        meaning: "STS could not get the issuer's keys: its discovery document and key set have to be public, and to answer within 5 seconds.",
        rules_out: &[LATER],
        next: &[
            "Try again: it often passes.",
            "Open the issuer with /.well-known/openid-configuration behind it, from outside your network. For CircleCI server that has to work too.",
        ],
        reference: KEYS,
        ..Row::EMPTY
    },
    Row {
        messages: &["match configured thumbprint"],
        stage: "keys",
        meaning: "The certificate of the issuer's host is of no public authority, and not the one of the provider's thumbprint.",
        rules_out: &[LATER],
        next: &[
            "Give the provider the thumbprint of the authority that signed the certificate of your CircleCI server.",
        ],
        reference: PROVIDER,
        ..Row::EMPTY
    },
    Row {
        messages: &["Token expired: current date/time", "Token too old:"],
        stage: "time",
        meaning: "The token had expired when STS got it. It lives an hour, unless the organization set another lifetime.",
        rules_out: &[LATER],
        next: &["Exchange it earlier in the job, or mint one when it is needed: circleci run oidc get."],
        reference: STS,
        ..Row::EMPTY
    },
    Row {
        messages: &["IDPRejectedClaim"],
        stage: "token",
        meaning: "STS reports that the issuer refused the token's claims; it may have expired.",
        rules_out: &[LATER],
        next: &["Try again with a new token.", DECODE],
        reference: STS,
        ..Row::EMPTY
    },
    Row {
        messages: &[
            "Not authorized to perform sts:AssumeRoleWithWebIdentity",
            "not authorized to perform: sts:AssumeRoleWithWebIdentity",
        ],
        stage: "trust",
        meaning: "The role's trust policy did not let this token in, or there is no such role. AWS does not say which condition failed.",
        rules_out: &[
            "An expired token, an issuer without a provider, an audience that the provider does not list: each has a message of its own.",
            "The role's permissions: they count later.",
        ],
        next: &[
            "aws iam get-role --role-name NAME | circleci-oidc inspect --evidence EVENT --aws - names the condition. CloudTrail's event of the refused call tells the subject.",
            "The policy may expect the subject of the other token: CIRCLE_OIDC_TOKEN (V1), CIRCLE_OIDC_TOKEN_V2.",
            "Compare the role's ARN and account with what the job asked for.",
            "A resource control policy of the organization may forbid it.",
        ],
        reference: FEDERATION,
        ..Row::EMPTY
    },
    Row {
        messages: &["assumed-role/… is not authorized to perform"],
        stage: "permissions",
        meaning: "Trust worked: the job has the role's credentials. The role may not do what was asked.",
        rules_out: &["The token and the trust policy: they let the job in."],
        next: &[
            "Allow the action on this resource in the role's permission policies.",
            "Its permissions boundary, service control policies and the resource's own policy may forbid it.",
        ],
        reference: DENIED,
        ..Row::EMPTY
    },
    Row {
        messages: &["Cannot exceed quota for ACLSizePerRole"],
        stage: "storage",
        meaning: "IAM does not store this trust policy: it is longer than the quota, 2048 characters without white space by default.",
        next: &["Have the quota raised, or put fewer values or statements into the policy."],
        reference: QUOTAS,
        ..Row::EMPTY
    },
    Row {
        messages: &["MalformedPolicyDocument"],
        stage: "storage",
        meaning: "IAM does not store this policy.",
        rules_out: &["The token: none was presented."],
        next: &["circleci-oidc lint FILE names the place in a trust policy."],
        reference: GRAMMAR,
        ..Row::EMPTY
    },
    Row {
        messages: &["InvalidIdentityToken"],
        stage: "token",
        meaning: "STS refused the token itself. What follows the code in the whole message says why.",
        rules_out: &[LATER],
        next: &["Paste the whole message.", DECODE],
        reference: STS,
        vague: true,
    },
    Row {
        messages: &["ExpiredToken"],
        stage: "time",
        meaning: "Either the job's token had expired, or the credentials that it was exchanged for.",
        next: &[
            "Exchange the token again; a longer session needs a longer duration (role-duration-seconds, DurationSeconds).",
        ],
        reference: STS,
        vague: true,
        ..Row::EMPTY
    },
];
