//! The name of an identity provider, in an ARN and in a condition key: the issuer without `https://`.

use crate::search::Search as _;

use super::{
    super::{
        arn::Arn,
        candidate::{HOST, is_site},
        context::Provider,
        difference::brief,
        principal::Expected,
    },
    Near, Part,
};
use crate::{
    report::{Code, Hint},
    token::is_uuid,
    trust::near::{as_meant, says, typo},
};

/// Why a provider's name nearly was this token's. `what`: ARN, key.
pub(super) fn name(what: &str, written: &str, name: &str) -> Option<(Code, String)> {
    let (clean, odd) = as_meant(written);
    let bare = clean.strip_prefix("https://").unwrap_or(&clean);
    let (host, path) = bare.split_once('/').unwrap_or((bare, ""));
    let last = last(bare);
    let mut more = String::new();
    let (code, words) = if written == name || written.contains(['*']) {
        return None;
    } else if let (true, Some(odd)) = (bare == name, odd) {
        more = says(odd);
        (Code::HintLookAlike, "")
    } else if bare == name {
        (Code::HintScheme, "has https:// in it; the provider's name stands there without https://")
    } else if bare.trim_end_matches('/') == name.trim_end_matches('/') {
        (Code::HintTrailingSlash, "differs by the slash at the end")
    } else if bare.eq_ignore_ascii_case(name) {
        (Code::HintCase, "differs in letter case")
    } else if is_site(host) && name == [HOST, "/", path].concat() {
        more = [host, "; tokens are of ", HOST].concat();
        (Code::HintOrganization, "is of ")
    } else if Some(host) != name.split('/').next() {
        return None;
    } else {
        match (bare.cut("/org/"), name.cut("/org/")) {
            (Some((_, written)), Some((_, id))) => match typo(written, id) {
                Some(at) => {
                    more = at.to_string();
                    (Code::HintIdTypo, "has an organization id that differs from the token's at character ")
                }
                None if host == HOST && !is_uuid(last) => {
                    more = [&*brief(written), " where the organization's id belongs"].concat();
                    (Code::HintOrganization, "has ")
                }
                None => (Code::HintOrganization, "is that of another organization"),
            },
            (None, Some((_, id))) if host == HOST && is_uuid(last) && last != id => {
                (Code::HintOrganization, "is that of another organization")
            }
            (None, Some((_, id))) => {
                id.clone_into(&mut more);
                (Code::HintOrganization, "lacks /org/")
            }
            (Some(_), None) => {
                (Code::HintOrganization, "is that of one organization, and the token comes from the issuer of all")
            }
            (None, None) => return None,
        }
    };
    Some((code, ["The ", what, " ", words, &more, "."].concat()))
}

/// What follows the last slash.
fn last(name: &str) -> &str {
    name.rsplit('/').next().unwrap_or(name)
}

/// Why the URL of the IAM OIDC provider nearly was the issuer. It cannot be changed in place: there is no fix of the policy.
pub(in crate::trust::aws) fn url(written: &str, own: &str) -> Option<Hint> {
    let (code, message) = name("URL", written, own)?;
    Some(Near::new(code, message, None).hint())
}

/// Why the ARN of a provider nearly was that of this token's.
pub(in crate::trust::aws) fn arn(value: &str, expected: Expected<'_>) -> Option<Near> {
    let Provider::Named(own) = expected.provider else { return None };
    let arn = Arn::read(value);
    let written = arn.and_then(|arn| arn.resource.strip_prefix("oidc-provider/")).unwrap_or(value);
    let known = arn.filter(Arn::is_real);
    let account = expected.account.or(known.map(|arn| arn.account));
    let role = expected.role.or(known).map(|arn| arn.partition).zip(account);
    let start = |(partition, account): (&str, &str)| ["arn:", partition, ":iam::", account].concat();
    let (role, start) = (role.map(start), arn.map(|arn| start((arn.partition, arn.account))));
    let (code, message) = match (name("ARN", written, own), &start, &role) {
        (Some((code, message)), ..) => (code, message),
        (None, Some(start), Some(role)) if written == own && start != role => {
            (Code::HintAccount, ["The ARN starts with ", start, ", the role's with ", role, "."].concat())
        }
        _ => return None,
    };
    // Whoever trusts another organization, or one and not all, may well mean it.
    let own_id = last(own);
    let other =
        code == Code::HintOrganization && last(written) != own_id && (is_uuid(last(written)) || !is_uuid(own_id));
    let text = role.filter(|_| !other).map(|role| [&role, ":oidc-provider/", own].concat());
    Some(Near::new(code, message, text.map(|text| (Part::Entry(0), text))))
}
