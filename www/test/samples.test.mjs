// Every sample, one click each: the page's word is the one that the sample expects.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { samples } from "../../pkg/dist/index.js";
import { launch, open, textOf, trySample } from "./browser.mjs";

const WORDS = { allow: "Allowed", deny: "Denied", invalid: "Not stored", unknown: "Unknown" };
let browser, page;
before(async () => {
  browser = await launch();
  page = await open(browser);
});
after(() => browser?.close());

for (const [index, { name, expect }] of samples().cases.entries()) {
  test(`sample ${name}`, async () => {
    await trySample(page, index);
    const panels = await page.evaluate(() => [...document.querySelectorAll("oidc-panel .badge")].map((badge) => badge.innerText.replace(/^\S+\s+/, "")));
    assert.deepEqual(panels, [WORDS[expect]], await textOf(page, "oidc-panel"));
    assert.match(await textOf(page, ".notice"), /clock is fixed to the samples' time/);
    assert.deepEqual(page.said, []);
  });
}
