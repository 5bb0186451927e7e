//! What a statement lists that it is about: actions or resources, or all but those.

use super::{
    compared::Compared,
    explain::Places,
    policy::{Action, Actions},
};
use crate::report::{Code, Outcome, Step};

/// What is looked for in a list.
pub(super) struct Wanted<'a> {
    pub(super) code: Code,
    /// In words.
    pub(super) name: &'a str,
    /// Literally; none where it is not known.
    pub(super) value: Option<&'a str>,
    /// Where a list, and where one of exceptions is documented.
    pub(super) links: [&'static str; 2],
}

/// Judges a list. `compare` gets an entry, and whether it is an exception.
pub(super) fn judge(
    list: &Actions,
    wanted: &Wanted<'_>,
    places: &Places<'_>,
    compare: &dyn Fn(&Action, bool) -> Compared,
) -> Step {
    let [only, all_but] = wanted.links;
    let (listed, not, link) = match list {
        Actions::Only(listed) => (listed, false, only),
        Actions::AllBut(listed) => (listed, true, all_but),
        Actions::Refused => {
            return Step::new(wanted.code, Outcome::Unknown, "what the statement is about cannot be read")
                .reference(only);
        }
    };
    let compared: Vec<Compared> = listed.iter().map(|entry| compare(entry, not)).collect();
    let named = Outcome::any(compared.iter().map(|one| one.outcome()));
    let outcome = if not { named.negate() } else { named };
    if places.quiet {
        return Step::new(wanted.code, outcome, "");
    }
    let name = wanted.name;
    let title = match outcome {
        Outcome::Pass => format!("the statement is about {name}"),
        Outcome::Unknown => format!("whether the statement is about {name} is not certain"),
        _ => format!("the statement is not about {name}"),
    };
    let leader = listed.iter().zip(&compared).find(|(_, one)| one.outcome() == named).map(|(entry, _)| entry);
    let mut step = Step::new(wanted.code, outcome, title)
        .expected(listed.iter().map(|entry| &entry.name))
        .actual(wanted.value)
        .at(leader.or(listed.first()).and_then(|entry| places.span(&entry.at)))
        .reference(link);
    if outcome == Outcome::Unknown {
        step.detail = compared.iter().find_map(|one| one.reason()).map(Into::into);
    }
    step
}
