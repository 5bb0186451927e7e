// Large inputs, as somebody with a whole account or a whole log would paste them.
import { samples } from "../../pkg/dist/index.js";

const { cases, token } = samples();
export const TOKEN = token;
export const POLICY = cases.find(({ name }) => name === "exact-v1-got-v2").trust.policy;
/** The claims of the samples' token. */
export const CLAIMS = JSON.parse(Buffer.from(token.split(".")[1], "base64url").toString());
const V2 = JSON.parse(Buffer.from(cases.find(({ name }) => name === "exact-v1-got-v2").token.split(".")[1], "base64url").toString());
const ROLE = "arn:aws:iam::123456789012:role/deploy";

/** What `aws cloudtrail lookup-events` prints of a job that one of the roles below refused. */
export const EVENT = JSON.stringify(
  {
    Events: [
      {
        EventName: "AssumeRoleWithWebIdentity",
        CloudTrailEvent: JSON.stringify({
          eventVersion: "1.08",
          userIdentity: { type: "WebIdentityUser", principalId: `arn:aws:iam::123456789012:oidc-provider/oidc.circleci.com/org/${CLAIMS.aud}:${CLAIMS.aud}:${V2.sub}`, userName: V2.sub, identityProvider: `arn:aws:iam::123456789012:oidc-provider/oidc.circleci.com/org/${CLAIMS.aud}` },
          eventTime: "2026-11-20T09:31:07Z",
          eventSource: "sts.amazonaws.com",
          eventName: "AssumeRoleWithWebIdentity",
          errorCode: "AccessDenied",
          errorMessage: "Not authorized to perform sts:AssumeRoleWithWebIdentity",
          requestParameters: { roleArn: `${ROLE}-0`, roleSessionName: "circleci" },
        }),
      },
    ],
  },
  null,
  4,
);

/** What `aws iam get-account-authorization-details` and its like print: so many roles, each with a policy of its own. */
export function rolesOf(count) {
  const Roles = Array.from({ length: count }, (_, index) => ({
    Path: "/",
    RoleName: `deploy-${index}`,
    RoleId: `AROA${String(index).padStart(17, "0")}`,
    Arn: `${ROLE}-${index}`,
    CreateDate: "2026-01-01T00:00:00Z",
    AssumeRolePolicyDocument: JSON.parse(POLICY),
    MaxSessionDuration: 3600,
  }));
  return JSON.stringify({ Roles }, null, 4);
}

/** One policy of so many statements, far beyond what IAM stores. */
export function policyOf(count) {
  const { Version, Statement } = JSON.parse(POLICY);
  return JSON.stringify({ Version, Statement: Array.from({ length: count }, (_, index) => ({ Sid: `s${index}`, ...Statement[0] })) }, null, 2);
}

/** A log of so many KiB that ends, or begins, with the refusal. */
export function logOf(kib, { first = false } = {}) {
  const lines = [];
  for (let size = 0; size < kib * 1024; size += lines.at(-1).length + 1) lines.push(`2026-11-20T09:31:07Z step ${lines.length} Compiling target/part-${lines.length}.o with -O2, nothing to report`);
  const refusal = "An error occurred (AccessDenied) when calling the AssumeRoleWithWebIdentity operation: Not authorized to perform sts:AssumeRoleWithWebIdentity";
  return (first ? [refusal, ...lines] : [...lines, refusal]).join("\n");
}
