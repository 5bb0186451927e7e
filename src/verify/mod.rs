//! Is a token genuine, ours and current?

mod algorithm;
mod key;
mod options;
mod result;
mod signature;

use std::ops::Range;

use crate::{
    Error,
    json::{self, Document},
    report::{Code, Outcome, Source, Step},
};

pub use algorithm::Algorithm;
pub use key::{EXPONENT_BITS, KeyError, KeySet, MODULUS_BITS, PublicKey};
pub use options::{Audience, Requirement, VerifyOptions};
pub use result::{Verdict, Verification};

/// Judges a compact token, exactly as given: nothing is trimmed.
///
/// # Errors
/// [`Error::TooLarge`] over [`json::TOKEN`]. What is wrong with a token is never an error but a step.
pub fn verify(token: &str, options: &VerifyOptions) -> Result<Verification, Error> {
    json::TOKEN.check(token)?;
    verify_in(&Source::new("token", token), 0..token.len(), options)
}

/// Judges the compact token that stands at these bytes of a pasted text, which spans then point into. A token without
/// its signature part (`header.payload`) is taken too: its format fails, all else is judged.
///
/// # Errors
/// [`Error::TooLarge`] over [`json::TOKEN`].
pub fn verify_in(source: &Source, token: Range<usize>, _options: &VerifyOptions) -> Result<Verification, Error> {
    json::TOKEN.check_length(token.len())?;
    let _ = source;
    Ok(stub())
}

/// Judges claims without a token: format, header, key and signature are unknown. `partial`: the claims are only those
/// that a log told, so one that is not among them is not known rather than absent.
#[must_use]
pub fn verify_claims(_payload: &Document, _partial: bool, _options: &VerifyOptions) -> Verification {
    stub()
}

fn stub() -> Verification {
    const NINE: [Code; 9] = [
        Code::VerifyFormat,
        Code::VerifyHeader,
        Code::VerifyKey,
        Code::VerifySignature,
        Code::VerifyClaims,
        Code::VerifyIssuer,
        Code::VerifyAudience,
        Code::VerifyRequire,
        Code::VerifyTime,
    ];
    Verification::new(NINE.map(|code| Step::new(code, Outcome::Unknown, "not built yet")), String::new)
}
