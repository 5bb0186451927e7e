//! The one place where the three questions are put together: what does the token say, is it genuine, who lets it in?

mod claims_input;

use serde::Serialize;

use crate::{
    Error, Seconds,
    json::{self, Fields, Node, Text, Value, read},
    report::Source,
    token::{self, Claims, Compact, Decoded, Part},
    trust::{self, Configuration, Request, TrustResult},
    verify::{self, Verification, VerifyOptions},
};

pub use claims_input::ClaimsInput;

/// What CircleCI signs with; taken for granted where the evidence has no header.
pub const CIRCLECI_ALGORITHM: &str = "RS256";

/// Everything about one token.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Report {
    /// Version of this form: 1.
    pub schema: u32,
    /// What made it.
    pub engine: Engine,
    /// The clock that was used, epoch seconds.
    pub now: Seconds,
    /// What the token says.
    pub decoded: Decoded,
    /// Is it genuine, ours and current?
    pub verification: Verification,
    /// Who lets it in, in the order of the configurations.
    pub trust: Vec<TrustResult>,
}

/// What made a report.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Engine {
    /// Version of this program.
    pub version: String,
    /// The date of the newest state of a vendor's documentation that the rules follow.
    pub rules_date: String,
}

/// The date of the newest state of a vendor's documentation that a rule in this program was taken from: what was
/// published later is not in it, whenever somebody looked. A test holds it against the dates beside the rules.
pub const RULES_DATE: &str = "2026-09-28";

/// Reads the argument object of `inspect` and answers it.
///
/// # Errors
/// [`Error`] for misuse: a wrong type, both or neither of `token` and `claims`, an input over its limit.
pub fn inspect(fields: &mut Fields<'_>) -> Result<Report, Error> {
    let options = VerifyOptions::read(fields)?;
    let now = options.now.ok_or_else(|| Error::argument(fields.path_of("now"), "is missing"))?;
    let told = Told::read(fields)?;
    let probes = fields.boolean("probes")?.unwrap_or(true);
    let alg = fields.string("alg")?;
    let trust_at = fields.string("trustAt")?.unwrap_or("issued");
    if !["issued", "now"].contains(&trust_at) {
        return Err(Error::argument(fields.path_of("trustAt"), "expected issued or now"));
    }
    let configurations = configurations(fields)?;
    let mut evidence = match (fields.string("token")?, fields.any("claims")) {
        (Some(token), None) => from_token(token, told, &options)?,
        (None, Some(claims)) => from_claims(claims, &fields.path_of("claims"), told, &options)?,
        _ => return Err(Error::argument(fields.path_of("token"), "give exactly one of token and claims")),
    };
    if let Some(alg) = alg.filter(|_| evidence.decoded.header.is_none()) {
        alg.clone_into(&mut evidence.alg);
    }
    // A token whose evidence does not tell when it was minted was presented at a time that is not known, not now.
    let presented = if trust_at == "now" { Some(now) } else { evidence.decoded.times.issued_at };
    let trust = configurations
        .iter()
        .map(|configuration| match &evidence.claims {
            Some(claims) => {
                trust::evaluate(configuration, &Request { claims, alg: &evidence.alg, now: presented }, probes)
            }
            None => trust::without_claims(configuration),
        })
        .collect::<Result<_, _>>()?;
    Ok(Report {
        schema: 1,
        engine: Engine { version: env!("CARGO_PKG_VERSION").to_owned(), rules_date: RULES_DATE.to_owned() },
        now,
        decoded: evidence.decoded,
        verification: evidence.verification,
        trust,
    })
}

/// How much of a token the evidence tells.
struct Told {
    /// A claim that is not listed is not known.
    partial: bool,
    /// Claims that follow from the subject.
    derived: Vec<String>,
    /// The error code with which the cloud refused it.
    refused: Option<String>,
}

impl Told {
    fn read(fields: &mut Fields<'_>) -> Result<Self, Error> {
        let partial = fields.boolean("partial")?.unwrap_or(false);
        let derived = fields.strings("derived")?.unwrap_or_default();
        let refused = fields.string("refused")?.map(str::to_owned);
        Ok(Self { partial, derived: derived.into_iter().map(str::to_owned).collect(), refused })
    }

