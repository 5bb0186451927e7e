//! `bound_audiences`. Releases differ in what they make of a role that has none
//! (<https://github.com/hashicorp/vault-plugin-auth-jwt/pull/310>, read 2026-11-22).

use super::{
    exchange::{PREFIX, texts},
    link,
    login::Login,
    settings::{Settings, shown},
    version::{Product, Version},
};
use crate::{
    json::Value,
    report::{Code, Outcome, Step},
    token::{Claims, Known},
    trust::budget::Budget,
};

/// One bound audience has to be one of the token's. Where none is bound, a token with an audience is refused, by releases since.
pub(super) fn step(login: &Login, settings: &Settings, claims: &Claims, budget: &Budget) -> Step {
    let bound = settings.texts("bound_audiences");
    let at = login.given.span(&settings.place("bound_audiences"));
    let step = |outcome, title: &'static str| {
        Step::new(Code::VaultTokenAudience, outcome, title).claim("aud").expected(shown(&bound)).at(at.clone())
    };
    if settings.is_untold("bound_audiences") {
        return step(Outcome::Unknown, "bound_audiences is not told").reference(link::TOKEN);
    }
    let (actual, value) = match claims.get("aud") {
        Known::NotKnown => return step(Outcome::Unknown, "the evidence does not tell aud").reference(link::TOKEN),
        Known::Absent => (Vec::new(), None),
        Known::Present(value) => (texts(value).unwrap_or_default(), Some(value)),
    };
    if !bound.is_empty() && !budget.spend(bound.len().saturating_mul(actual.len())) {
        return step(Outcome::Unknown, "there are more audiences than are compared").reference(link::TOKEN);
    }
    if !bound.is_empty() {
        let hit = bound.iter().any(|item| actual.contains(&item.text()));
        let title = if hit { "the audience is a bound one" } else { "the audience is none of bound_audiences" };
        let step = step(Outcome::from_bool(hit), title).actual(value).reference(link::TOKEN);
        let says = "invalid audience (aud) claim: audience claim does not match any expected audience";
        return if hit { step } else { step.vendor_text([PREFIX, says].concat()) };
    }
    let (outcome, detail) = match value {
        None => (Outcome::Pass, ""),
        // Its expression decides about that too
        // (https://github.com/openbao/openbao/blob/main/builtin/credential/jwt/path_cel_login.go, read 2026-11-22).
        _ if login.role.is_cel() => (Outcome::Pass, ""),
        Some(Value::Array(items)) => (Outcome::from_bool(items.is_empty()), ""),
        Some(text) => unbound(login.product, login.version, text.as_str() == Some("")),
    };
    let title = match outcome {
        Outcome::Pass => "no audience is bound, and Vault lets this token pass",
        Outcome::Fail => "the role has no bound_audiences, and the token has an audience, as every CircleCI token",
        Outcome::Unknown | Outcome::NotApplicable => {
            "the role has no bound_audiences; what this release makes of that is not certain"
        }
    };
    let step = step(outcome, title).actual(value).reference(link::AUDIENCE);
    let step = if detail.is_empty() { step } else { step.detail(detail) };
    match outcome {
        Outcome::Fail => step.vendor_text("audience claim found in JWT but no audiences bound to the role"),
        _ => step,
    }
}

/// What becomes of a text as audience where the role binds none.
fn unbound(product: Product, version: Option<Version>, empty: bool) -> (Outcome, &'static str) {
    match (product, version) {
        (Product::OpenBao, None) => (Outcome::Fail, ""),
        (Product::OpenBao, Some(_)) => {
            (Outcome::Unknown, "OpenBao's source of August 2026 refuses it; earlier releases were not looked at.")
        }
        (Product::Vault, _) if empty => (Outcome::Pass, ""),
        (Product::Vault, None) => (Outcome::Fail, "Releases before 1.17, but for 1.15.9 and 1.16.3, let it pass."),
        (Product::Vault, Some(version)) if version.refuses_unbound() => (Outcome::Fail, ""),
        (Product::Vault, Some(_)) => (Outcome::Pass, "From release 1.17 on Vault refuses it."),
    }
}
