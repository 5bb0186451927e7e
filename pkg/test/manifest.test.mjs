// The manifest of the tarball, judged by the two tools that package authors go by.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdirSync, readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { checkPackage, createPackageFromTarballData } from "@arethetypeswrong/core";
import { publint } from "publint";
import { formatMessage } from "publint/utils";

import { folder as installed, packageFolder } from "./installed.mjs";

const folder = join(installed, "packed");
mkdirSync(folder, { recursive: true });
execFileSync("npm", ["pack", "--ignore-scripts", "--pack-destination", folder, packageFolder], { stdio: ["ignore", "ignore", "pipe"], shell: process.platform === "win32" });
const tarball = readFileSync(join(folder, readdirSync(folder)[0]));
const manifest = JSON.parse(readFileSync(join(packageFolder, "package.json"), "utf8"));
/** A file that is no code has no types. */
const WITHOUT_TYPES = ["./core.wasm"];

test("publint has nothing to say", async () => {
  const { messages, pkg } = await publint({ pack: { tarball: tarball.buffer.slice(tarball.byteOffset, tarball.byteOffset + tarball.byteLength) }, strict: true });
  assert.deepEqual(messages.map((message) => formatMessage(message, pkg, { color: false })), []);
});

test("are the types wrong? Not of any entry, from anywhere", async () => {
  const entrypoints = Object.keys(manifest.exports).filter((name) => !name.endsWith(".json") && !WITHOUT_TYPES.includes(name));
  assert.deepEqual(entrypoints, [".", "./slim", "./jwks"]);
  const result = await checkPackage(createPackageFromTarballData(tarball), { entrypoints });
  assert.ok(result.types, "there are types");
  assert.deepEqual(Object.keys(result.entrypoints).sort(), entrypoints.sort());
  assert.deepEqual(result.problems, []);
});
