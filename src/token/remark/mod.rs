//! What is remarkable about a token that could be read: one file for each kind of remark.

mod agreement;
mod duplicates;
mod foreign;
mod header;
mod invisible;
mod issuer;
mod shown;
mod subject;
mod types;

use super::{Issuer, Place, Subject};
use crate::{
    json::Node,
    report::{Code, Finding, Severity, Span},
};

pub(super) use header::{is_encrypted, is_header};

/// Remarks of one kind that are listed; a pasted text can be made of nothing else.
const LISTED: usize = 20;

/// Claims with what was made of them.
struct Payload<'a> {
    root: &'a Node,
    place: &'a Place<'a>,
    subject: &'a Subject,
    issuer: &'a Issuer,
}

impl<'a> Payload<'a> {
    /// A claim that is a string.
    fn text(&self, name: &str) -> Option<&'a str> {
        self.root.get(name)?.as_str()
    }

    /// Where a claim's value stands.
    fn span(&self, name: &str) -> Option<Span> {
        self.place.span(self.root.get(name)?.at.clone())
    }
}

/// Remarks on a header.
pub(super) fn on_header(root: &Node, place: &Place<'_>) -> Vec<Finding> {
    [
        duplicates::remarks("header", root, place),
        header::remarks(root, place),
        invisible::remarks("header", root, place),
    ]
    .concat()
}

/// Remarks on claims.
pub(super) fn on_claims(root: &Node, place: &Place<'_>, subject: &Subject, issuer: &Issuer) -> Vec<Finding> {
    let payload = Payload { root, place, subject, issuer };
    // Another service's subject and issuer need not have CircleCI's forms.
    let of_circleci = match foreign::remark(&payload) {
        Some(finding) => vec![finding],
        None => [issuer::remarks(&payload), subject::remarks(&payload), agreement::remarks(&payload)].concat(),
    };
    [
        duplicates::remarks("payload", root, place),
        of_circleci,
        types::remarks(&payload),
        invisible::remarks("payload", root, place),
    ]
    .concat()
}

/// Remarks on the first [`LISTED`] of what was found, and how many more there are. The rest is only counted: to find the
/// line and column of each of thousands would take seconds.
fn listed<T>(of: &str, found: Vec<T>, remark: impl Fn(T) -> Finding) -> Vec<Finding> {
    let more = found.len().saturating_sub(LISTED);
    let mut remarks: Vec<_> = found.into_iter().take(LISTED).map(remark).collect();
    if more > 0 {
        let title = format!("{more} more {of}");
        let detail = format!("Only the first {LISTED} are listed.");
        remarks.push(Finding::new(Code::TokenMore, Severity::Info, title, detail));
    }
    remarks
}
