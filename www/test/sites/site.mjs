// A built documentation site, served with a strict policy, and what has to hold of the frame in each.
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { once } from "node:events";
import { existsSync, readFileSync, statSync } from "node:fs";
import { createServer } from "node:http";
import { extname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

import { samples } from "../../../pkg/dist/index.js";
import { put, until } from "../browser.mjs";

/** Where `cargo xtask test sites` builds them. */
export const SITES = resolve(process.env.SITES ?? fileURLToPath(new URL("../../../target/sites", import.meta.url)));
const TYPES = { ".html": "text/html", ".js": "text/javascript", ".css": "text/css", ".json": "application/json", ".svg": "image/svg+xml", ".png": "image/png", ".xml": "application/xml" };
const TEXTS = [".html", ".js", ".json", ".xml"];
const FRAME = "/embed.html";

const { token } = samples();
export const claims = Buffer.from(token.split(".")[1], "base64url").toString();

/** A site's built folder. */
export const built = (name) => join(SITES, name, "html");

/**
 * Serves a folder to this machine. `headers` tells those of a file, by its path and content; `others` has texts that stand in
 * place of files, or functions that change them.
 */
export async function serve(folder, headers, others = {}) {
  // Browsers ask for one where a site has none.
  const given = { "/favicon.ico": "", ...others };
  const server = createServer((request, response) => {
    const path = decodeURIComponent(new URL(request.url, "http://host").pathname).replace(/\/$/, "/index.html");
    const file = join(folder, path);
    const other = given[path];
    const isFile = file.startsWith(folder) && existsSync(file) && !statSync(file).isDirectory();
    if (!isFile && other === undefined) return void response.writeHead(404).end();
    const stored = () => (TEXTS.includes(extname(file)) ? readFileSync(file, "utf8") : readFileSync(file));
    const content = typeof other === "function" ? other(stored(), request.headers.host) : (other ?? stored());
    response.writeHead(200, { "Content-Type": TYPES[extname(file)] ?? "application/octet-stream", ...headers(path, content) }).end(content);
  });
  await once(server.listen(0, "127.0.0.1"), "listening");
  const close = () => {
    server.closeAllConnections();
    server.close();
  };
  return { url: `http://127.0.0.1:${server.address().port}`, host: `127.0.0.1:${server.address().port}`, close };
}

/** What the page's own `_headers` says of embed.html. */
export function embedHeaders() {
  const text = readFileSync(new URL("../../dist/_headers", import.meta.url), "utf8");
  const rules = text.split(/\n(?=\/)/).find((part) => part.startsWith("/embed.html\n"));
  return Object.fromEntries(rules.split("\n").slice(1).filter(Boolean).map((line) => [line.slice(0, line.indexOf(":")).trim(), line.slice(line.indexOf(":") + 1).trim()]));
}

/** The strictest policy that a generator's own pages work with: their inline scripts by their hashes, and nothing from elsewhere. */
export function strictly(frames = "'self'") {
  return (path, content) => {
    if (path.endsWith(FRAME)) return embedHeaders();
    if (!path.endsWith(".html")) return {};
    const scripts = [...content.matchAll(/<script(?![^>]*\bsrc=)[^>]*>([^]*?)<\/script>/g)].map(([, text]) => `'sha256-${createHash("sha256").update(text).digest("base64")}'`);
    const policy = `default-src 'none'; script-src 'self' ${scripts.join(" ")}; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self'; connect-src 'self'; worker-src 'self'; frame-src ${frames}; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`;
    return { "Content-Security-Policy": policy };
  };
}

/** A tab that remembers what its console says and every message that its page gets. */
export async function visit(browser, url, { theme = "light", width = 1360, height = 1000 } = {}) {
  const page = await browser.newPage();
  page.said = [];
  page.on("console", (message) => page.said.push(message.text()));
  page.on("pageerror", (error) => page.said.push(error.message));
  await page.evaluateOnNewDocument(() => {
    globalThis.heard = [];
    addEventListener("message", ({ data, origin }) => heard.push({ data, origin }));
  });
  await page.setViewport({ width, height });
  await page.emulateMediaFeatures([{ name: "prefers-color-scheme", value: theme }]);
  await page.goto(url);
  return page;
}

/** The frame, once it shows its fields. */
export async function frameOf(page) {
  const end = Date.now() + 20_000;
  for (;;) {
    const frame = page.frames().find((one) => one.url().endsWith(FRAME));
    if (frame && (await frame.evaluate(() => document.querySelector("#entry") !== null).catch(() => false))) return frame;
    if (Date.now() > end) throw new Error(`no frame in ${page.url()}; the console said: ${page.said.join(" | ")}`);
    await new Promise((done) => setTimeout(done, 50));
  }
}

export const paste = (frame, text, field = "entry") => frame.evaluate(put, field, text);

/** Waits until the frame shows this word as its decision. */
export const decided = (frame, word) => until(frame, (wanted) => document.querySelector(".panel .badge")?.innerText.includes(wanted), word);

/** A reader pastes claims and chooses roles: the frame judges by them and gets its height, and nothing comes out. */
export async function judges(page) {
  const frame = await frameOf(page);
  await until(frame, () => /user\/\*"/.test(document.querySelector("#configurations").value));
  await paste(frame, claims);
  await decided(frame, "Allowed");
  await fits(page, frame);
  await page.select(".circleci-oidc select", await page.$eval(".circleci-oidc option:nth-child(2)", ({ value }) => value));
  await decided(frame, "Denied");
  await fits(page, frame);
  await quiet(page);
}

/** The frame has the height that its content needs: no bar to scroll it, and no more than a line of nothing. */
async function fits(page, frame) {
  const end = Date.now() + 5_000;
  for (;;) {
    const height = await page.$eval(".circleci-oidc iframe", ({ clientHeight }) => clientHeight);
    const needed = await frame.evaluate(() => Math.ceil(document.body.getBoundingClientRect().height));
    if (height === needed) return;
    if (Date.now() > end) assert.fail(`the frame has ${height} pixels and needs ${needed}`);
    await new Promise((done) => setTimeout(done, 50));
  }
}

/** Nothing of what was pasted was told to the page around, and the console is empty. */
export async function quiet(page) {
  const heard = await page.evaluate(() => JSON.stringify(globalThis.heard));
  assert.match(heard, /circleci-oidc\/resize/);
  const { sub, aud, jti } = JSON.parse(claims);
  for (const secret of [sub, String(aud), jti, "project/", "oidc.circleci.com"].filter(Boolean)) assert.ok(!heard.includes(secret), heard);
  assert.deepEqual(new Set(JSON.parse(heard).map(({ data }) => Object.keys(data).sort().join())), new Set(["type", "height,type", ...(heard.includes("/verdict") ? ["type,verdict"] : [])]));
  assert.deepEqual(page.said, []);
}

/** The frame's theme follows the site's own switch. */
export async function follows(page, change, theme) {
  const frame = await frameOf(page);
  await page.evaluate(change);
  await until(frame, (wanted) => document.documentElement.dataset.theme === wanted, theme);
}

/** On a phone, and in a column, nothing is wider than the frame. */
export async function isNarrow(page) {
  const frame = await frameOf(page);
  for (const width of [320, 900]) {
    await page.setViewport({ width, height: 900 });
    await until(frame, () => document.documentElement.scrollWidth <= innerWidth);
  }
}
