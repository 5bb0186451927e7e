// Vault on the command line: roles, their mount, release and address, and plans that tell both.
import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";

import { run } from "./cli.mjs";
import { imported as api } from "./installed.mjs";

const folder = mkdtempSync(join(tmpdir(), "circleci-oidc-vault-"));
after(() => rmSync(folder, { recursive: true, force: true }));
const at = (name) => join(folder, name);
const { cases, organization } = api.samples();
const sample = (name) => cases.find((one) => one.name === name);
const write = (name, value) => writeFileSync(at(name), typeof value === "string" ? value : JSON.stringify(value));

const { role, mount } = sample("vault-project").trust;
const values = { ...JSON.parse(role).data, backend: "jwt", role_name: "deploy" };
const config = { path: "jwt", oidc_discovery_url: `https://oidc.circleci.com/org/${organization}`, bound_issuer: `https://oidc.circleci.com/org/${organization}` };
const change = (type, name, after) => ({ address: `${type}.${name}`, type, name, change: { before: null, after, after_unknown: {} } });

write("claims.json", api.decode(sample("vault-project").token).claims);
write("role.json", role);
write("mount.json", mount);
write("other-mount.json", { ...config, bound_issuer: "https://oidc.circleci.com" });
write("no-audience.json", sample("vault-no-audience").trust.role);
write("bound.json", { ...values, token_bound_cidrs: ["192.0.2.0/24"] });
write("both.json", role + mount);
write("plan.json", { terraform_version: "1.13.4", resource_changes: [change("vault_jwt_auth_backend", "ci", { ...config, bound_issuer: "https://oidc.circleci.com" }), change("vault_jwt_auth_backend_role", "deploy", values)] });
const evaluate = (...args) => run(["evaluate", "--claims", at("claims.json"), "--no-probes", ...args]);
const results = (...args) => JSON.parse(evaluate(...args, "--format", "json").stdout).map(({ name, decision }) => [name, decision]);

test("a role and its mount", () => {
  const { status, stdout, stderr } = evaluate("--vault-role", at("role.json"), "--vault-mount", at("mount.json"));
  assert.deepEqual([status, stderr], [0, ""]);
  assert.match(stdout, /^ALLOWED +role role\.json: oidc\.circleci\.com\/project-id has a bound value; the audience is a bound one\.$/m);
  assert.match(stdout, /^ {2}policies:\n {4}deploy\n {4}default$/m);
  assert.deepEqual(results("--vault-role", at("role.json"), "--vault-mount", at("other-mount.json")), [["role.json", "deny"]]);
});

test("the mount that a document tells, and the one that was named", () => {
  assert.deepEqual(results("--vault-role", at("both.json")), [["both.json", "allow"]]);
  const name = "vault_jwt_auth_backend_role.deploy (after the plan)";
  assert.deepEqual(results("--vault-role", at("plan.json")), [[name, "deny"]]);
  assert.deepEqual(results("--vault-role", at("plan.json"), "--vault-mount", at("mount.json")), [[name, "allow"]]);
});

test("product, release and address", () => {
  const of = (file, ...args) => results("--vault-role", at(file), ...args)[0][1];
  assert.equal(of("no-audience.json"), "deny");
  assert.equal(of("no-audience.json", "--vault-version", "1.16.2"), "allow");
  assert.equal(of("no-audience.json", "--vault-product", "openbao"), "deny");
  assert.equal(of("bound.json"), "unknown");
  assert.equal(of("bound.json", "--vault-address", "192.0.2.7"), "allow");
  assert.equal(of("bound.json", "--vault-address", "198.51.100.7"), "deny");
});

test("what does not fit is refused with the option that it is about", () => {
  const refused = (...args) => {
    const { status, stderr } = evaluate(...args);
    assert.equal(status, 2, stderr);
    return stderr;
  };
  assert.match(refused("--vault-mount", at("mount.json")), /--vault-mount says nothing without --vault-role FILE/);
  assert.match(refused("--vault-role", at("mount.json")), /there is no JWT role in it\nGive it as --vault-mount FILE/);
  assert.match(refused("--aws", at("role.json")), /there is no role in it\nGive it as --vault-role FILE/);
  assert.match(refused("--vault-role", at("role.json"), "--vault-product", "consul"), /--vault-product: expected vault or openbao/);
  assert.match(refused("--vault-role", at("role.json"), "--vault-version", "newest"), /--vault-version.*expected a release such as 1\.16\.2/);
});

test("lint takes the mount that stands beside its roles, and says where a remark about it stands", () => {
  const slash = mount.replace(/("oidc_discovery_url": "[^"]+)"/, '$1/"');
  const line = `${role}\n${slash}`.split("\n").findIndex((text) => text.includes("oidc_discovery_url")) + 1;
  write("beside.json", `${role}\n${slash}`);
  const { status, stdout } = run(["lint", at("beside.json")]);
  assert.equal(status, 1);
  assert.match(stdout, new RegExp(`error {2}VLT013 .*beside\\.json:${line}:`));
  write("beside.json", `${role}\n${slash}\n${mount}`);
  assert.doesNotMatch(run(["lint", at("beside.json")]).stdout, /VLT013/, "of two mounts it is not known whose the role is");
});

test("lint, scan and cases", () => {
  const scan = run(["scan", "--format", "json", at("plan.json")]);
  assert.equal(scan.status, 0, scan.stderr);
  assert.deepEqual(JSON.parse(scan.stdout).resources.map(({ address }) => address), ["vault_jwt_auth_backend_role.deploy"]);
  assert.match(run(["lint", at("role.json")]).stdout, /VLT008|Pull requests from forks/);
  const expect = (more, decision) => {
    write("cases.yaml", `claims:\n  job: {file: claims.json}\nconfigurations:\n  ci: {vault: ${more}}\nexpect:\n  ci: {job: ${decision}}\n`);
    return run(["test", at("cases.yaml")]);
  };
  assert.equal(expect("role.json, mount: mount.json", "allow").status, 0);
  assert.equal(expect("plan.json", "deny").status, 0);
  assert.equal(expect('no-audience.json, product: vault, version: "1.16.2"', "allow").status, 0);
  assert.equal(expect("bound.json, address: 192.0.2.7", "allow").status, 0);
  assert.match(expect("role.json, product: consul", "allow").stderr, /product: expected vault or openbao/);
});
