//! A policy as it was read: what could be read of it, even where AWS would refuse the whole.

use std::ops::Range;

use super::operator::Named;

/// Which kind of policy a document is; each has rules of its own for what may stand in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// A role's trust policy.
    Trust,
    /// A resource control policy of AWS Organizations.
    ResourceControl,
}

/// What `${…}` means in a policy; its Version decides.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Variables {
    /// A variable: 2012-10-17.
    Replaced,
    /// Literal text: 2008-10-17, or no Version.
    Literal,
    /// A bare statement does not tell, nor a resource control policy without a Version.
    NotTold,
}

/// A trust policy, or a resource control policy.
#[derive(Clone, Debug)]
pub(super) struct Policy {
    pub(super) variables: Variables,
    pub(super) statements: Vec<Statement>,
    /// There are more statements than were read.
    pub(super) more: bool,
}

/// One statement. What IAM would refuse in it is a [`super::fault::Problem`] beside it.
#[derive(Clone, Debug)]
pub(super) struct Statement {
    /// From 1, in the order of the document.
    pub(super) number: usize,
    pub(super) sid: Option<String>,
    /// None where it is neither Allow nor Deny.
    pub(super) effect: Option<Effect>,
    pub(super) principals: Principals,
    pub(super) actions: Actions,
    /// None in a trust policy, which is about its role.
    pub(super) resources: Option<Resources>,
    pub(super) conditions: Vec<Condition>,
    /// Bytes of the pasted text.
    pub(super) at: Range<usize>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Effect {
    Allow,
    Deny,
}

/// Whom a statement is about.
#[derive(Clone, Debug)]
pub(super) enum Principals {
    Listed(Vec<Principal>),
    /// Missing, `NotPrincipal`, or not readable: AWS refuses it.
    Refused,
}

/// One entry of `Principal`.
#[derive(Clone, Debug)]
pub(super) struct Principal {
    /// `AWS`, `Federated`, `Service`, `CanonicalUser`.
    pub(super) kind: String,
    pub(super) value: String,
    pub(super) at: Range<usize>,
}

/// What a statement is about.
#[derive(Clone, Debug)]
pub(super) enum Actions {
    /// `Action`
    Only(Vec<Action>),
    /// `NotAction`
    AllBut(Vec<Action>),
    /// Missing, both, or not readable: IAM refuses it.
    Refused,
}

/// `Resource` or `NotResource`: the same two forms.
pub(super) type Resources = Actions;

/// One entry of `Action`, `NotAction`, `Resource` or `NotResource`.
#[derive(Clone, Debug)]
pub(super) struct Action {
    pub(super) name: String,
    pub(super) at: Range<usize>,
}

/// One key below one operator.
#[derive(Clone, Debug)]
pub(super) struct Condition {
    /// As written.
    pub(super) operator_name: String,
    pub(super) operator: Named,
    pub(super) key: String,
    /// None where they are not readable.
    pub(super) values: Option<Vec<Literal>>,
    /// Bytes of the values in the pasted text.
    pub(super) at: Range<usize>,
    /// Bytes of each value that is a text, quotes included.
    pub(super) text_at: Vec<Range<usize>>,
    /// Bytes of the key, quotes included.
    pub(super) key_at: Range<usize>,
}

/// One value of a condition.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Literal {
    Text(String),
    /// A number without quotes, as spelled.
    Number(String),
    /// `true` or `false` without quotes.
    Bool(bool),
}
