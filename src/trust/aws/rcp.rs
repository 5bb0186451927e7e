//! Resource control policies: what AWS Organizations forbids for the roles of an account, whatever their trust policies
//! allow.
//!
//! They apply to the calls of STS, and any of them can deny
//! (<https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_rcps.html>, as of 2026-09-26). One of
//! one's own only denies; what allows everything else is `RCPFullAWSAccess`, which AWS attaches everywhere and nobody can
//! detach. They affect no role of the management account.

use super::{
    budget,
    document::Found,
    evaluate::Evaluation,
    explain::Places,
    fault::{Fault, Problem},
    input::Document,
    link,
    policy::{Actions, Effect, Policy, Principals, Statement, Variables},
    read, statement, whole,
};
use crate::report::{Code, Outcome, Source, Step};

/// A resource control policy, read.
#[derive(Debug)]
pub(super) struct Rcp {
    /// Its number in the list, from 1, and its own name where that is told.
    name: String,
    /// The pasted text; none where it came as an object.
    source: Option<Source>,
    policy: Policy,
    /// What AWS Organizations would refuse.
    problems: Vec<Problem>,
}

impl Rcp {
    pub(super) fn new(number: usize, document: Document, source: Option<Source>) -> Self {
        let mut name = format!("resource control policy {number}");
        let (policy, problems) = match document {
            Err(problem) => {
                (Policy { variables: Variables::NotTold, statements: Vec::new(), more: false }, vec![problem])
            }
            Ok(found) => {
                if let Some(own) = &found.name {
                    name = format!("{name} ({own})");
                }
                read(&found)
            }
        };
        Self { name, source, policy, problems }
    }

    /// The statements that deny.
    pub(super) fn denies(&self) -> impl Iterator<Item = &Statement> {
        self.policy.statements.iter().filter(|statement| statement.effect == Some(Effect::Deny))
    }
}

/// Reads one by the rules of
/// <https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_rcps_syntax.html> (a copy of 2026).
fn read(found: &Found) -> (Policy, Vec<Problem>) {
    let (mut policy, of_parts) = read::policy(found);
    let (mut problems, _) = whole::check(found);
    problems.extend(of_parts);
    let all = |list: &Actions| matches!(list, Actions::Only(all) if matches!(&**all, [one] if one.name == "*"));
    if let [one] = &*policy.statements
        && one.effect == Some(Effect::Allow)
        && all(&one.actions)
        && one.resources.as_ref().is_some_and(all)
        && one.conditions.is_empty()
    {
        // This is RCPFullAWSAccess.
        policy.statements.clear();
    }
    let mut refuse = |fault, title: &str, number, at| problems.push(Problem::new(fault, title, number, at));
    if policy.variables == Variables::Literal {
        policy.variables = Variables::NotTold;
        // Each "must include" it, but the page shows some without.
        let title = "the Version of a resource control policy is 2012-10-17";
        refuse(Fault::NoVersion, title, None, &found.policy.at);
    }
    for one in &policy.statements {
        let number = Some(one.number);
        if one.effect == Some(Effect::Allow) {
            refuse(Fault::Effect, "Effect has to be Deny: only AWS's own RCPFullAWSAccess allows", number, &one.at);
        }
        if let Principals::Listed(listed) = &one.principals
            && let Some(other) = listed.iter().find(|other| other.value != "*").or(listed.first())
        {
            let fault = if other.value == "*" { Fault::PrincipalStar } else { Fault::PrincipalType };
            refuse(fault, "Principal has to be \"*\"", number, &other.at);
        }
        match &one.actions {
            Actions::AllBut(_) => refuse(Fault::NoAction, "the policy cannot hold NotAction", number, &one.at),
            Actions::Only(listed) => {
                let named = |name: &str| name.split_once(':').is_some_and(|(service, _)| !service.contains(['*', '?']));
                if let Some(action) = listed.iter().find(|action| !named(&action.name)) {
                    refuse(Fault::ForeignAction, "each action has to name its service: sts:*", number, &action.at);
                }
            }
            Actions::Refused => {}
        }
    }
    (policy, problems)
}

/// Judges all of them.
pub(super) fn step<'a>(all: &'a [Rcp], evaluation: &mut Evaluation<'a>) -> Step {
    let mut children = Vec::new();
    for rcp in all {
        evaluation.places = Places { source: rcp.source.as_ref(), ..evaluation.places };
        children.push(of_one(rcp, evaluation));
    }
    let outcome = Outcome::all(children.iter().map(|step| step.outcome));
    let title = match outcome {
        Outcome::Fail => "a resource control policy forbids the call",
        Outcome::Pass => "no resource control policy forbids the call",
        Outcome::Unknown | Outcome::NotApplicable => {
            "whether a resource control policy forbids the call is not certain"
        }
    };
    Step::new(Code::AwsRcp, outcome, title).reference(link::CONTROL).children(children)
}

/// What AWS Organizations refuses is not what applies, and what does is not known; so its statements are not judged. Of
/// what it perhaps refuses one thing can be known: that it denies nothing either way.
fn of_one(rcp: &Rcp, evaluation: &Evaluation<'_>) -> Step {
    let mut step = Step::new(Code::AwsRcpPolicy, Outcome::Pass, rcp.name.clone()).reference(link::CONTROL);
    let mut refused = rcp.policy.more;
    for problem in &rcp.problems {
        let certain = problem.fault.outcome() == Outcome::Fail;
        refused |= certain || problem.fault == Fault::EmptyList;
        if step.children.len() < budget::FAULTS {
            let so = if certain {
                "refuses this document, so what applies is not known"
            } else {
                "perhaps refuses this document"
            };
            let title = format!("AWS Organizations {so}: {}", problem.numbered());
            let child = Step::new(Code::AwsRcpDocument, Outcome::Unknown, title);
            step.children.push(child.at(evaluation.places.span(&problem.at)).reference(link::CONTROL_SYNTAX));
        }
    }
    for one in rcp.policy.statements.iter().filter(|_| !refused) {
        let mut child = statement::step(one, rcp.policy.variables, evaluation);
        // That a condition is never met by this token, or always, is no remark on a policy for everybody.
        child.children.iter_mut().for_each(|condition| condition.children.clear());
        step.outcome = Outcome::all([step.outcome, child.outcome]);
        step.children.push(child);
    }
    if refused || (!rcp.problems.is_empty() && step.outcome != Outcome::Pass) {
        step.outcome = Outcome::Unknown;
    }
    step
}
