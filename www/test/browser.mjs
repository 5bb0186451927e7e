// The built page in a real browser, from its file.
import { spawnSync } from "node:child_process";
import { mkdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import puppeteer from "puppeteer-core";

export const file = (name) => new URL(`../dist/${name}`, import.meta.url).href;
export const SCREENS = fileURLToPath(new URL("../screens/", import.meta.url));
mkdirSync(SCREENS, { recursive: true });

/** A browser, closed by the caller. It runs without its sandbox, because it has to start as root in containers. */
export async function launch() {
  const names = [process.env.CHROMIUM, "chromium", "chromium-browser", "google-chrome"];
  const found = names.map((name) => name && spawnSync("which", [name], { encoding: "utf8" }).stdout.trim()).find(Boolean);
  if (!found) throw new Error("no Chromium found; name one in CHROMIUM");
  return puppeteer.launch({ executablePath: found, args: ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run"] });
}

/** A tab with the page in it; what the console said is in `said`. */
export async function open(browser, { width = 1360, height = 900, theme = "light", name = "index.html" } = {}) {
  const page = await browser.newPage();
  page.said = [];
  page.on("console", (message) => page.said.push(message.text()));
  page.on("pageerror", (error) => page.said.push(error.message));
  await page.setViewport({ width, height });
  await page.emulateMediaFeatures([{ name: "prefers-color-scheme", value: theme }]);
  await page.goto(file(name));
  await until(page, () => document.querySelector("textarea#entry") !== null);
  return page;
}

/** Waits for something that the page can tell. */
export async function until(page, condition, ...values) {
  const end = Date.now() + 20_000;
  for (;;) {
    if (await page.evaluate(condition, ...values)) return;
    if (Date.now() > end) throw new Error(`waited in vain for ${condition}`);
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
}

/** Does something in the page and waits until everything that follows from it is there. */
export async function settled(page, action, ...values) {
  await page.evaluate(() => {
    globalThis.settledOnce = false;
    document.querySelector("oidc-page").addEventListener("settled", () => (globalThis.settledOnce = true), { once: true });
  });
  await page.evaluate(action, ...values);
  await until(page, () => globalThis.settledOnce);
  // Its last rendering is in a microtask.
  await page.evaluate(() => document.querySelector("oidc-page").updateComplete);
}

/** Puts a text into a field as pasting does. */
export const paste = (page, field, text) =>
  settled(
    page,
    (id, value) => {
      const area = document.querySelector(`#${id}`);
      area.value = value;
      area.dispatchEvent(new Event("input", { bubbles: true }));
    },
    field,
    text,
  );

/** Chooses a sample by its place in the list and loads it. */
export const trySample = (page, index) =>
  settled(
    page,
    (value) => {
      const select = document.querySelector("#sample");
      select.value = String(value);
      select.dispatchEvent(new Event("change"));
      select.closest(".try").querySelector("button").click();
    },
    index,
  );

export const textOf = (page, selector) => page.evaluate((found) => document.querySelector(found)?.innerText ?? "", selector);
