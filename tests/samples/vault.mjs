// JWT roles and their mount as vault read -format=json prints them (https://developer.hashicorp.com/vault/api-docs/auth/jwt). The
// user is the project: with user_claim=sub each person who starts a job would be one.
import { CONTEXT, ORGANIZATION, OTHER_PROJECT, PROJECT, USER } from "./tokens.mjs";

const ISSUER = `https://oidc.circleci.com/org/${ORGANIZATION}`;
const print = (data) => JSON.stringify({ request_id: "00000000-0000-4000-8000-000000000000", lease_id: "", renewable: false, lease_duration: 0, data, warnings: null }, null, 2);

const mount = (more = {}) =>
  print({ bound_issuer: ISSUER, default_role: "", jwks_ca_pem: "", jwks_url: "", jwt_supported_algs: [], jwt_validation_pubkeys: [], oidc_client_id: "", oidc_discovery_url: ISSUER, ...more });

/** A role as Vault prints one, with all of its members. */
const role = (boundClaims, more = {}) => ({
  provider: "vault",
  name: "deploy",
  role: print({
    allowed_redirect_uris: null,
    bound_audiences: [ORGANIZATION],
    bound_claims: boundClaims,
    bound_claims_type: "string",
    bound_subject: "",
    claim_mappings: { "oidc.circleci.com/vcs-ref": "vcs_ref" },
    clock_skew_leeway: 0,
    expiration_leeway: 0,
    groups_claim: "",
    not_before_leeway: 0,
    role_type: "jwt",
    token_bound_cidrs: [],
    token_max_ttl: 0,
    token_no_default_policy: false,
    token_policies: ["deploy"],
    token_ttl: 900,
    user_claim: "oidc.circleci.com/project-id",
    user_claim_json_pointer: false,
    verbose_oidc_logging: false,
    ...more,
  }),
  mount: mount(),
});

const ID = "oidc.circleci.com/project-id";
const CONTEXTS = "oidc.circleci.com/context-ids";
const project = role({ [ID]: PROJECT });
const subject = `org/${ORGANIZATION}/project/${PROJECT}/user/`;

export const vaultProject = project;

export const vaultCases = [
  { name: "vault-project", title: "A role for a project, and its job", token: "v1", trust: project, expect: "allow" },
  { name: "vault-project-other", title: "A role for a project refuses another", token: "otherProject", trust: project, expect: "deny" },
  { name: "vault-context", title: "A role for a context that the job has", token: "v1", trust: role({ [CONTEXTS]: CONTEXT }), expect: "allow" },
  { name: "vault-context-other", title: "A role for a context that the job does not have", token: "v1", trust: role({ [ID]: PROJECT, [CONTEXTS]: OTHER_PROJECT }), expect: "deny" },
  { name: "vault-subject-v2", title: "A role for the V1 subject, and the V2 token", token: "v2", trust: role({ [ID]: PROJECT }, { bound_subject: subject + USER }), expect: "deny" },
  { name: "vault-glob-in-string", title: "A pattern, and bound_claims_type is string", token: "v2", trust: role({ sub: `${subject}*` }), expect: "deny" },
  { name: "vault-pointer", title: "The name of a claim with a slash in front is a pointer", token: "v1", trust: role({ [`/${ID}`]: PROJECT }), expect: "deny" },
  // Field engineering's example binds no audience; Vault refuses that from 1.17 on (https://github.com/hashicorp/vault-plugin-auth-jwt/pull/310).
  { name: "vault-no-audience", title: "No audience is bound", token: "v1", trust: role({ [ID]: PROJECT }, { bound_audiences: [] }), expect: "deny" },
  { name: "vault-no-audience-1.16", title: "No audience is bound, and the release lets that pass", token: "v1", trust: { ...role({ [ID]: PROJECT }, { bound_audiences: [] }), version: "1.16.2" }, expect: "allow" },
  { name: "vault-several", title: "Two bound claims do not fit", token: "otherProject", trust: role({ [ID]: PROJECT, "oidc.circleci.com/ssh-rerun": "false" }), expect: "deny" },
  { name: "vault-without-mount", title: "A role without its mount", token: "v1", trust: (({ mount, ...rest }) => rest)(project), expect: "allow" },
  { name: "vault-oidc", title: "A role for people in a browser", token: "v1", trust: role({ [ID]: PROJECT }, { role_type: "oidc", allowed_redirect_uris: ["http://localhost:8250/oidc/callback"] }), expect: "deny" },
  { name: "vault-discovery-slash", title: "A mount whose discovery URL ends with a slash", token: "v1", trust: { ...project, mount: mount({ oidc_discovery_url: `${ISSUER}/` }) }, expect: "invalid" },
  {
    name: "vault-terraform",
    title: "Terraform makes a text of a boolean",
    token: "v1",
    trust: {
      provider: "vault",
      role: JSON.stringify({ values: { backend: "jwt", role_name: "deploy", role_type: "jwt", bound_audiences: [ORGANIZATION], user_claim: ID, bound_claims_type: "string", bound_claims: { [ID]: `${PROJECT}, ${OTHER_PROJECT}`, "oidc.circleci.com/ssh-rerun": "false" }, token_policies: ["deploy"] }, after_unknown: {} }, null, 2),
      mount: mount(),
    },
    expect: "deny",
  },
];
