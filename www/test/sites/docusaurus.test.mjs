// examples/docusaurus: a page that React fills in, reached with and without loading it.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { launch } from "../browser.mjs";
import { built, follows, frameOf, isNarrow, judges, serve, strictly, visit } from "./site.mjs";

let browser, site;
before(async () => {
  browser = await launch();
  site = await serve(built("docusaurus"), strictly());
});
after(async () => {
  await browser?.close();
  site?.close();
});

test("the chosen role is judged in the frame", async () => {
  const page = await visit(browser, `${site.url}/deploying/`);
  await judges(page);
  await page.close();
});

test("the frame follows Docusaurus's switch of themes", async () => {
  const page = await visit(browser, `${site.url}/deploying/`, { theme: "dark" });
  await follows(page, () => {}, "dark");
  const toggle = () => document.querySelector("button[class*=toggleButton]").click();
  await page.waitForSelector("button[class*=toggleButton]:not([disabled])");
  for (let press = 0; press < 3 && (await page.evaluate(() => document.documentElement.dataset.theme)) === "dark"; press += 1) await page.evaluate(toggle);
  await follows(page, () => {}, "light");
  await isNarrow(page);
  await page.close();
});

test("it works on a page that Docusaurus put in place without loading it", async () => {
  const page = await visit(browser, `${site.url}/`);
  await page.waitForSelector("article a[href='/deploying/']");
  // Links are the browser's own until React has taken over.
  await page.waitForSelector("button[class*=toggleButton]:not([disabled])");
  await page.evaluate(() => (globalThis.stays = true));
  await page.click("article a[href='/deploying/']");
  await frameOf(page);
  assert.equal(await page.evaluate(() => globalThis.stays), true, "it was loaded anew");
  await judges(page);
  await page.close();
});
