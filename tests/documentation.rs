//! The documentation says what the program does.

#![cfg(not(target_arch = "wasm32"))]
#![expect(clippy::expect_used, reason = "a test fails by panicking")]

#[path = "support/golden.rs"]
mod golden;

use circleci_oidc::report::Code;

#[test]
fn every_code_is_documented() {
    let mut page =
        "# Codes\n\nStable codes of steps, hints and findings. Scripts may rely on them; texts may change.\n\n\
                    | code | meaning |\n| --- | --- |\n"
            .to_owned();
    for code in Code::ALL {
        page.push_str(&format!("| `{}` | {} |\n", code.as_str(), code.meaning()));
    }
    golden::compare("docs/codes.md", &page);
}
