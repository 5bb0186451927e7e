//! The tables, and how they are written.
//!
//! As text and not as values of the program, because a pointer and a length beside each sentence are as large as the sentence packed.
//!
//! | line | what it holds |
//! | --- | --- |
//! | `# stage URL` | begins a row; `# stage vague URL`: any other message goes before it |
//! | `= text` | a fixed part by which the message is known, any of which is enough; `…` stands for a few words of the same line, and behind `$` at its end nothing follows |
//! | `- text` | what it proves not to be at fault |
//! | `> text` | what to look at, the likeliest first |
//! | any other | what happened; a row without it means what the first of all does |

/// Each table with the cloud whose messages it holds.
static TABLES: [(Option<&str>, &str); 5] = [
    (None, include_str!("job.txt")),
    (Some("aws"), include_str!("aws.txt")),
    (Some("gcp"), include_str!("gcp.txt")),
    (Some("azure"), include_str!("azure.txt")),
    (Some("vault"), include_str!("vault.txt")),
];

/// A message and what is known of it.
#[derive(Clone, Debug, Default)]
pub struct Row {
    /// Whose message it is; `None`: the job's own.
    pub provider: Option<&'static str>,
    /// Where it happened.
    pub stage: &'static str,
    /// It says so little that any other message goes before it.
    pub vague: bool,
    /// Fixed parts of the message, any of which is enough.
    pub messages: Vec<&'static str>,
    /// What happened.
    pub meaning: &'static str,
    /// What it was not: only what the message proves.
    pub rules_out: Vec<&'static str>,
    /// What to look at.
    pub next: Vec<&'static str>,
    /// Link to the page about it.
    pub reference: &'static str,
}

/// Every row. In one line of a text the first that meets it counts.
#[must_use]
pub fn rows() -> Vec<Row> {
    let mut rows: Vec<Row> = Vec::new();
    for (provider, table) in TABLES {
        for line in table.split('\n') {
            let (tag, text) = line.split_at_checked(2).unwrap_or_default();
            if tag == "# " {
                let (stage, reference) = text.split_once(' ').unwrap_or_default();
                let precise = reference.strip_prefix("vague ").unwrap_or(reference);
                let vague = precise.len() < reference.len();
                // Like the first row, until it says something of its own.
                let like = rows.first().filter(|_| stage == "no_token").cloned().unwrap_or_default();
                rows.push(Row { provider, stage, vague, messages: Vec::new(), reference: precise, ..like });
            } else if let Some(row) = rows.last_mut() {
                match tag {
                    "= " => row.messages.push(text),
                    "- " => row.rules_out.push(text),
                    "> " => row.next.push(text),
                    "" => {}
                    _ => row.meaning = line,
                }
            }
        }
    }
    rows
}
