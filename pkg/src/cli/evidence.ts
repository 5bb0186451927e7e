import { type Detected, type Evidence, type Explanation, type TrustResult, claimsFrom, detect, explainError } from "circleci-oidc";

import { readText } from "./input.js";
import type { Options } from "./options.js";
import { protect } from "./output.js";
import { Problem, quoted } from "./problem.js";
import { clean } from "./text/clean.js";
import { findings } from "./text/findings.js";
import { painter } from "./text/paint.js";
import { isSentence } from "./trust/documents.js";
import { ANY_TRUST, familyOf } from "./trust/index.js";

/** What a text tells of a token, and what its error message means. */
export interface Told {
  evidence: Evidence;
  explanation: Explanation | null;
}

/** What --evidence tells. */
export async function readEvidence(options: Options): Promise<Told | undefined> {
  const file = options.one("evidence");
  if (file === undefined) return undefined;
  for (const name of ["claims", "token-file", "env"] as const) {
    if (options.has(name)) throw new Problem(`--evidence stands in place of --${name}: give one of them`);
  }
  if (options.has("partial")) throw new Problem("--partial says nothing with --evidence, which tells itself what it leaves open");
  const text = await readText("evidence", file);
  protect(text);
  const evidence = claimsFrom(text);
  const explanation = explainError(text);
  if (evidence === null) throw nothing(file, detect(text), explanation);
  return { evidence, explanation };
}

function nothing(file: string, detected: Detected, explanation: Explanation | null): Problem {
  const tellsNothing = `--evidence ${quoted(file)} tells nothing of a token`;
  switch (detected.kind) {
    case "trust":
    case "trusts":
      return new Problem(`${tellsNothing}: it is a configuration`, `Give it as ${detected.kind === "trust" ? `--${familyOf(detected.provider).options[0]} FILE` : ANY_TRUST}, and as evidence what the job sent: a CloudTrail event, claims or a log.`);
    case "jwks":
      return new Problem(`${tellsNothing}: it is a key set`, "Give it as --jwks FILE.");
    default: {
      const what = detected.kind === "other" ? `${isSentence(detected.what) ? "" : "It is "}${detected.what}. ` : explanation === null ? "" : `${aside(explanation)}\n`;
      return new Problem(
        tellsNothing,
        what +
          "Evidence is a CloudTrail event of AssumeRoleWithWebIdentity (aws cloudtrail lookup-events --lookup-attributes " +
          "AttributeKey=EventName,AttributeValue=AssumeRoleWithWebIdentity), claims, a token's payload part, or a log that holds one. " +
          "The message \"Not authorized to perform sts:AssumeRoleWithWebIdentity\" alone does not say who was refused.",
      );
    }
  }
}

/** The message that a text holds, for those who asked about its token. */
function aside({ meaning, at }: Explanation): string {
  return `The message in line ${at.line} means: ${meaning} circleci-oidc explain-error FILE says what to look at.`;
}

/** What `inspect` and `evaluate` take of it. */
export function told({ claims, partial, derived, alg, refused }: Evidence): Pick<Evidence, "claims" | "partial" | "derived" | "alg" | "refused"> {
  return { claims, partial, derived, alg, refused };
}

/** The text of the results, and below it what was read from where. Above it only that the results are about another role. */
export function withEvidence(text: string, { evidence, explanation }: Told, results: readonly TrustResult[], color: boolean): string {
  const paint = painter(color);
  const other = otherRole(evidence, results);
  const warning = other === undefined ? "" : `${paint("yellow", "warning:")} ${clean(other)}\n`;
  return `${warning}${text}\n${paint("bold", `From ${clean(evidence.source)}`)}\n${findings(evidence.findings, 2, paint)}${explanation === null ? "" : `  ${clean(aside(explanation))}\n`}`;
}

/** A word on it if the token was presented to none of the roles that were judged, as far as those are named. */
function otherRole({ role }: Evidence, results: readonly TrustResult[]): string | undefined {
  const names = results.map(({ name }) => name ?? "").filter((name) => name.includes(":role/"));
  if (role === undefined || names.length === 0 || names.some((name) => name === role || name.startsWith(`${role} (`))) return undefined;
  const judged = names.length > 3 ? `${names.length} other roles` : names.join(", ");
  return `the token was presented to ${role}, and judged here by the policy of ${judged}`;
}
