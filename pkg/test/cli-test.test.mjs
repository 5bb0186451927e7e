// circleci-oidc test: cases in YAML against configurations.
import assert from "node:assert/strict";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";

import { at, run, samples } from "./cli.mjs";
import { imported as api, root } from "./installed.mjs";

mkdirSync(at("cases"));
const file = at("cases/cases.yaml");
const cases = (text, more = []) => {
  writeFileSync(file, text);
  return run(["test", file, ...more]);
};
const results = (text) => {
  const { status, stdout, stderr } = cases(text, ["--format", "json"]);
  assert.equal(stderr, "");
  const { tests, ...counts } = JSON.parse(stdout);
  return { status, counts, tests };
};
const claims = api.decode(samples.token).claims;
const configurations = "configurations:\n  one: {aws: ../one-project.json}\n";
const other = "00000000-0000-4000-8000-000000000000";

writeFileSync(at("cases/provider.json"), JSON.stringify({ Url: `oidc.circleci.com/org/${samples.organization}`, ClientIDList: [samples.organization] }));

const matrix = `# Paths are relative to this file.
claims:
  main: {file: ../claims.json}
  other-project:
    from: main
    set:
      sub: org/${samples.organization}/project/${other}/user/${other}
      oidc.circleci.com/project-id: ${other}
    remove: [oidc.circleci.com/context-ids]
  some:
    partial: true
    values: {iss: https://oidc.circleci.com/org/${samples.organization}}
  late: {from: main, now: 2030-01-01T00:00:00Z}
configurations:
  one: {aws: ../one-project.json}
  contexts:
    aws: ../context-ids.json
    provider: provider.json
    context:
      aws:SourceIp: 192.0.2.7
expect:
  one:
    main: allow
    other-project: {decision: deny, reason: aws.operator.string_like}
    some: unknown
    late: {decision: deny, reason: aws.sts.time}
  contexts:
    main: {decision: deny, reason: aws.condition.dead}
    other-project: deny
`;

test("a matrix of claims and configurations", () => {
  const { status, counts, tests } = results(matrix);
  assert.deepEqual([status, counts], [0, { schema: 1, passed: 6, failed: 0 }]);
  assert.deepEqual(tests.map(({ configuration, claims, expected, line }) => [configuration, claims, expected, line]), [
    ["one", "main", "allow", 23],
    ["one", "other-project", "deny", 24],
    ["one", "some", "unknown", 25],
    ["one", "late", "deny", 26],
    ["contexts", "main", "deny", 28],
    ["contexts", "other-project", "deny", 29],
  ]);
});

test("as text: what failed says what it got, why, and where the case stands", () => {
  const { status, stdout, stderr } = cases(matrix.replace("main: allow", "main: deny").replace("aws.sts.time", "aws.principal"));
  assert.deepEqual([status, stderr], [1, ""]);
  assert.match(stdout, /^✗ one \/ main +expected deny, got allow\n +\S+cases\.yaml:23\n +role one, statement 1 lets this token in/m);
  assert.match(stdout, /^✗ one \/ late +deny, but not because of aws\.principal \(aws\.sts\.time\)\n/m);
  assert.match(stdout, /^✓ one \/ some +unknown$/m);
  assert.match(stdout, /\n4 passed, 2 failed\n$/);
});

test("as JUnit: a suite for each configuration, whatever its name is", () => {
  const name = '<&"\u0001é';
  const text = matrix.replace(/^ {2}one:/gm, `  ${JSON.stringify(name)}:`).replace("main: allow", "main: deny");
  const { status, stdout } = cases(text, ["--format", "junit"]);
  assert.equal(status, 1);
  assert.match(stdout, /^<\?xml version="1\.0" encoding="UTF-8"\?>\n<testsuites name="circleci-oidc" tests="6" failures="1" errors="0">\n/);
  assert.match(stdout, /<testsuite name="&#60;&#38;&#34;\\u\{1\}é" file="[^"]+cases\.yaml" tests="4" failures="1" errors="0">/);
  assert.match(stdout, /<testcase classname="contexts" name="main" file="[^"]+" line="28"\/>/);
  assert.match(stdout, /<failure message="expected deny, got allow">[^<>]+<\/failure>\n {4}<\/testcase>/);
  // Every element that is opened is closed.
  const open = [];
  for (const [, close, element, self] of stdout.matchAll(/<(\/?)(\w+)[^>]*?(\/?)>/g)) {
    if (close) assert.equal(open.pop(), element);
    else if (!self) open.push(element);
  }
  assert.deepEqual(open, []);
});

