// What was worked out earlier is used again; nothing of it may be shown for anything else. Whatever somebody did before, the
// page is the same as a fresh one with what stands in its fields.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { samples } from "../../pkg/dist/index.js";
import { file, launch, open, paste, settled, textOf, trySample, until } from "./browser.mjs";
import { CLAIMS, EVENT, POLICY, TOKEN, logOf, rolesOf } from "./large.mjs";

const { cases, token, jwks, organization, now } = samples();
const trustOf = (name) => Object.entries(cases.find((one) => one.name === name).trust).filter(([member]) => member !== "provider");
const REF = "oidc.circleci.com/vcs-ref";
const [V1, V2] = [CLAIMS, JSON.parse(Buffer.from(cases.find(({ name }) => name === "exact-v1-got-v2").token.split(".")[1], "base64url"))];
const pretty = (value) => JSON.stringify(value, null, 2);
const others = (provider) => cases.filter(({ trust }) => trust.provider === provider).slice(0, 2).map(({ trust }) => Object.values(trust).find((value, index) => index > 0 && typeof value === "string") ?? "");

/** What may stand in each field. */
const POOL = {
  entry: ["", pretty(V1), pretty(V2), pretty({ ...V1, [REF]: "refs/heads/x" }), pretty({ ...V2, sub: V2.sub.replace("main", "x") }), TOKEN, `${TOKEN.slice(0, TOKEN.lastIndexOf("."))}.AA`, EVENT, logOf(2), "hello"],
  configurations: ["", "{", POLICY, POLICY.replaceAll("\n", "\r\n"), POLICY.replace(/"StringEquals"/, '"StringNotEquals"'), rolesOf(3), rolesOf(9), rolesOf(9).replaceAll("deploy-3", "other"), ...others("gcp"), Object.values(cases.find(({ name }) => name === "gcp-grant-project-id").trust).slice(1).join("\n"), ...others("azure"), ...others("vault")],
  beside: ["", "", "{", '{"context": {"aws:SourceIp": "192.0.2.7"}}', pretty(Object.fromEntries(trustOf("source-ip").slice(1)))],
  organization: ["", organization, "00000000-0000-4000-8000-000000000000"],
  audience: ["", "sts.amazonaws.com"],
  keySet: ["", "", "{", JSON.stringify(jwks), '{"keys": []}'],
  names: ["", "", "{", JSON.stringify({ [V1["oidc.circleci.com/project-id"]]: "payments-api" })],
  clock: [undefined, undefined, now, now + 1e6],
};
/** Changes between two looks, at most; and looks. */
const [BETWEEN, LOOKS] = [4, 45];

let browser;
before(async () => (browser = await launch()));
after(() => browser?.close());

/** The same numbers each time (Lehmer). */
function dice(seed) {
  let state = seed;
  return (sides) => (state = (state * 48_271) % 2_147_483_647) % sides;
}

/** A tab whose device's clock stands still. */
async function still() {
  const page = await browser.newPage();
  await page.evaluateOnNewDocument((time) => (Date.now = () => time), (now + 60) * 1000);
  await page.goto(file("index.html"));
  await until(page, () => document.querySelector("textarea#entry") !== null);
  return page;
}

/** Changes the inputs and waits for what follows from them; in one turn, because what follows from older ones may come before. */
const change = (page, changed) =>
  page.evaluate(async (inputs) => {
    const element = document.querySelector("oidc-page");
    const done = new Promise((resolve) => element.addEventListener("settled", resolve, { once: true }));
    element.change(inputs, true);
    await done;
    await element.updateComplete;
  }, changed);

/** Everything that follows from the inputs, of this page or of a fresh one beside it. How much was worked out of a long list depends on what was looked at. */
const following = (page, fresh) =>
  page.evaluate(async (inputs) => {
    let element = document.querySelector("oidc-page");
    if (inputs !== undefined) {
      const { engine } = element;
      element = Object.assign(document.createElement("oidc-page"), { engine });
      const done = new Promise((resolve) => element.addEventListener("settled", resolve, { once: true }));
      element.change(inputs, true);
      await done;
    }
    const { reading, report, problem, dropped, configurations, judged } = element.results;
    const answers = judged.map(({ configuration, result, survey, problem: why }, index) => ({ configuration, survey, why, ...(index < 6 ? { result } : { decision: result?.decision, headline: result?.headline }) }));
    return JSON.stringify({ reading, report, problem, dropped, configurations, answers }, null, 1);
  }, fresh);

/** What of it somebody reads. */
const read = (page) => page.evaluate(() => [...document.querySelectorAll("#entry-note, #configurations-note, oidc-panel summary h3, oidc-panel summary .headline, .verdicts, .notice, .claims")].map(({ textContent }) => textContent.replace(/\s+/g, " ")));

