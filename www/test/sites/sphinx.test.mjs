// examples/sphinx: Furo's switch of themes goes from what the reader's system says to light and dark.
import { after, before, test } from "node:test";

import { launch } from "../browser.mjs";
import { built, follows, isNarrow, judges, serve, strictly, visit } from "./site.mjs";

let browser, site;
before(async () => {
  browser = await launch();
  site = await serve(built("sphinx"), strictly());
});
after(async () => {
  await browser?.close();
  site?.close();
});

test("the chosen role is judged in the frame", async () => {
  const page = await visit(browser, `${site.url}/deploying.html`);
  await judges(page);
  await page.close();
});

test("the frame follows Furo's switch of themes", async () => {
  const page = await visit(browser, `${site.url}/deploying.html`);
  await follows(page, () => {}, "light");
  for (const theme of ["dark", "light"]) {
    const press = (wanted) => {
      for (let press = 0; press < 3 && document.body.dataset.theme !== wanted; press += 1) document.querySelector(".theme-toggle").click();
    };
    await follows(page, `(${press})("${theme}")`, theme);
  }
  await isNarrow(page);
  await page.close();
});
