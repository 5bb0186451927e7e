//! Values of conditions that never match, or match less than they seem to: certain from the policy alone.

use super::{
    candidate::{WILDCARDS, compares_texts, organization, texts},
    candidate_subject::slots,
    difference::brief,
    lint::Look,
    operator::{Family, Named, OPERATORS, Use},
    pattern::like,
    policy::{Condition, Effect, Literal},
};
use crate::{
    report::{Code, Severity},
    search::Search as _,
    token::is_uuid,
};

/// Remarks on the values of a statement.
pub(super) fn remarks(look: &mut Look<'_>) {
    for (index, condition) in look.statement.conditions.iter().enumerate() {
        let (Some(wild), Some(claim)) = (compares_texts(condition), look.claim(condition)) else { continue };
        let Named::Operator(used) = condition.operator else { continue };
        // An audience may be any text, so only a star in it was meant as one.
        let marks: &[char] = if claim == "aud" { &['*'] } else { &WILDCARDS };
        let values = texts(condition);
        if values.iter().any(|value| value.holds("${")) {
            continue;
        }
        let literal = values.iter().find(|value| !wild && value.contains(marks));
        if let Some(value) = literal {
            // There is no StringLikeIgnoreCase. A star that is not at the end may let crafted branches in where it counts.
            let at_end = values.iter().all(|value| !value.trim_end_matches('*').contains('*'));
            let like = if at_end && !condition.operator_name.holds("Ignore") { "Like" } else { "Equals" };
            let name = condition.operator_name.replaced("Equals", like);
            let like =
                OPERATORS.iter().find(|one| one.family == Family::StringLike && one.negated == used.operator.negated);
            let operator = like.unwrap_or(used.operator);
            look.add_operator(Code::Aws007, condition, &brief(value), &name, Use { operator, ..used });
        } else if !used.operator.negated && look.statement.effect != Some(Effect::Deny) {
            match claim {
                "sub" => subjects(look, index, condition, &values, wild),
                "aud" => audience(look, index, &values, wild),
                _ => {
                    let wrong = values.iter().find(|value| !value.contains(WILDCARDS) && !is_uuid(value));
                    if let Some(value) = wrong {
                        look.add(Code::Aws023, &condition.at, value, None);
                    }
                }
            }
        }
    }
}

/// What is certain of a value for `sub`.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Form {
    Possible,
    /// The whole V1 subject, without a star that a V2 subject could go on in.
    V1,
    /// The beginning of a subject, and no star for the rest.
    Begun,
    OtherOrganization,
    Impossible,
}

fn form(value: &str, own: Option<&str>) -> Form {
    let [org, project, user, origin, reference] = slots(value);
    let id = |part: Option<&str>| part.and_then(|part| part.split('/').next()).map(str::to_owned);
    let (org, project) = (id(org), id(project));
    let could_be = |id: &Option<String>| id.as_ref().is_none_or(|id| id.contains('*') || could_be_id(id));
    let begins = |text: &str, with: &str| {
        let start = text.split(WILDCARDS).next().unwrap_or_default();
        start.starts_with(with) || (start.len() < text.len() && with.starts_with(start))
    };
    let open = value.contains('*');
    if !(begins(value, "org/") || (!open && "org/".starts_with(value)))
        || !could_be(&project)
        || !reference.is_none_or(|reference| begins(reference, "refs/"))
        || origin.is_some_and(|origin| origin.starts_with("https://"))
    {
        return Form::Impossible;
    }
    match org {
        Some(org) if !org.is_empty() && !org.contains('*') && own.is_some_and(|own| is_uuid(own) && own != org) => {
            return if is_uuid(&org) {
                Form::OtherOrganization
            } else if could_be_id(&org) {
                Form::Possible
            } else {
                Form::Impossible
            };
        }
        _ => {}
    }
    match user {
        _ if open || origin.is_some() || value.ends_with("/file-streaming/audit-logs") => Form::Possible,
        Some(user) if !user.is_empty() && !user.contains('/') => Form::V1,
        _ => Form::Begun,
    }
}

/// A UUID in lower case, of which any character may be `?`.
fn could_be_id(part: &str) -> bool {
    const MODEL: &str = "00000000-0000-0000-0000-000000000000";
    let filled: String = part.chars().zip(MODEL.chars()).map(|(own, any)| if own == '?' { any } else { own }).collect();
    filled.len() == part.len() && is_uuid(&filled)
}

