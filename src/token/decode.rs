//! Reading a token without judging it.

use super::{
    Claim, Compact, Decoded, Issuer, Part, Place, Subject, Testable, Times, definition,
    part::{self, Object},
    paste, remark, serialization, trim,
};
use crate::{
    json::{Node, Value},
    report::{Code, Finding, Severity, Source},
    search::Search as _,
};

/// Reads a token as it was pasted, tolerantly: what can be read is in the answer, what cannot is a finding that says
/// which part and which byte. Outer white space, quotes and a `Bearer ` prefix are taken off first. A token without its
/// signature, and a payload part alone, are read too.
///
/// Nothing is verified and nothing of the signature is kept. Spans point into the input `token`.
#[must_use]
pub fn decode(text: &str) -> Decoded {
    let source = Source::new("token", text);
    let trimmed = trim(text);
    let mut decoded = Decoded { findings: trimmed.findings, ..Decoded::default() };
    if let Some(finding) = paste::recognize(trimmed.text) {
        decoded.findings.push(finding.at(Some(source.span(trimmed.at))));
        return decoded;
    }
    let start = trimmed.at.start;
    if trimmed.text.starts_with(['{', '[']) {
        serialization::read(&mut decoded, trimmed.text, &source, start);
        return decoded;
    }
    let mut text = trimmed.text;
    if let Some((finding, at)) = paste::damage(text) {
        // What stands before the damage may still be readable.
        text = text.get(..at.start).unwrap_or(text);
        let at = start.saturating_add(at.start)..start.saturating_add(at.end);
        decoded.findings.push(finding.at(Some(source.span(at))));
    }
    Reader { decoded: &mut decoded, source: &source, start }.read(text);
    decoded
}

/// Reads claims without a token. `source`: the pasted text that the places of `root` count in; `None` where the claims
/// came as an object, so that findings carry no place.
#[must_use]
pub fn decode_claims(root: &Node, source: Option<&Source>) -> Decoded {
    let mut decoded = Decoded::default();
    let place = source.map_or(Place::Nowhere, |source| Place::Pasted { source, start: 0 });
    if root.as_object().is_some() {
        decoded.set_claims(root, &place);
    } else {
        let detail = format!("They are {}, not an object.", root.kind());
        let finding = Finding::new(Code::TokenPart, Severity::Error, "The claims cannot be read", detail);
        decoded.findings.push(finding.at(place.span(root.at.clone())));
    }
    decoded
}

impl Decoded {
    pub(super) fn set_header(&mut self, header: Object<'_>) {
        self.header = Some(Value::from(&header.root));
        self.findings.extend(header.fault);
        self.findings.extend(remark::on_header(&header.root, &header.place));
    }

    pub(super) fn set_payload(&mut self, payload: Object<'_>) {
        self.findings.extend(payload.fault);
        self.set_claims(&payload.root, &payload.place);
    }

    pub(super) fn set_claims(&mut self, root: &Node, place: &Place<'_>) {
        let text = |name: &str| root.get(name).and_then(Node::as_str);
        let value = |name: &str| root.get(name).map(Value::from);
        self.issuer = text("iss").map(Issuer::parse).unwrap_or_default();
        self.subject = text("sub").map(Subject::parse).unwrap_or_default();
        self.times = Times::new(value("iat").as_ref(), value("exp").as_ref());
        let azp = root.get("azp").is_some();
        let members = root.as_object().unwrap_or_default();
        self.table = members
            .iter()
            .map(|member| {
                let value = Value::from(&member.value);
                let row = definition(&member.name);
                Claim {
                    name: member.name.clone(),
                    meaning: row.map_or(UNKNOWN_CLAIM, |row| row.meaning).to_owned(),
                    reference: row.map(|row| row.reference.to_owned()),
                    testable: Testable::of(&member.name, &value, &self.issuer, azp),
                    value,
                    named: None,
                }
            })
            .collect();
        self.claims = Some(Value::from(root));
        self.findings.extend(remark::on_claims(root, place, &self.subject, &self.issuer));
    }
}

/// Meaning of a claim without a row in the dictionary.
const UNKNOWN_CLAIM: &str = "Not a claim that CircleCI documents.";

