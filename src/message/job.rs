//! There was no token. <https://circleci.com/docs/openid-connect-tokens/>; forks: <https://circleci.com/docs/oss/>;
//! runners: <https://circleci.com/docs/runner-faqs/>.

use super::Row;

const TOKENS: &str = "https://circleci.com/docs/openid-connect-tokens/";

/// What every cloud's message of an empty token has in common.
pub(super) const NO_TOKEN: Row = Row {
    stage: "no_token",
    meaning: "The job sent no token: the variable it was taken from is empty or not set.",
    rules_out: &["The cloud's configuration: there was nothing to compare it with."],
    next: &[
        "Was it a pull request from a fork? Its jobs get no token, unless the project passes secrets to builds of forks; better skip the step there.",
        "On a self-hosted runner, its temporary folder has to be writable, and mounted without noexec.",
        "Inside docker run, ssh or sudo, CIRCLE_OIDC_TOKEN or CIRCLE_OIDC_TOKEN_V2 has to be handed on.",
        "On CircleCI server (4.4 and later), its operator has to switch the tokens on.",
    ],
    reference: TOKENS,
    ..Row::EMPTY
};

pub(super) static ROWS: &[Row] = &[Row {
    // Bash, POSIX shells, and the usual words of scripts.
    messages: &[
        "CIRCLE_OIDC_TOKEN…unbound variable",
        "CIRCLE_OIDC_TOKEN…parameter not set",
        "CIRCLE_OIDC_TOKEN… is not set",
    ],
    ..NO_TOKEN
}];
