//! Pages that the rules come from. Source texts: vault-plugin-auth-jwt, hashicorp/cap and openbao as of 2026-08-21.

pub(super) const API: &str = "https://developer.hashicorp.com/vault/api-docs/auth/jwt";
pub(super) const BOUND: &str = "https://developer.hashicorp.com/vault/docs/auth/jwt#bound-claims";
pub(super) const POINTER: &str =
    "https://developer.hashicorp.com/vault/docs/auth/jwt#claim-specifications-and-json-pointer";
pub(super) const LOGIN: &str = "https://github.com/hashicorp/vault-plugin-auth-jwt/blob/main/path_login.go";
pub(super) const ROLE: &str = "https://github.com/hashicorp/vault-plugin-auth-jwt/blob/main/path_role.go";
pub(super) const CONFIG: &str = "https://github.com/hashicorp/vault-plugin-auth-jwt/blob/main/path_config.go";
pub(super) const CLAIMS: &str = "https://github.com/hashicorp/vault-plugin-auth-jwt/blob/main/claims.go";
pub(super) const TOKEN: &str = "https://github.com/hashicorp/cap/blob/main/jwt/jwt.go";
pub(super) const AUDIENCE: &str = "https://github.com/hashicorp/vault-plugin-auth-jwt/pull/310";
pub(super) const GLOB: &str = "https://github.com/ryanuber/go-glob/blob/master/glob.go";
pub(super) const TERRAFORM: &str = "https://github.com/hashicorp/terraform-provider-vault/issues/2755";
pub(super) const TOKENS: &str = "https://circleci.com/docs/openid-connect-tokens/";
pub(super) const CEL: &str = "https://openbao.org/docs/auth/jwt/";
