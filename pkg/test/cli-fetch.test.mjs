// --fetch-jwks: whom it asks, and that a token never chooses that alone.
import assert from "node:assert/strict";
import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { test } from "node:test";

import { at, pinned, run, samples } from "./cli.mjs";

const { organization, jwks, now } = samples;
const ROOT = "https://oidc.circleci.com";
const own = `${ROOT}/org/${organization}`;
const issuer = (url) => ({ [`${url}/.well-known/openid-configuration`]: { issuer: url, jwks_uri: `${url}/keys` }, [`${url}/keys`]: jwks });
const preload = { NODE_OPTIONS: `--import ${new URL("./cli-fetch-preload.mjs", import.meta.url)}`, ASKED: at("asked.txt") };
const token = ["--token-file", at("token.jwt")];
const policy = ["--aws", at("one-project.json")];

/** Runs a command in a network of these answers; null is none. */
function fetching(args, answers) {
  rmSync(preload.ASKED, { force: true });
  const result = run(args, { env: { ...preload, ANSWERS: JSON.stringify(answers) } });
  return { ...result, asked: existsSync(preload.ASKED) ? readFileSync(preload.ASKED, "utf8").trim().split("\n") : [] };
}

/** The sample token with another issuer; its signature no longer holds. */
function from(iss) {
  const [header, payload, signature] = samples.token.split(".");
  const claims = { ...JSON.parse(Buffer.from(payload, "base64url").toString()), iss };
  const file = at(`from-${iss.length}.jwt`);
  writeFileSync(file, `${header}.${Buffer.from(JSON.stringify(claims)).toString("base64url")}.${signature}`);
  return ["--token-file", file];
}

test("verify and inspect with the key set of the named organization", () => {
  for (const args of [["verify", ...token], ["inspect", ...token, ...policy]]) {
    const { status, stdout, stderr, asked } = fetching([...args, ...pinned, "--fetch-jwks"], issuer(own));
    assert.deepEqual([status, stderr, asked], [0, "", [`${own}/.well-known/openid-configuration`, `${own}/keys`]], stdout);
  }
});

test("the token tells which of the organization's two issuers it is from, and nothing else", () => {
  const root = fetching(["verify", ...from(ROOT), ...pinned, "--fetch-jwks"], issuer(ROOT));
  assert.deepEqual(root.asked, [`${ROOT}/.well-known/openid-configuration`, `${ROOT}/keys`]);
  assert.equal(root.status, 1, "its signature does not hold");
  for (const stranger of ["https://evil.example/org/x", "https://oidc.circleci.com/org/92a7e0d4-3b61-4f8c-ad15-c08b74e6f931"]) {
    const { asked, status } = fetching(["verify", ...from(stranger), ...pinned, "--fetch-jwks"], { ...issuer(own), ...issuer(stranger) });
    assert.deepEqual([asked, status], [[`${own}/.well-known/openid-configuration`, `${own}/keys`], 1]);
  }
});

test("a server is asked if its issuer is named, whatever the token says", () => {
  const server = "https://ci.example.com/org/x";
  const { asked, status } = fetching(["verify", ...token, "--issuer", server, "--audience", organization, "--now", String(now), "--fetch-jwks"], issuer(server));
  assert.deepEqual([asked, status], [[`${server}/.well-known/openid-configuration`, `${server}/keys`], 1]);
});

/** Arguments, words; nobody is asked. */
const REFUSED = {
  "nothing is pinned": [["verify", ...token, "--fetch-jwks"], /needs --organization ID or --issuer URL\n.*must not choose the keys/],
  "with a file": [["verify", ...token, ...pinned, "--fetch-jwks", "--jwks", at("jwks.json")], /--jwks and --fetch-jwks: give one of them/],
  "with claims": [["inspect", "--claims", at("claims.json"), ...pinned, "--fetch-jwks"], /says nothing with --claims/],
  "no id": [["verify", ...token, "--organization", "a/../b", "--fetch-jwks"], /--organization a\/\.\.\/b: expected the organization's id/],
  "an issuer with a port": [["verify", ...token, "--issuer", "https://ci.example.com:8443/x", "--fetch-jwks"], /cannot ask this --issuer: it names a port\n.*--jwks FILE/],
  "an issuer with a password": [["verify", ...token, "--issuer", "https://a:secret@ci.example.com/x", "--fetch-jwks"], /cannot ask this --issuer: it holds a user name or password/],
  "an issuer that is no URL": [["verify", ...token, "--issuer", "acme", "--fetch-jwks"], /cannot ask this --issuer: it is not a URL/],
  "a command that verifies nothing": [["decode", ...token, "--fetch-jwks"], /does not take --fetch-jwks/],
  "a value": [["verify", ...token, ...pinned, "--fetch-jwks=https://evil.example"], /--fetch-jwks takes no value/],
};
for (const [name, [args, words]] of Object.entries(REFUSED)) {
  test(`refused: ${name}`, () => {
    const { status, stdout, stderr, asked } = fetching(args, {});
    assert.match(stderr, words);
    assert.deepEqual([status, stdout, asked], [2, "", []]);
    assert.ok(!stderr.includes("secret"));
  });
}

test("without a network it says so, and what to do", () => {
  const { status, stdout, stderr } = fetching(["verify", ...token, ...pinned, "--fetch-jwks"], null);
  assert.deepEqual([status, stdout], [2, ""]);
  assert.match(stderr, /^circleci-oidc: --fetch-jwks: the key set could not be read: oidc\.circleci\.com could not be asked \(ENOTFOUND\)\n.*curl .*--jwks FILE\.\n$/);
  assert.match(fetching(["verify", ...token, ...pinned, "--fetch-jwks"], {}).stderr, /answers with status 404\n/);
});

test("nothing else asks anybody", () => {
  for (const args of [["inspect", ...token, ...pinned, ...policy], ["verify", ...token, ...pinned, "--jwks", at("jwks.json")], ["decode", ...token]]) {
    assert.deepEqual(fetching(args, {}).asked, []);
  }
});
