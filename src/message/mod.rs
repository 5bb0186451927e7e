//! The messages that clouds print: which stage they come from, what they rule out, and what to look at next.
//!
//! A text file for each cloud holds its messages (`row` tells their form), `job.txt` those of a job that has no token. `quote` is
//! what messages quote of a token, which [`claims_from`](crate::evidence::claims_from) takes as evidence.

mod find;
mod quote;
mod row;

use serde::Serialize;

use crate::{
    Error,
    json::EVIDENCE,
    report::{Source, Span},
};

pub(crate) use quote::{NO_PROVIDER, QUOTES};
pub use row::{Row, rows};

/// What a cloud's message means.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Explanation {
    /// Whose message it is; `None`: the job's own.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub provider: Option<&'static str>,
    /// Where it happened: a stable name, for example `audience`.
    pub stage: &'static str,
    /// What happened, in a sentence or two.
    pub meaning: &'static str,
    /// What it was not.
    pub rules_out: Vec<&'static str>,
    /// What to look at, the likeliest first.
    pub next: Vec<&'static str>,
    /// Link to the vendor's page about it.
    pub reference: &'static str,
    /// The fixed part by which it was known; an ellipsis stands for what differs from one message to another.
    pub message: &'static str,
    /// Where that stands in the text.
    pub at: Span,
}

/// Looks for a cloud's error message in a text, a whole log perhaps. The first line that holds one counts, since what follows
/// is often its consequence; a message that says little only where no other is known. `None`: none is known.
///
/// # Errors
/// [`Error::TooLarge`] over [`EVIDENCE`].
pub fn explain_error(text: &str) -> Result<Option<Explanation>, Error> {
    EVIDENCE.check(text)?;
    let rows = rows();
    let Some((row, message, at)) = find::first(text, &rows) else { return Ok(None) };
    let Row { provider, stage, meaning, ref rules_out, ref next, reference, .. } = *row;
    let at = Source::new("text", text).span(at);
    let message = message.trim_end_matches('$');
    let (rules_out, next) = (rules_out.clone(), next.clone());
    Ok(Some(Explanation { provider, stage, meaning, rules_out, next, reference, message, at }))
}
