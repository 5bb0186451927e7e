//! The patterns of `bound_claims_type=glob`: `*` stands for any run of characters, `/` and line feeds included; nothing else has
//! a meaning (<https://github.com/ryanuber/go-glob/blob/master/glob.go>, v1.0.0, read 2026-11-22).

use crate::search::Search as _;

/// Whether a text is of a pattern. Parts between stars do not overlap: `a*a` does not match `a`.
#[must_use]
pub fn matches(pattern: &str, text: &str) -> bool {
    let Some((first, rest)) = pattern.split_once('*') else { return pattern == text };
    let (middle, last) = rest.rsplit_once('*').unwrap_or(("", rest));
    let Some(mut text) = text.strip_prefix(first) else { return false };
    for part in middle.split('*').filter(|part| !part.is_empty()) {
        let Some((_, after)) = text.cut(part) else { return false };
        text = after;
    }
    text.ends_with(last)
}
