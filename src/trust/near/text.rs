//! Texts that are meant to be equal, and why they nearly are.

use super::{Ids, as_meant, says};
use crate::{report::Code, search::Search as _, token::is_uuid};

pub(in crate::trust) const BARE: &str = "The claim has the repository without scheme and .git.";

/// An address as the claim has it.
pub(in crate::trust) fn bare(text: &str) -> String {
    let text = text.cut("://").map_or(text, |(_, rest)| rest);
    let text = text.split_once('@').map_or(text, |(_, rest)| rest);
    text.strip_suffix(".git").unwrap_or(text).replace(':', "/")
}

/// Whether it stands in JSON as it is, so that whoever pastes it between the quotes there need not escape anything.
pub(in crate::trust) fn pasteable(text: &str) -> bool {
    !text.contains(['"', '\\'])
}

/// Why a text nearly is the one that is held.
pub(in crate::trust) fn of_text(written: &str, held: &str, ids: &Ids) -> Option<(Code, String)> {
    let (clean, odd) = as_meant(written);
    let also = odd.map(|odd| ["The value ", &*says(odd), ". "].concat()).unwrap_or_default();
    let told = |code, message: &str| Some((code, [&*also, message].concat()));
    if written == held {
        return None;
    }
    if let Some(odd) = odd.filter(|_| clean == held) {
        let code = if odd.1.is_ascii() { Code::HintWhiteSpace } else { Code::HintLookAlike };
        return Some((code, ["The value ", &*says(odd), "."].concat()));
    }
    if clean.eq_ignore_ascii_case(held) {
        return told(Code::HintCase, "The value differs in letter case only, which counts here.");
    }
    if clean.trim_end_matches('/') == held.trim_end_matches('/') {
        return told(Code::HintTrailingSlash, "The value differs by the slash at the end only.");
    }
    if clean.trim_end_matches('/').eq_ignore_ascii_case(held.trim_end_matches('/')) {
        return told(
            Code::HintTrailingSlash,
            "The value differs by the slash at the end and in letter case, which counts here.",
        );
    }
    if ["refs/heads/", "refs/tags/"].iter().any(|refs| held.strip_prefix(refs) == Some(&clean)) {
        return told(
            Code::HintRef,
            "The claim has the whole name of the ref, as Git does: refs/heads/… or refs/tags/….",
        );
    }
    if bare(&clean) == held {
        return told(Code::HintScheme, BARE);
    }
    if let Some((behind, before)) = held
        .strip_prefix(&*clean)
        .map(|rest| (rest, true))
        .or_else(|| clean.strip_prefix(held).map(|rest| (rest, false)))
        && behind.starts_with("/vcs-origin/")
    {
        return told(
            Code::HintV1V2,
            if before {
                "The value is the V1 subject; the job sent V2 (what CIRCLE_OIDC_TOKEN_V2 holds), which goes on with /vcs-origin/…"
            } else {
                "The value is the V2 subject; the job sent V1 (what CIRCLE_OIDC_TOKEN holds)."
            },
        );
    }
    if let Some((code, message, text)) = ids.settled(&clean, held).filter(|(.., text)| text == held) {
        drop(text);
        return Some((code, message));
    }
    // What goes on behind a branch or a repository is another one.
    let is_whole = |held: &str| clean.ends_with(held) || held.rsplit('/').next().is_some_and(is_uuid);
    (held.len() >= 8 && clean.holds(held) && is_whole(held))
        .then(|| (Code::HintLeftOver, "The value has something before or behind what the token has.".to_owned()))
}
