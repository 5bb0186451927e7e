// Makes the page: one HTML file with script, style and wasm inside, and a policy that allows nothing else.
// node build.mjs [--fetching FOLDER]: with it, into that folder, the page that may ask CircleCI for a key set.
import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { build } from "esbuild";

import { forbidden } from "../pkg/bundle-report.mjs";

/** Largest gzipped size of the page, and of the one that also holds the code that fetches. */
const BUDGETS = { page: 280 * 1024, fetching: 284 * 1024 };
/** The one origin that the other build may ask. */
const ISSUERS = "https://oidc.circleci.com";

/** The folders of the npm packages that are bundled. */
const packages = new Set();
const here = dirname(fileURLToPath(import.meta.url));
const core = resolve(here, "../pkg/dist/index.js");
const [option, folder] = process.argv.slice(2);
if (option !== undefined && (option !== "--fetching" || folder === undefined)) fail("usage: node build.mjs [--fetching FOLDER]");
const isFetching = option !== undefined;
const dist = isFetching ? resolve(folder) : join(here, "dist");

const script = stamped(await bundle(isFetching ? "src/fetching.ts" : "src/main.ts", { format: "iife", target: ["es2022"], charset: "ascii" }));
const style = await bundle("src/style.css", {});
if (/<\/script/i.test(script) || /<!--/.test(script)) fail("the script holds text that would end it inside HTML");
if (/<\/style/i.test(style)) fail("the style sheet holds text that would end it inside HTML");
// The same rules as for the package: the ordinary page has nothing that could ask for anything.
const found = isFetching ? [] : forbidden("index.html", script);
if (found.length > 0) fail(`the page must not hold ${found.join(", ")}`);

const policy = [
  "default-src 'none'",
  `script-src '${hash(script)}' 'wasm-unsafe-eval'`,
  `style-src '${hash(style)}'`,
  "img-src data:",
  ...(isFetching ? [`connect-src ${ISSUERS}`] : []),
  "base-uri 'none'",
  "form-action 'none'",
  "require-trusted-types-for 'script'",
  "trusted-types lit-html",
].join("; ");

const source = readFileSync(join(here, "src/index.html"), "utf8");
const page = (embed) => fill(source.replace(/^ +/gm, ""), { EMBED: embed ? " data-embed" : "", POLICY: policy, STYLE: style, SCRIPT: script });
const pages = { "index.html": page(false), "embed.html": page(true) };
const size = gzipSync(pages["index.html"], { level: 9 }).length;

rmSync(dist, { recursive: true, force: true });
mkdirSync(dist, { recursive: true });
for (const [name, content] of Object.entries(pages)) writeFileSync(join(dist, name), content);
for (const name of ["_headers", "nginx.conf", "host.js"]) writeFileSync(join(dist, name), fill(readFileSync(join(here, "host", name), "utf8"), { POLICY: policy }));

writeFileSync(join(dist, "THIRD-PARTY-NOTICES.txt"), notices());

const kib = (bytes) => `${(bytes / 1024).toFixed(1)} KiB`;
const budget = isFetching ? BUDGETS.fetching : BUDGETS.page;
console.log(`index.html ${kib(pages["index.html"].length)}, ${kib(size)} gzip (limit ${kib(budget)})`);
if (size > budget) fail(`index.html has ${size} bytes gzipped; the limit is ${budget}`);

async function bundle(entry, options) {
  const { outputFiles, metafile } = await build({
    metafile: true,
    entryPoints: [join(here, entry)],
    bundle: true,
    write: false,
    minify: true,
    legalComments: "inline",
    logLevel: "warning",
    alias: { "circleci-oidc": core },
    define: { __BUILD__: '"@@BUILD@@"', __FETCHING__: String(isFetching) },
    ...options,
  });
  for (const input of Object.keys(metafile.inputs)) {
    const folder = /^.*node_modules\/(?:@[^/]+\/)?[^/]+(?=\/)/.exec(input)?.[0];
    if (folder !== undefined) packages.add(resolve(folder));
  }
  return outputFiles[0].text.trim();
}

/** What the package says of its parts, and the page's own. */
function notices() {
  const of = (folder) => {
    const { name, version, license } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
    return `${name} ${version} (${license})\n\n${readFileSync(join(folder, "LICENSE"), "utf8").trim()}\n`;
  };
  const ofPackage = readFileSync(resolve(here, "../pkg/dist/THIRD-PARTY-NOTICES.txt"), "utf8");
  return [ofPackage, "The page, index.html and embed.html, holds the core and code of these npm packages.\n", ...[...packages].sort().map(of)].join(`\n${"-".repeat(80)}\n\n`);
}

/** With a hash of itself in the place that the footer shows. */
function stamped(code) {
  return fill(code, { BUILD: createHash("sha256").update(code).digest("hex").slice(0, 12) });
}

function fill(text, values) {
  return text.replace(/@@([A-Z]+)@@/g, (whole, name) => values[name] ?? whole);
}

function hash(text) {
  return `sha256-${createHash("sha256").update(text).digest("base64")}`;
}

function fail(message) {
  console.error(`build.mjs: ${message}`);
  process.exit(1);
}
