// What is in the tarball, and how it is reached.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { gzipSync } from "node:zlib";

import { forbidden } from "../bundle-report.mjs";
import { folder, imported, packageFolder, required, root } from "./installed.mjs";

const manifest = JSON.parse(readFileSync(join(packageFolder, "package.json"), "utf8"));

test("holds what it needs and nothing else", () => {
  const files = readdirSync(packageFolder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  assert.deepEqual(
    files.map((entry) => join(entry.parentPath ?? entry.path, entry.name).slice(packageFolder.length + 1)).sort(),
    ["LICENSE-APACHE", "LICENSE-MIT", "README.md", "dist/THIRD-PARTY-NOTICES.txt", "dist/cli.js", "dist/index.cjs", "dist/index.d.cts", "dist/index.d.ts", "dist/index.js", "package.json"],
  );
});

test("gives credit to every crate that is compiled in", () => {
  const notices = readFileSync(join(packageFolder, "dist/THIRD-PARTY-NOTICES.txt"), "utf8");
  for (const crate of ["hifijson", "jsonwebtoken", "serde_json", "sha2", "time"]) {
    assert.match(notices, new RegExp(`^${crate} [0-9.]+ `, "m"));
  }
  assert.doesNotMatch(notices, /^(crypto-bigint|p256|proptest|syn|wasm-bindgen-test) /m);
  assert.deepEqual([...notices.matchAll(/^(\S+) brings no text of its licence/gm)].map(([, crate]) => crate), ["hifijson", "rlsf"]);
});

test("installs nothing beside itself", () => {
  assert.deepEqual(readdirSync(join(folder, "node_modules")).filter((name) => !name.startsWith(".")), ["circleci-oidc"]);
  assert.equal(manifest.dependencies, undefined);
});

test("has the version of the crate, and reports it", () => {
  const crate = /^version = "(.+)"$/m.exec(readFileSync(join(root, "Cargo.toml"), "utf8"))[1];
  assert.equal(manifest.version, crate);
  assert.equal(imported.inspect({ token: "a.b.c", now: 0 }).engine.version, crate);
});

test("import and require give the same names, and the types name the same", () => {
  const names = Object.keys(required).sort();
  assert.deepEqual(Object.keys(imported).sort(), names);
  const types = readFileSync(join(packageFolder, "dist/index.d.ts"), "utf8");
  const declared = [...types.matchAll(/^export (?:function|class) (\w+)/gm)].map(([, name]) => name).sort();
  assert.deepEqual(declared, names);
});

test("npx finds the command line", () => {
  const output = execFileSync("npx", ["--no-install", "circleci-oidc", "--version"], { cwd: folder, encoding: "utf8", stdio: ["ignore", "pipe", "ignore"], shell: process.platform === "win32" });
  assert.equal(output.trim(), `circleci-oidc ${manifest.version}`);
});

for (const name of ["index.js", "index.cjs", "cli.js"]) {
  test(`${name} neither loads nor generates code, and names no folder of the machine that built it`, () => {
    const code = readFileSync(join(packageFolder, "dist", name), "utf8");
    assert.deepEqual(forbidden(name, code), []);
    assert.ok(!code.includes(root));
  });
}

test("what the report forbids is found", () => {
  const bad = ["fetch ('x')", "new Function('x')", "eval('x')", "import('x')", "require('fs')", "process.env", "new XMLHttpRequest"];
  for (const code of bad) assert.notDeepEqual(forbidden("index.js", code), [], code);
  assert.deepEqual(forbidden("index.js", `"${"fetch(".repeat(1)}"`), ["fetch("]);
});

test("is within its size", () => {
  const size = gzipSync(readFileSync(join(packageFolder, "dist/index.js")), { level: 9 }).length;
  assert.ok(size <= 150 * 1024, `${size} bytes gzipped`);
});

test("the lock file names no host", () => {
  assert.doesNotMatch(readFileSync(join(root, "pkg/package-lock.json"), "utf8"), /"resolved"/);
});
