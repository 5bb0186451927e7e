//! The table of functions and operators, and what is known of functions that are not in it.

use super::{
    kinds::Kinds,
    node::{Form, Node, Style},
    text::Task,
};

/// A function or operator that is evaluated.
pub(super) struct Function {
    pub(super) name: &'static str,
    /// Whether it may be called as a method, as a function, as an operator.
    styles: u8,
    /// The types of its operands, of the receiver first.
    pub(super) takes: &'static [Kinds],
    /// How many of them may be left out at the end.
    optional: u8,
    pub(super) pair: Pair,
    /// The type of the result; none: that of the operands.
    pub(super) gives: Kinds,
    pub(super) standing: Standing,
    pub(super) does: Does,
}

/// How the types of two operands go together.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Pair {
    /// Any with any.
    Free,
    /// As `Alike`, but only the type checker minds
    /// (<https://github.com/google/cel-spec/blob/master/doc/langdef.md#equality>).
    Checked,
    /// The same type, or two numbers.
    Comparable,
    /// The same type.
    Alike,
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
    Extract,
    Size,
    /// Gives a value of the type that is its result.
    Convert,
    Type,
    Not,
    Equal(bool),
    /// Less, equal, greater: those that make it true.
    Order(bool, bool, bool),
    Arithmetic,
    /// Asks for an entry; or only whether it is there.
    Entry(bool),
    /// Asks whether the second operand holds the first one.
    In,
}

use Does::{Arithmetic, Convert, Entry, Equal, Extract, In, Not, Order, Size, Text, Type};
use Pair::{Alike, Checked, Comparable, Free};
use Standing::{Documented, Standard};

const METHOD: u8 = 1;
const FUNCTION: u8 = 2;
const BOTH: u8 = 3;
const OPERATOR: u8 = 4;

const ANY: Kinds = Kinds::ANY;
const BOOL: Kinds = Kinds::BOOL;
const INT: Kinds = Kinds::INT;
const LIST: Kinds = Kinds::LIST;
const MAP: Kinds = Kinds::MAP;
const TEXT: Kinds = Kinds::STRING;
const OPERANDS: Kinds = Kinds::NONE;
const HOLDER: Kinds = LIST.or(MAP);
const SIZED: Kinds = TEXT.or(Kinds::BYTES).or(HOLDER);
const SPELLED: Kinds = Kinds::NUMBER.or(TEXT);
const ORDERED: Kinds = SPELLED.or(Kinds::BYTES).or(BOOL);
const ADDED: Kinds = SPELLED.or(Kinds::BYTES).or(LIST);
const NUMBER: Kinds = Kinds::NUMBER;
const WHOLE: Kinds = INT.or(Kinds::UINT);

macro_rules! functions {
    ($($name:literal $styles:ident [$($takes:expr),*] $optional:literal $pair:ident -> $gives:expr, $standing:ident, $does:expr;)+) => {
        /// Every operator and function. Documented: <https://cloud.google.com/iam/docs/workload-identity-federation>,
        /// <https://cloud.google.com/iam/docs/conditions-attribute-reference> and
        /// <https://cloud.google.com/confidential-computing/confidential-space/docs/reference/attestation-assertions>
        /// (as of 2026-04-02).
        static FUNCTIONS: &[Function] = &[$(Function {
            name: $name, styles: $styles, takes: &[$($takes),*], optional: $optional, pair: $pair, gives: $gives,
            standing: $standing, does: $does,
        },)+];
    };
}

