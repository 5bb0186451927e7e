//! The clock as Vault reads it: `clock_skew_leeway` is what counts for a token with `iat` and `exp`; the other two leeways only
//! make up a claim that is missing (<https://github.com/hashicorp/cap/blob/main/jwt/jwt.go>, as of 2026-07-14).

use super::{exchange::PREFIX, link, settings::Settings};
use crate::{
    Seconds,
    json::Value,
    report::{Code, Outcome, Step, Words, time},
    token::{Claims, Known},
    trust::Request,
};

/// Seconds that stand in for a leeway of 0 (<https://developer.hashicorp.com/vault/api-docs/auth/jwt>, read 2026-11-22).
const SKEW: i64 = 60;
const MADE_UP: i64 = 150;

/// Whether the token is of its time.
pub(super) fn step(settings: &Settings, request: &Request<'_>, assumed: &mut Vec<Words>) -> Step {
    let step =
        |outcome, title: &[&str]| Step::new(Code::VaultTokenTime, outcome, title.concat()).reference(link::TOKEN);
    let claims = request.claims;
    let mut times = [None; 3];
    let mut untold = None;
    for (place, name) in times.iter_mut().zip(["iat", "nbf", "exp"]) {
        match read(claims, name) {
            Ok(time) => *place = time,
            Err(outcome) => untold = untold.or(Some((name, outcome))),
        }
    }
    let [iat, nbf, exp] = times;
    match (untold, request.now) {
        (Some((name, true)), _) => {
            return step(Outcome::Unknown, &["how Vault reads this ", name, " is not certain"]).claim(name);
        }
        (Some((name, false)), Some(_)) => {
            return step(Outcome::Unknown, &["the evidence does not tell ", name]).claim(name);
        }
        (None, _) if [iat, nbf, exp] == [None; 3] => {
            let says = "no issued at (iat), not before (nbf), or expiration time (exp) claims in token";
            return step(Outcome::Fail, &["the token has none of iat, nbf and exp"])
                .vendor_text([PREFIX, says].concat());
        }
        _ => {}
    }
    let Some(now) = request.now else {
        assumed.push("The token had not expired when it was presented.".into());
        return step(Outcome::NotApplicable, &["when the token was presented is not told"]).claim("exp");
    };
    let leeways = ["clock_skew_leeway", "expiration_leeway", "not_before_leeway"];
    if let Some(name) =
        { leeways }.into_iter().find(|name| settings.is_untold(name) || settings.seconds(name).is_none())
    {
        return step(Outcome::Unknown, &[name, " is not told"]);
    }
    let [skew, expiration, before] = leeways.map(|name| settings.seconds(name).unwrap_or_default());
    let skew = leeway(skew, SKEW);
    let start = iat.max(nbf).unwrap_or(Seconds::ZERO);
    let expires = exp.unwrap_or_else(|| start.plus(leeway(expiration, MADE_UP)));
    let begins = nbf.or(iat).unwrap_or_else(|| expires.minus(leeway(before, MADE_UP)));
    let early = |at: Seconds| now.plus(skew) < at;
    let (title, claim, says) = if early(begins) {
        let title = format!(
            "the token is not valid before {}, {} after it was presented",
            time::utc(begins),
            time::duration(begins.minus(now))
        );
        (title, "nbf", "invalid not before (nbf) claim: token not yet valid")
    } else if now.minus(skew) > expires {
        let title = format!(
            "the token expired at {}, {} before it was presented",
            time::utc(expires),
            time::duration(now.minus(expires))
        );
        (title, "exp", "invalid expiration time (exp) claim: token is expired")
    } else if iat.is_some_and(early) {
        let title = format!("the token was issued {} after it was presented", time::duration(start.minus(now)));
        (title, "iat", "invalid issued at (iat) claim: token issued in the future")
    } else {
        let until = time::utc(expires);
        let title = if now > expires {
            ["the token expired at ", &until, ", within the time that clocks may differ"].concat()
        } else {
            ["the token was presented before it expires, at ", &until].concat()
        };
        return step(Outcome::Pass, &[&title]).claim("exp");
    };
    let step = step(Outcome::Fail, &[&title]).claim(claim).vendor_text([PREFIX, says].concat());
    if expiration == 0 && before == 0 {
        return step;
    }
    step.detail("expiration_leeway and not_before_leeway only make up a claim that is missing. For one that is there clock_skew_leeway counts alone.")
}

/// A time, its fraction cut off; none where it is missing, which 0 is too. An error where it is not known; true: whatever the
/// evidence told.
fn read(claims: &Claims, name: &str) -> Result<Option<Seconds>, bool> {
    match claims.get(name) {
        Known::Absent => Ok(None),
        Known::NotKnown => Err(false),
        Known::Present(value) => match (value, Seconds::of(value)) {
            (Value::Number(_), Some(at)) if at >= Seconds::ZERO => {
                Ok(Some(Seconds::whole(at.floor())).filter(|at| *at > Seconds::ZERO))
            }
            _ => Err(true),
        },
    }
}

/// 0 stands for a default, and less for none.
fn leeway(seconds: i64, default: i64) -> Seconds {
    Seconds::whole(if seconds == 0 { default } else { seconds.max(0) })
}
