//! Whether the identity may act as the service account: the account's IAM policy
//! (<https://cloud.google.com/iam/docs/workload-identity-federation#impersonation>, as of 2026-04-02).

use super::{
    field::{Field, Places},
    link,
    mapping::Attributes,
    member::{Identity, Member},
    provider::WorkloadProvider,
};
use crate::{
    json::{Data, Member as Entry, Node},
    report::{Code, Outcome, Source, Step, Words},
    search::Search as _,
};

/// The role that is meant for it.
pub(super) const ROLE: &str = "roles/iam.workloadIdentityUser";
/// Roles that hold what it takes, `iam.serviceAccounts.getAccessToken`
/// (<https://cloud.google.com/iam/docs/roles-permissions/iam>, as of 2026-04-02).
const ENOUGH: [&str; 2] = [ROLE, "roles/iam.serviceAccountTokenCreator"];
/// Roles that are given by mistake and do not hold it; the same page.
const NOT_ENOUGH: [&str; 2] = ["roles/iam.serviceAccountUser", "roles/iam.serviceAccountViewer"];

/// Members that stand for everybody.
const EVERYBODY: [&str; 2] = ["allUsers", "allAuthenticatedUsers"];

/// Whether a role may let somebody act as the service account.
pub(super) fn may_act(role: &str) -> bool {
    !NOT_ENOUGH.contains(&role)
}

/// The IAM policy of a service account.
#[derive(Clone, Debug)]
pub(super) struct IamPolicy {
    pub(super) source: Option<Source>,
    /// None where it is no IAM policy.
    pub(super) bindings: Option<Vec<Binding>>,
}

/// A role and who has it.
#[derive(Clone, Debug)]
pub(super) struct Binding {
    pub(super) role: Field,
    pub(super) members: Vec<Field>,
    has_condition: bool,
}

impl IamPolicy {
    pub(super) fn read(node: &Node, source: Option<Source>) -> Self {
        let is_policy =
            ["bindings", "etag", "version"].iter().any(|name| node.get(name).is_some()) && node.duplicates().is_empty();
        let bindings = list(node, "bindings");
        let bindings: Option<Vec<Binding>> = bindings.iter().map(binding).collect();
        Self { source, bindings: bindings.filter(|_| is_policy) }
    }

    /// Judges it; `quiet`: without the words for each member.
    pub(super) fn step(
        &self,
        provider: &WorkloadProvider,
        attributes: &Attributes,
        assumed: &mut Vec<Words>,
        quiet: bool,
    ) -> Step {
        assumed.push("No role that is granted on the project or above counts, and no deny policy applies.".into());
        let code = Code::GcpIam;
        let Some(bindings) = &self.bindings else {
            let title = "this is no IAM policy";
            return Step::new(code, Outcome::Unknown, title)
                .detail("Paste what gcloud iam service-accounts get-iam-policy ACCOUNT --format=json prints.");
        };
        let places = Places(self.source.as_ref());
        let judge = |binding| judge(binding, provider, attributes, (!quiet).then_some(places));
        let children: Vec<Step> = bindings.iter().filter_map(judge).collect();
        let outcome = Outcome::any(children.iter().map(|step| step.outcome));
        let title = match outcome {
            Outcome::Pass => "the identity may act as the service account",
            Outcome::Unknown => "whether the identity may act as the service account is not certain",
            _ if bindings.is_empty() => {
                "the service account's IAM policy has no binding: nobody may act as the account"
            }
            Outcome::Fail | Outcome::NotApplicable => "no member of the service account's IAM policy is the identity",
        };
        let step = Step::new(code, outcome, title).reference(link::FEDERATION).children(children);
        match outcome {
            Outcome::Fail => step.vendor_text(
                "Permission 'iam.serviceAccounts.getAccessToken' denied on resource (or it may not exist).",
            ),
            _ => step,
        }
    }
}

