//! Federated identity credentials of Microsoft Entra: those of an application, or of a user-assigned managed identity.
//!
//! `document` finds the credentials in what was pasted, `credential` reads one, and `validity` says what Entra would refuse to
//! store. `application` keeps them all and puts the steps together: `exchange` (algorithm and time of the token) and
//! `matching` (issuer, subject and audience of each credential). `near` says why a comparison nearly passed, `headline` what
//! decided in one sentence.

mod application;
mod candidate;
mod credential;
mod document;
mod exchange;
mod headline;
mod input;
mod link;
mod lint;
mod lint_catalogue;
mod matching;
mod near;
mod propose;
mod validity;

use super::{Configuration, Provider, Trust};
use crate::{Error, json::Node};

/// The provider `azure`.
#[derive(Debug)]
pub struct Azure;

impl Provider for Azure {
    fn id(&self) -> &'static str {
        "azure"
    }

    fn read(&self, configuration: &Configuration<'_>) -> Result<Box<dyn Trust>, Error> {
        Ok(Box::new(application::Application::new(input::read(configuration)?)))
    }

    fn detect(&self, document: &Node) -> Option<&'static str> {
        document::field(document)
    }
}
