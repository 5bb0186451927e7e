//! A role, read, and what Vault refuses to store in one
//! (<https://github.com/hashicorp/vault-plugin-auth-jwt/blob/main/path_role.go>, as of 2026-07-15).

use std::ops::Range;

use super::{
    document, link,
    settings::{Item, Settings, split},
};
use crate::{
    json::{Data, Member, Node, Value, repetitions},
    report::{Code, Outcome, Step},
    trust::given::Given,
};

/// A role, as far as it was told.
#[derive(Clone, Debug, Default)]
pub(super) struct Role {
    pub(super) settings: Option<Settings>,
    pub(super) claims: Vec<Bound>,
    /// What Vault would refuse to store, and what cannot be read.
    pub(super) problems: Vec<Step>,
}

/// An entry of `bound_claims`.
#[derive(Clone, Debug)]
pub(super) struct Bound {
    pub(super) key: String,
    pub(super) key_at: Range<usize>,
    /// The value as it is written.
    pub(super) at: Range<usize>,
    /// One of these has to be there. None: the value is of a type that Vault cannot compare.
    pub(super) values: Option<Vec<Item>>,
    /// It was one text with commas.
    pub(super) split: bool,
}

/// How bound claims are compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Equal,
    Glob,
    /// A plan does not tell it.
    Untold,
}

/// Faults of one kind that are shown.
pub(super) const FAULTS: usize = 100;

/// The type of a member.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Type {
    Text,
    Flag,
    Texts,
    Map,
    Seconds,
}

/// The members of a role that decide about a login or about what it yields.
const MEMBERS: [(&str, Type); 26] = [
    ("role_type", Type::Text),
    ("bound_claims_type", Type::Text),
    ("bound_subject", Type::Text),
    ("user_claim", Type::Text),
    ("groups_claim", Type::Text),
    ("user_claim_json_pointer", Type::Flag),
    ("disable_bound_claims_parsing", Type::Flag),
    ("token_no_default_policy", Type::Flag),
    ("bound_audiences", Type::Texts),
    ("allowed_redirect_uris", Type::Texts),
    ("token_bound_cidrs", Type::Texts),
    ("bound_cidrs", Type::Texts),
    ("token_policies", Type::Texts),
    ("policies", Type::Texts),
    ("bound_claims", Type::Map),
    ("claim_mappings", Type::Map),
    ("clock_skew_leeway", Type::Seconds),
    ("expiration_leeway", Type::Seconds),
    ("not_before_leeway", Type::Seconds),
    ("token_ttl", Type::Seconds),
    ("ttl", Type::Seconds),
    ("token_max_ttl", Type::Seconds),
    ("max_ttl", Type::Seconds),
    ("token_period", Type::Seconds),
    ("period", Type::Seconds),
    ("token_explicit_max_ttl", Type::Seconds),
];

impl Role {
    /// Reads what was given. What Vault would refuse is read as far as it can be.
    pub(super) fn read(given: &Given) -> Self {
        let mut role = Self::default();
        let node = match &given.node {
            Ok(node) => node,
            Err(error) => {
                role.problems.push(no_json(error));
                return role;
            }
        };
        let settings = match (document::field(node), document::find(node)) {
            (Some("role"), Some(settings)) => settings,
            _ => {
                let step = Step::new(Code::VaultRoleSyntax, Outcome::Unknown, "this is no JWT role");
                let advice =
                    "Paste what vault read -format=json auth/jwt/role/NAME prints, or the JSON that was written there.";
                role.problems.push(step.at(given.span(&node.at)).detail(advice));
                return role;
            }
        };
        let is_text = |bound: &Member| settings.terraform && bound.value.as_str().is_some();
        for bound in settings.get("bound_claims").and_then(Node::as_object).unwrap_or_default() {
            let commas = is_text(bound) && !settings.flag("disable_bound_claims_parsing");
            let values = match &bound.value.data {
                Data::Object(_) | Data::Null => None,
                _ if commas => Some(split(&bound.value)),
                _ => {
                    let mut values = Vec::new();
                    for node in bound.value.one_or_many() {
                        // Terraform's maps hold texts alone: whatever is written there becomes one.
                        let value = match Value::from(node) {
                            value @ (Value::Bool(_) | Value::Number(_)) if settings.terraform => value.to_json().into(),
                            other => other,
                        };
                        values.push(Item { value, at: node.at.clone() });
                    }
                    Some(values)
                }
            };
            let split = commas && bound.value.as_str().is_some_and(|text| text.contains([',']));
            let (key, key_at, at) = (bound.name.clone(), bound.name_at.clone(), bound.value.at.clone());
            role.claims.push(Bound { key, key_at, at, values, split });
        }
        role.settings = Some(settings);
        role.check(given, node);
        role
    }

    /// Whether it is a role of OpenBao whose expression decides.
    pub(super) fn is_cel(&self) -> bool {
        let has = |settings: &Settings| settings.has("cel_program") || settings.has("auth_program");
        self.settings.as_ref().is_some_and(has)
    }

