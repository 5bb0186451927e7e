// Pictures of the built sites: node test/sites/screens.mjs [part of a name]. They go to www/screens/.
import { join } from "node:path";

import { SCREENS, launch } from "../browser.mjs";
import { built, claims, decided, frameOf, paste, serve, strictly, visit } from "./site.mjs";

const PAGES = { html: "/", "mkdocs-material": "/deploying/", sphinx: "/deploying.html", docusaurus: "/deploying/" };

const wanted = process.argv[2] ?? "";
const browser = await launch();
for (const [name, path] of Object.entries(PAGES)) {
  for (const theme of ["light", "dark"]) {
    if (!`${name}-${theme}`.includes(wanted)) continue;
    const site = await serve(built(name), strictly());
    const page = await visit(browser, site.url + path, { theme, width: 1280, height: 1600 });
    const frame = await frameOf(page);
    await paste(frame, claims);
    await page.select(".circleci-oidc select", await page.$eval(".circleci-oidc option:nth-child(2)", ({ value }) => value));
    await decided(frame, "Denied");
    await new Promise((done) => setTimeout(done, 1500));
    await page.screenshot({ path: join(SCREENS, `site-${name}-${theme}.png`) });
    await page.screenshot({ path: join(SCREENS, `site-${name}-${theme}-whole.png`), fullPage: true });
    await page.close();
    site.close();
  }
}
await browser.close();
