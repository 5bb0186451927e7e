//! From words to a tree: a Pratt parser.

use std::ops::Range;

use super::{
    lex::{self, Kind, Token},
    limit::{NESTING, NODES},
    literal, mistake,
    node::{Form, Node},
    operator::{BINARY, Binary, CONDITIONAL, OR, Operator},
    problem::{Problem, Read},
    special,
    value::Value,
};

/// Words that are no names (<https://github.com/google/cel-spec/blob/master/doc/langdef.md#syntax>).
const RESERVED: [&str; 17] = [
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
const KEYWORDS: [&str; 4] = ["in", "true", "false", "null"];

/// Reads a whole expression.
pub(super) fn parse(text: &str) -> Read<Node> {
    let token = lex::next(text, 0)?;
    let mut parser = Parser {
        text,
        before: Token { at: 0..0, text: "", kind: Kind::End },
        token,
        open: Vec::new(),
        depth: 0,
        nodes: 0,
    };
    let root = parser.expression(CONDITIONAL)?;
    if parser.token.kind == Kind::End { Ok(root) } else { Err(parser.unexpected()) }
}

/// Where the reading is.
pub(super) struct Parser<'t> {
    pub(super) text: &'t str,
    before: Token<'t>,
    token: Token<'t>,
    /// Brackets that are not closed yet.
    open: Vec<usize>,
    depth: usize,
    nodes: usize,
}

