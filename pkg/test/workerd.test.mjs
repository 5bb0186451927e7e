// In workerd, the runtime of Cloudflare Workers: it compiles modules when it loads a program, and refuses to while it runs.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { copyFileSync, mkdirSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { test } from "node:test";
import { build } from "esbuild";

import { folder as installed, imported as api, packageFolder } from "./installed.mjs";
import { examples } from "./readme.mjs";

const { token, jwks, organization, now, trust } = api.samples();
const input = { token, jwks, organization, now, trust };
const issuer = `https://oidc.circleci.com/org/${organization}`;
const folder = join(installed, "workerd");
mkdirSync(folder, { recursive: true });

/** The tests that run in there; each is the source of a function with `assert`. */
const TESTS = {
  mainEntry: `assert(JSON.stringify(main.inspect(input)) === expected, "another report");`,
  slimEntry: `slim.init(core); slim.init(core); assert(JSON.stringify(slim.inspect(input)) === expected, "another report");`,
  jwksEntry: `const jwks = await fetchJwks(${JSON.stringify(issuer)}); assert(main.verify(input.token, { ...input, token: undefined, trust: undefined, jwks }).verdict === "valid", "not valid");`,
  redirects: `const error = await fetchJwks("https://oidc.circleci.com/moved").catch((error) => error); assert(error.code === "ERR_FETCH" && /not followed/.test(error.message), String(error));`,
  readme: `const ask = (headers) => example.fetch(new Request("https://worker.example/", { headers })).then((answer) => answer.status);
    const now = Date.now; Date.now = () => ${now * 1000};
    try { assert(await ask({ authorization: "Bearer " + input.token }) === 200 && await ask({}) === 401, "another status"); } finally { Date.now = now; }`,
  bytes: `try { new WebAssembly.Module(new Uint8Array([0, 97, 115, 109, 1, 0, 0, 0])); assert(false, "compiled"); } catch (error) { assert(error instanceof WebAssembly.CompileError, String(error)); }`,
};
const WORKER = `
import * as main from "circleci-oidc";
import * as slim from "circleci-oidc/slim";
import { fetchJwks } from "circleci-oidc/jwks";
import core from "circleci-oidc/core.wasm";
import example from "./readme-worker.mjs";
const input = ${JSON.stringify(input)};
const expected = ${JSON.stringify(JSON.stringify(api.inspect(input)))};
const assert = (holds, words) => { if (!holds) throw new Error(words); };
${Object.entries(TESTS).map(([name, code]) => `export const ${name} = { async test() { ${code} } };`).join("\n")}
`;
/** Everything that the worker asks of the network comes here. */
const NETWORK = `
const answers = ${JSON.stringify({ [`${issuer}/.well-known/openid-configuration`]: { issuer, jwks_uri: `${issuer}/keys` }, [`${issuer}/keys`]: jwks })};
export default { fetch: ({ url }) => url in answers ? Response.json(answers[url]) : Response.redirect("https://example.com/", 302) };
`;
const service = (name, modules, more = "") =>
  `(name = "${name}", worker = (compatibilityDate = "2025-01-01", modules = [${modules}]${more}))`;
const CONFIG = `
using Workerd = import "/workerd/workerd.capnp";
const config :Workerd.Config = (services = [
  ${service("worker", `(name = "worker.js", esModule = embed "worker.js"), (name = "core.wasm", wasm = embed "core.wasm")`, `, globalOutbound = "network"`)},
  ${service("network", `(name = "network.js", esModule = embed "network.js")`)},
]);
`;

/** As wrangler bundles: its conditions, and the module left as a file beside the worker. */
async function bundle() {
  writeFileSync(join(installed, "readme-worker.mjs"), examples().find(({ title }) => title === "Cloudflare Workers").code);
  const wasm = {
    name: "wasm",
    setup: ({ onResolve }) => onResolve({ filter: /\.wasm$/ }, () => ({ path: "./core.wasm", external: true })),
  };
  const { metafile } = await build({
    stdin: { contents: WORKER, resolveDir: installed },
    outfile: join(folder, "worker.js"),
    bundle: true,
    format: "esm",
    conditions: ["workerd", "worker", "browser"],
    plugins: [wasm],
    metafile: true,
    logLevel: "warning",
  });
  return Object.keys(metafile.inputs).map((path) => path.replaceAll("\\", "/"));
}

const require = createRequire(import.meta.url);
function runtime() {
  try {
    return { program: require("workerd").default };
  } catch (error) {
    return { skip: `workerd does not come for this machine (${error.message.split("\n")[0]})` };
  }
}
const { program, skip = false } = runtime();

test("the condition leads to the entry that imports the module, and the bundle runs in workerd", { skip }, async () => {
  const inputs = await bundle();
  assert.ok(inputs.some((path) => path.endsWith("dist/workerd.js")) && !inputs.some((path) => /dist\/index\.c?js$/.test(path)), inputs.join());
  copyFileSync(join(packageFolder, "dist/core.wasm"), join(folder, "core.wasm"));
  writeFileSync(join(folder, "network.js"), NETWORK);
  writeFileSync(join(folder, "config.capnp"), CONFIG);
  const { status, stdout, stderr } = spawnSync(program, ["test", "config.capnp"], { cwd: folder, encoding: "utf8", timeout: 120_000 });
  assert.equal(status, 0, stdout + stderr);
  for (const name of Object.keys(TESTS)) assert.match(stderr, new RegExp(`\\[ PASS \\] worker:${name}`), stderr);
});
