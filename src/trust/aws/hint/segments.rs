//! Patterns without stars.

use super::super::{budget::Budget, pattern::like};
use crate::{token::is_uuid, trust::near::choose};

/// A pattern without `*` that takes this text: any id where a star stands for one, else the text itself.
///
/// A `*` runs across slashes, and whoever can push a branch writes the end of a subject; 36 times `?` takes an id and
/// nothing else.
pub(super) fn without_star(pattern: &str, text: &str, budget: &Budget) -> String {
    let mut open = false;
    let narrow = choose(pattern, text, &mut |written, held| {
        // A star at the end runs on: it stands for the ids of the segments that follow too.
        open = written == "*" || (written.is_empty() && open);
        match written {
            _ if open && is_uuid(held) => "?".repeat(held.len()),
            _ if written.is_empty() || written.contains(['*']) => held.to_owned(),
            _ => written.to_owned(),
        }
    });
    if like(&narrow, text, budget) { narrow } else { text.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::{super::super::budget::Budget, without_star};

    #[test]
    fn settles_every_star() {
        let budget = Budget::new(100_000);
        let id = "17c50866-1802-5aeb-874e-7f4dfce1b6b5";
        let any = "?".repeat(36);
        let v1 = format!("org/o/project/{id}/user/{id}");
        let v2 = format!("{v1}/vcs-origin/github.com/a/w/vcs-ref/refs/heads/main");
        for (pattern, text, narrow) in [
            ("org/o/project/*/user/*".to_owned(), &v1, format!("org/o/project/{any}/user/{any}")),
            (
                "org/o/project/*/user/*/vcs-origin/github.com/a/*/vcs-ref/refs/heads/main".to_owned(),
                &v2,
                format!("org/o/project/{any}/user/{any}/vcs-origin/github.com/a/w/vcs-ref/refs/heads/main"),
            ),
            ("org/*/user/*".to_owned(), &v1, v1.clone()),
            (format!("org/o/project/{id}/*"), &v1, format!("org/o/project/{id}/user/{any}")),
            ("*".to_owned(), &id.to_owned(), any.clone()),
        ] {
            assert_eq!(without_star(&pattern, text, &budget), narrow);
        }
    }
}
