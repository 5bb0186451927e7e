//! The step `verify.header`: what the header asks for, and what is refused in it before a key is touched.

use super::{Algorithm, algorithm::refusal, not_judged, presented::Object, quote::quoted};
use crate::{
    json::{Node, Value},
    report::{Code, Outcome, Step},
};

/// What a header asks for.
pub(super) struct Header {
    pub(super) step: Step,
    /// How to check the signature; why that cannot be said.
    pub(super) wanted: Result<Wanted, String>,
}

/// With which algorithm and key the token says that it is signed.
pub(super) struct Wanted {
    pub(super) algorithm: Algorithm,
    pub(super) kid: Option<String>,
}

/// Header members that bring or name a key. Whoever makes a token writes them (RFC 8725, 3.10).
const KEY_MATERIAL: [&str; 6] = ["jku", "jwk", "x5u", "x5c", "x5t", "x5t#S256"];

/// Judges the header.
pub(super) fn judge(object: &Object, accepted: &[Algorithm]) -> Header {
    match object {
        Object::Absent(reason) => Header { step: not_judged(Code::VerifyHeader, reason), wanted: Err(reason.clone()) },
        Object::Broken(problem) => Header {
            step: Step::new(Code::VerifyHeader, Outcome::Fail, problem.title.clone())
                .children([problem.as_ref().clone()]),
            wanted: Err("the header cannot be read".to_owned()),
        },
        Object::Read(document, duplicates) => read(&document.root, duplicates, accepted),
    }
}

fn read(header: &Node, duplicates: &[Step], accepted: &[Algorithm]) -> Header {
    let (algorithm_step, algorithm) = algorithm(header.get("alg"), accepted);
    let (kid_step, kid) = kid(header.get("kid"));
    let mut children = duplicates.to_vec();
    children.push(algorithm_step);
    children.extend([unencoded(header), encryption(header), critical(header)].into_iter().flatten());
    children.extend(
        [content(header), Some(typ(header.get("typ"))), Some(kid_step), key_material(header)].into_iter().flatten(),
    );

    let wanted = if duplicates.is_empty() {
        let readable = header.get("b64").is_none() && header.get("enc").is_none();
        match (algorithm, kid) {
            (Some(algorithm), Ok(kid)) if readable => Ok(Wanted { algorithm, kid }),
            _ => Err("the header asks for something that is refused".to_owned()),
        }
    } else {
        Err("the header can be read in two ways".to_owned())
    };
    let outcome = Outcome::all(children.iter().map(|child| child.outcome));
    let failed = children.iter().find(|child| child.outcome == Outcome::Fail);
    let title = match (failed, &wanted) {
        (Some(child), _) => child.title.to_string(),
        (None, Ok(Wanted { algorithm, kid: Some(kid) })) => format!("Signed with {algorithm}, key id {}", quoted(kid)),
        (None, Ok(Wanted { algorithm, kid: None })) => format!("Signed with {algorithm}, no key id"),
        (None, Err(reason)) => reason.clone(),
    };
    Header { step: Step::new(Code::VerifyHeader, outcome, title).children(children), wanted }
}

fn algorithm(alg: Option<&Node>, accepted: &[Algorithm]) -> (Step, Option<Algorithm>) {
    const REFERENCE: &str = "https://www.rfc-editor.org/rfc/rfc8725#section-3.1";
    let step = |outcome, title: String| {
        Step::new(Code::VerifyHeaderAlgorithm, outcome, title)
            .expected(accepted.iter().map(|algorithm| algorithm.name()))
            .actual(alg.map(Value::from))
            .reference(REFERENCE)
    };
    let Some(node) = alg else {
        return (step(Outcome::Fail, "The header has no algorithm (alg)".to_owned()), None);
    };
    let Some(name) = node.as_str() else {
        return (step(Outcome::Fail, format!("alg is {}, not text", node.kind())), None);
    };
    match Algorithm::from_name(name) {
        Some(algorithm) if accepted.contains(&algorithm) => {
            (step(Outcome::Pass, format!("{algorithm} is accepted")), Some(algorithm))
        }
        Some(algorithm) => {
            let title = format!("{algorithm} is not accepted here, only {}", Algorithm::names(accepted));
            let detail = "CircleCI signs with RS256. If your issuer signs otherwise, name its algorithm.";
            (step(Outcome::Fail, title).detail(detail), None)
        }
        None => (step(Outcome::Fail, format!("alg {} is refused: {}", quoted(name), refusal(name))), None),
    }
}

