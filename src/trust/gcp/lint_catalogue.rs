//! What there is to remark on a provider: the words of each remark, apart from what was found. `docs/findings.md` is the
//! same for people.

use crate::report::{
    Code,
    Severity::{self, Error, Info, Warning},
};

/// A remark's code, severity and title, and what to do about it.
pub(super) type Row = (Code, Severity, &'static str, &'static str);

/// The table. An error does not do what it says, or opens a door to strangers; a warning is wider, or narrower, than most
/// owners want; an info is a choice to know about.
pub(super) static CATALOGUE: [Row; 23] = [
    (Code::Gcp001, Error, "Google refuses to store this", ""),
    (
        Code::Gcp002,
        Info,
        "V2 tokens are refused: their subject is over 127 bytes",
        "CircleCI's V1 subject has exactly 127. Mapped like this either token gets the V1 form, so that members of IAM policies that name V1 subjects stay as they are.",
    ),
    (
        Code::Gcp003,
        Error,
        "The claim is not a string",
        "Google takes strings only, and a list for google.groups: every token is refused.",
    ),
    (
        Code::Gcp004,
        Warning,
        "No allowed audience",
        "The audience has to be the provider's own name then. CircleCI's tokens have the organization id, unless a job asks for another.",
    ),
    (
        Code::Gcp005,
        Error,
        "Whoever the issuer has a token for may act as the service account",
        "The member is the whole pool, and there is no condition. Name an attribute: principalSet://…/attribute.project/<id>.",
    ),
    (
        Code::Gcp006,
        Error,
        "Every customer of CircleCI gets in",
        "The issuer is the same for all of them, and a job chooses its audience. Ask for oidc.circleci.com/org-id, or use the issuer https://oidc.circleci.com/org/<id>.",
    ),
    (
        Code::Gcp007,
        Warning,
        "Every project of the organization gets in",
        "Ask for assertion['oidc.circleci.com/project-id'], or name the project in every member.",
    ),
    (
        Code::Gcp008,
        Warning,
        "The text may go on where it should end",
        "startsWith takes github.com/acme-evil for github.com/acme too. End an owner with /; compare a repository or a branch with ==.",
    ),
    (
        Code::Gcp009,
        Warning,
        "The pattern is looked for anywhere in the text",
        "matches is true if a part fits. Begin with ^ and end with $.",
    ),
    (Code::Gcp010, Warning, "A point in the pattern stands for any character", "Write [.] for a point."),
    (
        Code::Gcp011,
        Error,
        "No token of CircleCI's has this value",
        "Ids are UUIDs in lower case; vcs-ref is refs/heads/… or refs/tags/…; vcs-origin has no scheme; CEL has no wildcards.",
    ),
    (
        Code::Gcp012,
        Error,
        "Two types are compared that are never equal",
        "ssh-rerun is a boolean, context-ids a list: == and in are never true, != always.",
    ),
    (
        Code::Gcp013,
        Warning,
        "all() is true of an empty list",
        "A job without contexts has an empty list. Ask for the id that has to be there: '<id>' in …",
    ),
    (Code::Gcp014, Warning, "|| and && without brackets", "&& binds first. Set brackets around what belongs together."),
    (
        Code::Gcp015,
        Info,
        "Not every token has this claim",
        "A pipeline that a custom webhook started has none. Google does not say whether it leaves the attribute unset or refuses the token.",
    ),
    (
        Code::Gcp016,
        Error,
        "extract() finds nothing",
        "Of a template whose parts are not both there it makes an empty text, the same for every token. A V1 subject ends with the user's id.",
    ),
    (Code::Gcp017, Error, "The member is nobody of a pool", ""),
    (Code::Gcp018, Info, "The attribute is not used", "Neither the condition nor a member asks for it."),
    (Code::Gcp019, Error, "Nothing is mapped to the attribute", "Asking for it is an error, which counts as false."),
    (Code::Gcp020, Info, "Google does not document this function for workload identity federation", ""),
    (
        Code::Gcp021,
        Info,
        "Pull requests from forks get in, if the project passes secrets to them",
        "Keep \"Pass secrets to builds from forked pull requests\" off, or ask for oidc.circleci.com/vcs-origin.",
    ),
    (Code::Gcp022, Warning, "No job was found that gets in", ""),
    (
        Code::Gcp023,
        Info,
        "The keys were uploaded",
        "Google does not fetch new ones then: when CircleCI changes its keys, every token is refused.",
    ),
];
