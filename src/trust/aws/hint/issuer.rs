//! The name of an identity provider, in an ARN and in a condition key: the issuer without `https://`.

use super::{
    super::{arn::Arn, context::Provider, principal::Expected},
    Near, Part,
    ids::typo,
    look_alike,
};
use crate::report::{Code, Hint};

/// Why a provider's name nearly was this token's. `what`: ARN, key.
pub(super) fn name(what: &str, written: &str, name: &str) -> Option<(Code, String)> {
    let (clean, odd) = look_alike::clean(written);
    let bare = clean.strip_prefix("https://").unwrap_or(&clean);
    let parts = |name: &str| {
        let (host, path) = name.split_once('/').unwrap_or((name, ""));
        (host.to_owned(), path.strip_prefix("org/").map(str::to_owned))
    };
    let ((host, id), (written_host, written_id)) = (parts(name), parts(bare));
    let (code, message) = if written == name {
        return None;
    } else if let (true, Some(odd)) = (bare == name, odd) {
        (Code::HintLookAlike, format!("The {what} {}", look_alike::says(odd)))
    } else if bare == name {
        (Code::HintScheme, format!("The {what} has https:// in it; the provider's name stands there without https://"))
    } else if bare.trim_end_matches('/') == name.trim_end_matches('/') {
        (Code::HintTrailingSlash, format!("The {what} differs by the slash at the end"))
    } else if bare.eq_ignore_ascii_case(name) {
        (Code::HintCase, format!("The {what} differs in letter case"))
    } else if host != written_host || id == written_id {
        return None;
    } else {
        match (written_id, id) {
            (Some(written), Some(id)) => match typo(&written, &id) {
                Some(at) => (
                    Code::HintIdTypo,
                    format!("The organization id in the {what} differs from the token's at character {at}"),
                ),
                None => (Code::HintOrganization, format!("The {what} is that of another organization")),
            },
            (None, Some(id)) => (Code::HintOrganization, format!("The {what} lacks /org/{id}")),
            (_, None) => (
                Code::HintOrganization,
                format!("The {what} is that of one organization, and the token comes from the issuer of all"),
            ),
        }
    };
    Some((code, message))
}

fn with_issuer(message: &str, own: &str) -> String {
    format!("{message}; the token's issuer is https://{own}.")
}

/// Why the URL of the IAM OIDC provider nearly was the issuer. It cannot be changed in place: there is no fix of the policy.
pub(in crate::trust::aws) fn url(written: &str, own: &str) -> Option<Hint> {
    let (code, message) = name("URL", written, own)?;
    Some(Near::new(code, with_issuer(&message, own), None).hint())
}

/// Why the ARN of a provider nearly was that of this token's. `written`: the name in it; `arn`: its other parts.
pub(in crate::trust::aws) fn arn(written: &str, arn: Option<Arn<'_>>, expected: Expected<'_>) -> Option<Near> {
    let Provider::Named(own) = expected.provider else { return None };
    let place = |arn: Arn<'_>| format!("partition {}, account {}", arn.partition, arn.account);
    let known = expected.account.or(arn.filter(Arn::is_real).map(|arn| arn.account));
    let partition = expected.role.or(arn.filter(Arn::is_real)).map(|arn| arn.partition);
    let (code, message) = match (name("ARN", written, own), arn, partition.zip(known)) {
        (Some((code, message)), ..) => (code, with_issuer(&message, own)),
        (None, Some(arn), Some((partition, account))) if written == own => {
            let role = place(Arn { partition, account, resource: "" });
            (Code::HintAccount, format!("The ARN is of {}; the role is in {role}.", place(arn)))
        }
        _ => return None,
    };
    // Whoever trusts another organization, or one and not all, may well mean it.
    let other = code == Code::HintOrganization && written.contains("/org/");
    let text = partition.zip(known).filter(|_| !other);
    let text = text.map(|(partition, account)| format!("arn:{partition}:iam::{account}:oidc-provider/{own}"));
    Some(Near::new(code, message, text.map(|text| (Part::Entry(0), text))))
}