/// Whether an object is certainly claims: it holds one that CircleCI issues.
pub(super) fn has_claims(root: &Node) -> bool {
    let is_claim =
        |name: &str| matches!(name, "iss" | "sub" | "aud" | "exp" | "iat") || name.starts_with("oidc.circleci.com/");
    root.as_object().unwrap_or_default().iter().any(|member| is_claim(&member.name))
}

/// Reads the compact form, whole or in pieces.
struct Reader<'a> {
    decoded: &'a mut Decoded,
    source: &'a Source,
    /// Byte of the source where the token begins.
    start: usize,
}

impl<'a> Reader<'a> {
    fn read(mut self, text: &str) {
        let compact = Compact::split(text);
        let mut parts = compact.parts.iter();
        let (first, second, third) = (parts.next(), parts.next(), parts.next());
        let head = first.map(|part| (part, self.object("header", part)));
        if let Some((_, Ok(header))) = &head
            && (remark::is_encrypted(&header.root) || compact.parts.len() == 5)
        {
            return self.encrypted(head.and_then(|(_, header)| header.ok()));
        }
        let payload = second.filter(|part| !part.text.is_empty()).map(|part| self.object("payload", part));
        match (head, payload) {
            (Some((part, Ok(head))), payload) if is_payload_alone(&head.root, payload.as_ref()) => {
                let rest = second.is_some_and(|part| !part.text.is_empty());
                self.payload_alone(part, head, rest);
            }
            (Some((_, Ok(header))), Some(payload)) => {
                self.decoded.set_header(header);
                self.payload(payload);
                self.signature(third, compact.parts.len());
            }
            (Some((part, Ok(header))), None) => {
                self.decoded.set_header(header);
                let detail = "This is the header part alone. The claims are in the part after the first dot.";
                self.say(Code::TokenNoPayload, Severity::Error, "The payload part is missing", detail, part);
            }
            (Some((part, Err(error))), Some(Ok(payload))) => {
                if part.text.is_empty() {
                    let detail = "The text begins with a dot. The claims are shown; nothing can be verified.";
                    self.say(Code::TokenNoHeader, Severity::Error, "The header part is missing", detail, part);
                } else {
                    let finding = self.not_from_its_beginning(part.text, &error).unwrap_or(*error);
                    self.decoded.findings.push(finding);
                }
                self.payload(Ok(payload));
                self.signature(third, compact.parts.len());
            }
            (Some((_, Err(error))), _) => self.unreadable(text, *error),
            (None, _) => {}
        }
    }

