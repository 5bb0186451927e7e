import { type Detected, type Evidence, type TrustResult, claimsFrom, detect } from "circleci-oidc";

import { readText } from "./input.js";
import type { Options } from "./options.js";
import { protect } from "./output.js";
import { Problem, quoted } from "./problem.js";

/** What --evidence tells of a token. */
export async function readEvidence(options: Options): Promise<Evidence | undefined> {
  const file = options.one("evidence");
  if (file === undefined) return undefined;
  for (const name of ["claims", "token-file", "env"] as const) {
    if (options.has(name)) throw new Problem(`--evidence stands in place of --${name}: give one of them`);
  }
  const text = await readText("evidence", file);
  protect(text);
  const evidence = claimsFrom(text);
  if (evidence === null) throw nothing(file, detect(text));
  return evidence;
}

function nothing(file: string, detected: Detected): Problem {
  const tellsNothing = `--evidence ${quoted(file)} tells nothing of a token`;
  switch (detected.kind) {
    case "trust":
    case "trusts":
      return new Problem(`${tellsNothing}: it is a configuration`, "Give it as --aws FILE, and as evidence what the job sent: a CloudTrail event, claims or a log.");
    case "jwks":
      return new Problem(`${tellsNothing}: it is a key set`, "Give it as --jwks FILE.");
    default:
      return new Problem(
        tellsNothing,
        "Evidence is a CloudTrail event of AssumeRoleWithWebIdentity (aws cloudtrail lookup-events --lookup-attributes " +
          "AttributeKey=EventName,AttributeValue=AssumeRoleWithWebIdentity), claims, a token's payload part, or a log that holds one. " +
          "\"Not authorized to perform sts:AssumeRoleWithWebIdentity\" alone tells neither.",
      );
  }
}

/** The roles that were judged are not the one that the evidence is about; undefined if one is, or if that cannot be told. */
export function otherRole(evidence: Evidence, results: readonly TrustResult[]): string | undefined {
  const names = results.map(({ name }) => name ?? "").filter((name) => name.includes(":role/"));
  const { role } = evidence;
  if (role === undefined || names.length === 0 || names.some((name) => name === role || name.startsWith(`${role} (`))) return undefined;
  return `The token was presented to ${quoted(role)}. Judged here: ${names.length > 3 ? `${names.length} other roles` : names.map(quoted).join(", ")}.`;
}

/** What was read from where, for people; before the result. */
export function inWords(evidence: Evidence, results: readonly TrustResult[]): string {
  const lines = [`From ${evidence.source}:`];
  const other = otherRole(evidence, results);
  if (other !== undefined) lines.push(`  warning: ${other}`);
  for (const { title, detail } of evidence.findings) lines.push(`  note: ${quoted(title, 2000)}`, `      ${detail}`);
  return lines.length === 1 ? `${lines[0]!.slice(0, -1)}, which tells everything.\n` : `${lines.join("\n")}\n`;
}
