// A role picker around the frame. The roles' policies are public here; what readers paste stays in the frame.
const ORGANIZATION = "3f6b1c52-8d0e-4a97-b3c4-5e92d7a6f018";
const PROJECT = "a41d7e39-52c8-4f60-9be1-07c6f3d28b95";
const ISSUER = `oidc.circleci.com/org/${ORGANIZATION}`;

/** A policy that lets in what has this subject. */
const policy = (subject) => ({
  Version: "2012-10-17",
  Statement: [
    {
      Effect: "Allow",
      Principal: { Federated: `arn:aws:iam::123456789012:oidc-provider/${ISSUER}` },
      Action: "sts:AssumeRoleWithWebIdentity",
      Condition: { StringEquals: { [`${ISSUER}:aud`]: ORGANIZATION }, StringLike: { [`${ISSUER}:sub`]: subject } },
    },
  ],
});

const ROLES = {
  "preview (any branch)": policy(`org/${ORGANIZATION}/project/${PROJECT}/user/*`),
  "production (main only)": policy(`org/${ORGANIZATION}/project/${PROJECT}/user/*/vcs-origin/github.com/acme/web/vcs-ref/refs/heads/main`),
};

const frame = document.querySelector("#frame");
const select = document.querySelector("#role");
for (const name of Object.keys(ROLES)) select.add(new Option(name));

/** The frame's origin is opaque, so no narrower target than * reaches it; it gets nothing that is secret. */
const set = () =>
  frame.contentWindow.postMessage({ type: "circleci-oidc/set", configurations: JSON.stringify(ROLES[select.value], null, 2), organization: ORGANIZATION, verdict: true }, "*");

select.addEventListener("change", set);
addEventListener("message", ({ source, data }) => {
  if (source !== frame.contentWindow) return;
  if (data.type === "circleci-oidc/ready") set();
  if (data.type === "circleci-oidc/resize") frame.height = data.height;
  if (data.type === "circleci-oidc/verdict") document.querySelector("#verdict").textContent = `Decision: ${data.verdict[0]?.decision ?? "none yet"}`;
});
