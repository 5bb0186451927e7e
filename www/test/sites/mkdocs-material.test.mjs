// examples/mkdocs-material: Material's own switch of themes, and its pages that change without being loaded.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { launch, until } from "../browser.mjs";
import { built, follows, frameOf, isNarrow, judges, serve, strictly, visit } from "./site.mjs";

let browser, site;
before(async () => {
  browser = await launch();
  // Instant navigation stays among the pages of the site map, which stands there with the site's own address.
  const map = (text, host) => text.replaceAll("https://docs.example.com", `http://${host}`);
  site = await serve(built("mkdocs-material"), strictly(), { "/sitemap.xml": map });
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

test("the frame follows Material's switch of themes", async () => {
  const page = await visit(browser, `${site.url}/deploying/`);
  for (const theme of ["dark", "light"]) await follows(page, () => document.querySelector("form[data-md-component=palette] label:not([hidden])").click(), theme);
  await isNarrow(page);
  await page.close();
});

test("it works on a page that Material's instant navigation put in place", async () => {
  const page = await visit(browser, `${site.url}/`);
  // Until it has the map, links are the browser's own.
  await until(page, () => performance.getEntriesByType("resource").some(({ name, responseEnd }) => name.endsWith("/sitemap.xml") && responseEnd > 0));
  await new Promise((done) => setTimeout(done, 300));
  await page.evaluate(() => (globalThis.stays = true));
  await page.evaluate(() => document.querySelector(".md-content a[href$='deploying/']").click());
  await frameOf(page);
  assert.equal(await page.evaluate(() => globalThis.stays), true, "it was loaded anew");
  await judges(page);
  await page.close();
});

test("where the site's policy forbids the frame, the browser says so", async () => {
  const forbidding = await serve(built("mkdocs-material"), strictly("'none'"));
  const page = await visit(browser, `${forbidding.url}/deploying/`);
  assert.match(page.said.join(), /frame-src 'none'|frame-src/);
  await page.close();
  forbidding.close();
});
