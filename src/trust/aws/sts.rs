//! What STS asks of a token beside the trust policy, each as a step of its own. In which order STS looks is not
//! documented, so all of it is shown.
//!
//! <https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRoleWithWebIdentity.html>

use super::{answer, input::OidcProvider, link, sts_claims};
use crate::{
    Seconds,
    json::Value,
    report::{Code, Outcome, Step, Words, time},
    search::Search as _,
    token::{Claims, Known},
    trust::Request,
};

/// Algorithms that STS accepts.
const ALGORITHMS: [&str; 6] = ["RS256", "RS384", "RS512", "ES256", "ES384", "ES512"];

/// The steps, and what they take for granted. `quiet`: where the token is taken, without words that would have to be made.
pub(super) fn steps(
    request: &Request<'_>,
    provider: Option<&OidcProvider>,
    account: Option<&str>,
    assumed: &mut Vec<Words>,
    quiet: bool,
) -> Step {
    let claims = request.claims;
    let granted = assumed.len();
    let mut children = vec![
        sts_claims::form(claims),
        sts_claims::required(claims, assumed),
        oidc_provider(claims, provider, account, assumed),
        keys(assumed),
        algorithm(request.alg, quiet),
        audience(claims, provider),
        sts_claims::subject(claims, quiet),
        expiry(request, assumed, quiet),
    ];
    if let Some(answer) = answer::step(claims.refused()) {
        // Of a token that STS refused, nothing of this is taken for granted.
        assumed.truncate(granted);
        children.insert(0, answer);
    }
    let outcome = Outcome::all(children.iter().map(|step| step.outcome));
    let title = match outcome {
        Outcome::Pass => "STS takes the token",
        Outcome::Fail => "STS refuses the token, whatever the trust policy says",
        Outcome::Unknown | Outcome::NotApplicable => "whether STS takes the token is not certain",
    };
    Step::new(Code::AwsSts, outcome, title).reference(link::CALL).children(children)
}

/// The IAM OIDC provider: in the role's own account, its URL equal to the issuer, slash at the end included.
fn oidc_provider(
    claims: &Claims,
    provider: Option<&OidcProvider>,
    account: Option<&str>,
    assumed: &mut Vec<Words>,
) -> Step {
    let step = |outcome, title: &'static str| {
        Step::new(Code::AwsStsProvider, outcome, title).claim("iss").reference(link::NO_PROVIDER)
    };
    if claims.text("iss").is_some_and(has_more_than_a_path) {
        return step(Outcome::Unknown, "the issuer has a port, a query or a fragment")
            .detail("AWS documents that the URL of an IAM OIDC provider has none, so none may fit.");
    }
    let Some(provider) = provider else {
        assumed.push(
            "The role's account has an IAM OIDC provider for the token's issuer, with the token's audience among its client ids."
                .into(),
        );
        return step(Outcome::NotApplicable, "the IAM OIDC provider was not given; taken for granted");
    };
    let url = format!("https://{}", provider.name);
    let issuer = match claims.get("iss") {
        Known::Present(Value::String(issuer)) => issuer,
        Known::Present(_) | Known::Absent => {
            return step(Outcome::Fail, "no IAM OIDC provider fits: the token has no issuer").expected([url]);
        }
        Known::NotKnown => {
            return step(Outcome::Unknown, "the evidence does not tell the token's issuer").expected([url]);
        }
    };
    let missing = format!("InvalidIdentityToken: No OpenIDConnect provider found in your account for {issuer}");
    if *issuer != url {
        return step(Outcome::Fail, "the IAM OIDC provider has another URL than the token's issuer")
            .expected([url])
            .actual(Some(issuer))
            .hint(super::hint::url(&provider.name, issuer.strip_prefix("https://").unwrap_or(issuer)))
            .vendor_text(missing);
    }
    match (provider.account.as_deref(), account) {
        (Some(own), Some(role)) if own != role => {
            step(Outcome::Fail, "the IAM OIDC provider is in another account than the role")
                .expected([role])
                .actual(Some(own))
                .detail("STS looks for it in the role's own account only.")
                .vendor_text(missing)
        }
        _ => step(Outcome::Pass, "the IAM OIDC provider is the token's issuer").expected([url]).actual(Some(issuer)),
    }
}

/// Whether a URL has what that of an IAM OIDC provider cannot have: "The URL should not contain a port number", "query
/// parameters are not" allowed
/// (<https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateOpenIDConnectProvider.html>).
fn has_more_than_a_path(issuer: &str) -> bool {
    let rest = issuer.cut("://").map_or(issuer, |(_, rest)| rest);
    let host = rest.split_once('/').map_or(rest, |(host, _)| host);
    host.bytes().any(|byte| matches!(byte, b':' | b'@')) || rest.bytes().any(|byte| matches!(byte, b'?' | b'#'))
}

/// Discovery, key set, certificate and signature need the network.
fn keys(assumed: &mut Vec<Words>) -> Step {
    assumed.push("STS can fetch the issuer's keys, and the token's signature is genuine.".into());
    Step::new(Code::AwsStsKeys, Outcome::NotApplicable, "key fetch, certificate and signature are not checked here")
        .reference(link::NO_KEY)
}

