import { decode, redact } from "circleci-oidc";
import type { Report, TrustResult } from "circleci-oidc";

import { ofReport } from "../../pkg/src/cli/text/index.js";
import type { Reading } from "./reading.js";
import type { Results } from "./results.js";

/** A report as somebody attaches it to a ticket. The signature is never in it. */
export function ticket(results: Results, format: "markdown" | "json", ids: boolean): string {
  const whole = reportOf(results);
  if (whole === undefined) return "";
  const text = format === "json" ? JSON.stringify(whole, null, 2) : `\`\`\`text\n${ofReport(whole, false).trim()}\n\`\`\`\n`;
  return ids ? text : idsIn(results.reading, whole).reduce((rest, [id, name]) => rest.replaceAll(id, name), text);
}

function reportOf({ report, judged }: Results): Report | undefined {
  return report && { ...report, trust: judged.flatMap(({ result }): TrustResult[] => (result === undefined ? [] : [result])) };
}

/** Ids of people and of runs, each with what stands in its place: those that the core takes out of a token. */
function idsIn(reading: Reading, { decoded }: Report): [id: string, other: string][] {
  const claims = reading.kind === "evidence" ? reading.evidence.claims : decoded.claims;
  if (claims === null) return [];
  const left = decode(redact(`${base64url({ alg: "none" })}.${base64url(claims)}.`, { ids: true })).claims ?? {};
  return Object.entries(claims).flatMap(([name, value]) => differing(value, left[name]));
}

/** The parts of a text that are not the same any more. */
function differing(before: unknown, after: unknown): [string, string][] {
  if (typeof before !== "string" || typeof after !== "string" || before === after) return [];
  const others = after.split("/");
  return before.split("/").flatMap((part, index): [string, string][] => (part === others[index] ? [] : [[part, others[index] ?? ""]]));
}

function base64url(value: object): string {
  const bytes = new TextEncoder().encode(JSON.stringify(value));
  const binary = Array.from(bytes, (byte) => String.fromCharCode(byte)).join("");
  return btoa(binary).replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "");
}
