// circleci-oidc lint and scan: an account's roles, whatever its size.
import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { test } from "node:test";

import { MISTAKES, account } from "./account.mjs";
import { at, run, samples } from "./cli.mjs";

const write = (name, text) => {
  writeFileSync(at(name), text);
  return at(name);
};
const scan = (args, options) => {
  const { status, stdout, stderr } = run(["scan", ...args, "--format", "json"], options);
  return { status, stderr, ...JSON.parse(stdout) };
};

// More than 4 MiB, so that it is read in pieces.
const large = account({ roles: 1200 });
const roles = write("roles.json", large.text);
const small = account({ roles: 100, bytes: 0 });
const few = write("few.json", small.text);
const one = JSON.stringify({ Role: JSON.parse(small.text).Roles[63] }, null, 2);

test("every planted mistake is found, and roles without one have none", () => {
  const { status, stderr, resources, summary } = scan([roles]);
  assert.deepEqual([status, stderr], [1, ""]);
  const found = new Map(resources.map((row) => [row.address, row]));
  assert.ok(large.planted.size >= 3 * Object.keys(MISTAKES).length);
  for (const [arn, mistake] of large.planted) {
    const { worst, findings } = found.get(arn);
    assert.ok(["warning", "error"].includes(worst) && findings.some(({ code }) => code === MISTAKES[mistake].code), `${mistake}: ${JSON.stringify(findings)}`);
  }
  for (const arn of large.sound) assert.ok(!["warning", "error"].includes(found.get(arn).worst), JSON.stringify(found.get(arn)));
  assert.deepEqual([summary.resources, summary.others, summary.complete], [120, 1080, true]);
  const severities = resources.flatMap(({ findings }) => findings.map(({ severity }) => severity));
  for (const severity of ["error", "warning", "info"]) assert.equal(summary.findings[severity], severities.filter((other) => other === severity).length);
});

test("places are those of the file, in pieces or not", () => {
  const lines = large.text.split("\n");
  const { resources } = scan([roles]);
  assert.ok(resources.some(({ findings }) => findings.length > 0));
  for (const { address, at: policy, findings } of resources) {
    const start = lines.findIndex((line) => line.includes(`"Arn": "${address}"`));
    const policyLine = lines.findIndex((line, index) => index > start && line.includes('"AssumeRolePolicyDocument"'));
    assert.deepEqual([policy.line, lines[policy.line - 1][policy.column - 1]], [policyLine + 1, "{"], address);
    const end = lines.findIndex((line, index) => index > start && line.includes('"MaxSessionDuration"'));
    for (const { at: place, code } of findings) assert.ok(place.line > policyLine && place.line <= end, `${address} ${code} ${JSON.stringify(place)}`);
  }
  // The same roles, one value each, have the same rows; and an account in one line the same columns as one that is not cut.
  const single = write("single.ndjson", JSON.parse(large.text).Roles.map((role) => JSON.stringify({ Role: role })).join("\n"));
  const without = (rows) => rows.map(({ file, at, findings, ...row }) => ({ ...row, findings: findings.map(({ at, ...finding }) => finding) }));
  assert.deepEqual(without(scan([single]).resources), without(resources));
  const [long, prefix] = [JSON.stringify(JSON.parse(large.text)), '{"Roles":['];
  for (const { address, at: place, findings } of scan([write("long.json", long)]).resources) {
    assert.equal(place.line, 1);
    const policy = long.indexOf('"AssumeRolePolicyDocument":', long.indexOf(`"Arn":"${address}"`)) + '"AssumeRolePolicyDocument":'.length + 1;
    assert.equal(place.column, policy, prefix);
    for (const { at } of findings) assert.ok(at.line === 1 && at.column >= policy);
  }
});

test("one row a role, and a summary", () => {
  const { status, stdout, stderr } = run(["scan", few]);
  assert.deepEqual([status, stderr], [1, ""]);
  const rows = stdout.trimEnd().split("\n");
  assert.equal(rows.length, 11);
  assert.match(rows[0], /^(?:error|warning) +\S+ +arn:aws:iam::123456789012:role\/backup-3 {2}AWS005 .*few\.json:\d+:\d+$/);
  assert.match(rows.at(-1), /^10 resources looked at, 90 about other identity providers\. Findings: \d+ errors?, \d+ warnings?, \d+ info, 0 suppressed\.$/);
});