impl Binding {
    /// The members that may stand for identities of pools, by their index.
    pub(super) fn of_pools(&self) -> impl Iterator<Item = (usize, &Field)> {
        let may_be = |text: &str| text.starts_with("principal") || EVERYBODY.contains(&text);
        self.members.iter().enumerate().filter(move |(_, member)| may_be(&member.text))
    }
}

/// The items of a member; none where it is not there, or `null`.
fn list<'a>(node: &'a Node, name: &str) -> &'a [Node] {
    node.get(name).filter(|list| list.data != Data::Null).map(Node::one_or_many).unwrap_or_default()
}

fn binding(node: &Node) -> Option<Binding> {
    Some(Binding {
        role: Field::of(node.get("role")?)?,
        members: list(node, "members").iter().map(Field::of).collect::<Option<_>>()?,
        // A misspelt one may be one too.
        has_condition: node.as_object().is_some_and(|members| {
            let is_one = |member: &Entry| member.name.to_ascii_lowercase().holds("condition");
            members.iter().any(|member| is_one(member) && member.value.data != Data::Null)
        }),
    })
}

/// The step of a binding with a child for every member that stands for identities of pools. None where nothing in it can
/// be about one.
fn judge(
    binding: &Binding,
    provider: &WorkloadProvider,
    attributes: &Attributes,
    places: Option<Places<'_>>,
) -> Option<Step> {
    let children: Vec<Step> = binding.of_pools().map(|(_, member)| one(member, provider, attributes, places)).collect();
    if children.is_empty() {
        return None;
    }
    let role = &*binding.role.text;
    let is_member = Outcome::any(children.iter().map(|step| step.outcome));
    let (outcome, title) = match is_member {
        Outcome::Pass | Outcome::Unknown if !may_act(role) => {
            (Outcome::Fail, ["the identity has ", role, ", which does not let it act as the account; ", ROLE, " does"])
        }
        Outcome::Pass | Outcome::Unknown if !ENOUGH.contains(&role) => (
            Outcome::Unknown,
            ["whether ", role, " holds iam.serviceAccounts.getAccessToken is not judged here", "", ""],
        ),
        Outcome::Pass if binding.has_condition => {
            (Outcome::Unknown, ["the identity has ", role, " under a condition, which is not judged here", "", ""])
        }
        Outcome::Pass => (Outcome::Pass, ["the identity has ", role, "", "", ""]),
        Outcome::Unknown => (Outcome::Unknown, ["whether the identity has ", role, " is not certain", "", ""]),
        Outcome::Fail | Outcome::NotApplicable => (Outcome::Fail, ["the identity does not have ", role, "", "", ""]),
    };
    let code = if is_member == Outcome::Fail { Code::GcpIamBinding } else { Code::GcpIamRole };
    let at = places.and_then(|places| places.span(&binding.role.at));
    let step = Step::new(code, outcome, title.concat()).at(at).reference(link::FEDERATION);
    Some(step.children(children).alternative())
}

fn one(field: &Field, provider: &WorkloadProvider, attributes: &Attributes, places: Option<Places<'_>>) -> Step {
    let text = &*field.text;
    let at = places.and_then(|places| places.span(&field.at));
    let finish = |step: Step| step.at(at).reference(link::FEDERATION).alternative();
    let code = Code::GcpIamMember;
    if EVERYBODY.contains(&text) {
        let title = ["Google does not say whether ", text, " takes in identities of a pool"].concat();
        return finish(Step::new(code, Outcome::Unknown, title));
    }
    let Some(member) = Member::read(text) else {
        return finish(
            Step::new(code, Outcome::Fail, "the member is no name that an identity of a pool has").expected([text]),
        );
    };
    let compared = member.compare(provider, attributes);
    if places.is_none() {
        return Step::new(code, compared.outcome, "");
    }
    let step = Step::new(code, compared.outcome, compared.why);
    // Where something else decides, the title says what: a value beside it would look like the one that is missing.
    finish(match (member.identity, compared.actual) {
        (Identity::One(_, value), Some(actual)) => step.expected([value]).actual(Some(actual)),
        _ => step,
    })
}
