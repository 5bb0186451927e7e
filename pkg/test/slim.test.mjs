// The functions without the module inside: what has to be handed over, and in which words it is refused.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { test } from "node:test";
import { pathToFileURL } from "node:url";
import { createContext, runInContext, runInNewContext } from "node:vm";

import { check, tables } from "./cases.mjs";
import { folder, imported as api, packageFolder, root } from "./installed.mjs";

const require = createRequire(join(folder, "here.js"));
const bytes = readFileSync(require.resolve("circleci-oidc/core.wasm"));
const { token } = api.samples();
let count = 0;
/** The entry with a state of its own. */
const fresh = () => import(`${pathToFileURL(join(packageFolder, "dist/slim.js")).href}?${(count += 1)}`);

/** These bytes with each `from` replaced by `to`, which is as long. */
function replaced(from, to) {
  assert.equal(from.length, to.length);
  return Buffer.from(bytes.toString("latin1").replaceAll(from, to), "latin1");
}

const WAYS = {
  "a compiled module": () => new WebAssembly.Module(bytes),
  "a Buffer": () => bytes,
  "an ArrayBuffer": () => new Uint8Array(bytes).buffer,
  "a part of a larger buffer": () => Uint8Array.from([...new Array(8).fill(0), ...bytes, ...new Array(8).fill(0)]).subarray(8, -8),
  "an ArrayBuffer of another realm": () => runInNewContext("{ const copy = new Uint8Array(bytes.length); copy.set(bytes); copy.buffer }", { bytes }),
};
for (const [name, core] of Object.entries(WAYS)) {
  test(`takes ${name}`, async () => {
    const slim = await fresh();
    slim.init(core());
    assert.deepEqual(slim.decode(token), api.decode(token));
  });
}

test("has the names of the main entry, and init; import and require", async () => {
  const names = [...Object.keys(api), "init"].sort();
  assert.deepEqual(Object.keys(await fresh()).sort(), names);
  const required = require("circleci-oidc/slim");
  assert.deepEqual(Object.keys(required).sort(), names);
  required.init(bytes);
  assert.deepEqual(required.samples(), api.samples());
});

test("answers every table as the main entry does", async () => {
  const slim = await fresh();
  slim.init(bytes);
  for (const table of tables(join(root, "tests/cases"))) {
    const failures = table.cases.flatMap((one) => check(slim, table, one).map((why) => `${table.name}, ${one.name}: ${why}`));
    assert.deepEqual(failures, []);
  }
});

test("before init every function says what is missing", async () => {
  const slim = await fresh();
  for (const call of [() => slim.decode(token), () => slim.samples()]) {
    assert.throws(call, (error) => error instanceof slim.CircleciOidcError && error.code === "ERR_WASM" && /call init\(core\) first.*circleci-oidc\/core\.wasm/.test(error.message));
  }
});

test("once it has succeeded, init does nothing more; a failure leaves it to be called again", async () => {
  const slim = await fresh();
  assert.throws(() => slim.init(bytes.subarray(0, 100)), { code: "ERR_WASM" });
  assert.throws(() => slim.decode(token), { code: "ERR_WASM", message: /call init/ });
  assert.equal(slim.init(bytes), undefined);
  slim.init("anything");
  slim.init(bytes);
  assert.equal(slim.decode(token).subject.format, "v1");
});

const empty = Buffer.from([0, 97, 115, 109, 1, 0, 0, 0]);
const { version } = require("circleci-oidc/package.json");
const later = version.replace(/^\d/, "9");
const REFUSED = {
  "nothing": [() => undefined, "ERR_ARGUMENT", /got Undefined$/],
  "null": [() => null, "ERR_ARGUMENT", /got Null$/],
  "a path": [() => "core.wasm", "ERR_ARGUMENT", /expected a WebAssembly\.Module or the bytes of core\.wasm, got String$/],
  "an address": [() => new URL("file:///core.wasm"), "ERR_ARGUMENT", /got URL$/],
  "an answer": [() => new Response(bytes), "ERR_ARGUMENT", /got Response: give/],
  "a promise": [() => WebAssembly.compile(bytes), "ERR_ARGUMENT", /got Promise: await it first$/],
  "a module of another realm": [() => runInNewContext("new WebAssembly.Module(bytes)", { bytes }), "ERR_ARGUMENT", /got WebAssembly\.Module of another realm: give its bytes$/],
  "an instance": [() => new WebAssembly.Instance(new WebAssembly.Module(empty)), "ERR_ARGUMENT", /got WebAssembly\.Instance$/],
  "a page in place of the file": [() => Buffer.from("<!doctype html>"), "ERR_WASM", /could not be started \(CompileError/],
  "no bytes": [() => new ArrayBuffer(0), "ERR_WASM", /could not be started \(CompileError/],
  "half of it": [() => bytes.subarray(0, bytes.length / 2), "ERR_WASM", /could not be started \(CompileError/],
  "another module": [() => empty, "ERR_WASM", /expected the core\.wasm of circleci-oidc \S+, got another module$/],
  "another module, compiled": [() => new WebAssembly.Module(empty), "ERR_WASM", /got another module$/],
  "another version": [() => replaced(`${version}`, later), "ERR_WASM", new RegExp(`expected the core\\.wasm of circleci-oidc ${version}, got that of version ${later}$`)],
  "imports of another build": [() => replaced("__wbindgen_init_externref_table", "__wbindgen_init_externref_tabl3"), "ERR_WASM", /could not be started \(LinkError/],
};
for (const [name, [core, code, words]] of Object.entries(REFUSED)) {
  test(`refuses ${name}`, async () => {
    const slim = await fresh();
    assert.throws(() => slim.init(core()), (error) => {
      assert.ok(error instanceof slim.CircleciOidcError, String(error));
      assert.equal(error.code, code);
      assert.match(error.message, words);
      return true;
    });
  });
}

test("where WebAssembly is missing or forbidden, init says so", () => {
  const code = readFileSync(join(packageFolder, "dist/slim.cjs"), "utf8");
  const inRealm = (prelude) => {
    const context = createContext({ bytes: new Uint8Array(bytes) });
    runInContext(`${prelude}; var module = { exports: {} }; var exports = module.exports;`, context);
    runInContext(code, context);
    return () => runInContext("module.exports.init(bytes)", context);
  };
  assert.throws(inRealm("delete globalThis.WebAssembly"), { code: "ERR_WASM", message: /WebAssembly is not available/ });
  const forbidden = 'WebAssembly.Module = class { constructor() { throw new WebAssembly.CompileError("violates the Content Security policy") } }';
  assert.throws(inRealm(forbidden), { code: "ERR_WASM", message: /'wasm-unsafe-eval'/ });
  assert.doesNotThrow(inRealm(""));
});
