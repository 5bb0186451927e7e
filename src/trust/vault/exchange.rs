//! What Vault asks of the request and of the token before it looks at claims, in its order: the role's type, the address, keys
//! and algorithm, types, issuer, subject, audience. The first that fails is what Vault prints; all are shown.
//! (<https://github.com/hashicorp/vault-plugin-auth-jwt/blob/main/path_login.go>, as of 2026-07-15, and
//! <https://github.com/hashicorp/cap/blob/main/jwt/jwt.go>, as of 2026-07-14.)

use super::{
    audience, clock, link,
    login::Login,
    mount::ALGORITHMS,
    settings::{Item, Settings, shown},
    version::Product,
};
use crate::{
    json::{Node, Value},
    report::{Code, Outcome, Step, Words},
    token::{Claims, Issuer, IssuerKind, Known},
    trust::{
        Request,
        budget::Budget,
        range::{holds, read_range},
    },
};

/// What every refusal of the token itself begins with.
pub(super) const PREFIX: &str = "error validating token: ";
/// Claims that are texts, and times, in tokens of any issuer.
const REGISTERED: [(&str, bool); 6] =
    [("iss", true), ("sub", true), ("jti", true), ("iat", false), ("nbf", false), ("exp", false)];

/// Whether an issuer is none of CircleCI's.
pub(super) fn is_other(issuer: &str) -> bool {
    Issuer::parse(issuer).kind == IssuerKind::Other
}

/// A group whose parts are all needed.
#[inline(never)]
pub(super) fn group(code: Code, [pass, fail, unknown]: [&'static str; 3], children: Vec<Step>) -> Step {
    let outcome = Outcome::all(children.iter().map(|step| step.outcome));
    let title = match outcome {
        Outcome::Pass => pass,
        Outcome::Fail => fail,
        Outcome::Unknown | Outcome::NotApplicable => unknown,
    };
    Step::new(code, outcome, title).children(children)
}

/// What is asked of the request: the role's type and the address that it comes from.
pub(super) fn request(login: &Login, settings: &Settings) -> Step {
    let mut steps = Vec::new();
    let at = login.given.span(&settings.place("role_type"));
    let kind = settings.text("role_type");
    let (outcome, title) = match kind {
        "jwt" => (Outcome::Pass, "the role is for JWT logins"),
        _ if login.role.is_cel() => (Outcome::Pass, "the role is for JWT logins"),
        _ if settings.is_untold("role_type") => (Outcome::Unknown, "the plan does not tell role_type"),
        "" => (Outcome::Fail, "there is no role_type, which means oidc: for people in a browser, not for jobs"),
        "oidc" => (Outcome::Fail, "role_type is oidc: for people in a browser, not for jobs"),
        _ => (Outcome::Fail, "role_type is none that Vault knows"),
    };
    let step = Step::new(Code::VaultLoginType, outcome, title).expected(["jwt"]).at(at).reference(link::LOGIN);
    let step = if kind.is_empty() { step } else { step.actual(Some(kind)) };
    let says = "role with oidc role_type is not allowed";
    steps.push(if outcome == Outcome::Fail { step.vendor_text(says) } else { step });
    steps.extend(address(login, settings));
    group(
        Code::VaultLogin,
        [
            "the login reaches the role",
            "the login does not reach the role",
            "whether the login reaches the role is not certain",
        ],
        steps,
    )
}

/// `token_bound_cidrs`: whence the request may come.
fn address(login: &Login, settings: &Settings) -> Option<Step> {
    let name = "token_bound_cidrs";
    // An empty list does not take the older member's place: what Vault makes of both is not documented.
    let has_new = settings.is_untold(name) || !settings.texts(name).is_empty();
    let name = if has_new { name } else { "bound_cidrs" };
    let ranges = settings.texts(name);
    if ranges.is_empty() && !settings.is_untold(name) {
        return None;
    }
    let code = Code::VaultLoginAddress;
    let step = |outcome, title: &'static str| {
        Step::new(code, outcome, title)
            .expected(shown(&ranges))
            .actual(login.address.as_ref().map(|(written, _)| &**written))
            .at(login.given.span(&settings.place(name)))
            .reference(link::API)
    };
    let Some((_, address)) = &login.address else {
        return Some(step(Outcome::Unknown, "the address that the login comes from is not told"));
    };
    // ::ffff:192.0.2.1 is an address of IPv4, and a range of such needs all of its first 96 bits
    // (https://github.com/hashicorp/go-sockaddr/blob/master/ipv4addr.go, read 2026-11-22).
    let judge = |range: &Item| {
        let (network, length) = read_range(range.text())?;
        let plain = network.to_canonical();
        let length = if plain == network { length } else { length.checked_sub(96)? };
        Some(Outcome::from_bool(holds(plain, length, address.to_canonical())))
    };
    let judge = |range| judge(range).unwrap_or(Outcome::Unknown);
    Some(match Outcome::any(ranges.iter().map(judge)) {
        Outcome::Pass => step(Outcome::Pass, "the login comes from an address that is bound"),
        Outcome::Fail if !settings.is_untold(name) => {
            step(Outcome::Fail, "the login comes from an address that is not bound").vendor_text("permission denied")
        }
        _ => step(Outcome::Unknown, "whether the address is bound is not certain"),
    })
}

