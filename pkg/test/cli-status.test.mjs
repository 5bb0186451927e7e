// The exit status of every command, and what it prints in text and JSON.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";

import { at, pinned, run, samples } from "./cli.mjs";
import { imported as api, packageFolder } from "./installed.mjs";

const verified = ["--jwks", at("jwks.json"), ...pinned];
const token = (name) => ["--token-file", at(name)];
const caseOf = (name) => samples.cases.find((one) => one.name === name);
const policy = (name) => {
  writeFileSync(at(`${name}.policy.json`), caseOf(name).trust.policy);
  return ["--aws", at(`${name}.policy.json`)];
};
const good = policy("one-project");
writeFileSync(at("broken.jwt"), `${samples.token.slice(0, 40)}\n`);
writeFileSync(at("forged.jwt"), `${samples.token.split(".").slice(0, 2).join(".")}.${"A".repeat(342)}`);
const provider = (name, value) => {
  writeFileSync(at(name), JSON.stringify(value));
  return ["--aws-provider", at(name)];
};
const control = (name, value) => {
  writeFileSync(at(name), JSON.stringify(value));
  return ["--aws-rcp", at(name)];
};
const deny = (Action) => ({ Version: "2012-10-17", Statement: [{ Effect: "Deny", Principal: "*", Action, Resource: "*" }] });
const url = `https://oidc.circleci.com/org/${samples.organization}`;

