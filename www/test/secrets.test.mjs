// A token is a live credential: where it must not be, and what the policy keeps from leaving.
import assert from "node:assert/strict";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import { after, before, test } from "node:test";

import { samples } from "../../pkg/dist/index.js";
import { launch, open, paste, textOf, until } from "./browser.mjs";

const { token, jwks } = samples();
const signature = token.split(".")[2];
const USER = /user\/([\w-]{36})/.exec(Buffer.from(token.split(".")[1], "base64url").toString())[1];

let browser, server, address;
let requests = 0;
before(async () => {
  browser = await launch();
  // Before it looks at the policy, Chromium may open a connection for a navigation; it sends nothing through it.
  server = createServer((request, response) => {
    requests += 1;
    response.end();
  });
  await once(server.listen(0, "127.0.0.1"), "listening");
  address = `127.0.0.1:${server.address().port}`;
});
after(async () => {
  await browser?.close();
  server?.closeAllConnections();
  server?.close();
});

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
  assert.ok(!JSON.stringify(await page.accessibility.snapshot({ interestingOnly: false })).includes(signature));
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

test("the address cannot bring a token in", async () => {
  const page = await browser.newPage();
  await page.goto(`${new URL("../dist/index.html", import.meta.url).href}?token=${token}#token=${token}`);
  await until(page, () => document.querySelector("#entry") !== null);
  assert.equal(await page.evaluate(() => document.querySelector("#entry").value), "");
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

/** What a hostile script in the page could try. Each gets an address that tells of it. */
const ATTEMPTS = {
  fetch: (to) => fetch(`http://${to}/`, { mode: "no-cors" }),
  XMLHttpRequest: (to) => { const request = new XMLHttpRequest(); request.open("GET", `http://${to}/`); request.send(); },
  image: (to) => { new Image().src = `http://${to}/`; },
  beacon: (to) => navigator.sendBeacon(`http://${to}/`, "x"),
  WebSocket: (to) => new WebSocket(`ws://${to}/`),
  EventSource: (to) => new EventSource(`http://${to}/`),
  worker: (to) => new Worker(`http://${to}/`),
  "worker from a blob": (to) => new Worker(URL.createObjectURL(new Blob([`fetch("http://${to}/")`]))),
  frame: (to) => { const frame = document.createElement("iframe"); frame.src = `http://${to}/`; document.body.append(frame); },
  script: (to) => { const script = document.createElement("script"); script.src = `http://${to}/`; document.body.append(script); },
  "style sheet": (to) => { const link = document.createElement("link"); link.rel = "stylesheet"; link.href = `http://${to}/`; document.head.append(link); },
  prefetch: (to) => { const link = document.createElement("link"); link.rel = "prefetch"; link.href = `http://${to}/`; document.head.append(link); },
  font: (to) => new FontFace("x", `url(http://${to}/)`).load(),
  video: (to) => { const video = document.createElement("video"); video.src = `http://${to}/`; document.body.append(video); },
  object: (to) => { const object = document.createElement("object"); object.data = `http://${to}/`; document.body.append(object); },
  form: (to) => { const form = document.createElement("form"); form.action = `http://${to}/`; form.method = "post"; document.body.append(form); form.submit(); },
  markup: (to) => { document.body.innerHTML += `<img src="http://${to}/">`; },
};

for (const [name, attempt] of Object.entries(ATTEMPTS)) {
  test(`the policy blocks: ${name}`, async () => {
    const page = await open(browser);
    const before = requests;
    await page.evaluate(`(async () => { try { await (${attempt})(${JSON.stringify(address)}); } catch {} })()`);
    await new Promise((resolve) => setTimeout(resolve, 250));
    assert.equal(requests - before, 0);
    await page.close();
  });
}

/** What no policy in a page can forbid: SECURITY.md names each, with its reason. */
test("what remains is written down", () => {
  const security = readFileSync(new URL("../../SECURITY.md", import.meta.url), "utf8");
  for (const residual of ["another address", "new window", "download", "connection in advance", "WebRTC", "clipboard"]) assert.ok(security.includes(residual), residual);
});

test("the listener would have noticed", async () => {
  const page = await browser.newPage();
  const before = requests;
  await page.goto(`http://${address}/`);
  assert.ok(requests > before);
  await page.close();
});
