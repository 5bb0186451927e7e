//! A fix is shown only if the same evaluation, with the fix in place, lets the token in; and never without what else it
//! lets in.

use super::{Probe, Proof, Proposal, Remark, Request, Trust, TrustResult, probe};
use crate::{
    report::{Code, Decision, Finding, Hint, Severity, Step, way_near},
    search::Search as _,
};

/// Whom no fix of a remark may let in.
static WIDE: [Code; 3] = [Code::ProbeOtherProject, Code::ProbeOtherOrganization, Code::ProbeAuditLog];

/// Adds the proved fixes to the steps of a refusal, and says which leads.
pub(super) fn hints(trust: &dyn Trust, request: &Request<'_>, result: &mut TrustResult) {
    if result.decision == Decision::Allow {
        return;
    }
    for Proposal { step, hint, edited } in trust.proposals(request, &result.steps) {
        if edited.decide(request) != Decision::Allow {
            continue;
        }
        let newly_admits = newly(&result.probes, probe::run(&*edited, request));
        // Who else it lets in is not known then.
        if trust.exhausted() {
            break;
        }
        if let Some(step) = at(&mut result.steps, &step) {
            step.hint = Some(Hint { newly_admits, ..hint });
        }
    }
    let proved = |step: &Step| step.hint.as_ref().is_some_and(|hint| hint.fix.is_some());
    result.fix = result.deciding.as_ref().and_then(|way| way_near(&result.steps, way, &proved));
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

/// Adds the remarks on the configuration, whatever it answers to the token.
pub(super) fn findings(trust: &dyn Trust, request: &Request<'_>, result: &mut TrustResult) {
    for mut finding in remarks(trust, request, &result.probes) {
        finding.subject.clone_from(&result.name);
        // What the evaluation remarked itself is remarked once more where there may be a fix for it.
        let same = |other: &&mut Finding| {
            (other.code, &other.at, &other.detail) == (finding.code, &finding.at, &finding.detail)
        };
        match result.findings.iter_mut().find(same) {
            Some(told) => told.fix = finding.fix.take(),
            None => result.findings.push(finding),
        }
    }
    if trust.exhausted() {
        let title = "Not everything was tried: this takes too many comparisons";
        let detail = "Who else gets in, remarks and fixes may be missing. Patterns with many * take the most.";
        let mut finding = Finding::new(Code::TrustExhausted, Severity::Info, title, detail);
        finding.subject.clone_from(&result.name);
        result.findings.push(finding);
    }
}

/// The remarks, each with its fix only if that is proved.
fn remarks(trust: &dyn Trust, request: &Request<'_>, probes: &[Probe]) -> Vec<Finding> {
    let of = |Remark { mut finding, proof }: Remark| {
        let allowed = |fix: &String| fix != "*" && !fix.holds("\"*\"");
        finding.fix = finding.fix.take().filter(allowed).filter(|_| proof.is_some_and(|proof| holds(trust, proof)));
        finding
    };
    trust.remarks(request, probes).into_iter().map(of).collect()
}

/// Who has to get in does. And who must not, does not; unless who is disguised gets in undisguised too. And nobody of
/// [`WIDE`] gets in who does not now: a remark says not who else its fix lets in.
fn holds(trust: &dyn Trust, Proof { edited, base, closes }: Proof) -> bool {
    let request = Request::made_up(&base);
    let refused = |probe: &Probe| match probe.decision {
        Decision::Deny => true,
        Decision::Allow => !probe.dangerous,
        Decision::Unknown | Decision::Invalid => false,
    };
    let wide = |trust| probe::some(trust, &request, |code| WIDE.contains(&code));
    let widens = || !newly(&wide(trust), wide(&*edited)).is_empty();
    edited.decide(&request) == Decision::Allow
        && !widens()
        && probe::some(&*edited, &request, |code| closes.contains(&code)).iter().all(refused)
        && !trust.exhausted()
}
