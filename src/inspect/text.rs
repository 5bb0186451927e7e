//! Results as text for a terminal: first what happened, then why, then what to do, and the whole way below.

use super::Report;
use crate::{
    Seconds,
    json::Value,
    report::{
        Decision, Outcome, Step, deciding,
        text::{Color, Style, clean, findings, shown, steps, values},
        time::{relative, utc},
    },
    token::Decoded,
    trust::TrustResult,
    verify::{Verdict, Verification},
};

/// Width of the words at the left, so that sentences start in one column.
const MARGIN: usize = 12;

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
    text.push_str(&decoded(&report.decoded, Some(report.now), style));
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
    if let Some(step) = deciding(&result.steps, outcome).filter(|_| outcome != Outcome::Pass) {
        text.push_str(&why(step, style));
    }
    text
}

/// The two values of the step that decided, and what to do about it.
fn why(step: &Step, style: Style) -> String {
    let mut text = values(step, MARGIN, style);
    if let Some(hint) = &step.hint {
        let margin = " ".repeat(MARGIN);
        text.push_str(&format!("{margin}{}\n", clean(&hint.message)));
        if let Some(fix) = &hint.fix {
            text.push_str(&format!("{margin}Fix       {}\n", clean(fix)));
        }
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
    text
}

fn verification_details(result: &Verification, style: Style) -> String {
    heading("Is the token genuine, ours and current?", style) + &steps(&result.steps, 2, style)
}

/// What a token says. `now` (epoch seconds): times are told relative to it too.
#[must_use]
pub fn decoded(decoded: &Decoded, now: Option<Seconds>, style: Style) -> String {
    let mut text = heading("What the token says", style);
    let moment = |seconds: Seconds| match now {
        Some(now) => format!("{} ({})", utc(seconds), relative(seconds, now)),
        None => utc(seconds),
    };
    for claim in &decoded.table {
        let value = match (&*claim.name, Seconds::of(&claim.value)) {
            ("iat" | "exp" | "nbf", Some(seconds)) => format!("{} = {}", shown(&claim.value), moment(seconds)),
            _ => shown(&claim.value),
        };
        text.push_str(&format!("  {}\n      {value}\n", clean(&claim.name)));
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
        let tested = if clouds.is_empty() { "no cloud can test it".to_owned() } else { clouds.join(" · ") };
        text.push_str(&format!("      {}\n", style.paint(Color::Dim, &clean(&claim.meaning))));
        text.push_str(&format!("      {}\n", style.paint(Color::Dim, &clean(&tested))));
    }
    text.push_str(&findings(&decoded.findings, 2, style));
    text
}
