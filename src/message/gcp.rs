//! Google Cloud's Security Token Service and IAM: <https://cloud.google.com/iam/docs/troubleshooting-workload-identity-federation>.

use super::{
    Row,
    quote::{GOOGLE_AUDIENCE, GOOGLE_ISSUER},
};

const TROUBLESHOOTING: &str = "https://cloud.google.com/iam/docs/troubleshooting-workload-identity-federation";
const FEDERATION: &str = "https://cloud.google.com/iam/docs/workload-identity-federation";
const OTHERS: &str = "https://cloud.google.com/iam/docs/workload-identity-federation-with-other-providers";
const PIPELINES: &str = "https://cloud.google.com/iam/docs/workload-identity-federation-with-deployment-pipelines";

const LATER: &str = "The service account and its IAM policy: the token was not exchanged.";
const GENUINE: &str = "The token's issuer, signature, audience and expiry: those were accepted.";
const INSPECT: &str = "circleci-oidc inspect --gcp provider.json shows each part, with provider.json from gcloud iam workload-identity-pools providers describe --format=json.";

pub(super) static ROWS: &[Row] = &[
    Row {
        messages: &["rejected by the attribute condition"],
        stage: "condition",
        meaning: "The provider's attribute condition was not true for this token, or could not be computed.",
        rules_out: &[GENUINE, LATER],
        next: &[
            INSPECT,
            "A claim that the token lacks makes its comparison an error: vcs-origin and vcs-ref are absent after a custom webhook.",
        ],
        reference: FEDERATION,
        ..Row::EMPTY
    },
    Row {
        messages: &["obtain a value for google.subject from the given credential"],
        stage: "mapping",
        meaning: "The expression that google.subject is mapped from has no value for this token: a claim that it names is absent.",
        rules_out: &[GENUINE, LATER],
        next: &["Map google.subject from a claim that every token has, such as assertion.sub.", INSPECT],
        reference: FEDERATION,
        ..Row::EMPTY
    },
    Row {
        messages: &["The mapped attribute…must be of type STRING"],
        stage: "mapping",
        meaning: "An attribute is mapped from a claim that is no text: context-ids is a list, ssh-rerun a boolean.",
        rules_out: &[GENUINE, LATER],
        next: &["Test such a claim in the attribute condition, or map one element of the list."],
        reference: FEDERATION,
        ..Row::EMPTY
    },
    Row {
        messages: &["The size of mapped attribute google.subject exceeds the"],
        stage: "mapping",
        meaning: "google.subject may have 127 bytes. The V1 subject has exactly as many; a V2 subject has more.",
        rules_out: &[GENUINE, LATER],
        next: &[
            "Send CIRCLE_OIDC_TOKEN in place of CIRCLE_OIDC_TOKEN_V2, or map google.subject from less than the whole subject.",
        ],
        reference: TROUBLESHOOTING,
        ..Row::EMPTY
    },
    Row {
        messages: &["The size of the entire mapped attributes exceeds the"],
        stage: "mapping",
        meaning: "All mapped attributes together are too long: 8 KB for a workload identity pool.",
        rules_out: &[GENUINE, LATER],
        next: &["Map fewer claims."],
        reference: FEDERATION,
        ..Row::EMPTY
    },
    Row {
        messages: &[GOOGLE_AUDIENCE],
        stage: "audience",
        meaning: "The token's aud, which the message quotes, is none of the provider's allowed audiences; without such a list it has to be the provider's own name.",
        rules_out: &["The attribute condition: it was not reached.", LATER],
        next: &[
            "A default token needs the organization's id in the provider's allowed audiences.",
            "The audience of the request, in the credential configuration, is another one: that of the provider.",
        ],
        reference: OTHERS,
        ..Row::EMPTY
    },
    Row {
        messages: &[GOOGLE_ISSUER],
        stage: "issuer",
        meaning: "The token's issuer, which the message quotes, is not the provider's issuer URI.",
        rules_out: &["The attribute condition: it was not reached.", LATER],
        next: &[
            "Compare both, organization id by organization id. circleci run oidc get --root-issuer gives a token of another issuer.",
        ],
        reference: OTHERS,
        ..Row::EMPTY
    },
    Row {
        messages: &["is stale to sign-in"],
        stage: "time",
        meaning: "The token had expired when Google got it, or lacks iat or exp.",
        rules_out: &["The attribute condition: it was not reached.", LATER],
        next: &["Exchange it earlier in the job, or mint one when it is needed: circleci run oidc get."],
        reference: OTHERS,
        ..Row::EMPTY
    },
    Row {
        messages: &["Unable to verify the ID Token signature"],
        stage: "signature",
        meaning: "The signature does not fit the key that the token's kid names.",
        rules_out: &["The attribute condition: it was not reached.", LATER],
        next: &[
            "Was the token changed or cut on its way? circleci-oidc verify --fetch-jwks checks it.",
            "An uploaded key set (--jwk-json-path) replaces the issuer's, and grows old.",
        ],
        reference: TROUBLESHOOTING,
        ..Row::EMPTY
    },
    Row {
        messages: &["Error connecting to the given credential"],
        stage: "keys",
        meaning: "Google could not get the issuer's keys, or found none with the token's kid.",
        rules_out: &["The attribute condition: it was not reached.", LATER],
        next: &[
            "The issuer's discovery document and key set have to be public, over https. For CircleCI server that has to work too.",
            "An uploaded key set (--jwk-json-path) replaces the issuer's, and grows old.",
        ],
        reference: TROUBLESHOOTING,
        ..Row::EMPTY
    },
    Row {
        messages: &["The target service indicated by the"],
        stage: "request",
        meaning: "The request names a pool or provider that does not exist, or that is disabled or deleted.",
        rules_out: &["The token: without a provider nothing is compared with it."],
        next: &[
            "Compare the audience of the credential configuration with the provider's name: the project's number, the pool, the provider.",
        ],
        reference: TROUBLESHOOTING,
        ..Row::EMPTY
    },
    Row {
        messages: &["should be the full resource name of the Identity Provider"],
        stage: "request",
        meaning: "The request's audience is no provider's name.",
        rules_out: &["The token: without a provider nothing is compared with it."],
        next: &[
            "It has to be //iam.googleapis.com/projects/NUMBER/locations/global/workloadIdentityPools/POOL/providers/PROVIDER, with the project's number, once.",
        ],
        reference: FEDERATION,
        ..Row::EMPTY
    },
    Row {
        messages: &["The request was throttled due to rate limit: sts.googleapis.com"],
        stage: "throttled",
        meaning: "Too many exchanges in a short time. Nothing is said of this token.",
        next: &["Try again later, or have the quota raised."],
        reference: TROUBLESHOOTING,
        ..Row::EMPTY
    },
    Row {
        messages: &["iam.serviceAccounts.getAccessToken"],
        stage: "permissions",
        meaning: "Trust worked: the token was exchanged. The identity may not act as the service account, or there is none of this name.",
        rules_out: &["The token, the provider, its mapping and its condition: Google accepted them."],
        next: &[
            "Grant roles/iam.workloadIdentityUser on the service account to the identity: circleci-oidc inspect --gcp provider.json --gcp-iam-policy policy.json prints its names.",
            "A member names the project by its number, and has one attribute and no wildcard.",
            "A new grant takes some minutes.",
        ],
        reference: FEDERATION,
        ..Row::EMPTY
    },
    Row {
        messages: &["The attribute condition must reference one of the provider"],
        stage: "storage",
        meaning: "Google does not store this provider: many organizations share its issuer, so a condition has to name yours.",
        next: &[
            "Use the issuer of the organization, https://oidc.circleci.com/org/ID, or name its id in the condition.",
        ],
        reference: PIPELINES,
        ..Row::EMPTY
    },
    Row {
        messages: &["Invalid mapped attribute key:"],
        stage: "storage",
        meaning: "Google does not store this provider: an attribute's name is not google.subject, google.groups or attribute.NAME.",
        next: &[
            "The name stands at the left, the expression at the right: attribute.project=assertion['oidc.circleci.com/project-id'].",
        ],
        reference: FEDERATION,
        ..Row::EMPTY
    },
    Row {
        messages: &["constraints/iam.workloadIdentityPoolProviders"],
        stage: "storage",
        meaning: "Google does not store this provider: a policy of the organization does not allow its issuer.",
        next: &["Have the issuer added to the constraint."],
        reference: TROUBLESHOOTING,
        ..Row::EMPTY
    },
];
