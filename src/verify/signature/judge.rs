//! The step `verify.signature`.

use crate::{
    report::{Code, Outcome, Step},
    verify::{
        Algorithm, VerifyOptions,
        header::Wanted,
        key::{Candidate, PublicKey, Selection, where_keys_are},
        not_judged,
        presented::{Presented, Unsigned},
    },
};

/// Most keys that one signature is tried with. Published sets hold two to five; without a limit, a set of 200 large keys
/// without key ids would cost seconds.
pub const TRIED_KEYS: usize = 16;

/// Tries the keys in their order, until one fits.
pub(in crate::verify) fn judge(
    presented: &Presented<'_>,
    wanted: &Result<Wanted, String>,
    selection: &Selection,
    options: &VerifyOptions,
) -> Step {
    const CODE: Code = Code::VerifySignature;
    let (message, signature) = match presented.signed() {
        Ok(signed) => signed,
        Err(Unsigned::Withheld) => {
            return Step::new(CODE, Outcome::Unknown, "The signature was not checked: it was left out");
        }
        Err(Unsigned::Unreadable(reason)) => return not_judged(CODE, &reason),
    };
    let algorithm = match wanted {
        Ok(wanted) => wanted.algorithm,
        Err(reason) => return not_judged(CODE, reason),
    };
    if options.key_set.is_none() {
        let step = Step::new(CODE, Outcome::Unknown, "The signature was not checked: no key set was given");
        return step.detail(where_keys_are(options));
    }
    if selection.keys.is_empty() {
        return not_judged(CODE, "no key fits");
    }
    if signature.is_empty() {
        return Step::new(CODE, Outcome::Fail, "The signature is empty: the token is not signed");
    }
    let mut children = Vec::new();
    for Candidate { name, key } in selection.keys.iter().take(TRIED_KEYS) {
        if key.verifies(algorithm, message.as_bytes(), signature) {
            let title = format!("The signature is made with key {name}");
            children.push(Step::new(Code::VerifySignatureKey, Outcome::Pass, title.clone()));
            return Step::new(CODE, Outcome::Pass, title)
                .children(children.into_iter().filter(|_| selection.keys.len() > 1));
        }
        let title = mismatch(name, key, algorithm, signature);
        children.push(Step::new(Code::VerifySignatureKey, Outcome::Fail, title));
    }
    let untried = selection.keys.len().saturating_sub(TRIED_KEYS);
    if untried > 0 {
        let title = format!("None of the first {TRIED_KEYS} keys made the signature; {untried} more were not tried");
        let step = Step::new(CODE, Outcome::Unknown, title);
        return step.detail("Give a key set with fewer keys, or a token with a key id.").children(children);
    }
    const ADVICE: &str = "The token was changed or cut off on its way, or somebody else made it.";
    match children.as_slice() {
        [only] => Step::new(CODE, Outcome::Fail, only.title.clone()).detail(ADVICE),
        several => {
            let title = format!("None of {} keys made the signature", several.len());
            Step::new(CODE, Outcome::Fail, title).detail(ADVICE).children(children)
        }
    }
}

/// Why the signature is not made with this key, as far as its shape tells.
fn mismatch(name: &str, key: &PublicKey, algorithm: Algorithm, signature: &[u8]) -> String {
    let (actual, expected) = (signature.len(), key.signature_length());
    let is_ecdsa = matches!(algorithm, Algorithm::Es256 | Algorithm::Es384);
    if actual == expected {
        format!("The signature is not made with key {name}")
    } else if is_ecdsa && signature.first() == Some(&0x30) {
        format!("The signature is in DER; {algorithm} writes two numbers as {expected} bytes (RFC 7518, 3.4)")
    } else {
        format!("The signature has {actual} bytes; one with key {name} ({key}) has {expected}")
    }
}
