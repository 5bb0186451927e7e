//! The step `verify.issuer`: is it the pinned organization or issuer?
//!
//! Issuers of CircleCI: <https://circleci.com/docs/openid-connect-tokens/> and
//! <https://circleci.com/docs/oidc-tokens-with-custom-claims/> (`--root-issuer`), as of 2026-08-20.

use super::{
    Requirement, VerifyOptions, not_judged,
    quote::{quoted, shown, typed},
};
use crate::{
    json::Value,
    report::{Code, Outcome, Step},
    search::Search as _,
    token::{Claims, Known},
};

/// The issuer that is the same for all organizations.
const ROOT: &str = "https://oidc.circleci.com";
/// The claim that names the organization.
const ORGANIZATION: &str = "oidc.circleci.com/org-id";
const REFERENCE: &str = "https://circleci.com/docs/openid-connect-tokens/";

/// Judges who issued the token.
pub(super) fn judge(claims: &Result<Claims, String>, options: &VerifyOptions) -> Step {
    let claims = match claims {
        Ok(claims) => claims,
        Err(reason) => return not_judged(Code::VerifyIssuer, reason),
    };
    let children = match (&options.issuer, &options.organization) {
        (None, None) => return not_pinned(claims),
        (Some(issuer), None) if issuer == ROOT && !options.require.iter().any(names_owner) => {
            let title = "The pinned issuer is that of all organizations: it does not say whose token this is";
            let organization = Step::new(Code::VerifyIssuerOrganization, Outcome::Unknown, title)
                .claim(ORGANIZATION)
                .actual(value(claims, ORGANIZATION))
                .detail("Anybody with an account at CircleCI gets tokens of it. Say which organization it has to be.")
                .reference(REFERENCE);
            vec![exact(claims, issuer), organization]
        }
        (Some(issuer), None) => vec![exact(claims, issuer)],
        (Some(issuer), Some(id)) => {
            let mut children = vec![exact(claims, issuer), subject(claims, id)];
            // CircleCI server had no such claim for long; where it is there, it has to agree.
            children.extend((claims.get(ORGANIZATION) != Known::Absent).then(|| organization(claims, id)));
            children
        }
        (None, Some(id)) if claims.text("iss") == Some(ROOT) => {
            let url = Step::new(Code::VerifyIssuerUrl, Outcome::Pass, "The issuer of all organizations")
                .claim("iss")
                .actual(Some(ROOT))
                .detail("So sub and org-id have to tell whose token it is.");
            vec![url, subject(claims, id), organization(claims, id)]
        }
        (None, Some(id)) => vec![of_organization(claims, id)],
    };
    let outcome = Outcome::all(children.iter().map(|child| child.outcome));
    let deciding = children.iter().find(|child| child.outcome == outcome);
    let title = match (outcome, &options.organization) {
        (Outcome::Pass, Some(id)) => format!("From organization {id}"),
        _ => deciding.map(|child| child.title.to_string()).unwrap_or_default(),
    };
    Step::new(Code::VerifyIssuer, outcome, title).reference(REFERENCE).children(children)
}

/// Whether a further requirement says whose token it has to be: each of these values belongs to one organization.
fn names_owner(requirement: &Requirement) -> bool {
    [ORGANIZATION, "oidc.circleci.com/project-id", "sub"].contains(&&*requirement.claim)
}

/// A genuine token of a stranger is genuine: without a pin nothing can be said.
fn not_pinned(claims: &Claims) -> Step {
    let says = match (named(claims), claims.get("iss")) {
        (Some(id), _) => format!("the token says that it is organization {}", short(id)),
        (None, Known::Present(issuer)) => format!("the token says that its issuer is {}", shown(issuer)),
        (None, Known::Absent) => {
            return Step::new(Code::VerifyIssuer, Outcome::Fail, "The token names no issuer (iss)").claim("iss");
        }
        (None, Known::NotKnown) => "the issuer is not known".to_owned(),
    };
    Step::new(Code::VerifyIssuer, Outcome::Unknown, format!("Not pinned: {says}"))
        .claim("iss")
        .actual(value(claims, "iss"))
        .detail("Anybody with an account at CircleCI gets genuine tokens. Say which organization it has to be.")
        .reference(REFERENCE)
}

/// The organization that a token says it is from: by its issuer, else by its claim, else by its subject.
fn named(claims: &Claims) -> Option<&str> {
    claims
        .text("iss")
        .and_then(organization_of_issuer)
        .or_else(|| claims.text(ORGANIZATION))
        .or_else(|| claims.text("sub").and_then(organization_of_subject))
}

fn organization_of_issuer(issuer: &str) -> Option<&str> {
    issuer.strip_prefix(ROOT)?.strip_prefix("/org/").filter(|id| !id.is_empty() && !id.contains(['/']))
}

