//! A role as it was given, with its mount, read once for any number of tokens.

use std::{net::IpAddr, rc::Rc};

use super::{
    bound, candidate, exchange, headline, identity,
    input::Input,
    link, lint,
    mount::Mount,
    near,
    propose::{self, Change},
    role::Role,
    version::{Product, Version},
};
use crate::{
    report::{Code, Decision, Outcome, Step, Words},
    token::Claims,
    trust::{
        Probe, Proposal, Remark, Request, Trust, TrustResult,
        budget::{Budget, Tries},
        given::Given,
        result::{decide, trusted},
    },
};

/// Characters that are compared for one token. The longest role that is read against the longest subject of CircleCI's takes a
/// tenth.
const STEPS: u32 = 20_000_000;
/// The same for all tokens that are tried to find who else gets in, and what fixes a role.
const TRIES: u32 = 100_000_000;

/// A role, and what was given beside it. A copy with another role shares the rest.
#[derive(Clone, Debug)]
pub(super) struct Login {
    pub(super) given: Rc<Given>,
    pub(super) mount_given: Option<Rc<Given>>,
    pub(super) name: Option<String>,
    pub(super) role: Role,
    pub(super) mount: Option<Mount>,
    pub(super) product: Product,
    pub(super) version: Option<Version>,
    pub(super) address: Option<(String, IpAddr)>,
    tries: Tries,
}

impl Login {
    pub(super) fn new(input: Input) -> Self {
        let Input { name, role: given, mount, product, version, address } = input;
        Self {
            given: Rc::new(given),
            mount_given: mount.map(Rc::new),
            name,
            role: Role::default(),
            mount: None,
            product,
            version,
            address,
            tries: Tries::default(),
        }
        .read()
    }

    /// Reads role and mount from their JSON.
    fn read(mut self) -> Self {
        self.role = Role::read(&self.given);
        self.mount = self.mount_given.as_ref().map(|given| Mount::read(given, self.product));
        let named = self.role.settings.as_ref().map(|settings| settings.text("role_name").to_owned());
        self.name = self.name.or_else(|| named.filter(|name| !name.is_empty()));
        self
    }

    /// The same with changes, so that what is proved is what can be pasted.
    pub(super) fn changed(&self, changes: &[&Change]) -> Self {
        let mut edited = self.clone();
        for change in changes {
            let given = if change.in_mount { edited.mount_given.as_mut() } else { Some(&mut edited.given) };
            if let Some(Ok(node)) = given.map(|given| Rc::make_mut(given).node.as_mut()) {
                change.apply(node);
            }
        }
        edited.read()
    }

    /// The steps, and what they take for granted.
    fn steps(&self, request: &Request<'_>) -> (Vec<Step>, Vec<Words>) {
        let mut assumed = Vec::new();
        let role = [
            "Vault stores this role",
            "Vault refuses to store this role",
            "whether Vault stores this role is not certain",
        ];
        let mut steps = vec![exchange::group(Code::VaultRole, role, self.role.problems.clone()).reference(link::ROLE)];
        if let Some(mount) = &self.mount {
            let words = [
                "Vault stores this mount",
                "Vault refuses to store this mount",
                "whether Vault stores this mount is not certain",
            ];
            steps.push(exchange::group(Code::VaultMount, words, mount.problems.clone()).reference(link::CONFIG));
        }
        let Some(settings) = &self.role.settings else { return (steps, assumed) };
        let budget = Budget::within(STEPS, &self.tries);
        steps.push(exchange::request(self, settings));
        steps.push(exchange::token(self, settings, request, &budget, &mut assumed));
        if self.role.is_cel() {
            let title = "the role's expression decides, and CEL roles of OpenBao are not evaluated here";
            steps.push(Step::new(Code::VaultRoleCel, Outcome::Unknown, title).reference(link::CEL));
            return (steps, assumed);
        }
        steps.push(identity::step(self, settings, request.claims, &budget));
        steps.push(bound::step(self, settings, request.claims, &budget));
        (steps, assumed)
    }
}

impl Trust for Login {
    fn judge(&self, request: &Request<'_>) -> TrustResult {
        let (steps, assumed) = self.steps(request);
        let decision = decide(&steps);
        let said = headline::write(self.name.as_deref(), decision, &steps, request.claims);
        let settings = self.role.settings.as_ref().filter(|_| decision == Decision::Allow);
        let identity = settings.map(|settings| identity::of(settings, request.claims));
        TrustResult { assumed, identity, ..TrustResult::new("vault", self.name.clone(), decision, said, steps) }
    }

    fn decide(&self, request: &Request<'_>) -> Decision {
        decide(&self.steps(request).0)
    }

    fn limit(&self) {
        self.tries.set(Some(TRIES));
    }

    fn exhausted(&self) -> bool {
        self.tries.get() == Some(0)
    }

    fn issuers(&self) -> Vec<String> {
        let settings = self.mount.as_ref().and_then(|mount| mount.settings.as_ref());
        // Without its mount a role may be about any issuer, unless it asks for claims that CircleCI's tokens do not have.
        let Some(settings) = settings else {
            let foreign = self.role.claims.iter().any(|bound| near::known(&bound.key).is_none());
            return if foreign { Vec::new() } else { vec!["*".to_owned()] };
        };
        let issuer = match (settings.text("bound_issuer"), settings.text("oidc_discovery_url")) {
            ("", "") if settings.text("jwks_url").is_empty() => "*",
            ("", "") => settings.text("jwks_url"),
            ("", url) => url.trim_end_matches('/'),
            (issuer, _) => issuer,
        };
        let issuer = issuer.strip_suffix("/.well-known/jwks-pub.json").unwrap_or(issuer);
        trusted(issuer)
    }

    fn candidates(&self) -> Vec<Claims> {
        candidate::all(self)
    }

    fn proposals(&self, request: &Request<'_>, steps: &[Step]) -> Vec<Proposal> {
        propose::all(self, request, steps)
    }

    fn remarks(&self, request: &Request<'_>, probes: &[Probe]) -> Vec<Remark> {
        lint::remarks(self, request, probes)
    }
}
