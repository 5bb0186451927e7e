// Workload identity pool providers as gcloud prints them: what CircleCI's article on Google Cloud sets up
// (https://circleci.com/blog/openid-connect-identity-tokens/), and its three conditions, completed as their sentences say.
import { CONTEXT, ORGANIZATION, OTHER_PROJECT, PROJECT, USER } from "./tokens.mjs";

const POOL = "projects/123456789012/locations/global/workloadIdentityPools/circleci";
const IAM = "//iam.googleapis.com/";
const print = (value) => JSON.stringify(value, null, 2);

/** The article's mapping, issuer and audience. */
const provider = (attributeCondition, moreMapping = {}) => ({
  provider: "gcp",
  workloadProvider: print({
    attributeCondition,
    attributeMapping: { ...moreMapping, "attribute.org_id": "assertion.aud", "google.subject": "assertion.sub" },
    name: `${POOL}/providers/circleci`,
    oidc: { allowedAudiences: [ORGANIZATION], issuerUri: `https://oidc.circleci.com/org/${ORGANIZATION}` },
    state: "ACTIVE",
  }),
});
/** Its conditions begin with the organization. */
const within = (rest) => provider(`attribute.org_id=='${ORGANIZATION}' && ${rest}`);
const user = (id) => within(`google.subject.endsWith('/user/${id}')`);
const context = (id) => within(`'${id}' in assertion['oidc.circleci.com/context-ids']`);
const project = within(`assertion['oidc.circleci.com/project-id']=='${PROJECT}'`);
/** Its step "Grant access": identities whose org_id is the organization act as a service account. */
const granted = (pool) => ({
  ...provider(),
  iamPolicy: print({
    bindings: [{ members: [`principalSet:${IAM}${pool}/attribute.org_id/${ORGANIZATION}`], role: "roles/iam.workloadIdentityUser" }],
    etag: "BwYGc2FtcGxl",
    version: 1,
  }),
});

export const articleProvider = provider();

export const gcpCases = [
  { name: "gcp-project", title: "A condition on the project, and its job", token: "v1", trust: project, expect: "allow" },
  { name: "gcp-project-other", title: "A condition on the project refuses another", token: "otherProject", trust: project, expect: "deny" },
  { name: "gcp-user", title: "A condition on the user, whose job it is", token: "v1", trust: user(USER), expect: "allow" },
  { name: "gcp-user-other", title: "A condition on another user", token: "v1", trust: user(OTHER_PROJECT), expect: "deny" },
  { name: "gcp-context", title: "A condition on a context that the job has", token: "v1", trust: context(CONTEXT), expect: "allow" },
  { name: "gcp-context-other", title: "A condition on a context that the job does not have", token: "v1", trust: context(OTHER_PROJECT), expect: "deny" },
  // google.subject: 127 bytes (https://cloud.google.com/iam/docs/reference/rest/v1/projects.locations.workloadIdentityPools.providers).
  { name: "gcp-subject-v2", title: "The V2 subject is longer than Google takes", token: "v2", trust: project, expect: "deny" },
  { name: "gcp-claim-absent", title: "A condition on a claim of GitHub's tokens is an error", token: "v1", trust: within("assertion.ref=='refs/heads/main'"), expect: "deny" },
  // An attribute that gets no value: not documented.
  { name: "gcp-attribute-absent", title: "A mapped claim that the token does not have", token: "v1", trust: provider(undefined, { "attribute.environment": "assertion.environment" }), expect: "unknown" },
  { name: "gcp-grant", title: "The organization's jobs may act as the service account", token: "v1", trust: granted(POOL), expect: "allow" },
  // https://cloud.google.com/iam/docs/workload-identity-federation#identities: the project's number.
  { name: "gcp-grant-project-id", title: "The member has the project's id in place of its number", token: "v1", trust: granted(POOL.replace("123456789012", "acme-web")), expect: "deny" },
];