fn kid(kid: Option<&Node>) -> (Step, Result<Option<String>, ()>) {
    let step = |outcome, title: String| Step::new(Code::VerifyHeaderKeyId, outcome, title).actual(kid.map(Value::from));
    match kid {
        None => {
            let title = "No key id (kid): every key that fits the algorithm is tried".to_owned();
            (step(Outcome::NotApplicable, title), Ok(None))
        }
        Some(node) => match node.as_str() {
            Some(text) => (step(Outcome::Pass, format!("Key id {}", quoted(text))), Ok(Some(text.to_owned()))),
            None => (step(Outcome::Fail, format!("kid is {}, not text", node.kind())), Err(())),
        },
    }
}

/// No extension is understood here, so every `crit` is refused, also an empty or malformed one.
fn critical(header: &Node) -> Option<Step> {
    let crit = header.get("crit")?;
    let title =
        format!("crit demands extensions that are not understood here: {}", super::quote::shown(&Value::from(crit)));
    let step = Step::new(Code::VerifyHeaderCritical, Outcome::Fail, title).actual(Some(Value::from(crit)));
    Some(step.reference("https://www.rfc-editor.org/rfc/rfc7515#section-4.1.11"))
}

fn unencoded(header: &Node) -> Option<Step> {
    let b64 = header.get("b64")?;
    let step = Step::new(Code::VerifyHeaderUnencoded, Outcome::Fail, "b64 has no place in a token that holds claims");
    Some(step.actual(Some(Value::from(b64))).reference("https://www.rfc-editor.org/rfc/rfc7797#section-7"))
}

fn encryption(header: &Node) -> Option<Step> {
    let name = ["enc", "zip"].into_iter().find(|name| header.get(name).is_some())?;
    let title = format!("{name} belongs to an encrypted token (JWE), not to a signed one");
    let step = Step::new(Code::VerifyHeaderEncryption, Outcome::Fail, title);
    Some(step.reference("https://www.rfc-editor.org/rfc/rfc7516#section-4.1.2"))
}

/// `cty` names the content; `JWT` says that it is another token (RFC 7519, 5.2).
fn content(header: &Node) -> Option<Step> {
    let cty = header.get("cty")?;
    let value = Value::from(cty);
    let reference = "https://www.rfc-editor.org/rfc/rfc7519#section-5.2";
    let (outcome, title) = match cty.as_str() {
        None => (Outcome::Fail, format!("cty is {}, not text", cty.kind())),
        Some(text) if is_jwt(text) => (Outcome::Fail, "The payload is another token (cty), not claims".to_owned()),
        Some(text) => (Outcome::Pass, format!("cty is {}; it is not looked at", quoted(text))),
    };
    Some(Step::new(Code::VerifyHeaderContent, outcome, title).actual(Some(value)).reference(reference))
}

/// Another `typ` than `JWT` is told and not refused: it is optional (RFC 7519, 5.1).
fn typ(typ: Option<&Node>) -> Step {
    let (outcome, title) = match typ.map(|node| (node, node.as_str())) {
        Some((_, Some(text))) if is_jwt(text) => (Outcome::Pass, "typ is JWT".to_owned()),
        Some((_, Some(text))) => {
            (Outcome::Pass, format!("Careful: typ is {}. A token of CircleCI says JWT", quoted(text)))
        }
        Some((node, None)) => (Outcome::Fail, format!("typ is {}, not text", node.kind())),
        None => (Outcome::Pass, "Careful: there is no typ. A token of CircleCI says JWT".to_owned()),
    };
    Step::new(Code::VerifyHeaderType, outcome, title)
        .expected(["JWT"])
        .actual(typ.map(Value::from))
        .reference("https://www.rfc-editor.org/rfc/rfc7519#section-5.1")
}

/// Media types are not case-sensitive, and `application/` may be left out (RFC 7515, 4.1.9).
fn is_jwt(text: &str) -> bool {
    text.eq_ignore_ascii_case("JWT") || text.eq_ignore_ascii_case("application/jwt")
}

fn key_material(header: &Node) -> Option<Step> {
    let names: Vec<_> = KEY_MATERIAL.into_iter().filter(|name| header.get(name).is_some()).collect();
    if names.is_empty() {
        return None;
    }
    let title = format!("{} in the header: ignored", names.join(", "));
    Some(
        Step::new(Code::VerifyHeaderKeyMaterial, Outcome::NotApplicable, title)
            .detail("Whoever makes a token writes its header. Keys come from the key set and from nowhere else.")
            .reference("https://www.rfc-editor.org/rfc/rfc8725#section-3.10"),
    )
}