functions! {
    "==" OPERATOR [ANY, ANY] 0 Checked -> BOOL, Documented, Equal(true);
    "!=" OPERATOR [ANY, ANY] 0 Checked -> BOOL, Documented, Equal(false);
    "<" OPERATOR [ORDERED, ORDERED] 0 Comparable -> BOOL, Documented, Order(true, false, false);
    "<=" OPERATOR [ORDERED, ORDERED] 0 Comparable -> BOOL, Documented, Order(true, true, false);
    ">" OPERATOR [ORDERED, ORDERED] 0 Comparable -> BOOL, Documented, Order(false, false, true);
    ">=" OPERATOR [ORDERED, ORDERED] 0 Comparable -> BOOL, Documented, Order(false, true, true);
    "in" OPERATOR [ANY, HOLDER] 0 Free -> BOOL, Documented, In;
    "." OPERATOR [MAP, TEXT] 0 Free -> ANY, Documented, Entry(false);
    "has" OPERATOR [MAP, TEXT] 0 Free -> BOOL, Documented, Entry(true);
    "[]" OPERATOR [HOLDER, ANY] 0 Free -> ANY, Documented, Entry(false);
    "!" OPERATOR [BOOL] 0 Free -> BOOL, Documented, Not;
    "+" OPERATOR [ADDED, ADDED] 0 Alike -> OPERANDS, Documented, Arithmetic;
    "-" OPERATOR [NUMBER, NUMBER] 1 Alike -> OPERANDS, Documented, Arithmetic;
    "*" OPERATOR [NUMBER, NUMBER] 0 Alike -> OPERANDS, Documented, Arithmetic;
    "/" OPERATOR [NUMBER, NUMBER] 0 Alike -> OPERANDS, Documented, Arithmetic;
    "%" OPERATOR [WHOLE, WHOLE] 0 Alike -> OPERANDS, Documented, Arithmetic;
    "size" BOTH [SIZED] 0 Free -> INT, Documented, Size;
    "join" METHOD [LIST, TEXT] 1 Free -> TEXT, Documented, Text(Task::Join);
    "contains" METHOD [TEXT, TEXT] 0 Free -> BOOL, Documented, Text(Task::Contains);
    "startsWith" METHOD [TEXT, TEXT] 0 Free -> BOOL, Documented, Text(Task::StartsWith);
    "endsWith" METHOD [TEXT, TEXT] 0 Free -> BOOL, Documented, Text(Task::EndsWith);
    "matches" BOTH [TEXT, TEXT] 0 Free -> BOOL, Documented, Text(Task::Matches);
    "extract" METHOD [TEXT, TEXT] 0 Free -> TEXT, Documented, Extract;
    "split" METHOD [TEXT, TEXT, INT] 1 Free -> LIST, Documented, Text(Task::Split);
    "lowerAscii" METHOD [TEXT] 0 Free -> TEXT, Documented, Text(Task::Lower);
    "upperAscii" METHOD [TEXT] 0 Free -> TEXT, Standard, Text(Task::Upper);
    "replace" METHOD [TEXT, TEXT, TEXT, INT] 1 Free -> TEXT, Standard, Text(Task::Replace);
    "trim" METHOD [TEXT] 0 Free -> TEXT, Standard, Text(Task::Trim);
    "substring" METHOD [TEXT, INT, INT] 1 Free -> TEXT, Standard, Text(Task::Substring);
    "charAt" METHOD [TEXT, INT] 0 Free -> TEXT, Standard, Text(Task::CharAt);
    "indexOf" METHOD [TEXT, TEXT, INT] 1 Free -> INT, Standard, Text(Task::IndexOf);
    "lastIndexOf" METHOD [TEXT, TEXT, INT] 1 Free -> INT, Standard, Text(Task::LastIndexOf);
    "reverse" METHOD [TEXT] 0 Free -> TEXT, Standard, Text(Task::Reverse);
    "int" FUNCTION [SPELLED.or(BOOL)] 0 Free -> INT, Documented, Convert;
    "uint" FUNCTION [SPELLED] 0 Free -> Kinds::UINT, Standard, Convert;
    "double" FUNCTION [SPELLED] 0 Free -> Kinds::DOUBLE, Standard, Convert;
    "string" FUNCTION [ORDERED] 0 Free -> TEXT, Standard, Convert;
    "bytes" FUNCTION [TEXT.or(Kinds::BYTES)] 0 Free -> Kinds::BYTES, Standard, Convert;
    "bool" FUNCTION [TEXT.or(BOOL)] 0 Free -> BOOL, Standard, Convert;
    "dyn" FUNCTION [ANY] 0 Free -> ANY, Standard, Convert;
    "type" FUNCTION [ANY] 0 Free -> Kinds::TYPE, Standard, Type;
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
    list.split(' ').any(|own| !own.is_empty() && own == name)
}

/// The function of this name, if it can be called like that.
#[inline(never)]
pub(super) fn find(name: &str, style: Style) -> Option<&'static Function> {
    let wanted = match style {
        Style::Method => METHOD,
        Style::Function => FUNCTION,
        Style::Operator => OPERATOR,
    };
    FUNCTIONS.iter().find(|function| function.name == name && function.styles & wanted != 0)
}

/// Whether a function that is not in the table may exist nevertheless, or a macro with other arguments.
pub(super) fn is_undocumented(name: &str) -> bool {
    is_listed(UNDOCUMENTED, name)
}

/// The name in front of a function of an extension, as in `math.greatest(1, 2)`; it may be a variable's.
pub(super) fn namespace(node: &Node) -> Option<&str> {
    match (&node.form, node.parts.first().map(|receiver| &receiver.form)) {
        (Form::Call { style: Style::Method, .. }, Some(Form::Name(receiver))) if is_listed(NAMESPACES, receiver) => {
            Some(receiver)
        }
        _ => None,
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
    /// Whether it takes so many operands, the receiver among them.
    pub(super) fn takes_count(&self, count: usize) -> bool {
        count <= self.takes.len() && count.saturating_add(usize::from(self.optional)) >= self.takes.len()
    }
}
