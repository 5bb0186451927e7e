//! The strict reader.

use hifijson::{
    Expect, SliceLexer, escape,
    num::LexWrite as _,
    str::{self, LexAlloc as _},
    token::Lex as _,
};

use super::{DEPTH, Data, Duplicate, JsonError, JsonErrorKind, Member, Node, Text};

/// A JSON text that was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Document {
    /// The value.
    pub root: Node,
    /// Member names that occur twice in one object, at any depth. Whether they are an error is for the caller to say:
    /// a verdict refuses them, a display shows them.
    pub duplicates: Vec<Duplicate>,
}

/// Reads a JSON text (RFC 8259) with the place of every value.
///
/// # Errors
/// [`JsonError`] for anything but one JSON value, and for nesting deeper than [`DEPTH`].
pub fn read(text: &Text) -> Result<Document, JsonError> {
    let content = text.content();
    let refuse = |kind, at| Err(JsonError { kind, at: text.origin_of(at) });
    if content.starts_with('\u{feff}') {
        return refuse(JsonErrorKind::ByteOrderMark, 0..'\u{feff}'.len_utf8());
    }
    if content.trim_ascii().is_empty() {
        return refuse(JsonErrorKind::Empty, 0..content.len());
    }
    let mut reader = Reader { text, lexer: SliceLexer::new(content.as_bytes()) };
    let root = reader.value(0)?;
    if reader.lexer.ws_peek().is_some() {
        return Err(reader.refuse(JsonErrorKind::TrailingText, reader.offset()));
    }
    Ok(Document { duplicates: root.duplicates(), root })
}

/// Reads the JSON value that begins at a byte of the text, and says at which byte it ends. What follows is left alone.
///
/// # Errors
/// As [`read`], but for what follows the value.
pub fn read_first(text: &Text, start: usize) -> Result<(Node, usize), JsonError> {
    let rest = text.content().as_bytes().get(start..).unwrap_or_default();
    let mut reader = Reader { text, lexer: SliceLexer::new(rest) };
    let root = reader.value(0)?;
    Ok((root, reader.offset()))
}

struct Reader<'a> {
    text: &'a Text,
    lexer: SliceLexer<'a>,
}