fn subjects(look: &mut Look<'_>, index: usize, condition: &Condition, values: &[&str], wild: bool) {
    let own = match &*look.names {
        [name] => organization(name).map(str::to_owned),
        _ => None,
    };
    let mut ended = Vec::new();
    let (mut lacking, mut exact) = (None, true);
    for value in values {
        let form = form(value, own.as_deref());
        exact &= form == Form::V1;
        let code = match form {
            Form::OtherOrganization => Code::Aws021,
            Form::Impossible => Code::Aws023,
            Form::Begun if !wild => Code::Aws023,
            _ => Code::Aws008,
        };
        if code != Code::Aws008 {
            look.add(code, &condition.at, &brief(value), None);
        }
        if form == Form::V1 || form == Form::Begun {
            lacking = lacking.or(Some(value));
        }
        let end = match form {
            // What comes after the project stands for every user, what comes after the user for every branch.
            Form::V1 => {
                ended.push(Literal::Text((*value).to_owned()));
                "/vcs-origin/*"
            }
            Form::Begun if value.split('/').count() == 4 => "/user/*",
            _ => "",
        };
        ended.push(Literal::Text(format!("{value}{end}")));
    }
    if let Some(value) = lacking.filter(|_| wild && !values.iter().any(|value| value.holds("/vcs-origin/"))) {
        look.add_values(Code::Aws008, index, &brief(value), ended, &[]);
        if let Some(last) = look.remarks.last_mut().filter(|_| look.base.is_some()) {
            // V1 tokens do get in.
            last.finding.severity = Severity::Warning;
        }
    } else if let Some(value) = lacking.filter(|_| exact && !wild) {
        look.add(Code::Aws009, &condition.at, &brief(value), None);
    }
}

/// An audience that only somebody who mistook it for CircleCI's default writes: another vendor's, a URL of the issuer, the
/// id of another organization. Any other may be one that the job asks for.
fn audience(look: &mut Look<'_>, index: usize, values: &[&str], wild: bool) {
    let [name] = &*look.names else { return };
    let own = organization(name).filter(|id| is_uuid(id)).map(str::to_owned);
    let is_default = |value: &&str| own.as_deref().is_some_and(|own| *value == own || (wild && like(value, own)));
    let is_mistaken = |value: &&&str| {
        **value == "sts.amazonaws.com" || value.holds("oidc.circleci.com") || (own.is_some() && is_uuid(value))
    };
    let Some(mistaken) = values.iter().find(is_mistaken).filter(|_| !values.iter().any(is_default)) else { return };
    let all = values.iter().copied().chain(own.as_deref()).map(|text| Literal::Text(text.to_owned())).collect();
    look.add_values(Code::Aws006, index, mistaken, all, &[]);
}

#[cfg(test)]
mod tests {
    use super::{Form, form};

    const ID: &str = "9c6f6d1a-3f0e-4b64-9d6a-1d2f6f6f0a11";
    const OTHER: &str = "5e1f2c3d-8a7b-4c6d-9e0f-1a2b3c4d5e6f";

    #[test]
    fn says_only_what_is_certain() {
        let any = "?".repeat(36);
        for (value, expected) in [
            (format!("org/{ID}/project/{OTHER}/user/{OTHER}"), Form::V1),
            (format!("org/{ID}/project/{any}/user/{any}"), Form::V1),
            (format!("org/{ID}/project/{OTHER}/user/*"), Form::Possible),
            (format!("org/{ID}/project/{OTHER}/user/u/vcs-origin/x/vcs-ref/refs/y"), Form::Possible),
            (format!("org/{ID}/project/{OTHER}/user/u/vcs-origin/x/vcs-ref/*/y"), Form::Possible),
            (format!("org/{ID}/project/{OTHER}/user/*/vcs-ref/main"), Form::Impossible),
            (format!("org/{ID}/project/{OTHER}/user/u/vcs-origin/https://x/*"), Form::Impossible),
            (format!("org/{ID}/project/5e1f*"), Form::Possible),
            (format!("org/{ID}/*"), Form::Possible),
            (format!("org/{ID}/file-streaming/audit-logs"), Form::Possible),
            (format!("org/{ID}/file-*"), Form::Possible),
            (format!("org/{ID}/??oject/*"), Form::Possible),
            (format!("org/{ID}"), Form::Begun),
            (format!("org/{ID}/proj"), Form::Begun),
            (format!("org/{ID}/project/{OTHER}/user/"), Form::Begun),
            (format!("org/{OTHER}/project/*"), Form::OtherOrganization),
            (format!("org/{any}/project/*"), Form::Possible),
            ("*".to_owned(), Form::Possible),
            ("o*".to_owned(), Form::Possible),
            ("?rg/*".to_owned(), Form::Possible),
            ("repo:acme/web:*".to_owned(), Form::Impossible),
            ("org/acme/project/*".to_owned(), Form::Impossible),
            (format!("org/{ID}/project/web/user/*"), Form::Impossible),
            (format!("org/{ID}/project/{}/user/*", OTHER.to_uppercase()), Form::Impossible),
            (format!("/org/{ID}/*"), Form::Impossible),
        ] {
            assert!(form(&value, Some(ID)) == expected, "{value}");
        }
    }
}
