//! What there is to remark on a policy: the words of each remark, apart from what was found. `docs/findings.md` is the same
//! for people.

use super::link;
use crate::report::{
    Code,
    Severity::{self, Error, Info, Warning},
};

/// One kind of remark.
pub(super) struct Row {
    pub(super) code: Code,
    pub(super) severity: Severity,
    pub(super) title: &'static str,
    /// What it means and what to do; stands after it.
    pub(super) advice: &'static str,
    pub(super) link: &'static str,
}

/// The table. An error is a condition that does not do what it says, or a door that is open to strangers; a warning is
/// wider, or narrower, than most owners want; an info is a choice to know about.
pub(super) static CATALOGUE: [Row; 21] = [
    Row {
        code: Code::Aws005,
        severity: Warning,
        title: "Every project of the organization gets in",
        advice: "Pin the project: StringEquals on <provider>:oidc.circleci.com/project-id.",
        link: link::CIRCLECI,
    },
    Row {
        code: Code::Aws006,
        severity: Warning,
        title: "The audience is not the one that CircleCI's tokens have",
        advice: "Any job may ask for any.",
        link: link::CIRCLECI,
    },
    Row {
        code: Code::Aws007,
        severity: Error,
        title: "This operator takes wildcards literally",
        advice: "No claim holds * or ?. Put in the exact value, or use StringLike, with 36 ? for each id.",
        link: link::OPERATORS,
    },
    Row {
        code: Code::Aws008,
        severity: Error,
        title: "StringLike with a subject that lacks its end",
        advice: "StringLike matches whole subjects only. CircleCI's AWS orb sends the V2 token, whose subject goes on with /vcs-origin/… after the user.",
        link: link::CIRCLECI,
    },
    Row {
        code: Code::Aws009,
        severity: Info,
        title: "Only V1 tokens get in",
        advice: "CircleCI's AWS orb sends the V2 token.",
        link: link::CIRCLECI,
    },
    Row {
        code: Code::Aws010,
        severity: Error,
        title: "A condition key that is not this provider's",
        advice: "As it is, the condition is never true; negated, or with IfExists or ForAllValues, always.",
        link: link::STS_KEYS,
    },
    Row {
        code: Code::Aws011,
        severity: Warning,
        title: "Who lacks the claim gets in",
        advice: "The claim has one value: leave ForAllValues: and IfExists out. Of several audiences, ForAnyValue: is enough.",
        link: link::SET_OPERATORS,
    },
    Row {
        code: Code::Aws012,
        severity: Info,
        title: "Pull requests from forks get in, if the project passes secrets to them",
        advice: "Keep \"Pass secrets to builds from forked pull requests\" off, or pin /vcs-origin/ in the V2 subject.",
        link: link::CIRCLECI,
    },
    Row {
        code: Code::Aws013,
        severity: Warning,
        title: "Branches whose names begin alike get in",
        advice: "Leave the * out; or, for a family of branches, put it after a / or -.",
        link: link::OPERATORS,
    },
    Row {
        code: Code::Aws014,
        severity: Warning,
        title: "Branches or tags whose names end alike get in",
        advice: "Write the ref out: refs/heads/… or refs/tags/….",
        link: link::OPERATORS,
    },
    Row {
        code: Code::Aws015,
        severity: Warning,
        title: "The subject leaves the project open",
        advice: "Pin it: org/<id>/project/<id>/….",
        link: link::CIRCLECI,
    },
    Row {
        code: Code::Aws016,
        severity: Error,
        title: "A branch of a crafted name gets in",
        advice: "* matches / as well, and a branch name may hold /. In the place of each * left of the branch put 36 ? for an id, the exact name for a repository. A Deny with StringLike */vcs-ref/*/vcs-ref/* keeps it out too.",
        link: link::OPERATORS,
    },
    Row {
        code: Code::Aws017,
        severity: Warning,
        title: "The V1 subject goes around the branch",
        advice: "Every job has a V1 token too, whatever its branch: leave the V1 subject out.",
        link: link::CIRCLECI,
    },
    Row {
        code: Code::Aws018,
        severity: Error,
        title: "The identity provider is in another account",
        advice: "STS looks for it in the role's own account only.",
        link: link::NO_PROVIDER,
    },
    Row {
        code: Code::Aws019,
        severity: Error,
        title: "The action is not the one that takes a token",
        advice: "",
        link: link::ANALYZER,
    },
    Row {
        code: Code::Aws020,
        severity: Error,
        title: "Every customer of CircleCI gets in",
        advice: "The issuer is the same for all of them, and a job chooses its audience. Pin org/<id>/ in the subject, or trust oidc.circleci.com/org/<id>.",
        link: link::CIRCLECI,
    },
    Row {
        code: Code::Aws021,
        severity: Error,
        title: "The subject is of another organization than the provider",
        advice: "A provider's tokens are all of its own organization, so this never matches. Check the project too.",
        link: link::CIRCLECI,
    },
    Row {
        code: Code::Aws022,
        severity: Info,
        title: "Only one user's jobs get in",
        advice: "A job that somebody else or a schedule starts is refused; 36 ? in the place of the id let every user in.",
        link: link::CIRCLECI,
    },
    Row {
        code: Code::Aws023,
        severity: Error,
        title: "No token of CircleCI's has this value",
        advice: "A subject is org/<id>/project/<id>/user/<id>, in V2 with /vcs-origin/<repository>/vcs-ref/refs/… after it; ids are UUIDs in lower case, never names.",
        link: link::CIRCLECI,
    },
    Row {
        code: Code::Aws024,
        severity: Error,
        title: "The identity provider is none of CircleCI's",
        advice: "It ends with the issuer without https://: oidc-provider/oidc.circleci.com/org/<organization id>.",
        link: link::PRINCIPAL,
    },
    Row {
        code: Code::Aws025,
        severity: Warning,
        title: "No job was found that gets in",
        advice: "",
        link: link::CIRCLECI,
    },
];
