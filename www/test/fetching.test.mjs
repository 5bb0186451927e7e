// The build that may ask CircleCI for a key set: when, what, and nobody else. The ordinary page asks nobody.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { fileURLToPath, pathToFileURL } from "node:url";

import { samples } from "../../pkg/dist/index.js";
import { launch, paste, textOf, until } from "./browser.mjs";

const { token, jwks } = samples();
const claims = JSON.parse(Buffer.from(token.split(".")[1], "base64url").toString());
const ISSUER = claims.iss;
const KEYS = `${ISSUER}/.well-known/jwks-pub.json`;
const OPEN = { "access-control-allow-origin": "*" };
/** As CircleCI answers, if it lets pages read it. */
const ANSWERS = {
  [`${ISSUER}/.well-known/openid-configuration`]: { body: JSON.stringify({ issuer: ISSUER, jwks_uri: KEYS }), headers: OPEN },
  [KEYS]: { body: JSON.stringify(jwks), headers: OPEN },
};

/** A reason to leave out what needs answers in CircleCI's place. */
const skip = process.env.ENGINE === "firefox" && "Firefox hands an answer that its protocol provides to no fetch";

let browser, folder;
before(async () => {
  folder = mkdtempSync(join(tmpdir(), "fetching-"));
  execFileSync(process.execPath, [fileURLToPath(new URL("../build.mjs", import.meta.url)), "--fetching", folder]);
  browser = await launch();
});
after(async () => {
  await browser?.close();
  rmSync(folder, { recursive: true, force: true });
});

/** A tab with that page; who asks gets these answers, and `asked` has every request. */
async function open(answers = ANSWERS) {
  const page = await browser.newPage();
  page.asked = [];
  await page.goto(pathToFileURL(join(folder, "index.html")).href);
  await until(page, () => document.querySelector("#entry") !== null);
  await page.setRequestInterception(true);
  page.on("request", (request) => {
    page.asked.push({ url: request.url(), method: request.method(), headers: request.headers() });
    const answer = answers[request.url()];
    if (answer === undefined) request.abort();
    else request.respond({ status: 200, contentType: "application/json", ...answer });
  });
  return page;
}

const press = (page) => page.evaluate(() => document.querySelector("oidc-fetch-keys button").click());
const failed = (page) => until(page, () => document.querySelector("oidc-fetch-keys .bad") !== null);

test("it asks when the button is pressed, CircleCI alone, and tells nothing of the token", { skip }, async () => {
  const page = await open();
  await paste(page, "entry", token);
  assert.match(await page.evaluate(() => document.querySelector("oidc-fetch-keys").textContent), /Fetch the key set of https:\/\/oidc\.circleci\.com\/org\//);
  assert.deepEqual(page.asked, []);
  await press(page);
  await until(page, () => document.querySelector("#keySet").value !== "");
  assert.deepEqual(JSON.parse(await page.evaluate(() => document.querySelector("#keySet").value)), jwks);
  // A GET has no body; Firefox would not tell of one.
  assert.deepEqual(page.asked.map(({ url, method }) => [url, method]), Object.keys(ANSWERS).map((url) => [url, "GET"]));
  assert.ok(page.asked.every(({ headers }) => !headers.referer));
  const sent = JSON.stringify(page.asked.map(({ headers }) => headers)).toLowerCase();
  for (const never of ["cookie", "authorization", claims.sub, claims["oidc.circleci.com/project-id"]]) assert.ok(!sent.includes(never.toLowerCase()), `${never} in ${sent}`);
  await until(page, (signature) => !document.querySelector("#entry").value.includes(signature), token.split(".")[2]);
  assert.match(await textOf(page, ".verdicts"), /The signature is made with key/);
  await page.close();
});

for (const [what, answers, expected] of [
  ["does not let pages read its answer", Object.fromEntries(Object.entries(ANSWERS).map(([url, { body }]) => [url, { body }])), /could not be asked\. You are offline.*curl line/],
  ["redirects", { [Object.keys(ANSWERS)[0]]: { status: 302, headers: { ...OPEN, location: "https://example.com/" } } }, /redirects to another address, which is not followed.*curl line/],
  ["has none", { [Object.keys(ANSWERS)[0]]: { status: 404, headers: OPEN } }, /status 404.*curl line/],
  ["names keys of another host", { [Object.keys(ANSWERS)[0]]: { body: JSON.stringify({ issuer: ISSUER, jwks_uri: "https://example.com/keys" }), headers: OPEN } }, /another host.*curl line/],
]) {
  test(`where CircleCI ${what}, it says so and how else`, { skip }, async () => {
    const page = await open(answers);
    await paste(page, "entry", token);
    await press(page);
    await failed(page);
    assert.match(await page.evaluate(() => document.querySelector("oidc-fetch-keys .bad").textContent), expected);
    assert.equal(await page.evaluate(() => document.querySelector("#keySet").value), "");
    assert.ok(page.asked.every(({ url }) => url.startsWith("https://oidc.circleci.com/")));
    await page.close();
  });
}

test("other issuers have no button", async () => {
  const page = await open();
  for (const iss of ["https://ci.example.com/org/1", "https://oidc.circleci.com.example.com/org/1", "http://oidc.circleci.com/org/1"]) {
    await paste(page, "entry", JSON.stringify({ ...claims, iss }));
    assert.equal(await page.evaluate(() => document.querySelector("oidc-fetch-keys")), null, iss);
  }
  await page.close();
});

test("the policy lets it ask nobody else", async () => {
  const page = await open();
  await page.evaluate(async () => {
    globalThis.blocked = [];
    addEventListener("securitypolicyviolation", ({ blockedURI }) => globalThis.blocked.push(blockedURI));
    for (const url of ["https://example.com/", "https://circleci.com/", "http://oidc.circleci.com/"]) await fetch(url).catch(() => {});
  });
  await until(page, () => globalThis.blocked.length === 3);
  assert.deepEqual(page.asked, []);
  await page.close();
});

test("the ordinary page holds nothing that asks, and the policies differ in one origin", () => {
  const ordinary = readFileSync(new URL("../dist/index.html", import.meta.url), "utf8");
  const fetching = readFileSync(join(folder, "index.html"), "utf8");
  assert.doesNotMatch(ordinary, /fetch\s*\(|XMLHttpRequest|sendBeacon|new WebSocket|EventSource|connect-src/);
  const policy = (page) => /Content-Security-Policy" content="([^"]+)"/.exec(page)[1].replace(/sha256-[^']+/g, "");
  assert.equal(policy(fetching).replace(" connect-src https://oidc.circleci.com;", ""), policy(ordinary));
  assert.match(fetching, /connect-src https:\/\/oidc\.circleci\.com;/);
});
