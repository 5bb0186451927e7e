// The reports below tests/golden/ as text: the JSON files are what the core answers, the texts what a terminal shows of them.
// `BLESS=1 cargo xtask test package` writes the texts.
import assert from "node:assert/strict";
import { readFileSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";

import { root } from "./installed.mjs";
import { source } from "./source.mjs";

const folder = join(root, "tests/golden");
const { ofReport, ofTrust } = await source("src/cli/text/index.ts");
const names = readdirSync(folder).flatMap((name) => (name.endsWith(".json") ? [name.slice(0, -5)] : []));
assert.ok(names.length > 20);

for (const name of names) {
  test(`the text of ${name}`, () => {
    const golden = JSON.parse(readFileSync(join(folder, `${name}.json`), "utf8"));
    // Of several results with titles only what stands at the top.
    const top = ({ title, result }) => `# ${title}\n\n${ofTrust([result], false).split("\n\n")[0]}\n\n`;
    const text = Array.isArray(golden) ? golden.map(top).join("") : ofReport(golden, false);
    const file = join(folder, `${name}.txt`);
    if (process.env.BLESS) writeFileSync(file, text);
    assert.equal(text, readFileSync(file, "utf8"));
  });
}

test("colour changes nothing but the colour", () => {
  const report = JSON.parse(readFileSync(join(folder, "explicit-deny.json"), "utf8"));
  assert.equal(ofReport(report, true).replace(/\u001b\[\d+m/g, ""), ofReport(report, false));
});
