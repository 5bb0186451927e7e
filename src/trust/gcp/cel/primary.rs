//! The inside of an expression's operands: literals, names, brackets, members, calls and macros.

use super::{
    lex::Kind,
    literal, mistake,
    node::{Form, Macro, Node, Style},
    parse::{CONDITIONAL, Parser, Token},
    problem::Problem,
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

impl Parser<'_> {
    /// A number, from its minus on if it has one.
    pub(super) fn number(&mut self, start: usize) -> Option<Node> {
        let token = self.token;
        let minus = if start == token.start { "" } else { "-" };
        self.advance();
        match literal::number(&[minus, token.text].concat()) {
            Some(value) => self.node(start, Form::Literal(value.into()), Vec::new()),
            None => self.fail(Problem::new(token.at(), &[token.text, " is no number of CEL, or out of range"])),
        }
    }

    pub(super) fn member(&mut self) -> Option<Node> {
        let primary = self.primary()?;
        self.suffixes(primary)
    }

    fn primary(&mut self) -> Option<Node> {
        let token = self.token;
        let start = token.start;
        let mut parts = Vec::new();
        let form = match (token.kind, token.text) {
            (Kind::Number, _) => return self.number(start),
            (Kind::Text, _) => {
                let value = self.literal.take()?;
                self.advance();
                Form::Literal(value)
            }
            (_, "true" | "false") => {
                self.advance();
                Form::Literal(Value::bool(token.text == "true"))
            }
            (_, "null") => {
                self.advance();
                Form::Literal(Data::Null.into())
            }
            (_, "(") => {
                self.open();
                let mut inner = self.expression(CONDITIONAL)?;
                self.close(")")?;
                inner.at = start..self.before.end();
                return Some(inner);
            }
            (_, "[") => {
                self.items(&mut parts, "]")?;
                Form::List
            }
            (_, "{") => {
                self.items(&mut parts, "}")?;
                Form::Map
            }
            _ => {
                self.take(".");
                self.name(RESERVED.len())?;
                if self.is("(") {
                    return self.call(start, parts);
                }
                Form::Name(self.before.text.to_owned())
            }
        };
        self.node(start, form, parts)
    }

    /// Members, places and calls behind an operand.
    pub(super) fn suffixes(&mut self, mut node: Node) -> Option<Node> {
        loop {
            let start = node.at.start;
            let token = self.token;
            let (name, key) = match token.text {
                "[" => {
                    self.open();
                    self.refuse_optional();
                    let index = self.expression(CONDITIONAL)?;
                    self.close("]")?;
                    ("[]", index)
                }
                "." => {
                    self.advance();
                    self.refuse_optional();
                    self.name(KEYWORDS)?;
                    if self.is("(") {
                        node = self.call(start, vec![node])?;
                        continue;
                    }
                    let name = self.before;
                    (".", self.node(name.start, Form::Literal(Value::text(name.text)), Vec::new())?)
                }
                _ => return Some(node),
            };
            let form = Token { text: name, ..token }.form(Style::Operator);
            node = self.node(start, form, vec![node, key])?;
        }
    }

    /// `.?` and `[?`: not documented for Google.
    fn refuse_optional(&mut self) {
        if self.is("?") {
            let message = "Google does not say whether it takes the optional syntax .? and [?]";
            self.fail(Problem::uncertain(self.token.at(), message));
        }
    }

    /// Takes a name that is not among the first so many reserved words.
    fn name(&mut self, reserved: usize) -> Option<()> {
        let name = self.token;
        if name.kind != Kind::Name {
            self.unexpected();
            return None;
        }
        if RESERVED.iter().take(reserved).any(|word| *word == name.text) {
            self.fail(Problem::new(name.at(), &[name.text, " is a reserved word of CEL, no name"]));
        }
        self.advance();
        Some(())
    }

    /// Takes bracketed items, of `{}` each `key: value`. A comma may follow the last one, but for the arguments of a call.
    fn items(&mut self, items: &mut Vec<Node>, bracket: &str) -> Option<()> {
        self.open();
        while !self.is(bracket) {
            self.refuse_optional();
            items.push(self.expression(CONDITIONAL)?);
            if bracket == "}" {
                self.need(":")?;
                items.push(self.expression(CONDITIONAL)?);
            }
            if !self.take(",") {
                break;
            }
            if bracket == ")" && self.is(bracket) {
                self.unexpected();
            }
        }
        self.close(bracket)
    }

    /// A call, from its opening bracket on; `parts` holds the receiver.
    fn call(&mut self, start: usize, mut parts: Vec<Node>) -> Option<Node> {
        let name = self.before;
        let style = if parts.is_empty() { Style::Function } else { Style::Method };
        self.items(&mut parts, ")")?;
        let known = Macro::NAMES.iter().find(|(spelled, _)| *spelled == name.text).map(|(_, kind)| *kind);
        let mut form = name.form(style);
        match (known, style, parts.len()) {
            (Some(kind), Style::Method, 3 | 4) if kind == Macro::Map || parts.len() == 3 => {
                let variable = parts.remove(1);
                let Form::Name(name) = &variable.form else {
                    let message = "here stands the name of the macro's variable";
                    return self.fail(Problem::new(variable.at.clone(), &[message]));
                };
                form = Form::Macro(kind, name.clone());
            }
            (Some(_), Style::Method, 1 | 2) => {
                let words = [name.text, " takes a variable and what is to hold for it: list.exists(x, x == 'a')"];
                return self.fail(Problem::new(name.at(), &words));
            }
            (_, Style::Function, _) if name.text == "has" => {
                parts = match &mut *parts {
                    [argument] if argument.is(".") => std::mem::take(&mut argument.parts),
                    others => {
                        let at = start..self.before.end();
                        return self.fail(mistake::no_field(at, others.first(), self.text));
                    }
                };
                form = name.form(Style::Operator);
            }
            _ => {}
        }
        self.node(start, form, parts)
    }
}
