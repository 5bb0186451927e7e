//! What one place of a text tells of a token for certain, and how much that is.

use super::Evidence;
use crate::{
    Seconds,
    json::Value,
    search::Search as _,
    token::{Issuer, IssuerKind, Subject},
    trust::aws::earlier,
};

/// Claims that every token of CircleCI has; those of jobs also have `project-id`
/// (<https://circleci.com/docs/openid-connect-tokens/>, as of 2026-08-20). Claims without one of them are not the whole token.
pub(super) const ALWAYS: [&str; 5] = ["iss", "sub", "aud", "iat", "exp"];
/// What policies ask for.
static OFTEN: [&str; 12] = [
    "iss",
    "sub",
    "aud",
    "iat",
    "exp",
    "oidc.circleci.com/org-id",
    "oidc.circleci.com/project-id",
    "oidc.circleci.com/context-ids",
    "oidc.circleci.com/pipeline-definition-id",
    "oidc.circleci.com/vcs-origin",
    "oidc.circleci.com/vcs-ref",
    "oidc.circleci.com/ssh-rerun",
];
/// Members of an object that may be claims. A token has about twenty.
pub(super) const CLAIMS: usize = 200;

/// Where a trace comes from, those that tell least first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Kind {
    Message,
    Claims,
    Event,
    Token,
}

impl Kind {
    /// For people.
    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::Message => "a cloud's error message",
            Self::Claims => "claims as JSON",
            Self::Event => "a CloudTrail event",
            Self::Token => "a token",
        }
    }

    /// What to do about a refusal that it tells.
    pub(super) fn advice(self, answer: &str) -> &'static str {
        match self {
            Self::Message => {
                "The role's account has no IAM OIDC provider for the issuer. STS looks for it before it looks at any trust policy: create it in that account, with \
                 exactly this URL (https://repost.aws/knowledge-center/iam-oidc-idp-federation)."
            }
            _ if earlier(answer).is_some() => {
                "This code is the reason: STS refused the token before it looked at the trust policy, whatever that would say."
            }
            _ => "CloudTrail names no reason. Judge the claims by the role's trust policy to find it.",
        }
    }
}

impl Evidence {
    /// Takes claims as they were found. What is masked or stands twice is left out.
    pub(super) fn new(kind: Kind, found: &[(String, Value)]) -> Box<Self> {
        let mut claims: Vec<(String, Value)> = Vec::new();
        let mut unclear: Vec<String> = Vec::new();
        for (index, (name, value)) in found.iter().enumerate() {
            let again = found.iter().enumerate().any(|(other, (again, _))| other != index && again == name);
            if !again && !is_doubtful(value) {
                claims.push((name.clone(), value.clone()));
            } else if !unclear.contains(name) {
                unclear.push(name.clone());
            }
        }
        let claims = Value::Object(claims);
        let has = |name: &str| claims.get(name).is_some();
        let sub = claims.get("sub").and_then(Value::as_str).unwrap_or_default();
        let of_job = Subject::parse(sub).project.is_some();
        let all = ALWAYS.iter().all(|name| has(name)) && (!of_job || has("oidc.circleci.com/project-id"));
        let whole = unclear.is_empty() && (kind == Kind::Token || all);
        Box::new(Self {
            claims,
            partial: !whole,
            source: String::new(),
            derived: Vec::new(),
            role: None,
            presented_at: None,
            alg: None,
            findings: Vec::new(),
            kind,
            at: 0..0,
            unclear,
            refused: None,
        })
    }

    /// How much it tells: whole claims most; of events CircleCI's that were refused, then others that were refused, then
    /// the latest.
    pub(super) fn rank(&self) -> (Kind, bool, bool, Option<Seconds>) {
        let refused = self.refused.is_some();
        let is_circleci = self.issuer().kind != IssuerKind::Other;
        let kind = if self.partial { self.kind } else { Kind::Token };
        (kind, is_circleci && (refused || self.kind != Kind::Event), refused, self.presented_at)
    }

    /// Whether it tells nothing else than another.
    pub(super) fn same(&self, other: &Self) -> bool {
        self.claims == other.claims && self.presented_at == other.presented_at && self.role == other.role
    }

    pub(super) fn issuer(&self) -> Issuer {
        self.claims.get("iss").and_then(Value::as_str).map(Issuer::parse).unwrap_or_default()
    }

    /// What is not told of what a policy may ask for.
    pub(super) fn missing(&self) -> String {
        let mut missing = String::new();
        for name in OFTEN {
            if self.claims.get(name).is_none() {
                missing.push_str(name);
                missing.push_str(", ");
            }
        }
        // Events and messages tell one audience, whether the token has one or several.
        missing
            + if self.kind == Kind::Claims { "and the header's alg" } else { "further audiences, and the header's alg" }
    }
}

fn is_doubtful(value: &Value) -> bool {
    match value {
        Value::String(text) => is_masked(text),
        Value::Array(items) => items.iter().any(is_doubtful),
        Value::Object(members) => members.iter().any(|(_, value)| is_doubtful(value)),
        _ => false,
    }
}

/// Whether a text may be not what the token holds but what logs, templates and redaction put in its place: `***`, `[MASKED]`,
/// `<org>`, `${ORG}`, `XXXX`, a text that ends in `…`; or whether it holds a token of its own, which is not repeated. Git forbids
/// `*`, `[` and `..` in the names of branches and tags (<https://git-scm.com/docs/git-check-ref-format>); a branch with one of
/// the other characters is rare, and then not told rather than wrong.
pub(super) fn is_masked(text: &str) -> bool {
    const SIGNS: [char; 10] = ['<', '>', '[', ']', '{', '}', '(', ')', '\u{2026}', '\u{2022}'];
    const WORDS: [&str; 5] = ["***", "...", "xxxx", "XXXX", "eyJ"];
    text.contains(SIGNS) || WORDS.iter().any(|word| text.holds(word)) || text.to_ascii_lowercase().holds("redacted")
}
