//! Issuer, subject and audience of each credential: whole strings, case-sensitive, all three in one credential
//! (<https://learn.microsoft.com/entra/workload-id/workload-identity-federation-considerations>, the state of July 2026).

use std::cmp::Reverse;

use super::{
    credential::{Credential, PARTS, Part},
    link, near,
};
use crate::{
    json::{Node, Value},
    report::{Code, Hint, Outcome, Source, Step},
    token::{Claims, Known},
    trust::near::Ids,
};

/// What the comparisons of one credential found, in the order of [`PARTS`].
pub(super) type Found = [Outcome; 3];

/// Compares a credential with the claims.
pub(super) fn compare(credential: &Credential, claims: &Claims) -> Found {
    let mut found = [Outcome::Unknown; 3];
    let written = PARTS.iter().zip(&credential.parts).zip(&credential.untold);
    for (((part, written), untold), found) in written.zip(&mut found) {
        if untold.is_none() {
            *found = one(part, written, credential, claims);
        }
    }
    found
}

fn one(part: &Part, written: &[Node], credential: &Credential, claims: &Claims) -> Outcome {
    let holds = |text: &str| written.iter().any(|node| node.as_str() == Some(text));
    let held = match claims.get(part.claim) {
        Known::NotKnown => return Outcome::Unknown,
        Known::Absent => return Outcome::Fail,
        Known::Present(held) => held,
    };
    if part.claim == "sub" && credential.expression.is_some() {
        return Outcome::Unknown;
    }
    match held {
        // White space around the token's issuer blocks the exchange, whatever the credential has.
        Value::String(held) if part.claim == "iss" && held.trim() != held => Outcome::Fail,
        Value::String(held) => match holds(held) {
            // "Wildcard characters aren't supported": what becomes of a literal one is not said.
            true if held.contains(['*']) => Outcome::Unknown,
            equal => Outcome::from_bool(equal),
        },
        // How Entra reads a list is not documented; one without the value has no reading that fits.
        Value::Array(items) if items.iter().all(|item| item.as_str().is_some()) => {
            if items.iter().filter_map(Value::as_str).any(holds) { Outcome::Unknown } else { Outcome::Fail }
        }
        _ => Outcome::Unknown,
    }
}

/// What all of them found: one credential is enough.
pub(super) fn any(found: &[Found]) -> Outcome {
    Outcome::any(found.iter().map(|found| Outcome::all(found.iter().copied())))
}

/// Of the credentials that did not let the token in, the one with the fewest differences; of several, the one whose texts
/// agree the longest.
pub(super) fn closest(credentials: &[Credential], found: &[Found], claims: &Claims) -> Option<usize> {
    let whole = any(found);
    if whole == Outcome::Pass {
        return None;
    }
    let mut best = None;
    for (index, (credential, found)) in credentials.iter().zip(found).enumerate() {
        if Outcome::all(found.iter().copied()) != whole {
            continue;
        }
        let mut key = (0_usize, Reverse(0_usize));
        for (number, (part, outcome)) in PARTS.iter().zip(found).enumerate() {
            key.0 = key.0.saturating_add(usize::from(*outcome == whole));
            if let (Some(written), Some(held)) = (credential.text(number), claims.text(part.claim)) {
                let alike = written.bytes().zip(held.bytes()).take_while(|(left, right)| left == right).count();
                key.1.0 = key.1.0.saturating_add(alike);
            }
        }
        if best.is_none_or(|(_, other)| key < other) {
            best = Some((index, key));
        }
    }
    best.map(|(index, _)| index)
}

/// The step of each credential.
pub(super) fn steps(
    credentials: &[Credential],
    found: &[Found],
    claims: &Claims,
    source: Option<&Source>,
) -> Vec<Step> {
    let nearest = closest(credentials, found, claims);
    let is_certain = nearest.is_some_and(|nearest| is_certain(found, nearest));
    let look = Look { claims, source, ids: Ids::of(claims) };
    let mut steps = Vec::new();
    for (index, (credential, outcomes)) in credentials.iter().zip(found).enumerate() {
        let is_nearest = nearest == Some(index);
        steps.push(look.credential(credential, outcomes, is_nearest, is_nearest && is_certain));
    }
    steps
}

/// Whether it is certain which code Entra answers with. In which order it looks is not documented, so one difference alone has
/// to be left, and no other credential may be one difference away in another part; and that no credential has the issuer is
/// said of all of them.
fn is_certain(found: &[Found], nearest: usize) -> bool {
    let single = |found: &Found| {
        let mut failed = found.iter().enumerate().filter(|(_, one)| **one != Outcome::Pass);
        failed.next().filter(|_| failed.next().is_none()).map(|(index, _)| index)
    };
    let Some(only) = found.get(nearest).and_then(single) else { return false };
    let agree = found.iter().all(|found| single(found).is_none_or(|other| other == only));
    agree && (only != 0 || found.iter().all(|[issuer, ..]| *issuer == Outcome::Fail))
}

