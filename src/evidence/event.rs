//! CloudTrail's event of `AssumeRoleWithWebIdentity`, succeeded or refused: `userIdentity` holds provider, audience and
//! subject of the token.
//!
//! <https://docs.aws.amazon.com/IAM/latest/UserGuide/cloudtrail-integration.html>,
//! <https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-user-identity.html>; an event of
//! 2026: <https://github.com/elastic/integrations/issues/18396>.

use super::{
    Evidence, principal,
    told::{Kind, is_masked},
};
use crate::{
    Seconds, iso,
    json::{Data, Node, Value},
    search::Search as _,
    token::{Issuer, IssuerKind},
};

/// What stands before a provider's name in its ARN.
const PROVIDER: &str = ":oidc-provider/";

/// The texts that an event is read by.
static FIELDS: [(&str, &str); 7] = [
    ("userIdentity", "identityProvider"),
    ("userIdentity", "principalId"),
    ("userIdentity", "userName"),
    ("requestParameters", "roleArn"),
    ("responseElements", "provider"),
    ("responseElements", "subjectFromWebIdentityToken"),
    ("responseElements", "audience"),
];

/// Reads an event; `None` if the object is none of this kind. What its fields do not tell for certain, or tell differently,
/// is not told.
pub(super) fn read(event: &Node) -> Option<Box<Evidence>> {
    if event.get("eventName")?.as_str()? != "AssumeRoleWithWebIdentity" {
        return None;
    }
    // Which of two members a program sees is anybody's guess.
    let doubtful = !event.duplicates().is_empty();
    let [arn, principal, named, role, issuer, answered, audience] = FIELDS.map(|(part, name)| {
        let text = event.get(part)?.get(name)?.as_str()?;
        (!doubtful && !text.is_empty() && !is_masked(text)).then_some(text)
    });
    let rest = arn.zip(principal).and_then(|(arn, principal)| principal.strip_prefix(arn)?.strip_prefix(':'));

    let name =
        agreed(arn.and_then(of_arn), issuer.and_then(|issuer| of_arn(issuer).or(issuer.strip_prefix("https://"))));
    let name = name.filter(|name| !name.is_empty() && (principal.is_none() || rest.is_some()));
    let iss = name.map(|name| format!("https://{name}"));

    let stated = agreed(named, answered);
    let is_circleci = || iss.as_deref().is_some_and(|iss| Issuer::parse(iss).kind != IssuerKind::Other);
    let parts = match rest {
        Some(rest) if stated.is_some() || (named.is_none() && answered.is_none() && is_circleci()) => {
            principal::split(rest, stated)
        }
        _ => None,
    };
    let sub = if principal.is_some() { parts.map(|(_, sub)| sub) } else { stated };
    let aud = agreed(parts.map(|(aud, _)| aud), audience);

    let mut claims = Vec::new();
    let mut unclear = Vec::new();
    for (name, value) in [("iss", iss.as_deref()), ("aud", aud), ("sub", sub)] {
        match value {
            Some(value) => claims.push((name.to_owned(), Value::from(value))),
            None => unclear.push(name.to_owned()),
        }
    }
    let mut evidence = Evidence::new(Kind::Event, &claims);
    evidence.unclear = unclear;
    evidence.role = role.map(str::to_owned);
    evidence.presented_at = event.get("eventTime").and_then(|time| Some(Seconds::whole(iso::read(time.as_str()?)?.0)));
    evidence.refused = event.get("errorCode").filter(|code| code.data != Data::Null).map(|code| {
        let is_name = |code: &&str| code.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'.');
        code.as_str().filter(is_name).unwrap_or("an error").to_owned()
    });
    Some(evidence)
}

/// The name of a provider in its ARN: the issuer without its scheme.
fn of_arn(arn: &str) -> Option<&str> {
    arn.get(arn.place_of(PROVIDER)?.saturating_add(PROVIDER.len())..)
}

/// What two fields say, if they do not say different things.
fn agreed<'a>(one: Option<&'a str>, other: Option<&'a str>) -> Option<&'a str> {
    match (one, other) {
        (Some(one), Some(other)) if one != other => None,
        _ => one.or(other),
    }
}