for (const seed of [1, 20, 300]) {
  test(`after any changes the page is as a fresh one with the same inputs (${seed})`, async () => {
    const roll = dice(seed);
    const page = await still();
    const inputs = {};
    /** The two large fields are left alone more often than not, so that something is there to be used again. */
    const next = () => {
      const name = roll(3) === 0 ? ["entry", "configurations"][roll(2)] : Object.keys(POOL)[roll(8)];
      return { name, value: (inputs[name] = POOL[name][roll(POOL[name].length)]) };
    };
    for (let look = 0; look < LOOKS; look += 1) {
      for (let count = roll(BETWEEN); count > 0; count -= 1) {
        await page.evaluate(({ name, value }, whole) => document.querySelector("oidc-page").change({ [name]: value }, whole), next(), roll(2) === 0);
        await new Promise((resolve) => setTimeout(resolve, [0, 0, 20, 90, 250][roll(5)]));
      }
      const { name, value } = next();
      // What is left out would not be changed on its way into the page.
      if (value === undefined) await page.evaluate(() => document.querySelector("oidc-page").change({ clock: undefined }, true));
      await change(page, value === undefined ? {} : { [name]: value });
      // A signature that was dropped is not there for another key set. While its check is told, a fresh page has to make it.
      const [entry, isDropped] = await page.evaluate(() => { const { inputs, results } = document.querySelector("oidc-page"); return [inputs.entry, results.dropped]; });
      if (!isDropped) inputs.entry = entry;
      const said = `with ${JSON.stringify(inputs).slice(0, 3000)}`;
      assert.equal(await following(page), await following(page, inputs), said);
      if (look % 15 > 0) continue;
      const fresh = await still();
      await change(fresh, inputs);
      assert.deepEqual(await read(page), await read(fresh), said);
      await fresh.close();
    }
    await page.close();
  });
}

test("a signature that was not checked has no other's answer", async () => {
  const page = await open(browser);
  const checked = () => page.evaluate(() => document.querySelectorAll(".verdicts > li > details > summary")[1].textContent.replace(/\s+/g, " ").trim());
  await paste(page, "keySet", JSON.stringify(jwks));
  await paste(page, "entry", token);
  assert.match(await checked(), /^✓.*is made with key.*then dropped/);
  for (const signature of ["A", "@@@", "AAAA", "AA=="]) {
    await paste(page, "entry", token.replace(/[^.]*$/, signature));
    assert.match(await checked(), /^[✕?–]/, signature);
  }
  await paste(page, "entry", token);
  await paste(page, "keySet", "");
  assert.match(await checked(), /^\?.*Not checked/);
  assert.doesNotMatch(`${await checked()} ${await textOf(page, "#entry-note")}`, /dropped/);
  await page.close();
});

test("a fix is put into the text that it was made for, and into no newer one", async () => {
  const page = await open(browser);
  await paste(page, "entry", cases.find(({ name }) => name === "exact-v1-got-v2").token);
  await paste(page, "configurations", POLICY);
  const value = await settled(page, () => {
    const area = document.querySelector("#configurations");
    area.value = `\n\n\n${area.value}`;
    area.dispatchEvent(new Event("input", { bubbles: true }));
    for (const button of document.querySelectorAll(".fix button, .excerpt + p button")) button.click();
  }).then(() => page.evaluate(() => document.querySelector("#configurations").value));
  assert.equal(value, `\n\n\n${POLICY}`);
  await page.close();
});

test("lines that end as in Windows are the field's own lines", async () => {
  const page = await open(browser);
  await paste(page, "entry", cases.find(({ name }) => name === "exact-v1-got-v2").token);
  await settled(page, (text) => document.querySelector("oidc-page").change({ configurations: text }, true), pretty(JSON.parse(POLICY)).replaceAll("\n", "\r\n"));
  await settled(page, () => [...document.querySelectorAll(".fix button")].find(({ innerText }) => innerText.startsWith("Put it")).click());
  assert.match(await textOf(page, "oidc-panel h3"), /Allowed/);
  await page.close();
});

for (const [what, fail] of Object.entries({
  drawing: () => (document.querySelector("oidc-page").results = null),
  "working it out": () => document.querySelector("oidc-page").change({ configurations: { trim: () => { throw new Error("made to fail"); } } }, true),
})) {
  test(`where ${what} fails, no older answer stays`, async () => {
    const page = await open(browser);
    await trySample(page, 0);
    // What fails in somebody else's script is not the page's.
    await page.evaluate(() => void setTimeout(() => { throw new Error("an extension's"); }));
    assert.match(await textOf(page, "oidc-panel"), /Allowed|Denied/);
    await page.evaluate(fail);
    await until(page, () => document.querySelector("oidc-page") === null);
    assert.match(await textOf(page, "[role=alert]"), /This page has failed: .*Nothing that it showed counts/);
    await page.close();
  });
}
