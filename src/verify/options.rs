//! What the caller expects of a token.

use super::{Algorithm, KeySet, quote::quoted};
use crate::{
    Error, Seconds,
    json::{Data, Fields, Node, Value},
};

/// What the caller expects of a token. Nothing in the token itself can take the place of any of this.
#[derive(Clone, Debug)]
pub struct VerifyOptions {
    /// The issuer's key set. None: the signature is unknown.
    pub key_set: Option<KeySet>,
    /// The id of the organization that must have issued the token.
    pub organization: Option<String>,
    /// The exact `iss`. With `organization` as well, both have to hold. The issuer of all organizations says nothing alone:
    /// `organization`, or a requirement on org-id, project-id or sub, has to say whose token it is.
    pub issuer: Option<String>,
    /// Accepted audiences.
    pub audience: Audience,
    /// What further claims must be.
    pub require: Vec<Requirement>,
    /// Accepted signature algorithms.
    pub algorithms: Vec<Algorithm>,
    /// Epoch seconds. None: what depends on the clock is unknown.
    pub now: Option<Seconds>,
    /// Clock tolerance in seconds, not negative.
    pub leeway: Seconds,
}

/// Which audiences are accepted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Audience {
    /// The id of the pinned organization, CircleCI's default audience. Unknown where no organization is pinned.
    Organization,
    /// Any, on purpose.
    Any,
    /// One of these, exactly.
    OneOf(Vec<String>),
}

/// What one further claim must be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Requirement {
    /// Full name of the claim.
    pub claim: String,
    /// Accepted values, none of them an array or object. A list-valued claim passes if it holds one of them.
    pub accepted: Vec<Value>,
}

impl Default for VerifyOptions {
    fn default() -> Self {
        Self {
            key_set: None,
            organization: None,
            issuer: None,
            audience: Audience::Organization,
            require: Vec::new(),
            algorithms: vec![Algorithm::Rs256],
            now: None,
            leeway: Seconds::ZERO,
        }
    }
}

impl VerifyOptions {
    /// Takes the members of the JavaScript interface's `VerifyOptions` from an argument object: `jwks`, `organization`,
    /// `issuer`, `audience`, `require`, `algorithms`, `now`, `leeway`. The object may hold others.
    ///
    /// # Errors
    /// [`Error::Argument`] for a value of the wrong type or one that no token could satisfy, [`Error::TooLarge`] and
    /// [`Error::TooMany`] for a key set over its limits.
    pub fn read(fields: &mut Fields<'_>) -> Result<Self, Error> {
        let path = fields.path_of("jwks");
        let key_set = fields.any("jwks").map(|node| KeySet::read(node, &path)).transpose()?;
        Ok(Self {
            key_set,
            organization: pinned(fields, "organization")?,
            issuer: pinned(fields, "issuer")?,
            audience: audience(fields)?,
            require: require(fields)?,
            algorithms: algorithms(fields)?,
            now: fields.seconds("now")?,
            leeway: leeway(fields)?,
        })
    }
}

/// An empty text is nearly always a variable that was not set: it must not look like a pinned value.
fn pinned(fields: &mut Fields<'_>, name: &'static str) -> Result<Option<String>, Error> {
    match fields.string(name)? {
        Some("") => Err(Error::argument(fields.path_of(name), "is empty; leave it out to pin nothing")),
        other => Ok(other.map(str::to_owned)),
    }
}

fn audience(fields: &mut Fields<'_>) -> Result<Audience, Error> {
    const NAME: &str = "audience";
    match fields.any(NAME) {
        None => return Ok(Audience::Organization),
        Some(Node { data: Data::Null, .. }) => return Ok(Audience::Any),
        Some(_) => {}
    }
    let accepted = fields.strings(NAME)?.unwrap_or_default();
    if accepted.is_empty() || accepted.contains(&"") {
        let message = "is empty; leave it out for the organization's id, or give null to accept any audience";
        return Err(Error::argument(fields.path_of(NAME), message));
    }
    Ok(Audience::OneOf(accepted.into_iter().map(str::to_owned).collect()))
}

fn require(fields: &mut Fields<'_>) -> Result<Vec<Requirement>, Error> {
    const NAME: &str = "require";
    let Some(node) = fields.any(NAME) else { return Ok(Vec::new()) };
    let path = fields.path_of(NAME);
    let Some(members) = node.as_object() else {
        return Err(Error::argument(path, format!("expected an object, got {}", node.kind())));
    };
    members
        .iter()
        .map(|member| {
            let accepted = member.value.one_or_many();
            let refuse = |message: String| Err(Error::argument(format!("{path}[{}]", quoted(&member.name)), message));
            if accepted.is_empty() {
                return refuse("is an empty list, which no claim satisfies".to_owned());
            }
            if let Some(nested) = accepted.iter().find(|node| matches!(node.data, Data::Array(_) | Data::Object(_))) {
                let kind = nested.kind();
                return refuse(format!("expected a string, number, boolean, null or a list of these, got {kind}"));
            }
            Ok(Requirement { claim: member.name.clone(), accepted: accepted.iter().map(Value::from).collect() })
        })
        .collect()
}

fn algorithms(fields: &mut Fields<'_>) -> Result<Vec<Algorithm>, Error> {
    const NAME: &str = "algorithms";
    let Some(names) = fields.strings(NAME)? else { return Ok(VerifyOptions::default().algorithms) };
    let refuse = |message: String| {
        let known = Algorithm::names(&Algorithm::ALL);
        Err(Error::argument(fields.path_of(NAME), format!("{message}; supported are {known}")))
    };
    if names.is_empty() {
        return refuse("is an empty list, which no token satisfies".to_owned());
    }
    let mut algorithms = Vec::new();
    for name in names {
        let Some(algorithm) = Algorithm::from_name(name) else {
            return refuse(format!("{} is not supported", quoted(name)));
        };
        if !algorithms.contains(&algorithm) {
            algorithms.push(algorithm);
        }
    }
    Ok(algorithms)
}

fn leeway(fields: &mut Fields<'_>) -> Result<Seconds, Error> {
    const NAME: &str = "leeway";
    match fields.seconds(NAME)? {
        Some(seconds) if seconds < Seconds::ZERO => Err(Error::argument(fields.path_of(NAME), "is negative")),
        other => Ok(other.unwrap_or_default()),
    }
}
