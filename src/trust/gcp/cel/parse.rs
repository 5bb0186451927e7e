//! From words to a tree: a Pratt parser.

use std::ops::Range;

use super::{
    lex::{self, Kind},
    limit::{NESTING, NODES},
    literal, mistake,
    node::{Form, Node, NodeParts, Style},
    problem::{Problem, Read},
    value::Value,
};

/// A word and where it stands.
#[derive(Clone, Copy, Debug)]
pub(super) struct Token<'t> {
    pub(super) kind: Kind,
    pub(super) text: &'t str,
    pub(super) start: usize,
}

/// Where the reading is.
pub(super) struct Parser<'t> {
    pub(super) text: &'t str,
    pub(super) before: Token<'t>,
    pub(super) token: Token<'t>,
    /// The value of the word, if it is a text.
    pub(super) literal: Value,
    /// Brackets that are not closed yet.
    open: Vec<usize>,
    depth: usize,
    nodes: usize,
}

/// How tightly operators between two operands bind. All but `?` have their left operand on their left.
const BINARY: [(&str, u8); 15] = [
    ("?", CONDITIONAL),
    ("||", OR),
    ("&&", 3),
    ("==", 4),
    ("!=", 4),
    ("<", 4),
    ("<=", 4),
    (">", 4),
    (">=", 4),
    ("in", 4),
    ("+", 5),
    ("-", 5),
    ("*", 6),
    ("/", 6),
    ("%", 6),
];
pub(super) const CONDITIONAL: u8 = 1;
const OR: u8 = 2;

/// Reads a whole expression.
pub(super) fn parse(text: &str) -> Read<Node> {
    let token = Token { kind: Kind::End, text: "", start: 0 };
    let mut parser =
        Parser { text, before: token, token, literal: Value::bool(false), open: Vec::new(), depth: 0, nodes: 0 };
    parser.advance()?;
    let root = parser.expression(CONDITIONAL)?;
    if parser.token.kind == Kind::End { Ok(root) } else { parser.unexpected() }
}

impl Token<'_> {
    pub(super) const fn end(&self) -> usize {
        self.start.saturating_add(self.text.len())
    }

    pub(super) const fn at(&self) -> Range<usize> {
        self.start..self.end()
    }

    /// A call by this name.
    pub(super) fn form(&self, style: Style) -> Form {
        Form::Call { name: self.text.to_owned(), at: self.start, style }
    }
}

impl Parser<'_> {
    /// Goes on to the next word.
    pub(super) fn advance(&mut self) -> Read<()> {
        let start = lex::skip_space(self.text, self.token.end());
        let rest = self.text.get(start..).unwrap_or_default();
        self.before = self.token;
        let (kind, length) = match literal::text(self.text, start)? {
            Some((value, end)) => {
                self.literal = value;
                (Kind::Text, end.saturating_sub(start))
            }
            None => lex::word(rest),
        };
        self.token = Token { kind, text: rest.get(..length).unwrap_or_default(), start };
        if kind == Kind::Foreign { Err(mistake::character(self.text, self.token)) } else { Ok(()) }
    }

    pub(super) fn is(&self, text: &str) -> bool {
        self.token.text == text
    }

    /// Takes the word if it is this one.
    pub(super) fn take(&mut self, text: &str) -> Read<bool> {
        let is = self.is(text);
        if is {
            self.advance()?;
        }
        Ok(is)
    }

    /// Takes the bracket that closes the last open one; returns the byte behind it.
    pub(super) fn close(&mut self, bracket: &str) -> Read<usize> {
        if !self.take(bracket)? {
            return self.unexpected();
        }
        self.open.pop();
        Ok(self.before.end())
    }

    /// Takes an opening bracket.
    pub(super) fn open(&mut self) -> Read<()> {
        self.open.push(self.token.start);
        self.advance()
    }

    #[inline(never)]
    pub(super) fn unexpected<T>(&self) -> Read<T> {
        Err(mistake::unexpected(self.before, self.token, self.open.last().copied()))
    }

    #[inline(never)]
    pub(super) fn node(&mut self, at: Range<usize>, form: Form, parts: Vec<Node>) -> Read<Node> {
        self.nodes = self.nodes.saturating_add(1);
        let mut height = 0;
        for part in &parts {
            height = part.height.max(height);
        }
        if self.nodes > NODES || height >= NESTING {
            return too_large(at);
        }
        Ok(Node::new(NodeParts { at, form, parts, height: height.saturating_add(1) }))
    }

    /// What binds at least as tightly as `least`.
    pub(super) fn expression(&mut self, least: u8) -> Read<Node> {
        self.depth = self.depth.saturating_add(1);
        if self.depth > NESTING {
            return too_large(self.token.at());
        }
        let mut left = self.unary()?;
        while let Some((_, power)) = BINARY.iter().find(|(spelling, _)| self.is(spelling)) {
            if *power < least {
                break;
            }
            left = self.binary(left, *power)?;
        }
        self.depth = self.depth.saturating_sub(1);
        Ok(left)
    }

    fn binary(&mut self, left: Node, power: u8) -> Read<Node> {
        let start = left.at.start;
        let operator = self.token;
        self.advance()?;
        let mut parts = vec![left];
        let form = match operator.text {
            "?" => {
                parts.push(self.expression(OR)?);
                if !self.take(":")? {
                    return self.unexpected();
                }
                parts.push(self.expression(CONDITIONAL)?);
                Form::Conditional
            }
            text => {
                parts.push(self.expression(power.saturating_add(1))?);
                let joins = matches!(text, "&&" | "||");
                while joins && self.take(text)? {
                    parts.push(self.expression(power.saturating_add(1))?);
                }
                match text {
                    "&&" => Form::And,
                    "||" => Form::Or,
                    _ => operator.form(Style::Operator),
                }
            }
        };
        let end = parts.last().map_or(start, |last| last.at.end);
        self.node(start..end, form, parts)
    }

    fn unary(&mut self) -> Read<Node> {
        let first = self.token;
        if !matches!(first.text, "!" | "-") {
            return self.member();
        }
        // `!!x` is `x`, and so is `--x`: as cel-go and cel-cpp read it.
        let mut odd = false;
        while self.take(first.text)? {
            odd = !odd;
            if first.text == "-" && odd && self.token.kind == Kind::Number {
                let literal = self.number(self.before.start)?;
                return self.suffixes(literal);
            }
        }
        let mut operand = self.member()?;
        let at = first.start..operand.at.end;
        if odd {
            return self.node(at, first.form(Style::Operator), vec![operand]);
        }
        operand.at = at;
        Ok(operand)
    }
}

fn too_large<T>(at: Range<usize>) -> Read<T> {
    Problem::uncertain(at, &["the expression has more parts or levels than this program reads"])
}
