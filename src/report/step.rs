//! One node of an explanation.

use std::{
    borrow::Cow,
    ops::{Deref, DerefMut},
};

use serde::Serialize;

use super::{Code, Outcome, Span};
use crate::json::Value;

/// Most words stand in the source and need not be copied.
pub type Words = Cow<'static, str>;

/// Why a comparison nearly passed.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Hint {
    /// Stable code, for example `hint.case`.
    pub code: Code,
    /// One sentence.
    pub message: String,
    /// The literal text to put in its place. Given only if, with it, the same evaluation lets this token in.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub fix: Option<String>,
    /// What the fix replaces: a text with its quotes, or a whole object. Absent where the input was an object.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub at: Option<Span>,
    /// What else the fix lets in.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub newly_admits: Vec<String>,
}

/// One node of an explanation: what was compared, with which outcome, and where it stands.
///
/// A pointer to its parts: steps are handed on and collected everywhere, and the code that moves the parts themselves
/// would be a twentieth of the wasm module.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(transparent)]
pub struct Step(Box<StepParts>);

/// What a [`Step`] says; read and changed through the step.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct StepParts {
    /// Stable code, for example `aws.operator.string_equals`.
    pub code: Code,
    /// One line, for a person.
    pub title: Words,
    /// What came out.
    pub outcome: Outcome,
    /// The claim looked at, for example `sub`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub claim: Option<Words>,
    /// Literal values from the configuration.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub expected: Vec<Value>,
    /// Literal value from the token; none where the claim is absent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub actual: Option<Value>,
    /// UTF-16 units that the one expected text and the actual one have in common from their start; only where they then
    /// differ.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub difference: Option<usize>,
    /// Where the configuration says so.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub at: Option<Span>,
    /// A sentence or two.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub detail: Option<Words>,
    /// Why it nearly passed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub hint: Option<Hint>,
    /// The message that the cloud itself prints.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub vendor_text: Option<Words>,
    /// Link to the vendor's or the RFC's rule.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reference: Option<&'static str>,
    /// One step of its kind among its siblings is enough, so that not each that failed is to blame.
    #[serde(skip)]
    pub alternative: bool,
    /// What this step is made of.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub children: Vec<Step>,
}

impl Deref for Step {
    type Target = StepParts;

    fn deref(&self) -> &StepParts {
        &self.0
    }
}

impl DerefMut for Step {
    fn deref_mut(&mut self) -> &mut StepParts {
        &mut self.0
    }
}

impl Step {
    /// A step with nothing but its code, title and outcome.
    #[must_use]
    pub fn new(code: Code, outcome: Outcome, title: impl Into<Words>) -> Self {
        Self::bare(code, outcome, title.into())
    }

    // Apart from the generic function, so that it is in the module once.
    fn bare(code: Code, outcome: Outcome, title: Words) -> Self {
        Self(Box::new(StepParts {
            code,
            title,
            outcome,
            claim: None,
            expected: Vec::new(),
            actual: None,
            difference: None,
            at: None,
            detail: None,
            hint: None,
            vendor_text: None,
            reference: None,
            alternative: false,
            children: Vec::new(),
        }))
    }

    /// Whether it is this step, or is made of it.
    #[must_use]
    pub fn holds(&self, part: &Self) -> bool {
        std::ptr::eq(self, part) || self.children.iter().any(|child| child.holds(part))
    }

    /// Names the claim that is looked at.
    #[must_use]
    pub fn claim(mut self, name: impl Into<Words>) -> Self {
        self.claim = Some(name.into());
        self
    }

    /// Adds the values of the configuration that the claim is compared with.
    #[must_use]
    pub fn expected(mut self, values: impl IntoIterator<Item = impl Into<Value>>) -> Self {
        // Not extend, whose code would be in the module for every kind of list.
        for value in values {
            self.expected.push(value.into());
        }
        self
    }

    /// Sets the value of the token; `None` where the claim is absent.
    #[must_use]
    pub fn actual(mut self, value: Option<impl Into<Value>>) -> Self {
        self.actual = value.map(Into::into);
        self
    }

    /// Sets the place in the configuration; `None` where the input was an object.
    #[must_use]
    pub fn at(mut self, span: Option<Span>) -> Self {
        self.at = span;
        self
    }

    /// Adds a sentence or two.
    #[must_use]
    pub fn detail(mut self, text: impl Into<Words>) -> Self {
        self.detail = Some(text.into());
        self
    }

    /// Adds why it nearly passed.
    #[must_use]
    pub fn hint(mut self, hint: Option<Hint>) -> Self {
        self.hint = hint;
        self
    }

    /// Adds the cloud's own message.
    #[must_use]
    pub fn vendor_text(mut self, text: impl Into<Words>) -> Self {
        self.vendor_text = Some(text.into());
        self
    }

    /// Adds the link to the rule.
    #[must_use]
    pub fn reference(mut self, link: &'static str) -> Self {
        self.reference = Some(link);
        self
    }

    /// Says that one step of its kind among its siblings is enough, so that not each that failed is to blame: of those only
    /// the nearest is asked for the headline.
    #[must_use]
    pub fn alternative(mut self) -> Self {
        self.alternative = true;
        self
    }

    /// Adds what the step is made of.
    #[must_use]
    pub fn children(mut self, steps: impl IntoIterator<Item = Self>) -> Self {
        self.children.extend(steps);
        self
    }
}
