// Pictures of the page's main states, to look at: node test/screens.mjs [part of a name]. They go to www/screens/.
import { join } from "node:path";

import { samples } from "../../pkg/dist/index.js";
import { SCREENS, launch, open, paste, trySample } from "./browser.mjs";
import { EVENT, rolesOf } from "./large.mjs";

const { cases, token } = samples();
const sample = (name) => (page) => trySample(page, cases.findIndex((one) => one.name === name));
const STATES = {
  empty: async () => {},
  denied: sample("exact-v1-got-v2"),
  allowed: sample("context-ids-vacuous"),
  "not-stored": sample("resource"),
  unknown: sample("source-ip"),
  google: sample("gcp-user-other"),
  living: (page) => paste(page, "entry", token),
  alone: (page) => paste(page, "configurations", cases[0].trust.policy),
  message: (page) => paste(page, "entry", "AccessDenied: Not authorized to perform sts:AssumeRoleWithWebIdentity"),
  event: (page) => paste(page, "entry", EVENT),
  "event-and-role": async (page) => {
    await paste(page, "entry", EVENT);
    await paste(page, "configurations", rolesOf(1));
  },
  many: async (page) => {
    await paste(page, "entry", EVENT);
    await paste(page, "configurations", rolesOf(40));
  },
  misplaced: (page) => paste(page, "entry", cases[0].trust.policy),
  unreadable: async (page) => {
    await paste(page, "entry", "hello");
    await paste(page, "configurations", "{");
  },
  everything: async (page) => {
    await sample("exact-v1-got-v2")(page);
    await page.evaluate(() => document.querySelectorAll("details").forEach((one) => (one.open = true)));
  },
};

const wanted = process.argv[2] ?? "";
const browser = await launch();
for (const width of [380, 1360]) {
  for (const theme of ["light", "dark"]) {
    for (const [name, prepare] of Object.entries(STATES)) {
      const picture = `${name}-${width}-${theme}`;
      if (!picture.includes(wanted)) continue;
      const page = await open(browser, { width, height: 900, theme });
      await prepare(page);
      await new Promise((resolve) => setTimeout(resolve, 200));
      await page.screenshot({ path: join(SCREENS, `${picture}.png`) });
      await page.evaluate(() => scrollTo(0, 0));
      await page.screenshot({ path: join(SCREENS, `${picture}-whole.png`), fullPage: true });
      await page.close();
    }
  }
}
await browser.close();