    pub(super) fn kind(&self) -> Kind {
        let Some(settings) = &self.settings else { return Kind::Untold };
        match settings.text("bound_claims_type") {
            "glob" => Kind::Glob,
            _ if settings.is_untold("bound_claims_type") => Kind::Untold,
            _ => Kind::Equal,
        }
    }

    fn check(&mut self, given: &Given, node: &Node) {
        let Some(settings) = &self.settings else { return };
        let mut checked = Checked { settings, given, problems: Vec::new() };
        checked.types(&MEMBERS, node);
        if !self.is_cel() {
            checked.role(&self.claims, self.kind());
        }
        self.problems = checked.problems;
    }
}

pub(super) fn no_json(error: &str) -> Step {
    Step::new(Code::JsonSyntax, Outcome::Unknown, error.to_owned())
        .detail("Paste it as JSON: vault prints that with -format=json, Terraform with terraform show -json.")
}

/// What is being looked at.
struct Checked<'a> {
    settings: &'a Settings,
    given: &'a Given,
    problems: Vec<Step>,
}

impl Checked<'_> {
    #[inline(never)]
    fn add(&mut self, code: Code, outcome: Outcome, title: &[&str], at: &Range<usize>, says: &str) {
        let step = Step::new(code, outcome, title.concat()).at(self.given.span(at)).reference(link::ROLE);
        self.problems.push(if says.is_empty() { step } else { step.vendor_text(says.to_owned()) });
    }

    fn refuse(&mut self, code: Code, title: &[&str], at: &Range<usize>, says: &[&str]) {
        self.add(code, Outcome::Fail, title, at, &says.concat());
    }

    /// Types, members that stand twice, and members that a role does not have.
    fn types(&mut self, known: &[(&str, Type)], around: &Node) {
        for duplicate in around.duplicates().iter().take(FAULTS) {
            let title = ["the member ", &*duplicate.name, " stands twice"];
            self.add(Code::JsonDuplicate, Outcome::Unknown, &title, &duplicate.again, "");
        }
        for member in self.settings.node.as_object().unwrap_or_default() {
            let (name, value) = (&*member.name, &member.value);
            let Some((_, kind)) = known.iter().find(|(own, _)| *own == name) else {
                // One that is spelled wrong would be a check that silently does not happen.
                if name.starts_with("bound_") {
                    let title = ["a role has no member ", name];
                    self.add(Code::VaultRoleSyntax, Outcome::Unknown, &title, &member.name_at, "");
                }
                continue;
            };
            let is_text = |node: &Node| node.as_str().is_some();
            let (fits, wanted) = match kind {
                Type::Text => (is_text(value), "a text"),
                Type::Flag => {
                    let spelled = matches!(value.as_str(), Some("true" | "false"));
                    (matches!(value.data, Data::Bool(_)) || spelled, "a boolean")
                }
                Type::Texts => (value.one_or_many().iter().all(is_text), "a list of texts"),
                Type::Map => (value.as_object().is_some(), "an object"),
                Type::Seconds => (self.settings.seconds(name).is_some(), "a length of time in seconds"),
            };
            // A length of time, other than a leeway, cannot be negative.
            if *kind == Type::Seconds
                && !name.ends_with("leeway")
                && self.settings.seconds(name).is_some_and(|own| own < 0)
            {
                let says = ["cannot provide negative value"];
                self.refuse(Code::VaultRoleTtl, &[name, " is less than 0"], &value.at, &says);
            }
            if fits || value.data == Data::Null || self.settings.is_untold(name) {
                continue;
            }
            if name == "bound_claims" && is_text(value) {
                let title = ["bound_claims is a text, and has to be an object"];
                let says = "error converting input for field \"bound_claims\": '' expected a map, got 'string'";
                self.add(Code::VaultRoleClaims, Outcome::Fail, &title, &value.at, says);
                if let Some(step) = self.problems.last_mut() {
                    step.detail = Some(
                        "vault write … bound_claims='{…}' sends a text. Write the whole role as JSON from standard input: vault write \
                         auth/jwt/role/NAME - < role.json"
                            .into(),
                    );
                }
                continue;
            }
            let title = [name, " has to be ", wanted, ", this is ", value.kind()];
            self.add(Code::VaultRoleSyntax, Outcome::Unknown, &title, &value.at, "");
        }
    }

    /// The rules for roles that are written.
    fn role(&mut self, claims: &[Bound], kind: Kind) {
        let settings = self.settings;
        let (role_type, place) = (settings.text("role_type"), settings.place("role_type"));
        let types = Code::VaultRoleType;
        match role_type {
            "jwt" => {}
            _ if settings.is_untold("role_type") => {}
            "" | "oidc" => {
                if settings.texts("allowed_redirect_uris").is_empty() && !settings.is_untold("allowed_redirect_uris") {
                    let what = if role_type.is_empty() {
                        "there is no role_type, which means oidc"
                    } else {
                        "role_type is oidc"
                    };
                    let says = "'allowed_redirect_uris' must be set if 'role_type' is 'oidc' or unspecified.";
                    self.refuse(types, &[what, "; a job needs jwt"], &place, &[says]);
                }
            }
            other => {
                self.refuse(
                    types,
                    &["role_type is neither jwt nor oidc: ", other],
                    &place,
                    &["invalid 'role_type': ", other],
                );
            }
        }
        let claims_type = settings.node.get("bound_claims_type").and_then(Node::as_str).unwrap_or("string");
        // Terraform's provider does not send an empty text; written by other means it is no type.
        let is_left_out = settings.is_untold("bound_claims_type") || (settings.terraform && claims_type.is_empty());
        if !matches!(claims_type, "string" | "glob") && !is_left_out {
            let says = ["invalid 'bound_claims_type': ", claims_type];
            let at = settings.place("bound_claims_type");
            self.refuse(types, &["bound_claims_type is neither string nor glob: ", claims_type], &at, &says);
        }
        for bound in claims.iter().filter(|_| kind == Kind::Glob) {
            if bound.values.is_none() {
                let title = ["a pattern has to be a text, or a list of texts: ", &*bound.key];
                self.refuse(Code::VaultRoleClaims, &title, &bound.at, &["claim is not a string or list: …"]);
            }
            let no_text = |item: &&Item| item.value.as_str().is_none();
            if let Some(item) = bound.values.iter().flatten().find(no_text) {
                let (title, value) = (["a pattern has to be a text: ", &*bound.key], item.value.to_json());
                self.refuse(Code::VaultRoleClaims, &title, &item.at, &["claim is not a string: ", &value]);
            }
        }
        // What Vault makes of a value of another type is not established; `types` says so.
        let is_text = |node: &Node| node.as_str().is_some() || node.data == Data::Null;
        let is_empty = settings.text("user_claim").is_empty() && settings.get("user_claim").is_none_or(is_text);
        if is_empty && !settings.is_untold("user_claim") {
            let says = ["a user claim must be defined on the role"];
            self.refuse(Code::VaultRoleUser, &["there is no user_claim"], &settings.node.at, &says);
        }
        self.mappings();
        let bounds = ["bound_audiences", "bound_subject", "bound_claims", "token_bound_cidrs", "bound_cidrs"];
        let is_bound = |name: &str| {
            settings.is_untold(name)
                || settings.get(name).is_some_and(|node| {
                    !matches!(&node.data, Data::Object(members) if members.is_empty())
                        && !matches!(&node.data, Data::Array(items) if items.is_empty())
                })
        };
        if role_type == "jwt" && !bounds.iter().any(|name| is_bound(name)) {
            let says = ["must have at least one bound constraint when creating/updating a role"];
            self.refuse(
                Code::VaultRoleBounds,
                &["nothing is bound: no audience, no subject, no claim, no address"],
                &settings.node.at,
                &says,
            );
        }
        let of = |names: [&str; 2]| names.iter().find_map(|name| settings.seconds(name).filter(|seconds| *seconds > 0));
        if let (Some(ttl), Some(max)) = (of(["token_ttl", "ttl"]), of(["token_max_ttl", "max_ttl"]))
            && ttl > max
        {
            let at = settings.place(if settings.has("token_ttl") { "token_ttl" } else { "ttl" });
            let says = if settings.has("token_ttl") && settings.has("token_max_ttl") {
                "'token_ttl' cannot be greater than 'token_max_ttl'"
            } else {
                "ttl should not be greater than max ttl"
            };
            self.refuse(Code::VaultRoleTtl, &["the TTL is greater than the greatest TTL"], &at, &[says]);
        }
    }

    /// Destinations of `claim_mappings`.
    fn mappings(&mut self) {
        let mappings = self.settings.get("claim_mappings").and_then(Node::as_object).unwrap_or_default();
        let keys: Vec<&str> = mappings.iter().filter_map(|mapping| mapping.value.as_str()).collect();
        let again = repetitions(&keys).first().and_then(|(_, again)| keys.get(*again).copied());
        for mapping in mappings {
            let Some(key) = mapping.value.as_str() else { continue };
            let again = again == Some(key);
            let quoted = Value::from(key).to_json();
            if key == "role" {
                let says = ["metadata key \"role\" is reserved and may not be a mapping destination"];
                self.refuse(Code::VaultRoleMetadata, &["the metadata role is Vault's own"], &mapping.value.at, &says);
            } else if again {
                let says = ["multiple keys are mapped to metadata key ", &*quoted];
                self.refuse(
                    Code::VaultRoleMetadata,
                    &["two claims become the metadata ", key],
                    &mapping.value.at,
                    &says,
                );
            }
        }
    }
}
