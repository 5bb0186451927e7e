// Google Cloud on the command line: each document with its option, alone and beside roles of AWS.
import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";

import { run } from "./cli.mjs";
import { imported as api } from "./installed.mjs";

const folder = mkdtempSync(join(tmpdir(), "circleci-oidc-gcp-"));
after(() => rmSync(folder, { recursive: true, force: true }));
const at = (name) => join(folder, name);
const { cases, organization } = api.samples();
const sample = (name) => cases.find((one) => one.name === name).trust;
const write = (name, value) => writeFileSync(at(name), typeof value === "string" ? value : JSON.stringify(value));

const TYPE = "google_iam_workload_identity_pool_provider";
const NAME = "projects/123456789012/locations/global/workloadIdentityPools/circleci/providers/circleci";
const provider = JSON.parse(sample("gcp-project").workloadProvider);
const values = {
  attribute_condition: provider.attributeCondition,
  attribute_mapping: provider.attributeMapping,
  oidc: [{ allowed_audiences: provider.oidc.allowedAudiences, issuer_uri: provider.oidc.issuerUri }],
  workload_identity_pool_id: "circleci",
  workload_identity_pool_provider_id: "circleci",
};
const github = { ...values, attribute_condition: "true", oidc: [{ issuer_uri: "https://token.actions.githubusercontent.com" }] };
const change = (type, name, after, unknown = {}) => ({ address: `${type}.${name}`, type, name, change: { before: null, after, after_unknown: unknown } });
const role = { assume_role_policy: sample("one-project").policy };

write("claims.json", api.decode(cases.find((one) => one.name === "gcp-project").token).claims);
write("provider.json", sample("gcp-project").workloadProvider);
write("list.json", [provider, { ...provider, name: `${NAME}-2`, attributeCondition: "false" }]);
write("granted.json", sample("gcp-grant").iamPolicy);
write("refused.json", sample("gcp-grant-project-id").iamPolicy);
write("policy.json", sample("one-project").policy);
write("client.json", { type: "external_account", audience: `//iam.googleapis.com/${NAME}`, subject_token_type: "urn:ietf:params:oauth:token-type:jwt", credential_source: { file: "/x" } });
write("plan.json", { terraform_version: "1.13.4", resource_changes: [change("aws_iam_role", "deploy", role), change(TYPE, "ci", values, { name: true }), change(TYPE, "github", github), change(TYPE, "later", { ...values, attribute_condition: undefined }, { attribute_condition: true })] });
const evaluate = (...args) => run(["evaluate", "--claims", at("claims.json"), "--no-probes", ...args]);
const results = (...args) => JSON.parse(evaluate(...args, "--format", "json").stdout).map(({ provider, name, decision }) => [provider, name, decision]);

test("a provider: the heading, what is handed on, and every name of the identity on a line", () => {
  const { status, stdout, stderr } = evaluate("--gcp", at("provider.json"));
  assert.deepEqual([status, stderr], [0, ""]);
  assert.match(stdout, /^ALLOWED +provider circleci: the attribute condition is true\.$/m);
  assert.match(stdout, /^gcp circleci$/m);
  assert.match(stdout, new RegExp(`^ {2}attribute\\.org_id: ${organization}$`, "m"));
  assert.match(stdout, new RegExp(`^ {2}principal: principal://iam\\.googleapis\\.com/projects/.*/subject/org/${organization}/`, "m"));
  assert.match(stdout, new RegExp(`^ {2}principalSet:\n {4}principalSet://\\S+/attribute\\.org_id/${organization}\n {4}principalSet://\\S+/\\*\n`, "m"));
});

test("a list, a plan with roles, both options with one file", () => {
  assert.deepEqual(results("--gcp", at("list.json")), [["gcp", NAME, "allow"], ["gcp", `${NAME}-2`, "deny"]]);
  const ours = [["gcp", `${TYPE}.ci (after the plan)`, "allow"], ["gcp", `${TYPE}.github (after the plan)`, "deny"], ["gcp", `${TYPE}.later (after the plan)`, "unknown"]];
  assert.deepEqual(results("--gcp", at("plan.json")), ours);
  assert.deepEqual(results("--gcp", at("plan.json"), "--aws", at("plan.json")), [["aws", "aws_iam_role.deploy (after the plan)", "allow"], ...ours]);
});

