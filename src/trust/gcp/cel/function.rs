//! The table of functions, and what is known of those that are not in it.

use super::{
    convert::convert,
    extract::extract,
    kinds::Kinds,
    limit::Budget,
    node::{Form, Node},
    text::{self, Task},
    traced::Traced,
    value::{Reason, Value},
};

/// A function or method that is evaluated.
pub(super) struct Function {
    pub(super) name: &'static str,
    style: Style,
    /// The types of its arguments, of the receiver first.
    pub(super) takes: &'static [Kinds],
    /// How many of them may be left out at the end.
    optional: usize,
    pub(super) gives: Kinds,
    pub(super) standing: Standing,
    does: Does,
}

/// How a function may be called.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Style {
    /// `receiver.name(…)`
    Method,
    /// `name(…)`
    Free,
    /// Either.
    Both,
}

/// Whether Google documents a function.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Standing {
    /// In a page on workload identity federation or in one on IAM conditions.
    Documented,
    /// Standard CEL, or an extension that comes with its implementations.
    Standard,
}

/// What a function does.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Does {
    /// Something with texts.
    Text(Task),
    /// `extract`
    Extract,
    /// `size`
    Size,
    /// Gives a value of the type that is its result.
    Convert,
    /// `type`
    Type,
}

use Does::{Convert, Extract, Size, Text, Type};
use Standing::{Documented, Standard};
use Style::{Both, Free, Method};

const ANY: Kinds = Kinds::ANY;
const BOOL: Kinds = Kinds::BOOL;
const INT: Kinds = Kinds::INT;
const LIST: Kinds = Kinds::LIST;
const TEXT: Kinds = Kinds::STRING;
const SIZED: Kinds = Kinds::STRING.or(Kinds::BYTES).or(Kinds::LIST).or(Kinds::MAP);
const SPELLED: Kinds = Kinds::NUMBER.or(Kinds::STRING);

macro_rules! functions {
    ($($name:literal $style:ident [$($takes:expr),*] $optional:literal -> $gives:expr, $standing:ident, $does:expr;)+) => {
        /// Every function. Documented: <https://cloud.google.com/iam/docs/workload-identity-federation>,
        /// <https://cloud.google.com/iam/docs/conditions-attribute-reference> and
        /// <https://cloud.google.com/confidential-computing/confidential-space/docs/reference/attestation-assertions>
        /// (read 2026-11-22).
        static FUNCTIONS: &[Function] = &[$(Function {
            name: $name, style: $style, takes: &[$($takes),*], optional: $optional, gives: $gives, standing: $standing,
            does: $does,
        },)+];
    };
}

functions! {
    "size" Both [SIZED] 0 -> INT, Documented, Size;
    "join" Method [LIST, TEXT] 1 -> TEXT, Documented, Text(Task::Join);
    "contains" Method [TEXT, TEXT] 0 -> BOOL, Documented, Text(Task::Contains);
    "startsWith" Method [TEXT, TEXT] 0 -> BOOL, Documented, Text(Task::StartsWith);
    "endsWith" Method [TEXT, TEXT] 0 -> BOOL, Documented, Text(Task::EndsWith);
    "matches" Both [TEXT, TEXT] 0 -> BOOL, Documented, Text(Task::Matches);
    "extract" Method [TEXT, TEXT] 0 -> TEXT, Documented, Extract;
    "split" Method [TEXT, TEXT, INT] 1 -> LIST, Documented, Text(Task::Split);
    "lowerAscii" Method [TEXT] 0 -> TEXT, Documented, Text(Task::Lower);
    "upperAscii" Method [TEXT] 0 -> TEXT, Standard, Text(Task::Upper);
    "replace" Method [TEXT, TEXT, TEXT, INT] 1 -> TEXT, Standard, Text(Task::Replace);
    "trim" Method [TEXT] 0 -> TEXT, Standard, Text(Task::Trim);
    "substring" Method [TEXT, INT, INT] 1 -> TEXT, Standard, Text(Task::Substring);
    "charAt" Method [TEXT, INT] 0 -> TEXT, Standard, Text(Task::CharAt);
    "indexOf" Method [TEXT, TEXT, INT] 1 -> INT, Standard, Text(Task::IndexOf);
    "lastIndexOf" Method [TEXT, TEXT, INT] 1 -> INT, Standard, Text(Task::LastIndexOf);
    "reverse" Method [TEXT] 0 -> TEXT, Standard, Text(Task::Reverse);
    "int" Free [SPELLED] 0 -> INT, Documented, Convert;
    "uint" Free [SPELLED] 0 -> Kinds::UINT, Standard, Convert;
    "double" Free [SPELLED] 0 -> Kinds::DOUBLE, Standard, Convert;
    "string" Free [SPELLED.or(BOOL).or(Kinds::BYTES)] 0 -> TEXT, Standard, Convert;
    "bytes" Free [TEXT.or(Kinds::BYTES)] 0 -> Kinds::BYTES, Standard, Convert;
    "bool" Free [TEXT.or(BOOL)] 0 -> BOOL, Standard, Convert;
    "dyn" Free [ANY] 0 -> ANY, Standard, Convert;
    "type" Free [ANY] 0 -> Kinds::TYPE, Standard, Type;
}

