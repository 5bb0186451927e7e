//! What Google refuses to store
//! (<https://cloud.google.com/iam/docs/reference/rest/v1/projects.locations.workloadIdentityPools.providers>, as of 2026-04-02).

use std::ops::Range;

use super::{
    cel::Data as Cel,
    cel::{CONDITION_CHARACTERS, Environment, Expression, Kinds, MAPPING_CHARACTERS, Map, Problem},
    document::{entry, is_named, member},
    field::{Field, Places},
    link,
    provider::{WorkloadProvider, Written},
    resource::Resource,
};
use crate::{
    json::{Member, Node, repetitions},
    report::{Code, Outcome, Source, Step},
    search::Search as _,
};

/// Custom attributes of one provider.
const ATTRIBUTES: usize = 50;
/// Attributes of one provider with `google.subject` and `google.groups`; and one too many.
pub(super) const ENTRIES: usize = ATTRIBUTES + 3;
/// Characters of the name of a custom attribute.
const NAME_CHARACTERS: usize = 100;
const AUDIENCES: usize = 10;
/// What problems call the attribute condition.
pub(super) const CONDITION: &str = "the condition";
const AUDIENCE_CHARACTERS: usize = 256;

/// Members of a provider that Google or Terraform prints.
pub(super) const PROVIDER: [&str; 17] = [
    "name",
    "state",
    "disabled",
    "displayname",
    "description",
    "attributemapping",
    "attributecondition",
    "oidc",
    "aws",
    "saml",
    "x509",
    "expiretime",
    "workloadidentitypoolid",
    "workloadidentitypoolproviderid",
    "project",
    "id",
    "timeouts",
];
/// Members of its `oidc`.
pub(super) const OIDC: [&str; 3] = ["issueruri", "allowedaudiences", "jwksjson"];

/// The steps that say why Google refuses, or may refuse, to store a provider.
#[derive(Debug)]
pub(super) struct Problems {
    pub(super) steps: Vec<Step>,
    /// Google printed the provider: what is in it, it took.
    pub(super) stored: bool,
    source: Option<Source>,
}

impl Problems {
    pub(super) fn new(places: Places<'_>) -> Self {
        Self { steps: Vec::new(), stored: false, source: places.0.cloned() }
    }

