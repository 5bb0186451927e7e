//! A fix is shown only if the same evaluation, with the fix in place, lets the token in; and never without what else it
//! lets in.

use super::{Probe, Proposal, Remark, Request, Trust, TrustResult, probe, survey::admitted};
use crate::report::{Decision, Finding, Hint, Step};

/// Adds the proved fixes to the steps of a refusal.
pub(super) fn hints(trust: &dyn Trust, request: &Request<'_>, result: &mut TrustResult) {
    if result.decision == Decision::Allow {
        return;
    }
    for Proposal { step, hint, edited } in trust.proposals(request, &result.steps) {
        if edited.decide(request) != Decision::Allow {
            continue;
        }
        let newly_admits = newly(&result.probes, probe::run(&*edited, request));
        if let Some(step) = at(&mut result.steps, &step) {
            step.hint = Some(Hint { newly_admits, ..hint });
        }
    }
}

/// Who gets in now and did not before, the dangerous ones first.
fn newly(before: &[Probe], after: Vec<Probe>) -> Vec<String> {
    let was =
        |probe: &Probe| before.iter().any(|other| other.title == probe.title && other.decision == Decision::Allow);
    let new: Vec<Probe> = after.into_iter().filter(|probe| probe.decision == Decision::Allow && !was(probe)).collect();
    let of = |dangerous: bool| new.iter().filter(move |probe| probe.dangerous == dangerous);
    of(true).chain(of(false)).map(|probe| probe.title.clone()).collect()
}

fn at<'a>(steps: &'a mut [Step], way: &[usize]) -> Option<&'a mut Step> {
    let (first, rest) = way.split_first()?;
    let step = steps.get_mut(*first)?;
    if rest.is_empty() { Some(step) } else { at(&mut step.children, rest) }
}

/// Adds the remarks on the configuration. They are about a token that gets in: the given one, or one that is made up.
pub(super) fn findings(trust: &dyn Trust, request: &Request<'_>, result: &mut TrustResult) {
    let found = if result.decision == Decision::Allow {
        remarks(trust, Some(request), request, &result.probes)
    } else {
        let made_up = admitted(trust);
        match &made_up {
            Some(claims) => {
                let request = Request::made_up(claims);
                remarks(trust, Some(&request), &request, &probe::run(trust, &request))
            }
            None => remarks(trust, None, request, &[]),
        }
    };
    result.findings.extend(found.into_iter().map(|mut finding| {
        finding.subject.clone_from(&result.name);
        finding
    }));
}

/// The remarks, each with its fix only if that is proved. `base`: a token that gets in.
pub(super) fn remarks(
    trust: &dyn Trust,
    base: Option<&Request<'_>>,
    request: &Request<'_>,
    probes: &[Probe],
) -> Vec<Finding> {
    let of = |remark: Remark| {
        let proved = remark.edited.as_ref().is_some_and(|edited| {
            // What gets in now still does; of what nothing gets in, something does then.
            let made_up = if base.is_none() { admitted(&**edited) } else { None };
            let kept = match (base, &made_up) {
                (Some(base), _) => edited.decide(base) == Decision::Allow,
                (None, Some(_)) => true,
                (None, None) => false,
            };
            kept && base.is_none_or(|base| {
                let still = probe::some(&**edited, base, |code| remark.closes.contains(&code));
                still.iter().all(|probe| probe.decision == Decision::Deny)
            })
        });
        let mut finding = remark.finding;
        finding.fix = finding.fix.take().filter(|_| proved);
        finding
    };
    trust.remarks(request, probes).into_iter().map(of).collect()
}
