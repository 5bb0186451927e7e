// What is pasted, and what the page around a frame sets, may come from somebody who means harm.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { launch, open, paste, settled, textOf } from "./browser.mjs";
import { CLAIMS, EVENT, POLICY } from "./large.mjs";

/** Reorders what follows it, is not seen, ends a line, and is markup. */
const HIDDEN = "x\u202e\u200b\u2066\u0007\ufe0f<img src=x onerror=alert(1)>";
const role = (name, policy) => ({ Role: { RoleName: name, Arn: `arn:aws:iam::123456789012:role/${name}`, AssumeRolePolicyDocument: policy } });
const statement = { Sid: HIDDEN, Effect: "Allow", Principal: { Federated: HIDDEN }, Action: HIDDEN, Condition: { [HIDDEN]: { [HIDDEN]: HIDDEN } } };
const event = JSON.parse(JSON.parse(EVENT).Events[0].CloudTrailEvent);

const TEXTS = {
  "claims and a policy": [{ ...CLAIMS, [HIDDEN]: HIDDEN, constructor: HIDDEN, toString: HIDDEN, sub: HIDDEN }, role(HIDDEN, JSON.parse(POLICY))],
  "a policy of nothing else": [CLAIMS, role("__proto__", { Version: HIDDEN, Statement: [statement, JSON.parse(POLICY).Statement[0]] })],
  "a policy alone": ["", role(HIDDEN, { Version: "2012-10-17", Statement: [statement] })],
  "an event": [{ ...event, errorMessage: `Not authorized to perform sts:AssumeRoleWithWebIdentity ${HIDDEN}`, requestParameters: { roleArn: "arn:aws:iam::123456789012:role/x\u202e\u200b" } }, role("other", JSON.parse(POLICY))],
  "Google Cloud": [CLAIMS, { name: HIDDEN, attributeCondition: `assertion.sub == "${HIDDEN}"`, attributeMapping: { "google.subject": "assertion.sub", [HIDDEN]: HIDDEN }, oidc: { issuerUri: HIDDEN, allowedAudiences: [HIDDEN] } }],
  Azure: [CLAIMS, [{ name: HIDDEN, issuer: CLAIMS.iss, subject: HIDDEN, audiences: [HIDDEN] }]],
  Vault: [CLAIMS, { request_id: HIDDEN, data: { role_type: "jwt", bound_claims: { [HIDDEN]: HIDDEN }, bound_audiences: [HIDDEN], user_claim: HIDDEN } }],
};

let browser;
before(async () => (browser = await launch()));
after(() => browser?.close());

async function openAll(page) {
  for (let time = 0; time < 4; time += 1) {
    await page.evaluate(() => document.querySelectorAll("details").forEach((one) => (one.open = true)));
    await new Promise((resolve) => setTimeout(resolve, 120));
  }
}

for (const [name, [entry, configurations]] of Object.entries(TEXTS)) {
  test(`${name}: no character is hidden or reorders others, and nothing becomes markup`, async () => {
    const page = await open(browser);
    if (entry !== "") await paste(page, "entry", JSON.stringify(entry));
    await paste(page, "configurations", JSON.stringify(configurations));
    await openAll(page);
    const raw = await page.evaluate(() => {
      const found = [];
      const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_ALL);
      const hidden = /[\u0000-\u0008\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufe00-\ufe0f]/;
      while (walker.nextNode()) {
        const { currentNode: node } = walker;
        if (node.nodeType === Node.TEXT_NODE && hidden.test(node.data)) found.push(node.data);
        for (const { name, value } of node.attributes ?? []) if (hidden.test(value)) found.push(`${name}=${value}`);
      }
      return found;
    });
    assert.deepEqual(raw, []);
    assert.equal(await page.evaluate(() => document.querySelectorAll("img").length), 0);
    assert.match(await textOf(page, "main"), /\\u\{202e\}/);
    assert.deepEqual(page.said, []);
    await page.close();
  });
}

for (const [name, text] of Object.entries({ "beginnings of tokens": "eyJ".repeat(60_000), "parts of tokens": "eyJaaaaaaaa.".repeat(15_000), parentheses: '{"a":'.repeat(36_000), "one line": "a".repeat(180_000) })) {
  test(`${name}, many of them, do not stop the page`, async () => {
    const page = await open(browser);
    // The browser's own work on so long a line is not the page's: the field of the key set shows it to nobody.
    const longest = await page.evaluate(async (entry) => {
      const page = document.querySelector("oidc-page");
      document.querySelector("#entry").style.display = "none";
      const done = new Promise((resolve) => page.addEventListener("settled", resolve, { once: true }));
      let [last, longest] = [performance.now(), 0];
      const beat = setInterval(() => ([last, longest] = [performance.now(), Math.max(longest, performance.now() - last)]), 4);
      page.change({ entry }, true);
      await done;
      await new Promise((resolve) => setTimeout(resolve, 50));
      clearInterval(beat);
      return longest;
    }, text);
    assert.ok(longest < 1000, `${longest} ms`);
    await page.close();
  });
}

test("names that JavaScript knows are names like others", async () => {
  const page = await open(browser);
  await paste(page, "entry", JSON.stringify(CLAIMS));
  await paste(page, "configurations", POLICY);
  const before = await textOf(page, "oidc-panel .headline");
  await paste(page, "beside", '{"__proto__": {"provider": "gcp"}, "constructor": 1}');
  assert.match(await textOf(page, "oidc-panel"), /cannot be judged|Allowed|Denied/);
  await paste(page, "beside", "");
  assert.equal(await textOf(page, "oidc-panel .headline"), before);
  await settled(page, (names) => document.querySelector("oidc-page").change({ names }, true), '{"__proto__": "x"}');
  assert.equal(await page.evaluate(() => ({}).provider), undefined);
  assert.deepEqual(page.said, []);
  await page.close();
});
