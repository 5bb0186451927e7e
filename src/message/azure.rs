//! Microsoft Entra and Azure. The codes: <https://learn.microsoft.com/entra/identity-platform/reference-error-codes>; what is compared:
//! <https://learn.microsoft.com/entra/workload-id/workload-identity-federation-considerations>.

use super::{Row, job::NO_TOKEN};

const CODES: &str = "https://learn.microsoft.com/entra/identity-platform/reference-error-codes";
const FEDERATION: &str = "https://learn.microsoft.com/entra/workload-id/workload-identity-federation-considerations";
const ROLES: &str = "https://learn.microsoft.com/azure/role-based-access-control/troubleshooting";

const LATER: &str = "Role assignments: the token was not exchanged.";
const COMPARE: &str = "az ad app federated-credential list --id APP prints what is stored: issuer, subject and audience of one credential have to be the token's, as whole strings.";
const AUDIENCE: &str = "A default token's audience is the organization's id, the portal's default is api://AzureADTokenExchange. Store the former, or mint for the latter: circleci run oidc get --claims '{\"aud\":\"api://AzureADTokenExchange\"}'.";

pub(super) static ROWS: &[Row] = &[
    Row {
        messages: &["AADSTS700211"],
        stage: "issuer",
        meaning: "No federated credential of the application has this issuer.",
        rules_out: &["An application without federated credentials.", LATER],
        next: &["CircleCI's issuer is https://oidc.circleci.com/org/ID, without a slash at the end.", COMPARE],
        reference: FEDERATION,
        ..Row::EMPTY
    },
    Row {
        messages: &["AADSTS700212"],
        stage: "audience",
        meaning: "No federated credential that could fit has this audience.",
        rules_out: &["An application without federated credentials.", LATER],
        next: &[AUDIENCE, COMPARE],
        reference: FEDERATION,
        ..Row::EMPTY
    },
    Row {
        messages: &["AADSTS700213", "AADSTS7002137"],
        stage: "subject",
        meaning: "No federated credential that could fit has this subject.",
        rules_out: &["An application without federated credentials.", LATER],
        next: &[
            "A subject is compared as a whole. Wildcards are stored, and match nothing: every user of a project needs a credential, 20 an application at most.",
            "V1 or V2? CIRCLE_OIDC_TOKEN_V2 also has the repository and the branch in its subject.",
            COMPARE,
        ],
        reference: FEDERATION,
        ..Row::EMPTY
    },
    Row {
        messages: &["AADSTS7002138"],
        stage: "subject",
        meaning: "A federated credential's subject differs from the token's in letter case alone. Case counts since September 2024.",
        rules_out: &[LATER],
        next: &["Store the subject as the token spells it."],
        reference: FEDERATION,
        ..Row::EMPTY
    },
    Row {
        messages: &["AADSTS70021"],
        stage: "trust",
        meaning: "No federated credential has the token's issuer, subject and audience together. New ones take some minutes.",
        rules_out: &[LATER],
        next: &[COMPARE, AUDIENCE],
        reference: FEDERATION,
        ..Row::EMPTY
    },
    Row {
        messages: &["AADSTS70025"],
        stage: "trust",
        meaning: "The application or managed identity has no federated credential.",
        rules_out: &[LATER],
        next: &["Is it the one that you mean? Compare the client id.", "Add a federated credential to it."],
        reference: FEDERATION,
        ..Row::EMPTY
    },
    Row {
        messages: &["AADSTS700222", "AADSTS700226", "AADSTS700236"],
        stage: "issuer",
        meaning: "The token was issued by Microsoft Entra itself, not by CircleCI.",
        rules_out: &[LATER],
        next: &["Send CIRCLE_OIDC_TOKEN: --federated-token \"$CIRCLE_OIDC_TOKEN\"."],
        reference: FEDERATION,
        ..Row::EMPTY
    },
    Row {
        messages: &["AADSTS700223", "AADSTS700238"],
        stage: "trust",
        meaning: "A policy of the tenant blocks workload identity federation, or this issuer.",
        rules_out: &[LATER],
        next: &["Ask the tenant's administrators to allow it."],
        reference: CODES,
        ..Row::EMPTY
    },
    Row {
        messages: &["AADSTS700024"],
        stage: "time",
        meaning: "The token was not yet, or no longer, valid when Entra got it; the message quotes its times.",
        rules_out: &[LATER],
        next: &["Exchange it earlier in the job, or mint one when it is needed: circleci run oidc get."],
        reference: CODES,
        ..Row::EMPTY
    },
    Row {
        messages: &["AADSTS50027", "AADSTS5002710"],
        stage: "token",
        meaning: "What was sent is no token that Entra can read; often the variable was empty.",
        next: NO_TOKEN.next,
        reference: CODES,
        ..Row::EMPTY
    },
    Row {
        messages: &["AADSTS50166", "AADSTS501661"],
        stage: "keys",
        meaning: "Entra could not get the issuer's discovery document or keys.",
        rules_out: &[LATER],
        next: &["They have to be public, over https. For CircleCI server that has to work too."],
        reference: CODES,
        ..Row::EMPTY
    },
    Row {
        messages: &["AADSTS700016"],
        stage: "request",
        meaning: "The tenant has no application with this client id.",
        rules_out: &["The token's subject and audience: there was nothing to compare them with."],
        next: &["Compare client id and tenant id with those of the application or managed identity."],
        reference: CODES,
        ..Row::EMPTY
    },
    Row {
        messages: &["AADSTS700027"],
        stage: "signature",
        meaning: "The signature does not fit the issuer's keys.",
        rules_out: &[LATER],
        next: &["Was the token changed or cut on its way? circleci-oidc verify --fetch-jwks checks it."],
        reference: CODES,
        ..Row::EMPTY
    },
    Row {
        messages: &["does not have authorization to perform action", "No subscriptions found for"],
        stage: "permissions",
        meaning: "Trust worked: the token was exchanged. No role is assigned to the identity that allows this.",
        rules_out: &["The token and the federated credential: Entra accepted them."],
        next: &[
            "Assign a role with this action to the application or managed identity, on this scope or above it.",
            "A new assignment takes some minutes.",
        ],
        reference: ROLES,
        ..Row::EMPTY
    },
    Row {
        messages: &[
            "Federated identity credentials must have exactly one audience",
            "Federated Identity Credential from HTTP body has empty properties",
            "Federated Identity Credential name…is invalid",
            "Issuer and subject combination already exists",
        ],
        stage: "storage",
        meaning: "Azure does not store this federated credential; the message says why.",
        rules_out: &["The token: none was presented."],
        next: &[
            "It needs a name of 3 to 120 letters, digits, - and _, exactly one audience, and an issuer and subject that no other of the application has.",
        ],
        reference: FEDERATION,
        ..Row::EMPTY
    },
];
