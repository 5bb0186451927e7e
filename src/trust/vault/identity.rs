//! What a login yields: the alias from `user_claim`, metadata from `claim_mappings`, groups from `groups_claim`, policies and TTL.
//! A claim that cannot be taken refuses the login
//! (<https://github.com/hashicorp/vault-plugin-auth-jwt/blob/main/claims.go>, as of 2026-07-15).

use super::{
    bound::{CLAIMS, may_look_up},
    exchange::group,
    link,
    login::Login,
    pointer::look_up,
    settings::Settings,
};
use crate::{
    json::{Member, Node, Value},
    report::{Code, Outcome, Step},
    token::{Claims, Known},
    trust::budget::Budget,
};

/// The steps before the bound claims are looked at.
pub(super) fn step(login: &Login, settings: &Settings, claims: &Claims, budget: &Budget) -> Step {
    let mut steps = vec![user(login, settings, claims)];
    for mapping in mappings(settings) {
        if steps.len() >= CLAIMS || !may_look_up(claims, budget) {
            let title = "there is more metadata than is looked at";
            steps.push(Step::new(Code::VaultIdentityMetadata, Outcome::Unknown, title));
            break;
        }
        steps.extend(metadata(login, mapping, claims));
    }
    steps.extend(groups(login, settings, claims));
    let untold = |name: &&&str| settings.is_untold(name);
    if let Some(name) = ["claim_mappings", "groups_claim"].iter().find(untold) {
        steps.push(Step::new(
            Code::VaultIdentityMetadata,
            Outcome::Unknown,
            ["the plan does not tell ", name].concat(),
        ));
    }
    group(
        Code::VaultIdentity,
        [
            "Vault can name the identity",
            "Vault cannot name the identity",
            "whether Vault can name the identity is not certain",
        ],
        steps,
    )
    .reference(link::API)
}

pub(super) fn mappings(settings: &Settings) -> &[Member] {
    settings.get("claim_mappings").and_then(Node::as_object).unwrap_or_default()
}

/// The claim that names the alias: a plain name, and a pointer only where the role says so.
fn alias<'a>(settings: &Settings, claims: &'a Claims) -> Known<'a> {
    let name = settings.text("user_claim");
    if settings.flag("user_claim_json_pointer") {
        return look_up(claims, name);
    }
    match claims.get(name) {
        Known::Present(Value::Null) => Known::Absent,
        other => other,
    }
}

fn user(login: &Login, settings: &Settings, claims: &Claims) -> Step {
    let name = settings.text("user_claim");
    let at = login.given.span(&settings.place("user_claim"));
    let step = |outcome, title: &[&str]| {
        Step::new(Code::VaultIdentityUser, outcome, title.concat())
            .claim(name.to_owned())
            .at(at.clone())
            .reference(link::LOGIN)
    };
    if name.is_empty() || settings.is_untold("user_claim") || settings.is_untold("user_claim_json_pointer") {
        return step(Outcome::Unknown, &["user_claim is not told"]);
    }
    let quoted = Value::from(name).to_json();
    match alias(settings, claims) {
        Known::NotKnown => step(Outcome::Unknown, &["the evidence does not tell ", name]),
        Known::Absent => {
            let missing = step(Outcome::Fail, &["the token has no ", name, ", which has to name the user"]);
            let missing = missing.vendor_text(["claim ", &quoted, " not found in token"].concat());
            if name.starts_with('/') && !settings.flag("user_claim_json_pointer") {
                missing.detail("It is taken for a claim's name: user_claim_json_pointer is not set.")
            } else {
                missing
            }
        }
        Known::Present(value) if value.as_str().is_none() => {
            step(Outcome::Fail, &[name, " is no text, and has to name the user"])
                .actual(Some(value))
                .vendor_text(["claim ", &quoted, " could not be converted to string"].concat())
        }
        // What becomes of an alias without a name is not documented.
        Known::Present(value) if value.as_str() == Some("") => {
            step(Outcome::Unknown, &[name, " is empty, and has to name the user"]).actual(Some(value))
        }
        Known::Present(value) => step(Outcome::Pass, &["the alias is the token's ", name]).actual(Some(value)),
    }
}

