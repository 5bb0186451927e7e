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

/// Judges the compact token that stands at these bytes of a pasted text, which spans then point into. Of a token without
/// its signature part the format fails, and all else is judged.
///
/// # Errors
/// [`Error::TooLarge`] over [`json::TOKEN`].
pub fn verify_in(source: &Source, token: Range<usize>, options: &VerifyOptions) -> Result<Verification, Error> {
    json::TOKEN.check_length(token.len())?;
    let presented = Presented::new(source, token);
    let header = header::judge(&presented.header(), &options.algorithms);
    let selection = key::select(&header.wanted, options);
    let signature = signature::judge(&presented, &header.wanted, &selection, options);
    let payload = claims::judge(&presented.payload(), false);
    let genuine = [presented.format(), header.step, selection.step, signature];
    Ok(Verification::new(genuine, payload.step, expected(&payload.claims, options)))
}

/// Judges claims without a token: format, header, key and signature are unknown. `partial`: the claims are only those
/// that a log told, so one that is not among them is not known rather than absent.
#[must_use]
pub fn verify_claims(payload: &Document, partial: bool, options: &VerifyOptions) -> Verification {
    const UNKNOWN: [(Code, &str); 4] = [
        (Code::VerifyFormat, "Claims without a token"),
        (Code::VerifyHeader, "The header is not known"),
        (Code::VerifyKey, "The key is not known"),
        (Code::VerifySignature, "The signature is not known: claims without a token prove nothing"),
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
