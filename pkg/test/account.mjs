// A made-up AWS account: the output of `aws iam list-roles` with misconfigurations planted in it. The same in every run.
import { random } from "./random.mjs";

const ACCOUNT = "123456789012";
const ORG = "3f6b1c52-8d0e-4a97-b3c4-5e92d7a6f018";
const URL = `oidc.circleci.com/org/${ORG}`;

/** Each plants one mistake, which has a finding of its code. `ids`: of a project and a user. */
export const MISTAKES = {
  "no condition": { code: "AWS005", statement: () => federated({}) },
  "only the audience": { code: "AWS005", statement: () => federated({ StringEquals: { [`${URL}:aud`]: ORG } }) },
  "STS as the audience": { code: "AWS006", statement: (ids) => federated({ StringEquals: { [`${URL}:aud`]: "sts.amazonaws.com", ...project(ids) } }) },
  "a star under StringEquals": { code: "AWS007", statement: (ids) => federated({ StringEquals: { [`${URL}:sub`]: `org/${ORG}/project/${ids.project}/user/*` } }) },
  "a subject without a star under StringLike": { code: "AWS008", statement: (ids) => federated({ StringLike: { [`${URL}:sub`]: `org/${ORG}/project/${ids.project}` } }) },
  "a key without the organization": { code: "AWS010", statement: (ids) => federated({ StringLike: { "oidc.circleci.com:sub": `org/${ORG}/project/${ids.project}/*` } }) },
  "a key with its scheme": { code: "AWS010", statement: (ids) => federated({ StringLike: { [`https://${URL}:sub`]: `org/${ORG}/project/${ids.project}/*` } }) },
  "a claim that AWS does not see": { code: "AWS004", statement: (ids) => federated({ StringEquals: { ...project(ids), [`${URL}:oidc.circleci.com/context-ids`]: ids.user } }) },
  "a negated claim that AWS does not see": { code: "AWS003", statement: () => federated({ StringEquals: { [`${URL}:aud`]: ORG }, StringNotEquals: { [`${URL}:oidc.circleci.com/ssh-rerun`]: "true" } }) },
  "a project id under a short name": { code: "AWS010", statement: (ids) => federated({ StringEquals: { [`${URL}:project-id`]: ids.project } }) },
  "ForAllValues on a key that is never there": { code: "AWS003", statement: (ids) => federated({ StringEquals: { [`${URL}:aud`]: ORG }, "ForAllValues:StringEquals": { [`${URL}:project`]: ids.project } }) },
  "IfExists on a key that is never there": { code: "AWS003", statement: (ids) => federated({ StringEqualsIfExists: { [`${URL}:oidc.circleci.com/vcs-ref`]: "refs/heads/main", [`${URL}:projectid`]: ids.project } }) },
  "a branch with a star after it": { code: "AWS013", statement: (ids) => federated({ StringEquals: project(ids), StringLike: { [`${URL}:sub`]: `${exact(ids)}/vcs-origin/github.com/acme/web/vcs-ref/refs/heads/main*` } }) },
  "every project": { code: "AWS015", statement: () => federated({ StringLike: { [`${URL}:sub`]: `org/${ORG}/*` } }) },
  "a branch name can be injected": { code: "AWS016", statement: () => federated({ StringLike: { [`${URL}:sub`]: `org/${ORG}/project/*/user/*/vcs-origin/github.com/acme/*/vcs-ref/refs/heads/main` } }) },
  "an origin can be injected": { code: "AWS016", statement: (ids) => federated({ StringLike: { [`${URL}:sub`]: `org/${ORG}/project/${ids.project}/user/*/vcs-origin/github.com/acme/web/vcs-ref/refs/heads/main` } }) },
  "the provider of another account": { code: "AWS018", statement: (ids) => federated({ StringEquals: project(ids) }, { account: "999999999999" }) },
  "another action": { code: "AWS019", statement: (ids) => federated({ StringEquals: project(ids) }, { action: "sts:AssumeRole" }) },
  "the issuer of all organizations without a subject": { code: "AWS020", statement: () => federated({ StringEquals: { "oidc.circleci.com:aud": ORG } }, { url: "oidc.circleci.com" }) },
};