test("neither invalid nor unknown is deny, and deny is neither", () => {
  const resource = samples.cases.find(({ name }) => name === "resource").trust.policy;
  writeFileSync(at("cases/resource.json"), resource);
  const all = (expected) => `claims:\n  main: {file: ../claims.json}\n  none: {partial: true, values: {iss: "${claims.iss}"}}\nconfigurations:\n  a: {aws: resource.json}\n  b: {aws: ../one-project.json}\nexpect:\n  a: {main: ${expected}}\n  b: {none: ${expected}, main: allow}\n`;
  const passed = (expected) => results(all(expected)).tests.map((one) => one.passed);
  assert.deepEqual(passed("deny"), [false, false, true]);
  assert.deepEqual(passed("invalid"), [true, false, true]);
  assert.deepEqual(passed("unknown"), [false, true, true]);
});

test("evidence in place of claims, and a role of a plan", () => {
  const arn = `arn:aws:iam::123456789012:oidc-provider/oidc.circleci.com/org/${samples.organization}`;
  const event = {
    eventVersion: "1.08",
    userIdentity: { type: "WebIdentityUser", principalId: `${arn}:${samples.organization}:${claims.sub}`, userName: claims.sub, identityProvider: arn },
    eventTime: "2026-11-20T09:31:07Z",
    eventSource: "sts.amazonaws.com",
    eventName: "AssumeRoleWithWebIdentity",
    errorCode: "AccessDenied",
    errorMessage: "An unknown error occurred",
    requestParameters: { roleArn: "arn:aws:iam::123456789012:role/deploy", roleSessionName: "x" },
    responseElements: null,
  };
  writeFileSync(at("cases/event.json"), JSON.stringify(event));
  const policy = (name) => samples.cases.find((one) => one.name === name).trust.policy;
  const change = (address, before, after, unknown = false) => ({
    address,
    type: "aws_iam_role",
    mode: "managed",
    change: { actions: ["update"], before: { assume_role_policy: before }, after: { assume_role_policy: after }, after_unknown: unknown ? { assume_role_policy: true } : {} },
  });
  const changes = [
    change("aws_iam_role.deploy", policy("audience-sts"), policy("one-project")),
    change("aws_iam_role.closed", policy("one-project"), policy("audience-sts")),
    change("aws_iam_role.later", policy("one-project"), undefined, true),
  ];
  writeFileSync(at("cases/plan.json"), JSON.stringify({ format_version: "1.2", terraform_version: "1.9.0", resource_changes: changes }));
  const text = (role) => `claims:
  refused: {evidence: event.json}
  other: {from: refused, set: {sub: "${claims.sub.replace(/project\/[^/]+/, `project/${other}`)}", oidc.circleci.com/project-id: ${other}}}
configurations:
  deploy: {aws: plan.json${role}}
  closed: {aws: plan.json, role: aws_iam_role.closed}
  later: {aws: plan.json, role: aws_iam_role.later}
expect:
  deploy: {refused: allow, other: deny}
  closed: {refused: deny}
  later: {refused: unknown}
`;
  const { status, tests } = results(text(", role: aws_iam_role.deploy"));
  assert.equal(status, 0, JSON.stringify(tests, null, 1));
  assert.match(cases(text("")).stderr, /cases\.yaml:5: configuration deploy: there are 3 roles in the file\nName one as role: aws_iam_role\.deploy, /);
  assert.match(cases(text(", role: nobody")).stderr, /there is no role nobody in the file\nName one as role: aws_iam_role\.deploy, /);
});

test("claims from a file stay as they are spelled, and changed ones lose nothing", () => {
  writeFileSync(at("cases/long.json"), `{"iss":"${claims.iss}","iat":1795167000.000000000000000001}`);
  const text = (more) => `claims:\n  a: {file: long.json}\n  b: {from: a${more}}\n${configurations}expect:\n  one: {a: deny, b: deny}\n`;
  assert.equal(results(text("")).status, 0);
  const changed = cases(text(", set: {sub: x}"));
  assert.equal(changed.status, 2);
  assert.match(changed.stderr, /cases\.yaml:3: the base of claims b:1: 1795167000\.000000000000000001: as a number this is 1795167000;/);
  writeFileSync(at("cases/long.json"), `{"iss":"${claims.iss}","sub":"x","sub":"y"}`);
  assert.match(cases(text(", set: {aud: x}")).stderr, /sub is there twice/);
});

