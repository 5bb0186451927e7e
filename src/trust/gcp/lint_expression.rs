//! Remarks on the parts of an expression: what is never true, always true, or looser than it looks.

use super::{
    cel::{Data, Environment, Form, Macro, Node, Style, Traced, assertion},
    lint::{Fix, Look},
    near::quoted,
    propose::{Change, pasteable, replaced},
    provider::Written,
};
use crate::{
    report::{Code, Span},
    search::Search as _,
    token::is_uuid,
    trust::probe::is_family,
};

const PREFIX: &str = "oidc.circleci.com/";
/// Claims that are no texts.
const TYPED: [&str; 5] = ["context-ids", "ssh-rerun", "iat", "exp", "nbf"];

/// The remarks on one expression.
pub(super) fn remarks(look: &mut Look<'_>, written: &Written) {
    let Some(expression) = &written.expression else { return };
    let provider = &look.pool.provider;
    let of_mapping = provider.mapping.iter().find(|mapping| std::ptr::eq(&raw const mapping.written, written));
    let root = expression.root();
    if let Some(mapping) = of_mapping
        && let Some(claim) = provider.claim(root)
    {
        let (short, at) = (short(&claim), look.pool.places().span(&written.field.at));
        if TYPED.contains(&short) && mapping.key != "google.groups" {
            let text = [&*written.field.text, " ? 'true' : 'false'"].concat();
            let change = Change::Text(written.field.at.clone(), text.clone());
            look.add(Code::Gcp003, at, "", (short == "ssh-rerun").then_some((text, change)));
        } else if short.starts_with("vcs-") {
            look.add(Code::Gcp015, at, "", None);
        }
    }
    let undocumented = expression.undocumented();
    if let Some((_, at)) = undocumented.first() {
        let mut names: Vec<&str> = Vec::new();
        for (name, _) in &undocumented {
            if !names.contains(name) {
                names.push(name);
            }
        }
        let at = look.pool.places().inside(&written.field, at);
        look.add(Code::Gcp020, at, &["Standard CEL, and evaluated as such: ", &*names.join(", "), "."].concat(), None);
    }
    if let Some(base) = look.base.clone() {
        let environment = Environment::default().with("assertion", assertion(&base));
        extracts(look, written, &expression.evaluate(&environment));
    }
    let mut look_at = Parts { look, written };
    look_at.part(root);
}

fn short(claim: &str) -> &str {
    claim.strip_prefix(PREFIX).unwrap_or(claim)
}

/// What extract() makes of the token that gets in.
fn extracts(look: &mut Look<'_>, written: &Written, traced: &Traced<'_>) {
    let is_extract = matches!(&traced.node.form, Form::Call { name, .. } if name == "extract");
    if is_extract && matches!(&*traced.value, Data::String(text) if text.is_empty()) {
        look.add(Code::Gcp016, look.span(written, traced.node), "", None);
    }
    for part in &traced.parts {
        extracts(look, written, part);
    }
}

struct Parts<'a, 'b> {
    look: &'a mut Look<'b>,
    written: &'a Written,
}

impl Parts<'_, '_> {
    fn part(&mut self, node: &Node) {
        let mixed = |part: &Node| part.form == Form::And && !self.slice(part).starts_with('(');
        if node.form == Form::Or && node.parts.iter().any(mixed) {
            self.add(Code::Gcp014, node, None);
        }
        match (&node.form, &*node.parts) {
            (Form::Macro(Macro::All, _), _) => self.add(Code::Gcp013, node, None),
            (Form::Macro(Macro::Exists, name), [list, body]) => self.exists(name, list, body, node),
            _ => {}
        }
        if let Form::Call { name, style, .. } = &node.form {
            self.call(name, *style, node);
        }
        let provider = &self.look.pool.provider;
        if let Some(("attribute", name)) = node.entry()
            && !node.is("in")
            && !node.is("has")
            && provider.mapped(&["attribute.", name].concat()).is_none()
            && !provider.untold.mapping
        {
            self.add(Code::Gcp019, node, None);
        }
        for part in &node.parts {
            self.part(part);
        }
    }

    fn slice(&self, node: &Node) -> &str {
        self.written.field.text.get(node.at.clone()).unwrap_or_default()
    }

    fn add(&mut self, code: Code, node: &Node, fix: Option<String>) {
        let field = &self.written.field;
        let change = |fix: String| -> Option<(Option<Span>, Fix)> {
            let edited = replaced(&field.text, &node.at, &fix)?;
            let (fix, at) = pasteable(self.look.pool, self.written, &node.at, fix, &edited);
            Some((at, (fix, Change::Text(field.at.clone(), edited))))
        };
        let (at, fix) = match fix.and_then(change) {
            Some((at, fix)) => (at, Some(fix)),
            None => (self.look.span(self.written, node), None),
        };
        let what =
            if code == Code::Gcp020 { "It says nothing of exists() over a claim; in asks the same." } else { "" };
        self.look.add(code, at, what, fix);
    }

