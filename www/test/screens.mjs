// Pictures of the page's main states, to look at: node test/screens.mjs [part of a name]. They go to www/screens/; those of
// another engine too: ENGINE=firefox node test/screens.mjs
import { join } from "node:path";

import { samples } from "../../pkg/dist/index.js";
import { ENGINE, SCREENS, launch, open, paste } from "./browser.mjs";
import { EVENT, rolesOf } from "./large.mjs";
import { OPENED, STATES } from "./states.mjs";

const PICTURES = {
  ...STATES,
  event: (page) => paste(page, "entry", EVENT),
  "event-and-role": async (page) => {
    await paste(page, "entry", EVENT);
    await paste(page, "configurations", rolesOf(1));
  },
  many: async (page) => {
    await paste(page, "entry", EVENT);
    await paste(page, "configurations", rolesOf(40));
  },
  misplaced: (page) => paste(page, "entry", samples().cases[0].trust.policy),
  everything: OPENED.denied,
};

const wanted = process.argv[2] ?? "";
for (const theme of ["light", "dark"]) {
  const browser = await launch({ theme });
  for (const width of [380, 1360]) {
    for (const [name, prepare] of Object.entries(PICTURES)) {
      const picture = `${name}-${width}-${theme}${ENGINE === "chromium" ? "" : `-${ENGINE}`}`;
      if (!picture.includes(wanted)) continue;
      const page = await open(browser, { width, height: 900 });
      await prepare(page);
      await new Promise((resolve) => setTimeout(resolve, 200));
      await page.screenshot({ path: join(SCREENS, `${picture}.png`) });
      await page.evaluate(() => scrollTo(0, 0));
      await page.screenshot({ path: join(SCREENS, `${picture}-whole.png`), fullPage: true });
      await page.close();
    }
  }
  await browser.close();
}
