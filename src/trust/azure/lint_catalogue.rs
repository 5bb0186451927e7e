//! What there is to remark on credentials: the words of each remark, apart from what was found. `docs/findings.md` is the same
//! for people.

use crate::report::{
    Code,
    Severity::{self, Error, Info, Warning},
};

/// A remark's code, severity and title, and what to do about it.
pub(super) type Row = (Code, Severity, &'static str, &'static str);

/// The table. An error does not do what it says; a warning works less often, or for longer, than most owners want; an info is
/// a choice to know about.
pub(super) static CATALOGUE: [Row; 13] = [
    (Code::Az001, Error, "Entra refuses to store this", ""),
    (
        Code::Az002,
        Error,
        "A wildcard, which Entra takes literally",
        "Entra stores the credential without a word, and it never matches. Name the whole subject, one credential for each user; or start deployments as one machine user or from a schedule, or exchange the token at a broker such as Vault.",
    ),
    (
        Code::Az003,
        Info,
        "A credential is for one user",
        "A job that somebody else starts is refused. Where 20 are not enough, start deployments as one machine user or from a schedule, or exchange the token at a broker such as Vault.",
    ),
    (
        Code::Az004,
        Warning,
        "The V2 subject has names that can change",
        "It names the repository and one branch. After a rename the job is refused, and whoever takes the old name may fit. The V1 subject is made of ids alone.",
    ),
    (
        Code::Az005,
        Warning,
        "Microsoft's default audience, which CircleCI's tokens do not have by themselves",
        "Or put the organization id into the credential.",
    ),
    (Code::Az006, Error, "A slash at the end", "CircleCI's tokens have none there, and whole texts are compared."),
    (
        Code::Az007,
        Error,
        "Letter case counts",
        "CircleCI writes hosts and ids in small letters. Microsoft compares letter case since September 2024, for what was created after 2024-08-14 at once.",
    ),
    (Code::Az008, Error, "White space, or a character that is not what it looks like", ""),
    (Code::Az009, Error, "Entra stores only one of two credentials", ""),
    (Code::Az010, Error, "More than 20 credentials", "Entra refuses to store the next one."),
    (
        Code::Az011,
        Error,
        "A flexible expression, which Entra does not take for CircleCI",
        "Name the whole subject, one credential for each user.",
    ),
    (
        Code::Az012,
        Error,
        "No token of CircleCI's has this value",
        "The issuer is https://oidc.circleci.com/org/<id>, the subject org/<id>/project/<id>/user/<id>, of V2 tokens with /vcs-origin/…/vcs-ref/… behind; ids are UUIDs in small letters, and the organization is the issuer's.",
    ),
    (
        Code::Az013,
        Warning,
        "Entra supports tokens signed with RS256 only",
        "Others may work, but were not tested, says Microsoft. CircleCI signs with RS256.",
    ),
];
