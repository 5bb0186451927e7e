//! The inside of an expression's operands: literals, names, brackets, members, calls and macros.

use super::{
    lex::Kind,
    literal, mistake,
    node::{Form, Macro, Node, Style},
    parse::{CONDITIONAL, Parser, Token},
    problem::{Problem, Read},
    value::{Data, Value},
};

/// Words that are no names (<https://github.com/google/cel-spec/blob/master/doc/langdef.md#syntax>).
const RESERVED: [&str; 21] = [
    "in",
    "true",
    "false",
    "null",
    "as",
    "break",
    "const",
    "continue",
    "else",
    "for",
    "function",
    "if",
    "import",
    "let",
    "loop",
    "package",
    "namespace",
    "return",
    "var",
    "void",
    "while",
];
/// How many of them are no names of members either.
const KEYWORDS: usize = 4;

impl<'t> Parser<'t> {
    /// A number, from its minus on if it has one.
    pub(super) fn number(&mut self, start: usize) -> Read<Node> {
        let token = self.token;
        let minus = if start == token.start { "" } else { "-" };
        self.advance()?;
        match literal::number(&[minus, token.text].concat()) {
            Some(value) => self.node(start..token.end(), Form::Literal(value.into()), Vec::new()),
            None => Problem::at(token.at(), &[token.text, " is no number of CEL, or out of range"]),
        }
    }

    pub(super) fn member(&mut self) -> Read<Node> {
        let primary = self.primary()?;
        self.suffixes(primary)
    }

    fn primary(&mut self) -> Read<Node> {
        let token = self.token;
        let start = token.start;
        let mut parts = Vec::new();
        let form = match (token.kind, token.text) {
            (Kind::Number, _) => return self.number(start),
            (Kind::Text, _) => Form::Literal(self.literal.clone()),
            (_, "true" | "false") => Form::Literal(Value::bool(token.text == "true")),
            (_, "null") => Form::Literal(Data::Null.into()),
            (_, "(") => {
                self.open()?;
                let mut inner = self.expression(CONDITIONAL)?;
                inner.at = start..self.close(")")?;
                return Ok(inner);
            }
            (_, "[" | "{") => {
                let (bracket, form) = if token.text == "[" { ("]", Form::List) } else { ("}", Form::Map) };
                let end = self.items(&mut parts, bracket)?;
                return self.node(start..end, form, parts);
            }
            _ => {
                self.take(".")?;
                let name = self.name(RESERVED.len())?;
                if self.is("(") {
                    return self.call(start, name, parts);
                }
                return self.node(start..name.end(), Form::Name(name.text.to_owned()), parts);
            }
        };
        self.advance()?;
        self.node(token.at(), form, parts)
    }

    /// Members, places and calls behind an operand.
    pub(super) fn suffixes(&mut self, mut node: Node) -> Read<Node> {
        loop {
            let start = node.at.start;
            let (token, mut end) = (self.token, 0);
            let (name, key) = match token.text {
                "[" => {
                    self.open()?;
                    self.refuse_optional()?;
                    let index = self.expression(CONDITIONAL)?;
                    end = self.close("]")?;
                    ("[]", index)
                }
                "." => {
                    self.advance()?;
                    self.refuse_optional()?;
                    let name = self.name(KEYWORDS)?;
                    if self.is("(") {
                        node = self.call(start, name, vec![node])?;
                        continue;
                    }
                    (".", self.node(name.at(), Form::Literal(Value::text(name.text)), Vec::new())?)
                }
                _ => return Ok(node),
            };
            let form = Token { text: name, ..token }.form(Style::Operator);
            node = self.node(start..end.max(key.at.end), form, vec![node, key])?;
        }
    }

    /// `.?` and `[?`: not documented for Google.
    fn refuse_optional(&self) -> Read<()> {
        if !self.is("?") {
            return Ok(());
        }
        Problem::uncertain(self.token.at(), &["Google does not say whether it takes the optional syntax .? and [?]"])
    }

    /// Takes a name that is not among the first so many reserved words.
    fn name(&mut self, reserved: usize) -> Read<Token<'t>> {
        let name = self.token;
        if name.kind != Kind::Name {
            return self.unexpected();
        }
        if RESERVED.iter().take(reserved).any(|word| *word == name.text) {
            return Problem::at(name.at(), &[name.text, " is a reserved word of CEL, no name"]);
        }
        self.advance()?;
        Ok(name)
    }

    /// Takes bracketed items, of `{}` each `key: value`; returns the byte behind. A comma may follow the last one, but for
    /// the arguments of a call.
    fn items(&mut self, items: &mut Vec<Node>, bracket: &str) -> Read<usize> {
        self.open()?;
        while !self.is(bracket) {
            self.refuse_optional()?;
            items.push(self.expression(CONDITIONAL)?);
            if bracket == "}" {
                if !self.take(":")? {
                    return self.unexpected();
                }
                items.push(self.expression(CONDITIONAL)?);
            }
            if !self.take(",")? {
                break;
            }
            if bracket == ")" && self.is(bracket) {
                return self.unexpected();
            }
        }
        self.close(bracket)
    }

    /// A call, from its opening bracket on; `parts` holds the receiver.
    fn call(&mut self, start: usize, name: Token<'_>, mut parts: Vec<Node>) -> Read<Node> {
        let style = if parts.is_empty() { Style::Function } else { Style::Method };
        let end = self.items(&mut parts, ")")?;
        let at = start..end;
        let known = Macro::NAMES.iter().find(|(spelled, _)| *spelled == name.text).map(|(_, kind)| *kind);
        let mut form = name.form(style);
        match (known, style, parts.len()) {
            (Some(kind), Style::Method, 3 | 4) if kind == Macro::Map || parts.len() == 3 => {
                let variable = parts.remove(1);
                let Form::Name(name) = &variable.form else {
                    return Problem::at(variable.at.clone(), &["here stands the name of the macro's variable"]);
                };
                form = Form::Macro(kind, name.clone());
            }
            (_, Style::Function, _) if name.text == "has" => {
                parts = match &mut *parts {
                    [argument] if argument.is(".") => std::mem::take(&mut argument.parts),
                    others => return Err(mistake::no_field(at, others.first(), self.text)),
                };
                form = name.form(Style::Operator);
            }
            _ => {}
        }
        self.node(at, form, parts)
    }
}