test("lint tells every finding whole", () => {
  const { status, stdout } = run(["lint", write("role.json", one)]);
  assert.equal(status, 1);
  const { resources } = scan([at("role.json")]);
  const [{ findings }] = resources;
  assert.ok(findings.length > 0);
  for (const { code, title, detail } of findings) assert.ok(stdout.includes(code) && stdout.includes(title) && stdout.includes(detail));
  assert.deepEqual(JSON.parse(run(["lint", at("role.json"), "--format", "json"]).stdout).resources, resources);
  assert.equal(run(["lint", at("role.json"), "--format", "sarif"]).status, 2);
});

test("a policy alone, several files, standard input", () => {
  const policy = write("sts.json", samples.cases.find(({ name }) => name === "audience-sts").trust.policy);
  const { resources } = scan([policy, at("role.json"), "-"], { input: `\ufeff${one}\n${one}` });
  assert.deepEqual(resources.map(({ file }) => file), [policy, at("role.json"), "standard input", "standard input"]);
  assert.deepEqual(resources.slice(2).map(({ at }) => at.line), [8, 8 + one.split("\n").length]);
  assert.deepEqual([run(["lint", policy]).status, run(["lint", policy, "--fail-on", "warning"]).status], [0, 1]);
});

test("a file in which nothing is known is no success", () => {
  const policy = JSON.parse(one).Role.AssumeRolePolicyDocument;
  const event = JSON.stringify({ eventName: "AssumeRoleWithWebIdentity", userIdentity: { identityProvider: "a", principalId: "b" } });
  for (const [text, words] of [
    ['{"a":1}', /nothing\.json: no configuration was found in it; it seems to be JSON \(an object\) that is none of the known forms/],
    [JSON.stringify({ Roles: [] }).replace("Roles", "Users"), /none of the known forms/],
    ['{"keys":[]}', /it seems to be a key set/],
    ['{"sub":"a"}', /it seems to be the claims of a token/],
    [event, /it seems to be a CloudTrail event of a token/],
    [JSON.stringify({ a: [1, 2], b: "x".repeat(3 << 20), c: "x".repeat(3 << 20) }), /it seems to be/],
  ]) {
    const { status, stderr, resources, summary } = scan([write("nothing.json", text)]);
    assert.deepEqual([status, resources.length, summary.complete], [2, 0, false], text.slice(0, 80));
    assert.match(stderr, words);
  }
  for (const text of ['{"Roles":[]}', "[]", '{"version":4,"terraform_version":"1.9.0","resources":[]}', '{"resource_changes":[{"address":"a","type":"aws_iam_role","change":{"before":{"assume_role_policy":"{}"},"after":null}}]}']) {
    assert.deepEqual([scan([write("none.json", text)]).status], [0], text);
  }
  const state = { version: 4, terraform_version: "1.9.0", resources: [{ mode: "managed", type: "aws_iam_role", name: "x", instances: [{ attributes: { assume_role_policy: JSON.stringify(policy) } }] }] };
  assert.deepEqual(scan([write("terraform.tfstate", JSON.stringify(state))]).resources.map(({ address }) => address), ["aws_iam_role.x"]);
});

test("a state as Terraform stores it, in pieces", () => {
  const policy = JSON.stringify(JSON.parse(one).Role.AssumeRolePolicyDocument);
  const attributes = { assume_role_policy: policy, description: "x".repeat(10_000) };
  const resources = Array.from({ length: 600 }, (_, index) => ({ mode: "managed", type: "aws_iam_role", name: `r${index}`, instances: [{ attributes }] }));
  const found = scan([write("large.tfstate", JSON.stringify({ version: 4, terraform_version: "1.9.0", resources }))]);
  assert.deepEqual([found.stderr, found.resources.length, found.resources.at(-1).address], ["", 600, "aws_iam_role.r599"]);
  // Without the type beside them nobody knows what the instances are.
  resources[0].instances = Array.from({ length: 600 }, () => ({ attributes }));
  const cut = scan([write("large.tfstate", JSON.stringify({ version: 4, terraform_version: "1.9.0", resources: resources.slice(0, 1) }))]);
  assert.equal(cut.status, 2);
  assert.match(cut.stderr, /the list "instances": more than 4 MiB/);
});

