//! Values that nearly were the token's.

use super::{
    super::{
        budget::Budget, condition::Judged, context::Context, difference::brief, held::Held, operator::Family,
        policy::Literal,
    },
    Near, Part,
    ids::Ids,
    look_alike,
    segments::{choose, like, without_star},
};
use crate::{report::Code, token::Subject};

const ORIGIN: &str = "/vcs-origin/";
const REF: &str = "/vcs-ref/";

/// Looks over both texts that are paid for at once, before the first.
const LOOKS: usize = 24;

/// Why a comparison with the policy's values nearly passed.
pub(in crate::trust::aws) fn value(judged: &Judged<'_>, context: &Context<'_>, budget: &Budget) -> Option<Near> {
    let Held::One(actual) = &judged.found.held else { return None };
    if !matches!(judged.used.operator.family, Family::String | Family::StringLike) {
        return None;
    }
    let name = &judged.condition.operator_name;
    judged.values().iter().enumerate().find_map(|(index, value)| {
        let Literal::Text(expected) = value else { return None };
        let length = expected.len().saturating_add(actual.len());
        // What a variable stands for is not looked at here.
        if expected.contains("${") || !budget.spend(length.saturating_mul(LOOKS)) {
            return None;
        }
        let near = Comparison { expected, actual, label: judged.label(), context, budget }.near(name)?;
        // What a pattern or a variable would be made of is never taken from a token.
        let safe = !actual.contains(['*', '?', '$']);
        Some(Near { fix: near.fix.filter(|_| safe), ..near }.entry(index))
    })
}

/// A value of the policy and the token's.
struct Comparison<'a> {
    expected: &'a str,
    actual: &'a str,
    label: &'a str,
    context: &'a Context<'a>,
    budget: &'a Budget,
}

