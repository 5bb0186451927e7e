//! What Entra asks of the token before it looks at credentials
//! (<https://learn.microsoft.com/entra/workload-id/workload-identity-federation-considerations>, the state of July 2026).

use super::link;
use crate::{
    Seconds,
    json::Value,
    report::{Code, Outcome, Step, Words, time},
    token::Known,
    trust::Request,
};

/// Seconds by which clocks may differ. Often said, and not documented: within them the answer is not known.
const SKEW: i64 = 300;

/// Algorithm, keys and time.
pub(super) fn token(request: &Request<'_>, assumed: &mut Vec<Words>) -> Step {
    let keys = Step::new(Code::AzureTokenKeys, Outcome::NotApplicable, "key fetch and signature are not checked here");
    let children = [algorithm(request.alg), keys.reference(link::CONSIDERATIONS), clock(request, assumed)];
    let outcome = Outcome::all(children.iter().map(|step| step.outcome));
    let title = match outcome {
        Outcome::Pass => "Entra takes the token",
        Outcome::Fail => "Entra refuses the token",
        Outcome::Unknown | Outcome::NotApplicable => "whether Entra takes the token is not certain",
    };
    Step::new(Code::AzureToken, outcome, title).reference(link::CONSIDERATIONS).children(children)
}

fn algorithm(alg: &str) -> Step {
    let is_supported = alg == "RS256";
    let (outcome, title) = if is_supported {
        (Outcome::Pass, "Entra supports the signing algorithm")
    } else {
        (Outcome::Unknown, "Entra supports tokens signed with RS256 only; others may work, but were not tested")
    };
    let step = Step::new(Code::AzureTokenAlgorithm, outcome, title).expected(["RS256"]);
    step.actual(Some(alg).filter(|alg| !alg.is_empty())).reference(link::CONSIDERATIONS)
}

/// The valid range: `exp`, and `nbf`, which CircleCI's tokens do not have. What Entra makes of `iat` is not documented.
fn clock(request: &Request<'_>, assumed: &mut Vec<Words>) -> Step {
    let code = Code::AzureTokenTime;
    let mut times = [None; 3];
    for (name, time) in ["exp", "nbf", "iat"].into_iter().zip(&mut times) {
        let unknown = |words: &[&str]| Step::new(code, Outcome::Unknown, words.concat()).claim(name);
        match request.claims.get(name) {
            Known::Present(value) => match Seconds::of(value) {
                Some(at) => *time = Some(at),
                None => return unknown(&["Entra does not say how it reads this ", name]).actual(Some(value)),
            },
            Known::Absent if name == "exp" => {
                return unknown(&["Entra does not say what it makes of a token without exp"]);
            }
            Known::NotKnown if name == "exp" && request.now.is_some() => {
                return unknown(&["the evidence does not tell exp"]);
            }
            Known::NotKnown if name == "nbf" => assumed.push("The token has no nbf, as none of CircleCI's has.".into()),
            // Without nbf it is valid from 1970 on, as Entra's message says then.
            Known::Absent | Known::NotKnown => {}
        }
    }
    let ([Some(expires), begins, issued], Some(now)) = (times, request.now) else {
        assumed.push("The token had not expired when it was presented.".into());
        return Step::new(code, Outcome::NotApplicable, "when the token was presented is not told").claim("exp");
    };
    let judge = |beyond: Seconds| match beyond {
        _ if beyond <= Seconds::ZERO => Outcome::Pass,
        _ if beyond <= Seconds::whole(SKEW) => Outcome::Unknown,
        _ => Outcome::Fail,
    };
    let late = now.minus(expires);
    let (expiry, start) = (judge(late), begins.map_or(Outcome::Pass, |begins| judge(begins.minus(now))));
    let until = time::utc(expires);
    let range = Outcome::all([expiry, start]);
    let (outcome, claim, title) = match (expiry, start) {
        (Outcome::Pass, Outcome::Pass) if issued.is_some_and(|issued| issued > now) => {
            (Outcome::Unknown, "iat", "Entra does not say what it makes of a token that was issued later".to_owned())
        }
        (Outcome::Pass, Outcome::Pass) => {
            (range, "exp", format!("the token was presented {} before it expires, at {until}", time::duration(late)))
        }
        (Outcome::Pass, _) => (range, "nbf", "the token was presented before it may be used".to_owned()),
        _ => (range, "exp", format!("the token expired at {until}, {} before it was presented", time::duration(late))),
    };
    let actual: Option<&Value> = match request.claims.get(claim) {
        Known::Present(value) => Some(value),
        _ => None,
    };
    let step = Step::new(code, outcome, title).claim(claim).actual(actual).reference(link::CONSIDERATIONS);
    match outcome {
        // https://github.com/Azure/login/issues/180
        Outcome::Fail => step.vendor_text("AADSTS700024: Client assertion is not within its valid time range."),
        Outcome::Unknown if claim != "iat" => step.detail("By how much clocks may differ is not documented."),
        _ => step,
    }
}
