// fetchJwks: what it asks, of whom, how much it reads, and in which words it fails.
import assert from "node:assert/strict";
import { createRequire } from "node:module";
import { join } from "node:path";
import { test } from "node:test";
import { pathToFileURL } from "node:url";

import { network } from "./fetch-stub.mjs";
import { folder, imported as api, packageFolder } from "./installed.mjs";

const entry = await import(pathToFileURL(join(packageFolder, "dist/jwks.js")).href);
const { jwks, token, now, organization } = api.samples();
const ISSUER = `https://oidc.circleci.com/org/${organization}`;
const DISCOVERY = `${ISSUER}/.well-known/openid-configuration`;
const KEYS = `${ISSUER}/.well-known/jwks-pub.json`;
const SERVER = "https://ci.example.com/org/x";
const configuration = { issuer: ISSUER, jwks_uri: KEYS };
const good = { [DISCOVERY]: configuration, [KEYS]: jwks };

/** Runs with this network; returns what was answered and what was asked. */
async function asking(answers, issuer, options, use = entry) {
  const net = await network(answers);
  try {
    return { ...(await use.fetchJwks(issuer, options).then((value) => ({ value }), (error) => ({ error }))), asked: net.asked };
  } finally {
    net.close();
  }
}

test("reads the configuration, then the key set that it names: a token is valid under it", async () => {
  for (const use of [entry, createRequire(join(folder, "here.js"))("circleci-oidc/jwks")]) {
    const { value, asked } = await asking(good, ISSUER, undefined, use);
    assert.deepEqual(value, jwks);
    assert.deepEqual(asked, [DISCOVERY, KEYS]);
    assert.equal(api.verify(token, { jwks: value, organization, now }).verdict, "valid");
  }
});

test("the issuer of all organizations, and a server that was allowed", async () => {
  const root = "https://oidc.circleci.com";
  const answers = {
    [`${root}/.well-known/openid-configuration`]: { issuer: root, jwks_uri: `${root}/keys` },
    [`${root}/keys`]: { keys: [] },
    [`${SERVER}/.well-known/openid-configuration`]: { issuer: SERVER, jwks_uri: "https://ci.example.com/keys?no" },
  };
  assert.deepEqual((await asking(answers, root)).value, { keys: [] });
  const { error } = await asking(answers, SERVER, { allowHosts: ["ci.example.com"] });
  assert.match(error.message, /jwks_uri in the configuration of https:\/\/ci\.example\.com\/org\/x has a query/);
});

test("an issuer that ends with a slash: the configuration's address has no two", async () => {
  const issuer = "https://oidc.circleci.com/org/a/";
  const { value } = await asking({ [`${issuer}.well-known/openid-configuration`]: { issuer, jwks_uri: KEYS }, [KEYS]: jwks }, issuer);
  assert.deepEqual(value, jwks);
});

