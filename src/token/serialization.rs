//! JSON in the place of a compact token: the JSON serializations (RFC 7515, 7.2), claims, and other documents.

use super::{Decoded, Place, decode::has_claims, part};
use crate::{
    json::{Node, Text, read as read_json},
    report::{Code, Finding, Severity, Source},
};

/// Reads a JSON text that begins at byte `start` of the source.
pub(super) fn read(decoded: &mut Decoded, text: &str, source: &Source, start: usize) {
    let place = Place::Pasted { source, start };
    let root = match read_json(&Text::pasted(text)) {
        Ok(document) => document.root,
        Err(error) => {
            let detail = format!("It begins like JSON, but: {error} (byte {}).", start.saturating_add(error.at.start));
            let finding = Finding::new(Code::TokenUnreadable, Severity::Error, "This is not a token", detail);
            return decoded.findings.push(finding.at(place.span(error.at)));
        }
    };
    let whole = place.span(root.at.clone());
    let mut say = |code, severity, title: &'static str, detail: &'static str| {
        decoded.findings.push(Finding::new(code, severity, title, detail).at(whole.clone()));
    };
    if root.get("ciphertext").is_some() {
        let detail = "Only its recipient can read the claims. CircleCI's tokens are signed, not encrypted.";
        say(
            Code::TokenEncrypted,
            Severity::Error,
            "This is an encrypted token (JWE) in the JSON serialization",
            detail,
        );
    } else if let Some(parts) = Parts::of(&root) {
        let detail = "Clouds take the compact form only: header.payload.signature. What can be read is shown.";
        say(Code::TokenSerialization, Severity::Error, "This is a token in the JSON serialization", detail);
        parts.read(decoded, text, source, start);
    } else if has_claims(&root) {
        let detail = "These are the claims as JSON, without a token around them: they can be shown and judged, a signature \
                      cannot be verified.";
        say(Code::TokenClaimsJson, Severity::Info, "These are claims, not a token", detail);
        decoded.set_claims(&root, &place);
    } else {
        let detail = match () {
            () if root.get("keys").is_some() => {
                "It is a key set: give it as the key set that a token is verified with."
            }
            () if root.get("Statement").is_some() => "It is an AWS policy: give it as trust to judge a token by.",
            () => "Paste the compact token, which begins with eyJ, or the claims.",
        };
        say(Code::TokenOtherJson, Severity::Error, "This is JSON, but neither a token nor claims", detail);
    }
}

/// The parts of a JSON serialization that can be shown. The signature is not among them.
pub(super) struct Parts<'a> {
    /// The protected header, of the first signature where there are several.
    pub(super) header: Option<&'a Node>,
    /// The payload.
    pub(super) payload: &'a Node,
}

impl<'a> Parts<'a> {
    /// `None` if the object is no JSON serialization of a signed token. Flattened: RFC 7515, 7.2.2; general: 7.2.1.
    pub(super) fn of(root: &'a Node) -> Option<Self> {
        let payload = root.get("payload").filter(|payload| payload.as_str().is_some())?;
        ["protected", "signature", "signatures"].iter().find(|name| root.get(name).is_some())?;
        let first = root.get("signatures").and_then(|list| list.as_array()?.first());
        let header = first.unwrap_or(root).get("protected").filter(|header| header.as_str().is_some());
        Some(Self { header, payload })
    }

    fn read(&self, decoded: &mut Decoded, text: &str, source: &Source, start: usize) {
        let object = |name: &str, node: &Node| {
            let content = node.as_str().unwrap_or_default();
            let way_back = Text::in_json_string(text, node.at.clone(), content);
            part::object(name, content, source, &|at| start.saturating_add(way_back.origin_of(at..at).start))
        };
        match self.header.map(|node| object("header", node)) {
            Some(Ok(header)) => decoded.set_header(header),
            Some(Err(finding)) => decoded.findings.push(*finding),
            None => {
                let finding = Finding::new(
                    Code::TokenNoHeader,
                    Severity::Error,
                    "There is no protected header",
                    "Without it nothing that the header says is signed.",
                );
                decoded.findings.push(finding.at(Place::Pasted { source, start }.span(self.payload.at.clone())));
            }
        }
        match object("payload", self.payload) {
            Ok(payload) => decoded.set_payload(payload),
            Err(finding) => decoded.findings.push(*finding),
        }
    }
}
