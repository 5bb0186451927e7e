//! The Common Expression Language as Google's attribute conditions and mappings use it.
//!
//! Text → [`Expression::parse`] → [`Expression::check`] (what Google refuses to store) → [`Expression::evaluate`], which
//! gives the value of every node, so that a report can say which part decided. *False*, *error* and *unknown* are three
//! different things. The language: <https://github.com/google/cel-spec/blob/master/doc/langdef.md> (read 2026-11-22);
//! what Google documents of it: <https://cloud.google.com/iam/docs/workload-identity-federation>. No part of it reads a
//! clock or a time-zone table, and nothing in it runs longer than [`STEPS`] allows.

mod arithmetic;
mod budget;
mod cause;
mod check;
mod compare;
mod comprehension;
mod container;
mod deciding;
mod double;
mod environment;
mod evaluate;
mod expression;
mod function;
mod kinds;
mod lex;
mod limit;
mod literal;
mod mistake;
mod node;
mod number;
mod operator;
mod parse;
mod problem;
mod regex;
mod special;
mod traced;
mod value;

pub use cause::{Cause, Reason};
pub use environment::{Environment, assertion};
pub use expression::{Expression, Reference};
pub use kinds::Kinds;
pub use limit::{CONDITION_CHARACTERS, MAPPING_CHARACTERS, NESTING, NODES, PATTERN, STEPS};
pub use node::{Form, Macro, Node};
pub use operator::Operator;
pub use problem::Problem;
pub use traced::{Sides, Traced};
pub use value::{Map, Value};