test("--fail-on", () => {
  const severities = scan([few]).resources.map(({ worst }) => worst);
  assert.ok(severities.includes("error"));
  const status = (least, file = few) => run(["scan", file, "--fail-on", least]).status;
  assert.deepEqual(["error", "warning", "info", "never"].map((least) => status(least)), [1, 1, 1, 0]);
  const open = write("open.json", JSON.stringify({ Role: JSON.parse(small.text).Roles[3] }));
  assert.deepEqual(["error", "warning"].map((least) => status(least, open)), [0, 1]);
  const sound = JSON.parse(small.text).Roles.filter(({ Arn }) => small.sound.includes(Arn));
  assert.equal(status("warning", write("sound.json", JSON.stringify({ Roles: sound }))), 0);
  assert.match(run(["scan", few, "--fail-on", "fatal"]).stderr, /--fail-on fatal: expected error, warning, info, never/);
});

test("suppressions", () => {
  const [{ address, findings: [{ code }] }] = scan([at("role.json")]).resources;
  const file = (entries) => write("known.yaml", JSON.stringify(entries));
  const entry = { code, resource: address, reason: "The role goes away.", expires: "2026-12-31" };
  const now = (date) => ["--now", `${date}T12:00:00Z`];
  const run = (entries, more = now("2026-12-31"), files = [at("role.json")]) => scan([...files, "--suppressions", file(entries), ...more]);
  const suppressed = (result) => result.resources[0].findings.filter((finding) => finding.suppressed !== undefined).map((finding) => finding.code);

  const result = run([entry]);
  assert.ok(suppressed(result).includes(code));
  assert.equal(result.summary.findings.suppressed, suppressed(result).length);
  assert.deepEqual(result.resources[0].findings.find((finding) => finding.code === code).suppressed, { reason: entry.reason, expires: entry.expires });
  assert.deepEqual(result.summary.suppressions, []);

  // All of them: nothing is left to fail on.
  const all = scan([at("role.json")]).resources[0].findings.map((finding) => ({ ...entry, code: finding.code, resource: "arn:*:role/*-63" }));
  assert.deepEqual([run(all).status, run(all).resources[0].worst], [0, undefined]);
  assert.equal(run(all.map((one) => ({ ...one, resource: "arn:*:role/" }))).status, 1, "a pattern has to match the whole name");

  const late = run([entry], now("2027-01-01"));
  assert.deepEqual([suppressed(late), late.status], [[], 1]);
  assert.match(late.summary.suppressions[0], new RegExp(`known\\.yaml:1: the suppression of ${code} for .* expired on 2026-12-31 and does not count`));
  assert.match(run([{ ...entry, resource: "*/other" }]).summary.suppressions[0], /for \*\/other met nothing/);
});

const wrongSuppressions = [
  ["no reason", { code: "AWS003", resource: "*", expires: "2026-12-31" }, /known\.yaml:1: suppression: reason is missing/],
  ["an empty reason", { code: "AWS003", resource: "*", reason: "", expires: "2026-12-31" }, /suppression, reason: expected text, got an empty text/],
  ["no expiry", { code: "AWS003", resource: "*", reason: "x" }, /expires is missing/],
  ["no date", { code: "AWS003", resource: "*", reason: "x", expires: "never" }, /expected a date like 2026-12-31, got never/],
  ["30 February", { code: "AWS003", resource: "*", reason: "x", expires: "2027-02-30" }, /expected a date like/],
  ["an unknown code", { code: "AWS999", resource: "*", reason: "x", expires: "2026-12-31" }, /there is no code AWS999/],
  ["an unknown member", { code: "AWS003", resource: "*", reason: "x", expires: "2026-12-31", until: "x" }, /unknown member until/],
];
for (const [name, entry, message] of wrongSuppressions) {
  test(`a suppression that is refused: ${name}`, () => {
    const { status, stdout, stderr } = run(["scan", few, "--suppressions", write("known.yaml", JSON.stringify([entry]))]);
    assert.deepEqual([status, stdout], [2, ""]);
    assert.match(stderr, message);
  });
}

