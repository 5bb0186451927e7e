//! Remarks, whatever the decision.

use serde::Serialize;

use super::{Code, Span};

/// How much a finding matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Severity {
    /// Good to know.
    Info,
    /// Likely not what the owner wants.
    Warning,
    /// Certainly wrong.
    Error,
}

/// A remark about a configuration or a token.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Finding {
    /// Stable code, for example `token.duplicate_member`.
    pub code: Code,
    /// How much it matters.
    pub severity: Severity,
    /// One line.
    pub title: String,
    /// What it means and what to do.
    pub detail: String,
    /// The literal text to put in its place.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub fix: Option<String>,
    /// Link to the rule.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reference: Option<String>,
    /// Where.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub at: Option<Span>,
    /// The resource that it is about, where the input told.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub subject: Option<String>,
}

impl Finding {
    /// A finding without place, fix or link.
    #[must_use]
    pub fn new(code: Code, severity: Severity, title: impl Into<String>, detail: impl Into<String>) -> Self {
        Self {
            code,
            severity,
            title: title.into(),
            detail: detail.into(),
            fix: None,
            reference: None,
            at: None,
            subject: None,
        }
    }

    /// Sets the place; `None` where the input was an object.
    #[must_use]
    pub fn at(mut self, span: Option<Span>) -> Self {
        self.at = span;
        self
    }

    /// Adds the link to the rule.
    #[must_use]
    pub fn reference(mut self, link: impl Into<String>) -> Self {
        self.reference = Some(link.into());
        self
    }
}
