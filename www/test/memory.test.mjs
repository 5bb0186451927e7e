// What the page holds in memory, from a picture of it: a signature that was dropped, and a token that was cleared, are not in it.
// Chromium alone gives that picture.
import assert from "node:assert/strict";
import { createSign, generateKeyPairSync } from "node:crypto";
import { after, before, test } from "node:test";

import { ENGINE, launch, open, paste } from "./browser.mjs";
import { CLAIMS, POLICY, rolesOf } from "./large.mjs";

const skip = ENGINE !== "chromium";
const { publicKey, privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
const part = (value) => Buffer.from(JSON.stringify(value)).toString("base64url");
/** Short: of a long text the picture shows the beginning only. */
const signed = `${part({ alg: "RS256", kid: "k" })}.${part({ iss: CLAIMS.iss, aud: CLAIMS.aud, sub: `${CLAIMS.sub.slice(0, 60)}`, iat: CLAIMS.iat, exp: CLAIMS.exp })}`;
const signature = createSign("sha256").update(signed).sign(privateKey, "base64url");
const TOKEN = `${signed}.${signature}`;
const KEYS = JSON.stringify({ keys: [{ ...publicKey.export({ format: "jwk" }), kid: "k", alg: "RS256", use: "sig" }] });

let browser;
before(async () => (browser = await launch()));
after(() => browser?.close());

/** Typed, as what a test evaluates would stay in memory by itself. */
async function type(page, text) {
  await page.focus("#entry");
  await page.keyboard.sendCharacter(text);
  await moment();
}

const moment = () => new Promise((resolve) => setTimeout(resolve, 900));
const click = (page, name) => page.evaluate((text) => [...document.querySelectorAll("button")].find(({ innerText }) => innerText === text).click(), name);

/** The texts in memory that hold this one. */
async function held(page, text) {
  await moment();
  const session = await page.createCDPSession();
  await session.send("HeapProfiler.enable");
  for (let time = 0; time < 3; time += 1) await session.send("HeapProfiler.collectGarbage");
  const chunks = [];
  session.on("HeapProfiler.addHeapSnapshotChunk", ({ chunk }) => chunks.push(chunk));
  await session.send("HeapProfiler.takeHeapSnapshot", { reportProgress: false });
  return JSON.parse(chunks.join("")).strings.filter((one) => one.includes(text));
}

const WAYS = {
  "a token that waits for a key set is there, or this test sees nothing": async (page) => type(page, TOKEN),
  "checked, and configurations wait to be opened": async (page) => {
    await paste(page, "configurations", rolesOf(12));
    await paste(page, "keySet", KEYS);
    await type(page, TOKEN);
  },
  "checked once the key set came": async (page) => {
    await paste(page, "configurations", POLICY);
    await type(page, TOKEN);
    await paste(page, "keySet", KEYS);
  },
  "dropped by its button": async (page) => {
    await paste(page, "configurations", rolesOf(12));
    await type(page, TOKEN);
    await click(page, "Drop the signature now");
  },
  "dropped while no configuration can be read": async (page) => {
    await paste(page, "configurations", rolesOf(3));
    await type(page, TOKEN);
    await paste(page, "configurations", "{");
    await click(page, "Drop the signature now");
  },
  "inside a log": async (page) => type(page, `2026-11-20 job\nTOKEN ${TOKEN}\nAccessDenied`),
};
for (const [name, act] of Object.entries(WAYS)) {
  test(`the signature: ${name}`, { skip }, async () => {
    const page = await open(browser);
    await act(page);
    if (name.includes("checked")) assert.equal(await page.evaluate(() => document.querySelector("#entry").value), signed);
    const found = await held(page, signature.slice(8));
    if (name.includes("waits")) assert.notDeepEqual(found, []);
    else assert.deepEqual(found, []);
    await page.close();
  });
}

test("nothing of a token is left after Clear everything", { skip }, async () => {
  const page = await open(browser);
  await paste(page, "configurations", rolesOf(12));
  await type(page, TOKEN);
  await paste(page, "configurations", "{");
  await click(page, "Clear everything");
  assert.deepEqual(await held(page, signed.split(".")[1].slice(20)), []);
  await page.close();
});
