// Allowed and refused cases. `expect` is what AWS answers by its documented rules; the comment beside a case names the rule
// where it is not plain from the title.
import { AUD, CONTEXT_IDS, PROJECT_ID, PROVIDER, SUB, articlePolicy, policy, role, statement } from "./policies.mjs";
import { ORGANIZATION, PROJECT, USER } from "./tokens.mjs";

const audience = { StringEquals: { [AUD]: ORGANIZATION } };
const v1Subject = `org/${ORGANIZATION}/project/${PROJECT}/user/${USER}`;
const exactSubject = policy(statement({ StringEquals: { [AUD]: ORGANIZATION, [SUB]: v1Subject } }));
// https://circleci.com/docs/openid-connect-tokens/ (AWS, first option); the key: https://docs.aws.amazon.com/service-authorization/latest/reference/list_awssecuritytokenservice.html
const projectKey = policy(statement({ StringEquals: { [AUD]: ORGANIZATION, [PROJECT_ID]: PROJECT } }));
const mainOnly = policy(
  statement({ ...audience, StringLike: { [SUB]: `org/${ORGANIZATION}/project/${PROJECT}/user/*/vcs-origin/github.com/acme/web/vcs-ref/refs/heads/main` } }),
);
const office = policy(statement({ ...audience, IpAddress: { "aws:SourceIp": "192.0.2.0/24" } }));
const provider = { url: `https://${PROVIDER}`, clientIdList: [ORGANIZATION], accountId: "123456789012" };

export const cases = [
  { name: "one-project", title: "The guide's policy lets the project's job in", token: "v1", trust: role("deploy", articlePolicy), expect: "allow" },
  { name: "other-project", title: "The guide's policy refuses another project of the organization", token: "otherProject", trust: role("deploy", articlePolicy), expect: "deny" },
  { name: "other-organization", title: "A token of another organization has another issuer", token: "otherOrganization", trust: role("deploy", articlePolicy), expect: "deny" },
  { name: "one-project-v2", title: "The guide's policy lets the V2 token in too: its * runs to the end", token: "v2", trust: role("deploy", articlePolicy), expect: "allow" },

  { name: "exact-v1", title: "The exact V1 subject, and a V1 token", token: "v1", trust: role("deploy-exact", exactSubject), expect: "allow" },
  { name: "exact-v1-got-v2", title: "The exact V1 subject, but the job sent its V2 token", token: "v2", trust: role("deploy-exact", exactSubject), expect: "deny" },

  { name: "project-id", title: "The project-id key, the only claim of CircleCI's own that AWS sees", token: "v1", trust: role("deploy-project-id", projectKey), expect: "allow" },
  { name: "project-id-other", title: "The project-id key refuses another project", token: "otherProject", trust: role("deploy-project-id", projectKey), expect: "deny" },

  { name: "main-only", title: "A V2 subject on main", token: "v2", trust: role("deploy-main", mainOnly), expect: "allow" },
  { name: "main-only-branch", title: "A V2 subject on another branch", token: "v2Branch", trust: role("deploy-main", mainOnly), expect: "deny" },
  { name: "main-only-got-v1", title: "A V1 token says nothing of a branch", token: "v1", trust: role("deploy-main", mainOnly), expect: "deny" },

  {
    name: "context-ids",
    title: "A condition on context-ids can never be true: AWS does not see that claim",
    token: "v1",
    // The key is in no request, and ForAnyValue is false without one:
    // https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-single-vs-multi-valued-context-keys.html
    trust: role("deploy-context", policy(statement({ ...audience, "ForAnyValue:StringEquals": { [CONTEXT_IDS]: "e17b5d80-6f2a-4c39-9d84-2a50c7f1b36e" } }))),
    expect: "deny",
  },
  {
    name: "context-ids-vacuous",
    title: "The same with ForAllValues restricts nothing: everybody in the organization gets in",
    token: "otherProject",
    // ForAllValues is true where the key is absent; same page.
    trust: role("deploy-context", policy(statement({ ...audience, "ForAllValues:StringEquals": { [CONTEXT_IDS]: "e17b5d80-6f2a-4c39-9d84-2a50c7f1b36e" } }))),
    expect: "allow",
  },
  { name: "audience-sts", title: "The audience of other guides; CircleCI sends the organization's id", token: "v1", trust: role("deploy-sts", policy(statement({ StringEquals: { [AUD]: "sts.amazonaws.com" } }))), expect: "deny" },
  { name: "star-in-equals", title: "StringEquals takes * literally", token: "v1", trust: role("deploy-star", policy(statement({ StringEquals: { [AUD]: ORGANIZATION, [SUB]: `org/${ORGANIZATION}/project/${PROJECT}/user/*` } }))), expect: "deny" },
  { name: "key-without-path", title: "A condition key without /org/<id> names another provider", token: "v1", trust: role("deploy-key", policy(statement({ StringEquals: { "oidc.circleci.com:aud": ORGANIZATION } }))), expect: "deny" },
  { name: "explicit-deny", title: "An explicit Deny wins over the Allow before it", token: "v2Branch", trust: role("deploy-deny", policy(statement({ ...audience }), statement({ StringNotLike: { [SUB]: "*/vcs-ref/refs/heads/main" } }, { Effect: "Deny" }))), expect: "deny" },
  { name: "resource", title: "A trust policy must not have a Resource: IAM refuses to store it", token: "v1", trust: role("deploy-resource", policy(statement({ ...audience }, { Resource: "*" }))), expect: "invalid" },

  { name: "source-ip", title: "Nothing was said of the address that the request comes from", token: "v1", trust: role("deploy-office", office), expect: "unknown" },
  { name: "source-ip-inside", title: "From an address inside the range", token: "v1", trust: role("deploy-office", office, { context: { "aws:SourceIp": "192.0.2.7" } }), expect: "allow" },
  { name: "source-ip-outside", title: "From an address outside the range", token: "v1", trust: role("deploy-office", office, { context: { "aws:SourceIp": "198.51.100.7" } }), expect: "deny" },

  // https://repost.aws/knowledge-center/iam-oidc-idp-federation: the URL is compared exactly; the client IDs are asked whatever the policy says.
  { name: "provider", title: "With the IAM OIDC provider as it should be", token: "v1", trust: role("deploy", articlePolicy, { oidcProvider: provider }), expect: "allow" },
  { name: "provider-audience", title: "The IAM OIDC provider does not list the audience", token: "v1", trust: role("deploy", articlePolicy, { oidcProvider: { ...provider, clientIdList: ["sts.amazonaws.com"] } }), expect: "deny" },
];