    fn places(&self) -> Places<'_> {
        Places(self.source.as_ref())
    }

    #[inline(never)]
    pub(super) fn add(&mut self, code: Code, outcome: Outcome, title: &[&str], at: &Range<usize>) {
        let at = self.places().span(at);
        self.steps.push(Step::new(code, outcome, title.concat()).at(at).reference(link::PROVIDER));
    }

    fn refuse(&mut self, code: Code, title: &[&str], at: &Range<usize>) {
        self.add(code, Outcome::Fail, title, at);
    }

    fn says(&mut self, words: String) {
        if let Some(step) = self.steps.last_mut() {
            step.vendor_text = Some(words.into());
        }
    }

    pub(super) fn unreadable(&mut self, node: &Node) {
        let title = "this is no workload identity pool provider";
        self.add(Code::GcpDocumentSyntax, Outcome::Unknown, &[title], &node.at);
        if let Some(step) = self.steps.last_mut() {
            step.detail = Some(
                "Paste what gcloud iam workload-identity-pools providers describe PROVIDER \
                 --workload-identity-pool=POOL --location=global --format=json prints."
                    .into(),
            );
        }
    }

    /// A value that has to be text.
    pub(super) fn field(&mut self, node: &Node, what: &str) -> Option<Field> {
        let field = Field::of(node);
        if field.is_none() {
            self.refuse(Code::GcpDocumentSyntax, &[what, " has to be a string, this is ", node.kind()], &node.at);
        }
        field
    }

    /// A member that has to be text, if it is there.
    pub(super) fn text(&mut self, node: &Node, name: &str) -> Option<Field> {
        let found = entry(node, name)?;
        self.field(&found.value, &found.name)
    }

    /// A member that has to be a list of texts, if it is there.
    pub(super) fn texts(&mut self, node: &Node, name: &str) -> Vec<Field> {
        let Some(found) = entry(node, name) else { return Vec::new() };
        found.value.one_or_many().iter().filter_map(|item| self.field(item, &found.name)).collect()
    }

    /// Reads the expression of an attribute.
    pub(super) fn mapping(&mut self, key: &str, key_at: &Range<usize>, field: Field) -> Written {
        let name = key.strip_prefix("attribute.");
        let is_plain = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_';
        let is_name = |name: &str| (1..=NAME_CHARACTERS).contains(&name.len()) && name.bytes().all(is_plain);
        if !matches!(key, "google.subject" | "google.groups") && !name.is_some_and(is_name) {
            self.refuse(Code::GcpDocumentMapping, &[key, " is no attribute that a provider can have"], key_at);
            self.says(
                [
                    "Invalid mapped attribute key: ",
                    key,
                    ". The maximum length of a mapped attribute key is 100 characters and may only contain the \
                     characters [a-z0-9_]. Custom mapped attributes must be in the format \
                     'attribute.{custom_attribute}'.",
                ]
                .concat(),
            );
        }
        let kinds = if key == "google.groups" { Kinds::LIST.or(Kinds::STRING) } else { Kinds::STRING };
        self.expression(Code::GcpDocumentMapping, key, field, MAPPING_CHARACTERS, &environment(false), kinds)
    }

    /// Reads the attribute condition.
    pub(super) fn condition(&mut self, field: Field) -> Written {
        let code = Code::GcpDocumentCondition;
        self.expression(code, CONDITION, field, CONDITION_CHARACTERS, &environment(true), Kinds::BOOL)
    }

    fn expression(
        &mut self,
        code: Code,
        what: &str,
        field: Field,
        limit: usize,
        environment: &Environment,
        kinds: Kinds,
    ) -> Written {
        let length = field.text.chars().count();
        if length > limit {
            let title = format!("{what} has {length} characters, the limit is {limit}");
            self.refuse(code, &[&title], &field.at);
            return Written { field, expression: None };
        }
        let (expression, problems) = match Expression::parse(&field.text) {
            Ok(expression) => {
                let mut problems = expression.check(environment, kinds);
                problems.retain(|problem| problem.certain || !self.stored);
                (Some(expression), problems)
            }
            Err(problem) => (None, vec![problem]),
        };
        for Problem { at, message, fix, certain } in problems {
            let outcome = if certain { Outcome::Fail } else { Outcome::Unknown };
            let span = self.places().inside(&field, &at);
            let mut step = Step::new(code, outcome, [what, ": ", &message].concat()).at(span).reference(link::PROVIDER);
            if let Some(fix) = fix.filter(|fix| !fix.is_empty()) {
                step.detail = Some(["Write ", &fix, " there."].concat().into());
            }
            self.steps.push(step);
        }
        Written { field, expression }
    }
}

/// What expressions may speak of: `assertion`; a condition also of what was mapped. The values do not matter here.
pub(super) fn environment(condition: bool) -> Environment {
    let any = || Cel::Map(Map { entries: Vec::new(), partial: true }).into();
    let mut environment = Environment::default().with("assertion", any());
    if condition {
        environment = environment.with("google", any()).with("attribute", any());
    }
    environment
}

/// Members that nobody prints. One that is spelled wrong, or in a wrong place, would be a check that silently does not
/// happen. Whether a member stands twice.
pub(super) fn members(node: &Node, known: &[&str], problems: &mut Problems) -> bool {
    let members = node.as_object().unwrap_or_default();
    for member in members.iter().filter(|member| !known.iter().any(|name| is_named(&member.name, name))) {
        let name = member.name.to_ascii_lowercase();
        if ["condition", "mapping", "audience", "issuer", "disable"].iter().any(|word| name.holds(word)) {
            let title = ["there is no member ", &*member.name, " here"];
            problems.add(Code::GcpDocumentSyntax, Outcome::Unknown, &title, &member.name_at);
        }
    }
    twice(members, problems, |name| name.replace('_', "").to_ascii_lowercase())
}