/// The checks of the token.
pub(super) fn token(
    login: &Login,
    settings: &Settings,
    request: &Request<'_>,
    budget: &Budget,
    assumed: &mut Vec<Words>,
) -> Step {
    let claims = request.claims;
    let mut steps = vec![keys(login, claims, assumed), algorithm(login, request.alg)];
    steps.extend(types(claims));
    if let Some(mount) = &login.mount {
        let bound = mount.settings.as_ref();
        let issuer = bound.and_then(|settings| settings.get("bound_issuer"));
        let untold = bound.is_none_or(|settings| settings.is_untold("bound_issuer"));
        let at = issuer.and_then(|node| login.mount_given.as_ref()?.span(&node.at));
        let words = [
            "the issuer is bound_issuer",
            "the issuer is not bound_issuer",
            "there is no bound_issuer, so Vault does not look at iss",
        ];
        let says = "invalid issuer (iss) claim";
        steps.push(same((Code::VaultTokenIssuer, "iss"), claims, issuer, untold, words, says).at(at));
    }
    // Of a CEL role, whose expression decides, OpenBao knows no subject.
    let subject = settings.get("bound_subject").filter(|_| !login.role.is_cel());
    if subject.is_some() || settings.is_untold("bound_subject") {
        let at = subject.and_then(|node| login.given.span(&node.at));
        let words = ["the subject is bound_subject", "the subject is not bound_subject", ""];
        let untold = settings.is_untold("bound_subject");
        let says = "invalid subject (sub) claim";
        steps.push(same((Code::VaultTokenSubject, "sub"), claims, subject, untold, words, says).at(at));
    }
    steps.push(audience::step(login, settings, claims, budget));
    steps.push(clock::step(settings, request, assumed));
    group(
        Code::VaultToken,
        ["Vault takes the token", "Vault refuses the token", "whether Vault takes the token is not certain"],
        steps,
    )
    .reference(link::TOKEN)
}

