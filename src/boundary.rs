//! JSON in, JSON out: the functions of the interface over text, the same for wasm and for native tests.

use serde::Serialize;

use crate::{
    Error, Seconds,
    detect::{Detected, detect},
    evidence::{self, Evidence, FoundTrust},
    inspect::{self, CIRCLECI_ALGORITHM, ClaimsInput, Report},
    json::{self, Data, Fields, Node, Text, Value, read},
    message::{self, Explanation},
    names::Names,
    report::{Decision, Finding},
    samples,
    token::{self, Claims, Decoded},
    trust::{self, Configuration, Request, Survey, TrustResult},
    verify::{self, Verification, VerifyOptions},
};

/// Calls a function of the interface by its JavaScript name with the JSON text of its argument object, and returns the
/// JSON text of its result.
///
/// # Errors
/// [`Error::Argument`] for an unknown function and for an argument that is not JSON, and whatever the function says.
pub fn call(function: &str, argument: &str) -> Result<String, Error> {
    let mut names = Names::default();
    match answer(function, argument, &mut names)? {
        Answer::Report(mut report) => {
            names.add_to(&mut report.decoded.table);
            serialize(&report)
        }
        Answer::Decoded(mut decoded) => {
            names.add_to(&mut decoded.table);
            serialize(&decoded)
        }
        Answer::Verification(verification) => serialize(&verification),
        Answer::Trust(result) => serialize(&result),
        Answer::Decisions(decisions) => serialize(&decisions),
        Answer::Survey(survey) => serialize(&survey),
        Answer::Findings(findings) => serialize(&findings),
        Answer::Detected(detected) => serialize(&detected),
        Answer::Evidence(evidence) => serialize(&evidence),
        Answer::Trusts(found) => serialize(&found),
        Answer::Explanation(explanation) => serialize(&explanation),
        Answer::Redacted(token) => serialize(&token),
        Answer::Samples => Ok(samples::json().to_owned()),
    }
    .map(|json| names.put_into(json))
}

/// What a function of the interface answers, before it is given a form.
enum Answer {
    Report(Report),
    Decoded(Decoded),
    Verification(Verification),
    Trust(TrustResult),
    Decisions(Vec<Decision>),
    Survey(Survey),
    Findings(Vec<Finding>),
    Detected(Detected),
    Evidence(Option<Box<Evidence>>),
    Trusts(Vec<FoundTrust>),
    Explanation(Option<Explanation>),
    Redacted(String),
    Samples,
}

fn answer(function: &str, argument: &str, names: &mut Names) -> Result<Answer, Error> {
    let mut document = read(&Text::pasted(argument))
        .map_err(|error| Error::argument("", format!("the argument is not JSON: {error}")))?;
    if let Some(duplicate) = document.duplicates.first() {
        return Err(Error::argument("", format!("the argument holds {} twice", duplicate.name)));
    }
    let all = if function == "decide" { take_claims(&mut document.root) } else { None };
    let mut fields = Fields::new("", &document.root)?;
    let answer = match function {
        "inspect" => {
            *names = Names::read(&mut fields)?;
            inspect::inspect(&mut fields).map(Answer::Report)
        }
        "decode" => {
            *names = names_of(&mut fields)?;
            token_of(&mut fields).map(|token| Answer::Decoded(token::decode(token)))
        }
        "verify" => verify(&mut fields, names).map(Answer::Verification),
        "evaluate" => evaluate(&mut fields, names).map(Answer::Trust),
        "decide" => decide(&mut fields, all).map(Answer::Decisions),
        "survey" => survey(&mut fields, names).map(Answer::Survey),
        "lint" => survey(&mut fields, names).map(|survey| Answer::Findings(survey.findings)),
        "detect" => required_text(&mut fields, "text").map(|text| Answer::Detected(detect(text))),
        "claimsFrom" => evidence::claims_from(required_text(&mut fields, "text")?).map(Answer::Evidence),
        "trustsFrom" => evidence::trusts_from(required_text(&mut fields, "text")?).map(Answer::Trusts),
        "explainError" => message::explain_error(required_text(&mut fields, "text")?).map(Answer::Explanation),
        "redact" => redact(&mut fields).map(Answer::Redacted),
        "samples" => Ok(Answer::Samples),
        _ => Err(Error::argument("", format!("unknown function {function}"))),
    }?;
    fields.finish()?;
    Ok(answer)
}

fn verify(fields: &mut Fields<'_>, names: &mut Names) -> Result<Verification, Error> {
    let token = token_of(fields)?;
    let options = with_options(fields, |options| {
        *names = Names::read(options)?;
        VerifyOptions::read(options)
    })?;
    verify::verify(token, &options)
}

