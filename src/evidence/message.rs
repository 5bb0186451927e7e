//! What clouds quote of a token in their error messages. Most messages quote nothing.

use super::{
    Evidence,
    told::{Kind, is_masked},
};
use crate::{
    json::Value,
    message::{NO_PROVIDER, QUOTES},
    search::Search as _,
};

/// Reads one line.
pub(super) fn read(line: &str) -> Option<Box<Evidence>> {
    let mut claims = Vec::new();
    for (before, after, claim) in &QUOTES {
        let value = line.place_of(before).and_then(|at| quoted(line.get(at.saturating_add(before.len())..)?, after));
        if let Some(value) = value {
            claims.push(((*claim).to_owned(), Value::from(value)));
        }
    }
    if claims.is_empty() {
        return None;
    }
    let mut evidence = Evidence::new(Kind::Message, &claims);
    evidence.refused = line.holds(NO_PROVIDER).then(|| "InvalidIdentityToken".to_owned());
    Some(evidence)
}

/// The value at the beginning of a text. None of these claims holds white space, nor may a URL or the name of a branch hold
/// a backslash, with which an escaped line end begins.
fn quoted<'a>(text: &'a str, after: &str) -> Option<&'a str> {
    let end = text.find([' ', '\t', '\\']).unwrap_or(text.len());
    let word = text.get(..end)?;
    let value = if after.is_empty() {
        word.trim_end_matches(['"', '\'', '.', ',', ')', '}'])
    } else {
        word.strip_suffix(after)?
    };
    (!matches!(value, "" | "null") && !is_masked(value)).then_some(value)
}

#[cfg(test)]
mod tests {
    use super::read;

    fn claims(line: &str) -> String {
        read(line).map(|evidence| evidence.claims.to_json()).unwrap_or_default()
    }

    #[test]
    fn takes_whole_values_only() {
        for (line, expected) in [
            ("… in your account for", ""),
            ("x No OpenIDConnect provider found in your account for https://a/org/b", r#"{"iss":"https://a/org/b"}"#),
            (r#""No OpenIDConnect provider found in your account for https://a/"}"#, r#"{"iss":"https://a/"}"#),
            ("presented assertion subject 'a'. Check", r#"{"sub":"a"}"#),
            (r"presented assertion subject 'it's'.\nTrace", r#"{"sub":"it's"}"#),
            ("presented assertion subject 'a", ""),
            ("presented assertion subject 'a' and", ""),
            ("presented assertion subject '****'. Check", ""),
            ("The audience in ID Token [] does not", ""),
            ("The audience in ID Token [a, b] does not", ""),
            ("The issuer in ID Token null does not", ""),
            ("Not authorized to perform sts:AssumeRoleWithWebIdentity", ""),
        ] {
            assert_eq!(claims(line), expected, "{line}");
        }
    }
}