test("what YAML 1.2 says of scalars", () => {
  const scalar = (text) => `claims:\n  a: {values: {iss: "${claims.iss}", x: ${text}}}\n${configurations}expect: {one: {a: deny}}\n`;
  const refused = [
    ["no", /no: a boolean for some readers of YAML/],
    ["On", /On: a boolean for some/],
    ["0123", /0123: as a number this is 123; for text use quotes/],
    ["1e3", /1e3: as a number this is 1000/],
    ["0x1F", /0x1F: as a number this is 31/],
    [".inf", /\.inf: as a number/],
    ["1.10", /1\.10: as a number this is 1\.1/],
    ["12345678901234567890", /as a number this is 12345678901234567000/],
    ["1234", /x is a number\nIn a token it is text: put it in quotes/],
    ["[a, [7]]", /x is a number/],
    ["null", /x is nothing\nTo take a claim away/],
    ["~", /x is nothing/],
    ["*base", /an alias \(\*\)/],
    ["&base a", /an anchor \(&\)/],
    ["!!str 12", /a tag \(!\)/],
    ["!secret a", /a tag \(!\)|Unresolved tag/],
  ];
  for (const [text, message] of refused) {
    const { status, stderr } = cases(scalar(text));
    assert.equal(status, 2, text);
    assert.match(stderr, /cases\.yaml:2: /, text);
    assert.match(stderr, message, text);
  }
  for (const text of ['"no"', "'0123'", "true", "false", "[a, b]", "2026-12-31", "1:30", "1_000", "0b1", "{y: z}"]) {
    assert.equal(cases(scalar(text)).status, 0, text);
  }
});