/// `org/<id>/…`
fn organization_of_subject(subject: &str) -> Option<&str> {
    subject.strip_prefix("org/")?.split_once('/').map(|(id, _)| id)
}

fn of_organization(claims: &Claims, id: &str) -> Step {
    let expected = format!("{ROOT}/org/{id}");
    let pass = format!("The issuer of organization {id}");
    compare(Code::VerifyIssuerUrl, claims, "iss", &expected, pass, &|issuer| match organization_of_issuer(issuer) {
        Some(other) => (
            format!("From organization {}, not from {id}", short(other)),
            "Somebody else's token, or the wrong organization id.".to_owned(),
        ),
        None => (
            format!("The issuer is {}, not {}", quoted(issuer), quoted(&expected)),
            near(issuer, &expected)
                .unwrap_or("For CircleCI server, pin the issuer instead of the organization.")
                .to_owned(),
        ),
    })
}

fn exact(claims: &Claims, expected: &str) -> Step {
    let pass = format!("The issuer is {}", quoted(expected));
    compare(Code::VerifyIssuerUrl, claims, "iss", expected, pass, &|issuer| {
        (
            format!("The issuer is {}, not {}", quoted(issuer), quoted(expected)),
            near(issuer, expected).unwrap_or("Somebody else's token, or the wrong issuer.").to_owned(),
        )
    })
}

fn subject(claims: &Claims, id: &str) -> Step {
    let step = |outcome, title: String| {
        Step::new(Code::VerifyIssuerSubject, outcome, title)
            .claim("sub")
            .expected([format!("org/{id}/…")])
            .actual(value(claims, "sub"))
            .reference(REFERENCE)
    };
    match (claims.get("sub"), claims.text("sub").map(organization_of_subject)) {
        (_, Some(Some(named))) if named == id => step(Outcome::Pass, format!("sub names organization {id}")),
        (_, Some(Some(other))) => step(Outcome::Fail, format!("sub names organization {}, not {id}", short(other))),
        (_, Some(None)) => step(Outcome::Fail, "sub names no organization".to_owned()),
        (Known::NotKnown, _) => step(Outcome::Unknown, "sub is not known".to_owned()),
        (Known::Absent, _) => step(Outcome::Fail, "sub is missing".to_owned()),
        (Known::Present(other), None) => step(Outcome::Fail, format!("sub is {}, not text", other.kind())),
    }
}

fn organization(claims: &Claims, id: &str) -> Step {
    let pass = format!("{ORGANIZATION} is {id}");
    compare(Code::VerifyIssuerOrganization, claims, ORGANIZATION, id, pass, &|other| {
        (format!("{ORGANIZATION} is {}, not {id}", short(other)), "Somebody else's token.".to_owned())
    })
}

/// One claim that has to be exactly one text.
fn compare(
    code: Code,
    claims: &Claims,
    claim: &'static str,
    expected: &str,
    pass: String,
    fail: &dyn Fn(&str) -> (String, String),
) -> Step {
    let step = |outcome, title: String| {
        let step = Step::new(code, outcome, title).claim(claim).expected([expected]);
        step.actual(value(claims, claim)).reference(REFERENCE)
    };
    match claims.get(claim) {
        Known::Present(Value::String(actual)) if actual == expected => step(Outcome::Pass, pass),
        Known::Present(Value::String(actual)) => {
            let (title, detail) = fail(actual);
            step(Outcome::Fail, title).detail(detail)
        }
        Known::Present(other) => step(Outcome::Fail, format!("{claim} is {}; it has to be text", typed(other))),
        Known::Absent => step(Outcome::Fail, format!("{claim} is missing")),
        Known::NotKnown => step(Outcome::Unknown, format!("{claim} is not known")),
    }
}

/// What a reader overlooks when two issuers look alike. All of it counts: issuers are compared byte by byte
/// (OpenID Connect Discovery 1.0, 4.3).
fn near(actual: &str, expected: &str) -> Option<&'static str> {
    if actual.trim_end_matches('/') == expected.trim_end_matches('/') {
        Some("They differ in a slash at the end only; it counts.")
    } else if actual.eq_ignore_ascii_case(expected) {
        Some("They differ in upper and lower case only; it counts.")
    } else if actual.cut("://").map(|(_, rest)| rest) == expected.cut("://").map(|(_, rest)| rest) {
        Some("They differ in http and https only; it counts.")
    } else {
        None
    }
}

/// An id without quotes where it is one, so that the usual sentence stays readable.
fn short(id: &str) -> String {
    let is_plain =
        id.len() <= 64 && !id.is_empty() && id.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
    if is_plain { id.to_owned() } else { quoted(id) }
}

fn value<'a>(claims: &'a Claims, claim: &str) -> Option<&'a Value> {
    match claims.get(claim) {
        Known::Present(value) => Some(value),
        Known::Absent | Known::NotKnown => None,
    }
}