/// A claim that becomes metadata. One that is missing is left out.
fn metadata(login: &Login, mapping: &Member, claims: &Claims) -> Option<Step> {
    let name = &*mapping.name;
    let step = |outcome, title: &[&str]| {
        let at = login.given.span(&mapping.name_at);
        Step::new(Code::VaultIdentityMetadata, outcome, title.concat())
            .claim(name.to_owned())
            .at(at)
            .reference(link::CLAIMS)
    };
    match look_up(claims, name) {
        Known::Absent | Known::Present(Value::String(_)) => None,
        Known::NotKnown => {
            Some(step(Outcome::Unknown, &["the evidence does not tell ", name, ", which becomes metadata"]))
        }
        Known::Present(value) => Some(
            step(Outcome::Fail, &[name, " is no text, and so cannot become metadata"])
                .actual(Some(value))
                .vendor_text(["error converting claim '", name, "' to string"].concat()),
        ),
    }
}

fn groups(login: &Login, settings: &Settings, claims: &Claims) -> Option<Step> {
    let name = settings.text("groups_claim");
    if name.is_empty() || settings.is_untold("groups_claim") {
        return None;
    }
    let quoted = Value::from(name).to_json();
    let step = |outcome, title: &[&str]| {
        let at = login.given.span(&settings.place("groups_claim"));
        Step::new(Code::VaultIdentityGroups, outcome, title.concat())
            .claim(name.to_owned())
            .at(at)
            .reference(link::LOGIN)
    };
    let value = match look_up(claims, name) {
        Known::NotKnown => return Some(step(Outcome::Unknown, &["the evidence does not tell ", name])),
        Known::Absent => {
            let missing = step(Outcome::Fail, &["the token has no ", name, ", which has to hold the groups"]);
            return Some(
                missing.vendor_text(["failed to fetch groups: ", &quoted, " claim not found in token"].concat()),
            );
        }
        Known::Present(value) => value,
    };
    let items = many(value);
    let wrong = items.iter().find(|item| item.as_str().is_none());
    Some(match wrong {
        None => step(Outcome::Pass, &["the groups are the token's ", name]).actual(Some(value)),
        Some(Value::Object(_)) if items.len() == 1 => {
            step(Outcome::Fail, &[name, " is no list of texts, and has to hold the groups"]).actual(Some(value))
        }
        Some(item) => step(Outcome::Fail, &[name, " is no list of texts, and has to hold the groups"])
            .actual(Some(value))
            .vendor_text(["value ", &item.to_json(), " in groups claim could not be parsed as string"].concat()),
    })
}

fn many(value: &Value) -> &[Value] {
    match value {
        Value::Array(items) => items,
        other => std::slice::from_ref(other),
    }
}

/// What Vault hands on.
pub(super) fn of(settings: &Settings, claims: &Claims) -> Value {
    let text = |known: Known<'_>| match known {
        Known::Present(value) => Some(value.clone()),
        Known::Absent | Known::NotKnown => None,
    };
    let mut found = Vec::new();
    let mut add = |name: &str, value: Value| found.push((name.to_owned(), value));
    if let Some(alias) = text(alias(settings, claims)) {
        add("alias", alias);
    }
    let role = settings.get("role_name").map(|name| ("role".to_owned(), Value::from(name)));
    let mapped = mappings(settings)
        .iter()
        .filter_map(|mapping| Some((mapping.value.as_str()?.to_owned(), text(look_up(claims, &mapping.name))?)));
    add("metadata", Value::Object(role.into_iter().chain(mapped).collect()));
    let groups = settings.text("groups_claim");
    if let (false, Known::Present(value)) = (groups.is_empty(), look_up(claims, groups)) {
        add("groups", Value::Array(many(value).to_vec()));
    }
    let policies = |name| settings.texts(name).into_iter().map(|item| item.value);
    let mut all: Vec<Value> = policies("token_policies").collect();
    if all.is_empty() {
        all = policies("policies").collect();
    }
    let default = Value::from("default");
    if !settings.flag("token_no_default_policy") && !all.contains(&default) {
        all.push(default);
    }
    add("policies", Value::Array(all));
    for (name, older) in [("token_ttl", "ttl"), ("token_max_ttl", "max_ttl"), ("token_period", "period")] {
        let seconds = [name, older].iter().find_map(|name| settings.seconds(name).filter(|seconds| *seconds > 0));
        if let Some(seconds) = seconds {
            add(name, seconds.into());
        }
    }
    Value::Object(found)
}