/** Without a mistake. */
const SOUND = [
  (ids) => federated({ StringEquals: { [`${URL}:aud`]: ORG, ...project(ids), [`${URL}:sub`]: `${exact(ids)}/vcs-origin/github.com/acme/web/vcs-ref/refs/heads/main` } }),
  (ids) => federated({ StringEquals: { [`${URL}:aud`]: ORG, ...project(ids), [`${URL}:sub`]: exact(ids) } }),
];

const OTHERS = [
  () => [{ Effect: "Allow", Principal: { Service: "ec2.amazonaws.com" }, Action: "sts:AssumeRole" }],
  () => [{ Effect: "Allow", Principal: { Service: ["lambda.amazonaws.com", "edgelambda.amazonaws.com"] }, Action: "sts:AssumeRole" }],
  (ids) => [{ Sid: "CrossAccount", Effect: "Allow", Principal: { AWS: "arn:aws:iam::210987654321:root" }, Action: "sts:AssumeRole", Condition: { StringEquals: { "sts:ExternalId": ids.user } } }],
  () => [{ Effect: "Allow", Principal: { Federated: `arn:aws:iam::${ACCOUNT}:saml-provider/Okta` }, Action: "sts:AssumeRoleWithSAML", Condition: { StringEquals: { "SAML:aud": "https://signin.aws.amazon.com/saml" } } }],
  () => [{ Effect: "Allow", Principal: { Federated: provider(ACCOUNT, "token.actions.githubusercontent.com") }, Action: "sts:AssumeRoleWithWebIdentity", Condition: { StringEquals: { "token.actions.githubusercontent.com:aud": "sts.amazonaws.com" }, StringLike: { "token.actions.githubusercontent.com:sub": "repo:acme/web:*" } } }],
];

/**
 * `roles`: how many. Every `every`-th is about CircleCI, every other one of these has a mistake, in turn. `bytes`: size of a role.
 * `planted`: the mistake of each role that has one, by its ARN; `sound`: the ARNs of the others about CircleCI.
 */
export function account({ roles, every = 10, bytes = 4300, seed = 1 }) {
  const next = random(seed);
  const planted = new Map();
  const sound = [];
  const names = Object.keys(MISTAKES);
  const list = Array.from({ length: roles }, (_, index) => {
    const ids = { project: uuid(next), user: uuid(next) };
    const RoleName = `${["deploy", "build", "reader", "backup"][index % 4]}-${index}`;
    const Arn = `arn:aws:iam::${ACCOUNT}:role/${RoleName}`;
    const ours = index % every === 3 % every;
    const mistake = ours && index % (2 * every) === 3 % every ? names[planted.size % names.length] : undefined;
    if (mistake !== undefined) planted.set(Arn, mistake);
    else if (ours) sound.push(Arn);
    const statement = mistake !== undefined ? MISTAKES[mistake].statement(ids) : (ours ? SOUND : OTHERS)[Math.floor(next() * (ours ? SOUND : OTHERS).length)](ids);
    const role = {
      Path: "/",
      RoleName,
      RoleId: `AROA${String(index).padStart(17, "0")}`,
      Arn,
      CreateDate: "2026-03-01T12:00:00+00:00",
      AssumeRolePolicyDocument: { Version: "2012-10-17", Statement: statement },
      Description: "",
      MaxSessionDuration: 3600,
    };
    const size = JSON.stringify(role, null, 4).length;
    return { ...role, Description: `Made up {"[ ${"é".repeat(Math.max(0, bytes - size - 300) / 2)}` };
  });
  return { text: `${JSON.stringify({ Roles: list }, null, 4)}\n`, planted, sound };
}

function federated(condition, { account = ACCOUNT, url = URL, action = "sts:AssumeRoleWithWebIdentity" } = {}) {
  const Condition = Object.keys(condition).length === 0 ? {} : { Condition: condition };
  return [{ Effect: "Allow", Principal: { Federated: provider(account, url) }, Action: action, ...Condition }];
}

function provider(account, url) {
  return `arn:aws:iam::${account}:oidc-provider/${url}`;
}

function project(ids) {
  return { [`${URL}:oidc.circleci.com/project-id`]: ids.project };
}

function exact(ids) {
  return `org/${ORG}/project/${ids.project}/user/${ids.user}`;
}

function uuid(next) {
  const hex = Array.from({ length: 32 }, () => Math.floor(next() * 16).toString(16)).join("");
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20)}`;
}
