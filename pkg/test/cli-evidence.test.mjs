// What is left of a token in its place, and documents with many roles in place of one policy.
import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";

import { at, run, samples } from "./cli.mjs";
import { root } from "./installed.mjs";

const file = (name) => join(root, "tests/evidence", name);
const policy = (name) => {
  writeFileSync(at(`${name}.policy.json`), samples.cases.find((one) => one.name === name).trust.policy);
  return at(`${name}.policy.json`);
};
const role = (arn, name) => {
  writeFileSync(at("role.json"), JSON.stringify({ Role: { Arn: arn, AssumeRolePolicyDocument: JSON.parse(readFileSync(policy(name), "utf8")) } }));
  return at("role.json");
};
const PROD = "arn:aws:iam::123456789012:role/deploy-prod";
const denied = ["--evidence", file("cloudtrail-denied.json")];
const json = (args, options) => {
  const { status, stdout, stderr } = run([...args, "--format", "json"], options);
  assert.equal(stderr, "");
  return { status, ...JSON.parse(stdout) };
};

test("nothing but a refused event and get-role output: the comparison that decided", () => {
  const { status, stdout } = run(["inspect", ...denied, "--aws", role(PROD, "exact-v1")]);
  assert.equal(status, 1);
  assert.match(stdout, /\n\nFrom a CloudTrail event of 2026-11-20 09:31:07 UTC\n {2}note: AWS refused the token: AccessDenied/);
  assert.match(stdout, /note: Taken from the subject: .*project-id/);
  assert.match(stdout, /^DENIED {6}role deploy-prod, statement 1, line 1: the policy expects the V1 subject; the job sent V2/);
  assert.match(stdout, /What follows from the subject is so: /);
  assert.match(stdout, /clock 2026-11-20 09:31:07 UTC/);
  assert.doesNotMatch(stdout, /warning: the token was presented/);
});

test("what STS answered before it looked at a policy is the answer, whatever the policy says", () => {
  const event = JSON.parse(readFileSync(file("cloudtrail-denied.json"), "utf8"));
  writeFileSync(at("expired.json"), JSON.stringify({ ...event, errorCode: "ExpiredTokenException" }));
  const args = ["--evidence", at("expired.json"), "--aws", policy("main-only")];
  for (const command of ["inspect", "evaluate"]) {
    const { status, stdout } = run([command, ...args]);
    assert.equal(status, 1);
    assert.match(stdout, /^DENIED +.*STS refused this token before it looked at the trust policy: ExpiredTokenException/m);
    assert.doesNotMatch(stdout, /ALLOWED|had not expired/);
  }
  assert.match(run(["evaluate", ...denied, "--aws", policy("main-only")]).stdout, /What AWS refused this token for \(AccessDenied\)/);
});

test("the role of the event is not the one that was judged", () => {
  const other = "arn:aws:iam::123456789012:role/other";
  assert.match(run(["inspect", ...denied, "--aws", role(other, "exact-v1")]).stdout, /warning: the token was presented to .*role\/deploy-prod, and judged here by the policy of .*role\/other/);
  assert.match(run(["evaluate", ...denied, "--aws", role(other, "exact-v1")]).stdout, /warning: the token was presented to/);
  assert.doesNotMatch(run(["inspect", ...denied, "--aws", policy("exact-v1")]).stdout, /warning: the token/, "a policy alone has no name to compare");
  assert.match(run(["inspect", ...denied, "--aws", file("list-roles.json")]).stdout, /warning: .* by the policy of .*role\/ci\/deploy-prod, .*role\/lambda, /);
});

test("as JSON: the report with the evidence beside it; of evaluate the list alone", () => {
  const { status, now, evidence, decoded, trust } = json(["inspect", ...denied, "--aws", policy("main-only")]);
  assert.deepEqual([status, now, evidence.role, trust[0].decision], [3, 1795167067, PROD, "allow"]);
  assert.deepEqual(evidence.claims, decoded.claims);
  const { status: evaluated, stdout } = run(["evaluate", ...denied, "--aws", policy("main-only"), "--format", "json"]);
  assert.deepEqual([evaluated, JSON.parse(stdout).map(({ decision }) => decision)], [0, ["allow"]]);
});

