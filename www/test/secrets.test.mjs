// A token is a live credential: where it must not be.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { samples } from "../../pkg/dist/index.js";
import { ENGINE, launch, open, paste, textOf, until } from "./browser.mjs";

const { token, jwks } = samples();
const signature = token.split(".")[2];
const USER = /user\/([\w-]{36})/.exec(Buffer.from(token.split(".")[1], "base64url").toString())[1];

let browser;
before(async () => (browser = await launch()));
after(() => browser?.close());

test("the signature is dropped as soon as it was checked, and is nowhere in the page", async () => {
  const page = await open(browser);
  await paste(page, "entry", token);
  assert.match(await textOf(page, "oidc-field .note"), /Recognised: a token\./);
  assert.equal(await page.evaluate(() => document.querySelector("#entry").value), token);
  await paste(page, "keySet", JSON.stringify(jwks));
  await until(page, (gone) => !document.querySelector("#entry").value.includes(gone), signature);
  assert.match(await textOf(page, ".verdicts"), /The signature is made with key.*Checked; the signature was then dropped/s);
  const everywhere = await page.evaluate(() => [document.documentElement.outerHTML, ...[...document.querySelectorAll("textarea, input")].map(({ value }) => value)].join());
  assert.ok(!everywhere.includes(signature));
  // Firefox tells its tree to nobody over this protocol; it is made from the document, which was looked through.
  if (ENGINE === "chromium") assert.ok(!JSON.stringify(await page.accessibility.snapshot({ interestingOnly: false })).includes(signature));
  await page.close();
});

test("nothing of the token is in the address, in storage or in a cookie", async () => {
  const page = await open(browser);
  await paste(page, "entry", token);
  const stored = await page.evaluate(() => [location.href, document.cookie, JSON.stringify({ ...localStorage }), JSON.stringify({ ...sessionStorage }), JSON.stringify(history.state)].join());
  assert.ok(!stored.includes(token.slice(0, 40)) && !stored.includes(signature), stored);
  await page.close();
});

test("a token in a log loses its signature at once; Clear everything leaves nothing", async () => {
  const page = await open(browser);
  await paste(page, "entry", `2026-11-20 job failed\nTOKEN ${token}\nAccessDenied`);
  assert.ok(!(await page.evaluate(() => document.querySelector("#entry").value)).includes(signature));
  await page.evaluate(() => [...document.querySelectorAll("button")].find(({ innerText }) => innerText === "Clear everything").click());
  await until(page, () => document.querySelector("#entry").value === "" && document.querySelector(".claims") === null);
  await page.close();
});

for (const part of ["?token=", "#token=", "?state=1&id_token="]) {
  test(`a token in the address after ${part} is not read, said to be leaked, and taken out of the address`, async () => {
    const page = await open(browser, { name: `index.html${part}${token}` });
    assert.equal(await page.evaluate(() => document.querySelector("#entry").value), "");
    assert.match(await textOf(page, "[role=alert]"), /The address of this page held a token\. It was not read/);
    const left = await page.evaluate(() => document.documentElement.outerHTML + location.href + document.URL + document.baseURI);
    assert.ok(!left.includes(signature) && !left.includes(token.slice(0, 40)));
    assert.deepEqual(page.said, []);
    await page.close();
  });
}

test("of an address without a token nothing is said", async () => {
  const page = await open(browser, { name: "index.html?from=docs#aws" });
  assert.equal(await page.evaluate(() => document.querySelector("[role=alert]")), null);
  assert.match(await page.evaluate(() => location.href), /\?from=docs#aws$/);
  await page.close();
});

test("a report for a ticket has no signature, and no ids unless they are asked for", async () => {
  const page = await open(browser);
  await paste(page, "entry", token);
  await page.evaluate(() => (document.querySelector("oidc-ticket details").open = true));
  const report = () => textOf(page, "oidc-ticket pre");
  await until(page, () => document.querySelector("oidc-ticket pre") !== null);
  for (const json of [false, true]) {
    await page.evaluate((index) => document.querySelectorAll("oidc-ticket input[type=radio]")[index].click(), Number(json));
    await until(page, (expected) => document.querySelector("oidc-ticket pre").innerText.startsWith(expected), json ? "{" : "```");
    const text = await report();
    assert.ok(!text.includes(signature) && !text.includes(USER), text);
    assert.match(text, /00000000-0000-0000-0000-000000000000/);
  }
  await page.evaluate(() => document.querySelector("oidc-ticket input[type=checkbox]").click());
  await until(page, (id) => document.querySelector("oidc-ticket pre").innerText.includes(id), USER);
  assert.ok(!(await report()).includes(signature));
  await page.close();
});
