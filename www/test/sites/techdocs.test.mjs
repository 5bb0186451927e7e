// examples/techdocs, after the sanitizer of Backstage's TechDocs: what is left of the frame, with and without its host's name.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { launch } from "../browser.mjs";
import { claims, decided, frameOf, paste, quiet } from "./site.mjs";
import { hosts, read } from "./techdocs.mjs";

let browser, served;
before(async () => {
  browser = await launch();
  served = await hosts();
});
after(async () => {
  await browser?.close();
  served?.close();
});

const left = (page) =>
  page.evaluate(() => {
    const { shadowRoot } = document.querySelector("#reader");
    const frame = shadowRoot.querySelector("iframe");
    return { attributes: frame?.getAttributeNames().sort() ?? null, scripts: shadowRoot.querySelectorAll("script").length, link: shadowRoot.querySelector("article a[href$='/']")?.innerText };
  });

test("with its host allowed the frame works, sandboxed by its own header where the attribute was taken out", async () => {
  const page = await read(browser, served, true);
  assert.deepEqual(await left(page), { attributes: ["height", "src", "style", "title", "width"], scripts: 0, link: "the page by itself" });
  const frame = await frameOf(page);
  assert.equal(await frame.evaluate(() => origin), "null");
  await paste(frame, claims);
  await paste(frame, await (await fetch(`${served.docs.url}/roles/production.json`)).text(), "configurations");
  await decided(frame, "Denied");
  await quiet(page);
  await page.close();
});

test("without it the frame is gone, and the link to the page is what is left", async () => {
  const page = await read(browser, served, false);
  assert.deepEqual(await left(page), { attributes: null, scripts: 0, link: "the page by itself" });
  await page.close();
});
