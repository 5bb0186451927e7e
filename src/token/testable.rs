//! Under which name each cloud can test a claim.

use super::{AwsKey, Issuer, IssuerKind, Testable, definition};
use crate::json::Value;

/// Stands for the issuer in an AWS condition key where the token does not tell a usable one.
const NO_PROVIDER: &str = "<issuer without https://>";

impl Testable {
    /// The names for one claim. `azp`: whether the token has that claim, which AWS then takes for the audience
    /// (<https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_iam-condition-keys.html>).
    pub(super) fn of(name: &str, value: &Value, issuer: &Issuer, azp: bool) -> Self {
        let row = definition(name);
        Self {
            aws: aws(name, row.map_or(AwsKey::Never, |row| row.aws), issuer, azp),
            gcp: Some(assertion(name)),
            azure: row.and_then(|row| row.azure).map(str::to_owned),
            vault: Some(row.and_then(|row| row.vault).map_or_else(|| bound_claim(name, value), str::to_owned)),
        }
    }
}

fn aws(name: &str, key: AwsKey, issuer: &Issuer, azp: bool) -> Option<String> {
    let provider = issuer.without_scheme().unwrap_or(NO_PROVIDER);
    match key {
        // The token's own audience is then visible as "oaud".
        AwsKey::Provider("aud") if azp && name == "aud" => Some(format!("{provider}:oaud")),
        AwsKey::Provider(key) => Some(format!("{provider}:{key}")),
        AwsKey::Organization => (issuer.kind == IssuerKind::Org).then(|| format!("{provider}:{name}")),
        AwsKey::Principal => Some(format!("Principal.Federated arn:aws:iam::<account>:oidc-provider/{provider}")),
        AwsKey::Never => None,
    }
}

/// A claim in Google's CEL: a field where the name is an identifier, else an index, because
/// `assertion.oidc.circleci.com/project-id` is a division and a subtraction
/// (<https://github.com/google/cel-spec/blob/master/doc/langdef.md#syntax>).
fn assertion(name: &str) -> String {
    /// Words that cannot be a field, and words that CEL reserves.
    const RESERVED: [&str; 21] = [
        "as",
        "break",
        "const",
        "continue",
        "else",
        "false",
        "for",
        "function",
        "if",
        "import",
        "in",
        "let",
        "loop",
        "namespace",
        "null",
        "package",
        "return",
        "true",
        "var",
        "void",
        "while",
    ];
    let starts_well = name.starts_with(|first: char| first.is_ascii_alphabetic() || first == '_');
    let is_identifier = starts_well && name.chars().all(|rest| rest.is_ascii_alphanumeric() || rest == '_');
    if is_identifier && !RESERVED.contains(&name) {
        return format!("assertion.{name}");
    }
    let escaped: String = name
        .chars()
        .map(|character| match character {
            '\'' | '\\' => format!("\\{character}"),
            _ if character.is_control() => format!("\\u{:04x}", u32::from(character)),
            _ => character.to_string(),
        })
        .collect();
    format!("assertion['{escaped}']")
}

/// An entry of Vault's `bound_claims`: a plain key, but one that starts with `/` is a JSON pointer (RFC 6901). The members
/// of an object can be tested through a pointer only (<https://developer.hashicorp.com/vault/docs/auth/jwt#claim-specifications-and-json-pointer>).
fn bound_claim(name: &str, value: &Value) -> String {
    let pointer = || format!("/{}", name.replace('~', "~0").replace('/', "~1"));
    let key = match value {
        Value::Object(_) => format!("{}/<member>", pointer()),
        _ if name.starts_with('/') => pointer(),
        _ => name.to_owned(),
    };
    format!("bound_claims[{}]", Value::from(key).to_json())
}

#[cfg(test)]
mod tests {
    use super::{Issuer, Testable, Value};

    const ORG: &str = "https://oidc.circleci.com/org/17c50866-1802-5aeb-874e-7f4dfce1b6b5";

    fn names(name: &str, issuer: &str, azp: bool) -> [Option<String>; 4] {
        let Testable { aws, gcp, azure, vault } = Testable::of(name, &Value::Null, &Issuer::parse(issuer), azp);
        [aws, gcp, azure, vault]
    }

    fn some(texts: [&str; 4]) -> [Option<String>; 4] {
        texts.map(|text| (!text.is_empty()).then(|| text.to_owned()))
    }

    #[test]
    fn names_per_cloud() {
        let provider = ORG.strip_prefix("https://").unwrap();
        assert_eq!(
            names("sub", ORG, false),
            some([&format!("{provider}:sub"), "assertion.sub", "subject", "bound_subject"])
        );
        let project = "oidc.circleci.com/project-id";
        let (gcp, vault) = (format!("assertion['{project}']"), format!("bound_claims[\"{project}\"]"));
        assert_eq!(names(project, ORG, false), some([&format!("{provider}:{project}"), &gcp, "", &vault]));
        assert_eq!(names(project, "https://oidc.circleci.com", false), some(["", &gcp, "", &vault]));
        assert_eq!(names("oidc.circleci.com/ssh-rerun", ORG, false)[0], None);
    }

    #[test]
    fn aws_takes_azp_for_the_audience() {
        let issuer = "https://oidc.circleci.com";
        assert_eq!(names("aud", issuer, false)[0].as_deref(), Some("oidc.circleci.com:aud"));
        assert_eq!(names("aud", issuer, true)[0].as_deref(), Some("oidc.circleci.com:oaud"));
        assert_eq!(names("azp", issuer, true)[0].as_deref(), Some("oidc.circleci.com:aud"));
    }

    #[test]
    fn names_that_need_quoting() {
        assert_eq!(names("in", ORG, false)[1].as_deref(), Some("assertion['in']"));
        assert_eq!(names("it's\\\n", ORG, false)[1].as_deref(), Some(r"assertion['it\'s\\\u000a']"));
        assert_eq!(names("/a~b", ORG, false)[3].as_deref(), Some(r#"bound_claims["/~1a~0b"]"#));
        let object = Testable::of("a/b", &Value::Object(Vec::new()), &Issuer::default(), false);
        assert_eq!(object.vault.as_deref(), Some(r#"bound_claims["/a~1b/<member>"]"#));
    }
}
