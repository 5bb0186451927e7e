//! JSON in, JSON out: the functions of the interface over text, the same for wasm and for native tests.

use serde::{Serialize, de::DeserializeOwned};

use crate::{
    Error,
    inspect::{self, CIRCLECI_ALGORITHM, ClaimsInput, text},
    json::{self, Data, Fields, Node, Text, read},
    report::text::Style,
    samples,
    token::{self, Claims},
    trust::{self, Configuration, Request},
    verify::{self, VerifyOptions},
};

/// Calls a function of the interface by its JavaScript name with the JSON text of its argument object, and returns the
/// JSON text of its result; of `formatText` the text itself.
///
/// # Errors
/// [`Error::Argument`] for an unknown function and for an argument that is not JSON, and whatever the function says.
pub fn call(function: &str, argument: &str) -> Result<String, Error> {
    let document = read(&Text::pasted(argument))
        .map_err(|error| Error::argument("", format!("the argument is not JSON: {error}")))?;
    if let Some(duplicate) = document.duplicates.first() {
        return Err(Error::argument("", format!("the argument holds {} twice", duplicate.name)));
    }
    let mut fields = Fields::new("", &document.root)?;
    let result = match function {
        "inspect" => inspect::inspect(&mut fields).and_then(|report| serialize(&report)),
        "decode" => decode(&mut fields),
        "verify" => verify(&mut fields),
        "evaluate" => evaluate(&mut fields),
        "detect" => detect(&mut fields),
        "redact" => redact(&mut fields),
        "samples" => Ok(samples::json().to_owned()),
        "formatText" => format_text(&mut fields, argument),
        _ => return Err(Error::argument("", format!("unknown function {function}"))),
    }?;
    fields.finish()?;
    Ok(result)
}

fn decode(fields: &mut Fields<'_>) -> Result<String, Error> {
    let token = required_token(fields)?;
    serialize(&token::decode(token))
}

fn verify(fields: &mut Fields<'_>) -> Result<String, Error> {
    let token = required_token(fields)?;
    let result = with_options(fields, |options| VerifyOptions::read(options))?;
    serialize(&verify::verify(token, &result)?)
}

fn evaluate(fields: &mut Fields<'_>) -> Result<String, Error> {
    let claims = ClaimsInput::read(required(fields, "claims")?, &fields.path_of("claims"))?;
    let trust = required(fields, "trust")?;
    let (now, alg, partial) = with_options(fields, |options| {
        Ok((
            options.seconds("now")?,
            options.string("alg")?.unwrap_or(CIRCLECI_ALGORITHM),
            options.boolean("partial")?.unwrap_or(false),
        ))
    })?;
    let root = &claims.document.root;
    let minted = token::decode_claims(root, None).times.issued_at;
    let claims = Claims::from_node(root, partial).ok_or_else(|| Error::argument("claims", "expected an object"))?;
    let configuration = Configuration { node: trust, path: "trust".to_owned() };
    serialize(&trust::evaluate(&configuration, &Request { claims: &claims, alg, now: now.or(minted) })?)
}

fn redact(fields: &mut Fields<'_>) -> Result<String, Error> {
    let token = required_token(fields)?;
    let ids = with_options(fields, |options| options.boolean("ids"))?;
    serialize(&token::redact(token, ids.unwrap_or(false)))
}

fn detect(fields: &mut Fields<'_>) -> Result<String, Error> {
    let text = required_text(fields, "text")?;
    serialize(&crate::detect::detect(text))
}

/// Which result a text is made of is told by its members, as in the types of the interface.
fn format_text(fields: &mut Fields<'_>, argument: &str) -> Result<String, Error> {
    let report = required(fields, "report")?;
    let style = Style { color: fields.boolean("color")?.unwrap_or(false) };
    let json = argument.get(report.at.clone()).unwrap_or_default();
    let has = |name| report.get(name).is_some();
    if has("schema") {
        result(json).map(|report| text::report(&report, style))
    } else if has("verdict") {
        result(json).map(|verification| text::verification(&verification, style))
    } else if has("decision") {
        result(json).map(|trust| text::trust(&trust, style))
    } else {
        result(json).map(|decoded| text::decoded(&decoded, None, style))
    }
}

fn result<T: DeserializeOwned>(json: &str) -> Result<T, Error> {
    serde_json::from_str(json)
        .map_err(|error| Error::argument("report", format!("expected a result of this version: {error}")))
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

fn required_token<'a>(fields: &mut Fields<'a>) -> Result<&'a str, Error> {
    let token = required_text(fields, "token")?;
    json::TOKEN.check(token)?;
    Ok(token)
}

fn serialize(result: &impl Serialize) -> Result<String, Error> {
    serde_json::to_string(result).map_err(|error| Error::argument("", format!("the result has no JSON form: {error}")))
}