test("SARIF 2.1.0", () => {
  const { code } = scan([at("role.json")]).resources[0].findings[0];
  const known = write("known.yaml", JSON.stringify([{ code, resource: "*", reason: "Known.", expires: "2026-12-31" }]));
  const { status, stdout } = run(["scan", few, at("missing.json"), "--format", "sarif", "--suppressions", known, "--now", String(samples.now)]);
  assert.equal(status, 2);
  const log = JSON.parse(stdout);
  assert.deepEqual([log.version, log.runs.length], ["2.1.0", 1]);
  const [{ tool: { driver }, results, invocations: [invocation], columnKind }] = log.runs;
  assert.deepEqual([driver.name, columnKind, invocation.executionSuccessful], ["circleci-oidc", "utf16CodeUnits", false]);
  assert.match(invocation.toolExecutionNotifications[0].message.text, /missing\.json: there is no such file/);
  assert.equal(new Set(driver.rules.map(({ id }) => id)).size, driver.rules.length);
  for (const { id, shortDescription, defaultConfiguration } of driver.rules) {
    assert.ok(id && shortDescription.text && ["error", "warning", "note"].includes(defaultConfiguration.level));
  }
  const { resources } = scan([few]);
  assert.equal(results.length, resources.flatMap(({ findings }) => findings).length);
  const lines = small.text.split("\n");
  for (const { ruleId, ruleIndex, level, message, locations: [{ physicalLocation, logicalLocations }], suppressions } of results) {
    assert.equal(driver.rules[ruleIndex].id, ruleId);
    assert.ok(["error", "warning", "note"].includes(level) && message.text.length > 20);
    assert.match(physicalLocation.artifactLocation.uri, /^file:\/\/\/.*few\.json$/);
    const { startLine, startColumn } = physicalLocation.region;
    assert.ok(startLine >= 1 && startLine <= lines.length && startColumn >= 1 && startColumn <= lines[startLine - 1].length + 1);
    assert.match(logicalLocations[0].fullyQualifiedName, /^arn:aws:iam:/);
    assert.deepEqual(suppressions.map(({ kind, justification }) => [kind, justification]), ruleId === code ? [["external", "Known."]] : []);
  }
  assert.equal(new Set(results.map(({ partialFingerprints }) => JSON.stringify(partialFingerprints))).size, results.length);
  assert.deepEqual(JSON.parse(run(["scan", write("empty-list.json", '{"Roles":[]}'), "--format", "sarif"]).stdout).runs[0].results, []);
});

const broken = [
  ["cut off", large.text.slice(0, large.text.length / 2), /roles-broken\.json:\d+ \(byte \d+\): .* the text ends where .* What stands before was read/],
  ["a mistake in the middle", `${large.text.slice(0, -400)}!`, /roles-broken\.json:\d+ \(byte \d+\): not JSON/],
  ["empty", "", /roles-broken\.json: there is nothing in it/],
  ["UTF-16", Buffer.from(`\ufeff${one}`, "utf16le"), /this is UTF-16/],
  ["not JSON", "Roles:\n", /roles-broken\.json:1 \(byte 1\): not JSON/],
];
for (const [name, text, message] of broken) {
  test(`what can be read of a broken file is judged, and so are the others: ${name}`, () => {
    const { status, stderr, resources, summary } = scan([write("roles-broken.json", text), at("role.json")]);
    assert.equal(status, 2);
    assert.match(stderr, message);
    assert.deepEqual([summary.complete, summary.problems.length], [false, 1]);
    assert.equal(resources.at(-1).file, at("role.json"));
    const complete = scan([roles]).resources.map(({ address }) => address);
    const read = resources.slice(0, -1).map(({ address }) => address);
    assert.deepEqual(read, complete.slice(0, read.length));
    if (text.length > 1e6) assert.ok(read.length >= complete.length / 3, `${read.length} of ${complete.length}`);
  });
}

test("a policy that is too large is never judged in part", () => {
  const statement = (effect) => ({ Effect: effect, Principal: { Federated: "arn:aws:iam::123456789012:oidc-provider/oidc.circleci.com" }, Action: "sts:AssumeRoleWithWebIdentity" });
  const Statement = [...Array.from({ length: 40_000 }, () => statement("Allow")), statement("Deny")];
  const role = { RoleName: "huge", Arn: "arn:aws:iam::123456789012:role/huge", AssumeRolePolicyDocument: { Version: "2012-10-17", Statement } };
  for (const more of [{}, { Padding: "x".repeat(4 * 1024 * 1024 - 100_000) }]) {
    const { status, resources, stderr } = scan([write("huge.json", JSON.stringify({ Roles: [JSON.parse(one).Role, { ...more, ...role }] }))]);
    assert.equal(status, 2);
    assert.match(stderr, /more than 4 MiB|too large/);
    assert.deepEqual(resources.map(({ name }) => name), [JSON.parse(one).Role.Arn]);
  }
});

