// What is in the tarball, and how it is reached.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { readFileSync, readdirSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { test } from "node:test";
import { pathToFileURL } from "node:url";
import { gzipSync } from "node:zlib";

import { forbidden } from "../bundle-report.mjs";
import { folder, imported, packageFolder, root } from "./installed.mjs";
import { source } from "./source.mjs";

const { unlzma } = await source("src/lzma.ts");
const { unsorted } = await source("src/sorted.ts");

const manifest = JSON.parse(readFileSync(join(packageFolder, "package.json"), "utf8"));

test("holds what it needs and nothing else", () => {
  const files = readdirSync(packageFolder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  assert.deepEqual(
    files.map((entry) => join(entry.parentPath ?? entry.path, entry.name).slice(packageFolder.length + 1)).sort(),
    [
      ...["LICENSE-APACHE", "LICENSE-MIT", "README.md", "dist/THIRD-PARTY-NOTICES.txt", "dist/cli.js", "dist/core.wasm"],
      ...["index", "jwks", "slim"].flatMap((entry) => ["cjs", "d.cts", "d.ts", "js"].map((ending) => `dist/${entry}.${ending}`)),
      ...["dist/workerd.js", "package.json"],
    ],
  );
});

test("gives credit to every crate and package that is compiled in", () => {
  const notices = readFileSync(join(packageFolder, "dist/THIRD-PARTY-NOTICES.txt"), "utf8");
  assert.match(notices, /npm packages\.[^]*^yaml [0-9.]+ \(ISC\)$[^]*Copyright Eemeli Aro/m);
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

for (const entry of ["index", "slim", "jwks"]) {
  test(`import and require of ${entry} give the same names, and the types name the same`, async () => {
    const required = createRequire(join(folder, "here.js"))(entry === "index" ? "circleci-oidc" : `circleci-oidc/${entry}`);
    const names = Object.keys(required).sort();
    assert.deepEqual(Object.keys(await import(pathToFileURL(join(packageFolder, `dist/${entry}.js`)).href)).sort(), names);
    assert.deepEqual(declared(entry).sort(), names);
  });
}

/** The names of functions and classes in an entry's types. */
function declared(entry) {
  const types = readFileSync(join(packageFolder, `dist/${entry}.d.ts`), "utf8");
  const own = [...types.matchAll(/^export (?:function|class) (\w+)/gm), ...types.matchAll(/^export \{ (\w+) \}/gm)].map(([, name]) => name);
  return /^export \* from "\.\/index\.js"/m.test(types) ? [...own, ...declared("index")] : own;
}

test("core.wasm is the module that the main entry carries", () => {
  const core = readFileSync(join(packageFolder, "dist/core.wasm"));
  const carried = /"([A-Za-z0-9+/=]{1000,})"/.exec(readFileSync(join(packageFolder, "dist/index.js"), "utf8"))[1];
  assert.ok(Buffer.from(unsorted(unlzma(Buffer.from(carried, "base64")))).equals(core));
});

test("npx finds the command line", () => {
  const output = execFileSync("npx", ["--no-install", "circleci-oidc", "--version"], { cwd: folder, encoding: "utf8", stdio: ["ignore", "pipe", "ignore"], shell: process.platform === "win32" });
  assert.equal(output.trim(), `circleci-oidc ${manifest.version}`);
});

const scripts = readdirSync(join(packageFolder, "dist")).filter((name) => /\.c?js$/.test(name));
for (const name of scripts) {
  test(`${name} neither loads nor generates code, and names no folder of the machine that built it`, () => {
    const code = readFileSync(join(packageFolder, "dist", name), "utf8");
    assert.deepEqual(forbidden(name, code), []);
    assert.ok(!code.includes(root));
    // The one entry that uses the network; the command line reaches it by importing it.
    assert.equal(/\bfetch\s*\(/.test(code), name.startsWith("jwks."));
  });
}

test("what the report forbids is found", () => {
  const bad = ["fetch ('x')", "new Function('x')", "eval('x')", "import('x')", "require('fs')", "process.env", "new XMLHttpRequest"];
  for (const code of bad) {
    for (const name of ["index.js", "slim.cjs", "workerd.js"]) assert.notDeepEqual(forbidden(name, code), [], code);
  }
  for (const code of bad.slice(1)) assert.notDeepEqual(forbidden("jwks.js", code), [], code);
  assert.deepEqual(forbidden("jwks.js", "new WebAssembly.Module(x)"), ["WebAssembly"]);
  assert.deepEqual(forbidden("index.js", `"${"fetch(".repeat(1)}"`), ["fetch("]);
});

test("is within its size", () => {
  const size = gzipSync(readFileSync(join(packageFolder, "dist/index.js")), { level: 9 }).length;
  assert.ok(size <= 260 * 1024, `${size} bytes gzipped`);
});

test("the lock file names no host", () => {
  assert.doesNotMatch(readFileSync(join(root, "pkg/package-lock.json"), "utf8"), /"resolved"/);
});