struct Look<'a> {
    claims: &'a Claims,
    source: Option<&'a Source>,
    ids: Ids,
}

impl Look<'_> {
    fn credential(&self, credential: &Credential, found: &Found, is_nearest: bool, is_certain: bool) -> Step {
        let outcome = Outcome::all(found.iter().copied());
        let of = |wanted: Outcome| {
            let mut names = Vec::new();
            for (part, one) in PARTS.iter().zip(found) {
                if *one == wanted {
                    names.push(part.name);
                }
            }
            names
        };
        let says = |verb: [&str; 2], names: &[&str]| {
            let (last, rest) = names.split_last().unwrap_or((&"", &[]));
            match rest {
                [] => ["the ", last, " ", verb[0]].concat(),
                _ => [&*rest.join(", "), " and ", last, " ", verb[1]].concat(),
            }
        };
        let what = match outcome {
            Outcome::Pass => says(["is the token's", "are the token's"], &of(Outcome::Pass)),
            Outcome::Fail => says(["differs from the token's", "differ from the token's"], &of(Outcome::Fail)),
            _ => says(["is not certain", "are not certain"], &of(Outcome::Unknown)),
        };
        let children = PARTS.iter().enumerate().zip(found);
        let code = if is_nearest { Code::AzureCredentialClosest } else { Code::AzureCredential };
        let title = [&*credential.label, ": ", &*what].concat();
        Step::new(code, outcome, title)
            .at(self.source.map(|source| source.span(credential.at.start..credential.at.start.saturating_add(1))))
            .reference(link::CONSIDERATIONS)
            .alternative()
            .children(children.map(|((index, part), outcome)| self.part(credential, index, part, *outcome, is_certain)))
    }

    fn part(&self, credential: &Credential, index: usize, part: &Part, outcome: Outcome, is_certain: bool) -> Step {
        let written = credential.parts.get(index).map(Vec::as_slice).unwrap_or_default();
        let flexible = credential.expression.as_ref().filter(|_| part.claim == "sub");
        let code = if flexible.is_some() { Code::AzureCredentialExpression } else { part.code };
        let told = self.claims.get(part.claim);
        let verb = match (outcome, told) {
            (_, Known::Absent) => ["the token has no ", part.claim, ""],
            (_, Known::NotKnown) => ["the evidence does not tell ", part.claim, ""],
            (Outcome::Pass, _) => ["the ", part.name, " is the token's"],
            (Outcome::Fail, _) => ["the ", part.name, " differs from the token's"],
            _ if flexible.is_some() => ["flexible expressions are not judged here", "", ""],
            _ => match credential.untold.get(index) {
                Some(Some(why)) => ["the ", part.name, why],
                _ => ["Entra does not say how it reads this ", part.claim, ""],
            },
        };
        let own = flexible.map_or(written, std::slice::from_ref);
        let at = own.first().and_then(|first| Some(self.source?.span(first.at.clone())));
        let expected = own.iter().filter_map(|text| text.as_str());
        let mut step = Step::new(code, outcome, verb.concat()).claim(part.claim).expected(expected).at(at);
        if let Known::Present(held) = told {
            step.actual = Some(held.clone());
        }
        let (Outcome::Fail, Some(held)) = (outcome, self.claims.text(part.claim)) else { return step };
        if held.trim() != held && part.claim == "iss" {
            return step.detail("White space around the token's issuer blocks the exchange.");
        }
        // Another service's credential is near to nothing.
        let meant = credential.text(index).filter(|_| credential.is_for_circleci());
        let near = meant.and_then(|written| near::of(part.claim, written, held, &self.ids));
        let is_case = near.as_ref().is_some_and(|(code, _)| *code == Code::HintCase);
        if is_case {
            step.reference = Some(link::CASE);
            step.detail = Some(CASE.into());
        }
        if is_certain && (!is_case || part.claim == "sub") {
            let (error, more) = if is_case { ("AADSTS7002138", ONLY_CASE) } else { (part.error, "") };
            let name = part.name;
            step.vendor_text = Some([error, NO_MATCH, name, " '", held, "'.", more].concat().into());
        }
        if let Some((code, message)) = near {
            step.hint = Some(Hint { code, message, fix: None, at: None, newly_admits: Vec::new() });
        }
        step
    }
}

/// <https://learn.microsoft.com/entra/identity-platform/reference-breaking-changes>, "August 2024".
const CASE: &str = "Letter case counts since September 2024 (for what was created after 2024-08-14 at once). A very old \
                    application that was in use then may still take it.";
const NO_MATCH: &str = ": No matching federated identity record found for presented assertion ";
/// <https://github.com/Azure/login/issues/515>.
const ONLY_CASE: &str =
    " The subject matches with case-insensitive comparison, but not with case-sensitive comparison.";
