// Pictures of the built sites, for docs/embedding.md: node test/sites/screens.mjs [part of a name]. They need
// `cargo xtask test sites --sites` first. To look at, there are also the whole pages, in www/screens/.
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

import { SCREENS, launch } from "../browser.mjs";
import { withPalette } from "./palette.mjs";
import { built, claims, decided, frameOf, paste, serve, strictly, visit } from "./site.mjs";
import { hosts, read } from "./techdocs.mjs";

const PICTURES = fileURLToPath(new URL("../../../docs/pictures/", import.meta.url));
/** What a picture may weigh, in bytes, and the colours to try, until it does. */
const MOST = 60 * 1024;
const COLOURS = [64, 32, 16];
/** The page of each, and its theme in the picture for the documentation. */
const SITES = {
  html: ["/", "light"],
  "mkdocs-material": ["/deploying/", "dark"],
  sphinx: ["/deploying.html", "light"],
  docusaurus: ["/deploying/", "dark"],
  techdocs: [undefined, "light"],
};

const wanted = process.argv[2] ?? "";
const browser = await launch();
for (const [name, [path, shown]] of Object.entries(SITES)) {
  for (const theme of ["light", "dark"]) {
    if (!`${name}-${theme}`.includes(wanted)) continue;
    const options = { theme, width: 1280, height: 1000 };
    const site = path === undefined ? await hosts() : await serve(built(name), strictly());
    const page = path === undefined ? await read(browser, site, true, options) : await visit(browser, site.url + path, options);
    const frame = await frameOf(page);
    await paste(frame, claims);
    if (path === undefined) {
      await paste(frame, await (await fetch(`${site.docs.url}/roles/production.json`)).text(), "configurations");
    } else {
      await page.select(".circleci-oidc select", await page.$eval(".circleci-oidc option:nth-child(2)", ({ value }) => value));
    }
    await decided(frame, "Denied");
    await new Promise((done) => setTimeout(done, 1500));
    await page.screenshot({ path: join(SCREENS, `site-${name}-${theme}-whole.png`), fullPage: true });
    await page.evaluate(() => {
      const heading = (document.querySelector("#reader")?.shadowRoot ?? document).querySelector("#a-job-was-refused");
      // Headers that stay on the screen leave so much.
      scrollTo({ top: heading.getBoundingClientRect().top + scrollY - 80, behavior: "instant" });
    });
    await new Promise((done) => setTimeout(done, 300));
    const picture = Buffer.from(await page.screenshot());
    if (theme === shown) writeFileSync(join(PICTURES, `embed-${name}.png`), small(picture));
    await page.close();
    site.close();
  }
}
await browser.close();

function small(picture) {
  const found = COLOURS.map((colours) => withPalette(picture, colours)).find(({ length }) => length <= MOST);
  if (found === undefined) throw new Error(`a picture stays above ${MOST} bytes`);
  return found;
}
