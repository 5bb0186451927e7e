//! Calls that are macros: `has`, and those that look at every element.

use std::ops::Range;

use super::{
    lex::Token,
    mistake,
    node::{Form, Macro, Node},
    operator::Operator,
    parse::Parser,
    problem::{Problem, Read},
};

/// `name(arguments)`
pub(super) fn function(
    parser: &mut Parser<'_>,
    at: Range<usize>,
    name: &Token<'_>,
    mut arguments: Vec<Node>,
) -> Read<Node> {
    if name.text != "has" {
        return parser.call(at, call(name, false), arguments);
    }
    match arguments.pop() {
        Some(Node { form: Form::Select(field), parts, .. }) if arguments.is_empty() => {
            parser.call(at, Form::Has(field), parts)
        }
        argument => Err(Box::new(no_field(&at, argument.as_ref(), parser.text))),
    }
}

/// `has(x['name'])`, which CEL does not take.
fn no_field(at: &Range<usize>, argument: Option<&Node>, text: &str) -> Problem {
    if let Some((claim, _)) = argument.and_then(|node| mistake::dotted(text, node.at.start)) {
        let message = "a claim's name with dots and slashes stands in quotes: 'name' in assertion";
        return Problem::new(at, message).fix(format!("'{claim}' in assertion"));
    }
    let problem = Problem::new(at, "has() takes the form has(map.name); for other names write 'name' in map");
    let key = argument.filter(|node| node.form == Form::Operator(Operator::Index)).map(|node| &*node.parts);
    match key {
        Some([Node { form: Form::Name(map), .. }, key]) => match key.text() {
            Some(text) => problem.fix(format!("'{text}' in {map}")),
            None => problem,
        },
        _ => problem,
    }
}

/// `receiver.name(arguments)`
pub(super) fn method(
    parser: &mut Parser<'_>,
    receiver: Node,
    name: &Token<'_>,
    mut arguments: Vec<Node>,
    end: usize,
) -> Read<Node> {
    let at = receiver.at.start..end;
    let known = Macro::NAMES.iter().find(|(spelled, ..)| *spelled == name.text);
    match known {
        Some((_, kind, most)) if (2..=*most).contains(&arguments.len()) => {
            let variable = arguments.remove(0);
            let Form::Name(name) = variable.form else {
                let message = "the first argument of this macro is the name that stands for each element";
                return Err(Box::new(Problem::new(&variable.at, message)));
            };
            arguments.insert(0, receiver);
            parser.call(at, Form::Macro(*kind, name), arguments)
        }
        _ => {
            arguments.insert(0, receiver);
            parser.call(at, call(name, true), arguments)
        }
    }
}

fn call(name: &Token<'_>, method: bool) -> Form {
    Form::Call { name: name.text.to_owned(), at: name.at.clone(), method }
}
