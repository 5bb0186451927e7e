//! JWT roles of HashiCorp Vault and of OpenBao, for logins at `auth/jwt/login`.
//!
//! `document` finds a role, or the configuration of its mount, in what was pasted; `settings` reads their members, `role` and
//! `mount` what Vault would refuse to store. `login` keeps them and puts the steps in Vault's order: `exchange` (role type, address
//! and everything that is checked of the token), `clock`, `identity` (alias, metadata and groups), `bound` (the bound claims, with
//! `pointer` and `pattern`). `headline` says it in one sentence.

mod audience;
mod bound;
mod candidate;
mod clock;
mod document;
mod exchange;
mod headline;
mod identity;
mod input;
mod link;
mod lint;
mod lint_catalogue;
mod login;
mod mount;
mod near;
pub mod pattern;
pub mod pointer;
mod propose;
mod role;
mod settings;
pub mod terraform;
mod version;

use super::{Configuration, Provider, Trust};
use crate::{Error, json::Node};

/// The provider `vault`.
#[derive(Debug)]
pub struct Vault;

impl Provider for Vault {
    fn id(&self) -> &'static str {
        "vault"
    }

    fn read(&self, configuration: &Configuration<'_>) -> Result<Box<dyn Trust>, Error> {
        Ok(Box::new(login::Login::new(input::read(configuration)?)))
    }

    fn detect(&self, document: &Node) -> Option<&'static str> {
        document::field(document)
    }
}