    /// `exists()` of a claim, which may be what `in` asks more simply.
    fn exists(&mut self, name: &str, list: &Node, body: &Node, node: &Node) {
        let item = Form::Name(name.to_owned());
        let text = match &*body.parts {
            [left, right] if body.is("==") && left.form == item => right.text(),
            [left, right] if body.is("==") && right.form == item => left.text(),
            _ => None,
        };
        if let Some(text) = text.filter(|_| self.look.pool.provider.claim(list).is_some()) {
            self.add(Code::Gcp020, node, quoted(text).map(|text| [&*text, " in ", self.slice(list)].concat()));
        }
    }

    fn call(&mut self, name: &str, style: Style, node: &Node) {
        let [left, right] = &*node.parts else { return };
        let provider = &self.look.pool.provider;
        let (claim, other) = match (provider.claim(left), provider.claim(right)) {
            (Some(claim), _) => (claim, right),
            (None, Some(claim)) => (claim, left),
            _ => return,
        };
        let claim = short(&claim);
        match (name, style) {
            // Neither a list nor a boolean is one of several texts.
            ("in", _)
                if TYPED.contains(&claim)
                    && right.form == Form::List
                    && right.parts.iter().any(|one| one.text().is_some()) =>
            {
                self.add(Code::Gcp012, node, None);
            }
            ("==" | "!=", _) if TYPED.contains(&claim) && other.text().is_some() => {
                let text = other.text().unwrap_or_default();
                match claim {
                    "ssh-rerun" if matches!(text, "true" | "false") => {
                        self.add(Code::Gcp012, other, Some(text.to_owned()))
                    }
                    _ => self.add(Code::Gcp012, other, None),
                }
            }
            ("==" | "!=" | "in", _) => {
                let listed = if other.form == Form::List { &*other.parts } else { std::slice::from_ref(other) };
                for one in listed {
                    // A claim's name in `assertion` is no value of it.
                    if let Some(text) = one.text().filter(|_| node.entry().is_none()) {
                        self.value(claim, text, one);
                    }
                }
            }
            ("startsWith", Style::Method) => {
                let text = right.text().unwrap_or_default();
                let open = match claim {
                    "vcs-origin" => !text.ends_with('/'),
                    "vcs-ref" => !is_family(text) && text.matches('/').count() > 1,
                    _ => false,
                };
                if text.contains(['*']) {
                    self.add(Code::Gcp011, right, quoted(text.trim_end_matches('*')));
                } else if open && claim == "vcs-origin" && text.matches('/').count() < 2 {
                    self.add(Code::Gcp008, right, quoted(&[text, "/"].concat()));
                } else if open {
                    let fix = [self.slice(left), " == ", self.slice(right)].concat();
                    self.add(Code::Gcp008, node, Some(fix));
                }
            }
            ("matches", _) => self.pattern(right),
            _ => {}
        }
    }

    /// A value that no token of CircleCI's has.
    fn value(&mut self, claim: &str, text: &str, node: &Node) {
        let is_id = ["project-id", "org-id", "context-ids", "pipeline-id"].contains(&claim);
        let (wrong, fix) = match claim {
            // Who compares with nothing asks whether there is something.
            _ if text.is_empty() => (false, None),
            _ if text.contains(['*']) => (true, None),
            "vcs-ref" if !text.starts_with("refs/") => (true, quoted(&["refs/heads/", text].concat())),
            "vcs-origin" => (text.holds("://") || text.holds("@") || text.ends_with(".git"), None),
            _ if is_id && is_uuid(&text.to_ascii_lowercase()) => (!is_uuid(text), quoted(&text.to_ascii_lowercase())),
            _ => (is_id, None),
        };
        if wrong {
            self.add(Code::Gcp011, node, fix);
        }
    }

    /// A pattern that fits more than it seems to.
    fn pattern(&mut self, node: &Node) {
        let Some(pattern) = node.text() else { return };
        if !pattern.starts_with('^') || !pattern.ends_with('$') {
            let start = if pattern.starts_with('^') { "" } else { "^" };
            let end = if pattern.ends_with('$') { "" } else { "$" };
            let whole = if pattern.contains(['|']) { None } else { quoted(&[start, pattern, end].concat()) };
            self.add(Code::Gcp009, node, whole);
        }
        let mut escaped = String::new();
        let mut found = false;
        let mut characters = pattern.chars().peekable();
        while let Some(character) = characters.next() {
            let open = character == '.'
                && escaped.ends_with(|before: char| before.is_ascii_alphanumeric())
                && characters.peek().is_some_and(char::is_ascii_alphanumeric);
            found |= open;
            escaped.push_str(if open { "[.]" } else { "" });
            if !open {
                escaped.push(character);
            }
        }
        if found {
            self.add(Code::Gcp010, node, quoted(&escaped));
        }
    }
}