    /// Takes the members of a payload; `None` if it is not an object.
    fn claims(self, payload: Value) -> Option<Claims> {
        let claims = Claims::from_value(payload, self.partial)?;
        Some(claims.derived_from_subject(self.derived).refused_with(self.refused))
    }
}

/// Takes the members of a payload, and of the options how much of a token they are; `None` if it is not an object.
///
/// # Errors
/// [`Error::Argument`] for options of the wrong type.
pub fn claims(payload: Value, options: &mut Fields<'_>) -> Result<Option<Claims>, Error> {
    Ok(Told::read(options)?.claims(payload))
}

/// What is known of a token, from the token itself or from its claims.
struct Evidence {
    decoded: Decoded,
    verification: Verification,
    /// The header's `alg`, empty if it names none; CircleCI's where the evidence has no header.
    alg: String,
    /// The claims, if they could be read.
    claims: Option<Claims>,
}

fn from_token(text: &str, told: Told, options: &VerifyOptions) -> Result<Evidence, Error> {
    json::TOKEN.check(text)?;
    let decoded = token::decode(text);
    let verification = verification_of(text, &decoded, told.partial, options)?;
    Ok(Evidence::new(decoded, told, verification))
}

/// Verifies what was pasted as a token. What people hold is often less than one: without its signature the token's
/// other steps can still be judged, and so can claims alone.
fn verification_of(
    text: &str,
    decoded: &Decoded,
    partial: bool,
    options: &VerifyOptions,
) -> Result<Verification, Error> {
    let source = Source::new("token", text);
    let trimmed = token::trim(text);
    let compact = Compact::split(trimmed.text);
    if let (None, Some(claims), Some(first)) = (&decoded.header, &decoded.claims, compact.parts.first()) {
        // A payload part alone, or JSON: of the claims, or of a token in the JSON serialization, which no cloud takes.
        let payload = read(&Text::pasted(trimmed.text)).ok().or_else(|| first.json().ok());
        if let Some(payload) = payload.filter(|document| Value::from(&document.root) == *claims) {
            return Ok(verify::verify_claims(&payload, partial, options));
        }
    }
    let whole = trimmed.at.clone();
    match &*compact.parts {
        [_, _] => verify::verify_unsigned(&source, whole, options),
        [_, payload, Part { text: "", .. }] => {
            verify::verify_unsigned(&source, whole.start..whole.start.saturating_add(payload.at.end), options)
        }
        _ => verify::verify_in(&source, whole, options),
    }
}

fn from_claims(node: &Node, path: &str, told: Told, options: &VerifyOptions) -> Result<Evidence, Error> {
    let claims = ClaimsInput::read(node, path)?;
    let decoded = token::decode_claims(&claims.document.root, claims.source.as_ref());
    let verification = verify::verify_claims(&claims.document, told.partial, options);
    Ok(Evidence::new(decoded, told, verification))
}

impl Evidence {
    fn new(decoded: Decoded, told: Told, verification: Verification) -> Self {
        let alg = match &decoded.header {
            Some(header) => header.get("alg").and_then(Value::as_str).unwrap_or_default(),
            None => CIRCLECI_ALGORITHM,
        };
        let claims = decoded.claims.clone().and_then(|payload| told.claims(payload));
        Self { alg: alg.to_owned(), claims, decoded, verification }
    }
}

fn configurations<'a>(fields: &mut Fields<'a>) -> Result<Vec<Configuration<'a>>, Error> {
    let path = fields.path_of("trust");
    let Some(node) = fields.any("trust") else { return Ok(Vec::new()) };
    let items =
        node.as_array().ok_or_else(|| Error::argument(&*path, format!("expected an array, got {}", node.kind())))?;
    Ok(items.iter().enumerate().map(|(index, node)| Configuration { node, path: format!("{path}[{index}]") }).collect())
}
