//! `bound_claims`: every entry has to fit. Vault looks at them in random order and names the first that does not; all are shown
//! (<https://github.com/hashicorp/vault-plugin-auth-jwt/blob/main/claims.go>, as of 2026-07-15).

use super::{
    link,
    login::Login,
    pattern, pointer,
    role::{Bound, Kind},
    settings::{Item, SHOWN, Settings, is_template, shown},
};
use crate::{
    json::{Number, Value},
    report::{Code, Outcome, Step, Words},
    token::{Claims, Known},
    trust::budget::Budget,
};

const PREFIX: &str = "error validating claims: ";
/// Bound claims, and metadata, of one role that are judged; each of them repeats the token's value.
pub(super) const CLAIMS: usize = 500;
/// What looking at one bound claim counts, beside the token's claims among which it is looked up and the characters that are
/// compared.
const CLAIM: usize = 400;
/// Digits of a number that a double holds exactly.
const EXACT: i64 = 15;

/// The step, with a child for every entry.
pub(super) fn step(login: &Login, settings: &Settings, claims: &Claims, budget: &Budget) -> Step {
    let code = Code::VaultClaims;
    let bounds = &login.role.claims;
    let mut children = Vec::new();
    for bound in bounds {
        if children.len() >= CLAIMS || !may_look_up(claims, budget) {
            children.push(Step::new(
                Code::VaultClaimsType,
                Outcome::Unknown,
                "there are more bound claims than are compared",
            ));
            break;
        }
        children.push(one(login, settings, bound, claims, budget));
    }
    let is_split = bounds.iter().any(|bound| bound.split);
    if settings.is_untold("bound_claims") || (is_split && settings.is_untold("disable_bound_claims_parsing")) {
        children.push(Step::new(Code::VaultClaimsType, Outcome::Unknown, "not all of bound_claims is told"));
    }
    let failed = children.iter().filter(|child| child.outcome == Outcome::Fail).count();
    let outcome = Outcome::all(children.iter().map(|child| child.outcome));
    let title = match outcome {
        Outcome::Pass if children.is_empty() => "there are no bound claims".into(),
        Outcome::Pass => "every bound claim fits".into(),
        Outcome::Fail if failed > 1 => {
            format!(
                "{failed} of {} bound claims do not fit; Vault names one of them, another one each time",
                children.len()
            )
        }
        Outcome::Fail => "a bound claim does not fit".into(),
        Outcome::Unknown | Outcome::NotApplicable => "whether every bound claim fits is not certain".into(),
    };
    Step::new(code, outcome, title).reference(link::BOUND).children(children)
}

/// Whether there is time left to look up one more claim.
pub(super) fn may_look_up(claims: &Claims, budget: &Budget) -> bool {
    budget.spend(claims.members().len().saturating_add(CLAIM))
}

fn one(login: &Login, settings: &Settings, bound: &Bound, claims: &Claims, budget: &Budget) -> Step {
    let (key, kind) = (&*bound.key, login.role.kind());
    let name = pointer::parts(key).first().map(|name| name.clone().into_owned()).unwrap_or_default();
    let is_pointer = key.starts_with('/');
    let values = bound.values.as_deref().unwrap_or_default();
    let code = if kind == Kind::Glob { Code::VaultClaimsGlob } else { Code::VaultClaimsEqual };
    let step = |code, outcome, title: &[&str]| {
        Step::new(code, outcome, title.concat())
            .claim(name.clone())
            .expected(shown(values))
            .at(login.given.span(&bound.at))
            .reference(if kind == Kind::Glob { link::GLOB } else { link::CLAIMS })
    };
    let says = |what: &[&str]| [PREFIX, &what.concat()].concat();
    let quoted = Value::from(key).to_json();
    let actual = match pointer::look_up(claims, key) {
        Known::Present(value) => value,
        Known::NotKnown => return step(code, Outcome::Unknown, &["the evidence does not tell ", &name]),
        Known::Absent if is_template(key) => {
            return step(code, Outcome::Unknown, &["not told is which claim ", key, " is"]);
        }
        Known::Absent => {
            let title = if is_pointer {
                ["the pointer ", key, " leads to nothing in the token"]
            } else {
                ["the token has no ", key, ""]
            };
            let at = login.given.span(&bound.key_at);
            let missing = step(Code::VaultClaimsMissing, Outcome::Fail, &title).at(at).reference(link::POINTER);
            let missing = missing.vendor_text(says(&["claim ", &quoted, " is missing"]));
            return if is_pointer {
                missing.detail("A name that begins with / is a JSON pointer: each / leads one level down, and a / within a name is written ~1.")
            } else {
                missing
            };
        }
    };
    if let (Value::Object(_), _) | (_, None) = (actual, &bound.values) {
        let what = if bound.values.is_none() { "bound claim" } else { "received claim" };
        let title = [what, " ", key, " is neither text, boolean, number nor list"];
        return step(Code::VaultClaimsType, Outcome::Fail, &title)
            .actual(Some(actual))
            .vendor_text(says(&[what, " is not a string, bool, int or list: …"]));
    }
    let outcome = compare(values, actual, kind, budget);
    let glob = kind == Kind::Glob;
    let title: [&str; 2] = match (outcome, values) {
        (Outcome::Pass, _) if glob => [key, " matches a bound pattern"],
        (Outcome::Pass, _) => [key, " has a bound value"],
        (Outcome::Fail, [_, ..]) if matches!(actual, Value::Array(_)) => [key, " holds no bound value"],
        (Outcome::Fail, [_]) if glob => [key, " does not match the bound pattern"],
        (Outcome::Fail, [_]) => [key, " is not the bound value"],
        (Outcome::Fail, []) => ["the list of bound values is empty, which nothing fits: ", key],
        (Outcome::Fail, _) if glob => [key, " matches none of the bound patterns"],
        (Outcome::Fail, _) => [key, " is none of the bound values"],
        _ => ["whether the token has a bound value is not certain: ", key],
    };
    let step = step(code, outcome, &title).actual(Some(actual));
    let words = explained(bound, values, actual, kind, settings.terraform);
    let words = match values.len().checked_sub(SHOWN) {
        Some(more) if more > 0 => {
            [&*more.to_string(), " more values are bound. ", &words].concat().trim_end().to_owned().into()
        }
        _ => words,
    };
    let step = if words.is_empty() { step } else { step.detail(words) };
    match outcome {
        Outcome::Fail => {
            step.vendor_text(says(&["claim ", &quoted, " does not match any associated bound claim values"]))
        }
        _ => step,
    }
}