/// Functions, methods and macros of CEL, of its extensions and of IAM conditions, of which nothing says whether Google
/// takes them in a workload identity pool.
const UNDOCUMENTED: &str = " all exists exists_one existsOne filter map transformList transformMap transformMapEntry \
    timestamp duration getDate getDayOfMonth getDayOfWeek getDayOfYear getFullYear getHours getMilliseconds getMinutes \
    getMonth getSeconds format hasOnly hasValue orValue value optMap optFlatMap sort sortBy slice flatten distinct first \
    last find findAll or range ip cidr ";

/// Names in front of the functions of extensions.
const NAMESPACES: &str = " math base64 cel optional sets strings regex net json lists api proto ";

fn is_listed(list: &str, name: &str) -> bool {
    list.contains(&*[" ", name, " "].concat())
}

/// The function of this name, if it can be called like that.
#[inline(never)]
pub(super) fn find(name: &str, method: bool) -> Option<&'static Function> {
    let other = if method { Free } else { Method };
    FUNCTIONS.iter().find(|function| function.name == name && function.style != other)
}

/// Whether a function that is not in the table may exist nevertheless.
pub(super) fn is_undocumented(name: &str) -> bool {
    is_listed(UNDOCUMENTED, name)
}

/// Whether a method is a function of an extension, as in `math.greatest(1, 2)`.
pub(super) fn is_qualified(node: &Node, is_declared: &dyn Fn(&str) -> bool) -> bool {
    match node.parts.first().map(|receiver| &receiver.form) {
        Some(Form::Name(receiver)) => is_listed(NAMESPACES, receiver) && !is_declared(receiver),
        _ => false,
    }
}

/// What a function comes to of which nothing is known.
pub(super) fn undocumented(name: &str) -> Value {
    let message = ["Google does not say whether it takes ", name, " in a workload identity pool"];
    Value::missing(Reason::Undocumented, &message)
}

/// Calls a function with arguments that are neither errors nor unknown.
pub(super) fn call(name: &str, method: bool, arguments: &[Traced<'_>], budget: &Budget) -> Value {
    let Some(function) = find(name, method).filter(|function| function.takes_count(arguments.len())) else {
        return if is_undocumented(name) {
            undocumented(name)
        } else {
            Value::missing(Reason::Undeclared, &["there is no function ", name, " with so many arguments"])
        };
    };
    for (argument, kinds) in arguments.iter().zip(function.takes) {
        let kind = argument.value.kind().unwrap_or(ANY);
        if !kind.meets(*kinds) {
            return Value::missing(Reason::Type, &[name, " takes ", &*kinds.words(), ", not ", &*kind.words()]);
        }
        budget.spend(argument.value.as_str().map_or(0, str::len));
    }
    let Some(first) = arguments.first().map(|argument| &argument.value) else { return Value::Null };
    let failed = || Value::missing(Reason::Value, &[name, " cannot be computed for this value"]);
    match function.does {
        Text(task) => text::compute(task, arguments, budget).unwrap_or_else(failed),
        Extract => extract(arguments),
        Convert => convert(first, function.gives).unwrap_or_else(failed),
        Type => first.kind().map_or(Value::Null, Value::Type),
        Size => {
            let size = match first {
                Value::String(text) => text.chars().count(),
                Value::Bytes(bytes) => bytes.len(),
                Value::List(items) => items.len(),
                Value::Map(map) if map.partial => return super::compare::not_all_told(),
                Value::Map(map) => map.entries.len(),
                _ => 0,
            };
            i64::try_from(size).map_or(Value::Null, Value::Int)
        }
    }
}

/// The function that somebody means who writes this name.
pub(super) fn meant(name: &str) -> Option<&'static str> {
    const OTHERS: [(&str, &str); 12] = [
        ("len", "size"),
        ("length", "size"),
        ("lower", "lowerAscii"),
        ("toLowerCase", "lowerAscii"),
        ("upper", "upperAscii"),
        ("toUpperCase", "upperAscii"),
        ("includes", "contains"),
        ("hasPrefix", "startsWith"),
        ("hasSuffix", "endsWith"),
        ("match", "matches"),
        ("strip", "trim"),
        ("any", "exists"),
    ];
    let function = FUNCTIONS.iter().map(|function| function.name).find(|own| own.eq_ignore_ascii_case(name));
    function.or_else(|| OTHERS.iter().find(|(other, _)| other.eq_ignore_ascii_case(name)).map(|(_, own)| *own))
}

impl Function {
    /// Whether it takes so many arguments, the receiver among them.
    pub(super) const fn takes_count(&self, count: usize) -> bool {
        count <= self.takes.len() && count.saturating_add(self.optional) >= self.takes.len()
    }
}
