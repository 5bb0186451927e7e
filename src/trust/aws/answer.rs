//! What STS itself answered to the token, where the evidence tells it.

use super::link;
use crate::report::{Code, Outcome, Step};

/// Beginnings of the codes with which STS refuses a token before it looks at a trust policy, and what they say
/// (<https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRoleWithWebIdentity.html>).
static EARLIER: [(&str, &str); 4] = [
    ("ExpiredToken", "The token had expired when it was presented; a job has to get a new one."),
    (
        "InvalidIdentityToken",
        "STS could not validate the token: look at the IAM OIDC provider and the token's audience.",
    ),
    ("IDPCommunicationError", "STS could not reach the issuer; that may pass."),
    ("IDPRejectedClaim", "The issuer reported that the token is not or no longer good."),
];

/// What a code says, if STS gives it before it looks at the trust policy.
pub(crate) fn earlier(code: &str) -> Option<&'static str> {
    EARLIER.iter().find(|(beginning, _)| code.starts_with(beginning)).map(|(_, says)| *says)
}

/// The answer, if it had nothing to do with the trust policy: then that lets this token in as little as it did then.
pub(super) fn step(refused: Option<&str>) -> Option<Step> {
    let code = refused?;
    let title = format!("STS refused this token before it looked at the trust policy: {code}");
    Some(
        Step::new(Code::AwsStsAnswer, Outcome::Fail, title)
            .detail(earlier(code)?)
            .vendor_text(code.to_owned())
            .reference(link::CALL),
    )
}
