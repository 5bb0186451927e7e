// From the fix to a configuration that lets the job in.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { samples } from "../../pkg/dist/index.js";
import { launch, open, paste, settled, textOf, trySample, until } from "./browser.mjs";

const { cases } = samples();
const { token: TOKEN, trust } = cases.find(({ name }) => name === "exact-v1-got-v2");
const POLICY = trust.policy;

let browser;
before(async () => (browser = await launch()));
after(() => browser?.close());

const put = () => [...document.querySelectorAll(".fix button")].find(({ innerText }) => innerText === "Put it into the pasted text");

test("every sample's fix, put into the pasted text, lets the token in", async () => {
  const page = await open(browser);
  const done = [];
  for (const [index, { name, expect }] of cases.entries()) {
    if (expect !== "deny") continue;
    await trySample(page, index);
    if (!(await page.evaluate(`(${put})() !== undefined`))) continue;
    await settled(page, `(${put})().click()`);
    assert.match(await textOf(page, "oidc-panel h3"), /Allowed/, name);
    done.push(cases[index].trust.provider);
  }
  for (const provider of ["aws", "gcp", "azure", "vault"]) assert.ok(done.includes(provider), `no fix of ${provider} was put in`);
  assert.deepEqual(page.said, []);
  await page.close();
});

test("it goes between the quotes, can be undone, and the text can be copied", async () => {
  const page = await open(browser);
  await paste(page, "entry", TOKEN);
  const role = JSON.stringify({ Role: { RoleName: "deploy", AssumeRolePolicyDocument: JSON.parse(POLICY) } }, null, 2);
  await paste(page, "configurations", role);
  const fix = await textOf(page, ".fix pre");
  assert.match(await textOf(page, ".fix"), /Replace what stands between the quotes at line \d+ with/);
  await settled(page, `(${put})().click()`);
  const state = () => page.evaluate(() => { const { value, selectionStart, selectionEnd } = document.querySelector("#configurations"); return [value, value.slice(selectionStart, selectionEnd)]; });
  const [value, selected] = await state();
  assert.equal(selected, JSON.stringify(fix));
  assert.ok(JSON.stringify(JSON.parse(value)).includes(JSON.stringify(fix)));
  assert.ok(await page.evaluate(() => document.querySelector('[aria-label="Copy the configuration"]') !== null));
  await settled(page, () => document.execCommand("undo"));
  assert.equal((await state())[0], role);
  await page.close();
});

test("on a narrow screen the answer is one tap away", async () => {
  const page = await open(browser, { width: 380, height: 800 });
  await paste(page, "entry", TOKEN);
  await paste(page, "configurations", POLICY);
  await page.evaluate(() => document.querySelector("[data-answer]").click());
  assert.ok(await page.evaluate(() => Math.abs(document.querySelector("#results").getBoundingClientRect().top) < 5));
  await page.close();
});

test("what was not said of the request can be said where the page takes it", async () => {
  const page = await open(browser);
  await trySample(page, cases.findIndex(({ name }) => name === "source-ip"));
  await page.evaluate(() => document.querySelector("oidc-panel [data-beside]").click());
  assert.equal(await page.evaluate(() => document.activeElement.id), "beside");
  await paste(page, "beside", '{"context": {"aws:SourceIp": "192.0.2.7"}}');
  assert.match(await textOf(page, "oidc-panel h3"), /Allowed/);
  await page.close();
});

test("advice to use the command line is not given to somebody who has the page open", async () => {
  const page = await open(browser);
  await paste(page, "entry", "AccessDenied: Not authorized to perform sts:AssumeRoleWithWebIdentity");
  const text = await textOf(page, "#results");
  assert.match(text, /What to look at\s+Put what the job sent into the first field and the configuration/);
  assert.doesNotMatch(text, /circleci-oidc inspect|Judge the/);
  await page.close();
});

