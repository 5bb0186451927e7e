// What somebody does with the page: paste, read, move on.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { samples } from "../../pkg/dist/index.js";
import { launch, open, paste, settled, textOf, trySample, until } from "./browser.mjs";

const { cases, token } = samples();
const v2 = cases.findIndex(({ name }) => name === "exact-v1-got-v2");
const policy = cases[v2].trust.policy;
const claims = JSON.parse(Buffer.from(cases[v2].token.split(".")[1], "base64url").toString());
const ROLE = "arn:aws:iam::123456789012:role/deploy-exact";

/** As CloudTrail writes it: https://docs.aws.amazon.com/IAM/latest/UserGuide/cloudtrail-integration.html */
const EVENT = {
  eventVersion: "1.08",
  userIdentity: { type: "WebIdentityUser", principalId: `arn:aws:iam::123456789012:oidc-provider/oidc.circleci.com/org/${claims.aud}:${claims.aud}:${claims.sub}`, userName: claims.sub, identityProvider: `arn:aws:iam::123456789012:oidc-provider/oidc.circleci.com/org/${claims.aud}` },
  eventTime: "2026-11-20T09:31:07Z",
  eventSource: "sts.amazonaws.com",
  eventName: "AssumeRoleWithWebIdentity",
  errorCode: "AccessDenied",
  errorMessage: "Not authorized to perform sts:AssumeRoleWithWebIdentity",
  requestParameters: { roleArn: ROLE, roleSessionName: "circleci" },
};
const GET_ROLE = JSON.stringify({ Role: { RoleName: "deploy-exact", Arn: ROLE, AssumeRolePolicyDocument: JSON.parse(policy) } }, null, 4);

let browser;
before(async () => (browser = await launch()));
after(() => browser?.close());

test("loads without a word on the console, and the entry field comes first", async () => {
  const page = await open(browser);
  assert.equal(await page.evaluate(() => document.querySelector("textarea, input, select, button").id), "entry");
  assert.deepEqual(page.said, []);
  await page.close();
});

test("from a failed CloudTrail event and get-role to the fix", async () => {
  const page = await open(browser);
  await paste(page, "entry", JSON.stringify(EVENT, null, 2));
  assert.match(await textOf(page, "oidc-field .note"), /Recognised: a CloudTrail event of 2026-11-20 09:31:07 UTC\. It does not tell every claim.*deploy-exact/s);
  await paste(page, "configurations", GET_ROLE);
  const panel = await textOf(page, "oidc-panel");
  assert.match(panel, /Denied.*deploy-exact.*the policy expects the V1 subject; the job sent V2/s);
  assert.match(panel, /Fix.*vcs-ref\/refs\/heads\/main/s);
  assert.match(panel, /AccessDenied: Not authorized to perform/);
  await page.evaluate(() => [...document.querySelectorAll(".body > p button")].find(({ innerText }) => innerText.startsWith("Show in")).click());
  const selected = await page.evaluate(() => { const area = document.activeElement; return area.value.slice(area.selectionStart, area.selectionEnd); });
  assert.equal(selected, claims.sub.replace(/\/vcs-origin.*/, ""));
  assert.deepEqual(page.said, []);
  await page.close();
});

test("where both values differ is marked, and the fix can be put in", async () => {
  const page = await open(browser);
  await trySample(page, v2);
  const mark = await page.evaluate(() => [...document.querySelectorAll(".body > .values dd")].map((value) => value.querySelector("mark").innerText));
  assert.deepEqual(mark, ["⏎", "/vcs-origin/github.com/acme/web/vcs-ref/refs/heads/main"]);
  const fix = await textOf(page, ".fix pre");
  await paste(page, "configurations", policy.replace(claims.sub.replace(/\/vcs-origin.*/, ""), fix));
  assert.match(await textOf(page, "oidc-panel"), /Allowed/);
  await page.close();
});

test("a document of many configurations is a list, each worked out when it is opened", async () => {
  const page = await open(browser);
  const Roles = Array.from({ length: 40 }, (_, index) => ({ RoleName: `role-${index}`, Arn: `${ROLE}-${index}`, AssumeRolePolicyDocument: JSON.parse(policy) }));
  await paste(page, "configurations", JSON.stringify({ Roles }));
  await paste(page, "entry", token);
  assert.equal(await page.evaluate(() => document.querySelectorAll("oidc-panel").length), 40);
  assert.match(await textOf(page, "oidc-panel:last-of-type"), /Allowed.*role-?.*39|Allowed/s);
  await settled(page, () => (document.querySelectorAll("oidc-panel")[30].querySelector("details").open = true));
  assert.match(await page.evaluate(() => document.querySelectorAll("oidc-panel")[30].innerText), /Who else gets in/);
  await page.close();
});