/// Whether one of the names stands twice. `plain` makes one of all spellings of a name.
pub(super) fn twice(members: &[Member], problems: &mut Problems, plain: fn(&str) -> String) -> bool {
    let names: Vec<String> = members.iter().map(|member| plain(&member.name)).collect();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let again = repetitions(&names);
    for member in again.iter().filter_map(|(_, again)| members.get(*again)) {
        let title = [&*member.name, " stands twice"];
        problems.add(Code::JsonDuplicate, Outcome::Unknown, &title, &member.name_at);
    }
    !again.is_empty()
}

/// What counts for the provider as a whole.
pub(super) fn whole(provider: &WorkloadProvider, node: &Node, problems: &mut Problems) {
    let at = &node.at;
    let document = Code::GcpDocumentSyntax;
    if provider.other.is_some() {
        return;
    }
    match &provider.issuer {
        Some(issuer) if !issuer.text.starts_with("https://") => {
            let title = ["the issuer has to begin with https://: ", &*issuer.text];
            problems.refuse(Code::GcpDocumentIssuer, &title, &issuer.at);
            problems.says("Invalid OIDC issuer URI. The scheme must be https.".to_owned());
        }
        Some(issuer) if issuer.text.starts_with("https:///") || issuer.text == "https://" => {
            problems.refuse(Code::GcpDocumentIssuer, &["the issuer has no host: ", &*issuer.text], &issuer.at);
            problems.says("Invalid OIDC issuer URI.".to_owned());
        }
        None if !provider.untold.issuer => problems.refuse(Code::GcpDocumentIssuer, &["there is no issuer"], at),
        _ => {}
    }
    for audience in &provider.audiences {
        if audience.text.chars().count() > AUDIENCE_CHARACTERS {
            let title = ["an audience is longer than 256 characters"];
            problems.refuse(Code::GcpDocumentAudience, &title, &audience.at);
        }
    }
    if let Some(audience) = provider.audiences.get(AUDIENCES) {
        problems.refuse(Code::GcpDocumentAudience, &["there are more than 10 audiences"], &audience.at);
    }
    let mapping = member(node, "attributemapping");
    if let Some(other) = mapping.filter(|mapping| mapping.as_object().is_none()) {
        problems.refuse(document, &["the attribute mapping has to be an object, this is ", other.kind()], &other.at);
    }
    let subject = mapping.and_then(|mapping| mapping.get("google.subject"));
    if subject.is_none() && !provider.untold.mapping {
        let at = mapping.map_or(at, |mapping| &mapping.at);
        problems.refuse(Code::GcpDocumentMapping, &["google.subject is not mapped, which every provider needs"], at);
    }
    let expression = provider.condition.as_ref().and_then(|condition| condition.expression.as_ref());
    for part in
        expression.filter(|_| !problems.stored && !provider.untold.mapping).iter().flat_map(|one| one.references())
    {
        let key = [part.variable, ".", part.name].concat();
        if part.variable == "attribute" && provider.mapped(&key).is_none() {
            let title = [
                CONDITION,
                ": nothing is mapped to ",
                &*key,
                "; Google asks for a mapping, and does not say if it takes this",
            ];
            let at = provider.condition.as_ref().map_or(at, |condition| &condition.field.at);
            problems.add(Code::GcpDocumentCondition, Outcome::Unknown, &title, at);
        }
    }
    let custom: Vec<&str> =
        provider.mapping.iter().filter_map(|mapping| mapping.key.strip_prefix("attribute.")).collect();
    if custom.len() > ATTRIBUTES {
        problems.refuse(Code::GcpDocumentMapping, &["there are more than 50 custom attributes"], at);
    }
    let Resource { provider: id, .. } = &provider.resource;
    let is_plain = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
    let is_id = (4..=32).contains(&id.len()) && id.bytes().all(is_plain) && !id.starts_with("gcp-");
    if !id.is_empty() && !is_id {
        problems.refuse(document, &["the id of a provider is 4 to 32 of a-z, 0-9 and -, and not gcp-…: ", id], at);
    }
    for (name, limit) in [("displayname", 32), ("description", 256)] {
        if let Some(found) = entry(node, name)
            && found.value.as_str().is_some_and(|text| text.chars().count() > limit)
        {
            let title = format!("{} has more than {limit} characters", found.name);
            problems.refuse(document, &[&title], &found.value.at);
        }
    }
}
