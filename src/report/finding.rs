//! Remarks, whatever the decision.

use std::ops::{Deref, DerefMut};

use serde::Serialize;

use super::{Code, Span, Words};

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

/// A remark about a configuration or a token. A pointer to its parts, for the same reason as a [`Step`](super::Step).
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(transparent)]
pub struct Finding(Box<FindingParts>);

/// What a [`Finding`] says; read and changed through the finding.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct FindingParts {
    /// Stable code, for example `token.duplicate_member`.
    pub code: Code,
    /// How much it matters.
    pub severity: Severity,
    /// One line.
    pub title: Words,
    /// What it means and what to do.
    pub detail: Words,
    /// The literal text to put where `at` says: the content of a string, where a string with its quotes stands there; else
    /// JSON, which at an empty place is added. Given only if it is proved to settle the finding and to keep in who gets in.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub fix: Option<String>,
    /// Link to the rule.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reference: Option<&'static str>,
    /// Where.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub at: Option<Span>,
    /// The resource that it is about, where the input told.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub subject: Option<String>,
}

impl Deref for Finding {
    type Target = FindingParts;

    fn deref(&self) -> &FindingParts {
        &self.0
    }
}

impl DerefMut for Finding {
    fn deref_mut(&mut self) -> &mut FindingParts {
        &mut self.0
    }
}

impl Finding {
    /// A finding without place, fix or link.
    #[must_use]
    pub fn new(code: Code, severity: Severity, title: impl Into<Words>, detail: impl Into<Words>) -> Self {
        Self::bare(code, severity, title.into(), detail.into())
    }

    // Apart from the generic function, so that it is in the module once.
    fn bare(code: Code, severity: Severity, title: Words, detail: Words) -> Self {
        Self(Box::new(FindingParts {
            code,
            severity,
            title,
            detail,
            fix: None,
            reference: None,
            at: None,
            subject: None,
        }))
    }

    /// Sets the place; `None` where the input was an object.
    #[must_use]
    pub fn at(mut self, span: Option<Span>) -> Self {
        self.at = span;
        self
    }

    /// Adds the link to the rule.
    #[must_use]
    pub fn reference(mut self, link: &'static str) -> Self {
        self.reference = Some(link);
        self
    }
}
