//! AWS role trust policies for `sts:AssumeRoleWithWebIdentity`.

use super::{Configuration, Provider, Request, TrustResult};
use crate::{Error, json::Node};

/// The provider `aws`.
#[derive(Debug)]
pub struct Aws;

impl Provider for Aws {
    fn id(&self) -> &'static str {
        "aws"
    }

    fn evaluate(&self, configuration: &Configuration<'_>, _request: &Request<'_>) -> Result<TrustResult, Error> {
        Err(Error::argument(&*configuration.path, "not built yet"))
    }

    fn detect(&self, _document: &Node) -> Option<&'static str> {
        None
    }
}
