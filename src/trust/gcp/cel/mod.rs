//! The Common Expression Language as Google's attribute conditions and mappings use it.
//!
//! Text → [`Expression::parse`] → [`Expression::check`] (what Google refuses to store) → [`Expression::evaluate`], which
//! gives the value of every part, so that a report can say which one decided. *False*, *error* and *unknown* are three
//! different things. The language: <https://github.com/google/cel-spec/blob/master/doc/langdef.md> (as of 2026-06-10);
//! what Google documents of it: <https://cloud.google.com/iam/docs/workload-identity-federation>. No part of it reads a
//! clock or a time-zone table, and nothing in it runs longer than [`STEPS`] allows.
//!
//! It is written for few bytes of wasm: docs/decisions/cel.md has the figures, and what was left out for them.

mod arithmetic;
mod call;
mod check;
mod compare;
mod container;
mod convert;
mod double;
mod environment;
mod evaluate;
mod expression;
mod extract;
mod function;
mod json;
mod kinds;
mod lex;
mod limit;
mod literal;
mod macros;
mod mistake;
mod node;
mod number;
mod parse;
mod primary;
mod problem;
mod regex;
mod text;
mod traced;
mod value;

pub use environment::{Environment, assertion};
pub use expression::{Expression, Reference};
pub use kinds::Kinds;
pub use limit::{CONDITION_CHARACTERS, MAPPING_CHARACTERS, NESTING, NODES, PATTERN, STEPS};
pub use node::{Form, Macro, Node, NodeParts, Style};
pub use problem::Problem;
pub use traced::{Sides, Traced, TracedParts};
pub use value::{Cause, Data, Map, Reason, Value};