impl Reader<'_> {
    fn value(&mut self, depth: usize) -> Result<Node, JsonError> {
        let next = self.lexer.ws_peek();
        let start = self.offset();
        let below = depth.saturating_add(1);
        if below > DEPTH && matches!(next, Some(b'[' | b'{')) {
            return Err(self.refuse(JsonErrorKind::TooDeep, start));
        }
        let data = match next {
            Some(b'a'..=b'z') => match self.lexer.null_or_bool() {
                Some(None) => Data::Null,
                Some(Some(value)) => Data::Bool(value),
                None => return Err(self.syntax("expected a value", start)),
            },
            Some(b'-' | b'0'..=b'9') => match self.lexer.num_string().validated() {
                Ok((spelled, _)) => Data::Number(spelled.to_owned()),
                Err(error) => return Err(self.syntax(&format!("malformed number: {error}"), self.offset())),
            },
            Some(b'"') => Data::String(self.string()?),
            Some(b'[') => Data::Array(self.array(below)?),
            Some(b'{') => Data::Object(self.object(below)?),
            _ => return Err(self.expected(&Expect::Value)),
        };
        Ok(Node { at: self.text.origin_of(start..self.offset()), data })
    }

    fn string(&mut self) -> Result<String, JsonError> {
        let start = self.offset().saturating_add(1);
        let rest = self.text.content().get(start..).unwrap_or_default();
        // Most strings hold no escape, and are what stands there.
        if let Some(end) = rest.bytes().position(|byte| byte < b' ' || matches!(byte, b'"' | b'\\'))
            && rest.as_bytes().get(end) == Some(&b'"')
            && let Some((plain, _)) = rest.split_at_checked(end)
        {
            self.lexer = SliceLexer::new(rest.as_bytes().get(end.saturating_add(1)..).unwrap_or_default());
            return Ok(plain.to_owned());
        }
        match self.lexer.discarded().str_string() {
            Ok(text) => Ok(text.into_owned()),
            Err(error) => {
                let at = self.offset();
                // The lexer goes byte by byte and would name half a character.
                let words = match error {
                    str::Error::Escape(escape::Error::InvalidKind(_)) => "there is no such escape".to_owned(),
                    str::Error::Escape(escape::Error::InvalidHex(_)) => "\\u needs four hexadecimal digits".to_owned(),
                    str::Error::Escape(escape::Error::InvalidChar(_) | escape::Error::ExpectedLowSurrogate) => {
                        "half of a surrogate pair is no character".to_owned()
                    }
                    str::Error::Escape(escape::Error::Eof) | str::Error::Eof => "the text ends inside it".to_owned(),
                    str::Error::Control => "control characters have to be escaped".to_owned(),
                    str::Error::Utf8(error) => error.to_string(),
                };
                Err(self.syntax(&format!("malformed string: {words}"), at))
            }
        }
    }

    fn array(&mut self, depth: usize) -> Result<Vec<Node>, JsonError> {
        let mut items = Vec::new();
        self.lexer.discarded();
        if self.ends(b']') {
            return Ok(items);
        }
        loop {
            items.push(self.value(depth)?);
            if self.ends_or_continues(b']')? {
                return Ok(items);
            }
        }
    }

    fn object(&mut self, depth: usize) -> Result<Vec<Member>, JsonError> {
        let mut members = Vec::new();
        self.lexer.discarded();
        if self.ends(b'}') {
            return Ok(members);
        }
        loop {
            if self.lexer.ws_peek() != Some(b'"') {
                return Err(self.expected(&Expect::String));
            }
            let start = self.offset();
            let name = self.string()?;
            let name_at = self.text.origin_of(start..self.offset());
            if !self.ends(b':') {
                return Err(self.expected(&Expect::Colon));
            }
            members.push(Member { name, name_at, value: self.value(depth)? });
            if self.ends_or_continues(b'}')? {
                return Ok(members);
            }
        }
    }

    /// Takes the next byte after white space if it is this one.
    fn ends(&mut self, end: u8) -> bool {
        self.lexer.expect(SliceLexer::ws_peek, end).is_some()
    }

    /// After an item: whether the sequence ends here. Otherwise a comma has to follow.
    fn ends_or_continues(&mut self, end: u8) -> Result<bool, JsonError> {
        if self.ends(end) {
            Ok(true)
        } else if self.ends(b',') {
            Ok(false)
        } else {
            Err(self.expected(&Expect::CommaOrEnd))
        }
    }

    /// Bytes that were read.
    fn offset(&self) -> usize {
        self.text.content().len().saturating_sub(self.lexer.as_slice().len())
    }

    fn expected(&self, expected: &Expect) -> JsonError {
        let wanted = match expected {
            Expect::Value => "a value",
            Expect::ValueOrEnd => "a value or the end of the array or object",
            Expect::CommaOrEnd => "a comma or the end of the array or object",
            Expect::String => "a member name in quotes",
            Expect::Colon => "a colon",
            Expect::Eof => "the end of the text",
        };
        match self.lexer.as_slice() {
            [] => self.syntax(&format!("the text ends where {wanted} is expected"), self.offset()),
            _ => self.syntax(&format!("expected {wanted}"), self.offset()),
        }
    }

    fn syntax(&self, words: &str, at: usize) -> JsonError {
        self.refuse(JsonErrorKind::Syntax(words.to_owned()), at)
    }

    /// An error at a byte of the content.
    fn refuse(&self, kind: JsonErrorKind, at: usize) -> JsonError {
        let end = self.text.content().len();
        JsonError { kind, at: self.text.origin_of(at.min(end)..at.saturating_add(1).min(end)) }
    }
}
