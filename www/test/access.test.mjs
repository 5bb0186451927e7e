// axe finds nothing, in both themes, with everything opened.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { after, before, describe, test } from "node:test";

import { launch, open } from "./browser.mjs";
import { OPENED } from "./states.mjs";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

for (const theme of ["light", "dark"]) {
  describe(theme, () => {
    let browser;
    before(async () => (browser = await launch({ theme })));
    after(() => browser?.close());

    for (const [name, prepare] of Object.entries(OPENED)) {
      test(`${name}, ${theme}`, async () => {
        const page = await open(browser);
        await prepare(page);
        await page.evaluate(axe);
        const violations = await page.evaluate(async () => (await axe.run(document)).violations.map(({ id, nodes }) => `${id}: ${nodes.slice(0, 3).map(({ html, any, all }) => `${html.slice(0, 160)} ${[...any, ...all][0]?.message ?? ""}`).join(" | ")}`));
        assert.deepEqual(violations, []);
        await page.close();
      });
    }
  });
}
