//! The step `verify.key`: which keys of the set the header asks for, and why each other one was left out.

use super::{KeySet, PublicKey, jwk};
use crate::{
    json::Node,
    report::{Code, Outcome, Step},
    verify::{
        VerifyOptions,
        header::Wanted,
        not_judged,
        quote::{list, quoted},
    },
};

/// The step, and the keys to try in their order.
pub(in crate::verify) struct Selection {
    pub(in crate::verify) step: Step,
    pub(in crate::verify) keys: Vec<Candidate>,
}

/// A key that fits.
pub(in crate::verify) struct Candidate {
    /// How to call it: `"kid"`, or `2` for the second of the set.
    pub(in crate::verify) name: String,
    pub(in crate::verify) key: PublicKey,
}

/// Chooses the keys for a header.
pub(in crate::verify) fn select(wanted: &Result<Wanted, String>, options: &VerifyOptions) -> Selection {
    let alone = |step| Selection { step, keys: Vec::new() };
    let wanted = match wanted {
        Ok(wanted) => wanted,
        Err(reason) => return alone(not_judged(Code::VerifyKey, reason)),
    };
    let Some(set) = &options.key_set else {
        let step = Step::new(Code::VerifyKey, Outcome::Unknown, "No key set was given");
        return alone(step.detail(where_keys_are(options)));
    };
    match set.keys() {
        Err(malformed) => {
            let title = format!("The key set cannot be read: {}", malformed.message);
            let problem = Step::new(Code::VerifyKeySet, Outcome::Fail, title.clone())
                .at(set.span(malformed.at))
                .detail(where_keys_are(options))
                .reference("https://www.rfc-editor.org/rfc/rfc7517#section-5");
            alone(Step::new(Code::VerifyKey, Outcome::Fail, title).children([problem]))
        }
        Ok([]) => {
            let step = Step::new(Code::VerifyKey, Outcome::Fail, "The key set is empty");
            alone(step.detail(where_keys_are(options)))
        }
        Ok(keys) => among(set, keys, wanted),
    }
}

/// Where to get the key set. Told from what the caller pinned, never from the token.
pub(in crate::verify) fn where_keys_are(options: &VerifyOptions) -> String {
    // Path of the key set: seen at oidc.circleci.com by several independent verifiers; an issuer's discovery document
    // is what counts.
    match (&options.issuer, &options.organization) {
        (Some(issuer), _) => {
            format!(
                "Fetch the jwks_uri that {}/.well-known/openid-configuration tells, and give what is there as the key set.",
                issuer.trim_end_matches('/')
            )
        }
        (None, Some(id)) => format!(
            "Fetch https://oidc.circleci.com/org/{id}/.well-known/jwks-pub.json and give what is there as the key set."
        ),
        (None, None) => "Give the key set of the issuer that you trust.".to_owned(),
    }
}

fn among(set: &KeySet, keys: &[Node], wanted: &Wanted) -> Selection {
    let mut children = Vec::new();
    let mut fitting = Vec::new();
    let mut others = Vec::new();
    for (index, jwk) in keys.iter().enumerate() {
        let kid = jwk.get("kid");
        if let Some(wanted) = wanted.kid.as_deref() {
            let kid = kid.and_then(Node::as_str);
            if kid != Some(wanted) {
                others.push(kid.map_or_else(|| format!("key {} without kid", index.saturating_add(1)), quoted));
                continue;
            }
        }
        let name = kid.and_then(Node::as_str).map_or_else(|| index.saturating_add(1).to_string(), quoted);
        let step = match fits(jwk, wanted) {
            Ok(key) => {
                let title = format!("Key {name} fits: {key}");
                fitting.push(Candidate { name, key });
                Step::new(Code::VerifyKeyCandidate, Outcome::Pass, title)
            }
            Err(reason) => {
                Step::new(Code::VerifyKeyCandidate, Outcome::Fail, format!("Key {name} is left out: {reason}"))
            }
        };
        children.push(step.at(set.span(jwk.at.clone())));
    }
    let (title, detail) = summary(&children, &fitting, &others, wanted);
    if !others.is_empty() {
        let title = format!("Not looked at, because the key id is another: {}", list(others));
        children.push(Step::new(Code::VerifyKeyOthers, Outcome::NotApplicable, title));
    }
    let step = Step::new(Code::VerifyKey, Outcome::from_bool(!fitting.is_empty()), title)
        .actual(wanted.kid.as_deref())
        .reference("https://www.rfc-editor.org/rfc/rfc7515#section-4.1.4")
        .children(children);
    Selection { step: if let Some(detail) = detail { step.detail(detail) } else { step }, keys: fitting }
}

fn fits(jwk: &Node, wanted: &Wanted) -> Result<PublicKey, String> {
    if jwk.as_object().is_none() {
        return Err(format!("it is {}, not an object", jwk.kind()));
    }
    if let Some(name) = KeySet::repeated_in(jwk) {
        return Err(format!("it holds {} twice", quoted(&name)));
    }
    if let Some(kid) = jwk.get("kid").filter(|kid| kid.as_str().is_none()) {
        return Err(format!("its kid is {}, not text", kid.kind()));
    }
    jwk::public_key(jwk, wanted.algorithm)
}

/// Title and advice of the step.
fn summary(
    children: &[Step],
    fitting: &[Candidate],
    others: &[String],
    wanted: &Wanted,
) -> (String, Option<&'static str>) {
    match (fitting, children, &wanted.kid) {
        ([only], _, _) => (format!("Key {}, {}", only.name, only.key), None),
        ([_, ..], _, _) => (format!("{} keys fit", fitting.len()), None),
        ([], [], Some(kid)) => (
            format!("No key has the key id {}; the key set has {}", quoted(kid), list(others.iter().cloned())),
            Some("The key set is of another issuer, or of another time: keys change. Fetch it again."),
        ),
        ([], [only], _) => (only.title.to_string(), None),
        ([], _, _) => (format!("None of {} keys fits {}", children.len(), wanted.algorithm), None),
    }
}
