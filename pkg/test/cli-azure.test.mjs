// Azure on the command line: lists, single credentials and plans, alone and beside roles of AWS.
import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";

import { run } from "./cli.mjs";
import { imported as api } from "./installed.mjs";

const folder = mkdtempSync(join(tmpdir(), "circleci-oidc-azure-"));
after(() => rmSync(folder, { recursive: true, force: true }));
const at = (name) => join(folder, name);
const { cases } = api.samples();
const sample = (name) => cases.find((one) => one.name === name).trust;
const write = (name, value) => writeFileSync(at(name), typeof value === "string" ? value : JSON.stringify(value));

const TYPE = "azuread_application_federated_identity_credential";
const [credential] = JSON.parse(sample("azure-article").credentials);
const { name, ...rest } = credential;
const values = { ...rest, display_name: name, application_id: "/applications/x" };
const change = (of, after, unknown = {}) => ({ address: `${TYPE}.${of}`, type: TYPE, name: of, change: { before: null, after, after_unknown: unknown } });

write("claims.json", api.decode(cases.find((one) => one.name === "azure-article").token).claims);
write("list.json", sample("azure-article").credentials);
write("several.json", sample("azure-user-other").credentials);
write("one.json", credential);
write("flexible.json", sample("azure-flexible").credentials);
write("policy.json", sample("one-project").policy);
write("empty.json", []);
write("plan.json", { terraform_version: "1.13.4", resource_changes: [change("ci", values, { id: true }), change("later", { ...values, subject: null }, { subject: true })] });
const evaluate = (...args) => run(["evaluate", "--claims", at("claims.json"), "--no-probes", ...args]);
const results = (...args) => JSON.parse(evaluate(...args, "--format", "json").stdout).map(({ provider, name, decision }) => [provider, name, decision]);

test("a list is one configuration, called after its file; a credential alone after itself", () => {
  const { status, stdout, stderr } = evaluate("--azure", at("list.json"));
  assert.deepEqual([status, stderr], [0, ""]);
  assert.match(stdout, /^ALLOWED +list\.json, credential circleci: issuer, subject and audience are the token's\.$/m);
  assert.deepEqual(results("--azure", at("several.json")), [["azure", "several.json", "deny"]]);
  assert.deepEqual(results("--azure", at("one.json")), [["azure", "circleci", "allow"]]);
  assert.match(evaluate("--azure", at("several.json")).stdout, /^DENIED +several\.json, closest credential circleci-ana, line 20: the subject differs from the token's\./m);
});

test("a plan: what is known only after apply is unknown", () => {
  assert.deepEqual(results("--azure", at("plan.json")), [["azure", `${TYPE}.ci (after the plan)`, "allow"], ["azure", `${TYPE}.later (after the plan)`, "unknown"]]);
});

test("a file that belongs to another option, and one without a credential", () => {
  for (const [args, message] of [
    [["--azure", at("policy.json")], /--azure .*policy\.json: there is no federated credential in it\nGive it as --aws FILE/],
    [["--aws", at("list.json")], /--aws .*list\.json: there is no role in it\nGive it as --azure FILE/],
    [["--azure", at("empty.json")], /there is no federated credential in it\nGive a document that holds it: az ad app federated-credential list --id APPLICATION/],
  ]) {
    const { status, stderr } = evaluate(...args);
    assert.equal(status, 2);
    assert.match(stderr, message);
  }
});

test("lint and scan take them, and a file of cases", () => {
  const lint = run(["lint", at("flexible.json")]);
  assert.equal(lint.status, 1);
  assert.match(lint.stdout, /AZ011/);
  const scan = run(["scan", at("several.json"), at("plan.json")]);
  assert.equal(scan.status, 0, scan.stdout + scan.stderr);
  assert.match(scan.stdout, /AZ003/);
  write("cases.yaml", "claims:\n  main: {file: claims.json}\nconfigurations:\n  web: {azure: list.json}\n  others: {azure: several.json}\n  plan: {azure: plan.json, credential: " + TYPE + ".ci}\nexpect:\n  web: {main: allow}\n  others: {main: {decision: deny, reason: azure.credential.subject}}\n  plan: {main: allow}\n");
  const { status, stdout, stderr } = run(["test", at("cases.yaml")]);
  assert.equal(status, 0, stdout + stderr);
});
