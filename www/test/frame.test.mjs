// embed.html in another page's frame: what the host may set, and that nothing of a token comes out. And the page where
// WebAssembly is forbidden.
import assert from "node:assert/strict";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { pathToFileURL } from "node:url";

import { samples } from "../../pkg/dist/index.js";
import { file, launch, trySample, until } from "./browser.mjs";

const { cases, token, now } = samples();
const { policy } = cases.find(({ name }) => name === "one-project").trust;
const claims = Buffer.from(token.split(".")[1], "base64url").toString();

let browser, folder;
before(async () => {
  browser = await launch();
  folder = mkdtempSync(join(tmpdir(), "circleci-oidc-page-"));
});
after(async () => {
  await browser?.close();
  rmSync(folder, { recursive: true, force: true });
});

async function host(name) {
  const path = join(folder, "host.html");
  writeFileSync(path, `<!doctype html><title>host</title><script>heard = []; addEventListener("message", ({ data, source }) => { if (source === document.querySelector("iframe").contentWindow) heard.push(data); })</script><iframe title="frame" sandbox="allow-scripts" width="800" height="600" src="${file(name)}"></iframe>`);
  const page = await browser.newPage();
  await page.goto(pathToFileURL(path).href);
  return page;
}

const said = (page, type) => page.evaluate((wanted) => heard.filter((message) => message.type === wanted), `circleci-oidc/${type}`);

test("a host sets configurations and claims, and hears height and verdict alone", async () => {
  const page = await host("embed.html");
  await until(page, () => heard.some(({ type }) => type === "circleci-oidc/ready"));
  await page.evaluate((message) => document.querySelector("iframe").contentWindow.postMessage(message, "*"), { type: "circleci-oidc/set", configurations: policy, claims, now, theme: "dark", verdict: true });
  await until(page, () => heard.some(({ type, verdict }) => type === "circleci-oidc/verdict" && verdict[0]?.decision === "allow"));
  assert.deepEqual((await said(page, "verdict")).at(-1).verdict, [{ provider: "aws", decision: "allow" }]);
  assert.ok((await said(page, "resize")).at(-1).height > 300);
  const heard = await page.evaluate(() => JSON.stringify(globalThis.heard));
  for (const part of [token.slice(0, 30), JSON.parse(claims).sub, "oidc.circleci.com"]) assert.ok(!heard.includes(part), heard);
  await page.close();
});

test("nobody who did not ask hears a verdict", async () => {
  const page = await host("embed.html");
  await until(page, () => heard.some(({ type }) => type === "circleci-oidc/ready"));
  await page.evaluate((message) => document.querySelector("iframe").contentWindow.postMessage(message, "*"), { type: "circleci-oidc/set", configurations: policy, claims, now });
  await new Promise((resolve) => setTimeout(resolve, 1500));
  assert.deepEqual(await said(page, "verdict"), []);
  await page.close();
});

test("index.html takes nothing from a host and shows nothing in a frame", async () => {
  const page = await host("index.html");
  await new Promise((resolve) => setTimeout(resolve, 1500));
  assert.equal(await page.evaluate(() => heard.length), 0);
  const frame = page.frames().find((one) => one !== page.mainFrame());
  assert.match(await frame.evaluate(() => document.body.innerText), /meant to stand alone.*embed\.html/s);
  await page.close();
});

test("with the headers that a host should send it works, without a word on the console", async () => {
  const rules = readFileSync(new URL(file("_headers")), "utf8").split("\n").filter((line) => /^\s*#/.test(line) === false);
  const headers = {};
  let applies = false;
  for (const line of rules) {
    if (line.startsWith("/")) applies = ["/*", "/index.html"].includes(line);
    else if (applies && line.trim() !== "") headers[line.slice(0, line.indexOf(":")).trim()] = line.slice(line.indexOf(":") + 1).trim();
  }
  assert.match(headers["Content-Security-Policy"], /frame-ancestors 'none'; sandbox/);
  const server = createServer((request, response) => response.writeHead(200, { "Content-Type": "text/html", ...headers }).end(readFileSync(new URL(file("index.html")))));
  await once(server.listen(0, "127.0.0.1"), "listening");
  const page = await browser.newPage();
  const words = [];
  page.on("console", (message) => words.push(message.text()));
  await page.goto(`http://127.0.0.1:${server.address().port}/index.html?token=${token}`);
  await until(page, () => document.querySelector("#sample") !== null);
  // A page with an origin of its own may still tidy its address.
  assert.match(await page.evaluate(() => `${document.querySelector("[role=alert]").innerText} ${location.href}`), /held a token.*\/index\.html$/s);
  await trySample(page, 0);
  await page.evaluate(() => document.querySelector(".claims oidc-copy button").click());
  await until(page, () => document.querySelector(".claims oidc-copy").innerText === "Copied");
  assert.deepEqual(words, []);
  await page.close();
  server.closeAllConnections();
  server.close();
});

test("where WebAssembly is forbidden, the page says so and what to do", async () => {
  const path = join(folder, "forbidden.html");
  writeFileSync(path, readFileSync(new URL(file("index.html")), "utf8").replace(" 'wasm-unsafe-eval'", ""));
  const page = await browser.newPage();
  await page.goto(pathToFileURL(path).href);
  await until(page, () => document.querySelector("[role=alert]") !== null);
  assert.match(await page.evaluate(() => document.body.innerText), /needs WebAssembly, which is blocked here.*Allow it/s);
  await page.close();
});
