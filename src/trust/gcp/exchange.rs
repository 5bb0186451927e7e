//! What Google asks of the request and of the token before it looks at mappings and condition. In which order it looks at
//! issuer, audience and time is not documented, so all of it is shown.
//!
//! <https://cloud.google.com/iam/docs/workload-identity-federation-with-other-providers>, as of 2026-04-02; the error texts are
//! those of the page on troubleshooting and of public reports.

use super::{
    field::{Field, Places},
    link,
    provider::WorkloadProvider,
    resource::{HOST, Resource},
};
use crate::{
    Seconds,
    json::Value,
    report::{Code, Outcome, Step, Words, time},
    token::{Claims, Known},
    trust::Request,
};

/// Seconds by which clocks may differ, before `iat` and after `exp`: so much was accepted when it was tried (measurements by
/// others, as of 2026-09-28), and `REFUSED` was not. What lies between is not known.
const ACCEPTED: (i64, i64) = (60, 59);
const REFUSED: (i64, i64) = (119, 61);
/// The longest life that the documentation allows a token; tokens that live longer were accepted when it was tried.
const LIFETIME: i64 = 86_400;

/// The provider that the request names: it exists and is switched on.
pub(super) fn request(provider: &WorkloadProvider, assumed: &mut Vec<Words>) -> Step {
    if let Some(off) = provider.off {
        return Step::new(Code::GcpRequestState, Outcome::Fail, format!("the provider is {off}"))
            .vendor_text(
                "The target service indicated by the \"audience\" parameters is invalid. This might either be because the \
                 pool or provider is disabled or deleted or because it doesn't exist.",
            )
            .reference(link::PROVIDER);
    }
    assumed.push(
        format!("The request names this provider, and its pool exists: audience {}.", provider.resource.audience())
            .into(),
    );
    Step::new(Code::GcpRequestState, Outcome::Pass, "the provider is switched on").reference(link::PROVIDER)
}

/// The checks of the token.
pub(super) fn token(
    provider: &WorkloadProvider,
    request: &Request<'_>,
    places: Places<'_>,
    assumed: &mut Vec<Words>,
) -> Step {
    let children = match provider.other {
        Some(other) => {
            let title = format!("the provider takes credentials of the kind {other}, not tokens of OpenID Connect");
            vec![Step::new(Code::GcpTokenKind, Outcome::Fail, title)]
        }
        None => vec![
            issuer(provider, request.claims, places),
            algorithm(request.alg),
            audience(provider, request.claims, places),
            keys(provider, assumed),
            clock(request, assumed),
        ],
    };
    let outcome = Outcome::all(children.iter().map(|step| step.outcome));
    let title = match outcome {
        Outcome::Pass => "Google takes the token",
        Outcome::Fail => "Google refuses the token before it looks at the condition",
        Outcome::Unknown | Outcome::NotApplicable => "whether Google takes the token is not certain",
    };
    Step::new(Code::GcpToken, outcome, title).reference(link::OTHER_PROVIDERS).children(children)
}

/// What the token has; or the step that says why that cannot be compared.
fn claim<'a>(code: Code, name: &'static str, claims: &'a Claims, absent: Outcome) -> Result<&'a Value, Step> {
    let step = |outcome, title: &[&str]| Step::new(code, outcome, title.concat()).claim(name);
    match claims.get(name) {
        Known::Present(value) => Ok(value),
        Known::Absent => Err(step(absent, &["the token has no ", name])),
        Known::NotKnown => Err(step(Outcome::Unknown, &["the evidence does not tell ", name])),
    }
}

fn issuer(provider: &WorkloadProvider, claims: &Claims, places: Places<'_>) -> Step {
    let code = Code::GcpTokenIssuer;
    let Some(Field { text, at }) = &provider.issuer else {
        return Step::new(code, Outcome::Unknown, "the issuer of the provider is not told").claim("iss");
    };
    let actual = match claim(code, "iss", claims, Outcome::Fail) {
        Ok(actual) => actual,
        Err(step) => return step.expected([text]).at(places.span(at)),
    };
    // Google's own recipe for GitHub has a slash at the end that GitHub's tokens do not have:
    // https://cloud.google.com/iam/docs/workload-identity-federation-with-deployment-pipelines
    let own = actual.as_str().unwrap_or_default();
    let exact = own == text;
    let passed = exact || text.strip_suffix('/') == Some(own);
    let title = match (exact, passed) {
        (true, _) => "the issuer is the provider's",
        (false, true) => "the issuer is the provider's, but for the slash at its end",
        (false, false) => "the token is from another issuer than the provider's",
    };
    let step = Step::new(code, Outcome::from_bool(passed), title)
        .claim("iss")
        .expected([text])
        .actual(Some(actual))
        .at(places.span(at))
        .reference(link::TROUBLESHOOTING);
    if passed {
        return step;
    }
    step.vendor_text(format!("The issuer in ID Token {own} does not match the expected one in config: {text}."))
}