    fn object(&self, name: &str, part: &Part<'_>) -> Result<Object<'a>, Box<Finding>> {
        let start = self.start.saturating_add(part.at.start);
        part::object(name, part.text, self.source, &|at| start.saturating_add(at))
    }

    /// Adds a finding about a part.
    fn say(&mut self, code: Code, severity: Severity, title: &'static str, detail: &'static str, part: &Part<'_>) {
        let at = self.start.saturating_add(part.at.start)..self.start.saturating_add(part.at.end);
        let finding = Finding::new(code, severity, title, detail).at(Some(self.source.span(at)));
        self.decoded.findings.push(finding);
    }

    fn encrypted(self, header: Option<Object<'_>>) {
        let detail = "It has five parts, or a header with enc. Only its recipient can read the claims. CircleCI's tokens are \
                      signed, not encrypted: paste the value of CIRCLE_OIDC_TOKEN_V2 or CIRCLE_OIDC_TOKEN.";
        let finding = Finding::new(Code::TokenEncrypted, Severity::Error, "This is an encrypted token (JWE)", detail)
            .reference("https://www.rfc-editor.org/rfc/rfc7516#section-3.1");
        let at = header.as_ref().and_then(|header| header.place.span(header.root.at.clone()));
        self.decoded.findings.push(finding.at(at));
        if let Some(header) = header {
            self.decoded.set_header(header);
        }
    }

    fn payload_alone(&mut self, part: &Part<'_>, payload: Object<'_>, rest: bool) {
        let detail = if rest {
            "The text begins with the payload. The header before it is missing, so the signature cannot be verified."
        } else {
            "This is the payload part alone: the claims can be shown and judged, the signature cannot be verified."
        };
        self.say(Code::TokenNoHeader, Severity::Info, "Header and signature are missing", detail, part);
        self.decoded.set_payload(payload);
    }

    fn payload(&mut self, payload: Result<Object<'_>, Box<Finding>>) {
        match payload {
            Ok(payload) => self.decoded.set_payload(payload),
            Err(finding) => self.decoded.findings.push(*finding),
        }
    }

    fn signature(&mut self, third: Option<&Part<'_>>, count: usize) {
        match third.map(|part| (part, &part.decoded)) {
            None => self.no_signature(),
            Some((part, _)) if part.text.is_empty() => self.no_signature(),
            Some((_, Ok(_))) => {}
            Some((part, Err(error))) => {
                let at = self.start.saturating_add(part.at.start).saturating_add(error.at());
                let detail = format!("{error} (byte {at} of the text). A verifier refuses it.");
                let finding =
                    Finding::new(Code::TokenEncoding, Severity::Error, "The signature is not strict base64url", detail);
                let span = self.source.span(at..at.saturating_add(1));
                self.decoded.findings.push(finding.at(Some(span)));
            }
        }
        if count > 3 {
            let title = "The text has more than three parts between dots";
            let detail =
                "A token is header.payload.signature. Something was appended, or two tokens were pasted in one.";
            self.decoded.findings.push(Finding::new(Code::TokenExtraParts, Severity::Error, title, detail));
        }
    }

    fn no_signature(&mut self) {
        let detail = "It was cut off or taken out. Claims and trust can be judged; that the token is genuine cannot.";
        let finding = Finding::new(Code::TokenNoSignature, Severity::Info, "The signature part is missing", detail);
        self.decoded.findings.push(finding);
    }

    fn unreadable(self, text: &str, error: Finding) {
        let finding = self.not_from_its_beginning(text, &error).unwrap_or_else(|| {
            // Why something cannot be read that is no token in the first place would only confuse.
            let why = if text.starts_with("eyJ") { format!("{} ", error.detail) } else { String::new() };
            let detail = format!(
                "{why}A token is three base64url texts with dots between them and begins with eyJ. Paste the value of \
                 CIRCLE_OIDC_TOKEN_V2 or CIRCLE_OIDC_TOKEN, or the claims as JSON."
            );
            Finding::new(Code::TokenUnreadable, Severity::Error, "This is not a token", detail).at(error.at.clone())
        });
        self.decoded.findings.push(finding);
    }

    /// Says where a token begins in a text that does not begin with one, for example after `NAME=`.
    fn not_from_its_beginning(&self, text: &str, error: &Finding) -> Option<Finding> {
        let at = self.start.saturating_add(text.place_of("eyJ").filter(|at| *at > 0)?);
        let detail =
            format!("A token seems to begin at byte {at} of the text: paste it from there, and nothing after it.");
        let title = "The text does not begin with a token";
        Some(Finding::new(Code::TokenUnreadable, Severity::Error, title, detail).at(error.at.clone()))
    }
}

/// Whether the first part is a payload whose header is missing.
fn is_payload_alone(first: &Node, second: Option<&Result<Object<'_>, Box<Finding>>>) -> bool {
    let is_named_header = || ["typ", "kid"].iter().any(|name| first.get(name).is_some());
    match second {
        _ if remark::is_header(first) => false,
        Some(Ok(_)) => false,
        Some(Err(_)) => has_claims(first),
        None => has_claims(first) || !is_named_header(),
    }
}

#[cfg(test)]
mod tests {
    use super::decode;
    use crate::{report::Code, token::to_base64url};

    #[test]
    fn thousands_of_remarks_are_counted() {
        let members: Vec<_> = (0..5000).map(|_| "\"\u{200b}\":1").collect();
        let decoded = decode(&to_base64url(format!("{{\"sub\":1,{}}}", members.join(",")).as_bytes()));
        let count = |code| decoded.findings.iter().filter(|finding| finding.code == code).count();
        assert_eq!((count(Code::TokenDuplicate), count(Code::TokenInvisible), count(Code::TokenMore)), (20, 20, 2));
        let more = decoded.findings.iter().find(|finding| finding.code == Code::TokenMore).unwrap();
        assert_eq!(more.title, "4979 more members that occur twice");
    }
}