/** Name, status, arguments. */
const rows = [
  ["inspect: genuine and let in", 0, ["inspect", ...token("token.jwt"), ...verified, ...good]],
  ["inspect: genuine, no trust asked about", 0, ["inspect", ...token("token.jwt"), ...verified]],
  ["inspect: genuine, refused", 1, ["inspect", ...token("other-project.jwt"), ...verified, ...good]],
  ["inspect: let in by one role, refused by another", 1, ["inspect", ...token("token.jwt"), ...verified, ...good, ...policy("audience-sts")]],
  ["inspect: a policy that IAM would not store", 1, ["inspect", ...token("token.jwt"), ...verified, ...policy("resource")]],
  ["inspect: not genuine, let in", 1, ["inspect", ...token("forged.jwt"), ...verified, ...good]],
  ["inspect: expired, but judged as of when it was minted", 1, ["inspect", ...token("token.jwt"), "--jwks", at("jwks.json"), "--organization", samples.organization, "--now", "2026-11-21T00:00:00Z", ...good]],
  ["inspect: without a key set nothing is verified", 3, ["inspect", ...token("token.jwt"), ...pinned, ...good]],
  ["inspect: without an organization nothing is valid", 3, ["inspect", ...token("token.jwt"), "--jwks", at("jwks.json"), "--now", String(samples.now), ...good]],
  ["inspect: an unknown decision", 3, ["inspect", ...token("token.jwt"), ...verified, ...policy("source-ip")]],
  ["inspect: a refusal outweighs an unknown", 1, ["inspect", ...token("token.jwt"), ...verified, ...policy("source-ip"), ...policy("audience-sts")]],
  ["inspect: claims are never verified", 3, ["inspect", "--claims", at("claims.json"), ...pinned, ...good]],
  ["verify: valid", 0, ["verify", ...token("token.jwt"), ...verified]],
  ["verify: a requirement that holds", 0, ["verify", ...token("token.jwt"), ...verified, "--require", "oidc.circleci.com/ssh-rerun=false", "--require", "oidc.circleci.com/vcs-ref=refs/heads/dev", "--require", "oidc.circleci.com/vcs-ref=refs/heads/main"]],
  ["verify: a requirement that does not", 1, ["verify", ...token("token.jwt"), ...verified, "--require", "oidc.circleci.com/ssh-rerun=true"]],
  ["verify: not genuine", 1, ["verify", ...token("forged.jwt"), ...verified]],
  ["verify: no token", 1, ["verify", ...token("broken.jwt"), ...verified]],
  ["verify: another organization", 1, ["verify", ...token("token.jwt"), "--jwks", at("jwks.json"), "--organization", "92a7e0d4-3b61-4f8c-ad15-c08b74e6f931", "--now", String(samples.now)]],
  ["verify: another issuer", 1, ["verify", ...token("token.jwt"), "--jwks", at("jwks.json"), "--issuer", "https://ci.example.com/org/x", "--audience", samples.organization, "--now", String(samples.now)]],
  ["verify: an audience that it does not have", 1, ["verify", ...token("token.jwt"), ...verified, "--audience", "sts.amazonaws.com"]],
  ["verify: one of two audiences", 0, ["verify", ...token("token.jwt"), ...verified, "--audience", "sts.amazonaws.com", "--audience", samples.organization]],
  ["verify: an algorithm that it does not have", 1, ["verify", ...token("token.jwt"), ...verified, "--algorithm", "ES256"]],
  ["verify: expired", 1, ["verify", ...token("token.jwt"), "--jwks", at("jwks.json"), "--organization", samples.organization, "--now", "1795170660"]],
  ["verify: expired, but within the leeway", 0, ["verify", ...token("token.jwt"), "--jwks", at("jwks.json"), "--organization", samples.organization, "--now", "1795170660", "--leeway", "120"]],
  ["verify: without a key set", 3, ["verify", ...token("token.jwt"), ...pinned]],
  ["evaluate: let in", 0, ["evaluate", ...token("token.jwt"), ...good]],
  ["evaluate: let in, from claims", 0, ["evaluate", "--claims", at("claims.json"), ...good]],
  ["evaluate: refused", 1, ["evaluate", ...token("other-project.jwt"), ...good]],
  ["evaluate: IAM would not store it", 1, ["evaluate", "--claims", at("claims.json"), ...policy("resource")]],
  ["evaluate: unknown", 3, ["evaluate", "--claims", at("claims.json"), ...policy("source-ip")]],
  ["evaluate: known with the context", 0, ["evaluate", "--claims", at("claims.json"), ...policy("source-ip"), "--aws-context", "aws:SourceIp=192.0.2.7"]],
  ["evaluate: refused with the context", 1, ["evaluate", "--claims", at("claims.json"), ...policy("source-ip"), "--aws-context", "aws:SourceIp=198.51.100.7"]],
  ["evaluate: a resource control policy that is about something else", 0, ["evaluate", "--claims", at("claims.json"), ...good, ...control("s3.json", deny("s3:*"))]],
  ["evaluate: the second resource control policy refuses", 1, ["evaluate", "--claims", at("claims.json"), ...good, ...control("s3.json", deny("s3:*")), ...control("sts.rcp.json", { Policy: { PolicySummary: { Name: "x" }, Content: JSON.stringify(deny("sts:*")) } })]],
  ["evaluate: a resource control policy that cannot be read", 3, ["evaluate", "--claims", at("claims.json"), ...good, ...control("text.json", "no policy")]],
  ["evaluate: expired at --now", 1, ["evaluate", ...token("token.jwt"), ...good, "--now", "2026-11-21T00:00:00+02:00"]],
  ["evaluate: with the provider", 0, ["evaluate", "--claims", at("claims.json"), ...good, ...provider("provider.json", { url, clientIdList: [samples.organization] })]],
  ["evaluate: with a provider for another audience", 1, ["evaluate", "--claims", at("claims.json"), ...good, ...provider("sts.json", { url, clientIdList: ["sts.amazonaws.com"] })]],
  ["evaluate: with what aws prints of the provider", 0, ["evaluate", "--claims", at("claims.json"), ...good, ...provider("get.json", { Url: url.replace("https://", ""), ClientIDList: [samples.organization], ThumbprintList: [], CreateDate: "2026-01-01T00:00:00Z" })]],
  ["decode: read", 0, ["decode", ...token("token.jwt")]],
  ["decode: not read", 1, ["decode", ...token("broken.jwt")]],
];

for (const [name, status, args] of rows) {
  test(name, () => {
    const text = run(args);
    assert.equal(text.status, status, text.stderr + text.stdout.slice(0, 400));
    assert.equal(text.stderr, "");
    assert.ok(text.stdout.length > 40);
    const json = run([...args, "--format", "json"]);
    assert.equal(json.status, status);
    JSON.parse(json.stdout);
  });
}

