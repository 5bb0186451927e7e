// Without a mouse: every control is reached, it shows that it is, and the way goes from the first Tab to the fix in its place.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { samples } from "../../pkg/dist/index.js";
import { launch, open, textOf, until } from "./browser.mjs";

/** No way may be longer. */
const MOST = 60;
const { title } = samples().cases.find(({ name }) => name === "exact-v1-got-v2");

let browser;
before(async () => (browser = await launch()));
after(() => browser?.close());

/** What has the focus, by its name; and whether somebody sees that, and where. */
const focused = (page) =>
  page.evaluate(() => {
    const control = document.activeElement;
    const { outlineStyle, outlineWidth } = getComputedStyle(control.closest(".file") ?? control);
    const { top, bottom, width } = control.getBoundingClientRect();
    const name = control.id || control.ariaLabel || control.innerText?.trim();
    return { name, ring: outlineStyle === "solid" && parseFloat(outlineWidth) >= 2, inView: width > 0 && bottom > 0 && top < innerHeight };
  });

/** Tabs on until a control has the focus; each on the way shows that it has it. */
async function tabTo(page, wanted, { back = false } = {}) {
  const way = [];
  if (back) await page.keyboard.down("Shift");
  for (let count = 0; count < MOST; count += 1) {
    await page.keyboard.press("Tab");
    const { name, ring, inView } = await focused(page);
    assert.ok(ring, `nothing shows that ${name} has the focus`);
    assert.ok(inView, `${name} has the focus out of sight`);
    way.push(name);
    if (name === wanted) break;
  }
  if (back) await page.keyboard.up("Shift");
  assert.equal(way.at(-1), wanted, way.join(" | "));
  return way;
}

async function withControl(page, key) {
  await page.keyboard.down("Control");
  await page.keyboard.press(key);
  await page.keyboard.up("Control");
}

test("every control of the empty page is reached", async () => {
  const page = await open(browser);
  const way = await tabTo(page, "How do I know that nothing leaves this page?");
  assert.equal(way[0], "entry");
  for (const control of ["configurations", "sample", "Try it", "Clear everything", "Organization, key set, names and clock", "Open a file: What the job sent"]) {
    assert.ok(way.includes(control), `${control} is not among ${way.join(" | ")}`);
  }
  await page.close();
});

test("Ctrl+Enter checks what is typed", async () => {
  const page = await open(browser);
  await page.focus("#entry");
  await page.keyboard.type("hello");
  await withControl(page, "Enter");
  await until(page, () => document.querySelector("#entry-note").innerText.includes("not a token"));
  await page.close();
});

test("from the first Tab to the fix in its place", async () => {
  const page = await open(browser);
  await tabTo(page, "sample");
  // A list jumps to what is typed.
  await page.keyboard.type(title);
  assert.equal(await page.evaluate(() => document.querySelector("#sample").selectedOptions[0].text), title);
  await tabTo(page, "Try it");
  await page.keyboard.press("Enter");
  await until(page, () => /Fix/.test(document.querySelector("oidc-panel")?.innerText ?? ""));
  const way = await tabTo(page, "Copy the fix");
  await page.keyboard.press("Enter");
  await until(page, () => document.querySelector(".fix oidc-copy").innerText === "Copied");
  await tabTo(page, "Show in the pasted text");
  await page.keyboard.press("Enter");
  assert.equal((await focused(page)).name, "configurations");
  await withControl(page, "v");
  await until(page, () => /Allowed/.test(document.querySelector("oidc-panel .badge")?.innerText ?? ""));
  assert.match(await textOf(page, "oidc-panel"), /Allowed/);
  assert.ok(way.length < 20, way.join(" | "));
  await page.close();
});