test("lines are those of the pasted text, whatever the configuration's own are", async () => {
  const page = await open(browser);
  await paste(page, "entry", TOKEN);
  const Roles = ["one", "two", "three"].map((RoleName) => ({ RoleName, Arn: `arn:aws:iam::123456789012:role/${RoleName}`, AssumeRolePolicyDocument: JSON.parse(POLICY) }));
  const text = JSON.stringify({ Roles }, null, 2);
  await paste(page, "configurations", text);
  const subject = JSON.parse(POLICY).Statement[0].Condition.StringEquals;
  const wanted = text.split("\n").flatMap((line, index) => (line.includes(`:sub": "${Object.values(subject).at(-1)}"`) ? [index + 1] : []));
  assert.equal(wanted.length, 3);
  const panels = () => page.evaluate(() => [...document.querySelectorAll("oidc-panel")].map((panel) => [...panel.innerText.matchAll(/line (\d+)/gi)].map(([, line]) => Number(line))));
  assert.deepEqual(await panels(), wanted.map((line) => [line]));
  await page.evaluate(() => { for (const panel of document.querySelectorAll("oidc-panel > details")) panel.open = true; });
  await until(page, () => document.querySelectorAll(".fix").length === 3);
  for (const [index, lines] of (await panels()).entries()) assert.deepEqual(lines.slice(0, 3), Array(3).fill(wanted[index]));
  await page.close();
});

test("what stands beside a configuration may be pasted with it, and what is not known is told", async () => {
  const page = await open(browser);
  const { token, trust: google } = cases.find(({ name }) => name === "gcp-grant-project-id");
  await paste(page, "entry", token);
  await paste(page, "configurations", google.workloadProvider);
  assert.match(await textOf(page, "oidc-panel h3"), /Allowed/);
  for (const both of [[google.workloadProvider, google.iamPolicy], [google.iamPolicy, google.workloadProvider]]) {
    await paste(page, "configurations", both.join("\n"));
    assert.match(await textOf(page, "oidc-panel"), /Denied.*IAM policy, line 5: the member has the project's id.*Fix/s);
    assert.doesNotMatch(await textOf(page, "#configurations-note"), /not known/);
  }
  for (const other of ['{"hello": 1}', cases.find(({ trust }) => trust.provider === "vault" && trust.mount !== undefined).trust.mount]) {
    await paste(page, "configurations", `${google.workloadProvider}\n${other}`);
    assert.match(await textOf(page, "#configurations-note"), /A document beside it is not known, and counts for nothing/);
  }
  await paste(page, "configurations", JSON.stringify({ Roles: [{ RoleName: "x", Arn: "arn:aws:iam::123456789012:role/x", AssumeRolePolicyDocument: JSON.parse(POLICY) }] }));
  assert.doesNotMatch(await textOf(page, "#configurations-note"), /not known/);
  await page.close();
});

test("an error message alone: what gets the rest, in its cloud", async () => {
  const page = await open(browser);
  for (const [text, wanted, other] of [
    ["The given credential is rejected by the attribute condition.", /cut -d\. -f1,2.*gcloud iam/s, /aws |az |vault /],
    ["AADSTS700213: No matching federated identity record found for presented assertion subject 'org/3f6b1c52-8d0e-4a97-b3c4-5e92d7a6f018/project/a41d7e39-52c8-4f60-9be1-07c6f3d28b95/user/6c2e9a17-f4b3-4d58-a0c9-81e7d35b4f62'.", /cut -d\. -f1,2.*az ad app/s, /aws |gcloud |vault /],
    ["Code: 400. Errors:\n\n* error validating token: invalid subject (sub) claim", /cut -d\. -f1,2.*vault read/s, /aws |gcloud |az /],
  ]) {
    await paste(page, "entry", text);
    const commands = await textOf(page, ".commands");
    assert.match(commands, wanted);
    assert.doesNotMatch(commands, other);
  }
  await page.close();
});

test("where no fix is offered, why not", async () => {
  const page = await open(browser);
  const sample = (name) => cases.find((one) => one.name === name);
  await paste(page, "configurations", sample("gcp-project-other").trust.workloadProvider);
  await paste(page, "entry", sample("gcp-project-other").token);
  assert.match(await textOf(page, "oidc-panel"), /Denied.*No fix is offered: that this job should get in does not follow/s);
  const { sub } = JSON.parse(Buffer.from(sample("azure-subject-v2").token.split(".")[1], "base64url"));
  await paste(page, "configurations", sample("azure-subject-v2").trust.credentials);
  await paste(page, "entry", `AADSTS700213: No matching federated identity record found for presented assertion subject '${sub}'.`);
  assert.match(await textOf(page, "oidc-panel"), /Denied.*No fix is offered: it cannot be proved while some claims are not known\. Paste the token/s);
  await page.close();
});
