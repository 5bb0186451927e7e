//! Traces of tokens, and documents that hold many configurations.
//!
//! Whoever asks why a job was refused rarely holds its token: it died with the job. [`claims_from`] finds what can be known
//! of it in what is left, and [`trusts_from`] finds the configurations in what tools print of a whole account.
//!
//! `scan` looks through a text, as `log` leaves it; `event` reads a CloudTrail event (`principal` takes its `principalId`
//! apart), `token` claims and tokens, `message` what clouds quote in their errors. `told` keeps only what is told for
//! certain, `derive` adds what follows from the subject. `trusts` walks through documents, `terraform` knows its resources.

mod derive;
mod event;
mod log;
mod message;
mod principal;
mod scan;
mod terraform;
mod token;
mod told;
mod trusts;

use std::ops::Range;

use serde::Serialize;

pub use trusts::{FoundTrust, trusts_from};

use crate::{
    Error, Seconds,
    json::{EVIDENCE, Value},
    report::{Code, Finding, Severity, Source, time::utc},
};
use told::Kind;

/// What a text tells of one token.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Evidence {
    /// The claims that it tells, or that follow from those: an object.
    pub claims: Value,
    /// A claim that is not among them is not known, which is not the same as absent.
    pub partial: bool,
    /// What told them, for people: `a CloudTrail event of 2026-11-20 09:31:07 UTC`.
    pub source: String,
    /// Names of claims that follow from the subject and were not told themselves; `aud` where one audience is told, and that
    /// it is the only one is concluded.
    pub derived: Vec<String>,
    /// ARN of the role that was asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub role: Option<String>,
    /// When the token was presented, in epoch seconds.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub presented_at: Option<Seconds>,
    /// The `alg` of the header, empty if it names none; `None` where the text tells no header.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub alg: Option<String>,
    /// The error code with which AWS refused the token; missing where it did not, or the text does not tell.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub refused: Option<String>,
    /// What is not certain, what was left out, and what the cloud answered.
    pub findings: Vec<Finding>,
    #[serde(skip)]
    kind: Kind,
    /// Bytes of the pasted text that tell it.
    #[serde(skip)]
    at: Range<usize>,
    /// Names of claims that the text tells, but not for certain.
    #[serde(skip)]
    unclear: Vec<String>,
}

/// Finds what can be known of a job's token in a pasted text: a token or a part of one, claims as JSON, CloudTrail events of
/// `AssumeRoleWithWebIdentity` in whatever they are wrapped, a log that holds one of these or a cloud's error message.
/// `None` where there is nothing of that kind. Nothing is verified, and nothing of a signature is kept.
///
/// # Errors
/// [`Error::TooLarge`] over [`EVIDENCE`].
pub fn claims_from(text: &str) -> Result<Option<Box<Evidence>>, Error> {
    EVIDENCE.check(text)?;
    let Some((mut evidence, others)) = scan::best(text) else { return Ok(None) };
    evidence.complete(others);
    let span = Source::new("text", text).span(evidence.at.clone());
    for finding in &mut evidence.findings {
        finding.at = Some(span.clone());
    }
    Ok(Some(evidence))
}

/// Whether what a text tells of a token comes from a CloudTrail event; `None` if it tells nothing.
pub(crate) fn is_event(text: &str) -> Option<bool> {
    EVIDENCE.check(text).ok()?;
    scan::best(text).map(|(evidence, _)| evidence.kind == Kind::Event)
}

impl Evidence {
    /// Adds what follows from it, and remarks on what is not certain. `others`: how many like it there were.
    fn complete(&mut self, others: usize) {
        self.source = self.kind.name().to_owned();
        if let Some(time) = self.presented_at {
            self.source = format!("{} of {}", self.source, utc(time));
        }
        if others > 0 {
            let title = format!("One of {} was taken: {}", others.saturating_add(1), self.source);
            let detail = "It is the latest; of CloudTrail events the latest that was refused, CircleCI's before those of other \
                          issuers. To judge another, paste it alone.";
            self.remark(Code::EvidenceSeveral, title, detail);
        }
        if let Some(answer) = &self.refused {
            self.remark(Code::EvidenceRefused, format!("AWS refused the token: {answer}"), self.kind.advice(answer));
        }
        if !self.unclear.is_empty() {
            let detail = "A mask stands in its place, it stands there twice, or the fields of the event leave it out, contradict \
                          each other, or can be taken apart in more than one way.";
            let title = format!("Not taken from this text: {}", self.unclear.join(", "));
            self.remark(Code::EvidenceUnclear, title, detail);
        }
        if !self.partial {
            return;
        }
        self.derive();
        if !self.derived.is_empty() {
            let detail =
                "The text does not tell these claims themselves; the subject of a job's token is made of them.";
            let title = format!("Taken from the subject: {}", self.derived.join(", "));
            self.remark(Code::EvidenceDerived, title, detail);
        }
        // Events and messages tell one audience. That it is the only one is concluded, and said beside what follows from it.
        if matches!(self.kind, Kind::Event | Kind::Message) && self.claims.get("aud").is_some() {
            self.derived.push("aud".to_owned());
        }
        let detail = "Not known is not absent: where a condition on one of them matters, the answer is unknown.";
        self.remark(Code::EvidenceNotTold, format!("Not told: {}", self.missing()), detail);
    }

    fn remark(&mut self, code: Code, title: String, detail: &'static str) {
        self.findings.push(Finding::new(code, Severity::Info, title, detail));
    }
}
