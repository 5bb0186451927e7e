//! JSON in, JSON out: the functions of the interface over text, the same for wasm and for native tests.

use serde::Serialize;

use crate::{
    Error,
    json::{self, Data, Fields, Member, Node, Text, Value, read},
    token::{Claims, Known},
    trust::{self, Configuration, Request},
};

/// Calls a function of the interface by its JavaScript name with the JSON text of its argument object, and returns the
/// JSON text of its result.
///
/// # Errors
/// [`Error::Argument`] for an unknown function and for an argument that is not JSON, and whatever the function says.
pub fn call(function: &str, argument: &str) -> Result<String, Error> {
    let document = read(&Text::pasted(argument))
        .map_err(|error| Error::argument("", format!("the argument is not JSON: {error}")))?;
    let mut fields = Fields::new("", &document.root)?;
    match function {
        "evaluate" => evaluate(&mut fields),
        _ => return Err(Error::argument("", format!("unknown function {function}"))),
    }
    .and_then(|result| fields.finish().map(|()| result))
}

fn evaluate(fields: &mut Fields<'_>) -> Result<String, Error> {
    let claims = required(fields, "claims")?;
    let trust = required(fields, "trust")?;
    let empty = Node { at: 0..0, data: Data::Object(Vec::new()) };
    let mut options = Fields::new("options", fields.any("options").unwrap_or(&empty))?;
    let now = options.seconds("now")?;
    let alg = options.string("alg")?.unwrap_or("RS256");
    let partial = options.boolean("partial")?.unwrap_or(false);
    options.finish()?;

    let claims = Claims::new(claim_members(claims)?, partial);
    let minted = match claims.get("iat") {
        Known::Present(value) => value.as_f64(),
        Known::Absent | Known::NotKnown => None,
    };
    let configuration = Configuration { node: trust, path: "trust".to_owned() };
    serialize(&trust::evaluate(&configuration, &Request { claims: &claims, alg, now: now.or(minted) })?)
}

/// The claims as an object, or as the JSON text of one, which keeps the spelling of numbers.
fn claim_members(node: &Node) -> Result<Vec<(String, Value)>, Error> {
    let document;
    let object = match node.as_str() {
        Some(text) => {
            json::TOKEN.check(text)?;
            document = read(&Text::pasted(text)).map_err(|error| Error::argument("claims", error.to_string()))?;
            if let Some(duplicate) = document.duplicates.first() {
                let message = format!("the member {} occurs twice", duplicate.name);
                return Err(Error::argument("claims", message));
            }
            &document.root
        }
        None => node,
    };
    let members = object
        .as_object()
        .ok_or_else(|| Error::argument("claims", format!("expected an object, got {}", object.kind())))?;
    Ok(members.iter().map(|Member { name, value, .. }| (name.clone(), Value::from(value))).collect())
}

fn required<'a>(fields: &mut Fields<'a>, name: &'static str) -> Result<&'a Node, Error> {
    fields.any(name).ok_or_else(|| Error::argument(fields.path_of(name), "is missing"))
}

fn serialize(result: &impl Serialize) -> Result<String, Error> {
    serde_json::to_string(result).map_err(|error| Error::argument("", format!("the result has no JSON form: {error}")))
}
