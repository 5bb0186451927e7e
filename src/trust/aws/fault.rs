//! The table of what makes IAM refuse a trust policy (`MalformedPolicyDocument`), with its message where it is known. Of
//! resource control policies, which are kept by AWS Organizations, only the outcome counts.

use std::ops::Range;

use super::link;
use crate::report::{Code, Outcome};

/// A kind of fault.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Fault {
    NotJson,
    UnknownAfterApply,
    Duplicate,
    Syntax,
    NoStatements,
    Version,
    NoVersion,
    Effect,
    DuplicateSid,
    UndocumentedSid,
    NoPrincipal,
    EmptyPrincipal,
    PrincipalType,
    PrincipalStar,
    EmptyList,
    ProviderName,
    NotPrincipal,
    NoAction,
    ForeignAction,
    Resource,
    Operator,
    Characters,
    EscapedCharacters,
    Size,
}

/// What the table says of a fault.
pub(super) struct Row {
    pub(super) code: Code,
    /// IAM's own message, without the parts that depend on the document.
    pub(super) message: Option<&'static str>,
    pub(super) link: &'static str,
}

impl Fault {
    pub(super) const fn row(self) -> Row {
        let (code, message, link) = match self {
            Self::NotJson => (Code::JsonSyntax, Some("This policy contains invalid Json"), link::GRAMMAR),
            Self::UnknownAfterApply => (Code::AwsDocumentUnknown, None, link::PLAN),
            Self::Duplicate => (Code::JsonDuplicate, None, link::GRAMMAR),
            Self::Syntax => (Code::AwsDocumentSyntax, Some("Syntax errors in policy."), link::GRAMMAR),
            Self::NoStatements => {
                (Code::AwsDocumentSyntax, Some("Could not parse the policy: Statement is empty!"), link::GRAMMAR)
            }
            Self::Version | Self::NoVersion => (Code::AwsDocumentVersion, None, link::VERSION),
            Self::Effect => (Code::AwsDocumentEffect, None, link::EFFECT),
            Self::DuplicateSid => {
                (Code::AwsDocumentSid, Some("Statement IDs (SID) in a single policy must be unique."), link::SID)
            }
            Self::UndocumentedSid => (Code::AwsDocumentSid, None, link::ANALYZER),
            Self::NoPrincipal => {
                (Code::AwsDocumentPrincipal, Some("Missing required field Principal"), link::PRINCIPAL)
            }
            Self::EmptyPrincipal => {
                (Code::AwsDocumentPrincipal, Some("Missing required field Principal cannot be empty!"), link::PRINCIPAL)
            }
            Self::PrincipalType => (Code::AwsDocumentPrincipal, Some("Invalid principal in policy"), link::PRINCIPAL),
            Self::PrincipalStar => (Code::AwsDocumentPrincipal, None, link::ANALYZER),
            Self::EmptyList => (Code::AwsDocumentEmpty, None, link::ANALYZER),
            Self::ProviderName => (
                Code::AwsDocumentPrincipal,
                Some("Federated principals must be valid domain names or SAML metadata ARNs"),
                link::PRINCIPAL,
            ),
            Self::NotPrincipal => (
                Code::AwsDocumentPrincipal,
                Some("AssumeRole policy must not contain NotPrincipal field."),
                link::NOT_PRINCIPAL,
            ),
            Self::NoAction => (Code::AwsDocumentAction, None, link::ACTION),
            Self::ForeignAction => (
                Code::AwsDocumentAction,
                Some("AssumeRole policy may only specify STS AssumeRole actions."),
                link::ACTION,
            ),
            Self::Resource => (Code::AwsDocumentResource, Some("Has prohibited field Resource"), link::GRAMMAR),
            Self::Operator => (Code::AwsDocumentCondition, Some("Syntax errors in policy."), link::OPERATORS),
            Self::Characters | Self::EscapedCharacters => (Code::AwsDocumentCharacters, None, link::QUOTAS),
            Self::Size => (
                Code::AwsDocumentSize,
                Some("LimitExceeded: Cannot exceed quota for ACLSizePerRole: 2048"),
                link::QUOTAS,
            ),
        };
        Row { code, message, link }
    }

    /// Fail, but unknown where it is not documented whether IAM refuses it: Access Analyzer's word alone does not say so.
    pub(super) const fn outcome(self) -> Outcome {
        match self {
            Self::NoVersion
            | Self::UnknownAfterApply
            | Self::UndocumentedSid
            | Self::EscapedCharacters
            | Self::EmptyList
            | Self::PrincipalStar => Outcome::Unknown,
            _ => Outcome::Fail,
        }
    }
}

/// A fault of one document.
#[derive(Clone, Debug)]
pub(super) struct Problem {
    pub(super) fault: Fault,
    /// One line; it starts without a place, which the headline adds.
    pub(super) title: String,
    /// The statement's number, from 1.
    pub(super) statement: Option<usize>,
    /// Bytes of the pasted text.
    pub(super) at: Range<usize>,
    /// Where it repeats something: the first place.
    pub(super) first: Option<Range<usize>>,
}

impl Problem {
    pub(super) fn new(fault: Fault, title: impl Into<String>, statement: Option<usize>, at: &Range<usize>) -> Self {
        Self { fault, title: title.into(), statement, at: at.clone(), first: None }
    }

    /// The title, with the statement's number.
    pub(super) fn numbered(&self) -> String {
        match self.statement {
            Some(number) => format!("{} (statement {number})", self.title),
            None => self.title.clone(),
        }
    }
}
