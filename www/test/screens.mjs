// Pictures of the page's main states, to look at: node test/screens.mjs [part of a name]. They go to www/screens/; those of
// another engine too: ENGINE=firefox node test/screens.mjs
import { join } from "node:path";

import { ENGINE, SCREENS, launch, open } from "./browser.mjs";
import { OPENED, STATES } from "./states.mjs";

const wanted = process.argv[2] ?? "";
for (const theme of ["light", "dark"]) {
  const browser = await launch({ theme });
  for (const width of [380, 1360]) {
    for (const [name, prepare] of Object.entries({ ...STATES, everything: OPENED.denied })) {
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