test("an IAM policy and a client's file count for every provider", () => {
  const both = (iam) => results("--gcp", at("provider.json"), "--gcp-credentials", at("client.json"), "--gcp-iam-policy", at(iam));
  assert.deepEqual(both("granted.json"), [["gcp", "circleci", "allow"]]);
  assert.deepEqual(both("refused.json"), [["gcp", "circleci", "deny"]]);
  assert.deepEqual(results("--gcp", at("client.json")), [["gcp", "circleci", "unknown"]]);
});

test("a file that belongs to another option is refused with that option", () => {
  for (const [args, message] of [
    [["--gcp", at("policy.json")], /--gcp .*policy\.json: there is no workload identity pool provider in it\nGive it as --aws FILE/],
    [["--gcp", at("granted.json")], /Give it as --gcp-iam-policy FILE/],
    [["--aws", at("provider.json")], /--aws .*provider\.json: there is no role in it\nGive it as --gcp FILE/],
    [["--aws", at("list.json")], /there is no role in it/],
    [["--gcp", at("claims.json")], /it seems to be the claims of a token/],
    [["--gcp-iam-policy", at("granted.json")], /--gcp-iam-policy says nothing without --gcp FILE/],
    [["--aws", at("policy.json"), "--gcp-credentials", at("client.json")], /--gcp-credentials says nothing without --gcp FILE/],
    [[], /name at least one configuration to evaluate: --aws FILE or --gcp FILE/],
  ]) {
    const { status, stdout, stderr } = evaluate(...args);
    assert.deepEqual([status, stdout], [2, ""], args.join(" "));
    assert.match(stderr, message);
  }
});

test("what is too large is named by its option", () => {
  write("large.json", JSON.stringify({ ...provider, description: "x".repeat(300_000) }));
  assert.match(evaluate("--gcp", at("provider.json"), "--gcp-iam-policy", at("large.json")).stderr, /configuration/);
});

test("scan finds providers among roles, and skips those of others", () => {
  const { status, stdout, stderr } = run(["scan", "--fail-on", "never", "--format", "json", at("plan.json")]);
  assert.deepEqual([status, stderr], [0, ""]);
  const { resources, summary } = JSON.parse(stdout);
  assert.deepEqual(resources.map(({ provider, address }) => [provider, address]), [["aws", "aws_iam_role.deploy"], ["gcp", `${TYPE}.ci`], ["gcp", `${TYPE}.later`]]);
  assert.deepEqual([summary.resources, summary.others], [3, 1]);
});

test("remarks point into the plan, not into what was taken out of it", () => {
  const plan = JSON.stringify({ resource_changes: [change(TYPE, "ci", values)] }, null, 2);
  write("pretty.json", plan);
  const [{ findings }] = JSON.parse(run(["scan", "--fail-on", "never", "--format", "json", at("pretty.json")]).stdout).resources;
  const { at: place } = findings.find(({ code }) => code === "GCP002");
  assert.equal(plan.split("\n")[place.line - 1].slice(place.column - 1), '"assertion.sub"');
});

test("cases name a provider, its IAM policy and the client's file", () => {
  const file = (gcp) => `claims:\n  main: {file: claims.json}\nconfigurations:\n  ci: ${gcp}\nexpect:\n  ci: {main: allow}\n`;
  const cases = (gcp) => (write("cases.yaml", file(gcp)), run(["test", at("cases.yaml")]));
  assert.equal(cases("{gcp: provider.json, iam-policy: granted.json, credentials: client.json}").status, 0);
  assert.equal(cases(`{gcp: plan.json, pool-provider: ${TYPE}.ci}`).status, 0);
  assert.match(cases("{gcp: provider.json, iam-policy: refused.json}").stdout, /expected allow, got deny \(gcp\.iam\.member\)/);
  assert.match(cases("{gcp: plan.json}").stderr, /there are 3 workload identity pool providers in the file\nName one as pool-provider: /);
  assert.match(cases("{gcp: provider.json, role: x}").stderr, /unknown member role/);
  assert.match(cases("{iam-policy: granted.json}").stderr, /aws or gcp or azure or vault is missing/);
});

test("evidence that is a provider is refused with its option", () => {
  assert.match(run(["inspect", "--evidence", at("provider.json")]).stderr, /it is a configuration\nGive it as --gcp FILE/);
  assert.match(run(["inspect", "--evidence", at("plan.json")]).stderr, /Give it as --aws FILE or --gcp FILE/);
});
