//! The tables below `tests/cases/`, one test for each: natively, in wasm under Node, and in wasm in a browser.

#![expect(clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "a test fails by panicking")]

mod support;

#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test;

/// A test for each table; browsers have no file system, so the tables are compiled in.
macro_rules! tables {
    ($($name:ident = $file:literal;)+) => {
        $(
            #[cfg_attr(not(target_arch = "wasm32"), test)]
            #[cfg_attr(target_arch = "wasm32", wasm_bindgen_test)]
            fn $name() {
                support::run($file, include_str!(concat!("cases/", $file)));
            }
        )+

        #[cfg(not(target_arch = "wasm32"))]
        const FILES: &[&str] = &[$($file,)+];
    };
}

tables! {
    aws_detect = "aws/detect.json";
    aws_documents = "aws/documents.json";
    aws_hints = "aws/hints.json";
    aws_keys = "aws/keys.json";
    aws_lint = "aws/lint.json";
    aws_lint_token = "aws/lint_token.json";
    aws_operators = "aws/operators.json";
    aws_patterns = "aws/patterns.json";
    aws_principals = "aws/principals.json";
    aws_rcp = "aws/rcp.json";
    aws_statements = "aws/statements.json";
    aws_sts = "aws/sts.json";
    aws_survey = "aws/survey.json";
    aws_validity = "aws/validity.json";
    aws_variables = "aws/variables.json";
    azure_detect = "azure/detect.json";
    azure_documents = "azure/documents.json";
    azure_lint = "azure/lint.json";
    azure_lint_several = "azure/lint_several.json";
    azure_matching = "azure/matching.json";
    azure_repairs = "azure/repairs.json";
    azure_several = "azure/several.json";
    azure_survey = "azure/survey.json";
    azure_trusts = "azure/trusts.json";
    azure_validity = "azure/validity.json";
    boundary_arguments = "boundary/arguments.json";
    boundary_decide = "boundary/decide.json";
    evidence_claims = "evidence/claims.json";
    evidence_cloudtrail = "evidence/cloudtrail.json";
    evidence_detect = "evidence/detect.json";
    evidence_detect_foreign = "evidence/detect_foreign.json";
    evidence_detect_gcp = "evidence/detect_gcp.json";
    evidence_detect_vault = "evidence/detect_vault.json";
    evidence_log = "evidence/log.json";
    evidence_trusts = "evidence/trusts.json";
    evidence_trusts_gcp = "evidence/trusts_gcp.json";
    evidence_trusts_vault = "evidence/trusts_vault.json";
    evidence_unknown_policy = "evidence/unknown_policy.json";
    gcp_conditions = "gcp/conditions.json";
    gcp_credentials = "gcp/credentials.json";
    gcp_detect = "gcp/detect.json";
    gcp_documents = "gcp/documents.json";
    gcp_exchange = "gcp/exchange.json";
    gcp_hints = "gcp/hints.json";
    gcp_iam = "gcp/iam.json";
    gcp_lint = "gcp/lint.json";
    gcp_mapping = "gcp/mapping.json";
    inspect_evidence = "inspect/evidence.json";
    inspect_presented = "inspect/presented.json";
    message_aws = "message/aws.json";
    message_azure = "message/azure.json";
    message_gcp = "message/gcp.json";
    message_log = "message/log.json";
    message_vault = "message/vault.json";
    names_decode = "names/decode.json";
    names_evaluate = "names/evaluate.json";
    names_inspect = "names/inspect.json";
    names_lint = "names/lint.json";
    names_survey = "names/survey.json";
    names_verify = "names/verify.json";
    token_claims = "token/claims.json";
    token_decode = "token/decode.json";
    token_issuer = "token/issuer.json";
    token_paste = "token/paste.json";
    token_redact = "token/redact.json";
    token_subject = "token/subject.json";
    trust_probes = "trust/probes.json";
    vault_bound = "vault/bound.json";
    vault_clock = "vault/clock.json";
    vault_hints = "vault/hints.json";
    vault_lint = "vault/lint.json";
    vault_lint_repairs = "vault/lint_repairs.json";
    vault_login = "vault/login.json";
    vault_probes = "vault/probes.json";
    vault_reading = "vault/reading.json";
    vault_repairs = "vault/repairs.json";
    vault_validity = "vault/validity.json";
    verify_audience = "verify/audience.json";
    verify_audience_any = "verify/audience_any.json";
    verify_claims = "verify/claims.json";
    verify_format = "verify/format.json";
    verify_header = "verify/header.json";
    verify_issuer = "verify/issuer.json";
    verify_key = "verify/key.json";
    verify_options = "verify/options.json";
    verify_require = "verify/require.json";
    verify_signature = "verify/signature.json";
    verify_time = "verify/time.json";
}

/// A table that is not in the list above would never run.
#[cfg(not(target_arch = "wasm32"))]
#[test]
fn every_table_is_listed() {
    let mut found = Vec::new();
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases");
    for folder in std::fs::read_dir(&root).expect("tests/cases") {
        for file in std::fs::read_dir(folder.expect("a folder").path()).expect("a folder of tables") {
            let path = file.expect("a file").path();
            found.push(path.strip_prefix(&root).expect("below").to_string_lossy().replace('\\', "/"));
        }
    }
    found.sort();
    let mut listed = FILES.to_vec();
    listed.sort_unstable();
    assert_eq!(found, listed);
}
