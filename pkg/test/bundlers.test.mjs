// What bundlers make of the package in their default configuration: the bundle runs by itself, with nothing of the package
// beside it, and holds no more than what is used.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdirSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { test } from "node:test";
import { nodeResolve } from "@rollup/plugin-node-resolve";
import { build } from "esbuild";
import { rollup } from "@rollup/wasm-node";

import { folder as installed, imported as api } from "./installed.mjs";

const webpack = createRequire(import.meta.url)("webpack");
const { token } = api.samples();

/** The file's bytes as the default export. No default of any of them, but a line in each one's configuration. */
const wasmAsBytes = {
  name: "wasm",
  load: (id) => (id.endsWith(".wasm") ? `export default Uint8Array.from(atob("${readFileSync(id, "base64")}"), (c) => c.charCodeAt(0));` : null),
};

/** Bundle `input` to `output`. */
const BUNDLERS = {
  async esbuild(input, output) {
    await build({ entryPoints: [input], outfile: output, bundle: true, format: "esm", target: "node20", loader: { ".wasm": "binary" }, logLevel: "error" });
  },
  async rollup(input, output) {
    const onwarn = (warning) => {
      throw new Error(warning.message);
    };
    const bundle = await rollup({ input, plugins: [nodeResolve(), wasmAsBytes], onwarn });
    await bundle.write({ file: output, format: "es" });
    await bundle.close();
  },
  async webpack(input, output, minimize) {
    const rules = [{ test: /\.wasm$/, type: "asset/bytes" }];
    const compiler = webpack({
      mode: "production",
      // What is not used leaves a module with the minimizer only, which takes most of the time.
      optimization: { minimize },
      entry: input,
      output: { path: dirname(output), filename: "bundle.mjs", module: true },
      experiments: { outputModule: true },
      module: { rules },
    });
    const stats = await new Promise((resolve, reject) => compiler.run((error, stats) => (error ? reject(error) : resolve(stats))));
    await new Promise((resolve) => compiler.close(resolve));
    assert.deepEqual(stats.toJson({ errors: true, warnings: true }).errors, []);
  },
};

/** Name: the program; what it prints, if it is run; the most that its bundle has; what must not be in it. */
const PROGRAMS = {
  "the main entry": { code: `import { decode } from "circleci-oidc"; console.log(decode(${JSON.stringify(token)}).subject.format);`, prints: "v1" },
  "the main entry, required": { code: `const { decode } = require("circleci-oidc"); console.log(decode(${JSON.stringify(token)}).subject.format);`, prints: "v1", commonJs: true },
  "slim with core.wasm": {
    code: `import { decode, init } from "circleci-oidc/slim"; import core from "circleci-oidc/core.wasm"; init(core); console.log(decode(${JSON.stringify(token)}).subject.format);`,
    prints: "v1",
  },
  "jwks alone": { code: `import { fetchJwks } from "circleci-oidc/jwks"; fetchJwks("x").catch(({ code }) => console.log(code));`, prints: "ERR_ARGUMENT", most: 8 * 1024, without: /WebAssembly|[A-Za-z0-9+/]{1000}/ },
  "the error alone": { code: `import { CircleciOidcError } from "circleci-oidc"; console.log(typeof CircleciOidcError);`, prints: "function", most: 4 * 1024, without: /WebAssembly|[A-Za-z0-9+/]{1000}/ },
  "nothing of it": { code: `import "circleci-oidc"; import "circleci-oidc/slim"; import "circleci-oidc/jwks"; console.log("done");`, prints: "done", most: 1024, without: /CircleciOidcError/ },
};

for (const [bundler, bundle] of Object.entries(BUNDLERS)) {
  for (const [index, [name, { code, prints, commonJs, most = Infinity, without = /^$/ }]] of Object.entries(PROGRAMS).entries()) {
    // Rollup takes CommonJS with a further plugin only.
    if (commonJs && bundler === "rollup") continue;
    test(`${bundler}: ${name}`, async () => {
      // The output lies elsewhere, so that it finds nothing of the package.
      const cwd = join(installed, "bundles", `${bundler}-${index}`);
      mkdirSync(cwd, { recursive: true });
      const input = join(installed, `${bundler}-${index}.${commonJs ? "cjs" : "mjs"}`);
      writeFileSync(input, code);
      await bundle(input, join(cwd, "bundle.mjs"), most < Infinity);
      // A minimizer may put the line that names the licence into a file of its own.
      assert.deepEqual(readdirSync(cwd).filter((file) => !file.endsWith(".txt")), ["bundle.mjs"]);
      const text = readFileSync(join(cwd, "bundle.mjs"), "utf8");
      assert.ok(text.length <= most, `${text.length} characters`);
      assert.ok(!without.test(text), `it holds ${without.exec(text)?.[0].slice(0, 40)}`);
      const { status, stdout, stderr } = spawnSync(process.execPath, ["bundle.mjs"], { cwd, encoding: "utf8", env: {} });
      // Node shows the line that failed, which may be the whole package.
      assert.deepEqual([status, stdout.trim()], [0, prints], stderr.slice(-500));
    });
  }
}
