//! Looks through a text for whatever tells of a token, and takes what tells most.

use std::{cmp::Ordering, ops::Range};

use super::{Evidence, event, log, message, token, told::Kind};
use crate::{
    json::{Data, EVIDENCE, Node, TOKEN, Text, read, read_first},
    search::Search as _,
    token::trim,
};

/// How deep JSON is looked for in strings that hold JSON text: `lookup-events` prints an event as a string, and a log may
/// print that answer as one.
const LAYERS: usize = 2;
/// Bytes of a text that may be read in vain, in all attempts together.
const IN_VAIN: usize = 4 * EVIDENCE.bytes;
/// What an attempt costs at least.
const ATTEMPT: usize = 64;

/// What tells most of a token, and how many other evidences tell as much.
pub(super) fn best(text: &str) -> Option<(Box<Evidence>, usize)> {
    // The text may be wrapped, but is nothing else than a token, a payload part, or claims.
    if let Some(mut evidence) = token::read(text)
        && (evidence.kind == Kind::Claims
            || matches!((text.matches('.').count(), &evidence.alg), (0, _) | (1 | 2, Some(_))))
    {
        evidence.at = trim(text).at;
        return Some((evidence, 0));
    }
    let mut scan = Scan { best: None, others: 0, left: IN_VAIN };
    let plain = log::plain(text);
    scan.objects(&plain);
    scan.tokens(&plain);
    scan.messages(&plain);
    Some((scan.best?, scan.others))
}

struct Scan {
    /// What ranks highest, and of several the last.
    best: Option<Box<Evidence>>,
    /// How many others are of its kind.
    others: usize,
    /// Bytes that may still be read in vain.
    left: usize,
}

impl Scan {
    /// Takes what was found, if anything was. A log may show one thing several times.
    fn add(&mut self, found: Option<Box<Evidence>>, at: Range<usize>) -> bool {
        let Some(mut found) = found else { return false };
        found.at = at;
        if let Some(best) = &self.best {
            let (old, new) = (best.rank(), found.rank());
            if best.same(&found) {
                return true;
            }
            match new.0.cmp(&old.0) {
                Ordering::Less => {}
                Ordering::Equal => self.others = self.others.saturating_add(1),
                Ordering::Greater => self.others = 0,
            }
            if new < old {
                return true;
            }
        }
        self.best = Some(found);
        true
    }

    /// Counts an attempt; false once too much was read in vain.
    fn spend(&mut self, bytes: usize) -> bool {
        self.left = self.left.saturating_sub(bytes.max(ATTEMPT));
        self.left > 0
    }

    /// Every JSON object, whatever stands between them.
    fn objects(&mut self, text: &Text) {
        let mut start = 0_usize;
        while let Some(at) = text.content().get(start..).and_then(|rest| rest.find('{')) {
            start = start.saturating_add(at);
            match read_first(text, start) {
                Ok((node, end)) => {
                    self.object(&node, None, LAYERS);
                    start = end;
                }
                Err(error) => {
                    if !self.spend(error.at.start.saturating_sub(text.origin_of(start..start).start)) {
                        return;
                    }
                    start = start.saturating_add(1);
                }
            }
        }
    }

    /// Every object that tells of a token, in whatever it is wrapped. `within`: the string of the text that holds it.
    fn object(&mut self, node: &Node, within: Option<&Range<usize>>, layers: usize) {
        let at = within.unwrap_or(&node.at);
        match &node.data {
            Data::Object(members) => {
                let found =
                    event::read(node).or_else(|| token::read_claims(node)).or_else(|| token::read_decoded(node));
                let below = if self.add(found, at.clone()) { &[][..] } else { &**members };
                below.iter().for_each(|member| self.object(&member.value, within, layers));
            }
            Data::Array(items) => items.iter().for_each(|item| self.object(item, within, layers)),
            Data::String(text) if text.starts_with(['{', '[']) => {
                if let Some(below) = layers.checked_sub(1)
                    && let Ok(document) = read(&Text::pasted(text))
                {
                    self.object(&document.root, Some(at), below);
                }
            }
            _ => {}
        }
    }

    /// Every word that may be a token.
    fn tokens(&mut self, text: &Text) {
        let content = text.content();
        let is_part = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.');
        let mut start = 0_usize;
        while let Some(at) = content.get(start..).and_then(|rest| rest.place_of("eyJ")) {
            let from = start.saturating_add(at);
            let length =
                content.as_bytes().get(from..).unwrap_or_default().iter().take_while(|byte| is_part(byte)).count();
            start = from.saturating_add(length);
            let word = content.get(from..start).unwrap_or_default();
            self.add(token::read(word), text.origin_of(from..start));
            if !self.spend(length.min(TOKEN.bytes)) {
                return;
            }
        }
    }

    /// Every error message that quotes claims.
    fn messages(&mut self, text: &Text) {
        let mut start = 0_usize;
        for line in text.content().split('\n') {
            let end = start.saturating_add(line.len());
            self.add(message::read(line), text.origin_of(start..end));
            start = end.saturating_add(1);
        }
    }
}
