// Federated credentials as `az ad app federated-credential list` prints them: what CircleCI's article on Azure sets up
// (https://circleci.com/blog/azure-oidc/), and what people write in its place.
import { ORGANIZATION, PROJECT, USER } from "./tokens.mjs";

const ISSUER = `https://oidc.circleci.com/org/${ORGANIZATION}`;
const ID = "5b0f6d3e-94c1-4a27-8e60-17d2c9b8f341";
const subject = (user) => `org/${ORGANIZATION}/project/${PROJECT}/user/${user}`;

/** One credential, its members in the order in which they are printed. */
const credential = (name, more = {}) => ({ audiences: [ORGANIZATION], description: null, id: ID, issuer: ISSUER, name, subject: subject(USER), ...more });
const list = (...credentials) => ({ provider: "azure", credentials: JSON.stringify(credentials, null, 2) });

/** The article's: issuer, subject of one user, the organization's id as audience. */
export const articleCredential = list(credential("circleci"));

export const azureCases = [
  { name: "azure-article", title: "The article's credential, and the user's job", token: "v1", trust: articleCredential, expect: "allow" },
  { name: "azure-subject-v2", title: "The V2 subject is another one", token: "v2", trust: articleCredential, expect: "deny" },
  // Only whole texts are compared: https://learn.microsoft.com/entra/workload-id/workload-identity-federation-considerations
  { name: "azure-wildcard", title: "A wildcard in the subject is stored, and never matches", token: "v1", trust: list(credential("circleci", { subject: subject("*") })), expect: "deny" },
  { name: "azure-audience", title: "Microsoft's default audience; CircleCI sends the organization's id", token: "v1", trust: list(credential("circleci", { audiences: ["api://AzureADTokenExchange"] })), expect: "deny" },
  {
    name: "azure-user-other",
    title: "Credentials for two other users, and one for GitHub",
    token: "v1",
    trust: { name: "acme-web", ...list(
      credential("github", { audiences: ["api://AzureADTokenExchange"], issuer: "https://token.actions.githubusercontent.com", subject: "repo:acme/web:ref:refs/heads/main" }),
      credential("circleci-ana", { subject: subject("0c7b2f94-5d18-4e63-a2f7-e83d6b19c450") }),
      credential("circleci-ben", { subject: subject("e95a1d70-3c82-4b6f-9174-2fd08ac6b3e1") }),
    ) },
    expect: "deny",
  },
  // https://learn.microsoft.com/entra/workload-id/workload-identities-flexible-federated-identity-credentials: GitHub, GitLab, Terraform Cloud.
  {
    name: "azure-flexible",
    title: "A flexible expression, which Entra does not take for CircleCI",
    token: "v1",
    trust: list(credential("circleci", { claimsMatchingExpression: { languageVersion: 1, value: `claims['sub'] matches 'org/${ORGANIZATION}/project/${PROJECT}/user/*'` }, subject: null })),
    expect: "invalid",
  },
];
