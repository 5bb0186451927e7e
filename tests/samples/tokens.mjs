// The claims of the sample tokens. Their names, order (alphabetical) and types are those of a token that CircleCI minted in
// November 2025 (https://github.com/sigstore/fulcio/pull/2192); every id and name is made up.

export const ORGANIZATION = "3f6b1c52-8d0e-4a97-b3c4-5e92d7a6f018";
export const PROJECT = "a41d7e39-52c8-4f60-9be1-07c6f3d28b95";
export const OTHER_PROJECT = "d80f2b6c-19e5-4c7a-8f34-b6a1e95c7d20";
export const USER = "6c2e9a17-f4b3-4d58-a0c9-81e7d35b4f62";
const OTHER_ORGANIZATION = "92a7e0d4-3b61-4f8c-ad15-c08b74e6f931";
export const CONTEXT = "e17b5d80-6f2a-4c39-9d84-2a50c7f1b36e";

/** 2026-11-20 09:30:00 UTC. CircleCI's tokens live an hour. */
const issuedAt = 1795167000;
/** Five minutes later. */
export const now = issuedAt + 300;

const ORIGIN = "github.com/acme/web";

/** The claims of a job: V1 and V2 differ in `sub` alone (https://circleci.com/docs/openid-connect-tokens/). */
function job({ version, organization = ORGANIZATION, project = PROJECT, ref = "refs/heads/main" }) {
  const v1 = `org/${organization}/project/${project}/user/${USER}`;
  return {
    aud: organization,
    exp: issuedAt + 3600,
    iat: issuedAt,
    iss: `https://oidc.circleci.com/org/${organization}`,
    "oidc.circleci.com/context-ids": [CONTEXT],
    "oidc.circleci.com/org-id": organization,
    "oidc.circleci.com/pipeline-definition-id": "b5d90c3e-7a14-5f82-96d3-40e8c1a7f52b",
    "oidc.circleci.com/pipeline-id": "f03c8d61-2e97-4b5a-8c40-d95b1e7a6f38",
    "oidc.circleci.com/project-id": project,
    "oidc.circleci.com/ssh-rerun": false,
    "oidc.circleci.com/vcs-origin": ORIGIN,
    "oidc.circleci.com/vcs-ref": ref,
    sub: version === 1 ? v1 : `${v1}/vcs-origin/${ORIGIN}/vcs-ref/${ref}`,
  };
}

export const tokens = {
  v1: job({ version: 1 }),
  v2: job({ version: 2 }),
  v2Branch: job({ version: 2, ref: "refs/heads/feature/login" }),
  otherProject: job({ version: 1, project: OTHER_PROJECT }),
  otherOrganization: job({ version: 1, organization: OTHER_ORGANIZATION }),
};
