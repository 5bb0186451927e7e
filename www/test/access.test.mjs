// axe finds nothing, in both themes and in forced colours, empty and full.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { after, before, describe, test } from "node:test";

import { samples } from "../../pkg/dist/index.js";
import { launch, open, paste, trySample } from "./browser.mjs";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const { cases, token } = samples();
const named = (wanted) => cases.findIndex(({ name }) => name === wanted);
const STATES = {
  empty: async () => {},
  denied: (page) => trySample(page, named("exact-v1-got-v2")),
  allowed: (page) => trySample(page, named("context-ids-vacuous")),
  unknown: (page) => trySample(page, named("source-ip")),
  "wrong texts": async (page) => {
    await paste(page, "entry", "hello");
    await paste(page, "configurations", "{");
  },
  "a living token": (page) => paste(page, "entry", token),
};

for (const theme of ["light", "dark"]) {
  describe(theme, () => {
    let browser;
    before(async () => (browser = await launch({ theme })));
    after(() => browser?.close());

    for (const [name, prepare] of Object.entries(STATES)) {
      test(`${name}, ${theme}`, async () => {
        const page = await open(browser);
        await prepare(page);
        await page.evaluate(() => document.querySelectorAll("details").forEach((one) => (one.open = true)));
        await new Promise((resolve) => setTimeout(resolve, 200));
        await page.evaluate(axe);
        const violations = await page.evaluate(async () => (await axe.run(document)).violations.map(({ id, nodes }) => `${id}: ${nodes.slice(0, 3).map(({ html, any, all }) => `${html.slice(0, 160)} ${[...any, ...all][0]?.message ?? ""}`).join(" | ")}`));
        assert.deepEqual(violations, []);
        await page.close();
      });
    }
  });
}
