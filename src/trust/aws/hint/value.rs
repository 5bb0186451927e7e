//! Values that nearly were the token's.

use super::{
    super::{
        budget::Budget, condition::Judged, context::Context, difference::brief, held::Held, operator::Family,
        pattern::like, policy::Literal,
    },
    Near, Part,
    segments::without_star,
};
use crate::{
    report::Code,
    search::Search as _,
    trust::near::{Ids, as_meant, choose, says},
};

const ORIGIN: &str = "/vcs-origin/";
const REF: &str = "/vcs-ref/";

/// Longest value of a token, in bytes, that is looked for inside the policy's: an audience or an id is far shorter.
const LOOKED_FOR: usize = 512;

/// Looks over both texts that are paid for at once, before the first.
const LOOKS: usize = 24;

/// Why a comparison with the policy's values nearly passed.
pub(in crate::trust::aws) fn value(judged: &Judged<'_>, context: &Context<'_>, budget: &Budget) -> Option<Near> {
    let Held::One(actual) = &judged.found.held else { return None };
    if !matches!(judged.used.operator.family, Family::String | Family::StringLike) {
        return None;
    }
    for (index, value) in judged.values().iter().enumerate() {
        let Literal::Text(expected) = value else { continue };
        let length = expected.len().saturating_add(actual.len());
        // What a variable stands for is not looked at here.
        if expected.holds("${") || !budget.spend(length.saturating_mul(LOOKS)) {
            continue;
        }
        let ids = Ids::of(context.claims());
        let mut comparison = Comparison { expected, actual, label: judged.label(), ids, budget, found: None };
        comparison.look(&judged.condition.operator_name);
        if let Some(near) = comparison.found {
            return Some(near.entry(index));
        }
    }
    None
}

/// A value of the policy and the token's.
struct Comparison<'a> {
    expected: &'a str,
    actual: &'a str,
    label: &'a str,
    ids: Ids,
    budget: &'a Budget,
    found: Option<Near>,
}

