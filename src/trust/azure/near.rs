//! Why a comparison nearly passed, and what to write instead. A fix here is a guess: only what then lets the token in is ever
//! shown.

use crate::{
    json::Value,
    report::Code,
    token::Subject,
    trust::near::{Ids, of_text},
};

/// What Microsoft's guides and tools put into a credential
/// (<https://learn.microsoft.com/entra/workload-id/workload-identity-federation-considerations>).
pub(super) const DEFAULT_AUDIENCE: &str = "api://AzureADTokenExchange";

/// Why a text of a credential nearly is the claim's.
pub(super) fn of(claim: &str, written: &str, held: &str, ids: &Ids) -> Option<(Code, String)> {
    let told = |code, message: &str| Some((code, message.to_owned()));
    if let Some((before, _)) = written.split_once('*')
        && held.starts_with(before)
    {
        return told(
            Code::HintLiteralWildcard,
            "Entra takes * literally, and has no wildcards: a credential names the whole subject, one for each user.",
        );
    }
    match claim {
        "iss" if held.strip_prefix(written.trim_end_matches('/')).is_some_and(|rest| rest.starts_with("/org/")) => {
            told(Code::HintOrganization, "The issuer of a CircleCI organization ends with /org/ and its id.")
        }
        "iss" if written.strip_prefix(held).is_some_and(|rest| rest.starts_with("/org/")) => told(
            Code::HintOrganization,
            "The job asked for the issuer of all organizations, with --root-issuer: leave that out.",
        ),
        "aud" if ids.name(held) == Some("organization") && is_default(written) => told(
            Code::HintAudience,
            &["CircleCI puts the organization id there. Put that into the credential, or let the job ask for the other: ", &*asking(written)].concat(),
        ),
        "aud" if is_default(held) => told(
            Code::HintAudience,
            "The job asked for Microsoft's default audience; CircleCI's own is the organization id.",
        ),
        "sub" => of_text(written, held, ids).or_else(|| {
            let (own, other) = (Subject::parse(held), Subject::parse(written));
            let same = own.project.is_some() && (&own.org, &own.project) == (&other.org, &other.project);
            let code = (same && own.user != other.user).then_some(Code::HintUser)?;
            told(code, "It is another user's: Entra needs a credential for each user who starts the job.")
        }),
        _ => of_text(written, held, ids).or_else(|| {
            let is_own = claim == "aud" && ids.name(held) == Some("organization");
            let message = "CircleCI puts the organization id there, unless the job asks for another audience.";
            is_own.then(|| (Code::HintAudience, message.to_owned()))
        }),
    }
}

/// How a job asks for an audience.
pub(super) fn asking(audience: &str) -> String {
    ["circleci run oidc get --claims '{\"aud\":", &*Value::from(audience.trim()).to_json(), "}'."].concat()
}

/// Whether it is Microsoft's own audience, of any of its clouds.
pub(super) fn is_default(audience: &str) -> bool {
    audience.trim().get(..DEFAULT_AUDIENCE.len()).is_some_and(|start| start.eq_ignore_ascii_case(DEFAULT_AUDIENCE))
}