/** Refused before anybody is asked. None of the messages repeats the address. */
const MISUSE = {
  "no issuer": [undefined, {}, /^issuer: expected a string$/],
  "no URL": ["oidc.circleci.com", {}, /is not a URL/],
  "a token": [token, {}, /is not a URL/],
  "http": [ISSUER.replace("https", "http"), {}, /does not start with https/],
  "data": ["data:,secret", {}, /does not start with https/],
  "a password": ["https://me:secret@oidc.circleci.com/org/a", {}, /user name or password/],
  "a port": ["https://oidc.circleci.com:8443/org/a", {}, /names a port/],
  "the usual port": ["https://oidc.circleci.com:443/org/a", {}, /plain form/],
  "a query": ["https://oidc.circleci.com/org/a?secret", {}, /has a query/],
  "an empty query": ["https://oidc.circleci.com/org/a?", {}, /has a query/],
  "an empty fragment": ["https://oidc.circleci.com/org/a#", {}, /has a fragment/],
  "a fragment": ["https://oidc.circleci.com/org/a#secret", {}, /has a fragment/],
  "dots": ["https://oidc.circleci.com/org/../secret", {}, /plain form/],
  "encoded dots": ["https://oidc.circleci.com/org/%2e%2E/secret", {}, /plain form/],
  "a backslash": ["https://oidc.circleci.com\\org\\secret", {}, /plain form/],
  "upper case": ["https://OIDC.circleci.com/secret", {}, /plain form/],
  "a line break": ["https://oidc.circleci.com/org\n/secret", {}, /plain form/],
  "too long": [`${ISSUER}/${"x".repeat(3000)}`, {}, /more than 2048 characters/],
  "another host": ["https://ci.example.com/org/x", {}, /its host ci\.example\.com is not allowed.*allowHosts/],
  "a host that ends alike": ["https://oidc.circleci.com.example.net/org/x", {}, /is not allowed/],
  "a host with a dot at its end": ["https://oidc.circleci.com./org/x", {}, /is not allowed/],
  "a host that looks alike": ["https://oidc.circlecı.com/org/x", {}, /plain form/],
  "a host beside the allowed one": ["https://b.example.com/x", { allowHosts: ["a.example.com"] }, /b\.example\.com is not allowed/],
  "options that are null": [ISSUER, null, /^options: expected an object$/],
  "a misspelt option": [ISSUER, { timeOut: 1 }, /^options\.timeOut: unknown member$/],
  "no time": [ISSUER, { timeout: 0 }, /^options\.timeout/],
  "NaN": [ISSUER, { timeout: NaN }, /^options\.timeout/],
  "endless": [ISSUER, { timeout: Infinity }, /^options\.timeout/],
  "seconds in words": [ISSUER, { timeout: "5s" }, /^options\.timeout/],
  "a signal that is none": [ISSUER, { signal: {} }, /^options\.signal/],
  "a host with a scheme": [ISSUER, { allowHosts: ["https://ci.example.com"] }, /^options\.allowHosts/],
  "a host with a port": [ISSUER, { allowHosts: ["ci.example.com:8443"] }, /^options\.allowHosts/],
  "a host with a path": [ISSUER, { allowHosts: ["ci.example.com/x"] }, /^options\.allowHosts/],
  "a host in upper case": [ISSUER, { allowHosts: ["CI.example.com"] }, /^options\.allowHosts/],
  "a pattern": [ISSUER, { allowHosts: ["*.example.com/"] }, /^options\.allowHosts/],
  "one host, not a list": [ISSUER, { allowHosts: "ci.example.com" }, /^options\.allowHosts/],
};
for (const [name, [issuer, options, words]] of Object.entries(MISUSE)) {
  test(`misuse: ${name}`, async () => {
    const { error, asked } = await asking(good, issuer, options);
    assert.ok(error instanceof entry.CircleciOidcError && error.code === "ERR_ARGUMENT", String(error));
    assert.match(error.message, words);
    assert.ok(!error.message.includes("secret") && !error.message.includes(token));
    assert.deepEqual(asked, []);
  });
}

const chunk = Buffer.alloc(16 * 1024, " ");
/** Sends without end, and without saying how much. */
const endless = (response) => {
  const more = () => {
    while (!response.destroyed && response.write(chunk));
  };
  response.on("drain", more);
  more();
};
const redirect = (status) => (response) => response.writeHead(status, { Location: KEYS }).end();

/** Name: the answers, the words, the number of addresses asked. */
const FAILURES = {
  "there is no configuration": [{}, /openid-configuration answers with status 404$/, 1],
  "the configuration is no JSON": [{ [DISCOVERY]: "<html>secret" }, /openid-configuration is not JSON$/, 1],
  "the configuration is not UTF-8": [{ [DISCOVERY]: (response) => response.end(Buffer.from([0x22, 0xff, 0x22])) }, /is not JSON$/, 1],
  "the configuration is null": [{ [DISCOVERY]: "null" }, /is that of no issuer that could be named here$/, 1],
  "the configuration is empty": [{ [DISCOVERY]: "" }, /is not JSON$/, 1],
  "another issuer": [{ [DISCOVERY]: { ...configuration, issuer: `${ISSUER}/` } }, new RegExp(`the configuration of ${ISSUER} is that of ${ISSUER}/$`), 1],
  "an issuer that is no address": [{ [DISCOVERY]: { ...configuration, issuer: "https://x?secret" } }, /is that of no issuer/, 1],
  "no jwks_uri": [{ [DISCOVERY]: { issuer: ISSUER } }, /jwks_uri in the configuration of .* is missing$/, 1],
  "a key set over http": [{ [DISCOVERY]: { ...configuration, jwks_uri: KEYS.replace("https", "http") } }, /jwks_uri .* does not start with https/, 1],
  "a key set on another host": [{ [DISCOVERY]: { ...configuration, jwks_uri: "https://keys.example.com/a" } }, /is on another host, keys\.example\.com$/, 1],
  "a key set on another port": [{ [DISCOVERY]: { ...configuration, jwks_uri: "https://oidc.circleci.com:444/a" } }, /names a port/, 1],
  "a relative address": [{ [DISCOVERY]: { ...configuration, jwks_uri: "/secret" } }, /is not a URL/, 1],
  "the configuration redirects": [{ ...good, [DISCOVERY]: redirect(302) }, /openid-configuration redirects to another address/, 1],
  "the key set redirects": [{ ...good, [KEYS]: redirect(307) }, /jwks-pub\.json redirects to another address/, 2],
  "the key set is not there": [{ ...good, [KEYS]: undefined }, /jwks-pub\.json answers with status 404$/, 2],
  "the key set is a list": [{ ...good, [KEYS]: [] }, /jwks-pub\.json is no key set: it has no list of keys$/, 2],
  "the key set is null": [{ ...good, [KEYS]: "null" }, /is no key set/, 2],
  "keys that are no list": [{ ...good, [KEYS]: { keys: {} } }, /is no key set/, 2],
  "an endless configuration": [{ ...good, [DISCOVERY]: endless }, /openid-configuration has more than 64 KiB$/, 1],
  "an endless key set": [{ ...good, [KEYS]: endless }, /jwks-pub\.json has more than 1024 KiB$/, 2],
  "a key set one byte too long": [{ ...good, [KEYS]: `{"keys":[]}`.padEnd(1024 * 1024 + 1) }, /has more than 1024 KiB$/, 2],
  "the connection breaks": [{ ...good, [KEYS]: (response) => response.writeHead(200, { "Content-Length": 99 }).write("{", () => response.destroy()) }, /oidc\.circleci\.com could not be asked$/, 2],
};
for (const [name, [answers, words, count]] of Object.entries(FAILURES)) {
  test(`failure: ${name}`, async () => {
    const { error, asked } = await asking(answers, ISSUER);
    assert.ok(error instanceof entry.CircleciOidcError && error.code === "ERR_FETCH", String(error));
    assert.match(error.message, words);
    assert.ok(!error.message.includes("secret"));
    assert.equal(asked.length, count);
  });
}

