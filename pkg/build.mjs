#!/usr/bin/env node
// Builds pkg/dist/ from what wasm-bindgen wrote: node build.mjs --core DIR
// DIR holds core.js and core_bg.wasm (--target web --omit-default-module-path --out-name core), already through wasm-opt.
import { chmodSync, copyFileSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { homedir } from "node:os";
import { dirname, join, resolve, sep } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { gzipSync } from "node:zlib";
import { build } from "esbuild";

import { forbidden } from "./bundle-report.mjs";
import { notices } from "./notices.mjs";
import { pack } from "./pack.mjs";

/** Largest gzipped size of index.js. */
const BUDGET = 250 * 1024;

const here = dirname(fileURLToPath(import.meta.url));
const dist = join(here, "dist");
const { version } = JSON.parse(readFileSync(join(here, "package.json"), "utf8"));

const { values } = parseArgs({ options: { core: { type: "string" } } });
if (values.core === undefined) fail("say where wasm-bindgen's output is: node build.mjs --core DIR");
const core = resolve(values.core);
const wasm = read(join(core, "core_bg.wasm"));
read(join(core, "core.js"));

/** The folders of the npm packages that are bundled. */
const packages = new Set();
const shared = { bundle: true, write: false, platform: "neutral", target: ["es2022"], charset: "ascii", legalComments: "none", logLevel: "warning" };
const glue = await factory();
const payload = pack(wasm).toString("base64");

/** An entry of the package, for `import` and `require`. `module`: where it has the wasm module from. */
async function entry(name, module, formats = { js: "esm", cjs: "cjs" }) {
  const options = {
    ...shared,
    entryPoints: [join(here, `src/${name}.ts`)],
    minify: true,
    banner: { js: `/*! circleci-oidc ${version}, MIT OR Apache-2.0. */` },
    define: { __VERSION__: JSON.stringify(version) },
    external: ["./core.wasm"],
    plugins: [{ name: "core", setup: (build) => resolveCore(build, module) }],
  };
  const made = Object.entries(formats).map(async ([ending, format]) => [`${name}.${ending}`, await bundle({ ...options, format })]);
  return Object.fromEntries(await Promise.all(made));
}

const outputs = {
  ...(await entry("index", "inlined")),
  ...(await entry("slim", "given")),
  ...(await entry("workerd", "imported", { js: "esm" })),
  ...(await entry("jwks")),
  "cli.js": await bundle({
    ...shared,
    entryPoints: [join(here, "src/cli/main.ts")],
    format: "esm",
    platform: "node",
    target: ["node20"],
    plugins: [{ name: "package", setup: resolvePackage }],
    define: { __VERSION__: JSON.stringify(version), __CODES__: JSON.stringify(codes()) },
  }),
};

for (const [name, code] of Object.entries(outputs)) {
  const found = forbidden(name, code);
  if (found.length > 0) fail(`${name} must not hold ${found.join(", ")}`);
}
// Panic messages name source files; none may tell where this was built.
for (const folder of [homedir(), resolve(here, "..")]) {
  if (wasm.includes(`${folder}${sep}`)) fail(`core_bg.wasm names files in ${folder}: build it with cargo xtask build, which maps paths`);
}
const packed = (content) => gzipSync(content, { level: 9 }).length;
const gzipped = packed(outputs["index.js"]);

rmSync(dist, { recursive: true, force: true });
mkdirSync(dist, { recursive: true });
for (const [name, code] of Object.entries(outputs)) writeFileSync(join(dist, name), code);
chmodSync(join(dist, "cli.js"), 0o755);
writeFileSync(join(dist, "core.wasm"), wasm);
writeFileSync(join(dist, "THIRD-PARTY-NOTICES.txt"), notices(resolve(here, ".."), [...packages]));
for (const name of ["index", "slim", "jwks"]) {
  const types = readFileSync(join(here, `types/${name}.d.ts`), "utf8");
  writeFileSync(join(dist, `${name}.d.ts`), types);
  // A CommonJS file may not take its types from a module's.
  writeFileSync(join(dist, `${name}.d.cts`), types.replaceAll('"./index.js"', '"./index.cjs"'));
}
// npm takes nothing from outside the package's folder.
for (const name of ["LICENSE-MIT", "LICENSE-APACHE"]) copyFileSync(join(here, "..", name), join(here, name));

const kib = (bytes) => `${(bytes / 1024).toFixed(1)} KiB`;
const others = Object.entries({ ...outputs, "core.wasm": wasm }).filter(([name]) => /^(slim|workerd|jwks)\.js$|wasm$/.test(name));
console.log(`gzip: ${others.map(([name, content]) => `${name} ${kib(packed(content))}`).join(", ")}`);
console.log(`index.js ${kib(outputs["index.js"].length)}, ${kib(gzipped)} gzip (limit ${kib(BUDGET)}); core.wasm ${kib(wasm.length)}`);
if (gzipped > BUDGET) fail(`index.js has ${gzipped} bytes gzipped; the limit is ${BUDGET}`);

/** wasm-bindgen's module as a function that makes a fresh one each time. Only what is used of it stays: the parts that
 *  would load over the network fall out. */
async function factory() {
  const names = "{ initSync, call }";
  // Handed out through a variable around it: esbuild's own way would bring an imitation of CommonJS modules.
  const stdin = { contents: `import ${names} from "./core.js"; core = ${names};`, resolveDir: core, loader: "js" };
  const code = await bundle({ ...shared, stdin, format: "iife" });
  return `export function create(TextDecoder) { let core;\n${code}\nreturn core; }`;
}

function resolvePackage({ onResolve }) {
  // The entries beside it. The slim one: the command line reads core.wasm, which is faster than unpacking it at every start.
  onResolve({ filter: /^circleci-oidc(\/(jwks|slim))?$/ }, ({ path }) => ({ path: path.endsWith("/jwks") ? "./jwks.js" : "./slim.js", external: true }));
  // Its form for Node is made of CommonJS modules, which esbuild could only imitate.
  onResolve({ filter: /^yaml$/ }, () => ({ path: join(here, "node_modules/yaml/browser/dist/index.js") }));
}

function resolveCore({ onResolve, onLoad }, module) {
  onResolve({ filter: /^virtual:module$/ }, () => ({ path: join(here, `src/module/${module}.ts`) }));
  onResolve({ filter: /^virtual:(glue|payload)$/ }, ({ path }) => ({ path, namespace: "core" }));
  onLoad({ filter: /glue$/, namespace: "core" }, () => ({ contents: glue, loader: "js" }));
  onLoad({ filter: /payload$/, namespace: "core" }, () => ({
    contents: `export const payload = ${JSON.stringify(payload)};`,
    loader: "js",
  }));
}

/** The table of codes, which a test holds against the core. */
function codes() {
  const table = readFileSync(resolve(here, "../docs/codes.md"), "utf8");
  return Object.fromEntries([...table.matchAll(/^\| `([^`]+)` \| (.+) \|$/gm)].map(([, code, meaning]) => [code, meaning]));
}

async function bundle(options) {
  const { outputFiles, metafile } = await build({ ...options, metafile: true });
  for (const input of Object.keys(metafile.inputs)) {
    const folder = /^.*node_modules\/(?:@[^/]+\/)?[^/]+(?=\/)/.exec(input)?.[0];
    if (folder !== undefined) packages.add(resolve(folder));
  }
  return outputFiles[0].text;
}

function read(path) {
  try {
    return readFileSync(path);
  } catch (error) {
    return fail(`${path} cannot be read (${error.code}); run: cargo xtask build`);
  }
}

function fail(message) {
  console.error(`build.mjs: ${message}`);
  process.exit(1);
}
