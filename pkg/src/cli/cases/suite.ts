import { dirname, resolve } from "node:path";
import { type AwsTrust, type Decision, type Trust, trustsFrom } from "circleci-oidc";

import { CODES } from "../codes.js";
import { readTextFile } from "../input.js";
import { quoted } from "../problem.js";
import { isDocument, providerOf } from "../trust.js";
import { readYaml } from "../yaml/read.js";
import { Shape } from "../yaml/shape.js";
import type { Member, Value } from "../yaml/value.js";
import { type Scenario, readScenarios } from "./claims.js";

/** What one configuration has to answer to one scenario. */
export interface Expectation {
  configuration: string;
  claims: string;
  decision: Decision;
  /** Code of the step that has to decide. */
  reason: string | undefined;
  line: number;
}

/** One file of cases. */
export interface Suite {
  file: string;
  scenarios: Map<string, Scenario>;
  configurations: Map<string, { trust: Trust; line: number }>;
  expectations: Expectation[];
}

const TRUST_MEMBERS = ["aws", "role", "provider", "context", "resource-control-policies"] as const;
/** In the order of messages. */
const DECISIONS: readonly Decision[] = ["allow", "deny", "invalid", "unknown"];

/** Reads a file of cases with everything that it names. What it says wrong, or says for nothing, is refused with its line. */
export function readSuite(file: string): Suite {
  const shape = new Shape(quoted(file));
  const { claims, configurations, expect } = shape.members(readYaml(readTextFile(shape.file, file), shape.file), "the file", ["claims", "configurations", "expect"]);
  for (const [name, member] of Object.entries({ claims, configurations, expect })) {
    if (member === undefined) throw shape.refuse(1, `${name} is missing`);
  }
  const suite: Suite = {
    file: shape.file,
    scenarios: readScenarios(shape, claims!.value),
    configurations: readConfigurations(shape, configurations!.value),
    expectations: [],
  };
  for (const [configuration, { value, line }] of shape.mapping(expect!.value, "expect").members) {
    if (!suite.configurations.has(configuration)) throw shape.refuse(line, `there is no configuration ${quoted(configuration)}`);
    const what = `expect, ${quoted(configuration)}`;
    for (const [name, member] of shape.mapping(value, what).members) {
      if (!suite.scenarios.has(name)) throw shape.refuse(member.line, `there are no claims ${quoted(name)}`);
      suite.expectations.push({ configuration, claims: name, line: member.line, ...expectation(shape, member.value, `${what}, ${quoted(name)}`) });
    }
  }
  if (suite.expectations.length === 0) throw shape.refuse(expect!.line, "expect: nothing is expected");
  refuseUnused(shape, suite, claims!.value);
  return suite;
}

function expectation(shape: Shape, value: Value, what: string): Pick<Expectation, "decision" | "reason"> {
  if (value.kind !== "mapping") return { decision: shape.oneOf(value, what, DECISIONS), reason: undefined };
  const { decision, reason } = shape.members(value, what, ["decision", "reason"]);
  if (decision === undefined) throw shape.refuse(value.line, `${what}: decision is missing`);
  return { decision: shape.oneOf(decision.value, `${what}, decision`, DECISIONS), reason: reason && readReason(shape, reason.value, what) };
}

function readReason(shape: Shape, value: Value, what: string): string {
  const code = shape.text(value, `${what}, reason`);
  if (!CODES.has(code)) throw shape.refuse(value.line, `${what}, reason: there is no code ${quoted(code)}`, "docs/codes.md lists them.");
  return code;
}

function readConfigurations(shape: Shape, value: Value): Suite["configurations"] {
  const read = ([name, { value, line }]: [string, Member]) => [name, { trust: readTrust(shape, name, value), line }] as const;
  return new Map([...shape.mapping(value, "configurations").members].map(read));
}

function readTrust(shape: Shape, name: string, value: Value): AwsTrust {
  const what = `configuration ${quoted(name)}`;
  const { aws, role, provider, context, "resource-control-policies": rcps } = shape.members(value, what, TRUST_MEMBERS);
  if (aws === undefined) throw shape.refuse(value.line, `${what}: aws is missing`, "It names the file with the role's trust policy.");
  return {
    provider: "aws",
    name,
    policy: policyIn(shape, readNamed(shape, aws, `${what}, aws`).text, aws.line, what, role && shape.text(role.value, `${what}, role`)),
    resourceControlPolicies: rcps && shape.list(rcps.value, `${what}, resource-control-policies`).items.map((item) => readNamed(shape, { value: item, line: item.line }, what).text),
    oidcProvider: provider && readProvider(shape, provider, `${what}, provider`),
    context: context && readContext(shape, context.value, `${what}, context`),
  };
}

/** The policy of a file, or of the one role in it that is meant. Of a plan, as it will be. */
function policyIn(shape: Shape, text: string, line: number, what: string, role: string | undefined): AwsTrust["policy"] {
  if (role === undefined && !isDocument(text)) return text;
  const found = trustsFrom(text).filter(({ when }) => when !== "before");
  const meant = role === undefined ? found : found.filter(({ address, trust }) => address === role || trust.name === role);
  if (meant.length === 1) return meant[0]!.trust.policy;
  const names = found.slice(0, 5).map(({ address }) => quoted(address)).join(", ");
  const count = `${meant.length} roles${role === undefined ? "" : ` ${quoted(role)}`}`;
  throw shape.refuse(line, `${what}: there are ${count} in the file`, `Name one as role: ${names}${found.length > 5 ? ", …" : ""}`);
}

function readProvider(shape: Shape, member: Member, what: string): AwsTrust["oidcProvider"] {
  const { text, label } = readNamed(shape, member, what);
  return providerOf(text, label);
}

/** The text of a file that is named in the cases. */
function readNamed(shape: Shape, { value, line }: Member, what: string): { text: string; label: string } {
  const path = shape.text(value, what);
  const label = `${shape.file}:${line}: ${quoted(path)}`;
  return { text: readTextFile(label, resolve(dirname(shape.file), path)), label };
}

function readContext(shape: Shape, value: Value, what: string): AwsTrust["context"] {
  const entry = (name: string, { value }: Member) => {
    const texts = value.kind === "list" ? value.items.map((item) => shape.text(item, `${what}, ${quoted(name)}`)) : shape.text(value, `${what}, ${quoted(name)}`);
    return [name, texts] as const;
  };
  return Object.fromEntries([...shape.mapping(value, what).members].map(([name, member]) => entry(name, member)));
}

/** What nobody asks about tests nothing, although it looks as if it did. */
function refuseUnused(shape: Shape, { scenarios, configurations, expectations }: Suite, claims: Value): void {
  const bases = claims.kind === "mapping" ? [...claims.members.values()].map(({ value }) => (value.kind === "mapping" ? value.members.get("from")?.value : undefined)) : [];
  const used = new Set([...expectations.map((one) => one.claims), ...bases.map((base) => (base?.kind === "text" ? base.value : undefined))]);
  const asked = new Set(expectations.map((one) => one.configuration));
  for (const [name, { line }] of scenarios) if (!used.has(name)) throw shape.refuse(line, `nothing is expected of the claims ${quoted(name)}`);
  for (const [name, { line }] of configurations) if (!asked.has(name)) throw shape.refuse(line, `nothing is expected of the configuration ${quoted(name)}`);
}