test("evaluate says nothing of the signature and the clock, unless the token cannot be read", () => {
  const { stdout } = run(["evaluate", ...token("token.jwt"), ...good]);
  assert.match(stdout, /^ALLOWED/);
  assert.doesNotMatch(stdout, /Expired|UNVERIFIED|INVALID/);
  const broken = run(["evaluate", ...token("broken.jwt"), ...good]);
  assert.ok(broken.status !== 0 && broken.stdout.length > 40, broken.stdout + broken.stderr);
});

test("the same call again, the same bytes", () => {
  const args = ["inspect", ...token("token.jwt"), ...verified, ...good];
  assert.deepEqual(run(args), run(args));
});

test("claims of which only some are known", () => {
  writeFileSync(at("some.json"), JSON.stringify({ iss: url, sub: api.decode(samples.token).claims.sub, iat: 1795167000, exp: 1795170600 }));
  assert.equal(run(["evaluate", "--claims", at("some.json"), ...good]).status, 1, "aud is absent");
  assert.equal(run(["evaluate", "--claims", at("some.json"), "--partial", ...good]).status, 3, "aud is not known");
});

test("JSON is what the functions return", () => {
  const input = { token: samples.token, jwks: samples.jwks, organization: samples.organization, now: samples.now };
  const { stdout } = run(["verify", ...token("token.jwt"), ...verified, "--format", "json"]);
  const { token: given, ...options } = input;
  // The key set was given as text, so that steps point into it: compare without their places.
  const withoutPlaces = (value) => JSON.parse(JSON.stringify(value, (key, inner) => (key === "at" ? undefined : inner)));
  assert.deepEqual(withoutPlaces(JSON.parse(stdout)), withoutPlaces(api.verify(given, options)));
  assert.deepEqual(JSON.parse(run(["decode", ...token("token.jwt"), "--format", "json"]).stdout), api.decode(given));
});

test("who else gets in, unless it is left out", () => {
  for (const [args, probes] of [
    [["inspect", ...token("token.jwt"), ...verified, ...good], ({ trust }) => trust[0].probes],
    [["evaluate", ...token("token.jwt"), ...good], ([result]) => result.probes],
    [["evaluate", "--claims", at("claims.json"), ...good], ([result]) => result.probes],
  ]) {
    const json = (more) => JSON.parse(run([...args, ...more, "--format", "json"]).stdout);
    assert.ok(probes(json([])).length > 5);
    assert.deepEqual(probes(json(["--no-probes"])), []);
    assert.match(run(args).stdout, /Who else gets in\?/);
    assert.doesNotMatch(run([...args, "--no-probes"]).stdout, /Who else gets in\?/);
  }
});

test("a role's name comes from get-role output, else from the file", () => {
  writeFileSync(at("role.json"), JSON.stringify({ Role: { RoleName: "deploy", Arn: "arn:aws:iam::123456789012:role/deploy", AssumeRolePolicyDocument: JSON.parse(caseOf("one-project").trust.policy) } }));
  const [named, file] = JSON.parse(run(["evaluate", "--claims", at("claims.json"), "--aws", at("role.json"), ...good, "--format", "json"]).stdout);
  assert.match(named.name, /deploy$/);
  assert.equal(file.name, "one-project.policy.json");
});

test("the system's clock, where no time is named", () => {
  const before = Math.floor(Date.now() / 1000);
  const { now } = JSON.parse(run(["inspect", ...token("token.jwt"), "--format", "json"]).stdout);
  assert.ok(Number.isInteger(now) && now >= before && now <= before + 60);
});

test("a package that is not whole says so", () => {
  const torn = mkdtempSync(join(tmpdir(), "circleci-oidc-torn-"));
  try {
    cpSync(packageFolder, torn, { recursive: true });
    rmSync(join(torn, "dist/core.wasm"));
    const { status, stderr } = spawnSync(process.execPath, [join(torn, "dist/cli.js"), "samples", join(torn, "samples")], { encoding: "utf8" });
    assert.equal(status, 2);
    assert.match(stderr, /^circleci-oidc: the core cannot be read: .*core\.wasm.*\nThe package is not whole: install it again\.\n$/);
  } finally {
    rmSync(torn, { recursive: true, force: true });
  }
});
