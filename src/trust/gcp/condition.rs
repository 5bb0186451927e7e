//! The attribute condition: the token is let in if, and only if, it is true. False and error are refused with one and the
//! same message (<https://cloud.google.com/iam/docs/workload-identity-federation#conditions>, as of 2026-04-02).

use super::{explain::Explainer, field::Places, link, mapping::Attributes, provider::WorkloadProvider};
use crate::{
    report::{Code, Outcome, Step},
    token::Claims,
};

/// The step; `quiet`: without near misses. Its children are the parts that `&&` or `||` joins, or the one comparison that the condition is.
pub(super) fn step(
    provider: &WorkloadProvider,
    attributes: &Attributes,
    claims: &Claims,
    places: Places<'_>,
    quiet: bool,
) -> Step {
    let step = |outcome, title: &'static str| Step::new(Code::GcpCondition, outcome, title).reference(link::FEDERATION);
    if provider.untold.condition {
        return step(Outcome::Unknown, "the attribute condition is not told");
    }
    let Some(written) = &provider.condition else {
        return step(Outcome::Pass, "there is no attribute condition, so every token that got this far gets in");
    };
    let at = places.span(&written.field.at);
    let Some(expression) = &written.expression else {
        return step(Outcome::Unknown, "the attribute condition cannot be read").at(at);
    };
    let environment = attributes.environment(claims, provider.untold.mapping);
    let traced = expression.evaluate(&environment);
    attributes.spent.set(attributes.spent.get().saturating_add(environment.spent()));
    let outcome = traced.outcome();
    let title = match outcome {
        Outcome::Pass => "the attribute condition is true",
        Outcome::Fail if traced.value.is(false) => "the attribute condition is false",
        Outcome::Fail => "the attribute condition fails with an error, which counts as false",
        Outcome::Unknown | Outcome::NotApplicable => "whether the attribute condition is true is not certain",
    };
    let step = step(outcome, title).at(at);
    let step = match outcome {
        Outcome::Fail => step.vendor_text("The given credential is rejected by the attribute condition."),
        _ => step,
    };
    step.children([Explainer { provider, written, places, claims: (!quiet).then_some(claims) }.step(&traced)])
}
