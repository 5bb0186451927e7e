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
  // Each file starts a browser. Two at once take two thirds of the time on two cores; more would only make each other slow.
  const { status } = spawnSync(process.execPath, ["--test", "--test-concurrency=2", ...process.argv.slice(2), ...files], { stdio: "inherit", env: { ...process.env, ENGINE } });
  process.exitCode ||= status ?? 1;
}
