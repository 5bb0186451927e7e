// Large inputs: of a keystroke only what it changed is worked out, and what nobody sees is not made. How long it takes is
// fluid.mjs's to measure; what makes it fast is held here.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { file, launch, paste, settled, textOf, until } from "./browser.mjs";
import { CLAIMS, POLICY, TOKEN, logOf, policyOf, rolesOf } from "./large.mjs";

let browser;
before(async () => (browser = await launch()));
after(() => browser?.close());

/** A tab that notes each call into the core by its name. */
async function open() {
  const page = await browser.newPage();
  await page.evaluateOnNewDocument(() => {
    globalThis.calls = [];
    const { Instance } = WebAssembly;
    WebAssembly.Instance = function (module, imports) {
      const { exports } = new Instance(module, imports);
      const call = (start, length) => {
        const request = new TextDecoder().decode(new Uint8Array(exports.memory.buffer, start, Math.min(length, 40)));
        globalThis.calls.push(request.slice(0, request.indexOf("\n")));
        return exports.call(start, length);
      };
      return { exports: { ...exports, call } };
    };
  });
  await page.goto(file("index.html"));
  await until(page, () => document.querySelector("textarea#entry") !== null);
  return page;
}

/** How often each function of the core is called by what `action` does. */
async function callsOf(page, action) {
  await page.evaluate(() => (globalThis.calls.length = 0));
  await action();
  // The list of samples has nothing to do with what somebody types.
  const calls = (await page.evaluate(() => globalThis.calls)).filter((name) => name !== "samples");
  return Object.fromEntries([...new Set(calls)].sort().map((name) => [name, calls.filter((one) => one === name).length]));
}

const EVIDENCE = JSON.stringify(CLAIMS);

test("of many configurations only the changed one is judged again", async () => {
  const page = await open();
  const roles = rolesOf(100);
  await paste(page, "entry", EVIDENCE);
  const first = await callsOf(page, () => paste(page, "configurations", roles));
  // Each once; the first six completely, and so a second time.
  assert.deepEqual(first, { evaluate: 106, inspect: 1, trustsFrom: 1 });
  const changed = await callsOf(page, () => paste(page, "configurations", roles.replace(/"RoleName": "deploy-70"/, '"RoleName": "deploy-x"').replace("role/deploy-70", "role/deploy-x")));
  assert.deepEqual(changed, { evaluate: 1, inspect: 1, trustsFrom: 1 });
  const moved = await callsOf(page, () => paste(page, "configurations", `\n\n${roles.replace(/"RoleName": "deploy-70"/, '"RoleName": "deploy-x"').replace("role/deploy-70", "role/deploy-x")}`));
  assert.deepEqual(moved, { inspect: 1, trustsFrom: 1 });
  await page.close();
});

test("what is no document for a moment is not judged again afterwards", async () => {
  const page = await open();
  const roles = rolesOf(20);
  await paste(page, "entry", EVIDENCE);
  await paste(page, "configurations", roles);
  await paste(page, "configurations", roles.slice(1));
  assert.deepEqual(await callsOf(page, () => paste(page, "configurations", roles)), { inspect: 1, trustsFrom: 1 });
  await page.close();
});

test("other claims, another clock and other names are judged anew; a key set is not", async () => {
  const page = await open();
  await paste(page, "configurations", rolesOf(10));
  await paste(page, "entry", EVIDENCE);
  const type = (field, value) => () => paste(page, field, value);
  assert.equal((await callsOf(page, type("entry", JSON.stringify({ ...CLAIMS, "oidc.circleci.com/vcs-ref": "refs/heads/x" })))).evaluate, 16);
  assert.equal((await callsOf(page, type("names", JSON.stringify({ [CLAIMS["oidc.circleci.com/project-id"]]: "payments-api" })))).evaluate, 16);
  const clock = () => settled(page, () => { const field = document.querySelector("#clock"); field.value = "2026-11-20T09:35:00"; field.dispatchEvent(new Event("change")); });
  assert.equal((await callsOf(page, clock)).evaluate, 16);
  assert.equal((await callsOf(page, type("keySet", '{"keys": []}'))).evaluate, undefined);
  await page.close();
});

test("a log is read once, and not again for a keystroke in another field", async () => {
  const page = await open();
  assert.deepEqual(await callsOf(page, () => paste(page, "entry", logOf(300))), { claimsFrom: 1, explainError: 1 });
  assert.deepEqual(await callsOf(page, () => paste(page, "configurations", POLICY)), { detect: 1, survey: 1, trustsFrom: 1 });
  await page.close();
});

test("the refusal is found wherever it stands in a log", async () => {
  const page = await open();
  await paste(page, "entry", logOf(300, { first: true }));
  assert.match(await textOf(page, "#results"), /The error message: AWS, the trust configuration.*Line 1:/s);
  await page.close();
});

test("a configuration without a change is answered anew for nothing that was cleared", async () => {
  const page = await open();
  await paste(page, "entry", TOKEN);
  await paste(page, "configurations", POLICY);
  const clear = () => [...document.querySelectorAll("button")].find(({ innerText }) => innerText === "Clear everything").click();
  await settled(page, clear);
  await paste(page, "entry", TOKEN);
  assert.equal((await callsOf(page, () => paste(page, "configurations", POLICY))).trustsFrom, 1);
  assert.match(await textOf(page, "oidc-panel"), /Denied|Allowed/);
  await page.close();
});

test("what is folded is made when it is opened, and an excerpt is bounded", async () => {
  const page = await open();
  await paste(page, "entry", TOKEN);
  await paste(page, "configurations", policyOf(370));
  const size = () => page.evaluate(() => [document.querySelectorAll(".results *").length, document.querySelector(".excerpt pre").textContent.length]);
  const [elements, characters] = await size();
  assert.ok(elements < 700 && characters < 3000, `${elements} elements, ${characters} characters`);
  assert.equal(await page.evaluate(() => document.querySelector("oidc-panel .steps")), null);
  await page.evaluate(() => (document.querySelector("oidc-panel .more").open = true));
  await until(page, () => document.querySelector("oidc-panel .steps li") !== null);
  await page.close();
});
