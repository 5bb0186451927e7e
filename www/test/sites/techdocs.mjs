// A built TechDocs page, put through the sanitizer that Backstage publishes, on a host beside the one that has embed.html.
import { fileURLToPath } from "node:url";
import { join } from "node:path";
import { build } from "esbuild";

import { until } from "../browser.mjs";
import { SITES, built, embedHeaders, serve, visit } from "./site.mjs";

const local = (name) => fileURLToPath(new URL(name, import.meta.url));
const READER = '<!doctype html><html lang="en"><meta charset="utf-8"><title>TechDocs</title><link rel="icon" href="data:,"><style>body { margin: 0; font-family: sans-serif }</style><div id="reader"></div><script type="module" src="reader.js"></script></html>';

/** Both hosts. */
export async function hosts() {
  const modules = join(SITES, "sanitizer/node_modules");
  const { outputFiles } = await build({
    entryPoints: [local("reader.mjs")],
    bundle: true,
    write: false,
    format: "esm",
    logLevel: "error",
    nodePaths: [modules],
    alias: {
      sanitizer: join(modules, "@backstage/plugin-techdocs/dist/reader/transformers/html/transformer.esm.js"),
      react: local("backstage.mjs"),
      "@backstage/core-plugin-api": local("backstage.mjs"),
    },
  });
  const tools = await serve(join(built("techdocs"), "circleci-oidc"), embedHeaders);
  // What Backstage's own policy says, and the one line that lets the frame in.
  const policy = `default-src 'self'; script-src 'self' 'unsafe-eval'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; frame-src 'self' ${tools.url}`;
  const docs = await serve(built("techdocs"), () => ({ "Content-Security-Policy": policy }), {
    "/reader.html": READER,
    "/reader.js": outputFiles[0].text,
    // Its fonts come from elsewhere, where a test does not go.
    "/index.html": (page) => page.replaceAll("https://tools.example.com/circleci-oidc", tools.url).replace(/<link[^>]*fonts\.g[^>]*>/g, ""),
  });
  const close = () => [tools, docs].forEach((one) => one.close());
  return { tools, docs, close };
}

/** The page as a reader of TechDocs gets it. `allowed`: whether the host of the frame is in `allowedIframeHosts`. */
export async function read(browser, { tools, docs }, allowed, options) {
  const page = await visit(browser, `${docs.url}/reader.html${allowed ? `?allowedIframeHosts=${tools.host}` : ""}`, options);
  await until(page, () => document.documentElement.dataset.shown !== undefined);
  return page;
}
