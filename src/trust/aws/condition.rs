//! One condition: look its key up, judge it, and say what came out.

use crate::search::Search as _;

use super::{
    clock,
    context::{Found, Subject},
    evaluate::Evaluation,
    explain,
    held::Held,
    hint::{self, Near},
    link,
    operator::{Family, Named, Surroundings, Use},
    policy::{Condition, Literal, Variables},
    quantify::{self, Judgement},
};
use crate::report::{Code, Outcome, Step};

/// A condition that was judged.
#[derive(Debug)]
pub(super) struct Judged<'a> {
    pub(super) condition: &'a Condition,
    pub(super) used: Use,
    pub(super) found: Found,
    pub(super) judgement: Judgement,
}

impl Judged<'_> {
    pub(super) fn label(&self) -> &str {
        explain::label(&self.found.subject, &self.condition.key)
    }

    pub(super) fn values(&self) -> &[Literal] {
        self.condition.values.as_deref().unwrap_or_default()
    }

    /// Whether the key is one that AWS never has for this token, whatever the token says.
    pub(super) fn never_seen(&self) -> bool {
        self.found.held == Held::Absent
            && matches!(self.found.subject, Subject::Hidden(_) | Subject::OtherProvider { .. } | Subject::Nothing)
    }
}

/// Judges a condition, and explains it.
pub(super) fn step(condition: &Condition, variables: Variables, evaluation: &Evaluation<'_>) -> Step {
    let Some(judged) = judge(condition, variables, evaluation) else {
        let title = format!("there is no condition operator {}", condition.operator_name);
        return Step::new(Code::AwsOperatorUnknown, Outcome::Unknown, title)
            .at(evaluation.places.span(&condition.at))
            .reference(link::OPERATORS);
    };
    if evaluation.places.quiet {
        return Step::new(judged.used.operator.code, judged.judgement.outcome, "");
    }
    let step = explained(&judged, evaluation);
    let variable = |value: &Literal| matches!(value, Literal::Text(text) if text.holds("${"));
    let literal = variables == Variables::Literal && condition.values.iter().flatten().any(variable);
    if literal && step.detail.is_none() {
        return step.detail("Without \"Version\": \"2012-10-17\" in the policy, ${…} is literal text and no variable.");
    }
    step
}

/// Judges a condition; none if its operator is none of IAM's.
pub(super) fn judge<'a>(
    condition: &'a Condition,
    variables: Variables,
    evaluation: &Evaluation<'_>,
) -> Option<Judged<'a>> {
    let (used, other_case) = match condition.operator {
        Named::Operator(used) => (used, false),
        Named::OtherCase(used) => (used, true),
        Named::Unknown => return None,
    };
    let found = evaluation.context.look_up(&condition.key);
    let around = Surroundings {
        context: &evaluation.context,
        variables,
        budget: &evaluation.budget,
        from_token: matches!(found.subject, Subject::Claim(_)),
    };
    let judgement = match &condition.values {
        _ if other_case => {
            Judgement::unknown("AWS does not say whether letter case counts in the name of an operator.")
        }
        None => Judgement::unknown("The values cannot be read."),
        Some(_) if used.operator.family.compares_texts() && evaluation.context.spells_time(&condition.key) => {
            Judgement::unknown(clock::SPELLING)
        }
        Some(values) => quantify::judge(used, values, &found.held, around),
    };
    Some(Judged { condition, used, found, judgement })
}

/// Why a condition that is not satisfied nearly was.
pub(super) fn near(judged: &Judged<'_>, evaluation: &Evaluation<'_>) -> Option<Near> {
    let context = &evaluation.context;
    match judged.judgement.outcome {
        Outcome::Fail if judged.never_seen() => hint::key(&judged.found.subject, &judged.condition.key, context),
        Outcome::Fail if !judged.used.operator.negated => hint::value(judged, context, &evaluation.hint_budget),
        _ => None,
    }
}

fn explained(judged: &Judged<'_>, evaluation: &Evaluation<'_>) -> Step {
    let at = evaluation.places.span(&judged.condition.at);
    let outcome = judged.judgement.outcome;
    let mut step = Step::new(judged.used.operator.code, outcome, explain::title(judged))
        .expected(judged.values().iter().map(explain::expected))
        .actual(explain::actual(&judged.found.held))
        .at(at.clone())
        .reference(link_of(judged));
    step.claim = explain::claim(&judged.found.subject).map(|claim| claim.to_owned().into());
    step.detail = judged.judgement.why.map(Into::into);
    if judged.never_seen() {
        let (code, title) = match outcome {
            Outcome::Fail => (Code::AwsConditionDead, "this condition can never be true"),
            Outcome::Pass => (Code::AwsConditionVacuous, "this condition restricts nothing"),
            Outcome::Unknown | Outcome::NotApplicable => return step,
        };
        let hint = hint::key(&judged.found.subject, &judged.condition.key, &evaluation.context).map(Near::hint);
        let child = Step::new(code, outcome, title)
            .at(at)
            .detail(hint::never_seen(&judged.found.subject, &judged.condition.key, &evaluation.context))
            .hint(hint)
            .reference(link::STS_KEYS);
        return match step.claim.clone() {
            Some(claim) => step.children([child.claim(claim)]),
            None => step.children([child]),
        };
    }
    step.hint(near(judged, evaluation).map(Near::hint))
}

const fn link_of(judged: &Judged<'_>) -> &'static str {
    match (judged.used.set, judged.used.operator.family) {
        (Some(_), _) => link::SET_OPERATORS,
        (None, Family::Null) => link::OPERATORS,
        _ if matches!(judged.found.subject, Subject::Request) => link::GLOBAL_KEYS,
        _ => link::OPERATORS,
    }
}
