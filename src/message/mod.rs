//! The messages that clouds print: which stage they come from, what they rule out, and what to look at next.
//!
//! A file for each cloud holds its messages, `job` those of a job that has no token, and `quote` what messages quote of a
//! token, which [`claims_from`](crate::evidence::claims_from) takes as evidence.

mod aws;
mod azure;
mod gcp;
mod job;
mod quote;
mod row;
mod vault;

use serde::Serialize;

use crate::{
    Error,
    json::EVIDENCE,
    report::{Source, Span},
};

pub(crate) use quote::{NO_PROVIDER, QUOTES};
pub use row::Row;

/// Every table with the cloud whose messages it holds, none for those of the job itself. In one line the first row of the
/// first table that meets it counts.
pub static TABLES: [(Option<&str>, &[Row]); 5] = [
    (None, job::ROWS),
    (Some("aws"), aws::ROWS),
    (Some("gcp"), gcp::ROWS),
    (Some("azure"), azure::ROWS),
    (Some("vault"), vault::ROWS),
];

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
    pub rules_out: &'static [&'static str],
    /// What to look at, the likeliest first.
    pub next: &'static [&'static str],
    /// Link to the vendor's page about it.
    #[serde(skip_serializing_if = "str::is_empty")]
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
    let Some(found) = row::first(text) else { return Ok(None) };
    let row = found.row;
    Ok(Some(Explanation {
        provider: found.provider,
        stage: row.stage,
        meaning: row.meaning,
        rules_out: row.rules_out,
        next: row.next,
        reference: row.reference,
        message: found.message,
        at: Source::new("text", text).span(found.at),
    }))
}
