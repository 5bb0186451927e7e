// A real page under the strictest policy that the package promises to run under, and under one that forbids WebAssembly.
import assert from "node:assert/strict";
import { spawn, spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { once } from "node:events";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";

import { imported as api, packageFolder } from "./installed.mjs";

const browser = [process.env.CHROMIUM, "chromium", "chromium-browser", "google-chrome"].find((name) => name && spawnSync(name, ["--version"]).status === 0);
const skip = browser === undefined && "no Chromium found; name one in CHROMIUM";

const SCRIPT = `
import { CircleciOidcError, decode } from "./index.js";
const token = ${JSON.stringify(api.samples().token)};
const answer = () => { try { return decode(token).subject.format; } catch (error) { return error instanceof CircleciOidcError ? error.code + " " + error.message : String(error); } };
// An image is the one thing that this page may ask for: so it tells what came out.
const tell = (inWorker) => { new Image().src = "/told?" + encodeURIComponent(answer() + " | " + inWorker); };
// Trusted Types guard the constructor of Worker; the package itself needs no policy.
const urls = trustedTypes.createPolicy("worker", { createScriptURL: (url) => url });
const worker = new Worker(urls.createScriptURL("./worker.js"), { type: "module" });
worker.onerror = () => tell("worker failed");
worker.onmessage = ({ data }) => tell(data);
worker.postMessage(token);
`;
const WORKER = `import { decode } from "./index.js"; onmessage = ({ data }) => { try { postMessage(decode(data).subject.format); } catch (error) { postMessage(error.code); } };`;

const policy = (scripts) => `default-src 'none'; script-src 'self' ${scripts}; worker-src 'self'; img-src 'self'; connect-src 'none'; require-trusted-types-for 'script'; trusted-types worker`;
const PAGES = {
  "/": ["text/html", "<!doctype html><title></title><script type=module src=page.js></script>"],
  "/page.js": ["text/javascript", SCRIPT],
  "/worker.js": ["text/javascript", WORKER],
  "/index.js": ["text/javascript", readFileSync(join(packageFolder, "dist/index.js"))],
};

let server;
let scripts = "";
let told;
before(async () => {
  server = createServer(({ url }, response) => {
    if (url.startsWith("/told?")) told(decodeURIComponent(url.slice(6)));
    const [type, body] = PAGES[url] ?? ["text/plain", ""];
    response.writeHead(body === "" ? 404 : 200, { "Content-Type": type, "Content-Security-Policy": policy(scripts) }).end(body);
  });
  await once(server.listen(0, "127.0.0.1"), "listening");
});
const profiles = [];
after(() => {
  server.closeAllConnections();
  server.close();
  for (const profile of profiles) {
    try {
      rmSync(profile, { recursive: true, force: true, maxRetries: 10, retryDelay: 200 });
    } catch (error) {
      // A dying helper of the browser may still write there. What is left lies in the folder for temporary files.
      if (error.code !== "ENOTEMPTY") throw error;
    }
  }
});

/** Ends a browser with everything that it started; it may have ended by itself. */
function end({ pid }) {
  try {
    process.kill(-pid, "SIGKILL");
  } catch (error) {
    if (error.code !== "ESRCH") throw error;
  }
}

/** What the page tells under a policy with these additions to script-src. */
async function answer(allowed) {
  scripts = allowed;
  const profile = mkdtempSync(join(tmpdir(), "circleci-oidc-chromium-"));
  const answered = new Promise((resolve) => (told = resolve));
  const page = spawn(
    browser,
    ["--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking", `--user-data-dir=${profile}`, `http://127.0.0.1:${server.address().port}/`],
    // A process group of its own, so that its helpers end with it.
    { stdio: "ignore", detached: true },
  );
  const closed = once(page, "close").then(() => "the browser closed without an answer");
  const timer = setTimeout(() => told("no answer within a minute"), 60_000);
  try {
    return await Promise.race([answered, closed]);
  } finally {
    clearTimeout(timer);
    end(page);
    await closed;
    profiles.push(profile);
  }
}

test("runs in a page and in a worker with connect-src 'none' and Trusted Types", { skip }, async () => {
  assert.equal(await answer("'wasm-unsafe-eval'"), "v1 | v1");
});

test("where the policy forbids WebAssembly, the call says what to add", { skip }, async () => {
  assert.match(await answer(""), /^ERR_WASM .*'wasm-unsafe-eval' to script-src.* \| ERR_WASM$/);
});