fn evaluate(fields: &mut Fields<'_>, names: &mut Names) -> Result<TrustResult, Error> {
    let path = fields.path_of("claims");
    let input = ClaimsInput::read(required(fields, "claims")?, &path)?;
    let trust = required(fields, "trust")?;
    let root = &input.document.root;
    let (now, alg, claims, probes) = with_options(fields, |options| {
        let read = (
            options.seconds("now")?,
            options.string("alg")?.unwrap_or(CIRCLECI_ALGORITHM),
            inspect::claims(Value::from(root), options)?,
            options.boolean("probes")?.unwrap_or(true),
        );
        *names = Names::read(options)?;
        Ok(read)
    })?;
    let claims = claims.ok_or_else(|| Error::argument(path, "expected an object"))?;
    let now = now.or_else(|| Seconds::at(root.get("iat")?));
    trust::evaluate(&configuration(trust), &Request { claims: &claims, alg, now }, probes)
}

/// The claim sets, if they are a list: taken out of the argument, so that they need not be copied.
fn take_claims(argument: &mut Node) -> Option<Vec<Node>> {
    let Data::Object(members) = &mut argument.data else { return None };
    match &mut members.iter_mut().find(|member| member.name == "claims")?.value.data {
        Data::Array(items) => Some(std::mem::take(items)),
        _ => None,
    }
}

/// The decisions alone, for many claim sets: the configuration is read once.
fn decide(fields: &mut Fields<'_>, all: Option<Vec<Node>>) -> Result<Vec<Decision>, Error> {
    let path = fields.path_of("claims");
    let node = required(fields, "claims")?;
    let mut all = all.ok_or_else(|| Error::argument(&*path, format!("expected an array, got {}", node.kind())))?;
    let trust = trust::read(&configuration(required(fields, "trust")?))?;
    let (now, alg, partial) = with_options(fields, |options| {
        let alg = options.string("alg")?.unwrap_or(CIRCLECI_ALGORITHM);
        Ok((options.seconds("now")?, alg, options.boolean("partial")?.unwrap_or(false)))
    })?;
    let mut decisions = Vec::with_capacity(all.len());
    for node in &mut all {
        if node.as_object().is_none() {
            *node = ClaimsInput::read(node, &format!("{path}[{}]", decisions.len()))?.document.root;
        }
        let iat = node.get("iat").and_then(Seconds::at);
        let claims = Claims::from_value(Value::taken(node), partial);
        let claims = claims.ok_or_else(|| Error::argument(&*path, "expected objects"))?;
        decisions.push(trust.decide(&Request { claims: &claims, alg, now: now.or(iat) }));
    }
    Ok(decisions)
}

fn survey(fields: &mut Fields<'_>, names: &mut Names) -> Result<Survey, Error> {
    *names = names_of(fields)?;
    trust::survey(&configuration(required(fields, "trust")?))
}

fn configuration(node: &Node) -> Configuration<'_> {
    Configuration { node, path: "trust".to_owned() }
}

fn redact(fields: &mut Fields<'_>) -> Result<String, Error> {
    let token = token_of(fields)?;
    let ids = with_options(fields, |options| options.boolean("ids"))?;
    Ok(token::redact(token, ids.unwrap_or(false)))
}

/// The options, where names are all that they may hold.
fn names_of(fields: &mut Fields<'_>) -> Result<Names, Error> {
    with_options(fields, Names::read)
}

/// Reads the optional member `options` whole; a member of it that nobody asked for is an error.
fn with_options<'a, T>(
    fields: &mut Fields<'a>,
    take: impl FnOnce(&mut Fields<'a>) -> Result<T, Error>,
) -> Result<T, Error> {
    static NONE: Node = Node { at: 0..0, data: Data::Object(Vec::new()) };
    let mut options = Fields::new(fields.path_of("options"), fields.any("options").unwrap_or(&NONE))?;
    let taken = take(&mut options)?;
    options.finish()?;
    Ok(taken)
}

fn required<'a>(fields: &mut Fields<'a>, name: &'static str) -> Result<&'a Node, Error> {
    fields.any(name).ok_or_else(|| Error::argument(fields.path_of(name), "is missing"))
}

fn required_text<'a>(fields: &mut Fields<'a>, name: &'static str) -> Result<&'a str, Error> {
    fields.string(name)?.ok_or_else(|| Error::argument(fields.path_of(name), "is missing"))
}

fn token_of<'a>(fields: &mut Fields<'a>) -> Result<&'a str, Error> {
    let token = required_text(fields, "token")?;
    json::TOKEN.check(token)?;
    Ok(token)
}

fn serialize(result: &impl Serialize) -> Result<String, Error> {
    // Writing to a string fails only for keys that are no strings, which no result has; the library's words for it would
    // bring those of every error of the operating system.
    json::write(result).ok_or_else(|| Error::argument("", "the result has no JSON form"))
}