test("a network error is the cause", async () => {
  const { error } = await asking({ [DISCOVERY]: (response) => response.destroy() }, ISSUER);
  assert.equal(error.code, "ERR_FETCH");
  assert.ok(error.cause instanceof TypeError);
});

test("as long as is allowed is taken", async () => {
  const answers = { [DISCOVERY]: JSON.stringify(configuration).padEnd(64 * 1024), [KEYS]: `{"keys":[]}`.padEnd(1024 * 1024) };
  assert.deepEqual((await asking(answers, ISSUER)).value, { keys: [] });
});

test("one deadline for everything: silence, and an answer that stops halfway", async () => {
  for (const answers of [{ [DISCOVERY]: () => {} }, { ...good, [KEYS]: (response) => response.write("{") }]) {
    const start = performance.now();
    const { error } = await asking(answers, ISSUER, { timeout: 80 });
    assert.equal(error.code, "ERR_FETCH");
    assert.match(error.message, /took longer than 80 ms$/);
    assert.ok(performance.now() - start < 3000);
  }
});

test("two slow answers are too slow together", async () => {
  const slowly = (body) => (response) => setTimeout(() => response.end(JSON.stringify(body)), 150);
  const { error } = await asking({ [DISCOVERY]: slowly(configuration), [KEYS]: slowly(jwks) }, ISSUER, { timeout: 220 });
  assert.match(error?.message ?? "in time", /took longer than 220 ms$/);
});

test("the caller ends it, with a reason, also before it began; a signal is let go", async () => {
  const controller = new AbortController();
  setTimeout(() => controller.abort("enough"), 30);
  const during = await asking({ [DISCOVERY]: () => {} }, ISSUER, { signal: controller.signal });
  assert.deepEqual([during.error.code, during.error.cause, during.asked.length], ["ERR_FETCH", "enough", 1]);
  assert.match(during.error.message, /the caller ended it$/);
  const before = await asking(good, ISSUER, { signal: AbortSignal.abort("no") });
  assert.deepEqual([before.error.code, before.error.cause, before.asked], ["ERR_FETCH", "no", []]);
  const listeners = new Set();
  const signal = { aborted: false, addEventListener: (_, listener) => listeners.add(listener), removeEventListener: (_, listener) => listeners.delete(listener) };
  assert.deepEqual((await asking(good, ISSUER, { signal })).value, jwks);
  assert.equal(listeners.size, 0);
});

test("a fetch that takes no notice of its signal does not outlast the deadline", async () => {
  const real = globalThis.fetch;
  globalThis.fetch = () => new Promise(() => {});
  try {
    await assert.rejects(entry.fetchJwks(ISSUER, { timeout: 30 }), { code: "ERR_FETCH" });
  } finally {
    globalThis.fetch = real;
  }
});

test("sends no credentials and no token: a GET with one header", async () => {
  const real = globalThis.fetch;
  const sent = [];
  globalThis.fetch = async (address, { signal, ...init }) => (sent.push([address, init]), Response.json(address === KEYS ? jwks : configuration));
  try {
    await entry.fetchJwks(ISSUER);
  } finally {
    globalThis.fetch = real;
  }
  const init = { headers: { accept: "application/json" }, redirect: "manual" };
  assert.deepEqual(sent, [[DISCOVERY, init], [KEYS, init]]);
});