const body = (text) => `claims:\n  a: {values: {iss: x}}\n${configurations}${text}`;
const malformed = [
  ["nothing", "# only a comment\n", /cases\.yaml: there is nothing in it/],
  ["a list", "[]", /cases\.yaml:1: the file: expected a mapping, got a list/],
  ["no YAML", "claims: {", /cases\.yaml:1: /],
  ["a tab", "claims:\n\ta: b\n", /cases\.yaml:2: /],
  ["two documents", `${body("expect: {one: {a: deny}}\n")}---\na: 1\n`, /cases\.yaml:[56]: a second document begins/],
  ["an older YAML", "%YAML 1.1\n---\nclaims: yes\n", /cases\.yaml:1: written for YAML 1\.1/],
  ["a name twice", body("expect:\n  one:\n    a: deny\n    a: allow\n"), /cases\.yaml:8: a is there twice/],
  ["a name that YAML reads as a number, twice", 'claims:\n  1: {}\n  "1": {}\n', /cases\.yaml:3: 1 is there twice/],
  ["a merge key", body("expect:\n  one: {a: deny}\n  <<: {}\n"), /cases\.yaml:7: there is no configuration <</],
  ["an unknown member", body("expects: {}\n"), /cases\.yaml:5: the file: unknown member expects\nIt takes claims, configurations, expect\./],
  ["no expectations", body(""), /expect is missing/],
  ["nothing expected", body("expect: {}\n"), /cases\.yaml:5: expect: nothing is expected/],
  ["an unknown decision", body("expect: {one: {a: denied}}\n"), /cases\.yaml:5: expect, one, a: expected allow, deny, invalid, unknown, got denied/],
  ["an expectation without a decision", body("expect: {one: {a: {reason: aws.principal}}}\n"), /decision is missing/],
  ["an unknown reason", body("expect: {one: {a: {decision: deny, reason: aws.principle}}}\n"), /cases\.yaml:5: expect, one, a, reason: there is no code aws\.principle/],
  ["unknown claims", body("expect: {one: {b: deny}}\n"), /cases\.yaml:5: there are no claims b/],
  ["an unknown configuration", body("expect: {two: {a: deny}}\n"), /cases\.yaml:5: there is no configuration two/],
  ["claims that nobody asks about", body("expect: {one: {a: deny}}\n").replace("claims:", "claims:\n  b: {values: {}}"), /cases\.yaml:2: nothing is expected of the claims b/],
  ["a configuration that nobody asks about", body("  two: {aws: ../one-project.json}\nexpect: {one: {a: deny}}\n"), /cases\.yaml:5: nothing is expected of the configuration two/],
  ["claims from themselves", `claims:\n  a: {from: b}\n  b: {from: a}\n${configurations}expect: {one: {a: deny}}\n`, /cases\.yaml:3: claims a: made from themselves/],
  ["two sources", `claims:\n  a: {file: x, values: {}}\n${configurations}expect: {one: {a: deny}}\n`, /cases\.yaml:2: claims a: expected one of file, values, evidence, from/],
  ["a claim to remove that is not there", `claims:\n  a: {values: {}, remove: [sub]}\n${configurations}expect: {one: {a: deny}}\n`, /cases\.yaml:2: claims a, remove: there is no claim sub/],
  ["a time without a zone", `claims:\n  a: {values: {}, now: 2026-11-20T09:35:00}\n${configurations}expect: {one: {a: deny}}\n`, /cases\.yaml:2: now 2026-11-20T09:35:00: expected epoch seconds/],
  ["a provider that is none", "claims:\n  a: {values: {}}\nconfigurations:\n  one: {aws: ../one-project.json, provider: cases.yaml}\nexpect: {one: {a: deny}}\n", /cases\.yaml:4: cases\.yaml: not JSON/],
  ["a file that is not there", `claims:\n  a: {file: missing.json}\n${configurations}expect: {one: {a: deny}}\n`, /cases\.yaml:2: missing\.json: there is no such file/],
  ["claims that are not JSON", `claims:\n  a: {file: cases.yaml}\n${configurations}expect: {one: {a: deny}}\n`, /cases\.yaml:2: claims a: not JSON: /],
  ["a policy that is too large", "claims:\n  a: {values: {}}\nconfigurations:\n  one: {aws: ../huge.json}\nexpect: {one: {a: deny}}\n", /cases\.yaml:4: configuration one: the configuration has \d+ bytes; the limit is 262144/],
  ["a document without roles", "claims:\n  a: {values: {}}\nconfigurations:\n  one: {aws: ../none.json}\nexpect: {one: {a: deny}}\n", /cases\.yaml:4: configuration one: there is no role in the file\nGive a document that holds the role/],
  ["another provider's configuration", "claims:\n  a: {values: {}}\nconfigurations:\n  one: {aws: ../gcp-project.json}\nexpect: {one: {a: deny}}\n", /cases\.yaml:4: configuration one: there is no role in the file\nGive it as gcp\./],
  ["very deep", "[".repeat(200_000), /nested deeper than 64 levels/],
  ["very large", `claims: "${"x".repeat(1024 * 1024)}"`, /more than 1 MiB/],
];
writeFileSync(at("none.json"), '{"Roles": []}');
writeFileSync(at("huge.json"), JSON.stringify({ Version: "x".repeat(300 * 1024) }));
for (const [name, text, message] of malformed) {
  test(`a malformed file is refused, with its line: ${name}`, () => {
    const { status, stdout, stderr } = cases(text);
    assert.deepEqual([status, stdout], [2, ""], stderr);
    assert.match(stderr, message);
  });
}

test("several files, and what is wrong with the arguments", () => {
  writeFileSync(at("cases/second.yaml"), matrix);
  writeFileSync(file, matrix.replace("main: allow", "main: deny"));
  const both = run(["test", file, at("cases/second.yaml")]);
  assert.equal(both.status, 1);
  assert.match(both.stdout, /\n11 passed, 1 failed\n$/);
  assert.match(run(["test"]).stderr, /name the cases/);
  assert.match(run(["test", at("cases/missing.yaml")]).stderr, /missing\.yaml: there is no such file/);
  assert.match(run(["test", file, "--format", "xml"]).stderr, /expected text, json or junit/);
  assert.equal(run(["test", file, at("cases/missing.yaml")]).stdout, "", "nothing is judged before everything was read");
});

test("the documentation's example", () => {
  const text = readFileSync(join(root, "docs/command-line.md"), "utf8");
  const [, example] = /^<!-- test\/cli-test[^]*?^```yaml\n([^]*?)^```$/m.exec(text);
  writeFileSync(at("documented.yaml"), example);
  const { status, stdout } = run(["test", at("documented.yaml")]);
  assert.deepEqual([status, stdout.split("\n").at(-2)], [0, "4 passed, 0 failed"], stdout);
});

test("JSON is YAML", () => {
  const text = JSON.stringify({ claims: { main: { values: claims } }, configurations: { one: { aws: "../one-project.json" } }, expect: { one: { main: "allow" } } }, null, 2);
  assert.equal(cases(text).status, 0, readFileSync(file, "utf8"));
});
