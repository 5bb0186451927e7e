import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { test } from "node:test";

import { imported as api, root } from "./installed.mjs";

const samples = api.samples();
const pinned = { jwks: samples.jwks, organization: samples.organization, now: samples.now };

test("the file is what its generator writes", () => {
  execFileSync(process.execPath, [join(root, "tests/samples/generate.mjs"), "--check"]);
});

test("the token: V1, 127 bytes of sub, valid under the published key, let in by every entry of trust", () => {
  const report = api.inspect({ ...pinned, token: samples.token, trust: samples.trust });
  assert.equal(report.verification.verdict, "valid", report.verification.headline);
  assert.equal(report.decoded.subject.format, "v1");
  assert.equal(report.decoded.claims.sub.length, 127);
  assert.equal(report.decoded.claims["oidc.circleci.com/context-ids"].length, 1);
  assert.deepEqual(report.decoded.findings.filter(({ severity }) => severity !== "info"), []);
  assert.deepEqual(report.trust.map(({ decision }) => decision), samples.trust.map(() => "allow"));
});

test("the key says of itself that it must not be trusted, and the private half is not in the package", () => {
  assert.match(samples.jwks.keys[0].kid, /do-not-trust/);
  assert.deepEqual(Object.keys(samples.jwks.keys[0]).sort(), ["alg", "e", "kid", "kty", "n", "use"]);
});

test("names are unique, and every decision occurs", () => {
  assert.equal(new Set(samples.cases.map(({ name }) => name)).size, samples.cases.length);
  assert.deepEqual([...new Set(samples.cases.map(({ expect }) => expect))].sort(), ["allow", "deny", "invalid", "unknown"]);
});

for (const { name, title, token, trust, expect } of samples.cases) {
  test(`${name}: ${expect} (${title})`, () => {
    const report = api.inspect({ ...pinned, token, trust: [trust] });
    assert.equal(report.trust[0].decision, expect, report.trust[0].headline);
    assert.equal(api.evaluate(report.decoded.claims, trust).decision, expect);
    // Genuine in any case; only the stranger's token is not ours.
    assert.equal(report.verification.verdict, name === "other-organization" ? "invalid" : "valid", report.verification.headline);
    // A workload identity pool provider says itself what it is called.
    assert.equal(report.trust[0].name, trust.name ?? (trust.provider === "vault" ? "deploy" : "circleci"));
    // Nothing of it holds the token's signature.
    const signature = token.split(".")[2];
    assert.ok(!JSON.stringify(report).includes(signature));
  });
}