/// Keys and signature. Whose keys they are is compared; the keys themselves are not at hand.
fn keys(login: &Login, claims: &Claims, assumed: &mut Vec<Words>) -> Step {
    let step = |outcome, title: &'static str| Step::new(Code::VaultTokenKeys, outcome, title).reference(link::API);
    let issuer = claims.text("iss");
    let kind = issuer.map(|issuer| Issuer::parse(issuer).kind);
    let Some(mount) = &login.mount else {
        if kind == Some(IssuerKind::Root) {
            return step(Outcome::Unknown, "the mount was not given, and the issuer is that of all organizations")
                .claim("iss");
        }
        if claims.get("iss") == Known::NotKnown {
            return step(
                Outcome::Unknown,
                "the mount was not given, and the evidence does not tell the token's issuer",
            )
            .claim("iss");
        }
        assumed.push(
            "The mount's configuration was not given (vault read -format=json auth/jwt/config): its keys are those of the token's \
             issuer, and its bound_issuer, if there is one, is the token's."
                .into(),
        );
        return step(Outcome::NotApplicable, "the mount was not given; keys and signature are not checked here");
    };
    assumed.push("The keys of the mount hold the token's key, and its signature is genuine.".into());
    let place = |step: Step, node: &Node| {
        let at = login.mount_given.as_ref().and_then(|given| given.span(&node.at));
        step.claim("iss").expected([Value::from(node)]).actual(issuer).at(at)
    };
    let client = mount
        .settings
        .as_ref()
        .is_some_and(|settings| settings.get("oidc_client_id").is_some() || settings.is_untold("oidc_client_id"));
    if client && login.product == Product::Vault {
        return step(
            Outcome::Unknown,
            "the mount has an OIDC client, or may have; whether Vault then takes a job's token is not certain",
        );
    }
    match mount.keys() {
        None => step(Outcome::Unknown, "where the mount has its keys from is not told"),
        Some((name, node)) => {
            let url = node.as_str().unwrap_or_default();
            // https://circleci.com/docs/openid-connect-tokens/: the key set of an organization.
            let owner = match name {
                "oidc_discovery_url" => Some(url),
                "jwks_url" => Some(url.strip_suffix("/.well-known/jwks-pub.json").unwrap_or(url)),
                _ => None,
            };
            match (owner, issuer) {
                (Some(owner), Some(issuer)) if owner != issuer => place(
                    step(Outcome::Unknown, "the mount has the keys of another issuer").detail(
                        "Vault compares keys, not names: whether CircleCI signs with the same keys for both is not documented.",
                    ),
                    node,
                ),
                (Some(_), None) => step(Outcome::Unknown, "the token's issuer is not told, so whose keys it needs is not certain"),
                _ => step(Outcome::NotApplicable, "key fetch and signature are not checked here"),
            }
        }
    }
}

fn algorithm(login: &Login, alg: &str) -> Step {
    let settings = login.mount.as_ref().and_then(|mount| mount.settings.as_ref());
    let listed = settings.map(|settings| settings.texts("jwt_supported_algs")).unwrap_or_default();
    let untold = settings.is_some_and(|settings| settings.is_untold("jwt_supported_algs"))
        || (login.mount.is_some() && settings.is_none());
    let is_listed = listed.is_empty() || listed.iter().any(|item| item.text() == alg);
    let (outcome, title) = match (ALGORITHMS.contains(&alg), is_listed) {
        (false, _) => (Outcome::Fail, "Vault takes no tokens that are signed like this"),
        (true, _) if untold => (Outcome::Unknown, "jwt_supported_algs is not told"),
        (true, true) => (Outcome::Pass, "Vault accepts the signing algorithm"),
        (true, false) => (Outcome::Fail, "the signing algorithm is not in jwt_supported_algs"),
    };
    let says = match outcome {
        Outcome::Fail if is_listed => [
            PREFIX,
            "error verifying token signature: oidc: malformed jwt: unexpected signature algorithm \"",
            alg,
            "\"",
        ]
        .concat(),
        _ => [PREFIX, "invalid algorithm (alg) header parameter: token signed with unexpected algorithm"].concat(),
    };
    let step = Step::new(Code::VaultTokenAlgorithm, outcome, title)
        .expected(shown(&listed))
        .actual(Some(alg).filter(|alg| !alg.is_empty()))
        .reference(link::API);
    if outcome == Outcome::Fail { step.vendor_text(says) } else { step }
}