fn algorithm(alg: &str) -> Step {
    let outcome = match alg {
        "RS256" | "ES256" => Outcome::Pass,
        _ if alg.is_empty() || alg == "none" || alg.starts_with("HS") => Outcome::Fail,
        // Documented are these two; what becomes of others is not.
        _ => Outcome::Unknown,
    };
    let title = match outcome {
        Outcome::Pass => "Google accepts the signing algorithm",
        Outcome::Fail => "Google does not accept the signing algorithm",
        Outcome::Unknown | Outcome::NotApplicable => "Google documents RS256 and ES256 only",
    };
    Step::new(Code::GcpTokenAlgorithm, outcome, title)
        .expected(["RS256", "ES256"])
        .actual(Some(alg).filter(|alg| !alg.is_empty()))
        .reference(link::OTHER_PROVIDERS)
}

/// The audience of the token, which is not that of the request: one of the list, or where there is none the provider's own
/// name. With a list the name does not count.
fn audience(provider: &WorkloadProvider, claims: &Claims, places: Places<'_>) -> Step {
    let code = Code::GcpTokenAudience;
    let default = provider.resource.audience();
    let own = [["https:", &*default].concat(), default];
    let listed = !provider.audiences.is_empty();
    let expected: Vec<&str> = if listed {
        provider.audiences.iter().map(|audience| &*audience.text).collect()
    } else {
        own.iter().map(String::as_str).collect()
    };
    let at = provider.audiences.first().and_then(|audience| places.span(&audience.at));
    let finish =
        |step: Step| step.claim("aud").expected(expected.iter().copied()).at(at.clone()).reference(link::PROVIDER);
    if provider.untold.audiences {
        let title = "the audiences of the provider are not told";
        return Step::new(code, Outcome::Unknown, title).claim("aud").reference(link::PROVIDER);
    }
    let actual = match claim(code, "aud", claims, Outcome::Fail) {
        Ok(actual) => actual,
        Err(step) => return finish(step).vendor_text(mismatch("")),
    };
    let name = |text: &str| {
        let text = text.strip_prefix("https:").unwrap_or(text);
        text.strip_prefix(HOST).and_then(Resource::read)
    };
    // Parts of the provider's name that were not told may be those of the audience.
    let may_be_own = |text: &str| {
        let fits = |told: &str, own: &str| told.is_empty() || told == own;
        let told = &provider.resource;
        name(text).is_some_and(|name| {
            let number = !told.has_number() || told.project == name.project;
            number && fits(&told.pool, &name.pool) && fits(&told.provider, &name.provider)
        })
    };
    let judge = |text: &str| match expected.contains(&text) {
        true if listed || provider.resource.is_whole() => Outcome::Pass,
        _ if !listed && may_be_own(text) => Outcome::Unknown,
        _ => Outcome::Fail,
    };
    let (outcome, title) = match actual {
        Value::String(text) => match judge(text) {
            Outcome::Pass => (Outcome::Pass, "the audience is one that the provider accepts"),
            Outcome::Unknown => {
                (Outcome::Unknown, "the provider's own name is not told whole, and it is what is compared")
            }
            _ if listed => (Outcome::Fail, "the audience is not among the provider's allowed audiences"),
            _ => (Outcome::Fail, "the provider lists no allowed audiences, so the audience has to be its own name"),
        },
        Value::Array(several) if !several.is_empty() && several.iter().all(|one| one.as_str().is_some()) => {
            let fits = |one: &Value| judge(one.as_str().unwrap_or_default());
            match Outcome::any(several.iter().map(fits)) {
                Outcome::Fail => (Outcome::Fail, "none of the audiences is one that the provider accepts"),
                _ => (Outcome::Unknown, "Google does not say how it reads a list of audiences"),
            }
        }
        _ => (Outcome::Unknown, "Google does not say how it reads an audience that is not text"),
    };
    let step = finish(Step::new(code, outcome, title)).actual(Some(actual));
    match outcome {
        Outcome::Fail => step.vendor_text(mismatch(actual.as_str().unwrap_or("…"))),
        _ => step,
    }
}

