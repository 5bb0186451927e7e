//! Names of workload identity pool providers:
//! `projects/NUMBER/locations/global/workloadIdentityPools/POOL/providers/PROVIDER`
//! (<https://cloud.google.com/iam/docs/reference/rest/v1/projects.locations.workloadIdentityPools.providers>, as of 2026-04-02).

/// What comes before a name in the audience of a request, and of a token.
pub(super) const HOST: &str = "//iam.googleapis.com/";

/// The parts of a name. Empty where they are not told.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Resource {
    /// Number or id.
    pub(super) project: String,
    pub(super) pool: String,
    pub(super) provider: String,
}

impl Resource {
    /// Takes a name apart; none if it is not of this form.
    pub(super) fn read(name: &str) -> Option<Self> {
        let parts: Vec<&str> = name.split('/').collect();
        match &*parts {
            ["projects", project, "locations", "global", "workloadIdentityPools", pool, "providers", provider]
                if !parts.contains(&"") =>
            {
                let [project, pool, provider] = [project, pool, provider].map(|part| (**part).to_owned());
                Some(Self { project, pool, provider })
            }
            _ => None,
        }
    }

    /// Whether the project is told by its number, which is what tokens and members have.
    pub(super) fn has_number(&self) -> bool {
        !self.project.is_empty() && self.project.bytes().all(|byte| byte.is_ascii_digit())
    }

    /// Whether nothing of it is left to be told.
    pub(super) fn is_whole(&self) -> bool {
        self.has_number() && !self.pool.is_empty() && !self.provider.is_empty()
    }

    /// The audience of a request, which names the provider: `//iam.googleapis.com/projects/…`. What is not told is written
    /// in capitals.
    pub(super) fn audience(&self) -> String {
        [&*self.pool_name(), "/providers/", or(&self.provider, "PROVIDER")].concat()
    }

    /// `//iam.googleapis.com/projects/…/workloadIdentityPools/POOL`
    pub(super) fn pool_name(&self) -> String {
        let project = if self.has_number() { &*self.project } else { "PROJECT_NUMBER" };
        [HOST, "projects/", project, "/locations/global/workloadIdentityPools/", or(&self.pool, "POOL")].concat()
    }
}

fn or<'a>(told: &'a str, name: &'a str) -> &'a str {
    if told.is_empty() { name } else { told }
}
