// The built page in a real browser, from its file. The same tests run in each engine, one engine in a process: run.mjs.
import { spawnSync } from "node:child_process";
import { mkdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import puppeteer from "puppeteer-core";

export const file = (name) => new URL(`../dist/${name}`, import.meta.url).href;
export const SCREENS = fileURLToPath(new URL("../screens/", import.meta.url));
mkdirSync(SCREENS, { recursive: true });

/** Each engine's programs, the first that is there counts; and how it is started. */
export const ENGINES = {
  // Without its sandbox, because it has to start as root in containers.
  chromium: { programs: [process.env.CHROMIUM, "chromium", "chromium-browser", "google-chrome"], start: ({ letters }) => ({ args: ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run", ...(letters === 1 ? [] : [`--blink-settings=defaultFontSize=${16 * letters},defaultFixedFontSize=${13 * letters}`])] }) },
  firefox: { programs: [process.env.FIREFOX, "firefox-esr", "firefox"], start: (reader) => ({ browser: "firefox", extraPrefsFirefox: preferences(reader) }) },
};
/** The one that the tests of this process run in. */
export const ENGINE = process.env.ENGINE || "chromium";

/** What Firefox keeps in preferences, because its protocol cannot emulate it. */
const preferences = ({ theme, forced, still, letters }) => ({
  "ui.systemUsesDarkTheme": Number(theme === "dark"),
  "ui.prefersReducedMotion": Number(still),
  ...(forced ? { "browser.display.document_color_use": 2, "ui.useAccessibilityTheme": 1 } : {}),
  ...(letters === 1 ? {} : { "font.size.variable.x-western": 16 * letters, "font.size.monospace.x-western": 13 * letters }),
});

/** A browser of the engine that ENGINE names, set as somebody may have set theirs: `forced` colours, `still` for reduced motion, `letters` so many times as large. The caller closes it. */
export async function launch({ theme = "light", forced = false, still = false, letters = 1 } = {}) {
  const { programs, start } = ENGINES[ENGINE];
  const found = programs.map((name) => name && spawnSync("which", [name], { encoding: "utf8" }).stdout.trim()).find(Boolean);
  if (!found) throw new Error(`no ${ENGINE} found; name one in ${ENGINE.toUpperCase()}`);
  const reader = { theme, forced, still, letters };
  const browser = await puppeteer.launch({ executablePath: found, ...start(reader) });
  browser.reader = reader;
  return browser;
}

/** A tab with the page in it; what the console said is in `said`. `scale`: device pixels in one of the page's. */
export async function open(browser, { width = 1360, height = 900, scale = 1, name = "index.html" } = {}) {
  const page = await browser.newPage();
  page.said = [];
  page.on("console", (message) => page.said.push(message.text()));
  page.on("pageerror", (error) => page.said.push(error.message));
  await page.setViewport({ width, height, deviceScaleFactor: scale });
  if (ENGINE === "chromium") await emulate(page, browser.reader);
  await page.goto(file(name));
  await until(page, () => document.querySelector("textarea#entry") !== null);
  return page;
}

/** What Chromium's protocol emulates in each tab. */
async function emulate(page, { theme, forced, still }) {
  const features = [{ name: "prefers-color-scheme", value: theme }, { name: "forced-colors", value: forced ? "active" : "none" }, { name: "prefers-reduced-motion", value: still ? "reduce" : "no-preference" }];
  await (await page.createCDPSession()).send("Emulation.setEmulatedMedia", { features });
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

/** Puts a text into a field as pasting does; it runs in the page. */
export const put = (field, text) => {
  const area = document.querySelector(`#${field}`);
  area.value = text;
  area.dispatchEvent(new Event("input", { bubbles: true }));
};

/** Puts a text into a field and waits until everything that follows from it is there. */
export const paste = (page, field, text) => settled(page, put, field, text);

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
