//! Members of IAM policies that stand for identities of a pool
//! (<https://cloud.google.com/iam/docs/workload-identity-federation#identities>, as of 2026-04-02).

use super::{
    mapping::Attributes,
    provider::WorkloadProvider,
    resource::{HOST, Resource},
};
use crate::report::Outcome;

/// A member, taken apart.
#[derive(Clone, Copy, Debug)]
pub(super) struct Member<'a> {
    /// Number, or wrongly an id.
    project: &'a str,
    pool: &'a str,
    pub(super) identity: Identity<'a>,
}

/// Whom of a pool a member stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Identity<'a> {
    /// One attribute, by its name in the mapping, and its value.
    One(&'a str, &'a str),
    All,
}

/// How a member compares with the identity.
pub(super) struct Compared<'a> {
    pub(super) outcome: Outcome,
    /// Why it is not the identity, or not certainly.
    pub(super) why: String,
    /// What the identity has in place of the member's value.
    pub(super) actual: Option<&'a str>,
}

impl<'a> Member<'a> {
    /// None for other kinds of members, and for a name of another form.
    pub(super) fn read(text: &'a str) -> Option<Self> {
        let (set, name) = match (text.strip_prefix("principal:"), text.strip_prefix("principalSet:")) {
            (Some(name), _) => (false, name),
            (_, Some(name)) => (true, name),
            _ => return None,
        };
        let rest = name.strip_prefix(HOST)?.strip_prefix("projects/")?;
        let (project, rest) = rest.split_once('/')?;
        let rest = rest.strip_prefix("locations/global/workloadIdentityPools/")?;
        let (pool, rest) = rest.split_once('/')?;
        let identity = match (set, rest, rest.split_once('/')) {
            (false, _, Some(("subject", value))) => Identity::One("google.subject", value),
            (true, _, Some(("group", value))) => Identity::One("google.groups", value),
            (true, "*", _) => Identity::All,
            (true, _, Some((name, value))) if name.starts_with("attribute.") => Identity::One(name, value),
            _ => return None,
        };
        Some(Self { project, pool, identity })
    }

    /// Whether it names the project by its number, as it has to.
    pub(super) fn has_number(self) -> bool {
        self.project.bytes().all(|byte| byte.is_ascii_digit())
    }

    /// Compares it with the identity that a provider makes of a token.
    pub(super) fn compare<'b>(self, provider: &WorkloadProvider, attributes: &'b Attributes) -> Compared<'b> {
        let of = |outcome, why: &[&str], actual| Compared { outcome, why: why.concat(), actual };
        let Resource { project, pool, .. } = &provider.resource;
        if !self.has_number() {
            return of(
                Outcome::Fail,
                &["the member has the project's id, ", self.project, ", where its number belongs"],
                None,
            );
        }
        if !pool.is_empty() && pool != self.pool {
            return of(Outcome::Fail, &["the member is of the pool ", self.pool, ", the provider is in ", pool], None);
        }
        if provider.resource.has_number() && project != self.project {
            return of(
                Outcome::Fail,
                &["the member is of project ", self.project, ", the provider is in ", project],
                None,
            );
        }
        let whole = !pool.is_empty() && provider.resource.has_number();
        let pool = if whole { Outcome::Pass } else { Outcome::Unknown };
        let unsure = "whether the member is of this provider's pool is not told";
        let Identity::One(key, wanted) = self.identity else {
            return of(pool, &[if whole { "the member is the whole pool" } else { unsure }], None);
        };
        let Some(value) = attributes.get(key) else {
            return if provider.untold.mapping {
                of(Outcome::Unknown, &["the attribute mapping is not told"], None)
            } else {
                of(Outcome::Fail, &["the member has ", key, ", to which the provider maps nothing"], None)
            };
        };
        let texts = attributes.texts(key);
        match (texts.contains(&wanted), value.cause(), &*texts) {
            (true, ..) => of(
                pool,
                &[if whole { "the member is this identity" } else { unsure }],
                Some(wanted).and_then(|wanted| texts.into_iter().find(|text| *text == wanted)),
            ),
            (false, Some(cause), _) if !matches!(**value, super::cel::Data::Error(_)) => {
                of(Outcome::Unknown, &[key, " cannot be told: ", &cause.message], None)
            }
            (false, Some(cause), _) => of(Outcome::Fail, &[key, " gets no value: ", &cause.message], None),
            (false, None, [only]) => of(Outcome::Fail, &["the member has another ", key], Some(*only)),
            (false, None, _) => of(Outcome::Fail, &["the member's value is not in ", key], None),
        }
    }
}

/// What members call the identity: `principal`, and every `principalSet`.
pub(super) fn names(provider: &WorkloadProvider, attributes: &Attributes) -> (Option<String>, Vec<String>) {
    let pool = provider.resource.pool_name();
    let subject =
        attributes.texts("google.subject").first().map(|subject| ["principal:", &pool, "/subject/", subject].concat());
    let set = |rest: &[&str]| [&["principalSet:", &*pool, "/"], rest].concat().concat();
    let mut sets: Vec<String> = attributes.texts("google.groups").iter().map(|group| set(&["group/", group])).collect();
    for name in attributes.names() {
        sets.extend(attributes.texts(name).iter().map(|value| set(&[name, "/", value])));
    }
    sets.push(set(&["*"]));
    (subject, sets)
}