/// What there is to know of a comparison, whatever came out.
fn explained(bound: &Bound, values: &[Item], actual: &Value, kind: Kind, terraform: bool) -> Words {
    let is_text = |item: &Item| item.value.as_str().is_some();
    match actual {
        Value::Bool(_) | Value::Number(_) if values.iter().all(is_text) => {
            let why = match terraform {
                _ if kind == Kind::Glob => "A pattern is compared with texts only.",
                true => {
                    "Types count, and Terraform's provider makes a text of every value: write the role by other means."
                }
                false => "Types count: write it without quotes.",
            };
            ["The token has ", actual.kind(), ", ", &actual.to_json(), ", and the role a text. ", why].concat().into()
        }
        Value::Array(items) if items.is_empty() => "The token's list is empty, which nothing fits.".into(),
        Value::Array(_) => "One value of the token's list is enough, whatever else is in it.".into(),
        _ if bound.split => "Terraform's provider splits this at its commas; one of the parts is enough.".into(),
        _ => "".into(),
    }
}

/// Whether a bound value is among the token's.
pub(super) fn compare(values: &[Item], actual: &Value, kind: Kind, budget: &Budget) -> Outcome {
    if kind == Kind::Untold {
        // Both ways, where a plan does not tell which.
        let both = [Kind::Equal, Kind::Glob].map(|kind| compare(values, actual, kind, budget));
        let [equal, glob] = both;
        return if equal == glob { equal } else { Outcome::Unknown };
    }
    let (items, alone) = match actual {
        Value::Array(items) => (&**items, false),
        other => (std::slice::from_ref(other), true),
    };
    let size = |value: &Value| value.as_str().map_or(1, str::len).saturating_add(1);
    let mut outcome = Outcome::Fail;
    for item in items {
        for bound in values {
            let work = size(item).saturating_mul(if kind == Kind::Glob { size(&bound.value) } else { 1 });
            if !budget.spend(work) {
                return Outcome::Unknown;
            }
            // Go cannot compare these at all, and stops there.
            let stops = matches!(
                (&bound.value, item),
                (Value::Array(_), Value::Array(_)) | (Value::Object(_), Value::Object(_))
            );
            outcome = Outcome::any([outcome, pair(&bound.value, item, kind, alone)]);
            if stops || outcome == Outcome::Pass {
                return if stops { Outcome::Unknown } else { outcome };
            }
        }
    }
    outcome
}

/// One bound value and one of the token's.
fn pair(bound: &Value, actual: &Value, kind: Kind, alone: bool) -> Outcome {
    match (bound, actual) {
        (Value::String(bound), _) if is_template(bound) => Outcome::Unknown,
        (Value::String(bound), Value::String(actual)) if kind == Kind::Glob => {
            Outcome::from_bool(pattern::matches(bound, actual))
        }
        _ if kind == Kind::Glob => Outcome::Fail,
        (Value::String(bound), Value::String(actual)) => Outcome::from_bool(bound == actual),
        (Value::Bool(bound), Value::Bool(actual)) => Outcome::from_bool(bound == actual),
        // A number that stands alone becomes the text of its whole part; one in a list keeps a type that no bound value has.
        (Value::Number(bound), Value::Number(actual)) if alone => match whole(actual) {
            Some(text) => Outcome::from_bool(*bound == text),
            None => Outcome::Unknown,
        },
        _ => Outcome::Fail,
    }
}

/// A whole number as Vault spells it; none where it has more digits than a double, or a fraction, which one release cuts off and
/// another keeps.
fn whole(spelled: &str) -> Option<String> {
    let number = Number::parse(spelled)?;
    if number.exponent > EXACT || i64::try_from(number.digits.len()).ok()? > number.exponent.max(0) {
        return None;
    }
    let count = usize::try_from(number.exponent.max(0)).ok()?;
    let digits: String = number.digits.chars().chain(std::iter::repeat('0')).take(count).collect();
    let text = if digits.is_empty() { "0" } else { &digits };
    let sign = if number.negative && text != "0" { "-" } else { "" };
    Some([sign, text].concat())
}