fn algorithm(alg: &str, quiet: bool) -> Step {
    let passed = ALGORITHMS.contains(&alg);
    let title = match (passed, alg) {
        (true, _) => "STS accepts the signing algorithm",
        (false, "") => "the token's header names no signing algorithm",
        (false, _) => "STS does not accept the signing algorithm",
    };
    let step = Step::new(Code::AwsStsAlgorithm, Outcome::from_bool(passed), title);
    if quiet {
        return step;
    }
    let step = step.expected(ALGORITHMS).actual(Some(alg).filter(|alg| !alg.is_empty())).reference(link::CALL);
    if passed { step } else { step.vendor_text("InvalidIdentityToken") }
}

/// The audience against the client ids of the IAM OIDC provider; the trust policy has no part in it.
fn audience(claims: &Claims, provider: Option<&OidcProvider>) -> Step {
    let step = |outcome, title: &'static str| {
        Step::new(Code::AwsStsAudience, outcome, title).claim("aud").reference(link::PROVIDER)
    };
    let Some(provider) = provider else {
        return step(
            Outcome::NotApplicable,
            "the client ids of the IAM OIDC provider were not given; taken for granted",
        );
    };
    let step = |outcome, title: &'static str| step(outcome, title).expected(&provider.client_ids);
    let value = match claims.get("aud") {
        Known::Present(value) => value,
        Known::Absent => return step(Outcome::Fail, "the token has no audience"),
        Known::NotKnown => return step(Outcome::Unknown, "the evidence does not tell the token's audience"),
    };
    let step = |outcome, title: &'static str| step(outcome, title).actual(Some(value));
    let Some(audiences) = sts_claims::texts(value) else {
        return step(Outcome::Unknown, "AWS does not say how it reads an audience that is not text");
    };
    let is_client = |audience: &str| provider.client_ids.iter().any(|id| id == audience);
    let known = audiences.iter().filter(|audience| is_client(audience)).count();
    // Which audience STS looks at if the token names an authorized party, or several audiences, is not documented.
    if matches!(claims.get("azp"), Known::Present(_)) {
        return step(Outcome::Unknown, "AWS does not say which client id it looks for if the token has azp");
    }
    if known == audiences.len() && known > 0 {
        step(Outcome::Pass, "the audience is a client id of the IAM OIDC provider")
    } else if known == 0 && !audiences.is_empty() {
        step(Outcome::Fail, "the audience is not among the client ids of the IAM OIDC provider: add it there")
            .vendor_text("InvalidIdentityToken: Incorrect token audience")
    } else {
        step(Outcome::Unknown, "AWS does not say which of several audiences have to be client ids")
    }
}

/// The clock. What STS does in the very second of the expiry, before `iat` or before `nbf`, is not documented.
fn expiry(request: &Request<'_>, assumed: &mut Vec<Words>, quiet: bool) -> Step {
    let step = |outcome, title: Words| Step::new(Code::AwsStsTime, outcome, title).claim("exp").reference(link::CALL);
    let number = |name| match request.claims.get(name) {
        Known::Present(value) => Seconds::of(value),
        Known::Absent | Known::NotKnown => None,
    };
    for name in ["iat", "nbf"] {
        if matches!(request.claims.get(name), Known::Present(_)) && number(name).is_none() {
            let title = format!("{name} is no time in seconds; AWS does not say what STS does then");
            return step(Outcome::Unknown, title.into());
        }
    }
    let told = !matches!(request.claims.get("exp"), Known::NotKnown);
    let (expires, now) = match (number("exp"), request.now) {
        (Some(expires), Some(now)) => (expires, now),
        (None, _) if matches!(request.claims.get("exp"), Known::Present(Value::Number(_))) => {
            return step(Outcome::Unknown, "exp is no time that a calendar has".into());
        }
        (None, _) if told => {
            return step(Outcome::NotApplicable, "without a readable exp there is no time to judge".into());
        }
        (None, Some(_)) => {
            return step(Outcome::Unknown, "the evidence does not tell when the token expires".into());
        }
        (_, None) => {
            assumed.push("The token had not expired when it was presented.".into());
            return step(Outcome::NotApplicable, "when the token was presented is not told".into());
        }
    };
    let say = |words: &dyn Fn(String, String) -> String| match quiet {
        true => String::new(),
        false => words(time::utc(expires), time::duration(expires.minus(now))),
    };
    let step = |outcome, title: String| {
        step(outcome, title.into())
            .actual(request.claims.members().iter().rev().find(|(name, _)| name == "exp").map(|(_, value)| value))
    };
    if now > expires {
        let message = "ExpiredTokenException";
        return step(
            Outcome::Fail,
            say(&|at, apart| format!("the token expired at {at}, {apart} before it was presented")),
        )
        .vendor_text(message);
    }
    if now == expires {
        return step(
            Outcome::Unknown,
            say(&|at, _| format!("the token was presented in the very second of its expiry, {at}")),
        );
    }
    for (name, what) in [("iat", "was issued"), ("nbf", "becomes valid")] {
        if let Some(start) = number(name)
            && start > now
        {
            let title = format!("the token {what} after it is presented; AWS does not say what STS does then");
            return step(Outcome::Unknown, title);
        }
    }
    step(Outcome::Pass, say(&|at, apart| format!("the token was presented {apart} before it expires, at {at}")))
}
