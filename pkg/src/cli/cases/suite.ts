import type { Decision, Trust } from "circleci-oidc";

import { CODES } from "../codes.js";
import { readTextFile } from "../input.js";
import { quoted } from "../problem.js";
import { FAMILIES } from "../trust/index.js";
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

function readTrust(shape: Shape, name: string, value: Value): Trust {
  const what = `configuration ${quoted(name)}`;
  const { members } = shape.mapping(value, what);
  const family = FAMILIES.find(({ cases }) => members.has(cases[0]));
  if (family === undefined) {
    const all = FAMILIES.map(({ cases }) => cases[0]).join(" or ");
    throw shape.refuse(value.line, `${what}: ${all} is missing`, "It names the file with the configuration.");
  }
  return family.readCase(shape, name, value, what);
}

/** What nobody asks about tests nothing, although it looks as if it did. */
function refuseUnused(shape: Shape, { scenarios, configurations, expectations }: Suite, claims: Value): void {
  const bases = claims.kind === "mapping" ? [...claims.members.values()].map(({ value }) => (value.kind === "mapping" ? value.members.get("from")?.value : undefined)) : [];
  const used = new Set([...expectations.map((one) => one.claims), ...bases.map((base) => (base?.kind === "text" ? base.value : undefined))]);
  const asked = new Set(expectations.map((one) => one.configuration));
  for (const [name, { line }] of scenarios) if (!used.has(name)) throw shape.refuse(line, `nothing is expected of the claims ${quoted(name)}`);
  for (const [name, { line }] of configurations) if (!asked.has(name)) throw shape.refuse(line, `nothing is expected of the configuration ${quoted(name)}`);
}
