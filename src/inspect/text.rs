//! Results as text for a terminal: first what happened, then why, then what to do, and the whole way below.

use super::Report;
use crate::{
    Seconds,
    json::Value,
    report::{
        Code, Decision, Hint, Outcome, Step, deciding,
        text::{Color, Style, clean, findings, fix, shown, steps, values},
        time::{relative, utc},
    },
    token::{Claim, Decoded, SubjectFormat},
    trust::{Probe, TrustResult},
    verify::{Verdict, Verification},
};

/// Width of the words at the left, so that sentences start in one column.
const MARGIN: usize = 12;

/// Of those whom a fix lets in, how many are named at the top; the dangerous ones are the first.
const ADMITTED: usize = 3;

/// A whole report.
#[must_use]
pub fn report(report: &Report, style: Style) -> String {
    let mut text = String::new();
    for result in &report.trust {
        text.push_str(&trust_summary(result, style));
    }
    text.push_str(&verification_summary(&report.verification, style));
    for result in &report.trust {
        text.push_str(&trust_details(result, style));
    }
    text.push_str(&verification_details(&report.verification, style));
    text.push_str(&claims(&report.decoded, Some(report.now), style, |_| String::new()));
    text.push_str(&format!(
        "\n{}\n",
        style.paint(
            Color::Dim,
            &format!(
                "circleci-oidc {}, rules of {}, clock {}",
                report.engine.version,
                report.engine.rules_date,
                utc(report.now)
            )
        )
    ));
    text
}

/// One configuration's answer.
#[must_use]
pub fn trust(result: &TrustResult, style: Style) -> String {
    trust_summary(result, style) + &trust_details(result, style)
}

/// One verification.
#[must_use]
pub fn verification(result: &Verification, style: Style) -> String {
    verification_summary(result, style) + &verification_details(result, style)
}

fn verdict_line(word: &str, color: Color, headline: &str, style: Style) -> String {
    let gap = " ".repeat(MARGIN.saturating_sub(word.chars().count()));
    format!("{}{gap}{}\n", style.paint(color, word), clean(headline))
}

fn trust_summary(result: &TrustResult, style: Style) -> String {
    let (word, color) = match result.decision {
        Decision::Allow => ("ALLOWED", Color::Green),
        Decision::Deny => ("DENIED", Color::Red),
        Decision::Invalid => ("NOT STORED", Color::Red),
        Decision::Unknown => ("UNKNOWN", Color::Yellow),
    };
    let outcome = match result.decision {
        Decision::Allow => Outcome::Pass,
        Decision::Unknown => Outcome::Unknown,
        Decision::Deny | Decision::Invalid => Outcome::Fail,
    };
    let mut text = verdict_line(word, color, &result.headline, style);
    let decisive = deciding(&result.steps, outcome).filter(|_| outcome != Outcome::Pass);
    if let Some(step) = decisive {
        text.push_str(&why(step, &result.headline, style));
    }
    let margin = " ".repeat(MARGIN);
    if let Some(sibling) = &result.sibling
        && sibling.decision != result.decision
    {
        let form = if sibling.format == SubjectFormat::V1 { "V1" } else { "V2" };
        text.push_str(&format!("{margin}The same job's {form} token: {}.\n", decision_word(sibling.decision)));
    }
    if let Some(hint) = decisive.and_then(|leaf| proved(&result.steps, leaf)) {
        if hint.code == Code::HintTogether {
            text.push_str(&format!("{margin}{}\n", clean(&hint.message)));
        }
        text.push_str(&fix(hint, MARGIN, ADMITTED, style));
    }
    text
}

/// The fix to show first: of the step that decided or of one that it is a part of, else the first there is.
fn proved<'a>(steps: &'a [Step], leaf: &Step) -> Option<&'a Hint> {
    let own = |step: &'a Step| step.hint.as_ref().filter(|hint| hint.fix.is_some());
    let whole = steps.iter().find(|step| step.holds(leaf));
    let near = whole.and_then(|step| own(step).or_else(|| proved(&step.children, leaf)));
    near.or_else(|| steps.iter().find_map(|step| own(step).or_else(|| proved(&step.children, leaf))))
}

const fn decision_word(decision: Decision) -> &'static str {
    match decision {
        Decision::Allow => "allowed",
        Decision::Deny => "denied",
        Decision::Invalid => "not stored",
        Decision::Unknown => "unknown",
    }
}

/// The two values of the step that decided, and what to do about it.
fn why(step: &Step, headline: &str, style: Style) -> String {
    let mut text = values(step, MARGIN, style);
    if step.code == Code::AwsStatementDeny {
        // Its conditions are all satisfied; what they compared is what denies.
        let compared =
            step.children.iter().filter(|child| ![Code::AwsPrincipal, Code::AwsAction].contains(&child.code));
        text.extend(compared.map(|child| values(child, MARGIN, style)));
    }
    if let Some(hint) = &step.hint
        && !headline.contains(&hint.message)
    {
        text.push_str(&format!("{}{}\n", " ".repeat(MARGIN), clean(&hint.message)));
    }
    text
}