/// Registered claims have their types, and none has another spelling beside it.
fn types(claims: &Claims) -> Option<Step> {
    let step = |outcome, title: &[&str], claim: &str, value: &Value| {
        Step::new(Code::VaultTokenClaims, outcome, title.concat())
            .claim(claim.to_owned())
            .actual(Some(value))
            .reference(link::TOKEN)
    };
    for (name, value) in claims.members() {
        let registered = REGISTERED.iter().map(|(own, _)| *own).chain(["aud"]);
        if let Some(own) = { registered }.find(|own| own != name && folds(own, name)) {
            let says = [
                PREFIX,
                "ambiguous claim: key ",
                &Value::from(name).to_json(),
                " collides with registered claim \"",
                own,
                "\" under case folding",
            ];
            // Which release brought it is not told.
            return Some(
                step(
                    Outcome::Unknown,
                    &["the claim ", name, " is refused by newer releases, which take it for ", own],
                    name,
                    value,
                )
                .vendor_text(says.concat()),
            );
        }
        let Some((own, text)) = REGISTERED.iter().find(|(own, _)| own == name) else { continue };
        match value {
            Value::String(_) if *text => {}
            Value::Number(_) if !*text => {}
            // What becomes of it is not documented.
            Value::Null => return Some(step(Outcome::Unknown, &["the claim ", own, " is null"], own, value)),
            _ => {
                let wanted = if *text { " has to be a text, this is " } else { " has to be a number, this is " };
                let found = step(Outcome::Fail, &[own, wanted, value.kind()], own, value);
                let kind = value.kind().rsplit(' ').next().unwrap_or_default();
                let says = ["json: cannot unmarshal ", kind, " into Go struct field Claims.", own, " of type string"];
                return Some(if *text { found.vendor_text([PREFIX, &says.concat()].concat()) } else { found });
            }
        }
    }
    match claims.get("aud") {
        Known::Present(value) if texts(value).is_none() => {
            Some(step(Outcome::Fail, &["aud has to be a text or a list of texts"], "aud", value))
        }
        _ => None,
    }
}

/// Whether two names are the same where Go does not look at letter case; `ſ` is an `s` then.
fn folds(own: &str, name: &str) -> bool {
    name.chars().map(|one| if one == 'ſ' { 's' } else { one.to_ascii_lowercase() }).eq(own.chars())
}

/// The audiences of a token; none if it is of another type.
pub(super) fn texts(value: &Value) -> Option<Vec<&str>> {
    match value {
        Value::String(text) => Some(vec![text]),
        Value::Array(items) => items.iter().map(Value::as_str).collect(),
        _ => None,
    }
}

/// A claim that has to be one text, byte for byte. `words`: if it is, if it is not, and if nothing is asked.
fn same(
    (code, claim): (Code, &'static str),
    claims: &Claims,
    bound: Option<&Node>,
    untold: bool,
    [pass, fail, free]: [&'static str; 3],
    says: &str,
) -> Step {
    let step = |outcome, title: &[&str]| Step::new(code, outcome, title.concat()).claim(claim).reference(link::TOKEN);
    if untold || bound.is_some_and(|bound| bound.as_str().is_none()) {
        return step(Outcome::Unknown, &["what has to be in ", claim, " is not told"]);
    }
    let Some(bound) = bound else { return step(Outcome::Pass, &[free]) };
    let text = bound.as_str().unwrap_or_default();
    match claims.get(claim) {
        Known::NotKnown => step(Outcome::Unknown, &["the evidence does not tell ", claim]).expected([text]),
        Known::Present(value) if value.as_str() == Some(text) => {
            step(Outcome::Pass, &[pass]).expected([text]).actual(Some(value))
        }
        Known::Present(value) => {
            step(Outcome::Fail, &[fail]).expected([text]).actual(Some(value)).vendor_text([PREFIX, says].concat())
        }
        Known::Absent => {
            step(Outcome::Fail, &["the token has no ", claim]).expected([text]).vendor_text([PREFIX, says].concat())
        }
    }
}