impl Comparison<'_> {
    fn like(&self, pattern: &str, text: &str) -> bool {
        like(pattern, text, self.budget)
    }

    /// The near miss that this text would settle, if it does.
    fn settled(&self, code: Code, message: impl Into<String>, text: &str) -> Option<Near> {
        if !self.like(text, self.actual) {
            return None;
        }
        // Where the policy had no star at its end, none is put there.
        let opened = text.ends_with('*') && !self.expected.ends_with('*');
        let text = if opened { without_star(text, self.actual, self.budget) } else { text.to_owned() };
        Some(Near::new(code, message, Some((Part::Entry(0), text))))
    }

    fn near(&self, operator: &str) -> Option<Near> {
        let (expected, actual) = (self.expected, self.actual);
        if self.like(expected, actual) {
            return Some(self.literal(operator));
        }
        let (clean, odd) = look_alike::clean(expected);
        let says = |whose: &str, odd| format!("{whose} {}.", look_alike::says(odd));
        if let Some(odd @ (_, character)) = odd {
            let code = if character.is_ascii() { Code::HintWhiteSpace } else { Code::HintLookAlike };
            let near = self.settled(code, says("The value", odd), &clean);
            if near.is_some() {
                return near;
            }
        }
        let (meant, odd) = look_alike::clean(actual);
        if let Some(odd) = odd.filter(|_| self.like(&clean, &meant)) {
            return Some(Near::new(Code::HintLookAlike, says("The token's value", odd), None));
        }
        if self.like(&clean.to_ascii_lowercase(), &actual.to_ascii_lowercase()) {
            let respelled = choose(&clean, actual, &mut |written, held| match written {
                _ if written.eq_ignore_ascii_case(held) => held.to_owned(),
                _ if written.contains(['*', '?']) && !self.like(written, held) => written.to_ascii_lowercase(),
                _ => written.to_owned(),
            });
            let message = "The value differs in letter case only, which counts here.";
            let near = self.settled(Code::HintCase, message, &respelled);
            return near.or_else(|| Some(Near::new(Code::HintCase, message, None)));
        }
        let end = if actual.ends_with('/') { "/" } else { "" };
        let message = "The value differs by the slash at the end only.";
        self.settled(Code::HintTrailingSlash, message, &format!("{}{end}", clean.trim_end_matches('/')))
            .or_else(|| self.audience(&clean))
            .or_else(|| self.left_over(&clean))
            .or_else(|| self.subject(&clean))
            .or_else(|| {
                let (code, message, text) = Ids::of(self.context.claims()).settled(&clean, actual)?;
                self.settled(code, message, &text)
            })
    }

    /// Only the operator is in the way: it takes the wildcards literally.
    fn literal(&self, operator: &str) -> Near {
        let like = operator.replace("Equals", "Like");
        let message = format!("The operator {operator} takes * and ? literally; {like} would match this token here.");
        // With a star before the last pinned segment, whoever can push a branch would get in.
        let inner = self.expected.trim_end_matches('*').contains('*');
        let fix = if inner {
            (Part::Entry(0), without_star(self.expected, self.actual, self.budget))
        } else {
            (Part::Operator, like)
        };
        Near::new(Code::HintLiteralWildcard, message, Some(fix))
    }

    /// The audience of other guides, or the issuer.
    fn audience(&self, clean: &str) -> Option<Near> {
        let foreign = ["amazonaws.com", "circleci.com"].iter().any(|name| clean.contains(name));
        if self.label != "aud" || !foreign {
            return None;
        }
        let own = Ids::of(self.context.claims()).name(self.actual) == Some("organization");
        let message = "CircleCI puts the organization id there, unless the job asks for another audience.";
        let fix = own.then(|| (Part::Entry(0), self.actual.to_owned()));
        Some(Near::new(Code::HintAudience, message, fix))
    }

    /// Something before or behind what the token has. No ref of Git holds a colon, so what follows one is no branch.
    fn left_over(&self, clean: &str) -> Option<Near> {
        let rest = match self.label {
            "sub" => clean.find("org/").and_then(|at| clean.get(at..))?,
            _ if self.actual.is_empty() => return None,
            _ => clean.find(self.actual).and_then(|at| clean.get(at..))?,
        };
        let before = clean.strip_suffix(rest).unwrap_or_default();
        let text = match self.label {
            "sub" => rest.split(':').next().unwrap_or_default(),
            _ => self.actual,
        };
        let behind = rest.strip_prefix(text).unwrap_or_default();
        let label = self.label;
        let message = match (before, behind) {
            (before, "") => format!("The value begins with {}, which {label} does not have.", brief(before)),
            ("", behind) => format!("The value ends with {}, which {label} does not have.", brief(behind)),
            _ => format!(
                "The value begins with {} and ends with {}, which {label} does not have.",
                brief(before),
                brief(behind)
            ),
        };
        self.settled(Code::HintLeftOver, message, text)
    }

    /// The same subject but for its form: V1 against V2, the spelling of repository and ref, or an end that is missing.
    fn subject(&self, clean: &str) -> Option<Near> {
        if self.label != "sub" {
            return None;
        }
        let actual = self.actual;
        let exactly = |pattern: &str, text: &str| without_star(pattern, text, self.budget);
        match (clean.split_once(ORIGIN), actual.split_once(ORIGIN)) {
            (None, Some((before, tail))) if self.like(clean, before) => {
                let message = "the policy expects the V1 subject; the job sent V2 (what CIRCLE_OIDC_TOKEN_V2 holds), which goes \
                               on with /vcs-origin/…";
                return self.settled(Code::HintV1V2, message, &format!("{}{ORIGIN}{tail}", exactly(clean, before)));
            }
            (Some((before, _)), None) if self.like(before, actual) => {
                let message = "the policy expects the V2 subject; the job sent V1 (what CIRCLE_OIDC_TOKEN holds), which tells \
                               no branch. Send CIRCLE_OIDC_TOKEN_V2.";
                return self.settled(Code::HintV1V2, message, &exactly(before, actual));
            }
            _ => {}
        }
        let Subject { vcs_origin, vcs_ref, .. } = Subject::parse(actual);
        if let (Some(origin), Some(reference), Some((before, rest))) = (vcs_origin, vcs_ref, clean.split_once(REF)) {
            let before = before.replace("/vcs-origin/https://", ORIGIN);
            let before = before.strip_suffix(".git").unwrap_or(&before);
            let kind = ["refs/heads/", "refs/tags/"].into_iter().find(|kind| reference.starts_with(kind));
            let kind = kind.filter(|kind| !rest.starts_with(kind)).unwrap_or_default();
            let message = format!("CircleCI spells the repository {origin} and the ref {reference}.");
            let near = self.settled(Code::HintVcsSpelling, message, &format!("{before}{REF}{kind}{rest}"));
            if near.is_some() {
                return near;
            }
        }
        let start = clean.trim_end_matches('/');
        let (project, _) = actual.split_once("/user/")?;
        let message = "The value ends before /user/…, and the subject goes on.";
        self.like(start, project).then(|| self.settled(Code::HintCutShort, message, actual))?
    }
}