fn mismatch(actual: &str) -> String {
    ["The audience in ID Token [", actual, "] does not match the expected audience."].concat()
}

fn keys(provider: &WorkloadProvider, assumed: &mut Vec<Words>) -> Step {
    let whose = if provider.has_keys {
        "The key set uploaded to the provider"
    } else {
        "The issuer's key set, which Google fetches,"
    };
    assumed.push(format!("{whose} holds the token's key, and the token's signature is genuine.").into());
    Step::new(Code::GcpTokenKeys, Outcome::NotApplicable, "key fetch and signature are not checked here")
        .reference(link::OTHER_PROVIDERS)
}

/// The clock. `iat` and `exp` are both needed.
fn clock(request: &Request<'_>, assumed: &mut Vec<Words>) -> Step {
    let code = Code::GcpTokenTime;
    let stale = |step: Step| {
        let issued = request.claims.members().iter().find(|(name, _)| name == "iat").map(|(_, value)| value.to_json());
        let issued = issued.unwrap_or_else(|| "null".to_owned());
        step.vendor_text(format!("ID Token issued at {issued} is stale to sign-in."))
    };
    let mut times = Vec::new();
    for name in ["iat", "exp"] {
        match claim(code, name, request.claims, Outcome::Fail).map(|value| (Seconds::of(value), value)) {
            Ok((Some(at), value)) => times.push((at, value)),
            Ok((None, value)) => {
                let title = format!("Google does not say how it reads this {name}");
                return Step::new(code, Outcome::Unknown, title).claim(name).actual(Some(value));
            }
            Err(step) if step.outcome == Outcome::Fail => return stale(step.reference(link::OTHER_PROVIDERS)),
            Err(_) if request.now.is_none() => {}
            Err(step) => return step,
        }
    }
    let ([(issued, _), (expires, value)], Some(now)) = (&*times, request.now) else {
        assumed.push("The token had not expired when it was presented.".into());
        let title = "when the token was presented is not told";
        return Step::new(code, Outcome::NotApplicable, title).claim("exp");
    };
    let early = issued.minus(now);
    let late = now.minus(*expires);
    let judge = |apart: Seconds, accepted: i64, refused: i64| match apart {
        _ if apart <= Seconds::whole(accepted) => Outcome::Pass,
        _ if apart >= Seconds::whole(refused) => Outcome::Fail,
        _ => Outcome::Unknown,
    };
    let issue = judge(early, ACCEPTED.0, REFUSED.0);
    let expiry = judge(late, ACCEPTED.1, REFUSED.1);
    let (at, until) = (time::utc(*issued), time::utc(*expires));
    let (title, claim) = match (issue, expiry) {
        (Outcome::Pass, Outcome::Pass) if late <= Seconds::ZERO => {
            (format!("the token was presented {} before it expires, at {until}", time::duration(late)), "exp")
        }
        (Outcome::Pass, Outcome::Pass) => {
            (format!("the token expired at {until}, within the minute that clocks may differ"), "exp")
        }
        (Outcome::Pass, _) => {
            (format!("the token expired at {until}, {} before it was presented", time::duration(late)), "exp")
        }
        _ => (format!("the token was issued at {at}, {} after it was presented", time::duration(early)), "iat"),
    };
    let step = Step::new(code, Outcome::all([issue, expiry]), title).claim(claim).reference(link::OTHER_PROVIDERS);
    let step = if claim == "exp" { step.actual(Some(*value)) } else { step };
    let step = if expires.minus(*issued) > Seconds::whole(LIFETIME) {
        step.detail("Google documents that a token lives 24 hours at most. It does not enforce that: tokens that lived longer were accepted.")
    } else {
        step
    };
    if step.outcome == Outcome::Fail { stale(step) } else { step }
}