fn verification_summary(result: &Verification, style: Style) -> String {
    let (word, color) = match result.verdict {
        Verdict::Valid => ("VALID", Color::Green),
        Verdict::Invalid => ("INVALID", Color::Red),
        Verdict::Unverified => ("UNVERIFIED", Color::Yellow),
    };
    verdict_line(word, color, &result.headline, style)
}

fn heading(title: &str, style: Style) -> String {
    format!("\n{}\n", style.paint(Color::Bold, title))
}

fn trust_details(result: &TrustResult, style: Style) -> String {
    let name = result.name.as_deref().map(|name| format!(" {}", clean(name))).unwrap_or_default();
    let mut text = heading(&format!("{}{name}", result.provider), style);
    text.push_str(&steps(&result.steps, 2, style));
    if let Some(Value::Object(members)) = &result.identity {
        for (name, value) in members {
            text.push_str(&format!("  {}: {}\n", clean(name), shown(value)));
        }
    }
    if !result.assumed.is_empty() {
        text.push_str("  Taken for granted, because it was not shown:\n");
        for assumption in &result.assumed {
            text.push_str(&format!("    {}\n", style.paint(Color::Dim, &clean(assumption))));
        }
    }
    text.push_str(&findings(&result.findings, 2, style));
    text.push_str(&probes(&result.probes, style));
    text
}

/// Who else gets in, one line each; of a danger also the claims that differ.
fn probes(probes: &[Probe], style: Style) -> String {
    let mut text = String::new();
    if !probes.is_empty() && probes.iter().all(|probe| probe.decision == Decision::Deny) {
        return format!("  Who else gets in? None of the {} other tokens that were tried.\n", probes.len());
    }
    for probe in probes {
        let (mark, color) = match (probe.dangerous, probe.decision) {
            (true, _) => ("!", Color::Red),
            (false, Decision::Allow) => ("+", Color::Green),
            (false, Decision::Unknown) => ("?", Color::Yellow),
            (false, Decision::Deny | Decision::Invalid) => ("-", Color::Dim),
        };
        let decision = decision_word(probe.decision);
        let gap = " ".repeat(MARGIN.saturating_sub(decision.len()));
        text.push_str(&format!("    {} {decision}{gap}{}\n", style.paint(color, mark), clean(&probe.title)));
        if let (true, Value::Object(claims)) = (probe.dangerous, &probe.claims) {
            for (name, value) in claims {
                text.push_str(&format!("      {}{}: {}\n", " ".repeat(MARGIN), clean(name), shown(value)));
            }
        }
    }
    if text.is_empty() { text } else { format!("  Who else gets in?\n{text}") }
}

/// The nine steps; what a step is made of only where it did not pass.
fn verification_details(result: &Verification, style: Style) -> String {
    let mut text = heading("Is the token genuine, ours and current?", style);
    for step in &result.steps {
        let mut whole;
        let shown = if step.outcome == Outcome::Pass {
            whole = step.clone();
            whole.children.clear();
            &whole
        } else {
            step
        };
        text.push_str(&steps(std::slice::from_ref(shown), 2, style));
    }
    text
}

/// What a token says, claim by claim, each explained.
#[must_use]
pub fn decoded(decoded: &Decoded, style: Style) -> String {
    claims(decoded, None, style, |claim| {
        let testable = &claim.testable;
        let clouds: Vec<String> = [
            ("AWS", &testable.aws),
            ("Google Cloud", &testable.gcp),
            ("Azure", &testable.azure),
            ("Vault", &testable.vault),
        ]
        .into_iter()
        .filter_map(|(cloud, name)| name.as_ref().map(|name| format!("{cloud} {name}")))
        .collect();
        let tested = if clouds.is_empty() { "No cloud can test it.".to_owned() } else { clouds.join(" · ") };
        [&claim.meaning, &tested].map(|note| format!("      {}\n", style.paint(Color::Dim, &clean(note)))).concat()
    })
}

/// The claims with their values, each followed by `note`. Times are told relative to `now` too, if it is given.
fn claims(decoded: &Decoded, now: Option<Seconds>, style: Style, note: impl Fn(&Claim) -> String) -> String {
    let mut text = heading("What the token says", style);
    let width = decoded.table.iter().map(|claim| claim.name.chars().count()).max().unwrap_or_default().min(48);
    for claim in &decoded.table {
        let value = shown(&claim.value);
        let time = match (&*claim.name, Seconds::of(&claim.value), now) {
            ("iat" | "exp" | "nbf", Some(at), Some(now)) => format!(" = {} ({})", utc(at), relative(at, now)),
            ("iat" | "exp" | "nbf", Some(at), None) => format!(" = {}", utc(at)),
            _ => String::new(),
        };
        text.push_str(&format!("  {:<width$}  {value}{time}\n{}", clean(&claim.name), note(claim)));
    }
    text + &findings(&decoded.findings, 2, style)
}
