//! The one sentence that says what decided, in which role, where.

use crate::{
    json::Value,
    report::{Code, Decision, Outcome, Step, deciding, way_to},
    search::Search as _,
    token::Claims,
    trust::near::{Ids, of_text},
};

/// What it means for a job that a claim does not fit, and what to do.
static MEANS: [(&str, &str); 5] = [
    ("project-id", "The job is of another project: bind that too, or log in with its own role"),
    ("org-id", "The job is of another organization"),
    ("context-ids", "The job uses none of these contexts: give it one, or bind one that it has"),
    ("vcs-ref", "The job runs on another branch or tag: bind that too, or run it there"),
    ("vcs-origin", "The job is of another repository, or of a fork"),
];

/// The longest value that stands in a headline.
const SHOWN: usize = 64;

/// The sentence, and the way to the step that decided.
pub(super) fn write(
    name: Option<&str>,
    decision: Decision,
    steps: &[Step],
    claims: &Claims,
) -> (String, Option<Vec<usize>>) {
    let mut place: Vec<String> = name.map(|name| ["role ", name].concat()).into_iter().collect();
    let stored = |step: &&Step| matches!(step.code, Code::VaultRole | Code::VaultMount);
    let (outcome, count) = match decision {
        Decision::Allow => return (join(&place, &allowed(steps)), None),
        Decision::Invalid => (Outcome::Fail, steps.iter().take_while(stored).count()),
        Decision::Deny => (Outcome::Fail, steps.len()),
        Decision::Unknown => (Outcome::Unknown, steps.len()),
    };
    let Some(leaf) = deciding(steps.get(..count).unwrap_or_default(), outcome) else {
        return ("nothing was decided".to_owned(), None);
    };
    let group = steps.iter().find(|step| step.holds(leaf));
    let of_mount = [Code::VaultTokenIssuer, Code::VaultTokenKeys].contains(&leaf.code)
        || group.is_some_and(|group| group.code == Code::VaultMount);
    if of_mount {
        place.push("its mount".to_owned());
    }
    place.extend(leaf.at.as_ref().map(|at| format!("line {}", at.line)));
    let mut sentence = leaf.title.clone().into_owned();
    let mut say = |words: &str| sentence = [&*sentence, ". ", words.trim_end_matches('.')].concat();
    let compared = [
        Code::VaultClaimsEqual,
        Code::VaultClaimsGlob,
        Code::VaultTokenAudience,
        Code::VaultTokenSubject,
        Code::VaultTokenIssuer,
    ];
    // What differs in type alone looks the same; a long value stands below.
    match (&leaf.detail, &leaf.actual) {
        (Some(detail), Some(Value::Bool(_) | Value::Number(_))) => say(detail),
        (_, Some(actual)) if compared.contains(&leaf.code) && !leaf.expected.is_empty() => {
            let text = actual.as_str().map_or_else(|| actual.to_json(), str::to_owned);
            let near = || of_text(leaf.expected.first()?.as_str()?, actual.as_str()?, &Ids::of(claims));
            let claim = leaf.claim.as_deref().unwrap_or_default();
            let told = MEANS.iter().find(|(own, _)| claim.after_last("oidc.circleci.com/") == Some(own));
            match (near().filter(|_| outcome == Outcome::Fail), told.filter(|_| outcome == Outcome::Fail)) {
                (Some((_, why)), _) => say(&why),
                (None, Some((_, means))) => say(means),
                _ if text.len() <= SHOWN => say(&["The token has ", &*text].concat()),
                _ => {}
            }
        }
        _ => {}
    }
    let failed = |step: &&Step| step.outcome == outcome;
    let others = group
        .filter(|group| group.code == Code::VaultClaims)
        .map_or(0, |group| group.children.iter().filter(failed).count());
    if let Some(others) = others.checked_sub(1).filter(|others| *others > 0 && outcome == Outcome::Fail) {
        say(&format!("{others} more bound claim{} not fit", if others == 1 { " does" } else { "s do" }));
    }
    let end = if sentence.ends_with('…') { "" } else { "." };
    (join(&place, &[&*sentence, end].concat()), way_to(steps, leaf))
}

fn join(place: &[String], sentence: &str) -> String {
    if place.is_empty() { sentence.to_owned() } else { [&*place.join(", "), ": ", sentence].concat() }
}

/// What let the token in.
fn allowed(steps: &[Step]) -> String {
    let mut parts = Vec::new();
    for code in [Code::VaultClaims, Code::VaultTokenSubject, Code::VaultTokenAudience] {
        let Some(step) = find(steps, code) else { continue };
        // One bound claim says more than that all of them fit.
        parts.push(match &*step.children {
            [one] => &*one.title,
            _ => &*step.title,
        });
    }
    parts.join("; ") + "."
}

fn find(steps: &[Step], code: Code) -> Option<&Step> {
    steps.iter().find_map(|step| if step.code == code { Some(step) } else { find(&step.children, code) })
}
