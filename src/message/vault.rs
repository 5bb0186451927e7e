//! The JWT auth method of Vault and OpenBao: <https://developer.hashicorp.com/vault/api-docs/auth/jwt>. The messages stand in its sources,
//! <https://github.com/hashicorp/vault-plugin-auth-jwt> and <https://github.com/hashicorp/cap>.

use super::{Row, job::NO_TOKEN};

const METHOD: &str = "https://developer.hashicorp.com/vault/docs/auth/jwt";
const INTERFACE: &str = "https://developer.hashicorp.com/vault/api-docs/auth/jwt";
const POLICIES: &str = "https://developer.hashicorp.com/vault/docs/concepts/policies";

const LATER: &str = "The policies of the role: there was no login.";
const GENUINE: &str = "The token's signature, issuer, audience and expiry: those were accepted.";
const READ: &str = "vault read -format=json auth/jwt/role/NAME and auth/jwt/config print what it is compared with.";

pub(super) static ROWS: &[Row] = &[
    Row {
        messages: &["could not load configuration"],
        stage: "provider",
        meaning: "The JWT auth method is enabled at this path, but not configured.",
        rules_out: &["The token and the role: nothing was compared."],
        next: &["Is it the path that you mean? vault read auth/jwt/config."],
        reference: METHOD,
        ..Row::EMPTY
    },
    Row {
        messages: &["role …\" could not be found", "* missing role", "\"missing role"],
        stage: "request",
        meaning: "The login names no role, or one that is not there.",
        rules_out: &["The token: nothing was compared."],
        next: &["vault list auth/jwt/role prints the roles of this path. Look at the namespace too."],
        reference: INTERFACE,
        ..Row::EMPTY
    },
    Row {
        messages: &["role with oidc role_type is not allowed"],
        stage: "request",
        meaning: "The role is for people who sign in with a browser. Without role_type, every write makes it one.",
        rules_out: &["The token: nothing was compared."],
        next: &["Write the role with role_type=jwt, and again with every later change."],
        reference: INTERFACE,
        ..Row::EMPTY
    },
    Row { messages: &["* missing token", "\"missing token"], ..NO_TOKEN },
    Row {
        messages: &["unexpected signature algorithm", "token signed with unexpected algorithm"],
        stage: "signature",
        meaning: "The mount does not accept the algorithm that the token is signed with; CircleCI uses RS256.",
        rules_out: &["The role: it was not reached.", LATER],
        next: &["Look at jwt_supported_algs: vault read auth/jwt/config."],
        reference: METHOD,
        ..Row::EMPTY
    },
    Row {
        messages: &["oidc: malformed jwt"],
        stage: "token",
        meaning: "What was sent is no token that Vault can read: cut, quoted, or from another variable.",
        rules_out: &["The role: it was not reached.", LATER],
        next: &["circleci-oidc decode shows what can be read of it."],
        reference: METHOD,
        ..Row::EMPTY
    },
    Row {
        messages: &[
            "failed to verify id token signature",
            "no known key successfully validated the token signature",
            "token missing kid header parameter",
        ],
        stage: "signature",
        meaning: "None of the mount's keys fits the signature.",
        rules_out: &["The role: it was not reached.", LATER],
        next: &[
            "Every CircleCI organization needs a mount of its own, with its own oidc_discovery_url or jwks_url.",
            "Keys that are given as text (jwt_validation_pubkeys) grow old.",
        ],
        reference: METHOD,
        ..Row::EMPTY
    },
    Row {
        messages: &["invalid issuer (iss) claim"],
        stage: "issuer",
        meaning: "The token's issuer is not the mount's bound_issuer, byte by byte.",
        rules_out: &["The signature: it is checked before.", LATER],
        next: &["CircleCI's issuer is https://oidc.circleci.com/org/ID, without a slash at the end.", READ],
        reference: METHOD,
        ..Row::EMPTY
    },
    Row {
        messages: &["invalid subject (sub) claim"],
        stage: "subject",
        meaning: "The token's subject is not the role's bound_subject, which knows no wildcard.",
        rules_out: &["The signature: it is checked before.", LATER],
        next: &["An update that leaves bound_subject out keeps the old one: write it empty.", READ],
        reference: METHOD,
        ..Row::EMPTY
    },
    Row {
        messages: &["invalid audience (aud) claim"],
        stage: "audience",
        meaning: "None of the token's audiences is among the role's bound_audiences.",
        rules_out: &["The signature: it is checked before.", LATER],
        next: &["A default token's audience is the organization's id.", READ],
        reference: METHOD,
        ..Row::EMPTY
    },
    Row {
        messages: &["no audiences bound to the role"],
        stage: "audience",
        meaning: "The role has no bound_audiences. Since Vault 1.17 it needs them for every token with an audience, as CircleCI's are.",
        rules_out: &["The signature, issuer and expiry: those were accepted.", LATER],
        next: &["Write the role with bound_audiences: the organization's id."],
        reference: METHOD,
        ..Row::EMPTY
    },
    Row {
        messages: &["(exp) claim", "(nbf) claim", "(iat) claim", "(iat), not before (nbf), or expiration time (exp)"],
        stage: "time",
        meaning: "The token was not yet, or no longer, valid by Vault's clock. For CircleCI's, clock_skew_leeway alone counts.",
        rules_out: &["The signature: it is checked before.", LATER],
        next: &[
            "Log in earlier in the job, or mint a token when it is needed: circleci run oidc get.",
            "Compare the clock of the Vault server.",
        ],
        reference: INTERFACE,
        ..Row::EMPTY
    },
    Row {
        messages: &[
            "claim …\" not found in token",
            "could not be converted to string",
            "error converting claim",
            "failed to fetch groups:",
            "in groups claim could not be parsed as string",
        ],
        stage: "mapping",
        meaning: "A claim that the role hands on (user_claim, claim_mappings, groups_claim) is absent or no text. ssh-rerun is a boolean, context-ids a list.",
        rules_out: &[GENUINE, LATER],
        next: &["Name it as the token does, oidc.circleci.com/project-id, without a slash before it.", READ],
        reference: INTERFACE,
        ..Row::EMPTY
    },
    Row {
        messages: &["does not match any associated bound claim values"],
        stage: "condition",
        meaning: "The token's value of this claim is none of the role's bound_claims. Of several that differ, Vault names any one.",
        rules_out: &[GENUINE, LATER],
        next: &[
            "A * counts with bound_claims_type=glob alone; an update without that member makes it string again.",
            "Terraform makes text of booleans: ssh-rerun = false never matches. It also splits values at commas.",
            READ,
        ],
        reference: METHOD,
        ..Row::EMPTY
    },
    Row {
        messages: &["error validating claims:"],
        stage: "condition",
        meaning: "A claim of the role's bound_claims is absent, or of a kind that cannot be compared.",
        rules_out: &[GENUINE, LATER],
        next: &[
            "Name it as the token does, oidc.circleci.com/project-id: with a slash before it, it is taken for a JSON pointer.",
            "vcs-origin and vcs-ref are absent after a custom webhook.",
        ],
        reference: METHOD,
        ..Row::EMPTY
    },
    Row {
        messages: &["error checking oidc discovery URL", "error checking jwks URL"],
        stage: "keys",
        meaning: "Vault does not store this configuration: it could not read the address, or the issuer that is found there is another one.",
        rules_out: &["The token: none was presented."],
        next: &[
            "oidc_discovery_url is https://oidc.circleci.com/org/ID, without a slash at the end, and has to be reachable from Vault.",
        ],
        reference: INTERFACE,
        ..Row::EMPTY
    },
    Row {
        messages: &[
            "'allowed_redirect_uris' must be set",
            "must have at least one bound constraint",
            "a user claim must be defined on the role",
            "expected a map, got 'string'",
            "claim is not a string:",
        ],
        stage: "storage",
        meaning: "Vault does not store this role; the message says what is missing or of the wrong kind.",
        rules_out: &["The token: none was presented."],
        next: &[
            "It needs role_type=jwt, user_claim, bound_audiences, and bound_claims as a JSON object: vault write auth/jwt/role/NAME - < role.json.",
        ],
        reference: INTERFACE,
        ..Row::EMPTY
    },
    Row {
        messages: &["* permission denied", "[\"permission denied", "\\t* permission denied"],
        stage: "permissions",
        meaning: "After a login: trust worked, and the role's policies do not allow this path. At the login itself: the address is outside token_bound_cidrs.",
        next: &[
            "vault token lookup and vault token capabilities PATH print what the login may do. In version 2 of the KV engine, paths have data/ in them.",
        ],
        reference: POLICIES,
        vague: true,
        ..Row::EMPTY
    },
];
