//! Operator names with their prefix and suffix, for example `ForAnyValue:StringLikeIfExists`.

use super::{Family, OPERATORS, Operator};

/// How the values of a key with several values count.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::trust::aws) enum Set {
    /// One of them is enough.
    AnyValue,
    /// All of them have to; none at all is true.
    AllValues,
}

/// An operator as it is used in a condition.
#[derive(Clone, Copy, Debug)]
pub(in crate::trust::aws) struct Use {
    /// `ForAnyValue:` or `ForAllValues:`.
    pub(in crate::trust::aws) set: Option<Set>,
    /// The operator itself.
    pub(in crate::trust::aws) operator: &'static Operator,
    /// `…IfExists`.
    pub(in crate::trust::aws) if_exists: bool,
}

/// What an operator's name says.
#[derive(Clone, Copy, Debug)]
pub(in crate::trust::aws) enum Named {
    /// An operator of IAM.
    Operator(Use),
    /// One in other letter case: whether IAM takes it is not documented.
    OtherCase(Use),
    /// None.
    Unknown,
}

/// Reads an operator's name.
pub(in crate::trust::aws) fn read_name(name: &str) -> Named {
    if let Some(used) = read(name, |written, known| written == known) {
        return Named::Operator(used);
    }
    read(name, str::eq_ignore_ascii_case).map_or(Named::Unknown, Named::OtherCase)
}

fn read(name: &str, same: impl Fn(&str, &str) -> bool) -> Option<Use> {
    let (set, rest) = match name.split_once(':') {
        None => (None, name),
        Some((prefix, rest)) if same(prefix, "ForAnyValue") => (Some(Set::AnyValue), rest),
        Some((prefix, rest)) if same(prefix, "ForAllValues") => (Some(Set::AllValues), rest),
        Some(_) => return None,
    };
    let find = |wanted: &str| OPERATORS.iter().find(|operator| same(wanted, operator.name));
    if let Some(operator) = find(rest) {
        return Some(Use { set, operator, if_exists: false });
    }
    let (stem, suffix) = rest.split_at_checked(rest.len().checked_sub("IfExists".len())?)?;
    let operator = find(stem).filter(|operator| same(suffix, "IfExists") && operator.family != Family::Null)?;
    Some(Use { set, operator, if_exists: true })
}

#[cfg(test)]
mod tests {
    use super::{Named, Set, read_name};

    #[test]
    fn reads_prefix_and_suffix() {
        let Named::Operator(used) = read_name("ForAnyValue:StringLikeIfExists") else { panic!("not read") };
        assert_eq!((used.set, used.operator.name, used.if_exists), (Some(Set::AnyValue), "StringLike", true));
        assert!(matches!(read_name("stringequals"), Named::OtherCase(_)));
        for name in ["NullIfExists", "ForAllValues:NullIfExists", "StringMatches", "ForSome:Bool", "", "IfExists", "é"]
        {
            assert!(matches!(read_name(name), Named::Unknown), "{name}");
        }
    }
}
