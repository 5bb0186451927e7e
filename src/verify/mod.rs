//! Is a token genuine, ours and current?
//!
//! Nine steps, always all of them, in the order of the table `verify.*`. Each is judged as far as it can be judged by
//! itself: a bad issuer does not hide an expired token. One that an earlier failure makes pointless is `not_applicable`
//! and says why.
//!
//! Nothing in a token chooses its key or vouches for it, and without a pinned organization or issuer none is valid.

mod algorithm;
mod audience;
mod claims;
mod header;
mod issuer;
mod key;
mod options;
mod presented;
mod quote;
mod require;
mod result;
mod signature;
mod time;

use std::ops::Range;

use crate::{
    Error,
    json::{self, Document},
    report::{Code, Outcome, Source, Step},
    token::Claims,
};

pub use algorithm::Algorithm;
pub use key::{EXPONENT_BITS, KeyError, KeySet, MODULUS_BITS, PublicKey};
pub use options::{Audience, Requirement, VerifyOptions};
pub use result::{Verdict, Verification};
pub use signature::TRIED_KEYS;

use presented::{Object, Presented};

/// Judges a compact token, exactly as given: nothing is trimmed.
///
/// # Errors
/// [`Error::TooLarge`] over [`json::TOKEN`]. What is wrong with a token is never an error but a step.
pub fn verify(token: &str, options: &VerifyOptions) -> Result<Verification, Error> {
    json::TOKEN.check(token)?;
    verify_in(&Source::new("token", token), 0..token.len(), options)
}

/// Judges the compact token that stands at these bytes of a pasted text, which spans then point into.
///
/// # Errors
/// [`Error::TooLarge`] over [`json::TOKEN`].
pub fn verify_in(source: &Source, token: Range<usize>, options: &VerifyOptions) -> Result<Verification, Error> {
    json::TOKEN.check_length(token.len())?;
    Ok(judge(&Presented::new(source, token), options))
}

/// Judges `header.payload`, a token whose signature part was left out on purpose: format and signature are unknown.
///
/// # Errors
/// [`Error::TooLarge`] over [`json::TOKEN`].
pub fn verify_unsigned(source: &Source, token: Range<usize>, options: &VerifyOptions) -> Result<Verification, Error> {
    json::TOKEN.check_length(token.len())?;
    Ok(judge(&Presented::withheld(source, token), options))
}

fn judge(presented: &Presented<'_>, options: &VerifyOptions) -> Verification {
    let header = header::judge(&presented.header(), &options.algorithms);
    let selection = key::select(&header.wanted, options);
    let signature = signature::judge(presented, &header.wanted, &selection, options);
    let payload = claims::judge(&presented.payload(), false);
    let genuine = [presented.format(), header.step, selection.step, signature];
    Verification::new(genuine, payload.step, expected(&payload.claims, options))
}

/// Judges claims without a token: format, header, key and signature are unknown. `partial`: the claims are only those
/// that a log told, so one that is not among them is not known rather than absent.
#[must_use]
pub fn verify_claims(payload: &Document, partial: bool, options: &VerifyOptions) -> Verification {
    const UNKNOWN: [(Code, &str); 4] = [
        (Code::VerifyFormat, "Claims without a token: nobody can say whether they are genuine"),
        (Code::VerifyHeader, "The header is not known"),
        (Code::VerifyKey, "The key is not known"),
        (Code::VerifySignature, "The signature is not known"),
    ];
    let payload = claims::judge(&Object::of_claims(payload), partial);
    let genuine = UNKNOWN.map(|(code, title)| Step::new(code, Outcome::Unknown, title));
    Verification::new(genuine, payload.step, expected(&payload.claims, options))
}

/// The steps that compare the claims with what the caller expects.
fn expected(claims: &Result<Claims, String>, options: &VerifyOptions) -> [Step; 4] {
    [
        issuer::judge(claims, options),
        audience::judge(claims, options),
        require::judge(claims, &options.require),
        time::judge(claims, options),
    ]
}

/// A step that an earlier one made pointless.
fn not_judged(code: Code, reason: &str) -> Step {
    Step::new(code, Outcome::NotApplicable, format!("Not judged: {reason}"))
}

#[cfg(test)]
mod tests {
    use super::{Audience, Verdict, VerifyOptions, verify_claims, verify_unsigned};
    use crate::{
        json::{Text, read},
        report::{Outcome, Source},
        token::to_base64url,
    };

    const CLAIMS: &str = r#"{"iss":"i","aud":"a","iat":100,"exp":200}"#;

    fn options() -> VerifyOptions {
        let audience = Audience::OneOf(vec!["a".to_owned()]);
        VerifyOptions { issuer: Some("i".to_owned()), audience, now: Some(150.0), ..VerifyOptions::default() }
    }

    #[test]
    fn a_token_without_its_signature_is_unverified() {
        let token = format!("{}.{}", to_base64url(br#"{"alg":"RS256"}"#), to_base64url(CLAIMS.as_bytes()));
        let source = Source::new("token", token.clone());
        let verification = verify_unsigned(&source, 0..token.len(), &options()).unwrap();
        assert_eq!(verification.verdict, Verdict::Unverified);
        assert!(verification.headline.starts_with("The signature part was left out"));
        let outcomes = verification.steps.iter().map(|step| step.outcome);
        use Outcome::{NotApplicable, Pass, Unknown};
        assert!(outcomes.eq([Unknown, Pass, Unknown, Unknown, Pass, Pass, Pass, NotApplicable, Pass]));
    }

    #[test]
    fn claims_that_a_log_told_in_part_are_unknown_where_it_is_silent() {
        let document = read(&Text::pasted(r#"{"iss":"i"}"#)).unwrap();
        let of = |partial| {
            let steps = verify_claims(&document, partial, &options()).steps;
            steps.iter().skip(4).map(|step| step.outcome).collect::<Vec<_>>()
        };
        use Outcome::{Fail, NotApplicable, Pass, Unknown};
        assert_eq!(of(true), [Unknown, Pass, Unknown, NotApplicable, Unknown]);
        assert_eq!(of(false), [Fail, Pass, Fail, NotApplicable, NotApplicable]);
    }
}
