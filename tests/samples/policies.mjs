// Trust policies as the IAM console shows them.
import { ORGANIZATION, PROJECT } from "./tokens.mjs";

const ACCOUNT = "123456789012";
/** The issuer without its scheme: how AWS names the provider, and the prefix of its condition keys. */
export const PROVIDER = `oidc.circleci.com/org/${ORGANIZATION}`;
export const CONTEXT_IDS = `${PROVIDER}:oidc.circleci.com/context-ids`;
export const PROJECT_ID = `${PROVIDER}:oidc.circleci.com/project-id`;
export const AUD = `${PROVIDER}:aud`;
export const SUB = `${PROVIDER}:sub`;

export const statement = (condition, more = {}) => ({
  Effect: "Allow",
  Principal: { Federated: `arn:aws:iam::${ACCOUNT}:oidc-provider/${PROVIDER}` },
  Action: "sts:AssumeRoleWithWebIdentity",
  Condition: condition,
  ...more,
});

export const policy = (...statements) => JSON.stringify({ Version: "2012-10-17", Statement: statements }, null, 4);

export const role = (name, text, more = {}) => ({
  provider: "aws",
  name: `arn:aws:iam::${ACCOUNT}:role/${name}`,
  policy: text,
  ...more,
});

/** The policy of CircleCI's guide to AWS: the console writes the audience, the guide adds the subject of one project. */
export const articlePolicy = policy(
  statement({ StringEquals: { [AUD]: ORGANIZATION }, StringLike: { [SUB]: `org/${ORGANIZATION}/project/${PROJECT}/user/*` } }),
);
