// Every test of the page, in each engine or in the one that ENGINE names: node test/run.mjs [options of node --test]
import { spawnSync } from "node:child_process";
import { readdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { join } from "node:path";

import { ENGINES } from "./browser.mjs";

const here = fileURLToPath(new URL(".", import.meta.url));
const files = readdirSync(here).filter((name) => name.endsWith(".test.mjs")).map((name) => join(here, name));
const engines = process.env.ENGINE ? [process.env.ENGINE] : Object.keys(ENGINES);
for (const ENGINE of engines) {
  if (engines.length > 1) console.log(`# ${ENGINE}`);
  // One after another: each file starts a browser, and two would make each other slow.
  const { status } = spawnSync(process.execPath, ["--test", "--test-concurrency=1", ...process.argv.slice(2), ...files], { stdio: "inherit", env: { ...process.env, ENGINE } });
  process.exitCode ||= status ?? 1;
}
