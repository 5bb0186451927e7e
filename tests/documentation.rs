//! The documentation says what the program does.

#![cfg(not(target_arch = "wasm32"))]
#![expect(clippy::expect_used, reason = "a test fails by panicking")]

#[path = "support/golden.rs"]
mod golden;

use std::{fs, path::Path};

use circleci_oidc::{inspect::RULES_DATE, message::rows, report::Code};

/// The text of every source file but the table of codes, one after another.
fn sources(folder: &Path) -> String {
    let mut all = String::new();
    for entry in fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            all.push_str(&sources(&path));
        } else if !path.ends_with("report/code.rs") {
            all.push_str(&fs::read_to_string(&path).expect("a text"));
        }
    }
    all
}

fn all_sources() -> String {
    sources(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"))
}

/// A code that nothing uses is a promise that is not kept.
#[test]
fn every_code_is_used() {
    let sources = all_sources();
    let is_name = |character: char| character.is_alphanumeric() || character == '_';
    let used = |name: &str| {
        sources.split("Code::").skip(1).any(|rest| rest.split(|character| !is_name(character)).next() == Some(name))
    };
    let unused: Vec<String> = Code::ALL.iter().map(|code| format!("{code:?}")).filter(|name| !used(name)).collect();
    assert!(unused.is_empty(), "{unused:?}");
}

/// Every rule's date stands beside it as `as of YYYY-MM-DD`; the newest is the one that reports carry.
#[test]
fn the_date_of_the_rules_is_the_newest_beside_one() {
    let sources = all_sources();
    let dates = sources.split("as of 2").skip(1).filter_map(|rest| rest.get(..9));
    assert_eq!(dates.max().map(|date| format!("2{date}")).as_deref(), Some(RULES_DATE));
}

#[test]
fn every_finding_is_in_the_catalogue() {
    let page = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/findings.md")).expect("a text");
    let findings = Code::ALL
        .iter()
        .map(|code| code.as_str())
        .filter(|code| ["AWS", "GCP", "VLT"].iter().any(|id| code.starts_with(id)));
    let missing: Vec<&str> = findings.filter(|code| !page.contains(&format!("| `{code}` |"))).collect();
    assert!(missing.is_empty(), "{missing:?}");
}

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

/// The stages as the types of the package name them.
fn stages() -> String {
    let types = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("pkg/types/index.d.ts")).expect("a text");
    types.split("export type Stage =").nth(1).and_then(|rest| rest.split(';').next()).expect("the stages").to_owned()
}

#[test]
fn every_message_is_documented() {
    let mut page = "# Error messages\n\nWhat `explainError` and `circleci-oidc explain-error` know. A message is known by its fixed part; an ellipsis stands for a \
                    few words that differ. Of a\nwhole log the first line with one of these counts, those marked *vague* only where there is no other. None counts\nbehind `echo`: logs begin a step with its script. \
                    What a message proves not to be at fault (`rulesOut`) and what to look at (`next`) is in\nthe answer.\n\n\
                    The stages are stable; `permissions` is what counts once trust has worked, `storage` that the configuration was not stored and no token was looked at.\n"
        .to_owned();
    let mut last = "";
    for row in rows() {
        let title = match row.provider {
            Some("aws") => "AWS",
            Some("gcp") => "Google Cloud",
            Some("azure") => "Microsoft Entra and Azure",
            Some("vault") => "Vault and OpenBao",
            _ => "The job itself",
        };
        if title != last {
            page.push_str(&format!("\n## {title}\n\n| message | stage | what it means |\n| --- | --- | --- |\n"));
            last = title;
        }
        assert!(stages().contains(&format!("\"{}\"", row.stage)), "{} is no stage", row.stage);
        assert!(!row.next.is_empty() && !row.meaning.is_empty() && row.reference.starts_with("https://"), "{row:?}");
        let shown = |message: &&str| format!("`{}`", message.trim_end_matches('$'));
        let messages: Vec<String> = row.messages.iter().map(shown).collect();
        let vague = if row.vague { ", *vague*" } else { "" };
        let meaning = format!("{} [See]({})", row.meaning, row.reference);
        page.push_str(&format!("| {} | {}{vague} | {meaning} |\n", messages.join("<br>"), row.stage));
    }
    golden::compare("docs/errors.md", &page);
}