test("--now is the clock, and the time of presentation for evaluate", () => {
  assert.equal(json(["inspect", ...denied, "--now", "1795167300"]).now, 1795167300);
  const { status } = run(["evaluate", ...denied, "--aws", policy("main-only"), "--now", "1795167300"]);
  assert.equal(status, 3, "the event does not tell whether the token had expired by then");
});

test("a log, from standard input; a whole token tells everything, and its signature is not shown", () => {
  const log = readFileSync(file("job.log"), "utf8");
  const { evidence } = json(["inspect", "--evidence", "-"], { input: log });
  assert.deepEqual([evidence.partial, evidence.source], [false, "claims as JSON"]);
  const signature = samples.token.split(".")[2];
  const { status, stdout } = run(["inspect", "--evidence", "-", "--now", String(samples.now), "--aws", policy("one-project")], { input: `+ echo ${samples.token}\n` });
  assert.equal(status, 3);
  assert.match(stdout, /^ALLOWED[^]*\n\nFrom a token\n$/);
  assert.ok(!stdout.includes(signature));
});

test("the header's alg is not lost on the way", () => {
  const [, payload] = samples.token.split(".");
  const header = Buffer.from('{"alg":"HS256","typ":"JWT"}').toString("base64url");
  for (const command of ["inspect", "evaluate"]) {
    const { status, stdout } = run([command, "--evidence", "-", "--aws", policy("one-project")], { input: `x ${header}.${payload}.AA y` });
    assert.equal(status, 1);
    assert.match(stdout, /STS does not accept the signing algorithm/);
  }
});

test("many roles in one file: each is judged", () => {
  const decisions = (name) => JSON.parse(run(["evaluate", ...denied, "--aws", file(name), "--format", "json"]).stdout).map(({ name, decision }) => [name.replace(/^arn:aws:iam::123456789012:role\//, ""), decision]);
  assert.deepEqual(decisions("list-roles.json"), [["ci/deploy-prod", "allow"], ["lambda", "deny"], ["deploy", "allow"]]);
  assert.deepEqual(decisions("plan.json"), [
    ["aws_iam_role.new (after the plan)", "allow"],
    ["wider (before the plan)", "allow"],
    ["wider (after the plan)", "allow"],
    ["module.late.aws_iam_role.this (after the plan)", "unknown"],
    ["gone (before the plan)", "allow"],
    ["same", "allow"],
    ["late_change (before the plan)", "allow"],
    ["late_change (after the plan)", "unknown"],
    ["data.aws_iam_policy_document.trust (after the plan)", "allow"],
  ]);
});

writeFileSync(at("no-roles.json"), '{"Roles":[]}');
writeFileSync(at("denied.txt"), "An error occurred (AccessDenied): Not authorized to perform sts:AssumeRoleWithWebIdentity");
writeFileSync(at("huge.log"), "x".repeat(5 * 1024 * 1024));
for (const [name, args, words] of [
  ["a message that tells nothing", ["--evidence", at("denied.txt")], /denied\.txt tells nothing of a token\nThe message in line 1 means: The role's trust policy did not let this token in, [^\n]* circleci-oidc explain-error FILE says what to look at\.\nEvidence is a CloudTrail event/],
  ["a policy as evidence", ["--evidence", policy("one-project")], /it is a configuration\nGive it as --aws FILE/],
  ["a document with roles as evidence", ["--evidence", file("state.json")], /it is a configuration/],
  ["a key set as evidence", ["--evidence", at("jwks.json")], /it is a key set\nGive it as --jwks FILE/],
  ["evidence over the limit", ["--evidence", at("huge.log")], /the evidence has 5242880 bytes; the limit is 4194304/],
  ["evidence and a token", [...denied, "--env", "X"], /--evidence stands in place of --env/],
  ["evidence and claims", [...denied, "--claims", at("claims.json")], /--evidence stands in place of --claims/],
  ["evidence and --partial", [...denied, "--partial"], /--partial says nothing with --evidence/],
  ["a key set as a role", [...denied, "--aws", at("jwks.json")], /jwks\.json: there is no role in it; it seems to be a key set\nGive a document that holds the role/],
  ["a document without roles", [...denied, "--aws", at("no-roles.json")], /no-roles\.json: there is no role in it/],
]) {
  test(`status 2 and words for: ${name}`, () => {
    const { status, stdout, stderr } = run(["inspect", ...args]);
    assert.deepEqual([status, stdout], [2, ""]);
    assert.match(stderr, words);
  });
}
