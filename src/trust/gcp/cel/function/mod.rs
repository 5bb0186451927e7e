//! The table of functions, and what is known of those that are not in it.

mod convert;
mod extract;
mod list;
mod text;

use super::{budget::Budget, cause::Cause, kinds::Kinds, value::Value};

/// A function or method that is evaluated.
pub(super) struct Function {
    pub(super) name: &'static str,
    pub(super) style: Style,
    /// The types of its arguments, of the receiver first.
    pub(super) takes: &'static [Kinds],
    /// How many of them may be left out at the end.
    pub(super) optional: usize,
    pub(super) gives: Kinds,
    pub(super) standing: Standing,
    pub(super) apply: fn(&[Value], &Budget) -> Result<Value, Cause>,
}

/// How a function may be called.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Style {
    /// `receiver.name(…)`
    Method,
    /// `name(…)`
    Free,
    /// Either.
    Both,
}

/// Whether Google documents a function.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Standing {
    /// In a page on workload identity federation or in one on IAM conditions.
    Documented,
    /// Standard CEL, or an extension that comes with its implementations.
    Standard,
}

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
    ($($name:literal $style:ident [$($takes:expr),*] $optional:literal -> $gives:expr, $standing:ident, $apply:path;)+) => {
        /// Every function. Documented: <https://cloud.google.com/iam/docs/workload-identity-federation>,
        /// <https://cloud.google.com/iam/docs/conditions-attribute-reference> and
        /// <https://cloud.google.com/confidential-computing/confidential-space/docs/reference/attestation-assertions>
        /// (read 2026-11-22).
        static FUNCTIONS: &[Function] = &[$(Function {
            name: $name, style: $style, takes: &[$($takes),*], optional: $optional, gives: $gives, standing: $standing,
            apply: $apply,
        },)+];
    };
}

functions! {
    "size" Both [SIZED] 0 -> INT, Documented, list::size;
    "join" Method [LIST, TEXT] 1 -> TEXT, Documented, list::join;
    "contains" Method [TEXT, TEXT] 0 -> BOOL, Documented, text::contains;
    "startsWith" Method [TEXT, TEXT] 0 -> BOOL, Documented, text::starts_with;
    "endsWith" Method [TEXT, TEXT] 0 -> BOOL, Documented, text::ends_with;
    "matches" Both [TEXT, TEXT] 0 -> BOOL, Documented, text::matches;
    "extract" Method [TEXT, TEXT] 0 -> TEXT, Documented, extract::extract;
    "split" Method [TEXT, TEXT, INT] 1 -> LIST, Documented, text::split;
    "lowerAscii" Method [TEXT] 0 -> TEXT, Documented, text::lower;
    "upperAscii" Method [TEXT] 0 -> TEXT, Standard, text::upper;
    "replace" Method [TEXT, TEXT, TEXT, INT] 1 -> TEXT, Standard, text::replace;
    "trim" Method [TEXT] 0 -> TEXT, Standard, text::trim;
    "substring" Method [TEXT, INT, INT] 1 -> TEXT, Standard, text::substring;
    "charAt" Method [TEXT, INT] 0 -> TEXT, Standard, text::character;
    "indexOf" Method [TEXT, TEXT, INT] 1 -> INT, Standard, text::index_of;
    "lastIndexOf" Method [TEXT, TEXT, INT] 1 -> INT, Standard, text::last_index_of;
    "reverse" Method [TEXT] 0 -> TEXT, Standard, text::reverse;
    "int" Free [SPELLED] 0 -> INT, Documented, convert::int;
    "uint" Free [SPELLED] 0 -> Kinds::UINT, Standard, convert::uint;
    "double" Free [SPELLED] 0 -> Kinds::DOUBLE, Standard, convert::double;
    "string" Free [SPELLED.or(BOOL).or(Kinds::BYTES)] 0 -> TEXT, Standard, convert::string;
    "bytes" Free [TEXT.or(Kinds::BYTES)] 0 -> Kinds::BYTES, Standard, convert::bytes;
    "bool" Free [TEXT.or(BOOL)] 0 -> BOOL, Standard, convert::bool;
    "type" Free [ANY] 0 -> Kinds::TYPE, Standard, convert::kind;
    "dyn" Free [ANY] 0 -> ANY, Standard, convert::same;
}

/// Functions and methods of CEL, of its extensions and of IAM conditions, of which nothing says whether Google takes them
/// in a workload identity pool.
const UNDOCUMENTED: &[&str] = &[
    "all",
    "exists",
    "exists_one",
    "existsOne",
    "transformList",
    "transformMap",
    "transformMapEntry",
    "map",
    "timestamp",
    "duration",
    "getDate",
    "getDayOfMonth",
    "getDayOfWeek",
    "getDayOfYear",
    "getFullYear",
    "getHours",
    "getMilliseconds",
    "getMinutes",
    "getMonth",
    "getSeconds",
    "format",
    "hasOnly",
    "hasValue",
    "orValue",
    "value",
    "optMap",
    "optFlatMap",
    "sort",
    "sortBy",
    "slice",
    "flatten",
    "distinct",
    "first",
    "last",
    "find",
    "findAll",
    "or",
    "range",
    "ip",
    "cidr",
];

/// Names in front of the functions of extensions.
const NAMESPACES: &[&str] =
    &["math", "base64", "cel", "optional", "sets", "strings", "regex", "net", "json", "lists", "api", "proto"];

/// The function of this name, if it can be called like that.
pub(super) fn find(name: &str, method: bool) -> Option<&'static Function> {
    let other = if method { Free } else { Method };
    FUNCTIONS.iter().find(|function| function.name == name && function.style != other)
}

/// Whether a function that is not in the table may exist nevertheless.
pub(super) fn is_undocumented(name: &str) -> bool {
    UNDOCUMENTED.contains(&name)
}

/// Whether functions of an extension are called through this name.
pub(super) fn is_namespace(name: &str) -> bool {
    NAMESPACES.contains(&name)
}

/// The function that somebody means who writes this name.
pub(super) fn meant(name: &str) -> Option<&'static str> {
    const OTHERS: [(&str, &str); 16] = [
        ("len", "size"),
        ("length", "size"),
        ("count", "size"),
        ("lower", "lowerAscii"),
        ("toLower", "lowerAscii"),
        ("toLowerCase", "lowerAscii"),
        ("upper", "upperAscii"),
        ("toUpperCase", "upperAscii"),
        ("includes", "contains"),
        ("hasPrefix", "startsWith"),
        ("hasSuffix", "endsWith"),
        ("match", "matches"),
        ("regexMatch", "matches"),
        ("strip", "trim"),
        ("any", "exists"),
        ("toString", "string"),
    ];
    let plain = |text: &str| text.replace('_', "").to_ascii_lowercase();
    let wanted = plain(name);
    let other = OTHERS.iter().find(|(other, _)| plain(other) == wanted).map(|(_, own)| *own);
    FUNCTIONS.iter().map(|function| function.name).find(|own| plain(own) == wanted).or(other)
}

impl Function {
    /// Whether it takes so many arguments, the receiver among them.
    pub(super) fn takes_count(&self, count: usize) -> bool {
        (self.takes.len().saturating_sub(self.optional)..=self.takes.len()).contains(&count)
    }
}
