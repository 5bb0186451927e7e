//! What there is to remark on a role: the words of each remark, apart from what was found. `docs/findings.md` is the same for
//! people.

use super::link;
use crate::report::{
    Code,
    Severity::{self, Error, Info, Warning},
};

/// A remark's code, severity and title, what to do about it, and where the rule stands.
pub(super) type Row = (Code, Severity, &'static str, &'static str, &'static str);

/// The table. An error does not do what it says, or opens a door to strangers; a warning is wider, or narrower, than most
/// owners want; an info is a choice to know about.
pub(super) static CATALOGUE: [Row; 21] = [
    (
        Code::Vlt001,
        Warning,
        "Vault does not look at the issuer",
        "Without bound_issuer the keys alone decide, and whether CircleCI's organizations share keys is not documented. Set bound_issuer \
         to https://oidc.circleci.com/org/<id>.",
        link::API,
    ),
    (
        Code::Vlt002,
        Error,
        "No audience is bound",
        "Every token of CircleCI's has one, and Vault refuses such tokens from 1.17 on. Set bound_audiences to the organization id.",
        link::AUDIENCE,
    ),
    (
        Code::Vlt003,
        Info,
        "Every user becomes an entity of their own",
        "user_claim=sub names the user in a V1 token, and repository and branch too in a V2 token. oidc.circleci.com/project-id makes \
         one entity of a project.",
        link::API,
    ),
    (
        Code::Vlt004,
        Warning,
        "* goes over / too",
        "A branch may be named anything: whoever can push one may write the rest of the pattern into its name. End the pattern where \
         the text has to end, or bind vcs-origin and vcs-ref by themselves.",
        link::GLOB,
    ),
    (
        Code::Vlt005,
        Info,
        "An update without bound_claims_type takes the patterns away",
        "Left out, role_type falls back to oidc and bound_claims_type to string, while all else keeps its old value. Write both every time.",
        link::ROLE,
    ),
    (
        Code::Vlt006,
        Error,
        "The value is a text, and the claim is none",
        "Types count, so this never fits.",
        link::CLAIMS,
    ),
    (
        Code::Vlt007,
        Info,
        "One context is enough",
        "A job that has any of these contexts gets in, whatever others it has.",
        link::BOUND,
    ),
    (
        Code::Vlt008,
        Info,
        "Pull requests from forks get in, if the project passes secrets to them",
        "Keep \"Pass secrets to builds from forked pull requests\" off, or bind oidc.circleci.com/vcs-origin.",
        link::TOKENS,
    ),
    (Code::Vlt009, Error, "The name leads nowhere", "Write the claim's whole name.", link::POINTER),
    (
        Code::Vlt010,
        Warning,
        "Every project of the organization gets in",
        "Bind oidc.circleci.com/project-id.",
        link::BOUND,
    ),
    (
        Code::Vlt011,
        Error,
        "Every customer of CircleCI gets in",
        "Set bound_issuer to https://oidc.circleci.com/org/<id>, or bind oidc.circleci.com/org-id.",
        link::API,
    ),
    (
        Code::Vlt012,
        Error,
        "* is taken literally",
        "Patterns are for bound_claims, with bound_claims_type=glob. bound_subject and bound_audiences have none.",
        link::BOUND,
    ),
    (Code::Vlt013, Error, "Vault refuses to store this", "", link::ROLE),
    (
        Code::Vlt014,
        Error,
        "No token of CircleCI's has this value",
        "Ids are UUIDs in lower case; vcs-ref is refs/heads/… or refs/tags/…; vcs-origin has no scheme.",
        link::TOKENS,
    ),
    (
        Code::Vlt015,
        Error,
        "The claim is no text, so every login fails",
        "Metadata and the user's name are texts; ssh-rerun is a boolean, context-ids a list.",
        link::CLAIMS,
    ),
    (Code::Vlt016, Warning, "No job was found that gets in", "", link::API),
    (
        Code::Vlt017,
        Info,
        "The subject is pinned to one user",
        "Jobs that others start are refused, and so is the job's other token: V2 subjects go on after the user.",
        link::TOKENS,
    ),
    (
        Code::Vlt018,
        Info,
        "Terraform splits the value at its commas",
        "One of the parts is enough. disable_bound_claims_parsing keeps it whole.",
        link::TERRAFORM,
    ),
    (
        Code::Vlt019,
        Info,
        "This leeway does nothing",
        "CircleCI's tokens have iat and exp, for which clock_skew_leeway counts alone.",
        link::TOKEN,
    ),
    (
        Code::Vlt020,
        Info,
        "The keys do not renew themselves",
        "When CircleCI changes its keys, every token is refused. oidc_discovery_url fetches new ones.",
        link::API,
    ),
    (
        Code::Vlt021,
        Error,
        "The role is not for jobs",
        "role_type oidc is for people in a browser. Set role_type to jwt.",
        link::ROLE,
    ),
];
