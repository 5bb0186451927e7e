//! From words to a tree: a Pratt parser.

use std::ops::Range;

use super::{
    lex::{self, Kind},
    limit::{NESTING, NODES},
    literal, mistake,
    node::{Form, Node, NodeParts, Style},
    problem::Problem,
    value::Value,
};

/// A word and where it stands.
#[derive(Clone, Copy, Debug)]
pub(super) struct Token<'t> {
    pub(super) kind: Kind,
    pub(super) text: &'t str,
    pub(super) start: usize,
}

/// Where the reading is. Once there is a problem, nothing is read any more.
pub(super) struct Parser<'t> {
    pub(super) text: &'t str,
    pub(super) before: Token<'t>,
    pub(super) token: Token<'t>,
    /// The value of the word, if it is a text.
    pub(super) literal: Option<Value>,
    problem: Option<Box<Problem>>,
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
pub(super) fn parse(text: &str) -> Result<Node, Box<Problem>> {
    let token = Token { kind: Kind::End, text: "", start: 0 };
    let mut parser =
        Parser { text, before: token, token, literal: None, problem: None, open: Vec::new(), depth: 0, nodes: 0 };
    parser.advance();
    let root = parser.expression(CONDITIONAL);
    if parser.token.kind != Kind::End {
        parser.unexpected();
    }
    match (root, parser.problem) {
        (Some(root), None) => Ok(root),
        (_, problem) => Err(problem.unwrap_or_else(|| Problem::new(0..0, &["this is no expression"]))),
    }
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
    pub(super) fn advance(&mut self) {
        let start = lex::skip_space(self.text, self.token.end());
        let rest = self.text.get(start..).unwrap_or_default();
        self.before = self.token;
        self.token = Token { kind: Kind::End, text: "", start };
        let (kind, length) = match literal::text(self.text, start, &mut self.literal) {
            Ok(0) => lex::word(rest),
            Ok(length) => (Kind::Text, length),
            Err(problem) => return self.report(problem),
        };
        let token = Token { kind, text: rest.get(..length).unwrap_or_default(), start };
        if kind == Kind::Foreign {
            return self.report(mistake::character(self.text, token));
        }
        self.token = token;
    }

    /// Notes a problem. The first one is told.
    fn report(&mut self, problem: Box<Problem>) {
        self.problem.get_or_insert(problem);
    }

    pub(super) fn fail(&mut self, problem: Box<Problem>) -> Option<Node> {
        self.report(problem);
        None
    }

    pub(super) fn is(&self, text: &str) -> bool {
        self.token.text == text
    }

    /// Takes the word if it is this one.
    pub(super) fn take(&mut self, text: &str) -> bool {
        let is = self.is(text);
        if is {
            self.advance();
        }
        is
    }

    /// Takes this word, which has to be here.
    pub(super) fn need(&mut self, text: &str) -> Option<()> {
        if self.take(text) {
            return Some(());
        }
        self.unexpected();
        None
    }

    /// Takes an opening bracket.
    pub(super) fn open(&mut self) {
        self.open.push(self.token.start);
        self.advance();
    }

    /// Takes the bracket that closes the last open one.
    pub(super) fn close(&mut self, bracket: &str) -> Option<()> {
        self.need(bracket)?;
        self.open.pop();
        Some(())
    }

    #[inline(never)]
    pub(super) fn unexpected(&mut self) -> Option<Node> {
        self.fail(mistake::unexpected(self.before, self.token, self.open.last().copied()))
    }

    /// A node that reaches from a byte to the end of the last word taken.
    #[inline(never)]
    pub(super) fn node(&mut self, start: usize, form: Form, parts: Vec<Node>) -> Option<Node> {
        self.nodes = self.nodes.saturating_add(1);
        let at = start..self.before.end();
        let mut height = 0;
        for part in &parts {
            height = part.height.max(height);
        }
        if self.nodes > NODES || height >= NESTING {
            return self.too_large(at);
        }
        Some(Node::new(NodeParts { at, form, parts, height: height.saturating_add(1) }))
    }

    fn too_large(&mut self, at: Range<usize>) -> Option<Node> {
        self.fail(Problem::uncertain(at, "the expression has more parts or levels than this program reads"))
    }

    /// What binds at least as tightly as `least`.
    pub(super) fn expression(&mut self, least: u8) -> Option<Node> {
        self.depth = self.depth.saturating_add(1);
        if self.depth > NESTING {
            return self.too_large(self.token.at());
        }
        let mut left = self.unary()?;
        while let Some((_, power)) = BINARY.iter().find(|(spelling, _)| self.is(spelling)) {
            if *power < least {
                break;
            }
            left = self.binary(left, *power)?;
        }
        self.depth = self.depth.saturating_sub(1);
        Some(left)
    }

    fn binary(&mut self, left: Node, power: u8) -> Option<Node> {
        let start = left.at.start;
        let operator = self.token;
        let mut parts = vec![left];
        let mut form = Form::Conditional;
        if self.take("?") {
            parts.push(self.expression(OR)?);
            self.need(":")?;
            parts.push(self.expression(CONDITIONAL)?);
        } else {
            form = match operator.text {
                "&&" => Form::And,
                "||" => Form::Or,
                _ => operator.form(Style::Operator),
            };
            while self.take(operator.text) {
                parts.push(self.expression(power.saturating_add(1))?);
                if let Form::Call { .. } = form {
                    break;
                }
            }
        }
        self.node(start, form, parts)
    }

    fn unary(&mut self) -> Option<Node> {
        let first = self.token;
        if !matches!(first.text, "!" | "-") {
            return self.member();
        }
        // `!!x` is `x`, and so is `--x`: as cel-go and cel-cpp read it.
        let mut odd = false;
        while self.take(first.text) {
            odd = !odd;
            if first.text == "-" && odd && self.token.kind == Kind::Number {
                let literal = self.number(self.before.start)?;
                return self.suffixes(literal);
            }
        }
        let mut operand = self.member()?;
        if odd {
            return self.node(first.start, first.form(Style::Operator), vec![operand]);
        }
        operand.at.start = first.start;
        Some(operand)
    }
}
