// examples/html: a page written by hand, whose own policy stands in its source.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { after, before, test } from "node:test";

import { launch, textOf, until } from "../browser.mjs";
import { built, claims, decided, embedHeaders, follows, frameOf, isNarrow, judges, paste, serve, visit } from "./site.mjs";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

let browser, site;
before(async () => {
  browser = await launch();
  site = await serve(built("html"), (path) => (path.endsWith("embed.html") ? embedHeaders() : {}));
});
after(async () => {
  await browser?.close();
  site?.close();
});

test("the chosen role is judged in the frame, and the page is told the decision alone", async () => {
  const page = await visit(browser, `${site.url}/`);
  await judges(page);
  await until(page, () => document.querySelector("#verdict").textContent === "refuses this job");
  const heard = await page.evaluate(() => globalThis.heard.filter(({ data }) => data.type === "circleci-oidc/verdict").at(-1).data);
  assert.deepEqual(heard, { type: "circleci-oidc/verdict", verdict: [{ provider: "aws", decision: "deny" }] });
  await page.close();
});

test("the configuration that the page gave is folded, until its place is asked for", async () => {
  const page = await visit(browser, `${site.url}/`);
  const frame = await frameOf(page);
  await paste(frame, claims);
  await page.select("#role", "roles/production.json");
  await decided(frame, "Denied");
  const isOpen = () => frame.evaluate(() => document.querySelector("#configurations").closest("details").open);
  assert.equal(await isOpen(), false);
  await frame.evaluate(() => [...document.querySelectorAll("button")].find(({ innerText }) => innerText.includes("Show in the pasted text")).click());
  assert.equal(await isOpen(), true);
  assert.match(await frame.evaluate(() => document.getSelection().toString()), /refs\/heads\/main/);
  await page.close();
});

test("the frame follows the reader's theme, and is as narrow as its column", async () => {
  const page = await visit(browser, `${site.url}/`, { theme: "dark" });
  await until(await frameOf(page), () => document.documentElement.dataset.theme === "dark");
  await page.emulateMediaFeatures([{ name: "prefers-color-scheme", value: "light" }]);
  await follows(page, () => {}, "light");
  await isNarrow(page);
  await page.close();
});

test("axe finds nothing in the frame, in both themes", async () => {
  const page = await visit(browser, `${site.url}/`);
  const frame = await frameOf(page);
  await paste(frame, claims);
  await decided(frame, "Allowed");
  await frame.evaluate(axe);
  for (const theme of ["light", "dark"]) {
    await page.emulateMediaFeatures([{ name: "prefers-color-scheme", value: theme }]);
    await follows(page, () => {}, theme);
    // Colours take 120 ms to change.
    await new Promise((done) => setTimeout(done, 300));
    assert.deepEqual(await frame.evaluate(async () => (await axe.run(document)).violations.map(({ id, nodes }) => `${id}: ${nodes[0].html.slice(0, 160)}`)), []);
  }
  await page.close();
});

test("without any script around it the frame works", async () => {
  const page = await visit(browser, `${site.url}/`);
  await page.setRequestInterception(true);
  page.on("request", (request) => (request.url().endsWith(".js") ? request.abort() : request.continue()));
  await page.reload();
  const frame = await frameOf(page);
  assert.equal(await textOf(page, "#verdict"), "");
  await paste(frame, claims);
  await paste(frame, await (await fetch(`${site.url}/roles/production.json`)).text(), "configurations");
  await decided(frame, "Denied");
  await page.close();
});
