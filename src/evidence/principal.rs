//! `userIdentity.principalId` of a CloudTrail event: `<provider ARN>:<audience>:<subject>`, where audience and subject may
//! hold colons themselves.

use crate::token::{Subject, SubjectFormat};

/// Takes apart what follows the provider's ARN and its colon: audience and subject. None if there is more than one way.
///
/// `sub`: the subject, where the event tells it elsewhere too. Without it, the one place is looked for where the subject of a
/// CircleCI token can begin.
pub(super) fn split<'a>(rest: &'a str, sub: Option<&str>) -> Option<(&'a str, &'a str)> {
    let mut ways = rest.match_indices(':').filter_map(|(at, _)| {
        let (aud, colon_and_sub) = rest.split_at_checked(at)?;
        let end = colon_and_sub.get(1..)?;
        let fits = match sub {
            Some(sub) => end == sub,
            None => Subject::parse(end).format != SubjectFormat::Other,
        };
        (fits && !aud.is_empty()).then_some((aud, end))
    });
    let way = ways.next()?;
    ways.next().is_none().then_some(way)
}

#[cfg(test)]
mod tests {
    use super::split;

    const SUB: &str = "org/o/project/p/user/u/vcs-origin/github.com/acme/web/vcs-ref/refs/heads/main";

    #[test]
    fn with_the_subject_at_hand_whatever_holds_colons() {
        for (aud, sub) in [("o", SUB), ("https://a:1/b", "repo:acme/web:ref:refs/heads/main"), (":", ":")] {
            assert_eq!(split(&format!("{aud}:{sub}"), Some(sub)), Some((aud, sub)));
        }
        for rest in ["", ":", "o", ":x", "o:org/o"] {
            assert_eq!(split(rest, Some("x")), None, "{rest}");
        }
    }

    #[test]
    fn without_it_where_the_grammar_leaves_one_way() {
        for aud in ["o", "https://a:1/b", "sigstore"] {
            assert_eq!(split(&format!("{aud}:{SUB}"), None), Some((aud, SUB)));
        }
        // An audience that may as well be the beginning of a subject.
        assert_eq!(split(&format!("x:{SUB}:org/o/project/p/user/u"), None), None);
        assert_eq!(split("sts.amazonaws.com:repo:acme/web:ref:refs/heads/main", None), None);
    }
}
