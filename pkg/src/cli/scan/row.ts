import { CircleciOidcError, type Finding, type Probe, type Severity, type Survey, type Trust, evaluate, survey } from "circleci-oidc";

import { type Names, namesIn } from "../names.js";
import { stepAt } from "../text/way.js";
import { configurationOf, familyOf } from "../trust/index.js";
import type { Beside } from "./command.js";
import type { Position, Resource } from "./resources.js";
import type { Suppression } from "./suppressions.js";

/** A finding with its place in the file. */
export interface Remark extends Omit<Finding, "at"> {
  at: Position | undefined;
  suppressed: Suppression | undefined;
}

/** What is said of one resource. */
export interface Row extends Pick<Survey, "provider" | "name" | "decision" | "claims"> {
  resource: Resource;
  remarks: Remark[];
  /** Who else gets in and very likely should not. */
  dangerous: Probe[];
}

const RANK: Record<Severity, number> = { info: 1, warning: 2, error: 3 };

/** undefined: it is about other identity providers. */
export function look(resource: Resource, { suppressions, names: all }: Beside): Row | undefined {
  const { trust } = resource;
  const called = namesIn(all, trust);
  const { provider, name, issuers, decision, claims, findings, probes } = survey(trust, { names: called });
  if (issuers.length === 0 && findings.length === 0 && isAboutOthers(trust, decision)) return undefined;
  const names = name === undefined ? [resource.address] : [resource.address, name];
  const told = decision === "invalid" ? withReason(resource, provider, findings, called) : findings;
  const remarks = told.map((finding) => ({ ...finding, at: resource.position(finding.at), suppressed: suppressions?.find(finding.code, names) }));
  return { resource, provider, name, decision, claims, remarks, dangerous: probes.filter(({ dangerous }) => dangerous) };
}

/** Of a configuration that is not known yet, and of one that cannot be read, nobody can say whom it is about. */
function isAboutOthers(trust: Trust, decision: Survey["decision"]): boolean {
  const text = configurationOf(trust);
  if (text === null) return false;
  return decision !== "invalid" || (typeof text === "string" && familyOf(trust.provider).parties.test(text) && !/circleci/i.test(text));
}

/** A survey tells that a configuration would not be stored, its evaluation tells why, if no finding does. */
function withReason({ trust, address }: Resource, provider: Survey["provider"], findings: Finding[], names: Names | undefined): Finding[] {
  const { headline, steps, deciding } = evaluate({}, trust, { names, probes: false });
  const at = stepAt(steps, deciding)?.at;
  const isThere = (one: Finding["at"]) => at !== undefined && one?.input === at.input && one.start === at.start;
  if (findings.some((one) => one.severity === "error" && isThere(one.at))) return findings;
  return [{ code: `${provider}.document`, severity: "error", title: "the cloud would not store this configuration", detail: headline, at, subject: address }, ...findings];
}

/** The remarks that count: the worst first, as they stand otherwise. */
export function counted(row: Row): Remark[] {
  return row.remarks.filter(({ suppressed }) => suppressed === undefined).sort((left, right) => RANK[right.severity] - RANK[left.severity]);
}

/** Is it at least as bad as this? */
export function reaches(severity: Severity, least: Severity | "never"): boolean {
  return least !== "never" && RANK[severity] >= RANK[least];
}

/** The words for a resource that could not be judged; any other error is not for this place. */
export function refusal(error: unknown): string {
  if (error instanceof CircleciOidcError) return error.message;
  throw error;
}