impl Comparison<'_> {
    fn like(&self, pattern: &str, text: &str) -> bool {
        like(pattern, text, self.budget)
    }

    fn exactly(&self, pattern: &str, text: &str) -> String {
        without_star(pattern, text, self.budget)
    }

    /// What a pattern or a variable would be made of is never taken from a token.
    fn find(&mut self, code: Code, message: String, fix: Option<(Part, String)>) {
        let fix = fix.filter(|_| !self.actual.contains(['*', '?', '$']));
        self.found = Some(Near::new(code, message, fix));
    }

    /// Takes the first text that would match. What is wrong then, `message` says.
    fn attempt(&mut self, code: Code, message: &str, text: &str) {
        if self.found.is_none() && self.like(text, self.actual) {
            // Where the policy had no star at its end, none is put there.
            let opened = text.ends_with('*') && !self.expected.ends_with('*');
            let text = if opened { self.exactly(text, self.actual) } else { text.to_owned() };
            self.find(code, message.to_owned(), Some((Part::Entry(0), text)));
        }
    }

    fn look(&mut self, operator: &str) {
        let (expected, actual) = (self.expected, self.actual);
        if self.like(expected, actual) {
            // Only the operator is in the way. With a star before the last pinned segment, whoever can push a branch
            // would get in with another one.
            let like = operator.replaced("Equals", "Like");
            let message =
                format!("The operator {operator} takes * and ? literally; {like} would match this token here.");
            let inner = expected.trim_end_matches('*').contains(['*']);
            let fix = if inner { (Part::Entry(0), self.exactly(expected, actual)) } else { (Part::Operator, like) };
            return self.find(Code::HintLiteralWildcard, message, Some(fix));
        }
        let (clean, odd) = as_meant(expected);
        if let Some(odd) = odd {
            let code = if odd.1.is_ascii() { Code::HintWhiteSpace } else { Code::HintLookAlike };
            self.attempt(code, &format!("The value {}.", says(odd)), &clean);
        }
        let respelled = choose(&clean, actual, &mut |written, held| match written {
            _ if written.eq_ignore_ascii_case(held) => held.to_owned(),
            _ if written.contains(['*', '?']) && !self.like(written, held) => written.to_ascii_lowercase(),
            _ => written.to_owned(),
        });
        let case = "The value differs in letter case only, which counts here.";
        self.attempt(Code::HintCase, case, &respelled);
        let end = if actual.ends_with('/') { "/" } else { "" };
        let slash = "The value differs by the slash at the end only.";
        self.attempt(Code::HintTrailingSlash, slash, &[clean.trim_end_matches('/'), end].concat());
        if self.label == "sub" {
            self.look_at_subject(&clean);
        }
        let foreign = self.label == "aud" && ["amazonaws.com", "circleci.com"].iter().any(|name| clean.holds(name));
        let audience = "CircleCI puts the organization id there, unless the job asks for another audience.";
        if foreign && self.ids.name(actual) == Some("organization") {
            self.attempt(Code::HintAudience, audience, actual);
        }
        if self.label != "sub" && (1..=LOOKED_FOR).contains(&actual.len()) && clean.holds(actual) {
            self.left_over(&clean, actual);
        }
        let ids = self.ids.settled(&clean, actual);
        if let Some((code, message, text)) = &ids {
            self.attempt(*code, message, text);
        }
        if self.found.is_some() {
            return;
        }
        // What is worth saying, although no text is certain to be what is meant.
        let (meant, odd) = as_meant(actual);
        if let Some(odd) = odd.filter(|_| self.like(&clean, &meant)) {
            self.find(Code::HintLookAlike, format!("The token's value {}.", says(odd)), None);
        } else if self.like(&clean.to_ascii_lowercase(), &actual.to_ascii_lowercase()) {
            self.find(Code::HintCase, case.to_owned(), None);
        } else if foreign {
            self.find(Code::HintAudience, audience.to_owned(), None);
        } else if let Some((code, message, _)) = ids {
            self.find(code, message, None);
        }
    }

    /// Something before or behind what the token has.
    fn left_over(&mut self, clean: &str, text: &str) {
        let (before, behind) = clean.cut(text).unwrap_or_default();
        let and = if before.is_empty() || behind.is_empty() { "" } else { " and " };
        let (before, behind) = (brief(before), brief(behind));
        let message = format!("The value has {before}{and}{behind} in it, which {} does not have.", self.label);
        self.attempt(Code::HintLeftOver, &message, text);
    }

    /// The same subject but for something around it, its form (V1 against V2), the spelling of the ref, or an end that is
    /// missing.
    fn look_at_subject(&mut self, clean: &str) {
        let actual = self.actual;
        match (clean.cut(ORIGIN), actual.cut(ORIGIN)) {
            (None, Some((before, tail))) if self.like(clean, before) => {
                let text = [&self.exactly(clean, before), ORIGIN, tail].concat();
                let message = "the policy expects the V1 subject; the job sent V2 (what CIRCLE_OIDC_TOKEN_V2 holds), which goes \
                               on with /vcs-origin/…";
                self.attempt(Code::HintV1V2, message, &text);
            }
            (Some((before, _)), None) if self.like(before, actual) => {
                let message = "the policy expects the V2 subject; the job sent V1 (what CIRCLE_OIDC_TOKEN holds), which tells \
                               no branch. Send CIRCLE_OIDC_TOKEN_V2.";
                let text = self.exactly(before, actual);
                self.attempt(Code::HintV1V2, message, &text);
            }
            _ => {}
        }
        // No ref of Git holds a colon, so what follows one is no branch.
        if let Some(inner) = clean.place_of("org/").and_then(|at| clean.get(at..)?.split(':').next()) {
            self.left_over(clean, inner);
        }
        let heads = "The value has a branch without refs/heads/ before its name.";
        self.attempt(Code::HintRef, heads, &clean.replaced(REF, "/vcs-ref/refs/heads/"));
        if actual.cut("/user/").is_some_and(|(project, _)| self.like(clean.trim_end_matches('/'), project)) {
            self.attempt(Code::HintCutShort, "The value ends before /user/…, and the subject goes on.", actual);
        }
    }
}
