//! Whom a statement is for, with which action, under which keys: an identity provider that cannot be CircleCI's or the
//! role's, an action that takes no token, a key that is nearly the identity provider's, a set operator for one value.

use super::{
    arn::{Arn, is_account},
    candidate::{provider_name, providers},
    context::{PROJECT_ID, has_project_key, is_of_request, name_after},
    lint::{Edit, Look},
    operator::{Named, Use},
    policy::{Action, Actions, Effect, Principal, Principals, Statement},
};
use crate::{
    json::Value,
    report::Code,
    search::Search as _,
    token::{Issuer, IssuerKind},
};

const WANTED: &str = "sts:AssumeRoleWithWebIdentity";

/// Remarks on principals, action, keys and set operators.
pub(super) fn remarks(look: &mut Look<'_>) {
    let fix = |right: String| (Value::from(right).to_json(), Edit::Repair, &[][..]);
    for (principal, written) in providers(look.statement) {
        let name = provider_name(written);
        let arn = Arn::read(&principal.value);
        let account = look.role.arn().map(|role| role.account);
        // Of letter case AWS says nothing.
        let code = match arn {
            Some(arn) if is_account(arn.account) && account.is_some_and(|own| own != arn.account) => Code::Aws018,
            Some(_) if is_issuer(&name) && written.eq_ignore_ascii_case(&name) => continue,
            _ => Code::Aws024,
        };
        look.add(code, &principal.at, &principal.value, right_arn(look, principal, &name).map(fix));
    }
    if let Some(action) = wrong_action(look.statement) {
        let only = matches!(&look.statement.principals, Principals::Listed(listed) if listed.iter().all(|one| one.kind == "Federated"));
        look.add(Code::Aws019, &action.at, &action.name, only.then(|| fix(WANTED.to_owned())));
    }
    for condition in &look.statement.conditions {
        if let Some(right) = right_key(look, &condition.key) {
            look.add(Code::Aws010, &condition.key_at, &right, Some(fix(right.clone())));
        }
        if let (Some(claim), Named::Operator(used)) = (look.claim(condition), condition.operator)
            && let Some(plain) = condition.operator_name.strip_prefix("ForAllValues:")
            && look.statement.effect != Some(Effect::Deny)
        {
            look.add_operator(Code::Aws011, condition, claim, plain, Use { set: None, ..used });
        }
    }
}

/// Puts the right identity providers, action and keys in the place of the wrong ones.
pub(super) fn repair(look: &Look<'_>, statement: &mut Statement) {
    let wrong = wrong_action(statement).map(|action| action.at.clone());
    if let Actions::Only(listed) = &mut statement.actions {
        for action in listed.iter_mut().filter(|action| Some(&action.at) == wrong.as_ref()) {
            WANTED.clone_into(&mut action.name);
        }
    }
    if let Principals::Listed(listed) = &mut statement.principals {
        for (wrong, written) in providers(look.statement) {
            let right = right_arn(look, wrong, &provider_name(written));
            for principal in listed.iter_mut().filter(|principal| principal.at == wrong.at) {
                principal.value.clone_from(right.as_ref().unwrap_or(&wrong.value));
            }
        }
    }
    for condition in &mut statement.conditions {
        if let Some(right) = right_key(look, &condition.key) {
            condition.key = right;
        }
    }
}

/// An issuer of CircleCI's, without `https://`.
fn is_issuer(name: &str) -> bool {
    Issuer::parse(&format!("https://{name}")).kind != IssuerKind::Other
}

/// The ARN of the identity provider in the role's account.
fn right_arn(look: &Look<'_>, principal: &Principal, name: &str) -> Option<String> {
    let arn = look.role.arn().or_else(|| Arn::read(&principal.value)).filter(|_| is_issuer(name))?;
    Some(format!("arn:{}:iam::{}:oidc-provider/{name}", arn.partition, arn.account))
}

/// The action of another call, where no action is, or may be, the one that takes a token.
fn wrong_action(statement: &Statement) -> Option<&Action> {
    let Actions::Only(listed) = &statement.actions else { return None };
    let may_be = |action: &Action| action.name.eq_ignore_ascii_case(WANTED) || action.name.contains(['*', '?']);
    if statement.effect == Some(Effect::Deny) || listed.iter().any(may_be) {
        return None;
    }
    listed.iter().find(|action| {
        let name = action.name.to_ascii_lowercase();
        name == "sts:assumerole" || name == "sts:assumerolewithsaml"
    })
}

/// The key that was meant, where there is one identity provider that it can be of.
fn right_key(look: &Look<'_>, key: &str) -> Option<String> {
    match &*look.names {
        [name] => meant(key, name),
        _ => None,
    }
}

/// The key that was meant, if AWS never has the written one for tokens of this provider: one with another prefix, or with
/// half of the name.
pub(super) fn meant(key: &str, provider: &str) -> Option<String> {
    let own = name_after(provider, key);
    let (prefix, name) = own.map(|name| (provider, name)).or_else(|| key.rsplit_once(':')).unwrap_or(("", key));
    let claim = match &*name.to_ascii_lowercase() {
        "sub" => "sub",
        "aud" => "aud",
        "project-id" | PROJECT_ID if has_project_key(provider) => PROJECT_ID,
        _ => return None,
    };
    let near = provider.starts_with(prefix) || prefix.to_ascii_lowercase().holds("circleci");
    let right = format!("{provider}:{claim}");
    (near && !is_of_request(key) && !right.eq_ignore_ascii_case(key)).then_some(right)
}
