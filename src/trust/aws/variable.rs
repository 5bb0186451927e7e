//! Policy variables: `${key}`, `${key, 'default'}` and the escapes `${*}`, `${?}`, `${$}`.
//!
//! Only with `"Version": "2012-10-17"`; with any other version, and without one, they are literal text
//! (<https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html>).

use crate::search::Search as _;

use super::{
    budget::Budget,
    clock,
    compared::{Compared, OVER_BUDGET},
    context::Context,
    held::Held,
    pattern::{Token, tokens},
    policy::Variables,
};

/// A piece of a value after substitution.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Piece {
    /// Text of the policy.
    Text(String),
    /// `${*}`, `${?}` or `${$}`.
    Escape(char),
    /// What a variable, or its default, stood for.
    Substituted(String),
}

/// A value of the policy with its variables replaced.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Expanded(Vec<Piece>);

impl Expanded {
    /// A value that is taken literally.
    fn literal(text: &str) -> Self {
        Self(vec![Piece::Text(text.to_owned())])
    }

    /// The texts that an operator without wildcards may compare with: whether an escape is resolved there is not
    /// documented, so both readings are given.
    pub(super) fn texts(&self) -> Vec<String> {
        let read = |escape: fn(char) -> String| {
            let pieces = self.0.iter().map(|piece| match piece {
                Piece::Text(text) | Piece::Substituted(text) => text.clone(),
                Piece::Escape(character) => escape(*character),
            });
            pieces.collect::<String>()
        };
        let mut readings = vec![read(|character| character.to_string())];
        if self.0.iter().any(|piece| matches!(piece, Piece::Escape(_))) {
            readings.push(read(|character| format!("${{{character}}}")));
        }
        readings
    }

    /// The patterns that an operator with wildcards may compare with: whether `*` and `?` inside a substituted value are
    /// wildcards is not documented, so both readings are given.
    pub(super) fn patterns(&self) -> Vec<Vec<Token>> {
        let read = |wild: bool| {
            let mut pattern = Vec::new();
            for piece in &self.0 {
                match piece {
                    Piece::Text(text) => pattern.extend(tokens(text)),
                    Piece::Escape(character) => pattern.push(Token::Exactly(*character)),
                    Piece::Substituted(text) if wild => pattern.extend(tokens(text)),
                    Piece::Substituted(text) => pattern.extend(text.chars().map(Token::Exactly)),
                }
            }
            pattern
        };
        let mut readings = vec![read(false)];
        if self.substituted(&['*', '?']) {
            readings.push(read(true));
        }
        readings
    }

    /// Whether a substituted value holds one of these characters.
    pub(super) fn substituted(&self, characters: &[char]) -> bool {
        self.0.iter().any(|piece| matches!(piece, Piece::Substituted(text) if text.contains(characters)))
    }
}

/// Replaces the variables of a value.
///
/// # Errors
/// What the comparison comes to without looking at the request's value: [`Compared::No`] for a variable without a value
/// ("there is no equal or like value"), unknown for one that is not known or malformed.
pub(super) fn expand(
    text: &str,
    variables: Variables,
    context: &Context<'_>,
    budget: &Budget,
) -> Result<Expanded, Compared> {
    if !text.holds("${") {
        return Ok(Expanded::literal(text));
    }
    match variables {
        Variables::Literal => return Ok(Expanded::literal(text)),
        Variables::NotTold => {
            return Err(Compared::Unknown(
                "Whether ${…} is a variable depends on the Version of the policy, which a bare statement does not tell.",
            ));
        }
        Variables::Replaced => {}
    }
    let mut pieces = Vec::new();
    let mut without_value = false;
    let mut rest = text;
    while let Some((before, after)) = rest.cut("${") {
        pieces.push(Piece::Text(before.to_owned()));
        let (piece, left) = variable(after, context)?;
        let Some(piece) = piece else {
            // What follows is read all the same: whether a value with a malformed variable counts at all is not known.
            without_value = true;
            rest = left;
            continue;
        };
        if let Piece::Substituted(value) = &piece
            && !budget.spend(value.len())
        {
            return Err(OVER_BUDGET);
        }
        pieces.push(piece);
        rest = left;
    }
    pieces.push(Piece::Text(rest.to_owned()));
    if without_value {
        return Err(Compared::No);
    }
    Ok(Expanded(pieces))
}

const MALFORMED: Compared = Compared::Unknown("AWS does not say what a malformed policy variable means.");

/// Reads one variable, from after its `${`; gives what stands for it (nothing, if its key is absent) and what follows its
/// `}`.
fn variable<'a>(after: &'a str, context: &Context<'_>) -> Result<(Option<Piece>, &'a str), Compared> {
    for escape in ['*', '?', '$'] {
        if let Some(rest) = after.strip_prefix(escape).and_then(|rest| rest.strip_prefix('}')) {
            return Ok((Some(Piece::Escape(escape)), rest));
        }
    }
    let end = after.find([',', '}']).ok_or(MALFORMED)?;
    let (key, rest) = after.split_at_checked(end).ok_or(MALFORMED)?;
    if key.is_empty()
        || key.contains(|character: char| character.is_whitespace() || matches!(character, '$' | '{' | '\''))
    {
        return Err(MALFORMED);
    }
    let (default, rest) = match rest.strip_prefix('}') {
        Some(rest) => (None, rest),
        None => default_text(rest).map(|(text, rest)| (Some(text), rest)).ok_or(MALFORMED)?,
    };
    if context.spells_time(key) {
        return Err(Compared::Unknown(clock::SPELLING));
    }
    match (context.look_up(key).held, default) {
        (Held::One(value), _) => Ok((Some(Piece::Substituted(value)), rest)),
        (Held::Absent, Some(default)) => Ok((Some(Piece::Substituted(default.to_owned())), rest)),
        (Held::Absent, None) => Ok((None, rest)),
        (Held::Many(_), _) => {
            Err(Compared::Unknown("A policy variable needs a key with one value; AWS does not say what several do."))
        }
        (Held::NotKnown(why), _) => Err(Compared::Unknown(why)),
    }
}

/// Reads `, 'text'}`; gives the text and what follows.
fn default_text(rest: &str) -> Option<(&str, &str)> {
    let quoted = rest.strip_prefix(',')?.trim_start_matches(' ').strip_prefix('\'')?;
    let (text, rest) = quoted.split_once('\'')?;
    Some((text, rest.strip_prefix('}')?))
}
