//! The configuration of a mount, read, and what Vault refuses to store in one
//! (<https://github.com/hashicorp/vault-plugin-auth-jwt/blob/main/path_config.go>, as of 2026-07-15).

use super::{
    document, link,
    role::{FAULTS, no_json},
    settings::{Item, Settings, is_template},
    version::Product,
};
use crate::{
    json::{Data, Node, Value},
    report::{Code, Outcome, Step},
    trust::given::Given,
};

/// Where the keys come from.
const KEYS: [&str; 4] = ["oidc_discovery_url", "jwks_url", "jwks_pairs", "jwt_validation_pubkeys"];
/// Members whose type counts.
const TEXTS: [&str; 5] = ["oidc_discovery_url", "jwks_url", "bound_issuer", "oidc_client_id", "oidc_client_secret"];
/// What signs tokens, and what is accepted where nothing is configured.
pub(super) const ALGORITHMS: [&str; 10] =
    ["RS256", "RS384", "RS512", "ES256", "ES384", "ES512", "PS256", "PS384", "PS512", "EdDSA"];

/// The configuration of a mount, as far as it was told.
#[derive(Clone, Debug, Default)]
pub(super) struct Mount {
    pub(super) settings: Option<Settings>,
    /// What Vault would refuse to store, and what cannot be read.
    pub(super) problems: Vec<Step>,
}

impl Mount {
    /// Reads what was given. What Vault would refuse is read as far as it can be.
    pub(super) fn read(given: &Given, product: Product) -> Self {
        let mut problems = Vec::new();
        let mut add = |code, outcome, title: &[&str], node: &Node, says: &[&str]| {
            let step = Step::new(code, outcome, title.concat()).at(given.span(&node.at)).reference(link::CONFIG);
            problems.push(if says.is_empty() { step } else { step.vendor_text(says.concat()) });
        };
        let node = match &given.node {
            Ok(node) => node,
            Err(error) => return Self { settings: None, problems: vec![no_json(error)] },
        };
        let found = document::find(node).filter(|_| document::field(node) == Some("mount"));
        let Some(settings) = found else {
            add(Code::VaultMountSyntax, Outcome::Unknown, &["this is no configuration of a JWT mount"], node, &[]);
            if let Some(step) = problems.last_mut() {
                step.detail = Some("Paste what vault read -format=json auth/jwt/config prints.".into());
            }
            return Self { settings: None, problems };
        };
        for duplicate in node.duplicates().into_iter().take(FAULTS) {
            let title = ["the member ", &*duplicate.name, " stands twice"];
            let place = Node { at: duplicate.again, data: Data::Null };
            add(Code::JsonDuplicate, Outcome::Unknown, &title, &place, &[]);
        }
        for name in TEXTS {
            if let Some(node) = settings.get(name).filter(|node| node.as_str().is_none()) {
                add(
                    Code::VaultMountSyntax,
                    Outcome::Unknown,
                    &[name, " has to be a text, this is ", node.kind()],
                    node,
                    &[],
                );
            }
        }
        let whole = &settings.node;
        let mut told = Vec::new();
        for name in KEYS {
            if settings.get(name).is_some_and(|node| is_told(&node)) {
                told.push(name);
            }
        }
        let untold = KEYS.iter().any(|name| settings.is_untold(name));
        let bao = product == Product::OpenBao;
        if (told.len() > 1 || (told.is_empty() && !untold)) || (bao && told == ["jwks_pairs"]) {
            let what = match &*told {
                [] => "nothing says where the keys come from".to_owned(),
                ["jwks_pairs"] => "OpenBao has no jwks_pairs, so nothing says where the keys come from".to_owned(),
                several => ["the keys come from more than one place: ", &*several.join(", ")].concat(),
            };
            let says: &[&str] = &[
                "exactly one of 'jwt_validation_pubkeys', 'jwks_url', 'jwks_pairs' or 'oidc_discovery_url' must be set",
            ];
            let place = told.last().and_then(|name| settings.get(name)).unwrap_or(whole);
            add(Code::VaultMountKeys, Outcome::Fail, &[&what], place, if bao { &[] } else { says });
        }
        if told == ["jwks_pairs"]
            && let Some(issuer) = settings.get("bound_issuer")
        {
            let says = ["Bound issuer is not supported for use with 'jwks_pairs'"];
            add(
                Code::VaultMountKeys,
                Outcome::Fail,
                &["bound_issuer and jwks_pairs exclude each other"],
                issuer,
                &says,
            );
        }
        let [id, secret] = ["oidc_client_id", "oidc_client_secret"].map(|name| settings.get(name));
        // The secret is never printed.
        if let (None, Some(secret)) = (id, secret) {
            let says = ["both 'oidc_client_id' and 'oidc_client_secret' must be set for OIDC"];
            add(Code::VaultMountClient, Outcome::Fail, &["there is a client secret and no client id"], secret, &says);
        }
        let algorithms = settings.texts("jwt_supported_algs");
        let is_none = |item: &&Item| !ALGORITHMS.contains(&item.text()) && !is_template(item.text());
        for item in algorithms.iter().filter(is_none).take(FAULTS) {
            let quoted = Value::from(item.text()).to_json();
            let says = ["invalid jwt_supported_algs: unsupported signing algorithm ", &*quoted];
            let place = Node { at: item.at.clone(), data: Data::Null };
            add(
                Code::VaultMountAlgorithm,
                Outcome::Fail,
                &["Vault takes no tokens signed with ", item.text()],
                &place,
                &says,
            );
        }
        if let Some(url) =
            settings.get("oidc_discovery_url").filter(|url| url.as_str().is_some_and(|url| url.ends_with('/')))
        {
            let title = "the discovery URL ends with a slash, and the issuer in the document that it leads to does not";
            let is_circleci = url.as_str().is_some_and(|url| !super::exchange::is_other(url.trim_end_matches('/')));
            let outcome = if is_circleci { Outcome::Fail } else { Outcome::Unknown };
            add(Code::VaultMountDiscovery, outcome, &[title], url, &["error checking oidc discovery URL"]);
        }
        Self { settings: Some(settings), problems }
    }

    /// Where the keys come from: the member's name and its value.
    pub(super) fn keys(&self) -> Option<(&'static str, &Node)> {
        let settings = self.settings.as_ref()?;
        KEYS.iter().find_map(|name| Some((*name, settings.get(name).filter(is_told)?)))
    }
}

/// An empty list, as `vault read` prints for one that is not used, tells nothing.
fn is_told(node: &&Node) -> bool {
    node.as_array() != Some(&[])
}
