//! Google Cloud workload identity pool providers, for exchanging a token at `sts.googleapis.com`.
//!
//! `document` finds the provider in what was pasted and `provider` reads it; what Google would refuse in it is `validity`'s to
//! say. `pool` keeps it and puts the steps in Google's order: `exchange` (what the request names; issuer, audience and time
//! of the token; beside it `credentials`, the client's own file), `mapping` (the attributes that the token gets), `condition`,
//! whose tree `explain` turns into steps, and `iam`: whether a `member` of the service account's policy is the identity that came
//! out. `cel` evaluates the expressions. `headline` says it in one sentence.

mod budget;
mod candidate;
pub mod cel;
mod condition;
mod credentials;
mod document;
mod exchange;
mod explain;
mod field;
mod headline;
mod iam;
mod input;
mod link;
mod lint;
mod lint_catalogue;
mod lint_expression;
mod mapping;
mod member;
mod near;
mod pool;
mod propose;
mod provider;
mod resource;
mod validity;

use super::{Configuration, Provider, Trust};
use crate::{Error, json::Node};

/// The provider `gcp`.
#[derive(Debug)]
pub struct Gcp;

impl Provider for Gcp {
    fn id(&self) -> &'static str {
        "gcp"
    }

    fn read(&self, configuration: &Configuration<'_>) -> Result<Box<dyn Trust>, Error> {
        Ok(Box::new(pool::Pool::new(input::read(configuration)?)))
    }

    fn detect(&self, document: &Node) -> Option<&'static str> {
        document::field(document)
    }
}