test("of many roles the one that the job asked for comes first and open", async () => {
  const page = await open(browser);
  const Roles = Array.from({ length: 20 }, (_, index) => ({ RoleName: `role-${index}`, Arn: index === 13 ? ROLE : `${ROLE}-${index}`, AssumeRolePolicyDocument: JSON.parse(policy) }));
  await paste(page, "configurations", JSON.stringify({ Roles }));
  await paste(page, "entry", JSON.stringify(EVENT));
  await until(page, () => /Fix/.test(document.querySelector("oidc-panel").innerText));
  const panels = await page.evaluate(() => [...document.querySelectorAll("oidc-panel")].slice(0, 2).map((panel) => [panel.querySelector(".name").innerText, panel.querySelector("details").open]));
  assert.deepEqual(panels, [[`AWS ${ROLE}`, true], [`AWS ${ROLE}-0`, false]]);
  await paste(page, "configurations", JSON.stringify({ Roles: Roles.slice(0, 3) }));
  assert.match(await textOf(page, ".notice"), /The job asked for .*deploy-exact; it is not among these roles/);
  assert.deepEqual(page.said, []);
  await page.close();
});

test("a place in what stands beside a configuration is shown there", async () => {
  const page = await open(browser);
  await trySample(page, cases.findIndex(({ name }) => name === "gcp-grant-project-id"));
  const panel = await textOf(page, "oidc-panel");
  assert.match(panel, /Line 5 of iamPolicy/);
  assert.ok(await page.evaluate(() => [...document.querySelectorAll(".excerpt")].every(({ innerText }) => innerText.startsWith("Line ") && !innerText.includes("attributeMapping"))));
  await page.close();
});

test("ids have their names where somebody gives them", async () => {
  const page = await open(browser);
  await trySample(page, v2);
  await paste(page, "names", JSON.stringify({ [claims["oidc.circleci.com/project-id"]]: "payments-api" }));
  assert.match(await textOf(page, ".claims"), /payments-api/);
  await paste(page, "names", "{");
  assert.match(await textOf(page, "oidc-panel"), /names of ids are no JSON object/);
  assert.deepEqual(page.said, []);
  await page.close();
});

test("a configuration alone: whom it trusts and who gets in", async () => {
  const page = await open(browser);
  await paste(page, "configurations", policy);
  const panel = await textOf(page, "oidc-panel");
  assert.match(panel, /It trusts https:\/\/oidc\.circleci\.com\/org\/.*Who gets in\?.*Remarks/s);
  await page.close();
});

test("what is pasted into the wrong field is moved with one click", async () => {
  const page = await open(browser);
  await paste(page, "entry", policy);
  assert.match(await textOf(page, "oidc-field .note"), /This is a configuration/);
  await settled(page, () => document.querySelector("[data-move]").click());
  assert.deepEqual(await page.evaluate(() => [document.querySelector("#entry").value === "", document.querySelector("#configurations").value !== ""]), [true, true]);
  await page.close();
});

test("an error message alone is explained", async () => {
  const page = await open(browser);
  await paste(page, "entry", "An error occurred (AccessDenied) when calling the AssumeRoleWithWebIdentity operation: Not authorized to perform sts:AssumeRoleWithWebIdentity");
  assert.match(await textOf(page, "oidc-field .note"), /an error message\. It does not say who was refused/);
  assert.match(await textOf(page, "#results"), /The error message: AWS, the trust configuration.*What to look at/s);
  await page.close();
});

test("what is not understood is said with what to paste", async () => {
  const page = await open(browser);
  await paste(page, "entry", "hello");
  assert.match(await textOf(page, "oidc-field .note"), /not a token.*Paste/s);
  await paste(page, "configurations", "{");
  assert.match(await page.evaluate(() => document.querySelector("#configurations-note").innerText), /cannot be read/);
  assert.deepEqual(page.said, []);
  await page.close();
});

test("without a key set the signature is not checked, with the address and a curl line", async () => {
  const page = await open(browser);
  await paste(page, "entry", token);
  assert.match(await textOf(page, ".verdicts"), /Signature.*Not checked\. No key set was given/s);
  await page.evaluate(() => document.querySelector("[data-settings]").click());
  assert.equal(await page.evaluate(() => document.activeElement.id), "organization");
  const advice = await page.evaluate(() => document.querySelector("#keySet-note").textContent);
  assert.match(advice, /curl -sS 'https:\/\/oidc\.circleci\.com\/org\/[\w-]+\/\.well-known\/jwks/);
  await page.close();
});

test("work after a keystroke stays short, and input is never blocked", async () => {
  const page = await open(browser);
  await trySample(page, v2);
  const blocked = await page.evaluate(async () => {
    const area = document.querySelector("#configurations");
    const element = document.querySelector("oidc-page");
    // Not every engine tells of its long tasks. What came between two of these took the rest of the time.
    const gaps = [];
    let last = performance.now();
    const beat = setInterval(() => {
      const now = performance.now();
      if (now - last > 54) gaps.push(Math.round(now - last));
      last = now;
    }, 4);
    for (let count = 0; count < 8; count += 1) {
      const done = new Promise((resolve) => element.addEventListener("settled", resolve, { once: true }));
      area.value += " ";
      area.dispatchEvent(new Event("input", { bubbles: true }));
      await done;
    }
    await new Promise((resolve) => setTimeout(resolve, 100));
    clearInterval(beat);
    return gaps;
  });
  // A long task is one above 50 ms. A busy machine may make one of them late.
  assert.ok(blocked.length <= 2, `nothing else for ${blocked.join(", ")} ms`);
  await page.close();
});
