// Messages that clouds print, and names in the place of ids.
import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";

import { at, run, samples } from "./cli.mjs";
import { imported as api, root } from "./installed.mjs";

const write = (name, text) => {
  writeFileSync(at(name), text);
  return at(name);
};
const DENIED = "An error occurred (AccessDenied) when calling the AssumeRoleWithWebIdentity operation: Not authorized to perform sts:AssumeRoleWithWebIdentity";

test("a log: what it means, what to look at, what it is not", () => {
  const { status, stdout, stderr } = run(["explain-error", write("denied.log", `#!/bin/bash -eo pipefail\n\n${DENIED}\nExited with code exit status 254\n`)]);
  assert.deepEqual([status, stderr], [0, ""]);
  assert.match(stdout, /^AWS, the trust configuration\nThe role's trust policy did not let this token in, or there is no such role\./);
  assert.match(stdout, /\nLine 3: Not authorized to perform sts:AssumeRoleWithWebIdentity\n\nWhat to look at\n {2}- Judge the role's trust policy [^]*\n\nWhat it is not\n {2}- An expired token[^]*\n\nSee https:\/\/\S+\n$/);
});

test("from standard input, with and without -, and as JSON", () => {
  for (const args of [[], ["-"]]) {
    const { status, stdout } = run(["explain-error", ...args, "--format", "json"], { input: "AADSTS7002138: x" });
    assert.equal(status, 0);
    assert.deepEqual(JSON.parse(stdout), api.explainError("AADSTS7002138: x"));
  }
});

test("a message that is not known: status 3", () => {
  const text = run(["explain-error"], { input: "npm ERR! 404" });
  assert.deepEqual([text.status, text.stderr], [3, ""]);
  assert.match(text.stdout, /^No message is known in this text\./);
  const json = run(["explain-error", "--format", "json"], { input: "npm ERR! 404" });
  assert.deepEqual([json.status, json.stdout], [3, "null\n"]);
});

test("a mistake in the arguments: status 2", () => {
  for (const [args, words] of [
    [["x", "y"], /takes one file/],
    [[at("none.log")], /there is no such file/],
    [["--aws", "x"], /does not take --aws/],
    [[write("empty.log", "\n")], /empty\.log: there is nothing in it/],
    [[write("huge.txt", "x".repeat(5 * 1024 * 1024))], /the evidence has 5242880 bytes; the limit is 4194304/],
  ]) {
    const { status, stdout, stderr } = run(["explain-error", ...args]);
    assert.deepEqual([status, stdout], [2, ""], stderr);
    assert.match(stderr, words);
  }
});

test("nothing of the text is printed", () => {
  const { stdout } = run(["explain-error"], { input: `${DENIED} ${samples.token}\u001b[2J` });
  assert.ok(!stdout.includes(samples.token.slice(0, 40)) && !stdout.includes("\u001b"));
});

test("every row that the documentation lists is known to the package", () => {
  const rows = readFileSync(join(root, "docs/errors.md"), "utf8").split("\n").filter((line) => line.startsWith("| `"));
  assert.ok(rows.length > 40);
  for (const row of rows) {
    const [, messages, stage] = row.split(" | ").length === 3 ? [0, ...row.split(" | ")] : assert.fail(row);
    for (const [, message] of messages.matchAll(/`([^`]+)`/g)) assert.equal(api.explainError(message.replace("…", " "))?.stage, stage.split(",")[0], message);
  }
});

test("the longest text without a message is looked through in time", () => {
  const started = performance.now();
  for (const text of ["The mapped attribute", "assumed-role/", "E", "CIRCLE_OIDC_TOKEN ", "x\n", "assumed-role/ │\n ", "error validating claims: ", "echo AADSTS700213"]) {
    assert.equal(api.explainError(text.repeat(Math.floor((4 * 1024 * 1024) / Buffer.byteLength(text)))), null);
  }
  const took = performance.now() - started;
  assert.ok(took < 20_000, `${took} ms`);
  if (process.env.TIMES) console.log(`${took} ms`);
});

test("evidence with a message has a word on it", () => {
  const file = join(root, "tests/evidence/azure.log");
  const text = run(["inspect", "--evidence", file]);
  assert.match(text.stdout, /\n {2}The message in line \d+ means: No federated credential that could fit has this subject; [^\n]* circleci-oidc explain-error FILE says what to look at\.\n$/);
  assert.equal(JSON.parse(run(["inspect", "--evidence", file, "--format", "json"]).stdout).explanation.stage, "subject");
  const job = run(["inspect", "--evidence", join(root, "tests/evidence/cloudtrail-denied.json"), "--format", "json"]);
  assert.equal(JSON.parse(job.stdout).explanation, undefined);
});

const { org, project, user } = api.decode(samples.token).subject;
const names = write("ids.json", JSON.stringify({ [org]: "acme", [project]: "payments-api", [user]: "Ada" }));
const policy = write("named.json", samples.cases.find(({ name }) => name === "one-project").trust.policy);
const claims = write("named-claims.json", JSON.stringify(api.decode(samples.token).claims));

test("names stand where people read, and in no value", () => {
  const token = ["--token-file", at("token.jwt")];
  writeFileSync(at("token.jwt"), samples.token);
  const { stdout } = run(["inspect", ...token, "--aws", policy, "--names", names, "--organization", org, "--now", String(samples.now)]);
  assert.match(stdout, /^ALLOWED {5}role named\.json, statement 1 lets this token in: aud is acme \(\w{4}…\), sub matches org\/acme \(\w{4}…\)\/project\/payments-api \(\w{4}…\)\/user\/\*/);
  assert.match(stdout, /\n\w+ +From organization acme|From organization acme \(\w{4}…\)/);
  assert.ok(stdout.includes(`  ${project} = payments-api (${project.slice(0, 4)}…)\n`));
  const report = JSON.parse(run(["inspect", ...token, "--aws", policy, "--names", names, "--format", "json"]).stdout);
  const plain = JSON.parse(run(["inspect", ...token, "--aws", policy, "--format", "json"]).stdout);
  assert.deepEqual(report.decoded.claims, plain.decoded.claims);
  assert.notEqual(report.trust[0].headline, plain.trust[0].headline);
  const values = (steps) => steps.flatMap(({ expected, actual, children }) => [expected, actual, ...values(children ?? [])]);
  assert.deepEqual(values(report.trust[0].steps), values(plain.trust[0].steps));
  const codes = ({ trust }) => trust[0].probes.map(({ code, claims, decision }) => [code, claims, decision]);
  assert.deepEqual(codes(report), codes(plain));
});

test("evaluate has names too, also line by line", () => {
  for (const args of [["--claims", claims], ["--claims-ndjson", claims], ["--token-file", at("token.jwt")]]) {
    assert.match(run(["evaluate", ...args, "--aws", policy, "--names", names]).stdout, /aud is acme \(\w{4}…\)/, args[0]);
  }
});

test("decode, verify, lint, scan and test have names too", () => {
  const short = (id) => `\\(${id.slice(0, 4)}…\\)`;
  const token = ["--token-file", at("token.jwt")];
  writeFileSync(at("token.jwt"), samples.token);
  assert.match(run(["decode", ...token, "--names", names]).stdout, new RegExp(`project-id +${project} = payments-api ${short(project)}\\n`));
  assert.match(run(["verify", ...token, "--organization", org, "--names", names]).stdout, new RegExp(`From organization acme ${short(org)}`));
  const exact = write("exact.json", samples.cases.find(({ name }) => name === "exact-v1").trust.policy);
  assert.match(run(["lint", exact, "--names", names]).stdout, new RegExp(`It is Ada ${short(user)}\\. `));
  const { resources } = JSON.parse(run(["scan", exact, "--names", names, "--format", "json"]).stdout);
  assert.match(resources[0].findings.find(({ code }) => code === "AWS022").detail, new RegExp(`It is Ada ${short(user)}`));
  assert.equal(resources[0].claims.sub, `org/${org}/project/${project}/user/${user}`);
  const result = ({ results: [{ message, ...rest }] }) => rest;
  const sarif = (args) => JSON.parse(run(["scan", exact, ...args, "--format", "sarif"]).stdout).runs[0];
  assert.deepEqual(result(sarif(["--names", names])), result(sarif([])));
  const cases = write("named.yaml", `claims: {main: {file: named-claims.json}}\nconfigurations: {one: {aws: named.json}}\nexpect: {one: {main: deny}}\n`);
  assert.match(run(["test", cases, "--names", names]).stdout, new RegExp(`aud is acme ${short(org)}`));
});

test("ten thousand names cost many small calls little", () => {
  const many = Object.fromEntries(Array.from({ length: 9_999 }, (_, index) => [`00000000-0000-4000-8000-${String(index).padStart(12, "0")}`, "x".repeat(200)]));
  const roles = Array.from({ length: 300 }, (_, index) => ({ Arn: `arn:aws:iam::123456789012:role/r${index}`, RoleName: `r${index}`, AssumeRolePolicyDocument: JSON.parse(readFileSync(policy, "utf8")) }));
  const started = performance.now();
  const { stdout } = run(["scan", write("many-roles.json", JSON.stringify({ Roles: roles })), "--names", write("ten-thousand.json", JSON.stringify({ ...many, [org]: "acme" })), "--format", "json"]);
  assert.equal(JSON.parse(stdout).resources.length, 300);
  assert.ok(performance.now() - started < 20_000);
});

test("names that are none: status 2, and the entry", () => {
  for (const [text, words] of [
    ["[]", /--names \S+bad\.json\S*: expected a JSON object\nIt holds a name for each id/],
    ["{", /--names \S+bad\.json\S*: not JSON/],
    ['{"payments": "x"}', /--names \S+bad\.json: payments: is no UUID in small letters/],
    [`{"${org}": 1}`, /expected a name/],
  ]) {
    for (const args of [["inspect", "--claims", claims, "--aws", policy], ["evaluate", "--claims", claims, "--aws", policy], ["scan", policy], ["test", at("named.yaml")], ["decode", "--token-file", at("token.jwt")]]) {
      const { status, stderr } = run([...args, "--names", write("bad.json", text)]);
      assert.equal(status, 2, stderr);
      assert.match(stderr, words);
    }
  }
  const many = Object.fromEntries(Array.from({ length: 10_001 }, (_, index) => [`00000000-0000-4000-8000-${String(index).padStart(12, "0")}`, "x"]));
  assert.match(run(["inspect", "--claims", claims, "--names", write("many.json", JSON.stringify(many))]).stderr, /10001 names; the limit is 10000/);
});