test("what is wrong with the arguments", () => {
  assert.match(run(["scan"]).stderr, /name at least one file/);
  assert.match(run(["scan", few, "--format", "xml"]).stderr, /expected text, json or sarif/);
  const { status, stdout, stderr } = run(["scan", at("")]);
  assert.equal(status, 2);
  assert.match(stderr, /this is a directory/);
  assert.match(stdout, /Not complete: 1 problem on the way/);
  assert.match(run(["scan", "-", "-"], { input: one }).stderr, /only one input can come from standard input/);
});

test("of a plan, what it leaves behind", () => {
  const policy = (name) => samples.cases.find((one) => one.name === name).trust.policy;
  const change = (address, before, after, unknown = {}) => ({ address, type: "aws_iam_role", change: { actions: ["update"], before, after, after_unknown: unknown } });
  const [open, closed] = [{ assume_role_policy: policy("one-project") }, { assume_role_policy: policy("audience-sts") }];
  const changes = [
    change("aws_iam_role.opened", closed, open),
    change("aws_iam_role.deleted", open, null),
    change("module.a.aws_iam_role.later", open, {}, { assume_role_policy: true }),
  ];
  const plan = write("plan.json", JSON.stringify({ format_version: "1.2", terraform_version: "1.9.0", resource_changes: changes }));
  const { resources, summary } = scan([plan]);
  assert.deepEqual(resources.map(({ address, decision }) => [address, decision]), [["aws_iam_role.opened", "allow"], ["module.a.aws_iam_role.later", "unknown"]]);
  assert.deepEqual([summary.others, resources[0].at.line], [0, 1]);
});

test("a policy that IAM would not store is an error, unless it is about others", () => {
  const policy = (Principal, more) => JSON.stringify({ Version: "2012-10-17", Statement: [{ Effect: "Allow", Principal, Action: "sts:AssumeRoleWithWebIdentity", ...more }] });
  const rows = (text) => scan([write("policy.json", text)]).resources.map(({ decision, findings }) => [decision, findings.map(({ code, severity }) => `${severity} ${code}`)]);
  const circleci = { Federated: `arn:aws:iam::123456789012:oidc-provider/oidc.circleci.com/org/${samples.organization}` };
  const [[decision, findings]] = rows(policy(circleci, { Resource: "*" }));
  assert.deepEqual([decision, findings[0]], ["invalid", "error aws.document"]);
  assert.deepEqual(rows('{"Version":"2012-10-17","Statement":[]}'), [["invalid", ["error aws.document"]]]);
  assert.deepEqual(rows(policy({ Service: "ec2.amazonaws.com" }, { Resource: "*" })), []);
  const { stdout } = run(["lint", write("policy.json", policy(circleci, { Resource: "*" }))]);
  assert.match(stdout, /^policy\.json {2}.*policy\.json:1:1\n {2}error {2}aws\.document the cloud would not store this configuration {2}.*policy\.json:1:\d{3}\n/);
});

test("why a configuration would not be stored is said once", () => {
  const provider = samples.cases.find(({ name }) => name === "gcp-project").trust.workloadProvider;
  const [{ decision, findings }] = scan([write("broken.json", provider.replace("assertion['", "assertion["))]).resources;
  assert.deepEqual([decision, findings.filter(({ severity }) => severity === "error").map(({ code }) => code)], ["invalid", ["GCP001"]]);
});

test("names and titles cannot move the cursor", () => {
  const role = JSON.parse(one);
  role.Role.Arn = "arn:aws:iam::123456789012:role/\u001b[2Jx";
  const { stdout } = run(["scan", write("cursor.json", JSON.stringify(role))]);
  assert.ok(!stdout.includes("\u001b"), readFileSync(at("cursor.json"), "utf8").slice(0, 100));
});
