// Where the package runs: realms without TextDecoder, without WebAssembly, workers; and what happens when the core stops.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { createContext, runInContext } from "node:vm";
import { Worker } from "node:worker_threads";

import { folder, imported, packageFolder, required } from "./installed.mjs";

const commonJs = readFileSync(join(packageFolder, "dist/index.cjs"), "utf8");

/** The package in a realm that has the language, WebAssembly, `atob` and these globals, and nothing else: like jsdom. */
function inBareRealm(globals = {}, prelude = "") {
  const context = createContext({ atob, ...globals });
  runInContext(`${prelude}; var module = { exports: {} }; var exports = module.exports;`, context);
  runInContext(commonJs, context);
  return { api: runInContext("module.exports", context), run: (code) => runInContext(code, context) };
}

const token = imported.samples().token;

test("import and require answer the same, twice", () => {
  const input = { ...imported.samples(), cases: undefined };
  const { jwks, organization, now, trust } = input;
  const once = JSON.stringify(imported.inspect({ token, jwks, organization, now, trust }));
  assert.equal(JSON.stringify(imported.inspect({ token, jwks, organization, now, trust })), once);
  assert.equal(JSON.stringify(required.inspect({ token, jwks, organization, now, trust })), once);
});

test("works without TextDecoder and TextEncoder (jsdom), and with characters of every length", () => {
  const { api, run } = inBareRealm();
  assert.equal(run("typeof TextDecoder"), "undefined");
  const claims = { sub: "aé€😀\u{10ffff}\0" };
  const part = Buffer.from(JSON.stringify(claims)).toString("base64url");
  const strange = `${token.split(".")[0]}.${part}.AAAA`;
  assert.equal(JSON.stringify(api.decode(strange)), JSON.stringify(imported.decode(strange)));
  assert.equal(api.decode(strange).claims.sub, claims.sub);
  assert.equal(JSON.stringify(api.detect("😀".repeat(5000))), JSON.stringify(imported.detect("😀".repeat(5000))));
});

test("without WebAssembly the call fails with words, not the import", () => {
  const { api } = inBareRealm({}, "delete globalThis.WebAssembly");
  assert.throws(() => api.decode(token), { name: "CircleciOidcError", code: "ERR_WASM", message: /WebAssembly is not available/ });
});

test("a Content-Security-Policy that forbids WebAssembly is named, with what to add", () => {
  const words = "WebAssembly.Module(): Compiling or instantiating WebAssembly module violates the following Content Security policy directive";
  const { api } = inBareRealm({}, `WebAssembly.Module = class { constructor() { throw new WebAssembly.CompileError(${JSON.stringify(words)}); } }`);
  assert.throws(() => api.decode(token), { code: "ERR_WASM", message: /'wasm-unsafe-eval'/ });
});

test("after a trap the call fails with words and the next one starts afresh", () => {
  const { api, run } = inBareRealm(
    {},
    `var started = 0, traps = 0; WebAssembly.Instance = new Proxy(WebAssembly.Instance, {
      construct(target, args) {
        started += 1;
        const { exports } = new target(...args);
        return { exports: { ...exports, call(...rest) { if (traps > 0) { traps -= 1; throw new WebAssembly.RuntimeError("unreachable"); } return exports.call(...rest); } } };
      },
    })`,
  );
  const before = JSON.stringify(api.decode(token));
  assert.equal(run("started"), 1);
  run("traps = 1");
  assert.throws(() => api.decode(token), (error) => error.code === "ERR_WASM" && /unreachable/.test(error.message) && /starts afresh/.test(error.message) && error.cause?.message === "unreachable");
  assert.equal(JSON.stringify(api.decode(token)), before);
  assert.equal(run("started"), 2);
});

test("works in a worker", async () => {
  const worker = new Worker(
    `const { parentPort, workerData } = require("node:worker_threads");
     parentPort.postMessage(require(workerData.path).decode(workerData.token).subject.format);`,
    { eval: true, workerData: { path: join(packageFolder, "dist/index.cjs"), token } },
  );
  const answer = await new Promise((resolve, reject) => worker.once("message", resolve).once("error", reject));
  assert.equal(answer, "v1");
});

test("resolves from import and from require in a folder of its own", () => {
  const run = (args) => execFileSync(process.execPath, args, { cwd: folder, encoding: "utf8" }).trim();
  const token = JSON.stringify("a.b.c");
  assert.equal(run(["--input-type=module", "-e", `import { decode } from "circleci-oidc"; console.log(decode(${token}).subject.format)`]), "other");
  assert.equal(run(["-e", `console.log(require("circleci-oidc").decode(${token}).subject.format)`]), "other");
  assert.equal(run(["-p", `require("circleci-oidc/package.json").name`]), "circleci-oidc");
});

test("importing does no work: nothing is compiled before the first call", () => {
  const { run } = inBareRealm({}, "var compiled = 0; WebAssembly.Module = new Proxy(WebAssembly.Module, { construct(...args) { compiled += 1; return Reflect.construct(...args); } })");
  assert.equal(run("compiled"), 0);
  run("module.exports.decode('a.b.c'); module.exports.decode('a.b.c')");
  assert.equal(run("compiled"), 1);
});