impl<'t> Parser<'t> {
    fn advance(&mut self) -> Read<Token<'t>> {
        let next = lex::next(self.text, self.token.at.end)?;
        self.before = std::mem::replace(&mut self.token, next);
        Ok(self.before.clone())
    }

    fn is(&self, text: &str) -> bool {
        self.token.text == text
    }

    /// Takes the word if it is this one.
    fn take(&mut self, text: &str) -> Read<bool> {
        let is = self.is(text);
        if is {
            self.advance()?;
        }
        Ok(is)
    }

    /// Takes the bracket that closes the last open one; returns the byte after it.
    fn close(&mut self, bracket: &str) -> Read<usize> {
        if !self.take(bracket)? {
            return Err(self.unexpected());
        }
        self.open.pop();
        Ok(self.before.at.end)
    }

    fn open(&mut self) -> Read<usize> {
        let start = self.advance()?.at.start;
        self.open.push(start);
        Ok(start)
    }

    fn unexpected(&self) -> Box<Problem> {
        Box::new(mistake::unexpected(&self.before, &self.token, self.open.last().copied()))
    }

    fn node(&mut self, at: Range<usize>, form: Form, parts: Vec<Node>) -> Read<Node> {
        self.nodes = self.nodes.saturating_add(1);
        let height = parts.iter().map(|part| part.height).max().unwrap_or(0).saturating_add(1);
        if self.nodes > NODES || height > NESTING {
            return Err(too_large(&at));
        }
        Ok(Node { at, form, parts, height })
    }

    /// What binds at least as tightly as `least`.
    fn expression(&mut self, least: u8) -> Read<Node> {
        self.depth = self.depth.saturating_add(1);
        if self.depth > NESTING {
            return Err(too_large(&self.token.at));
        }
        let mut left = self.unary()?;
        while let Some((spelling, power, binary)) = BINARY.iter().find(|(spelling, ..)| self.is(spelling)) {
            if *power < least {
                break;
            }
            self.advance()?;
            left = self.binary(left, spelling, *power, *binary)?;
        }
        self.depth = self.depth.saturating_sub(1);
        Ok(left)
    }

    fn binary(&mut self, left: Node, spelling: &str, power: u8, binary: Binary) -> Read<Node> {
        let start = left.at.start;
        let tighter = power.saturating_add(1);
        let mut parts = vec![left];
        let form = match binary {
            Binary::Conditional => {
                parts.push(self.expression(OR)?);
                if !self.take(":")? {
                    return Err(self.unexpected());
                }
                parts.push(self.expression(CONDITIONAL)?);
                Form::Conditional
            }
            Binary::And | Binary::Or => {
                parts.push(self.expression(tighter)?);
                while self.take(spelling)? {
                    parts.push(self.expression(tighter)?);
                }
                if binary == Binary::And { Form::And } else { Form::Or }
            }
            Binary::Strict(operator) => {
                parts.push(self.expression(tighter)?);
                Form::Operator(operator)
            }
        };
        let end = parts.last().map_or(start, |last| last.at.end);
        self.node(start..end, form, parts)
    }

    fn unary(&mut self) -> Read<Node> {
        let first = self.token.clone();
        if !matches!(first.text, "!" | "-") {
            return self.member();
        }
        // `!!x` is `x`, and so is `--x`: as cel-go and cel-cpp read it.
        let mut odd = false;
        while self.is(first.text) {
            self.advance()?;
            odd = !odd;
            if first.text == "-" && odd && self.token.kind == Kind::Number {
                let literal = self.number(self.before.at.start, true)?;
                return self.suffixes(literal);
            }
        }
        let mut operand = self.member()?;
        let at = first.at.start..operand.at.end;
        if !odd {
            operand.at = at;
            return Ok(operand);
        }
        self.node(at, if first.text == "!" { Form::Not } else { Form::Operator(Operator::Negate) }, vec![operand])
    }

    fn number(&mut self, start: usize, negative: bool) -> Read<Node> {
        let token = self.advance()?;
        let at = start..token.at.end;
        match literal::number(token.text, negative) {
            Some(value) => self.node(at, Form::Literal(value), Vec::new()),
            None => Err(Box::new(Problem::new(&at, [token.text, " is no number of CEL, or out of range"].concat()))),
        }
    }

    fn member(&mut self) -> Read<Node> {
        let primary = self.primary()?;
        self.suffixes(primary)
    }

    fn suffixes(&mut self, mut node: Node) -> Read<Node> {
        loop {
            let start = node.at.start;
            if self.is("[") {
                let open = self.open()?;
                self.refuse_optional(open)?;
                let index = self.expression(CONDITIONAL)?;
                let end = self.close("]")?;
                node = self.node(start..end, Form::Operator(Operator::Index), vec![node, index])?;
            } else if self.take(".")? {
                self.refuse_optional(self.before.at.start)?;
                let name = self.name(&[])?;
                node = if self.is("(") {
                    let (arguments, end) = self.arguments()?;
                    special::method(self, node, &name, arguments, end)?
                } else {
                    self.node(start..name.at.end, Form::Select(name.text.to_owned()), vec![node])?
                };
            } else {
                return Ok(node);
            }
        }
    }

    /// `.?` and `[?`: not documented for Google.
    fn refuse_optional(&self, start: usize) -> Read<()> {
        if !self.is("?") {
            return Ok(());
        }
        let message = "Google does not say whether it takes the optional syntax .? and [?]";
        Err(Box::new(Problem::new(&(start..self.token.at.end), message).uncertain()))
    }

    /// Takes a name that is no keyword and not among these.
    fn name(&mut self, reserved: &[&str]) -> Read<Token<'t>> {
        if self.token.kind != Kind::Name {
            return Err(self.unexpected());
        }
        if KEYWORDS.contains(&self.token.text) || reserved.contains(&self.token.text) {
            return Err(Box::new(Problem::new(
                &self.token.at,
                [self.token.text, " is a reserved word of CEL, no name"].concat(),
            )));
        }
        self.advance()
    }

    fn arguments(&mut self) -> Read<(Vec<Node>, usize)> {
        self.open()?;
        let mut arguments = Vec::new();
        if !self.is(")") {
            arguments.push(self.expression(CONDITIONAL)?);
            while self.take(",")? {
                arguments.push(self.expression(CONDITIONAL)?);
            }
        }
        Ok((arguments, self.close(")")?))
    }

    fn primary(&mut self) -> Read<Node> {
        let token = self.token.clone();
        let start = token.at.start;
        match (&token.kind, token.text) {
            (Kind::Text(value), _) => {
                self.advance()?;
                self.node(token.at, Form::Literal(value.clone()), Vec::new())
            }
            (Kind::Number, _) => self.number(start, false),
            (Kind::Name, "true" | "false" | "null") => {
                self.advance()?;
                let value = if token.text == "null" { Value::Null } else { Value::Bool(token.text == "true") };
                self.node(token.at, Form::Literal(value), Vec::new())
            }
            (_, "(") => {
                self.open()?;
                let mut inner = self.expression(CONDITIONAL)?;
                inner.at = start..self.close(")")?;
                Ok(inner)
            }
            (_, "[") => {
                self.open()?;
                let (items, end) = self.items("]", false)?;
                self.node(start..end, Form::List, items)
            }
            (_, "{") => {
                self.open()?;
                let (entries, end) = self.items("}", true)?;
                self.node(start..end, Form::Map, entries)
            }
            _ => {
                self.take(".")?;
                let name = self.name(&RESERVED)?;
                if !self.is("(") {
                    return self.node(start..name.at.end, Form::Name(name.text.to_owned()), Vec::new());
                }
                let (arguments, end) = self.arguments()?;
                special::function(self, start..end, &name, arguments)
            }
        }
    }

    /// Items up to the closing bracket; `pairs`: each is `key: value`. A comma may stand behind the last one.
    fn items(&mut self, bracket: &str, pairs: bool) -> Read<(Vec<Node>, usize)> {
        let mut items = Vec::new();
        while !self.is(bracket) {
            self.refuse_optional(self.token.at.start)?;
            items.push(self.expression(CONDITIONAL)?);
            if pairs {
                if !self.take(":")? {
                    return Err(self.unexpected());
                }
                items.push(self.expression(CONDITIONAL)?);
            }
            if !self.take(",")? {
                break;
            }
        }
        Ok((items, self.close(bracket)?))
    }

    /// A node of a call or macro.
    pub(super) fn call(&mut self, at: Range<usize>, form: Form, parts: Vec<Node>) -> Read<Node> {
        self.node(at, form, parts)
    }
}

fn too_large(at: &Range<usize>) -> Box<Problem> {
    let message = format!(
        "the expression has more than {NESTING} levels or {NODES} parts, which is more than this program reads"
    );
    Box::new(Problem::new(at, message).uncertain())
}
